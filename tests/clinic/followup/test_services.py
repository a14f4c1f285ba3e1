"""Inviting by the schedule, sending, cancelling, and what the read model keeps."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail

from ajar.clinic.followup.models import QuestionnaireInvitation, ScoreRow
from ajar.clinic.followup.selectors import (
    due_for,
    due_today,
    follow_up_of,
    late_invitations,
    latest_scores,
    missed_on,
    open_invitations,
)
from ajar.clinic.followup.services import (
    InvitationRefused,
    cancel_invitation,
    invite,
    invite_next,
    send_due,
    send_link,
)
from ajar.clinic.ledger.readmodels import REGISTERED
from ajar.clinic.ledger.services import correct
from ajar.clinic.ledger.upkeep import rebuild
from ajar.clinic.staff.authors import author_of
from ajar.clinic.tasks.models import Task
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.staff.roles import Role
from tests.support.course import Programme


def test_the_schedule_asks_for_a_baseline_first(patient, nurse, now):
    invitation = invite_next(patient=patient, by=nurse, now=now)
    assert invitation.occasion == "baseline"
    assert invitation.is_open(now)


def test_an_open_invitation_of_an_occasion_is_never_doubled(invitation, patient, nurse, now):
    again = invite(
        patient=patient, occasion="baseline", expires_at=now + timedelta(days=1), by=nurse, now=now
    )
    assert again == invitation


def test_after_a_link_has_ended_a_new_one_takes_its_place(invitation, patient, nurse, now):
    later = now + timedelta(days=8)
    again = invite(
        patient=patient, occasion="baseline", expires_at=later + timedelta(days=1), by=nurse, now=later
    )
    assert again != invitation
    assert QuestionnaireInvitation.objects.filter(cancelled_at=None).count() == 1


def test_the_schedule_counts_from_the_last_dose(patient, nurse, now, answered, give_dose):
    answered(18, 10)
    give_dose(now - timedelta(days=9))
    give_dose(now - timedelta(days=1))
    assert invite_next(patient=patient, by=nurse, now=now).occasion == "after dose 2, day 1"


def test_nothing_due_is_said_with_the_day_on_which_something_is(patient, nurse, now, answered, give_dose):
    answered(18, 2)
    give_dose(now - timedelta(days=1))
    with pytest.raises(InvitationRefused, match="next questionnaire is on March 8, 2026"):
        invite_next(patient=patient, by=nurse, now=now)


def test_nothing_planned_is_said_too(patient, nurse, now, answered):
    answered(18, 2)
    assert due_for(patient, now=now) is None
    with pytest.raises(InvitationRefused, match="No questionnaire is planned"):
        invite_next(patient=patient, by=nurse, now=now)


def test_a_link_ends_after_it_begins(patient, nurse, now):
    with pytest.raises(InvitationRefused, match="must end after"):
        invite(patient=patient, occasion="x", expires_at=now, by=nurse, now=now)


def test_the_mail_says_nothing_about_health(invitation, now):
    send_link(invitation=invitation, url="https://clinic.example/q/abc/", now=now)
    (sent,) = mail.outbox
    text = f"{sent.subject} {sent.body}".lower()
    assert "https://clinic.example/q/abc/" in sent.body
    assert not [word for word in ("phq", "depress", "ketamine", "quist", "baseline") if word in text]
    invitation.refresh_from_db()
    assert invitation.sent_at == now


def test_a_mail_server_that_fails_is_said_and_the_link_can_be_copied(invitation, now, monkeypatch):
    def fail(*_, **__):
        raise ConnectionRefusedError

    monkeypatch.setattr("ajar.clinic.followup.services.send_mail", fail)
    with pytest.raises(InvitationRefused, match="copy the link instead"):
        send_link(invitation=invitation, url="https://clinic.example/", now=now)
    invitation.refresh_from_db()
    assert invitation.sent_at is None


def test_a_patient_without_an_address_gets_no_mail(invitation, patient, now):
    invitation.patient.email = ""
    with pytest.raises(InvitationRefused, match="no e-mail address"):
        send_link(invitation=invitation, url="https://clinic.example/", now=now)


def test_an_ended_link_is_not_sent(invitation, now):
    with pytest.raises(InvitationRefused, match="has ended"):
        send_link(invitation=invitation, url="https://clinic.example/", now=now + timedelta(days=8))


def test_cancelling_ends_a_link_and_drops_its_draft(invitation, patient, now):
    cancel_invitation(invitation=invitation, because="mistake", now=now)
    assert open_invitations(patient, now=now) == []


def test_a_missed_questionnaire_is_a_hole_and_a_cancelled_one_is_not(invitation, patient, nurse, now):
    kept = invite(patient=patient, occasion="x", expires_at=now + timedelta(days=1), by=nurse, now=now)
    cancel_invitation(invitation=kept, because="mistake", now=now)
    later = now + timedelta(days=8)
    assert missed_on(patient, PHQ9, now=now) == []
    assert missed_on(patient, PHQ9, now=later) == [now.date()]
    assert follow_up_of(patient, viewer=nurse, now=later).missed_on == [now.date()]


def test_late_links_are_found_across_patients_within_reach(invitation, nurse, miami_staff, now):
    later = now + timedelta(days=3)
    assert list(late_invitations(nurse, now=later)) == [invitation]
    assert not late_invitations(miami_staff[Role.NURSE], now=later)
    assert not late_invitations(nurse, now=now)


@pytest.mark.hazard("HAZ-14")
def test_answers_taken_by_staff_are_kept_in_their_own_mode_and_open_the_risk_task(
    patient, nurse, miami_staff, answered
):
    answered(15, 1, item_9=2)
    row = ScoreRow.objects.get()
    assert (row.total, row.band, row.mode, row.safety_answer) == (15, "moderately_severe", "staff_read", 2)
    assert Task.objects.get(patient=patient).urgency == Task.Urgency.URGENT
    assert list(latest_scores(nurse)) == [row]
    assert not latest_scores(miami_staff[Role.NURSE])


def test_an_answer_in_the_future_is_refused(answered):
    with pytest.raises(ValueError, match="future"):
        answered(15, -1)


def test_a_score_soon_after_another_is_marked(answered):
    answered(15, 5)
    answered(12, 1)
    assert list(ScoreRow.objects.values_list("overlapping_recall", flat=True)) == [False, True]


def test_a_correction_changes_the_score_and_taking_back_removes_it(answered, nurse, now):
    entry = answered(15, 5)
    by = author_of(nurse)
    payload = entry.payload
    corrected = correct(
        entry=entry,
        payload=replace(payload, items=(0,) * 9),
        reason="typed into the wrong form",
        by=by,
        now=now,
    )
    assert ScoreRow.objects.get().total == 0
    correct(entry=corrected, payload=None, reason="wrong patient", by=by, now=now)
    assert not ScoreRow.objects.exists()


def test_a_rebuild_leaves_the_same_scores(answered):
    for total, days_ago in ((21, 30), (15, 14), (9, 2)):
        answered(total, days_ago)
    (model,) = [model for model in REGISTERED if model.name == "scores"]
    before = model.snapshot()
    rebuild(lambda done, total: None)
    assert model.snapshot() == before
    model.clear()
    assert model.snapshot() == []


@pytest.fixture
def in_course(patient, by, now):
    """A dose given nine days ago, a score from before it."""
    programme = Programme(patient, by=by, now=now)
    programme.given(programme.planned(programme.ordered(day=-20, sessions=6), 1, day=-9), day=-9)
    return programme


def test_everyone_whom_the_schedule_asks_today_is_on_one_list(in_course, patient, nurse, miami_staff, now):
    (row,) = due_today(nurse, now=now)
    assert (row.patient, row.asking.occasion, row.last) == (patient, "after dose 1, day 7", None)
    assert due_today(miami_staff[Role.NURSE], now=now) == []


def test_the_list_and_the_chart_ask_for_the_same(in_course, patient, nurse, now, answered):
    answered(15, 12)
    (row,) = due_today(nurse, now=now)
    assert row.asking == due_for(patient, now=now)
    assert row.last is not None
    assert row.last.total == 15


def test_a_patient_with_an_open_link_or_a_fresh_answer_is_not_on_the_list(
    in_course, patient, nurse, now, answered
):
    invitation = invite_next(patient=patient, by=nurse, now=now)
    assert due_today(nurse, now=now) == []
    cancel_invitation(invitation=invitation, because="mistake", now=now)
    assert len(due_today(nurse, now=now)) == 1
    answered(12, 0)
    assert due_today(nurse, now=now) == []


def test_a_patient_without_a_session_is_not_asked_by_the_list(patient, nurse, now):
    assert due_today(nurse, now=now) == []


def test_sending_what_is_due_mails_each_once(in_course, patient, nurse, now):
    def url_of(invitation: QuestionnaireInvitation) -> str:
        return f"https://clinic.example/{invitation.pk}"

    assert send_due(rows=due_today(nurse, now=now), url_of=url_of, by=nurse, now=now) == 1
    assert send_due(rows=due_today(nurse, now=now), url_of=url_of, by=nurse, now=now) == 0
    assert len(mail.outbox) == 1


def test_who_has_no_address_is_listed_and_not_mailed(in_course, patient, nurse, now):
    patient.email = ""
    patient.save()
    rows = due_today(nurse, now=now)
    assert len(rows) == 1
    assert send_due(rows=rows, url_of=str, by=nurse, now=now) == 0
