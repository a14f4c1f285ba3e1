"""What a live page is told about an entry: little, and never anything private."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from ajar.clinic import clock
from ajar.clinic.ledger.feed import Cursor
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.rows import entry_of
from ajar.clinic.monitoring.selectors import alarm_key_of, standing_alarms_of
from ajar.clinic.patients.models import Encounter
from ajar.pathway.dosing.entries import PatientMoved
from ajar.pathway.dosing.stage import MOVES
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.monitoring.entries import AlarmAcknowledged, AlarmResolved, EventNoted
from ajar.pathway.monitoring.latest import values_of
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, SignalLost, VitalsMeasured

READING: Final = "reading"
STAGE: Final = "stage"
ALARM: Final = "alarm"
REFRESH: Final = "refresh"

EVENT_OF: Final = {
    **dict.fromkeys((VitalsMeasured.KIND, SedationRated.KIND, DissociationRated.KIND), READING),
    **dict.fromkeys((AlarmAcknowledged.KIND, AlarmResolved.KIND, EventNoted.KIND, SignalLost.KIND), ALARM),
    **dict.fromkeys((*MOVES, PatientMoved.KIND), STAGE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event as it goes over the wire, and who it concerns. `clinical`: it is for clinicians alone.

    `bare` is for whoever sees the board and reads no chart: that something changed, and nothing of what.
    """

    cursor: Cursor
    encounter_id: UUID
    site: str
    clinical: bool
    wire: bytes
    bare: bytes


def tell(rows: Sequence[LedgerEntry]) -> list[Told]:
    """The events of these rows: those of an encounter, never those that only their author may read."""
    entries = [(Cursor(row.tx, row.seq), entry_of(row)) for row in rows if row.encounter_id is not None]
    shown = [(cursor, entry) for cursor, entry in entries if not entry.payload.PRIVATE]
    encounters = {entry.encounter_id for _, entry in shown if entry.encounter_id is not None}
    sites = sites_of(encounters)
    alarms = alarms_now(encounters)
    return [
        told(cursor, entry, entry.encounter_id, sites[entry.encounter_id], alarms[entry.encounter_id])
        for cursor, entry in shown
        if entry.encounter_id is not None and entry.encounter_id in sites
    ]


def sites_of(encounters: Iterable[UUID]) -> dict[UUID, str]:
    """The site of each encounter, by its slug."""
    found = Encounter.objects.filter(pk__in=list(encounters)).values_list("pk", "site__slug")
    return dict(found)


def alarms_now(encounters: Iterable[UUID]) -> dict[UUID, str]:
    """The alarms that stand, as the page keeps them: when this changes, it fetches them again."""
    known = list(encounters)
    standing = standing_alarms_of(known, now=clock.now())
    return {encounter_id: alarm_key_of(standing.get(encounter_id, ())) for encounter_id in known}


def told(cursor: Cursor, entry: Entry, encounter_id: UUID, site: str, alarms: str) -> Told:
    """One entry as an event."""
    event = REFRESH if entry.supersedes is not None else EVENT_OF.get(entry.payload.KIND, REFRESH)
    bare: dict[str, Any] = {
        "encounter": str(encounter_id),
        "at": entry.happened_at.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "alarms": "",
    }
    data = bare | {"kind": entry.payload.KIND, "by": entry.recorded_by.name, "alarms": alarms}
    if event == READING:
        data["values"] = values_of(entry)
    return Told(
        cursor=cursor,
        encounter_id=encounter_id,
        site=site,
        clinical=event in (READING, ALARM),
        wire=wire(event, data, cursor),
        bare=wire(event, bare, cursor),
    )


def wire(event: str, data: object, cursor: Cursor) -> bytes:
    """The text of a server-sent event."""
    return f"id: {cursor}\nevent: {event}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()
