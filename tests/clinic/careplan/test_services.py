"""A course is ordered whole or not at all, and every change of it says why."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from ajar.clinic.careplan.requests import CourseRequest
from ajar.clinic.careplan.selectors import plan_of, proposal_for
from ajar.clinic.careplan.services import (
    CourseRefused,
    ProposalChanged,
    cancel_session,
    move_session,
    order_course,
    stop_course,
)
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.selectors import all_entries, decision_position
from ajar.clinic.ledger.services import StaleLedger
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.scheduling.models import Appointment, Hold, Resource
from ajar.clinic.scheduling.services import book
from ajar.clinic.staff.models import Account
from ajar.clinic.tasks.models import Task
from ajar.pathway.careplan.course import Course, CourseSession, courses_of
from ajar.pathway.careplan.entries import CourseOrdered, CourseStopped, SessionCancelled, SessionPlanned
from ajar.pathway.consent.entries import ConsentWithdrawn, Signatory
from ajar.pathway.evaluation.findings import Outcome
from ajar.pathway.evaluation.products import Product
from ajar.pathway.scheduling.spans import Span
from tests.clinic.careplan.conftest import consent, evaluation


def order(request: CourseRequest, by: Account, now: datetime, **changes: Any) -> UUID:
    words: dict[str, Any] = {
        "seen": proposal_for(request, now=now).digest,
        "expected": decision_position(request.patient.pk),
    }
    return order_course(request=request, by=by, now=now, **words | changes)


def standing(patient: Patient) -> Course:
    return courses_of(all_entries(patient.pk))[-1]


def first_session(patient: Patient) -> CourseSession:
    return standing(patient).sessions[0]


def test_ordering_writes_entries_encounters_appointments_and_holds_together(course: UUID, cleared: Patient):
    kinds = [entry.payload.KIND for entry in all_entries(cleared.pk)]

    assert kinds.count(CourseOrdered.KIND) == 1
    assert kinds.count(SessionPlanned.KIND) == 8
    assert Encounter.objects.filter(patient=cleared, kind="dosing").count() == 8
    assert Appointment.objects.filter(type_id="dosing").count() == 8
    assert Appointment.objects.filter(type_id="integration").count() == 8
    assert Hold.objects.count() == 8 * 2 + 8
    assert {entry.encounter_id for entry in all_entries(cleared.pk, kinds=[SessionPlanned.KIND])} == set(
        Encounter.objects.values_list("pk", flat=True)
    )


def test_the_first_session_is_56_mg_and_the_rest_as_ordered(course: UUID, cleared: Patient):
    assert [session.plan.dose_mg for session in standing(cleared).sessions] == [56, *[84] * 7]


def test_every_dose_is_followed_by_integration_24_to_72_h_later(course: UUID, cleared: Patient):
    for session in standing(cleared).sessions:
        after = Appointment.objects.get(follows_encounter_id=session.encounter_id)
        dose_at = session.plan.starts_at + timedelta(minutes=20)
        assert timedelta(hours=24) <= after.starts_at - dose_at <= timedelta(hours=72)


@pytest.mark.hazard("HAZ-05")
@pytest.mark.parametrize(
    ("payloads", "words"),
    [
        ((evaluation(Product.ESKETAMINE_IN, outcome=Outcome.CONTRAINDICATED),), "says: contraindicated"),
        ((evaluation(Product.ESKETAMINE_IN, outcome=Outcome.NEEDS_INFORMATION),), "says: needs information"),
        (
            (ConsentWithdrawn(document="esketamine-nasal", withdrawn_by="Alma Quist"),),
            "took this consent back",
        ),
        (
            (consent(Product.ESKETAMINE_IN, Signatory.PATIENT, valid_until=date(2026, 3, 1)),),
            "valid until 2026-03-01",
        ),
    ],
)
def test_no_course_without_an_eligible_evaluation_and_a_valid_consent(
    spray_request: CourseRequest, told, prescriber: Account, now: datetime, payloads, words: str
):
    told(*payloads)
    with pytest.raises(CourseRefused, match=words):
        order(spray_request, prescriber, now)
    assert Encounter.objects.count() == 0


@pytest.mark.hazard("HAZ-03")
def test_84_mg_on_day_1_is_a_hard_stop_here_too(
    spray_request: CourseRequest, prescriber: Account, now: datetime
):
    asked = replace(spray_request, wish=replace(spray_request.wish, first_dose_mg=84))
    with pytest.raises(CourseRefused, match="SPR-T1"):
        order(asked, prescriber, now)


def test_what_was_shown_is_what_is_ordered_or_nothing(
    spray_request: CourseRequest, patient: Patient, prescriber: Account, now: datetime
):
    seen = proposal_for(spray_request, now=now).digest
    room = Resource.objects.get(room__name="Room 1")
    monday = Span(
        starts_at=datetime(2026, 3, 9, 13, tzinfo=UTC), ends_at=datetime(2026, 3, 9, 14, tzinfo=UTC)
    )
    book(
        type_slug="dosing",
        patient=patient,
        site=spray_request.site,
        span=monday,
        resources=[room],
        now=now,
        by=prescriber,
    )

    with pytest.raises(ProposalChanged):
        order(spray_request, prescriber, now, seen=seen)
    assert LedgerEntry.objects.filter(kind=CourseOrdered.KIND).count() == 0


def test_a_course_with_conflicts_is_not_ordered(
    spray_request: CourseRequest, prescriber: Account, now: datetime
):
    Resource.objects.filter(kind="monitor").update(active=False)
    with pytest.raises(CourseRefused, match="no place yet"):
        order(spray_request, prescriber, now)


def test_a_second_course_waits_for_the_first(
    course: UUID, spray_request: CourseRequest, prescriber: Account, now: datetime
):
    with pytest.raises(CourseRefused, match="running already"):
        order(spray_request, prescriber, now)


def test_an_order_on_a_chart_that_somebody_changed_is_refused_whole(
    spray_request: CourseRequest, told, prescriber: Account, now: datetime
):
    stale = decision_position(spray_request.patient.pk)
    told(evaluation(Product.ESKETAMINE_IN))

    with pytest.raises(StaleLedger):
        order(spray_request, prescriber, now, expected=stale)
    assert (Encounter.objects.count(), Hold.objects.count()) == (0, 0)


def test_where_no_therapist_is_free_a_task_is_opened_to_find_one(
    spray_request: CourseRequest, prescriber: Account, now: datetime
):
    Resource.objects.filter(kind="therapist").update(active=False)
    order(spray_request, prescriber, now)

    assert Task.objects.filter(kind="integration-slot-missing").count() == 8
    assert Appointment.objects.filter(type_id="integration").count() == 0


def change(patient: Patient, by: Account, now: datetime) -> dict[str, Any]:
    return {"patient": patient, "expected": decision_position(patient.pk), "by": by, "now": now}


def test_a_moved_session_keeps_its_old_plan_visible_and_takes_its_appointments_along(
    course: UUID, cleared: Patient, prescriber: Account, now: datetime
):
    before = first_session(cleared)
    move_session(
        encounter_id=before.encounter_id,
        day=date(2026, 3, 10),
        at=time(9),
        reason="Escort only on Tuesday",
        **change(cleared, prescriber, now),
    )
    after = first_session(cleared)

    assert after.planned.supersedes == before.planned.id
    assert after.planned.reason == "Escort only on Tuesday"
    assert after.plan.starts_at == datetime(2026, 3, 10, 13, tzinfo=UTC)
    assert (
        Appointment.objects.get(encounter_id=after.encounter_id, status="booked").starts_at
        == after.plan.starts_at
    )
    assert Appointment.objects.filter(status="cancelled").count() == 2
    assert Hold.objects.count() == 24


@pytest.mark.parametrize(
    ("day", "at", "reason", "words"),
    [
        (date(2026, 3, 11), time(9), "later", "start at least 48 h apart"),
        (date(2026, 3, 18), time(9), "later", "At most 2 a calendar week"),
        (date(2026, 3, 7), time(9), "later", "site is closed"),
        (date(2026, 3, 10), time(17), "later", "site is closed"),
        (date(2026, 3, 2), time(9), "earlier", "time is over"),
        (date(2026, 3, 10), time(9), " ", "Say why"),
    ],
)
def test_a_session_is_not_moved_where_it_cannot_be(
    course: UUID, cleared: Patient, prescriber: Account, now: datetime, day, at, reason: str, words: str
):
    before = first_session(cleared)
    with pytest.raises(CourseRefused, match=words):
        move_session(
            encounter_id=before.encounter_id,
            day=day,
            at=at,
            reason=reason,
            **change(cleared, prescriber, now),
        )
    assert first_session(cleared) == before
    assert Appointment.objects.filter(status="cancelled").count() == 0


def test_a_session_called_off_lets_go_of_its_room_and_people(
    course: UUID, cleared: Patient, prescriber: Account, now: datetime
):
    session = first_session(cleared)
    words = change(cleared, prescriber, now)
    cancel_session(encounter_id=session.encounter_id, reason="Travel", **words)

    assert first_session(cleared).cancelled_because == "Travel"
    assert Hold.objects.count() == 21
    with pytest.raises(CourseRefused, match="called off"):
        cancel_session(encounter_id=session.encounter_id, reason="Travel", **change(cleared, prescriber, now))


def test_another_patients_session_is_not_in_the_plan(
    course: UUID, cleared: Patient, prescriber: Account, now: datetime
):
    with pytest.raises(CourseRefused, match="not in the patient's plan"):
        cancel_session(encounter_id=uuid4(), reason="Travel", **change(cleared, prescriber, now))


def test_a_stopped_course_calls_off_what_is_still_to_come(
    course: UUID, cleared: Patient, prescriber: Account, now: datetime
):
    stop_course(reason="No benefit", **change(cleared, prescriber, now))
    stopped = standing(cleared)
    kinds = [entry.payload.KIND for entry in all_entries(cleared.pk)]

    assert not stopped.running
    assert stopped.stopped_because == "No benefit"
    assert (kinds.count(CourseStopped.KIND), kinds.count(SessionCancelled.KIND)) == (1, 8)
    assert Hold.objects.count() == 0
    with pytest.raises(CourseRefused, match="No course is running"):
        stop_course(reason="No benefit", **change(cleared, prescriber, now))


def test_nothing_is_stopped_in_silence(course: UUID, cleared: Patient, prescriber: Account, now: datetime):
    with pytest.raises(CourseRefused, match="Say why"):
        stop_course(reason=" ", **change(cleared, prescriber, now))


def test_the_plan_shows_nothing_of_appointments_to_those_who_do_not_reach_the_patient(
    course: UUID, cleared: Patient, nurse: Account, miami_staff, now: datetime
):
    near = plan_of(cleared, viewer=nurse, now=now)
    far = plan_of(cleared, viewer=next(iter(miami_staff.values())), now=now)

    assert near.courses[0].rows[0].dosing is not None
    assert far.courses[0].rows[0].dosing is None
