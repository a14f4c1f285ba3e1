"""Vital signs follow the ledger within each append, in constant time whatever the session's length."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from itertools import groupby
from typing import Final
from uuid import UUID

from ajar.clinic.ledger.readmodels import register
from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.monitoring.models import SignsNow
from ajar.pathway.dosing.entries import DrugGiven
from ajar.pathway.ledger.chain import canonical
from ajar.pathway.ledger.codec import Malformed, decode, encode
from ajar.pathway.ledger.entry import AuthorKind, Entry, effective
from ajar.pathway.monitoring.entries import EventNoted
from ajar.pathway.monitoring.latest import KINDS, VitalsNow, evolve, fold
from ajar.pathway.monitoring.marks import FoldAfresh
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, VitalsMeasured

AT_THE_CHAIR: Final = frozenset(
    {VitalsMeasured.KIND, SedationRated.KIND, DissociationRated.KIND, EventNoted.KIND, DrugGiven.KIND}
)
"""What is written down by someone who is with the patient. An alarm can be seen from the corridor."""


class SignsFollow:
    """Feeds `SignsNow`."""

    name = "vital signs"

    def follow(self, entries: Sequence[Entry]) -> None:
        """Take in entries of one patient, just appended, in order."""
        ours = [(entry.encounter_id, entry) for entry in entries if entry.encounter_id is not None]
        ours.sort(key=lambda pair: (pair[0], pair[1].position))
        for encounter_id, group in groupby(ours, key=lambda pair: pair[0]):
            take_in(encounter_id, [entry for _, entry in group])

    def clear(self) -> None:
        """Forget everything."""
        SignsNow.objects.all().delete()

    def snapshot(self) -> object:
        """Every row, in a fixed order."""
        return list(SignsNow.objects.order_by("encounter_id").values())


def take_in(encounter_id: UUID, entries: Sequence[Entry]) -> None:
    """Bring one encounter's row up to date, if these entries say anything about vital signs."""
    ours = relevant(entries)
    if not ours:
        return
    row = SignsNow.objects.filter(pk=encounter_id).first()
    attended_at = attended(ours, since=row.attended_at if row else None)
    try:
        kept = vitals_of(row) if row else VitalsNow(encounter_id=encounter_id)
        in_time = sorted(ours, key=lambda entry: (entry.happened_at, entry.position))
        state = reduce(evolve, in_time, kept)
    except FoldAfresh:
        told = all_encounter_entries(encounter_id)
        state = fold(relevant(told), encounter_id=encounter_id)
        attended_at = attended(effective(told), since=None)
    keep(entries[-1].patient_id, state, attended_at)


def attended(entries: Iterable[Entry], *, since: datetime | None) -> datetime | None:
    """When a member of staff was last at the chair, by what they wrote down."""
    times = [
        entry.happened_at
        for entry in entries
        if entry.recorded_by.kind is AuthorKind.STAFF and entry.payload.KIND in AT_THE_CHAIR
    ]
    return max([*times, *([since] if since else [])], default=None)


def folded(encounter_id: UUID) -> VitalsNow:
    """The state from everything recorded of an encounter."""
    return fold(relevant(all_encounter_entries(encounter_id)), encounter_id=encounter_id)


def relevant(entries: Iterable[Entry]) -> list[Entry]:
    """Observations, acts with the drug, and every correction (of whatever: it may be one of those)."""
    return [entry for entry in entries if entry.supersedes is not None or entry.payload.KIND in KINDS]


def vitals_of(row: SignsNow) -> VitalsNow:
    """The state that a row keeps; computed again where an earlier release wrote it in another form."""
    try:
        return decode(VitalsNow, json.loads(row.state))
    except Malformed:
        return folded(row.encounter_id)


def keep(patient_id: UUID, state: VitalsNow, attended_at: datetime | None) -> None:
    """Store the state."""
    values = {
        "patient_id": patient_id,
        "position": state.position,
        "state": canonical(encode(state)),
        "attended_at": attended_at,
    }
    SignsNow.objects.update_or_create(encounter_id=state.encounter_id, defaults=values)


register(SignsFollow())
