"""The note and the REMS form as people use them: there at once, honest about gaps, signed under a seal."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from ajar.clinic.discharge.services import confirm_recovery, leave_against_advice, release
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.gateway.timers import tick
from ajar.clinic.ledger.selectors import all_encounter_entries, decision_position
from ajar.clinic.ledger.services import ANYWHERE, correct
from ajar.clinic.paperwork.filing import FilingRefused, file_form, forms_due, raise_reminders
from ajar.clinic.paperwork.forms import AUTHORSHIP
from ajar.clinic.paperwork.selectors import chart_of, paper_of
from ajar.clinic.paperwork.services import PaperworkRefused, answer_rems, sign_encounter
from ajar.clinic.patients.models import Encounter
from ajar.clinic.patients.services import open_encounter
from ajar.clinic.safety.services import keep_setting
from ajar.clinic.scheduling.models import Appointment, AppointmentType
from ajar.clinic.staff.authors import author_of
from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.services import close_task
from ajar.pathway.discharge.entries import EncounterSigned
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.chain import seal
from ajar.pathway.observations.vitals import SedationRated
from ajar.pathway.paperwork.entries import FilingWay, RemsAnswered
from ajar.pathway.safety.rems_duties import RemsSetting
from ajar.pathway.staff.roles import Role
from tests.clinic.discharge.telling import Told
from tests.pathway.discharge.story import planned
from tests.pathway.discharge.story import release as released
from tests.support.people import BACKEND, PIN

pytestmark = pytest.mark.usefixtures("clock")

ANSWERS = RemsAnswered(
    enrolled=True, vitals_acceptable_before=True, vitals_acceptable_after=True, serious_event=False
)


@pytest.fixture
def on_the_floor(client: Client, nurse) -> Client:
    client.force_login(nurse, backend=BACKEND)
    return client


@pytest.fixture
def told(session, nurse, now) -> Told:
    return Told(encounter=session, by=nurse, start=now - timedelta(minutes=127))


def go_home(told, nurse, now):
    told.watched(until=126)
    who = {"encounter_id": told.encounter.pk, "by": nurse, "now": now, "expected": ANYWHERE}
    confirm_recovery(**who)
    release(released=released(), **who)


@pytest.fixture
def discharged(told, nurse, now) -> Told:
    go_home(told, nurse, now)
    return told


@pytest.fixture
def answered(discharged, nurse, now) -> Told:
    answer_rems(encounter_id=discharged.encounter.pk, answered=ANSWERS, by=nurse, now=now, expected=ANYWHERE)
    return discharged


def url(name, session):
    return reverse(f"paperwork:{name}", args=[session.pk])


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def signing(session, **changes):
    position = decision_position(session.patient_id)
    return {"expected": position, "meaning": AUTHORSHIP, "pin": PIN} | changes


def answering(session, **changes):
    form = {
        "expected": decision_position(session.patient_id),
        "enrolled": "yes",
        "vitals_acceptable_before": "yes",
        "vitals_acceptable_after": "yes",
        "serious_event": "no",
        **dict.fromkeys(
            ("benzodiazepines", "sedative_hypnotics", "stimulants", "mao_inhibitors", "opioids"), "no"
        ),
    }
    return form | changes


def signatures(session):
    return [e for e in all_encounter_entries(session.pk) if isinstance(e.payload, EncounterSigned)]


# -- The note -----------------------------------------------------------------------------------------------


def test_the_note_is_there_at_once_and_names_what_keeps_it_from_a_signature(on_the_floor, told, session):
    told.dosed()
    page = text(on_the_floor.get(url("note", session)))
    assert "The session is still open (observed): release the patient first." in page
    assert "device 1, 28 mg, lot 24KG101" in page
    assert "Sign this session" not in page


def test_after_discharge_the_rems_questions_stand_before_the_signature(on_the_floor, discharged, session):
    page = text(on_the_floor.get(url("note", session)))
    assert "The questions of the REMS form are not answered." in page
    assert "to Rosa Garland (sister); instructions (en) to patient and escort" in page
    assert "138/88" in page
    assert "No integration session is booked." in page


def test_a_booked_integration_session_stands_in_the_note(answered, session, nurse, now):
    kind, _ = AppointmentType.objects.get_or_create(
        pk=AppointmentType.INTEGRATION, defaults={"name": "Integration", "length_min": 50}
    )
    Appointment.objects.create(
        type=kind,
        patient=session.patient,
        site=session.site,
        starts_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=1, minutes=50),
        follows_encounter_id=session.pk,
        booked_at=now,
    )
    sections = {section.id: section for section in paper_of(session, viewer=nurse).note.sections}
    assert [fact.value for fact in sections["integration"].facts] == ["03 March 2026, 10:00 EST"]


def test_signing_seals_every_entry_of_the_encounter(on_the_floor, answered, session):
    before = [entry.digest for entry in all_encounter_entries(session.pk)]
    page = text(on_the_floor.post(url("sign", session), signing(session), follow=True))
    assert "checked just now: holds" in page
    (signed,) = signatures(session)
    assert signed.payload.seal == seal(before)
    assert signed.payload.entries == len(before)
    assert (signed.payload.printed_name, signed.payload.meaning) == ("New York Nurse, RN", AUTHORSHIP)
    assert session_now(session.pk).signed_at is not None


def test_a_wrong_pin_signs_nothing(on_the_floor, answered, session):
    page = on_the_floor.post(url("sign", session), signing(session, pin="0000"))
    assert page.status_code == 422
    assert "Nothing was signed" in text(page)
    assert not signatures(session)
    assert on_the_floor.post(url("sign", session), signing(session, meaning="")).status_code == 422


def test_an_unfinished_session_is_not_signed_whoever_asks(on_the_floor, discharged, session, nurse, now):
    page = on_the_floor.post(url("sign", session), signing(session))
    assert page.status_code == 422
    assert "cannot be signed yet" in text(page)
    with pytest.raises(PaperworkRefused, match="REMS form are not answered"):
        sign_encounter(encounter_id=session.pk, meaning="mine", by=nurse, now=now, expected=ANYWHERE)


@pytest.mark.hazard("HAZ-12")
def test_what_is_recorded_after_the_signature_stands_beside_the_seal(
    on_the_floor, answered, session, nurse, now
):
    on_the_floor.post(url("sign", session), signing(session))
    rating = next(e for e in all_encounter_entries(session.pk) if isinstance(e.payload, SedationRated))
    correct(entry=rating, payload=SedationRated(moaa_s=4), reason="typed 5", by=author_of(nurse), now=now)
    page = text(on_the_floor.get(url("note", session)))
    assert "Changed after signing: Sedation rated (correction: typed 5), New York Nurse, RN" in page
    assert "checked just now: holds" in page
    again = text(on_the_floor.post(url("sign", session), signing(session), follow=True))
    assert "Changed after signing" not in again
    assert len(signatures(session)) == 2


def test_a_racemic_session_is_signed_without_a_rems_form(on_the_floor, session, nurse, now):
    start = now - timedelta(minutes=101)
    told = Told(encounter=session, by=nurse, start=start, product=Product.KETAMINE_IV).watched(until=99)
    who = {"encounter_id": session.pk, "by": nurse, "now": now, "expected": ANYWHERE}
    confirm_recovery(**who)
    release(released=released(), **who)
    page = text(on_the_floor.get(url("rems", session)))
    assert "No REMS form: racemic ketamine is not under a REMS." in page
    assert on_the_floor.post(url("answers", session), answering(session)).status_code == 200
    with pytest.raises(PaperworkRefused, match="no REMS form"):
        answer_rems(encounter_id=session.pk, answered=ANSWERS, by=nurse, now=now, expected=ANYWHERE)
    on_the_floor.post(url("sign", session), signing(session))
    assert len(signatures(session)) == 1
    assert told.product is Product.KETAMINE_IV


def test_before_anybody_watched_there_is_no_monitor_to_name(told, session, nurse):
    told.tell(-60, planned(Product.ESKETAMINE_IN))
    assert chart_of(paper_of(session, viewer=nurse)).monitor is None


def test_an_encounter_without_a_session_has_no_paper(on_the_floor, session):
    assert on_the_floor.get(url("note", session)).status_code == 404


# -- The REMS form ------------------------------------------------------------------------------------------


def test_the_form_is_filled_from_the_entries_and_lists_what_is_missing(on_the_floor, discharged, session):
    page = text(on_the_floor.get(url("rems", session)))
    assert "Print or copy; Ajar does not submit it." in page
    assert "Mon 9 Mar 2026" in page
    assert "122 / 80 mmHg" in page
    assert "138 / 88 mmHg" in page
    assert "127 min" in page
    assert "no list of medicines is recorded" in page
    assert "New York Nurse, RN, " in page


def test_only_the_questions_that_stay_open_are_asked(on_the_floor, discharged, session):
    page = text(on_the_floor.get(url("rems", session)))
    assert "Was the patient enrolled" in page
    assert "Does the patient take an opioid?" in page
    assert "Why another dose" not in page


def test_answers_fill_the_form_and_can_be_given_again(on_the_floor, discharged, session):
    on_the_floor.post(url("answers", session), answering(session))
    page = text(on_the_floor.get(url("rems", session)))
    assert "no list of medicines is recorded" not in page
    assert "Does the patient take an opioid?" in page
    on_the_floor.post(url("answers", session), answering(session, opioids="yes"))
    found = [e.payload for e in all_encounter_entries(session.pk) if isinstance(e.payload, RemsAnswered)]
    assert [one.opioids for one in found] == [False, True]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"serious_event": "yes"}, "Describe what happened."),
        ({"vitals_acceptable_before": "no"}, "Write why the drug was given"),
        ({"enrolled": ""}, "Needed, and still empty"),
    ],
)
def test_an_answer_that_needs_words_is_not_taken_without_them(
    on_the_floor, discharged, session, changes, words
):
    page = on_the_floor.post(url("answers", session), answering(session, **changes))
    assert page.status_code == 422
    assert words in text(page)


def test_a_serious_event_is_told_in_words(on_the_floor, discharged, session):
    form = answering(session, serious_event="yes", serious_event_note="fainted, admitted")
    on_the_floor.post(url("answers", session), form)
    page = text(on_the_floor.get(url("rems", session)))
    assert "yes: fainted, admitted" in page
    assert "Report a serious event without waiting" in page


# -- Forms that are due -------------------------------------------------------------------------------------


def test_every_closed_session_with_esketamine_is_listed_with_its_day(on_the_floor, discharged, session):
    page = text(on_the_floor.get(reverse("paperwork:due")))
    assert "Alma Quist" in page
    assert "in 7 days" in page
    assert "not signed" in page


@pytest.mark.parametrize(
    ("days", "words"),
    [(3, "in 4 days · reminder 1 of 3"), (7, "today · reminder 3 of 3"), (8, "1 day past")],
)
def test_the_list_becomes_more_pressing_as_the_days_pass(client, nurse, discharged, clock, days, words):
    clock.shift(timedelta(days=days))
    client.force_login(nurse, backend=BACKEND)
    assert words in text(client.get(reverse("paperwork:due")))


def test_an_open_session_and_another_sites_session_are_not_listed(
    on_the_floor, told, miami_patient, miami_staff, nurse, now
):
    elsewhere = open_encounter(
        patient=miami_patient, site=miami_patient.site, kind=Encounter.Kind.DOSING, now=now
    )
    there = Told(encounter=elsewhere, by=miami_staff[Role.NURSE], start=now - timedelta(minutes=127))
    go_home(there, miami_staff[Role.NURSE], now)
    told.dosed()
    assert len(forms_due(miami_staff[Role.NURSE], now=now)) == 1
    assert forms_due(nurse, now=now) == []
    assert "No form is due" in text(on_the_floor.get(reverse("paperwork:due")))


@pytest.mark.parametrize(
    ("role", "reads", "signs"),
    [
        (Role.NURSE, 200, 422),
        (Role.MEDICAL_DIRECTOR, 200, 422),
        (Role.THERAPIST, 200, 403),
        (Role.FRONT_DESK, 403, 403),
        (Role.PATIENT, 403, 403),
    ],
)
def test_clinicians_read_paperwork_and_the_floor_signs_it(
    as_role, client, answered, session, role, reads, signs
):
    as_role(client, role)
    for name in ("note", "rems"):
        assert client.get(url(name, session)).status_code == reads
    assert client.post(url("sign", session), {}).status_code == signs
    assert client.get(reverse("paperwork:due")).status_code == reads


# -- Filing, and what a missing form raises --------------------------------------------------------------


def after(now, days):
    return now + timedelta(days=days)


def test_a_filed_form_is_recorded_without_touching_the_seal(on_the_floor, answered, session, nurse, now):
    sign_encounter(encounter_id=session.pk, meaning=AUTHORSHIP, by=nurse, now=now, expected=ANYWHERE)
    assert on_the_floor.post(url("filed", session), {"way": ""}).status_code == 422
    done = on_the_floor.post(url("filed", session), {"way": "by fax", "reference": "F-117"}, follow=True)
    assert "Filed by fax, recorded by New York Nurse, RN" in text(done)
    assert "F-117" in text(done)
    assert "Changed after signing" not in text(done)
    assert "filed Mon 2 Mar 2026" in text(on_the_floor.get(reverse("paperwork:due")))


def test_a_form_of_an_open_session_or_of_an_infusion_is_not_filed(told, session, nurse, now):
    told.dosed()
    with pytest.raises(FilingRefused, match="still open"):
        file_form(encounter_id=session.pk, way=FilingWay.PORTAL, reference="", by=nurse, now=now)
    keep_setting(site=session.site, setting=RemsSetting.INPATIENT)
    with pytest.raises(FilingRefused, match="no REMS form"):
        file_form(encounter_id=session.pk, way=FilingWay.PORTAL, reference="", by=nurse, now=now)


def test_a_refusal_to_file_comes_back_on_the_page(on_the_floor, told, session):
    told.dosed()
    page = on_the_floor.post(url("filed", session), {"way": "by fax"})
    assert page.status_code == 422
    assert "The session is still open" in text(page)


def test_a_missing_form_raises_a_task_on_days_3_5_and_6_and_never_twice(discharged, session, nurse, now):
    assert raise_reminders(now=after(now, 2)) == []
    seen = []
    for day in (3, 4, 5, 6, 8):
        raise_reminders(now=after(now, day))
        assert raise_reminders(now=after(now, day)) == []
        (task,) = Task.objects.filter(kind="rems-form", done_at=None)
        seen.append((task.owner_role, task.urgency))
    nurse_, prescriber, director = Role.NURSE, Role.PRESCRIBER, Role.MEDICAL_DIRECTOR
    urgent, routine = Task.Urgency.URGENT, Task.Urgency.ROUTINE
    assert seen == [
        (nurse_, routine),
        (nurse_, routine),
        (prescriber, urgent),
        (director, urgent),
        (director, urgent),
    ]
    assert task.due_at.astimezone(session.site.zone).date() == after(now, 7).date()
    file_form(encounter_id=session.pk, way=FilingWay.PORTAL, reference="", by=nurse, now=after(now, 8))
    task.refresh_from_db()
    assert task.outcome == "Filed on the REMS site."
    assert raise_reminders(now=after(now, 9)) == []


def test_a_reminder_that_somebody_closed_is_not_raised_again_the_same_day(discharged, nurse, now):
    (task,) = raise_reminders(now=after(now, 3))
    close_task(task=task, outcome="will fax tomorrow", by=nurse, now=after(now, 3))
    assert raise_reminders(now=after(now, 3)) == []
    assert len(raise_reminders(now=after(now, 5))) == 1


def test_who_left_against_advice_still_has_a_form_to_file(told, session, nurse, now):
    told.dosed()
    leave_against_advice(
        encounter_id=session.pk, because="", advised="to stay", by=nurse, now=now, expected=ANYWHERE
    )
    assert len(raise_reminders(now=after(now, 3))) == 1


def test_an_inpatient_setting_files_nothing_and_is_not_reminded(
    on_the_floor, discharged, session, nurse, now
):
    keep_setting(site=session.site, setting=RemsSetting.INPATIENT)
    assert "an inpatient setting files none" in text(on_the_floor.get(url("rems", session)))
    assert "The questions of the REMS form" not in text(on_the_floor.get(url("note", session)))
    assert raise_reminders(now=after(now, 3)) == []
    assert forms_due(nurse, now=now) == []


def test_the_servers_clock_raises_them(discharged, now, monkeypatch):
    monkeypatch.setattr("ajar.clinic.gateway.timers.close_old_connections", lambda: None)
    with time_machine.travel(after(now, 3), tick=False):
        tick()
    assert Task.objects.filter(kind="rems-form").count() == 1


def test_a_database_that_does_not_answer_is_asked_again_the_next_time(monkeypatch, caplog):
    def silent(*, now):
        raise OperationalError("locked")

    monkeypatch.setattr("ajar.clinic.gateway.timers.close_old_connections", lambda: None)
    monkeypatch.setattr("ajar.clinic.gateway.timers.raise_reminders", silent)
    tick()
    assert "Reminders could not be raised: OperationalError." in caplog.text
