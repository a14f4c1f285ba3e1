"""The order as a prescriber fills it in, and the plan as others see it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from ajar.clinic.ledger.selectors import all_entries, decision_position
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Site
from ajar.pathway.careplan.course import courses_of
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.evaluation.products import Product
from ajar.pathway.staff.roles import Role
from tests.clinic.careplan.conftest import evaluation

pytestmark = pytest.mark.usefixtures("clock")

SPRAY: dict[str, Any] = {
    "indication": "Treatment-resistant depression",
    "first_dose_mg": "56",
    "later_dose_mg": "84",
    "sessions": "8",
    "first_day": "2026-03-09",
    "weekdays": ["0", "3"],
    "at": "09:00",
    "intention": "To want to get up again.",
}
INFUSION: dict[str, Any] = {
    **{name: value for name, value in SPRAY.items() if not name.endswith("dose_mg")},
    "sessions": "6",
    "dose_mg_per_kg": "0.5",
    "weight_kg": "110",
    "height_cm": "170",
    "basis": "advised",
    "condition": "treatment_resistant_depression",
}


@pytest.fixture
def doctor(client: Client, as_role) -> Client:
    return as_role(client, Role.PRESCRIBER)


def page_of(patient: Patient, regimen: str = "") -> str:
    return f"/patients/{patient.pk}/plan/" + (f"order/{regimen}/" if regimen else "")


def send(client: Client, patient: Patient, regimen: str, fields: dict[str, Any], **changes: Any) -> Any:
    site = Site.objects.get(slug="new-york")
    filled = {
        **fields,
        "site": site.pk,
        "expected": decision_position(patient.pk),
        "step": "propose",
    } | changes
    return client.post(page_of(patient, regimen), filled)


def digest(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_the_plan_offers_what_can_be_ordered(doctor: Client, cleared: Patient, equipped: Site):
    page = doctor.get(page_of(cleared)).content.decode()

    assert all(f"/order/{regimen.id}/" in page for regimen in REGIMENS.values())
    assert "No course is ordered" in page


def test_the_plan_says_why_nothing_can_be_ordered_yet(doctor: Client, patient: Patient, equipped: Site):
    page = doctor.get(page_of(patient)).content.decode()

    assert "Fill in the order" not in page
    assert "has been signed" in page
    assert "The patient has not signed this consent" in page


def test_the_form_starts_with_what_the_chart_knows(doctor: Client, cleared: Patient, equipped: Site):
    page = doctor.get(page_of(cleared, "KETAMINE_IV_INDUCTION")).content.decode()

    assert 'value="110"' in page
    assert "Treatment-resistant depression" in page


def test_the_dose_is_shown_with_its_arithmetic_before_anything_is_ordered(
    doctor: Client, cleared: Patient, equipped: Site
):
    page = send(doctor, cleared, "KETAMINE_IV_INDUCTION", INFUSION).content.decode()

    assert "38.06 kg/m²" in page
    assert "30.7 mg" in page
    assert "IV-08" in page
    assert "Order 6 sessions for Alma Quist from" in page
    assert courses_of(all_entries(cleared.pk)) == ()


def test_a_course_is_ordered_as_it_was_shown(doctor: Client, cleared: Patient, equipped: Site):
    shown = send(doctor, cleared, "SPRAVATO_TRD", SPRAY).content.decode()
    done = send(doctor, cleared, "SPRAVATO_TRD", SPRAY, step="accept", seen=digest(shown))
    page = doctor.get(page_of(cleared)).content.decode()

    assert done.headers["Location"] == page_of(cleared)
    assert len(courses_of(all_entries(cleared.pk))[0].sessions) == 8
    assert "Mon 9 Mar 2026, 09:00 EDT" in page
    assert "Fill in the order" not in page
    assert "Stop this course" in page


@pytest.mark.hazard("HAZ-03")
def test_84_mg_on_day_1_is_refused_with_its_rule(doctor: Client, cleared: Patient, equipped: Site):
    refused = send(doctor, cleared, "SPRAVATO_TRD", SPRAY, first_dose_mg="84")
    page = refused.content.decode()

    assert refused.status_code == 422
    assert "84 mg is refused on day 1" in page
    assert "SPR-T1" in page
    assert 'value="accept"' not in page


@pytest.mark.parametrize(
    ("regimen", "fields", "changes", "words"),
    [
        ("SPRAVATO_TRD", SPRAY, {"first_dose_mg": "70"}, "Select a valid choice"),
        ("SPRAVATO_TRD", SPRAY, {"weekdays": ["0"]}, "two weekdays with at least a day between"),
        ("SPRAVATO_TRD", SPRAY, {"intention": ""}, "required"),
        ("KETAMINE_IV_INDUCTION", INFUSION, {"dose_mg_per_kg": "0"}, "more than 0 mg/kg"),
        ("KETAMINE_IV_INDUCTION", INFUSION, {"dose_mg_per_kg": "-1"}, "more than 0 mg/kg"),
        ("KETAMINE_IV_INDUCTION", INFUSION, {"dose_mg_per_kg": "nan"}, "Enter a number"),
        ("KETAMINE_IV_INDUCTION", INFUSION, {"dose_mg_per_kg": "0.6"}, "at most 0.5 mg/kg"),
        ("KETAMINE_IV_INDUCTION", INFUSION, {"weight_kg": "1100"}, "cannot be right"),
    ],
)
def test_what_cannot_stand_is_refused_in_words(
    doctor: Client, cleared: Patient, equipped: Site, regimen: str, fields, changes, words: str
):
    refused = send(doctor, cleared, regimen, fields, **changes)

    assert refused.status_code == 422
    assert words in refused.content.decode()


def test_an_order_on_another_proposal_shows_the_new_one(doctor: Client, cleared: Patient, equipped: Site):
    changed = send(doctor, cleared, "SPRAVATO_TRD", SPRAY, step="accept", seen="of yesterday")

    assert changed.status_code == 409
    assert "changed since this proposal was shown" in changed.content.decode()
    assert "The course as it would be" in changed.content.decode()


def test_an_order_without_consent_is_refused_in_words(doctor: Client, patient: Patient, told, equipped: Site):
    told(evaluation(Product.ESKETAMINE_IN))
    shown = send(doctor, patient, "SPRAVATO_TRD", SPRAY).content.decode()
    refused = send(doctor, patient, "SPRAVATO_TRD", SPRAY, step="accept", seen=digest(shown))

    assert refused.status_code == 409
    assert "has not signed this consent" in refused.content.decode()


def test_conflicts_are_marked_and_cannot_be_ordered(doctor: Client, cleared: Patient, staff):
    page = send(doctor, cleared, "SPRAVATO_TRD", SPRAY).content.decode()

    assert "no treatment room is free" in page
    assert 'value="accept"' not in page


def test_an_unknown_regimen_is_not_found(doctor: Client, patient: Patient):
    assert doctor.get(page_of(patient, "HOMEMADE")).status_code == 404


def test_the_front_desk_moves_a_session_and_the_reason_shows(
    client: Client, as_role, course: UUID, cleared: Patient
):
    desk = as_role(client, Role.FRONT_DESK)
    session = courses_of(all_entries(cleared.pk))[0].sessions[0]
    words = {
        "day": "2026-03-10",
        "at": "09:00",
        "reason": "Escort",
        "expected": decision_position(cleared.pk),
    }
    moved = desk.post(f"{page_of(cleared)}{session.encounter_id}/move/", words)

    assert moved.status_code == 302
    page = desk.get(page_of(cleared)).content.decode()
    assert "Moved:" in page
    assert "Stop this course" not in page


@pytest.mark.parametrize(
    ("act", "changes", "words"),
    [
        ("move", {"day": "2026-03-11"}, "start at least 48 h apart"),
        ("move", {"day": ""}, "required"),
        ("call-off", {"reason": ""}, "required"),
    ],
)
def test_a_refused_change_keeps_what_was_typed(
    doctor: Client, course: UUID, cleared: Patient, act: str, changes: dict[str, str], words: str
):
    session = courses_of(all_entries(cleared.pk))[0].sessions[0]
    typed = {
        "day": "2026-03-11",
        "at": "09:00",
        "reason": "Escort",
        "expected": decision_position(cleared.pk),
    }
    refused = doctor.post(f"{page_of(cleared)}{session.encounter_id}/{act}/", typed | changes)

    assert refused.status_code == 422
    assert words in refused.content.decode()


def test_a_prescriber_stops_a_course_with_a_reason(doctor: Client, course: UUID, cleared: Patient):
    refused = doctor.post(
        f"{page_of(cleared)}stop/", {"reason": "", "expected": decision_position(cleared.pk)}
    )
    done = doctor.post(
        f"{page_of(cleared)}stop/", {"reason": "No benefit", "expected": decision_position(cleared.pk)}
    )

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "No benefit" in doctor.get(page_of(cleared)).content.decode()


def test_two_who_change_one_plan_at_once_do_not_overwrite_each_other(
    doctor: Client, course: UUID, cleared: Patient, now: datetime
):
    session = courses_of(all_entries(cleared.pk))[0].sessions[0]
    seen = decision_position(cleared.pk)
    address = f"{page_of(cleared)}{session.encounter_id}/call-off/"
    other = f"{page_of(cleared)}{courses_of(all_entries(cleared.pk))[0].sessions[1].encounter_id}/call-off/"

    assert doctor.post(address, {"reason": "Travel", "expected": seen}).status_code == 302
    late = doctor.post(other, {"reason": "Travel", "expected": seen})
    assert late.status_code == 409
    assert "Someone else changed this chart" in late.content.decode()


def test_patients_see_their_own_plan_and_change_nothing(
    client: Client, as_role, course: UUID, cleared: Patient
):
    page = as_role(client, Role.PATIENT).get(page_of(cleared)).content.decode()

    assert "Mon 9 Mar 2026, 09:00 EDT" in page
    assert "Move or call off" not in page


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("9999-12-31", "within half a year"),
        ("2026-09-01", "within half a year"),
        ("2026-02-28", "This day is over."),
        ("0001-01-01", "This day is over."),
    ],
)
def test_a_day_that_no_calendar_is_kept_for_is_refused_in_words(
    day: str, words: str, doctor: Client, course: UUID, cleared: Patient, equipped: Site
):
    session = courses_of(all_entries(cleared.pk))[-1].sessions[0]
    change = {"day": day, "at": "09:00", "reason": "asked to", "expected": decision_position(cleared.pk)}
    moved = doctor.post(f"{page_of(cleared)}{session.encounter_id}/move/", change)
    ordered = send(doctor, cleared, "SPRAVATO_TRD", SPRAY, first_day=day)
    assert (moved.status_code, ordered.status_code) == (422, 422)
    assert words in moved.content.decode()
    assert words in ordered.content.decode()
