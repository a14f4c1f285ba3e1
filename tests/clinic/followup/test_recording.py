"""Taking a questionnaire down in the chart, and stopping to be asked."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from ajar.clinic.followup.answering import answer_item, draft_of, hand_in
from ajar.clinic.followup.links import path_of, token_of
from ajar.clinic.followup.models import AskingStopped, QuestionnaireInvitation, ScoreRow, StaffRecording
from ajar.clinic.followup.recording import (
    RecordingClosed,
    begin_recording,
    drop_recording,
    hand_in_recording,
    keep_answers,
)
from ajar.clinic.followup.selectors import due_for, measures_of
from ajar.clinic.followup.services import InvitationRefused, invite, invite_next
from ajar.clinic.followup.stopping import resume_asking, stop_asking
from ajar.clinic.instruments.wordings import form_text
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.staff.authors import author_of
from ajar.clinic.tasks.models import Task
from ajar.pathway.instruments.answers import Mode, QuestionnaireRecorded, TextFrom
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.ledger.entry import Source
from ajar.pathway.staff.roles import Role

READERS = {Role.NURSE, Role.PRESCRIBER, Role.THERAPIST, Role.MEDICAL_DIRECTOR}


@pytest.fixture
def begin(patient, nurse, now):
    return lambda name: begin_recording(patient=patient, instrument=SCORERS[name], by=nurse, now=now)


@pytest.fixture
def wordings(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "wording"
    folder.mkdir()
    return folder


def page(patient, recording, name="recording"):
    return reverse(f"followup:{name}", args=[patient.pk, recording.pk])


def filled(now, items, **changes):
    sent = {
        f"item_{number}": str(answer) for number, answer in enumerate(items, start=1) if answer is not None
    }
    when = {"answered_on": now.date().isoformat(), "answered_time": "00:01"}
    return sent | when | {"mode": "clinician", "occasion": "baseline"} | changes


@pytest.mark.parametrize("name", sorted(SCORERS))
def test_every_instrument_can_be_recorded_in_the_running_program(name, patient, client, as_role, clock, now):
    as_role(client, Role.NURSE)
    opened = client.post(reverse("followup:choose", args=[patient.pk]), {"instrument": name})
    assert client.get(opened.url).status_code == 200
    instrument = SCORERS[name]
    mode = "clinician" if instrument.answered_by == "clinician" else "staff_read"
    sent = filled(now, [item.highest for item in instrument.items], mode=mode)
    assert client.post(opened.url, sent).status_code == 302
    payload = all_entries(patient.pk)[-1].payload
    assert isinstance(payload, QuestionnaireRecorded)
    assert (payload.instrument, payload.mode) == (name, Mode(mode))
    assert ScoreRow.objects.get(instrument=name).band
    shown = client.get(f"{reverse('followup:follow-up', args=[patient.pk])}?measure={name}")
    assert shown.status_code == 200
    assert payload.rulebook_version in shown.content.decode()


@pytest.mark.parametrize("role", sorted(Role))
def test_who_may_take_one_down(patient, client, as_role, clock, role):
    answer = as_role(client, role).get(reverse("followup:choose", args=[patient.pk]))
    assert answer.status_code == (200 if role in READERS else 403)


@pytest.mark.hazard("HAZ-14")
@pytest.mark.parametrize(
    ("name", "item", "answer"),
    [("phq-9", 9, 1), ("c-ssrs", 4, 1), ("sidas", 1, 3), ("madrs", 10, 4), ("qids-sr16", 12, 2)],
)
def test_a_risk_answer_opens_its_task_as_it_is_given_and_once(
    begin, patient, client, as_role, clock, now, nurse, name, item, answer
):
    held = begin(name)
    as_role(client, Role.NURSE)
    kept = client.post(page(patient, held, "keep"), {f"item_{item}": str(answer)})
    assert "opened a task" in kept.content.decode()
    assert Task.objects.count() == 1
    client.post(page(patient, held), {f"item_{item}": str(answer), "do": "keep"})
    items = [None] * SCORERS[name].item_count
    items[item - 1] = answer
    text = form_text(SCORERS[name], language="en")
    sent = {"mode": Mode.STAFF_READ, "occasion": "x", "answered": now, "text": text, "by": nurse, "now": now}
    Task.objects.update(done_at=now)
    hand_in_recording(recording=held, answers=items, **sent)
    assert Task.objects.exclude(kind="safety_item_blank").count() == 1


def test_a_form_begun_is_gone_on_with_and_an_answer_outside_is_never_kept(
    begin, patient, client, as_role, clock
):
    held = begin("madrs")
    assert begin("madrs") == held
    as_role(client, Role.NURSE)
    client.post(page(patient, held, "keep"), {"item_1": "3", "item_2": "9", "item_3": "x"})
    held.refresh_from_db()
    assert held.draft == [3, *[None] * 9]
    assert client.get(page(patient, held)).status_code == 200


def test_what_is_missing_is_said_and_the_answers_stay(begin, patient, client, as_role, clock, now):
    held = begin("madrs")
    as_role(client, Role.NURSE)
    answer = client.post(page(patient, held), filled(now, [1] * 10, occasion=""))
    assert answer.status_code == 422
    held.refresh_from_db()
    assert held.draft == [1] * 10
    ahead = filled(now, [1] * 10, answered_on=(now + timedelta(days=2)).date().isoformat())
    assert client.post(page(patient, held), ahead).status_code == 422
    assert not ScoreRow.objects.exists()


def test_it_is_recorded_once_and_a_dropped_one_not_at_all(begin, nurse, now):
    text = form_text(SCORERS["gad-7"], language="en")
    sent = {"mode": Mode.PHONE, "occasion": "x", "answered": now, "text": text, "by": nurse, "now": now}
    held = begin("gad-7")
    first = hand_in_recording(recording=held, answers=[1] * 7, **sent)
    assert hand_in_recording(recording=held, answers=[2] * 7, **sent).id == first.id
    with pytest.raises(RecordingClosed):
        keep_answers(recording=held, answers=[1] * 7, now=now)
    dropped = begin("gad-7")
    assert dropped.pk != held.pk
    drop_recording(recording=dropped, now=now)
    with pytest.raises(RecordingClosed):
        hand_in_recording(recording=dropped, answers=[1] * 7, **sent)
    assert ScoreRow.objects.count() == 1
    assert StaffRecording.objects.filter(dropped_at__isnull=False).count() == 1


def test_dropping_and_an_unknown_instrument_in_the_page(begin, patient, client, as_role, clock):
    held = begin("madrs")
    as_role(client, Role.NURSE)
    assert client.post(page(patient, held, "drop")).status_code == 302
    assert client.get(page(patient, held)).status_code == 404
    assert client.post(reverse("followup:choose", args=[patient.pk]), {"instrument": "?"}).status_code == 404


def file_for(instrument, **changes):
    words = {"words": "What was seen", "options": list("abcdefg")}
    return {
        "instrument": instrument,
        "language": "en",
        "title": "A title",
        "stem": "Over the last week",
        "attribution": "© its owner",
        "permission": "Letter of 3 May",
        "items": [words] * 10,
    } | changes


def test_a_clinics_own_text_is_shown_with_its_attribution_and_kept(
    wordings, begin, patient, client, as_role, clock, now
):
    (wordings / "madrs.en.json").write_text(json.dumps(file_for("madrs")))
    held = begin("madrs")
    text = as_role(client, Role.NURSE).get(page(patient, held)).content.decode()
    assert "What was seen" in text
    assert "© its owner" in text
    client.post(page(patient, held), filled(now, [2] * 10))
    payload = all_entries(patient.pk)[-1].payload
    assert (payload.text_from, payload.attribution) == (TextFrom.CLINIC, "© its owner")


@pytest.mark.parametrize("content", ["{", "[]", json.dumps(file_for("madrs", items=[]))])
def test_a_text_that_does_not_fit_is_never_used_and_the_page_says_why(
    wordings, begin, patient, client, as_role, clock, content
):
    (wordings / "madrs.en.json").write_text(content)
    text = as_role(client, Role.NURSE).get(page(patient, begin("madrs"))).content.decode()
    assert "text cannot be used" in text
    assert "Item 10" in text


# short forms


@pytest.fixture
def short(patient, nurse, now):
    ends = now + timedelta(days=3)
    return invite(
        patient=patient, occasion="x", expires_at=ends, by=nurse, now=now, instrument=SCORERS["phq-2"]
    )


def test_a_positive_short_form_asks_the_rest_without_asking_twice(short, client, clock, fill_in):
    assert fill_in(short, [2, 1]).endswith("/3/")
    short.refresh_from_db()
    assert (short.instrument, draft_of(short)[:2]) == ("phq-9", [2, 1])
    for number in range(3, 10):
        client.post(f"{path_of(short)}{number}/", {"answer": "0"})
    row = ScoreRow.objects.get()
    assert (row.instrument, row.total) == ("phq-9", 3)


def test_a_negative_short_form_is_done(short, client, clock, fill_in):
    assert "a few more questions follow" in client.get(path_of(short)).content.decode()
    assert fill_in(short, [1, 1]).endswith("/sent/")
    row = ScoreRow.objects.get()
    assert (row.instrument, row.total) == ("phq-2", 2)
    assert "did not call for the longer one" in client.get(f"{path_of(short)}sent/").content.decode()


def test_a_short_form_that_grows_takes_the_place_of_the_open_long_one(short, patient, nurse, now):
    ends = now + timedelta(days=3)
    long = invite(patient=patient, occasion="x", expires_at=ends, by=nurse, now=now)
    answer_item(invitation=short, number=1, answer=3, now=now)
    answer_item(invitation=short, number=2, answer=3, now=now)
    long.refresh_from_db()
    assert long.cancelled_at is not None
    short.refresh_from_db()
    assert hand_in(invitation=short, mode=Mode.SELF_WEB, now=now).payload.instrument == "phq-9"


@pytest.mark.hazard("HAZ-14")
def test_a_closed_task_is_not_opened_again_by_the_same_answer(invitation, now):
    answer_item(invitation=invitation, number=9, answer=1, now=now)
    Task.objects.update(done_at=now)
    answer_item(invitation=invitation, number=9, answer=1, now=now)
    assert Task.objects.count() == 1
    answer_item(invitation=invitation, number=9, answer=3, now=now)
    assert Task.objects.filter(done_at=None).count() == 1


# stopping


def test_a_patient_stops_by_link_and_the_clinic_is_told(invitation, patient, client, clock, now):
    answer = client.post(
        reverse("followup:stop-by-link", args=[token_of(invitation)]), {"words": "Too many."}
    )
    assert answer.status_code == 200
    task = Task.objects.get()
    assert "Too many." in task.because
    assert AskingStopped.objects.get().patient == patient
    assert client.get(path_of(invitation)).status_code == 410
    with pytest.raises(InvitationRefused, match="does not want"):
        invite_next(patient=patient, by=None, now=now)
    assert due_for(patient, now=now) is None


def test_stopping_twice_is_once_and_resuming_asks_again(patient, client, as_role, nurse, clock, now):
    by = author_of(nurse)
    resume_asking(patient=patient, words="", by=by, now=now)
    assert not all_entries(patient.pk)
    for _ in range(2):
        stop_asking(patient=patient, words="", by=by, source=Source.KEYBOARD, now=now)
    assert len(all_entries(patient.pk)) == 1
    as_role(client, Role.NURSE)
    address = reverse("followup:follow-up", args=[patient.pk])
    assert "does not want to be sent" in client.get(address).content.decode()
    client.post(reverse("followup:resume", args=[patient.pk]))
    assert not AskingStopped.objects.exists()
    client.post(reverse("followup:stop", args=[patient.pk]), {"words": ""})
    assert AskingStopped.objects.exists()
    assert QuestionnaireInvitation.objects.count() == 0


def test_the_schedule_asks_with_the_measure_of_the_condition(patient, by, now):
    assert measures_of(patient).asked.id == "phq-9"
