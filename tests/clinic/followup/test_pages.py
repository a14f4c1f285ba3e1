"""The follow-up page in the chart."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from ajar.clinic.followup.links import path_of
from ajar.clinic.followup.models import QuestionnaireInvitation
from ajar.pathway.staff.roles import Role
from tests.support.course import Programme
from tests.support.people import BACKEND

READERS = {Role.NURSE, Role.PRESCRIBER, Role.THERAPIST, Role.MEDICAL_DIRECTOR}
SENDERS = READERS | {Role.FRONT_DESK, Role.ADMINISTRATOR}


@pytest.fixture
def address(patient) -> str:
    return reverse("followup:follow-up", args=[patient.pk])


@pytest.mark.parametrize("role", sorted(Role))
def test_who_sees_scores_in_the_chart(address, client, as_role, clock, role):
    """A patient sees the same numbers on their own address, never this one with its tasks."""
    assert as_role(client, role).get(address).status_code == (200 if role in READERS else 403)


def test_staff_of_another_site_find_no_such_patient(address, client, miami_staff, clock):
    client.force_login(miami_staff[Role.NURSE], backend=BACKEND)
    assert client.get(address).status_code == 404


def test_the_page_says_what_changed_by_definition(address, client, as_role, clock, now, answered, give_dose):
    answered(20, 30)
    give_dose(now - timedelta(days=28))
    answered(8, 1)
    text = as_role(client, Role.PRESCRIBER).get(address).content.decode()
    assert "PHQ-9 fell 12 points since 31 January 2026 (reliable). Response, not remission." in text
    assert "A fall of at least 50 % from baseline" in text
    assert "MBC-3" in text
    assert "staff read" in text


def test_open_risk_tasks_stand_on_top(address, client, as_role, clock, answered):
    answered(15, 1, item_9=3)
    text = as_role(client, Role.NURSE).get(address).content.decode()
    assert "Call within 1 hour" in text


def test_without_scores_the_page_says_so(address, client, as_role, clock):
    assert "No PHQ-9 score yet." in as_role(client, Role.NURSE).get(address).content.decode()


@pytest.mark.parametrize("role", sorted(Role))
def test_who_makes_links(patient, client, as_role, clock, role):
    as_role(client, role).post(reverse("followup:send-next", args=[patient.pk]))
    assert QuestionnaireInvitation.objects.exists() == (role in SENDERS)


def test_the_link_is_shown_to_copy_sent_and_ended(address, patient, client, as_role, clock):
    as_role(client, Role.NURSE)
    client.post(reverse("followup:send-next", args=[patient.pk]))
    invitation = QuestionnaireInvitation.objects.get()
    assert f"http://testserver{path_of(invitation)}" in client.get(address).content.decode()
    client.post(reverse("followup:mail", args=[patient.pk, invitation.pk]))
    assert path_of(invitation) in mail.outbox[0].body
    client.post(reverse("followup:cancel", args=[patient.pk, invitation.pk]))
    assert path_of(invitation) not in client.get(address).content.decode()
    client.post(reverse("followup:mail", args=[patient.pk, invitation.pk]))
    assert len(mail.outbox) == 1


def test_a_second_try_when_nothing_is_due_is_answered_in_words(patient, client, as_role, clock, answered):
    answered(15, 1)
    as_role(client, Role.NURSE)
    answer = client.post(reverse("followup:send-next", args=[patient.pk]), follow=True)
    assert "No questionnaire is planned" in answer.content.decode()


def test_a_link_outside_the_schedule_says_why(address, patient, client, as_role, clock):
    as_role(client, Role.NURSE)
    url = reverse("followup:make-link", args=[patient.pk])
    assert client.post(url, {"occasion": "", "days": "7"}).status_code == 422
    assert client.post(url, {"occasion": "after a bad week", "days": "7"}).status_code == 302
    assert "after a bad week" in client.get(address).content.decode()


def test_a_link_of_another_patient_is_not_found(invitation, miami_patient, client, miami_staff, clock):
    client.force_login(miami_staff[Role.NURSE], backend=BACKEND)
    for name in ("mail", "cancel"):
        url = reverse(f"followup:{name}", args=[miami_patient.pk, invitation.pk])
        assert client.post(url).status_code == 404


@pytest.mark.parametrize("role", sorted(Role))
def test_who_sends_what_is_due(patient, by, now, client, as_role, clock, role):
    programme = Programme(patient, by=by, now=now)
    programme.given(programme.planned(programme.ordered(day=-20, sessions=6), 1, day=-9), day=-9)
    as_role(client, role)
    url = reverse("followup:due")
    page = client.get(url)
    assert page.status_code == (200 if role in SENDERS else 403)
    client.post(url)
    assert len(mail.outbox) == (1 if role in SENDERS else 0)


def test_the_front_desk_sees_whom_to_ask_and_no_score(patient, by, now, client, as_role, clock, answered):
    answered(27, 12, item_9=3)
    programme = Programme(patient, by=by, now=now)
    programme.given(programme.planned(programme.ordered(day=-20, sessions=6), 1, day=-9), day=-9)
    main = as_role(client, Role.FRONT_DESK).get(reverse("followup:due")).content.decode().split("<main")[1]
    assert patient.name in main
    assert "27," not in main


@pytest.mark.parametrize("form", [{"occasion": "", "days": "7"}, {"occasion": "x", "days": "7"}])
def test_the_front_desk_never_lands_on_the_scores(patient, client, as_role, clock, answered, form):
    answered(20, 1)
    as_role(client, Role.FRONT_DESK)
    answer = client.post(reverse("followup:make-link", args=[patient.pk]), form)
    assert answer.url == reverse("followup:due")
