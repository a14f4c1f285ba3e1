"""What was seen of a session, for its forecast: pressures and ratings, none of the thousands of others."""

from uuid import UUID

from django.db.models import Q

from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.rows import entry_of
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.observations.vitals import DissociationRated, VitalsMeasured

NO_PRESSURE: str = '"systolic_mmhg":null'
"""How a stored set of vital signs without a pressure is spelled (pathway/ledger/chain.py)."""


def sightings(encounter_id: UUID) -> list[Entry]:
    """Pressures and ratings in chain order, with their corrections: told apart in the database.

    A bedside monitor sends its oxygen every second; those sets are never read here.
    """
    pressure = Q(kind=VitalsMeasured.KIND) & ~Q(payload__contains=NO_PRESSURE)
    wanted = (
        pressure | Q(kind__in=(DissociationRated.KIND, EnteredInError.KIND)) | Q(supersedes__isnull=False)
    )
    rows = LedgerEntry.objects.filter(wanted, encounter_id=encounter_id).order_by("position")
    return [entry_of(row) for row in rows]


def resting_today(encounter_id: UUID) -> float | None:
    """The latest pressure said to be at rest, or the visit's first; None where none was measured.

    Asked before any drug; later readings carry the rise that is to be forecast.
    """
    told = [
        entry for entry in effective(sightings(encounter_id)) if isinstance(entry.payload, VitalsMeasured)
    ]
    resting = None
    for entry in sorted(told, key=lambda entry: entry.happened_at):
        vitals = entry.payload
        if isinstance(vitals, VitalsMeasured) and vitals.systolic_mmhg is not None:
            resting = vitals.systolic_mmhg if resting is None or vitals.at_rest else resting
    return resting
