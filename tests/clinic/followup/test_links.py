"""A questionnaire by link: nobody guesses one, it works once, and it ends kindly."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.urls import reverse

from ajar.clinic.followup.answering import LinkClosed, answer_item, hand_in, open_link
from ajar.clinic.followup.links import invitation_of, path_of, token_of
from ajar.clinic.followup.models import QuestionnaireInvitation, ScoreRow
from ajar.clinic.followup.services import cancel_invitation, invite
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.tasks.models import Task
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.ledger.entry import AuthorKind, Source
from ajar.pathway.staff.roles import Role


def test_a_token_opens_its_own_invitation_and_no_other(invitation, nowhere):
    token = token_of(invitation)
    assert invitation_of(token) == invitation
    assert str(invitation.pk) not in token
    other_end = token[:-1] + ("B" if token.endswith("A") else "A")
    for wrong in (nowhere, token[:-1], other_end, "", ".", "x" * 500, token.upper()):
        assert invitation_of(wrong) is None


def test_answers_by_link_are_one_entry_of_the_patient(invitation, patient, fill_in, clock):
    fill_in(invitation, [1] * 8 + [0])
    (entry,) = all_entries(patient.pk)
    assert entry.payload.items == (1, 1, 1, 1, 1, 1, 1, 1, 0)
    assert (entry.payload.mode, entry.source, entry.payload.occasion) == (
        Mode.SELF_WEB,
        Source.LINK,
        "baseline",
    )
    assert (entry.recorded_by.kind, entry.source_ref) == (AuthorKind.PATIENT, f"invitation:{invitation.pk}")


def test_a_double_hand_in_is_recorded_once(invitation, clock, now):
    for number in range(1, 10):
        answer_item(invitation=invitation, number=number, answer=0, now=now)
    first = hand_in(invitation=invitation, mode=Mode.SELF_WEB, now=now)
    assert hand_in(invitation=invitation, mode=Mode.SELF_WEB, now=now).id == first.id
    assert LedgerEntry.objects.count() == 1


def test_the_draft_is_emptied_once_the_answers_are_in_the_chart(invitation, fill_in, clock):
    fill_in(invitation, [2] * 8 + [0])
    invitation.refresh_from_db()
    assert (invitation.draft, invitation.answered_at is not None) == ([], True)


@pytest.mark.hazard("HAZ-14")
@pytest.mark.parametrize(("item_9", "urgent"), [(1, False), (2, True), (3, True)])
def test_a_risk_answer_shows_help_on_its_own_screen_and_opens_a_task_before_the_form_is_sent(
    invitation, patient, client, clock, now, item_9, urgent
):
    client.post(path_of(invitation))
    address = reverse("followup:question", args=[token_of(invitation), 9])
    answer = client.post(address, {"answer": str(item_9)})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="tel:988"' in text
    assert "better off dead" in text  # the question itself is still there
    task = Task.objects.get(patient=patient)
    assert (task.owner_role, task.done_at) == (Role.PRESCRIBER if urgent else Role.NURSE, None)
    assert (task.due_at - now <= timedelta(hours=1)) == urgent
    assert not LedgerEntry.objects.exists()


@pytest.mark.hazard("HAZ-14")
def test_changing_a_risk_answer_back_does_not_close_the_task(invitation, patient, client, clock):
    client.post(path_of(invitation))
    address = reverse("followup:question", args=[token_of(invitation), 9])
    client.post(address, {"answer": "3"})
    client.post(address, {"answer": "0", "seen": "yes"})
    assert Task.objects.filter(patient=patient, done_at=None).count() == 1


def test_two_risk_answers_on_one_form_are_one_task(invitation, patient, now):
    answer_item(invitation=invitation, number=9, answer=1, now=now)
    answer_item(invitation=invitation, number=9, answer=3, now=now)
    task = Task.objects.get(patient=patient)
    assert task.owner_role == Role.PRESCRIBER


def test_after_sending_the_patient_reads_last_time_and_today(invitation, answered, fill_in, client, clock):
    answered(14, 20)
    text = client.get(fill_in(invitation, [1] * 8 + [1])).content.decode()
    assert "Last time 14, today 9. Your clinician sees this now." in text
    assert "988" in text


def test_the_first_score_stands_alone(invitation, fill_in, client, clock):
    text = client.get(fill_in(invitation, [1] * 8 + [0])).content.decode()
    assert "Today 8. Your clinician sees this now." in text


def test_another_browser_does_not_see_the_score(invitation, fill_in, client, clock):
    address = fill_in(invitation, [3] * 8 + [0])
    client.cookies.clear()
    answer = client.get(address)
    assert answer.status_code == 410
    assert "24" not in answer.content.decode().split("<main")[1].split("</main>")[0]


def test_too_many_skipped_questions_give_no_score_and_say_so(invitation, fill_in, client, clock):
    text = client.get(fill_in(invitation, [None, None, None, 1, 1, 1, 1, 1, 0])).content.decode()
    assert "there is no score" in text
    assert ScoreRow.objects.get().total is None


def test_the_safety_item_cannot_be_skipped(invitation, client, clock):
    client.post(path_of(invitation))
    address = reverse("followup:question", args=[token_of(invitation), 9])
    answer = client.post(address, {"skip": "yes"})
    assert answer.status_code == 422
    assert "needs an answer" in answer.content.decode()


@pytest.mark.hazard("HAZ-14")
def test_sending_with_a_blank_safety_item_opens_a_task_to_ask(invitation, patient, now):
    for number in range(1, 9):
        answer_item(invitation=invitation, number=number, answer=0, now=now)
    hand_in(invitation=invitation, mode=Mode.SELF_WEB, now=now)
    assert "left blank" in Task.objects.get(patient=patient).because


@pytest.mark.parametrize("answer", ["", "4", "-1", "x", "1.5"])
def test_an_answer_that_was_not_offered_is_refused_in_words(invitation, client, clock, answer):
    client.post(path_of(invitation))
    page = client.post(reverse("followup:question", args=[token_of(invitation), 1]), {"answer": answer})
    assert page.status_code == 422
    assert "Choose one of the answers." in page.content.decode()


def test_one_goes_on_where_one_stopped_even_on_another_device(invitation, client, clock):
    address = client.post(path_of(invitation)).url
    client.post(address, {"answer": "2"})
    client.cookies.clear()
    assert client.post(path_of(invitation)).url.endswith("/2/")
    assert 'value="2" checked' in client.get(address).content.decode()


@pytest.mark.parametrize("number", [0, 10, 99])
def test_a_question_that_does_not_exist_leads_back_to_the_beginning(invitation, client, clock, number):
    address = reverse("followup:question", args=[token_of(invitation), number])
    assert client.get(address).url == path_of(invitation)


def closed_pages(invitation) -> list[str]:
    token = token_of(invitation)
    return [path_of(invitation), reverse("followup:question", args=[token, 3])]


def test_an_expired_link_is_answered_kindly_with_help(invitation, client, clock):
    clock.shift(timedelta(days=8))
    for address in closed_pages(invitation):
        for send in (client.get, client.post):
            answer = send(address)
            assert answer.status_code == 410
            assert "can send you a new link" in answer.content.decode()
            assert 'href="tel:988"' in answer.content.decode()


def test_a_used_link_says_thank_you_and_shows_help(invitation, fill_in, client, clock):
    fill_in(invitation, [0] * 9)
    client.cookies.clear()
    for address in closed_pages(invitation):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "These questions were answered" in answer.content.decode()
        assert 'href="tel:988"' in answer.content.decode()


def test_a_link_the_clinic_ended_says_so(invitation, client, clock, now):
    cancel_invitation(invitation=invitation, because="sent by mistake", now=now)
    assert "Your clinic ended this link" in client.get(path_of(invitation)).content.decode()


def test_an_address_that_was_never_sent_is_not_found_and_still_shows_help(client, nowhere, clock):
    answer = client.get(reverse("followup:invited", args=[nowhere]))
    assert answer.status_code == 404
    assert 'href="tel:988"' in answer.content.decode()


def test_taken_back_answers_are_no_longer_shown(invitation, fill_in, client, clock, now):
    address = fill_in(invitation, [1] * 9)
    ScoreRow.objects.all().delete()
    assert client.get(address).status_code == 410


def test_the_services_refuse_what_the_pages_refuse(invitation, now):
    later = now + timedelta(days=8)
    for attempt in (
        lambda: open_link(invitation=invitation, now=later),
        lambda: answer_item(invitation=invitation, number=1, answer=0, now=later),
        lambda: hand_in(invitation=invitation, mode=Mode.SELF_WEB, now=later),
        lambda: hand_in(invitation=invitation, mode=Mode.SELF_WEB, now=now),  # nothing answered yet
    ):
        with pytest.raises(LinkClosed):
            attempt()


def test_the_pages_speak_the_patients_language_until_they_choose_another(patient, nurse, client, clock, now):
    spanish = invite(
        patient=patient,
        occasion="visit",
        expires_at=now + timedelta(days=1),
        by=nurse,
        now=now,
        language="es",
    )
    address = client.post(path_of(spanish)).url
    assert "Poco interés o placer en hacer cosas" in client.get(address).content.decode()
    client.cookies["django_language"] = "en"
    assert "Little interest or pleasure in doing things" in client.get(address).content.decode()


def test_pages_by_link_are_kept_out_of_caches_and_search(invitation, client, clock):
    answer = client.get(path_of(invitation))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert "Alma" not in answer.content.decode()
    assert "Quist" not in answer.content.decode()


def test_a_patient_who_is_signed_in_answers_by_portal(invitation, patient, client, as_role, fill_in, clock):
    as_role(client, Role.PATIENT)
    fill_in(invitation, [0] * 9)
    (entry,) = all_entries(patient.pk)
    assert (entry.payload.mode, entry.source) == (Mode.SELF_PORTAL, Source.PORTAL)


@pytest.mark.usefixtures("committed_db")
def test_twenty_hand_ins_at_once_are_one_entry(request):
    patient, nurse, now = (request.getfixturevalue(name) for name in ("patient", "nurse", "now"))
    invitation = invite(
        patient=patient, occasion="baseline", expires_at=now + timedelta(days=7), by=nurse, now=now
    )
    answer_item(invitation=invitation, number=1, answer=0, now=now)
    start = Barrier(8)

    def send(_: int) -> object:
        start.wait()
        try:
            return hand_in(invitation=invitation, mode=Mode.SELF_WEB, now=now).id
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(send, range(8)))) == 1
    assert LedgerEntry.objects.count() == 1
    assert QuestionnaireInvitation.objects.get().entry_id is not None
