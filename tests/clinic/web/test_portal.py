"""The patient's own pages: the one next thing, the day of a session, the same numbers, nothing of others."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ajar.clinic.followup.links import path_of
from ajar.clinic.followup.models import QuestionnaireInvitation
from ajar.clinic.followup.selectors import course_for
from ajar.clinic.followup.services import invite, record_answers
from ajar.clinic.integration.services import record_session
from ajar.clinic.scheduling.models import Appointment, AppointmentType
from ajar.clinic.staff.models import Account
from ajar.clinic.web.portal import Next, own_care
from ajar.pathway.consent.entries import ConsentWithdrawn, Signatory
from ajar.pathway.consent.library import document_for
from ajar.pathway.followup.cadence import DEFAULT_CADENCE
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.integration.entries import IntegrationHeld, Purpose
from ajar.pathway.ledger.entry import Author, AuthorKind
from ajar.pathway.staff.roles import STAFF, Role
from tests.support.course import PRODUCT, Programme

PAGES = ("web:me", "web:my-scores", "web:my-notes")


@pytest.fixture
def programme(patient, by, now) -> Programme:
    return Programme(patient, by=by, now=now)


@pytest.fixture
def score(patient, nurse, now):
    def record(total: int, day: float, *, item_9: int = 0) -> None:
        full, rest = divmod(total - item_9, 3)
        items = ([3] * full + [rest] + [0] * 8)[:8]
        record_answers(
            patient=patient,
            items=[*items, item_9],
            mode=Mode.STAFF_READ,
            occasion="visit",
            answered=now + timedelta(days=day),
            by=nurse,
            now=now,
        )

    return record


@pytest.fixture
def own(client, as_role, clock):
    """`own("web:me")` is the text of one of the patient's own pages."""

    def read(name: str) -> str:
        answer = as_role(client, Role.PATIENT).get(reverse(name))
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def next_of(patient, now) -> Next:
    return own_care(patient, viewer=patient.account, now=now).next


def book(patient, slug: str, *, now, hours: float) -> Appointment:
    kind, _ = AppointmentType.objects.get_or_create(slug=slug, defaults={"name": slug, "length_min": 50})
    return Appointment.objects.create(
        type=kind,
        patient=patient,
        site=patient.site,
        starts_at=now + timedelta(hours=hours),
        ends_at=now + timedelta(hours=hours + 1),
        booked_at=now,
    )


def test_with_nothing_to_do_the_page_says_so(own, patient, now):
    assert next_of(patient, now) is Next.NOTHING
    assert "Nothing to do now" in own("web:me")


def test_consent_comes_first_once_the_treatment_was_found_suitable(own, programme, patient, now, nurse):
    programme.evaluated(day=-3)
    invite(patient=patient, occasion="x", expires_at=now + timedelta(days=1), by=nurse, now=now)
    assert next_of(patient, now) is Next.CONSENT
    text = own("web:me")
    assert "Read and sign your consent" in text
    assert f"/patients/{patient.pk}/consent/" in text


@pytest.mark.parametrize(
    ("outcome", "signed", "withdrawn", "expected"),
    [
        ("eligible", [], False, Next.CONSENT),
        ("contraindicated", [], False, Next.NOTHING),
        ("eligible", [Signatory.PATIENT], False, Next.NOTHING),  # now it waits for the prescriber
        ("eligible", list(Signatory), False, Next.NOTHING),
        ("eligible", list(Signatory), True, Next.NOTHING),  # taken back: a page does not insist
    ],
)
def test_when_consent_waits_for_the_patient(programme, patient, now, outcome, signed, withdrawn, expected):
    programme.evaluated(day=-3, outcome=outcome)
    programme.consented(day=-2, by=signed)
    if withdrawn:
        programme.add(ConsentWithdrawn(document=document_for(PRODUCT).id, withdrawn_by="A"), day=-1)
    assert next_of(patient, now) is expected


def test_a_questionnaire_that_waits_is_next_and_one_click_away(own, client, patient, nurse, now):
    invitation = invite(patient=patient, occasion="x", expires_at=now + timedelta(days=1), by=nurse, now=now)
    assert "Answer the questions" in own("web:me")
    assert client.post(reverse("web:my-questionnaire")).url == path_of(invitation)


def test_what_the_schedule_asks_for_can_be_answered_without_waiting_for_a_link(
    own, client, programme, patient, now
):
    programme.finished()
    assert next_of(patient, now) is Next.QUESTIONNAIRE
    assert "Answer the questions" in own("web:me")
    assert client.post(reverse("web:my-questionnaire")).url == path_of(QuestionnaireInvitation.objects.get())


def test_asking_when_nothing_is_due_is_answered_in_words(own, client, score):
    score(12, -1)
    own("web:me")
    answer = client.post(reverse("web:my-questionnaire"), follow=True)
    assert "No questionnaire is planned" in answer.content.decode()


def test_the_day_of_a_session_in_the_patients_own_time(own, programme, patient, now, score):
    score(18, -1)
    programme.planned(programme.ordered(day=-2, sessions=6), 1, day=1)
    assert next_of(patient, now) is Next.SESSION
    text = own("web:me")
    # arrive 10:00 in New York; the drip begins 20 min later; 6 h without food, 2 h without drink
    for words in ("Tue 3 Mar 2026, 10:00 EST", "04:20 EST", "08:20 EST", "12:00 EST"):
        assert words in text
    for words in (
        "Stop eating",
        "take you home",
        "Earliest time to leave",
        "until the next day, after you have slept",
    ):
        assert words in text


def test_a_session_far_ahead_lets_the_questionnaire_come_first(programme, patient, now, nurse):
    programme.planned(programme.ordered(day=-2, sessions=6), 1, day=5)
    assert next_of(patient, now) is Next.QUESTIONNAIRE
    assert own_care(patient, viewer=patient.account, now=now).session is not None


def test_the_course_is_listed_with_what_was_done(own, programme, patient, now):
    course_id = programme.finished()
    programme.planned(course_id, 7, day=4)
    text = own("web:me")
    for words in ("Session 1", "Session 7", "done", "planned"):
        assert words in text


@pytest.mark.parametrize("slug", ["integration", "consultation"])
def test_an_appointment_is_next_where_nothing_else_waits(own, patient, now, slug):
    book(patient, slug, now=now, hours=24)
    assert next_of(patient, now) is Next.APPOINTMENT
    assert "Tue 3 Mar 2026, 10:00 EST" in own("web:me")


def test_the_patient_sees_the_clinicians_numbers_and_no_flag(own, patient, nurse, programme, score, now):
    score(20, -30, item_9=2)
    programme.finished()
    score(8, -3, item_9=1)
    text = own("web:my-scores")
    assert "Your PHQ-9 score was 20 on Jan. 31, 2026 and 8 on Feb. 27, 2026. That is 12 points lower." in text
    clinician = course_for(patient, DEFAULT_CADENCE, viewer=nurse)
    assert course_for(patient, DEFAULT_CADENCE, viewer=patient.account).points == clinician.points
    body = text.split("<main")[1].split("</main>")[0].lower()
    assert not [word for word in ("c-ssrs", "risk", "item 9", "urgent", "call today") if word in body]
    assert "c-ssrs" not in own("web:me").lower()


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([(14, -1)], "Your last PHQ-9 score was 14"),
        ([(14, -30), (12, -1)], "within what the questionnaire itself varies"),
        ([(8, -30), (20, -1)], "That is 12 points higher."),
    ],
)
def test_the_scores_in_a_sentence(own, score, scores, words):
    for total, day in scores:
        score(total, day)
    assert words in own("web:my-scores")


def test_without_a_score_the_page_says_when_there_will_be_one(own):
    assert "as soon as you answer a questionnaire" in own("web:my-scores")


def held(**changes: object) -> IntegrationHeld:
    words: dict[str, object] = {
        "dosing_encounter_id": None,
        "minutes": 50,
        "attendees": "Both",
        "insights": "The door was never locked.",
        "emotions": "",
        "thought_patterns": "",
        "change": "",
        "home_practice": "Walk before breakfast.",
        "patient_may_read": True,
    }
    return IntegrationHeld(**(words | changes))  # type: ignore[arg-type]


@pytest.mark.hazard("HAZ-16")
def test_the_patient_reads_shared_notes_and_no_others(own, patient, staff, now):
    therapist: Account = staff[Role.THERAPIST]
    for note, private in (
        (held(), "Countertransference."),
        (held(patient_may_read=False, insights="For the team."), ""),
        (held(purpose=Purpose.PREPARATION, insights="What I hope for."), ""),
    ):
        record_session(
            patient=patient,
            site=patient.site,
            held=note,
            held_at=now,
            private_note=private,
            by=therapist,
            now=now,
        )
    text = own("web:my-notes")
    for words in ("The door was never locked.", "Walk before breakfast.", "What I hope for."):
        assert words in text
    for words in ("Countertransference", "For the team."):
        assert words not in text


def test_without_notes_the_page_says_who_shares_them(own):
    assert "when your therapist shares them" in own("web:my-notes")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", sorted(STAFF))
def test_the_pages_are_for_patients_alone(client, as_role, clock, name, role):
    assert as_role(client, role).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_crisis_help_and_the_language_switch(own, name):
    text = own(name)
    assert 'href="tel:988"' in text
    assert 'name="language" value="es"' in text


@pytest.mark.parametrize("name", PAGES)
def test_nobody_sees_the_pages_without_signing_in(client, name, clock):
    assert "/accounts/login/" in client.get(reverse(name)).url


def test_an_account_without_a_patient_has_no_pages(client, patient, clock, as_role):
    as_role(client, Role.PATIENT)
    patient.account = None
    patient.save()
    assert client.get(reverse("web:me")).status_code == 404


def test_a_patient_sees_nothing_of_another(own, patient, miami_patient, nurse, now):
    invite(patient=miami_patient, occasion="x", expires_at=now + timedelta(days=1), by=None, now=now)
    Programme(miami_patient, by=patient_author(miami_patient), now=now).evaluated(day=-1)
    assert next_of(patient, now) is Next.NOTHING


def patient_author(patient):
    return Author(kind=AuthorKind.PATIENT, id=str(patient.pk), name=patient.name)


def test_the_pages_speak_the_language_the_clinic_knows_the_patient_by(client, as_role, patient, clock):
    patient.language = "es"
    patient.save()
    as_role(client, Role.PATIENT)
    assert 'lang="es"' in client.get(reverse("web:me")).content.decode()
    client.cookies["django_language"] = "en"
    assert 'lang="en"' in client.get(reverse("web:me")).content.decode()
