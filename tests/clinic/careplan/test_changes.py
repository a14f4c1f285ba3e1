"""What a prescriber changes in a running course, and what the rails say as an order is typed."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from ajar.clinic.careplan.changes import (
    Act,
    add_session,
    change_dose,
    decide_next_step,
    resume_session,
    review_benefit,
)
from ajar.clinic.careplan.services import CourseRefused, cancel_session
from ajar.clinic.ledger.selectors import all_entries, decision_position
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Appointment
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.careplan.course import Course, courses_of
from ajar.pathway.careplan.entries import AdjustmentDecided, BenefitReviewed
from ajar.pathway.dosing.entries import Act as Given
from ajar.pathway.dosing.entries import DrugGiven, PatientArrived, ReadinessConfirmed
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.staff.roles import Role
from tests.clinic.careplan.test_pages import INFUSION, SPRAY, page_of, send

pytestmark = pytest.mark.usefixtures("clock")


def course_of(patient: Patient) -> Course:
    return courses_of(all_entries(patient.pk))[0]


def doses(patient: Patient) -> list[float]:
    return [one.plan.dose_mg for one in course_of(patient).sessions]


@pytest.fixture
def act(prescriber: Account, now: datetime, cleared: Patient):
    """`act()` is a prescriber's act on the chart as it stands."""

    def make(reason: str = "asked to") -> Act:
        return Act(reason=reason, expected=decision_position(cleared.pk), by=prescriber, now=now)

    return make


@pytest.mark.hazard("HAZ-03")
def test_who_misses_the_first_session_gets_the_first_dose_next(
    course: UUID, cleared: Patient, prescriber: Account, now: datetime
):
    first = course_of(cleared).sessions[0]
    words = {"reason": "ill", "expected": decision_position(cleared.pk), "by": prescriber, "now": now}
    cancel_session(patient=cleared, encounter_id=first.encounter_id, **words)

    assert doses(cleared)[:3] == [56, 56, 84]
    assert "Lowered by the rails" in course_of(cleared).sessions[1].planned.reason


def test_a_dose_is_changed_with_its_reason(course: UUID, cleared: Patient, act):
    third = course_of(cleared).sessions[2]
    change_dose(patient=cleared, encounter_id=third.encounter_id, dose_mg=56, act=act("dizzy"))

    assert doses(cleared) == [56, 84, 56, *[84] * 5]
    assert course_of(cleared).sessions[2].planned.reason == "dizzy"


@pytest.mark.hazard("HAZ-03")
@pytest.mark.parametrize(
    ("place", "dose_mg", "words"), [(0, 84, "SPR-T1"), (1, 70, "SPR-T6"), (1, 112, "SPR-T6")]
)
def test_a_dose_past_the_rails_is_refused(
    course: UUID, cleared: Patient, act, place: int, dose_mg: float, words: str
):
    session = course_of(cleared).sessions[place]
    with pytest.raises(CourseRefused, match=words):
        change_dose(patient=cleared, encounter_id=session.encounter_id, dose_mg=dose_mg, act=act())
    assert doses(cleared) == [56, *[84] * 7]


def test_a_session_that_was_called_off_comes_back_at_another_time(
    course: UUID, cleared: Patient, act, prescriber: Account, now: datetime
):
    last = course_of(cleared).sessions[-1]
    words = {"reason": "ill", "expected": decision_position(cleared.pk), "by": prescriber, "now": now}
    cancel_session(patient=cleared, encounter_id=last.encounter_id, **words)
    resume_session(
        patient=cleared, encounter_id=last.encounter_id, day=date(2026, 4, 6), at=time(9), act=act()
    )
    back = course_of(cleared).sessions[-1]

    assert (back.movable, back.plan.starts_at.date()) == (True, date(2026, 4, 6))
    booked = Appointment.objects.filter(encounter_id=last.encounter_id, status=Appointment.Status.BOOKED)
    assert booked.count() == 1
    with pytest.raises(CourseRefused, match="called off"):
        resume_session(
            patient=cleared, encounter_id=last.encounter_id, day=date(2026, 4, 8), at=time(9), act=act()
        )


def test_one_session_more_stays_within_the_regimen(course: UUID, cleared: Patient, act):
    add_session(patient=cleared, day=date(2026, 4, 7), at=time(9), dose_mg=84, act=act())
    longer = course_of(cleared)

    assert (len(longer.sessions), longer.order.sessions) == (9, 9)
    assert longer.sessions[-1].plan.phase == "Maintenance A"
    with pytest.raises(CourseRefused, match="start at least"):
        add_session(patient=cleared, day=date(2026, 4, 8), at=time(9), dose_mg=84, act=act())


def given(patient: Patient, by: Account, now: datetime, sessions: int) -> None:
    """The first so many sessions of the course, dosed and well borne."""
    facts = []
    for session in course_of(patient).sessions[:sessions]:
        at = session.plan.starts_at
        drug = DrugGiven(
            act=Given.DEVICE_SPRAYED,
            product="esketamine_in",
            amount_mg=28,
            rate_mg_per_h=None,
            lot="L1",
            expires_on=None,
            device_number=1,
        )
        told = [
            PatientArrived(room_id=uuid4(), room_name="Room 1"),
            VitalsMeasured(systolic_mmhg=120, diastolic_mmhg=80),
            ReadinessConfirmed(rulebook_version="1", findings=()),
            drug,
            VitalsMeasured(systolic_mmhg=130, diastolic_mmhg=85),
        ]
        facts += [
            NewEntry(
                payload=one, happened_at=at + timedelta(minutes=5 * step), encounter_id=session.encounter_id
            )
            for step, one in enumerate(told)
        ]
    append(facts, patient_id=patient.pk, expected=ANYWHERE, by=author_of(by), now=facts[-1].happened_at)


def test_the_next_step_is_suggested_and_signed(
    client: Client, as_role, course: UUID, cleared: Patient, prescriber: Account, now: datetime, act
):
    with pytest.raises(CourseRefused, match="no session yet"):
        decide_next_step(patient=cleared, taken=True, act=act())
    given(cleared, prescriber, now, 2)
    page = as_role(client, Role.PRESCRIBER).get(page_of(cleared)).content.decode()

    assert "After session" in page
    assert "record what is missing" in page
    with pytest.raises(CourseRefused, match="nothing to take"):
        decide_next_step(patient=cleared, taken=True, act=act())
    decide_next_step(patient=cleared, taken=False, act=act("Ask for the PHQ-9 first."))
    decided = [e.payload for e in all_entries(cleared.pk) if isinstance(e.payload, AdjustmentDecided)]
    assert (decided[0].after_session, decided[0].taken) == (2, False)


def test_a_review_is_asked_for_after_the_series_and_recorded(
    client: Client, as_role, course: UUID, cleared: Patient, prescriber: Account, now: datetime
):
    given(cleared, prescriber, now, 8)
    doctor = as_role(client, Role.PRESCRIBER)
    assert "Review of the benefit" in doctor.get(page_of(cleared)).content.decode()
    told = {"goes_on": "yes", "reason": "PHQ-9 halved", "expected": decision_position(cleared.pk)}
    assert doctor.post(f"{page_of(cleared)}review/", told).status_code == 302
    reviewed = [e.payload for e in all_entries(cleared.pk) if isinstance(e.payload, BenefitReviewed)]
    assert (reviewed[0].rule_id, reviewed[0].goes_on) == ("SPR-T3", True)
    assert "Review of the benefit" not in doctor.get(page_of(cleared)).content.decode()


def test_no_course_has_nothing_to_review(cleared: Patient, act):
    with pytest.raises(CourseRefused, match="No course"):
        review_benefit(patient=cleared, goes_on=True, act=act())


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("dose", {"dose_mg": "112", "reason": "more"}),
        ("dose", {"dose_mg": "", "reason": "more"}),
        ("dose", {"dose_mg": "84", "reason": "more", "second": "nobody", "second_pin": "1"}),
        ("resume", {"day": "2026-04-06", "at": "09:00", "reason": "back"}),
        ("resume", {"day": "", "at": "09:00", "reason": "back"}),
    ],
)
def test_a_refused_change_of_a_session_is_told(
    client: Client, as_role, course: UUID, cleared: Patient, path, fields
):
    session = course_of(cleared).sessions[1]
    address = f"{page_of(cleared)}{session.encounter_id}/{path}/"
    told = fields | {"expected": decision_position(cleared.pk)}
    assert as_role(client, Role.PRESCRIBER).post(address, told).status_code == 422


@pytest.mark.parametrize("path", ["add", "review", "next-step"])
def test_an_empty_form_is_told(client: Client, as_role, course: UUID, cleared: Patient, path: str):
    assert as_role(client, Role.PRESCRIBER).post(f"{page_of(cleared)}{path}/", {}).status_code == 422


@pytest.mark.parametrize(
    ("regimen", "fields", "changes", "words"),
    [
        ("SPRAVATO_TRD", SPRAY, {"first_dose_mg": "84"}, "84 mg is refused on day 1"),
        ("SPRAVATO_TRD", SPRAY, {"intention": "", "first_day": ""}, "Nobody has recorded whether the liver"),
        ("SPRAVATO_MDSI", SPRAY, {"first_dose_mg": "56"}, "SPR-S2"),
        ("KETAMINE_IV_INDUCTION", INFUSION, {"dose_mg_per_kg": "0.6"}, "at most 0.5 mg/kg"),
        ("KETAMINE_IV_INDUCTION", INFUSION, {"condition": "psychosis"}, "policy of this programme"),
        ("KETAMINE_IV_INDUCTION", INFUSION, {"weight_kg": "1100"}, "cannot be right"),
        ("KETAMINE_IV_INDUCTION", INFUSION, {"weight_kg": ""}, "as soon as a dose can be read"),
        ("KETAMINE_SC_WEEKLY", INFUSION, {"dose_mg_per_kg": "1"}, "Session 2"),
        ("KETAMINE_IM_SERIES", INFUSION, {"dose_mg_per_kg": "1.6"}, "IM-05"),
        ("KETAMINE_SL_HOME", SPRAY, {"first_dose_mg": "100", "later_dose_mg": "100"}, "SL-07"),
        ("KETAMINE_PO_WEEKLY", SPRAY, {"first_dose_mg": "150", "later_dose_mg": "150"}, "SL-05"),
    ],
)
def test_the_rails_speak_as_the_order_is_typed(
    client: Client,
    as_role,
    cleared: Patient,
    equipped: Site,
    regimen: str,
    fields: dict[str, Any],
    changes,
    words: str,
):
    doctor = as_role(client, Role.PRESCRIBER)
    page = send(doctor, cleared, f"{regimen}/rails", fields, **changes).content.decode()
    assert words in page
    assert courses_of(all_entries(cleared.pk)) == ()


def test_a_rail_that_asks_for_a_reason_gets_one_or_nothing_is_ordered(
    client: Client, as_role, cleared: Patient, equipped: Site
):
    doctor = as_role(client, Role.PRESCRIBER)
    crisis = SPRAY | {"first_dose_mg": "56", "later_dose_mg": "56"}
    shown = send(doctor, cleared, "SPRAVATO_MDSI", crisis).content.decode()
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    refused = send(doctor, cleared, "SPRAVATO_MDSI", crisis, step="accept", seen=seen)
    assert refused.status_code == 409
    assert "Write why." in refused.content.decode()
    words = {"step": "accept", "seen": seen, "because": "Dizzy after 84 mg elsewhere."}
    assert send(doctor, cleared, "SPRAVATO_MDSI", crisis, **words).status_code == 302
    assert course_of(cleared).order.condition == "depression_with_acute_suicidality"
    assert course_of(cleared).order.because == "Dizzy after 84 mg elsewhere."
