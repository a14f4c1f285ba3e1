"""A course, and scores around it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from ajar.clinic.followup.services import record_answers
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Account
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.ledger.entry import Author
from tests.support.course import Programme

Score = Callable[[int, float], None]


@pytest.fixture
def programme(patient: Patient, by: Author, now: datetime) -> Programme:
    return Programme(patient, by=by, now=now)


@pytest.fixture
def score(patient: Patient, nurse: Account, now: datetime) -> Score:
    """`score(total, day)` records a PHQ-9 at `now` plus `day` days."""

    def record(total: int, day: float) -> None:
        full, rest = divmod(total, 3)
        items = [3] * full + [rest] + [0] * (8 - full)
        record_answers(
            patient=patient,
            items=items,
            mode=Mode.STAFF_READ,
            occasion="visit",
            answered=now + timedelta(days=day),
            by=nurse,
            now=now,
        )

    return record
