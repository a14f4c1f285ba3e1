"""A chart of recorded readings, linked up as the ledger would."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import pytest

from ajar.pathway.ledger.chain import GENESIS, Link, link_up
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, NewEntry
from ajar.pathway.observations.vitals import VitalsMeasured

PATIENT = UUID("7d2c7a1e-0000-4000-8000-000000000001")
SESSION = UUID("7d2c7a1e-0000-4000-8000-000000000002")
NURSE = Author(kind=AuthorKind.STAFF, id="17", name="Rosa Lind, RN")
START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

LinkUp = Callable[[list[NewEntry]], list[tuple[Link, Entry]]]


def numbered(position: int) -> UUID:
    """The id of the entry at this position."""
    return uuid5(PATIENT, str(position))


def reading(minute: int, systolic_mmhg: float = 120) -> NewEntry:
    """A blood pressure at a minute of the session."""
    return NewEntry(
        payload=VitalsMeasured(systolic_mmhg=systolic_mmhg, diastolic_mmhg=35),
        happened_at=START + timedelta(minutes=minute),
        encounter_id=SESSION,
    )


@pytest.fixture
def chart() -> LinkUp:
    """Link new entries up, the first after nothing."""

    def linked(new: list[NewEntry]) -> list[tuple[Link, Entry]]:
        after, chain = (0, GENESIS), []
        for position, entry in enumerate(new, start=1):
            link, recorded = link_up(
                entry,
                entry_id=numbered(position),
                patient_id=PATIENT,
                after=after,
                by=NURSE,
                now=START + timedelta(minutes=position),
            )
            chain.append((link, recorded))
            after = (link.position, link.digest)
        return chain

    return linked
