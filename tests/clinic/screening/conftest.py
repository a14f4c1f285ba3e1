"""Published slots at a site and by video."""

from datetime import date, datetime, time

import pytest

from ajar.clinic.scheduling.models import Mode, Resource, Slot
from ajar.clinic.scheduling.services import add_person, publish_slots
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.scheduling.availability import Window


@pytest.fixture
def slots(prescriber: Account, new_york: Site, telehealth: Site, now: datetime) -> list[Slot]:
    """Tuesday at 9 and 10 in New York, Wednesday at 9 by video."""
    prescriber.sites.add(telehealth)
    doctor = add_person(account=prescriber, kind=Resource.Kind.PRESCRIBER)
    first, last = date(2026, 3, 2), date(2026, 3, 8)
    tuesday = [Window(weekday=1, opens=time(9), closes=time(11))]
    wednesday = [Window(weekday=2, opens=time(9), closes=time(10))]
    return [
        *publish_slots(
            prescriber=doctor,
            site=new_york,
            mode=Mode.IN_PERSON,
            windows=tuesday,
            first_day=first,
            last_day=last,
            now=now,
        ),
        *publish_slots(
            prescriber=doctor,
            site=telehealth,
            mode=Mode.TELEHEALTH,
            windows=wednesday,
            first_day=first,
            last_day=last,
            now=now,
        ),
    ]
