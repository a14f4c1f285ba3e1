"""The sessions follow the ledger within each append.

An entry that no stage allows raises here, inside the append's own transaction and under the lock on
the patient's chain: of two people who start the same dose at once, one wins and nothing of the other's
is written. A correction folds the session afresh; anything else costs the same at minute 5 and 150.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, reduce
from itertools import groupby, zip_longest
from typing import Final
from uuid import UUID, uuid5

from ajar.clinic.dosing.models import DosingNow, RoomStay
from ajar.clinic.ledger.readmodels import register
from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.patients.models import Encounter
from ajar.pathway.careplan.entries import SessionPlanned
from ajar.pathway.dosing.session import TAKES, Session, evolve, fold
from ajar.pathway.dosing.stage import Move
from ajar.pathway.ledger.chain import canonical
from ajar.pathway.ledger.codec import decode, encode
from ajar.pathway.ledger.entry import Entry

RELEVANT: Final = frozenset({SessionPlanned.KIND, *TAKES, *(move.value for move in Move)})
"""Kinds that change a session; any other entry only moves its position on."""


class SessionsNow:
    """Feeds `DosingNow` and `RoomStay`."""

    name = "dosing sessions"

    def follow(self, entries: Sequence[Entry]) -> None:
        """Take in entries of one patient, just appended, in order.

        Raises:
            MoveRefused, NotInRoom: the session's stage does not allow what was appended.
        """
        ours = [(entry.encounter_id, entry) for entry in entries if entry.encounter_id is not None]
        ours.sort(key=lambda pair: (pair[0], pair[1].position))
        for encounter_id, group in groupby(ours, key=lambda pair: pair[0]):
            take_in(encounter_id, [entry for _, entry in group])

    def clear(self) -> None:
        """Forget every session."""
        DosingNow.objects.all().delete()

    def snapshot(self) -> object:
        """Every row of both, in a fixed order."""
        return [
            *DosingNow.objects.order_by("encounter_id").values(),
            *RoomStay.objects.order_by("session_id", "number").values(),
        ]


def take_in(encounter_id: UUID, entries: Sequence[Entry]) -> None:
    """Bring one session's row up to date."""
    if any(entry.supersedes is not None for entry in entries):
        keep(encounter_id, fold(all_encounter_entries(encounter_id)))
    elif any(entry.payload.KIND in RELEVANT for entry in entries):
        keep(encounter_id, evolved(encounter_id, entries))
    else:
        DosingNow.objects.filter(pk=encounter_id).update(position=entries[-1].position)


def evolved(encounter_id: UUID, entries: Iterable[Entry]) -> Session | None:
    """The stored session after these entries."""
    row = DosingNow.objects.filter(pk=encounter_id).first()
    return reduce(evolve, entries, session_of(row) if row else None)


def session_of(row: DosingNow) -> Session:
    """The session that a row keeps."""
    return replace(_read(row.state), position=row.position)


@lru_cache(maxsize=256)
def _read(state: str) -> Session:
    """A kept state. Sessions are frozen and their text changes with their stage, not with each reading."""
    return decode(Session, json.loads(state))


def keep(encounter_id: UUID, session: Session | None) -> None:
    """Store a session, or drop the row of one whose plan was entered in error."""
    if session is None:
        DosingNow.objects.filter(pk=encounter_id).delete()
        return
    values = columns_of(session)
    if not DosingNow.objects.filter(pk=encounter_id).update(**values):
        encounter = Encounter.objects.only("patient_id", "site_id").get(pk=encounter_id)
        DosingNow.objects.create(
            pk=encounter_id,
            patient_id=encounter.patient_id,
            site_id=encounter.site_id,
            **values,
        )
    keep_stays(session)


def keep_stays(session: Session) -> None:
    """Store where the patient was when. Most entries move nobody: then nothing is written."""
    rows = RoomStay.objects.filter(session_id=session.encounter_id).order_by("number")
    told = [
        (stay.room_id, stay.since, following.since if following else None)
        for stay, following in zip_longest(session.stays, session.stays[1:])
    ]
    if list(rows.values_list("room_id", "since", "until")) == told:
        return
    rows.delete()
    RoomStay.objects.bulk_create(
        RoomStay(
            id=uuid5(session.encounter_id, str(number)),
            session_id=session.encounter_id,
            number=number,
            room_id=room_id,
            since=since,
            until=until,
        )
        for number, (room_id, since, until) in enumerate(told, start=1)
    )


def columns_of(session: Session) -> dict[str, object]:
    """What can be searched for, and the whole session as text."""
    plan = session.plan
    return {
        "number": plan.number,
        "product": plan.product,
        "phase": plan.phase,
        "dose_mg": session.order.amount_mg if session.order else plan.dose_mg,
        "starts_at": plan.starts_at,
        "stage": session.stage,
        "stage_since": session.stage_since,
        "room_id": session.room_id,
        "room_name": session.room_name,
        "arrived_at": session.arrived_at,
        "first_dose_at": session.first_dose_at,
        "closed_at": session.closed_at,
        "signed": session.signed_at is not None,
        "position": session.position,
        "state": canonical({**encode(session), "position": 0}),
    }


register(SessionsNow())
