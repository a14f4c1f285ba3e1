"""Two people change one session at one moment: they wait for each other, and one is told."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import OperationalError

from ajar.clinic.careplan.services import CourseRefused, cancel_session, move_session
from ajar.clinic.ledger.selectors import all_entries, decision_position
from ajar.clinic.ledger.services import StaleLedger
from ajar.clinic.scheduling.models import AppointmentType, Resource, Room
from ajar.clinic.scheduling.services import add_person, add_room, book
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Site
from ajar.pathway.careplan.course import courses_of
from ajar.pathway.scheduling.spans import Span
from ajar.pathway.staff.roles import Role
from tests.support.course import Programme
from tests.support.database import Together
from tests.support.people import make_account, make_patient


@pytest.mark.service
def test_moving_and_cancelling_one_session_at_once_never_locks_up(
    committed_db: None, new_york: Site, now: datetime, together: Together[object]
) -> None:
    prescriber = make_account(Role.PRESCRIBER, new_york)
    add_room(site=new_york, name="Room 1", kind=Room.Kind.TREATMENT)
    add_person(account=make_account(Role.NURSE, new_york), kind=Resource.Kind.MONITOR)
    patient = make_patient(new_york, now)
    programme = Programme(patient, by=author_of(prescriber), now=now)
    course_id = programme.ordered(day=-1, sessions=6)
    for number in range(1, 7):
        session = programme.planned(course_id, number, day=number * 7)
        starts_at = now + timedelta(days=number * 7)
        book(
            type_slug=AppointmentType.DOSING,
            patient=patient,
            site=new_york,
            span=Span(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)),
            resources=[],
            encounter_id=session.pk,
            now=now,
            by=prescriber,
        )
    for session in courses_of(all_entries(patient.pk))[-1].sessions:
        known = {
            "patient": patient,
            "encounter_id": session.encounter_id,
            "reason": "asked to",
            "expected": decision_position(patient.pk),
            "by": prescriber,
            "now": now,
        }

        def attempt(number: int, known: dict[str, object] = known) -> object:
            if number % 2:
                return cancel_session(**known)  # type: ignore[arg-type]
            day = date(2026, 3, 3 + number // 2)
            return move_session(**known, day=day, at=time(9))  # type: ignore[arg-type]

        done = together(6, attempt)
        assert [one for one in done if isinstance(one, OperationalError)] == []
        refused = [one for one in done if isinstance(one, StaleLedger | CourseRefused)]
        assert len(refused) >= len(done) - 1
