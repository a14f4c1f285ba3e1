"""A dosing session as it stands: a fold over its entries.

`evolve` takes one entry at a time in constant time, so that a running session costs the same at
minute 5 and at minute 150; `fold` is the plain version over everything and the judge of the other.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import Any, Final
from uuid import UUID

from ajar.pathway.careplan.entries import SessionPlanned
from ajar.pathway.dosing.entries import (
    Act,
    DoseEnded,
    DoseOrdered,
    DrugGiven,
    OrderChecked,
    PatientArrived,
    PatientMoved,
    ReadinessAnswered,
)
from ajar.pathway.dosing.stage import Move, Stage, after, move_of, refuse_outside_room
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugAct:
    """One act with the drug and the entry that says so."""

    at: datetime
    entry_id: UUID
    given: DrugGiven


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A room the patient was in from `since` on, up to the next stay or the end of the session."""

    room_id: UUID
    room_name: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What is known of one dosing session. `stays` are in order of time; a dose at home has none."""

    encounter_id: UUID
    patient_id: UUID
    position: int
    stage: Stage
    stage_since: datetime
    plan: SessionPlanned
    room_id: UUID | None = None
    room_name: str = ""
    arrived_at: datetime | None = None
    stays: tuple[Stay, ...] = ()
    readiness: ReadinessAnswered | None = None
    readiness_at: datetime | None = None
    order: DoseOrdered | None = None
    order_id: UUID | None = None
    order_by: str = ""
    check: OrderChecked | None = None
    acts: tuple[DrugAct, ...] = ()
    dose_ended_at: datetime | None = None
    total_mg: float | None = None
    closed_at: datetime | None = None
    signed_at: datetime | None = None
    signed_position: int | None = None

    @property
    def product(self) -> str:
        """The product planned."""
        return self.plan.product

    @property
    def first_dose_at(self) -> datetime | None:
        """When the first drug went in: the start of the clock."""
        return self.acts[0].at if self.acts else None

    @property
    def last_drug_at(self) -> datetime | None:
        """When drug last went in: the last device or injection, the end of an infusion or of a hold."""
        if not self.acts:
            return None
        last = self.acts[-1].given
        goes_on = last.rate_mg_per_h is not None or last.act is Act.TAKEN
        if self.dose_ended_at is not None and goes_on:
            return self.dose_ended_at
        return self.acts[-1].at

    def stay_at(self, moment: datetime) -> Stay | None:
        """Where the patient was at a moment: the last arrival or move until then; None before and after."""
        if self.closed_at is not None and moment > self.closed_at:
            return None
        until_then = [stay for stay in self.stays if stay.since <= moment]
        return until_then[-1] if until_then else None

    @property
    def changed_after_signing(self) -> bool:
        """Was anything recorded on this encounter after its signature?"""
        return self.signed_position is not None and self.position > self.signed_position

    def given_mg(self, *, now: datetime) -> float:
        """Drug given so far in mg: exact for devices and injections, rate times time for infusions."""
        if self.total_mg is not None:
            return self.total_mg
        bolus_mg = sum(act.given.amount_mg or 0.0 for act in self.acts)
        return bolus_mg + infused_mg(self.acts, until=self.dose_ended_at or now)


def infused_mg(acts: tuple[DrugAct, ...], *, until: datetime) -> float:
    """Milligrams infused up to `until`, from each act's rate to the next act."""
    total_mg = 0.0
    running = [act for act in acts if act.given.rate_mg_per_h is not None]
    ends = [later.at for later in running[1:]] + [until][: len(running)]
    for act, end in zip(running, ends, strict=True):
        hours = max((min(end, until) - act.at).total_seconds(), 0.0) / 3600
        total_mg += (act.given.rate_mg_per_h or 0.0) * hours
    return total_mg


def fold(entries: Iterable[Entry]) -> Session | None:
    """The session that these entries of one encounter tell, or None before it was planned."""
    told = list(entries)
    session = reduce(evolve, effective(told), None)
    if session is None:
        return None
    return replace(session, position=max(entry.position for entry in told))


def evolve(session: Session | None, entry: Entry) -> Session | None:
    """The session after one more entry, which corrects nothing (corrections are folded afresh)."""
    if session is None:
        return _planned(entry)
    take = TAKES.get(entry.payload.KIND)
    changes = take(session, entry, entry.payload) if take is not None else {}
    if (move := move_of(entry.payload.KIND)) is not None:
        changes = {**changes, **_moved(session, entry, move)}
    return replace(session, **changes, position=max(session.position, entry.position))


def _planned(entry: Entry) -> Session | None:
    if not isinstance(entry.payload, SessionPlanned) or entry.encounter_id is None:
        return None
    return Session(
        encounter_id=entry.encounter_id,
        patient_id=entry.patient_id,
        position=entry.position,
        stage=Stage.PLANNED,
        stage_since=entry.happened_at,
        plan=entry.payload,
    )


def _moved(session: Session, entry: Entry, move: Move) -> dict[str, Any]:
    stage = after(session.stage, move)
    if stage is session.stage:
        return {}
    changes: dict[str, Any] = {"stage": stage, "stage_since": entry.happened_at}
    if stage in (Stage.DISCHARGED, Stage.CANCELLED):
        changes["closed_at"] = entry.happened_at
    return changes


def _arrived(session: Session, entry: Entry, payload: PatientArrived) -> dict[str, Any]:
    arrived = {"room_name": payload.room_name, "arrived_at": entry.happened_at}
    if payload.room_id is None:
        return arrived
    return arrived | _staying(session, entry, payload.room_id, payload.room_name)


def _went_on(session: Session, entry: Entry, payload: PatientMoved) -> dict[str, Any]:
    refuse_outside_room(session.stage)
    return _staying(session, entry, payload.room_id, payload.room_name)


def _staying(session: Session, entry: Entry, room_id: UUID, room_name: str) -> dict[str, Any]:
    """The room is that of the last stay, in whatever order they were told."""
    stay = Stay(room_id=room_id, room_name=room_name, since=entry.happened_at)
    stays = tuple(sorted((*session.stays, stay), key=lambda one: one.since))
    return {"stays": stays, "room_id": stays[-1].room_id, "room_name": stays[-1].room_name}


def _answered(_: Session, entry: Entry, payload: ReadinessAnswered) -> dict[str, Any]:
    return {"readiness": payload, "readiness_at": entry.happened_at}


def _ordered(_: Session, entry: Entry, payload: DoseOrdered) -> dict[str, Any]:
    return {
        "order": payload,
        "order_id": entry.id,
        "order_by": entry.recorded_by.name,
        "check": None,  # a new order has not been checked
    }


def _checked(session: Session, _: Entry, payload: OrderChecked) -> dict[str, Any]:
    return {"check": payload} if payload.order_id == session.order_id else {}


def _given(session: Session, entry: Entry, payload: DrugGiven) -> dict[str, Any]:
    act = DrugAct(at=entry.happened_at, entry_id=entry.id, given=payload)
    return {"acts": tuple(sorted((*session.acts, act), key=lambda a: a.at))}


def _ended(_: Session, entry: Entry, payload: DoseEnded) -> dict[str, Any]:
    return {"dose_ended_at": entry.happened_at, "total_mg": payload.total_mg}


def _signed(_: Session, entry: Entry, __: Payload) -> dict[str, Any]:
    return {"signed_at": entry.recorded_at, "signed_position": entry.position}


TAKES: Final[Mapping[str, Callable[[Session, Entry, Any], dict[str, Any]]]] = {
    PatientArrived.KIND: _arrived,
    PatientMoved.KIND: _went_on,
    ReadinessAnswered.KIND: _answered,
    DoseOrdered.KIND: _ordered,
    OrderChecked.KIND: _checked,
    DrugGiven.KIND: _given,
    DoseEnded.KIND: _ended,
    "encounter.signed": _signed,
}
