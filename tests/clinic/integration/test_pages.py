"""The pages of integration, and who reads what on them."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from ajar.clinic.integration.selectors import session_notes
from ajar.clinic.tasks.models import Task
from ajar.pathway.staff.roles import STAFF, Role
from tests.support.people import BACKEND, make_account

SECRET = "Countertransference"
SHARED = "The door was never locked."
READERS = (Role.NURSE, Role.PRESCRIBER, Role.THERAPIST, Role.MEDICAL_DIRECTOR)


@pytest.fixture
def address(patient) -> str:
    return reverse("integration:sessions", args=[patient.pk])


def form_data(dose, now, **changes: str) -> dict[str, str]:
    data = {
        "purpose": "integration",
        "dose": "",
        "held_on": "2026-03-02",
        "began": "09:00",
        "minutes": "50",
        "attendees": "Both",
        "insights": "Something became clear.",
        "emotions": "",
        "thought_patterns": "",
        "change": "",
        "home_practice": "",
        "patient_may_read": "yes",
        "private_note": "",
    }
    return data | changes


@pytest.mark.parametrize("role", sorted(STAFF))
def test_who_reads_the_shared_note(held, address, client, as_role, clock, role):
    answer = as_role(client, role).get(address)
    if role in READERS:
        assert SHARED in answer.content.decode()
    else:
        assert answer.status_code == 403


@pytest.mark.hazard("HAZ-16")
@pytest.mark.parametrize("role", sorted(Role))
def test_nobody_but_its_author_reads_the_private_note_on_any_page(
    held, patient, client, as_role, clock, role
):
    as_role(client, role)
    for path in ("integration/", "ledger/", ""):
        answer = client.get(f"/patients/{patient.pk}/{path}")
        seen = SECRET in answer.content.decode()
        assert seen == (role is Role.THERAPIST and path != "" and answer.status_code == 200)


@pytest.mark.hazard("HAZ-16")
def test_another_therapist_of_the_site_does_not_read_it_either(held, address, new_york, clock):
    other = make_account(Role.THERAPIST, new_york, name="Another Therapist")
    client = Client()
    client.force_login(other, backend=BACKEND)
    text = client.get(address).content.decode()
    assert SHARED in text
    assert SECRET not in text


def test_staff_of_another_site_find_no_such_patient(held, address, miami_staff, client, clock):
    client.force_login(miami_staff[Role.THERAPIST], backend=BACKEND)
    assert client.get(address).status_code == 404


def test_the_therapist_writes_a_session_down(dose, patient, client, as_role, clock, now):
    as_role(client, Role.THERAPIST)
    url = reverse("integration:new", args=[patient.pk])
    assert client.get(url).status_code == 200
    answer = client.post(url, form_data(dose, now, private_note="Mine."))
    assert answer.status_code == 302
    (found,) = session_notes(patient, viewer=answer.wsgi_request.user)
    assert found.held.insights == "Something became clear."
    assert found.shared.entry.happened_at.isoformat() == "2026-03-02T14:00:00+00:00"  # 9:00 in New York
    assert found.private is not None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"insights": ""}, "at least one of the four headings"),
        ({"minutes": "0"}, "Expected 1 or more"),
        ({"patient_may_read": ""}, "required"),
        ({"held_on": "2026-03-09"}, "future"),
    ],
)
def test_a_refused_form_says_what_was_expected_and_keeps_what_was_typed(
    dose, patient, client, as_role, clock, now, changes, words
):
    as_role(client, Role.THERAPIST)
    url = reverse("integration:new", args=[patient.pk])
    data = form_data(dose, now, attendees="Both, and a sister", **changes)
    answer = client.post(url, data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    assert "Both, and a sister" in text


@pytest.mark.parametrize("role", sorted(Role))
def test_only_therapists_write(dose, patient, client, as_role, clock, now, role):
    answer = as_role(client, role).post(
        reverse("integration:new", args=[patient.pk]),
        urlencode(form_data(dose, now)),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == (302 if role is Role.THERAPIST else 403)


def test_a_correction_shows_both_texts(held, patient, client, as_role, clock, now, address, dose):
    as_role(client, Role.THERAPIST)
    url = reverse("integration:correct", args=[patient.pk, held.id])
    assert SHARED in client.get(url).content.decode()
    data = form_data(dose, now, insights="The door was ajar.", reason="misheard")
    assert client.post(url, data).status_code == 302
    text = client.get(address).content.decode()
    assert "The door was ajar." in text
    assert SHARED in text
    assert "misheard" in text


def test_someone_elses_session_cannot_be_opened_for_correction(held, patient, new_york, clock):
    client = Client()
    client.force_login(make_account(Role.THERAPIST, new_york, name="Another Therapist"), backend=BACKEND)
    for name in ("correct", "private"):
        assert client.get(reverse(f"integration:{name}", args=[patient.pk, held.id])).status_code == 404


def test_the_private_note_is_rewritten_on_its_own_page(held, patient, client, as_role, clock):
    as_role(client, Role.THERAPIST)
    url = reverse("integration:private", args=[patient.pk, held.id])
    assert SECRET in client.get(url).content.decode()
    assert client.post(url, {"text": "Calmer now.", "reason": ""}).status_code == 422
    assert client.post(url, {"text": "Calmer now.", "reason": "slept on it"}).status_code == 302
    assert "Calmer now." in client.get(url).content.decode()


def test_a_dose_without_a_session_is_shown_to_the_prescriber(dose, address, client, as_role, clock):
    text = as_role(client, Role.PRESCRIBER).get(address).content.decode()
    assert "A dose without an integration session." in text
    assert "Dose 1: nothing booked." in text


@pytest.mark.parametrize(
    ("risk", "words"), [("high", "within 1 hour"), ("moderate", "Call today"), ("low", "")]
)
def test_a_session_is_ticked_off_and_a_risk_rating_is_told(
    patient, dose, client, as_role, clock, now, risk, words
):
    as_role(client, Role.THERAPIST)
    held_at = (now - timedelta(hours=2)).astimezone(patient.site.zone)
    sent = {
        "purpose": "integration",
        "dose": "",
        "held_on": held_at.date().isoformat(),
        "began": held_at.strftime("%H:%M"),
        "minutes": "50",
        "attendees": "both",
        "insights": "Something became clear.",
        "patient_may_read": "no",
        "home": ["home-1", "home-3"],
        "adherence_percent": "60",
        "risk": risk,
        "themes": "Doors",
    }
    assert client.post(reverse("integration:new", args=[patient.pk]), sent).status_code == 302
    page = client.get(reverse("integration:sessions", args=[patient.pk])).content.decode()
    assert "A behavioural-activation task" in page
    assert "60 %" in page
    assert "To be scheduled" in page
    tasks = list(Task.objects.filter(kind="integration-risk"))
    assert [words in task.title for task in tasks] == ([True] if words else [])
