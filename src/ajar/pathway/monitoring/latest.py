"""The vital signs of a session as they stand: the newest of each, the baseline, and the last minutes.

`evolve` takes one entry in constant time and memory, in whatever order entries arrive: what counts is
when a value was measured, not when it was told. `fold` over everything gives the same. A correction, or
drug given (which fixes where the baseline ends), is folded afresh: `needs_fold` says so.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import reduce
from typing import Any, Final
from uuid import UUID

from ajar.pathway.dosing.entries import DrugGiven
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.monitoring.entries import AlarmAcknowledged, AlarmResolved, EventNoted, Priority
from ajar.pathway.monitoring.events import TERMS
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, SignalLost, VitalsMeasured

SEDATION: Final = "moaa_s"
DISSOCIATION: Final = "cadss_6"
DISTRESS: Final = "distress"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One value of one signal: when it was measured, where it stands in the chain, who took it."""

    signal: str
    value: float
    at: datetime
    position: int
    entry_id: UUID
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The values of a few seconds: first and last moment (s since 1970), lowest and highest."""

    index: int
    from_s: float
    to_s: float
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """The last minutes of one signal in slices, and the newest slice before them."""

    signal: str
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grain:
    """How finely, and how far back, a signal's trail is kept. Its window covers the longest held limit."""

    slice_s: int
    slices: int


GRAINS: Final[Mapping[str, Grain]] = {
    "systolic_mmhg": Grain(slice_s=30, slices=11),
    "diastolic_mmhg": Grain(slice_s=30, slices=11),
    "heart_rate_bpm": Grain(slice_s=30, slices=11),
    "spo2_percent": Grain(slice_s=10, slices=6),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """The newest occurrence of an event, or of an alarm's being seen or resolved."""

    what: str
    at: datetime
    position: int
    by: str
    priority: Priority | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalsNow:
    """Everything the board and the alarms need of one session."""

    encounter_id: UUID
    position: int = 0
    readings: int = 0
    first_dose_at: datetime | None = None
    newest: tuple[Measured, ...] = ()
    before_dose: tuple[Measured, ...] = ()
    trails: tuple[Trail, ...] = ()
    events: tuple[Happened, ...] = ()
    lost: tuple[Happened, ...] = ()
    seen: tuple[Happened, ...] = ()
    resolved: tuple[Happened, ...] = ()

    def latest(self, signal: str) -> Measured | None:
        """The value measured last."""
        return _of(self.newest, signal)

    def baseline(self, signal: str) -> Measured | None:
        """The last value before drug was given (before that: the last value)."""
        return _of(self.newest if self.first_dose_at is None else self.before_dose, signal)

    def trail(self, signal: str) -> Trail | None:
        """The last minutes, for signals that keep them."""
        return next((trail for trail in self.trails if trail.signal == signal), None)


def _of(values: Sequence[Measured], signal: str) -> Measured | None:
    return next((value for value in values if value.signal == signal), None)


def needs_fold(entry: Entry) -> bool:
    """Must the state be computed from all entries after this one?"""
    return entry.supersedes is not None or isinstance(entry.payload, DrugGiven)


def fold(entries: Iterable[Entry], *, encounter_id: UUID) -> VitalsNow:
    """The state that these entries of one encounter tell."""
    told = list(entries)
    standing = effective(told)
    given = [entry.happened_at for entry in standing if isinstance(entry.payload, DrugGiven)]
    start = VitalsNow(encounter_id=encounter_id, first_dose_at=min(given, default=None))
    state = reduce(evolve, standing, start)
    return replace(state, position=max((entry.position for entry in told), default=0))


def evolve(state: VitalsNow, entry: Entry) -> VitalsNow:
    """The state after one more entry."""
    take = TAKES.get(entry.payload.KIND)
    changes = take(state, entry, entry.payload) if take is not None else {}
    return replace(state, **changes, position=max(state.position, entry.position))


def _measured(state: VitalsNow, entry: Entry, _: Payload) -> dict[str, Any]:
    values = values_of(entry)
    newest = state.newest
    before = state.before_dose
    trails = state.trails
    for signal, value in values.items():
        one = Measured(
            signal=signal,
            value=value,
            at=entry.happened_at,
            position=entry.position,
            entry_id=entry.id,
            by=entry.recorded_by.name,
        )
        newest = newer(newest, one)
        if state.first_dose_at is not None and entry.happened_at <= state.first_dose_at:
            before = newer(before, one)
        if signal in GRAINS:
            trails = _on_trail(trails, one)
    return {
        "newest": newest,
        "before_dose": before,
        "trails": trails,
        "readings": state.readings + 1,
    }


def values_of(entry: Entry) -> dict[str, float]:
    """The signals an observation carries, by name."""
    match entry.payload:
        case VitalsMeasured() as vitals:
            return vitals.values()
        case SedationRated(moaa_s=score):
            return {SEDATION: float(score)}
        case DissociationRated() as rated:
            return {DISSOCIATION: float(rated.total), DISTRESS: float(rated.distress)}
    return {}


def newer(values: tuple[Measured, ...], one: Measured) -> tuple[Measured, ...]:
    """The values with `one` in its signal's place, if it was measured later than what stands there."""
    kept = _of(values, one.signal)
    if kept is not None and (kept.at, kept.position) >= (one.at, one.position):
        return values
    others = [value for value in values if value.signal != one.signal]
    return tuple(sorted((*others, one), key=lambda value: value.signal))


def _on_trail(trails: tuple[Trail, ...], one: Measured) -> tuple[Trail, ...]:
    kept = next(
        (trail for trail in trails if trail.signal == one.signal), Trail(signal=one.signal, slices=())
    )
    others = [trail for trail in trails if trail.signal != one.signal]
    return tuple(sorted((*others, extended(kept, one)), key=lambda trail: trail.signal))


def extended(trail: Trail, one: Measured) -> Trail:
    """The trail with one more value, cut to its window and the newest slice before it."""
    grain, at_s = GRAINS[one.signal], one.at.timestamp()
    index = int(at_s // grain.slice_s)
    by_index = {piece.index: piece for piece in trail.slices}
    old = by_index.get(index, Slice(index=index, from_s=at_s, to_s=at_s, lowest=one.value, highest=one.value))
    by_index[index] = Slice(
        index=index,
        from_s=min(old.from_s, at_s),
        to_s=max(old.to_s, at_s),
        lowest=min(old.lowest, one.value),
        highest=max(old.highest, one.value),
    )
    first_inside = max(by_index) - grain.slices
    outside = [number for number in by_index if number < first_inside]
    kept = [number for number in sorted(by_index) if number >= max(outside, default=first_inside)]
    return Trail(signal=trail.signal, slices=tuple(by_index[number] for number in kept))


def breached_since(trail: Trail, breached: Callable[[float], bool]) -> tuple[datetime, float] | None:
    """Since when every value has breached, and for how many seconds up to the newest; None if it does not."""
    run: list[Slice] = []
    for piece in reversed(trail.slices):
        if not (breached(piece.lowest) and breached(piece.highest)):
            break
        run.append(piece)
    if not run:
        return None
    return datetime.fromtimestamp(run[-1].from_s, UTC), run[0].to_s - run[-1].from_s


def _noted(state: VitalsNow, entry: Entry, payload: EventNoted) -> dict[str, Any]:
    if (term := TERMS.get(payload.event)) is None or not (term.alarm or term.with_pressure):
        return {}
    return {"events": latest_of(state.events, happened(payload.event, entry))}


def _lost(state: VitalsNow, entry: Entry, payload: SignalLost) -> dict[str, Any]:
    lost = state.lost
    for one in payload.lost:
        lost = latest_of(lost, replace(happened(one.vital_sign, entry), note=one.because))
    return {"lost": lost}


def _seen(state: VitalsNow, entry: Entry, payload: AlarmAcknowledged) -> dict[str, Any]:
    one = replace(happened(payload.alarm, entry), priority=payload.priority)
    return {"seen": latest_of(state.seen, one)}


def _resolved(state: VitalsNow, entry: Entry, payload: AlarmResolved) -> dict[str, Any]:
    one = replace(happened(payload.alarm, entry), priority=payload.priority, note=payload.action)
    return {"resolved": latest_of(state.resolved, one)}


def happened(what: str, entry: Entry) -> Happened:
    """An entry as an occurrence."""
    return Happened(what=what, at=entry.happened_at, position=entry.position, by=entry.recorded_by.name)


def latest_of(kept: tuple[Happened, ...], one: Happened) -> tuple[Happened, ...]:
    """The newest occurrence of each thing."""
    standing = [old for old in kept if old.what == one.what]
    if standing and (standing[0].at, standing[0].position) >= (one.at, one.position):
        return kept
    others = [old for old in kept if old.what != one.what]
    return tuple(sorted((*others, one), key=lambda old: old.what))


TAKES: Final[Mapping[str, Callable[[VitalsNow, Entry, Any], dict[str, Any]]]] = {
    VitalsMeasured.KIND: _measured,
    SedationRated.KIND: _measured,
    DissociationRated.KIND: _measured,
    EventNoted.KIND: _noted,
    SignalLost.KIND: _lost,
    AlarmAcknowledged.KIND: _seen,
    AlarmResolved.KIND: _resolved,
}
