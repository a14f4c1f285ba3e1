"""Facts to append to a chart."""

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from ajar.clinic.ledger.services import ANYWHERE, Anywhere, append
from ajar.clinic.patients.models import Patient
from ajar.pathway.discharge.entries import RecoveryLost
from ajar.pathway.ledger.entry import Author, Entry, NewEntry, Source
from ajar.pathway.observations.vitals import VitalsMeasured

Append = Callable[..., list[Entry]]


def vitals(now: datetime, spo2_percent: float = 97, *, ref: str = "") -> NewEntry:
    """An observation: never makes a colleague's page stale."""
    source = Source.DEVICE if ref else Source.KEYBOARD
    return NewEntry(
        payload=VitalsMeasured(spo2_percent=spo2_percent), happened_at=now, source=source, source_ref=ref
    )


def decision(now: datetime, because: str = "dizzy") -> NewEntry:
    """A decisive entry."""
    return NewEntry(payload=RecoveryLost(because=because), happened_at=now)


@pytest.fixture
def record(patient: Patient, by: Author, now: datetime) -> Append:
    """Append to the New York patient's chart, by the nurse, now."""

    def appended(new: Sequence[NewEntry], *, expected: int | Anywhere = ANYWHERE) -> list[Entry]:
        return append(new, patient_id=patient.pk, expected=expected, by=by, now=now)

    return appended
