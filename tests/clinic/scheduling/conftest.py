"""Slots, rooms and people that can be held."""

from datetime import UTC, date, datetime, time

import pytest

from ajar.clinic.scheduling.models import Mode, Resource, Room, Slot
from ajar.clinic.scheduling.services import add_person, add_room, publish_slots
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.scheduling.availability import Window

TUESDAY_MORNING = (Window(weekday=1, opens=time(9), closes=time(12)),)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026, in UTC (New York is 5 hours behind until the 8th, 4 hours after)."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def doctor(prescriber: Account) -> Resource:
    """The prescriber, one patient at a time."""
    return add_person(account=prescriber, kind=Resource.Kind.PRESCRIBER)


@pytest.fixture
def watcher(nurse: Account) -> Resource:
    """The nurse, who watches two sessions at a time."""
    return add_person(account=nurse, kind=Resource.Kind.MONITOR)


@pytest.fixture
def treatment_room(new_york: Site) -> Room:
    """A room for one."""
    return add_room(site=new_york, name="Room 1", kind=Room.Kind.TREATMENT)


@pytest.fixture
def slots(doctor: Resource, new_york: Site, now: datetime) -> list[Slot]:
    """Three slots on Tuesday 3 March 2026: 9, 10 and 11 in New York."""
    return publish_slots(
        prescriber=doctor,
        site=new_york,
        mode=Mode.IN_PERSON,
        windows=TUESDAY_MORNING,
        first_day=date(2026, 3, 2),
        last_day=date(2026, 3, 8),
        now=now,
    )
