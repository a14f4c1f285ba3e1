"""The vital signs of a session as they stand: of each signal the newest value, the baseline, and its marks.

`evolve` takes one entry in constant time, whatever the session's length and in whatever order entries
arrive: what counts is when a value was measured, not when it was told. `fold` over everything gives the
same. A correction, drug given (which fixes where the baseline ends) and the rare reading told so late
that its neighbours are forgotten ask for a fold afresh: `evolve` then raises `FoldAfresh`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from ajar.pathway.dosing.entries import DrugGiven
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.monitoring.entries import AlarmAcknowledged, AlarmResolved, EventNoted, Priority
from ajar.pathway.monitoring.events import CHECKED_IN, TERMS
from ajar.pathway.monitoring.marks import DOWNWARDS, UPWARDS, FoldAfresh, Mark, marks_of, with_reading
from ajar.pathway.observations.vitals import (
    BOUNDS,
    DissociationRated,
    SedationRated,
    SignalLost,
    VitalsMeasured,
)

SEDATION: Final = "moaa_s"
DISSOCIATION: Final = "cadss_6"
DISTRESS: Final = "distress"
CHECK_IN: Final = "check_in"

SIGNALS: Final = (*BOUNDS, SEDATION, DISSOCIATION, DISTRESS, CHECK_IN)
PLACE: Final[Mapping[str, int]] = {name: place for place, name in enumerate(SIGNALS)}
"""Each signal's place in the state: found without a search."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One value of one signal: when it was measured, where it stands in the chain, who took it."""

    signal: str
    value: float
    at: datetime
    position: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One signal as it stands; `by` took its newest value.

    After each of `lows` every reading was higher, after each of `highs` every reading was lower.
    """

    by: str
    before_dose: Measured | None
    first_at: datetime
    lows: tuple[Mark, ...]
    highs: tuple[Mark, ...]

    @property
    def newest(self) -> Mark:
        """The reading measured last: the last of both kinds of marks."""
        return self.lows[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An occurrence of an event, or the newest time an alarm was seen or resolved at a priority."""

    what: str
    at: datetime
    position: int
    by: str
    priority: Priority | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalsNow:
    """Everything the board and the alarms need of one session. `events` are those nobody has resolved."""

    encounter_id: UUID
    position: int = 0
    readings: int = 0
    first_dose_at: datetime | None = None
    signals: tuple[Signal | None, ...] = (None,) * len(SIGNALS)
    events: tuple[Happened, ...] = ()
    lost: tuple[Happened, ...] = ()
    seen: tuple[Happened, ...] = ()
    resolved: tuple[Happened, ...] = ()

    def __post_init__(self) -> None:
        if len(self.signals) != len(SIGNALS):
            raise ValueError(f"signals must hold {len(SIGNALS)} places, got {len(self.signals)}.")

    def signal(self, name: str) -> Signal | None:
        """A signal's state; None before its first value."""
        return self.signals[PLACE[name]]

    def latest(self, name: str) -> Measured | None:
        """The value measured last."""
        kept = self.signals[PLACE[name]]
        return None if kept is None else _newest(name, kept)

    def baseline(self, name: str) -> Measured | None:
        """The last value before drug was given (before that: the last value)."""
        kept = self.signals[PLACE[name]]
        if kept is None:
            return None
        return _newest(name, kept) if self.first_dose_at is None else kept.before_dose

    @property
    def newest(self) -> tuple[Measured, ...]:
        """The newest value of every signal that has one."""
        return tuple(
            _newest(name, kept) for name, kept in zip(SIGNALS, self.signals, strict=True) if kept is not None
        )


def _newest(name: str, kept: Signal) -> Measured:
    mark = kept.newest
    return Measured(signal=name, value=mark.value, at=mark.at, position=mark.position, by=kept.by)


def values_of(entry: Entry) -> dict[str, float]:
    """The signals an observation carries, by name."""
    match entry.payload:
        case VitalsMeasured() as vitals:
            return vitals.values()
        case SedationRated(moaa_s=score):
            return {SEDATION: float(score)}
        case DissociationRated() as rated:
            return {DISSOCIATION: float(rated.total), DISTRESS: float(rated.distress)}
        case EventNoted(event=event) if event == CHECKED_IN:
            return {CHECK_IN: 1.0}
    return {}


def fold(entries: Iterable[Entry], *, encounter_id: UUID) -> VitalsNow:
    """The state that these entries of one encounter tell: all at once, signal by signal."""
    told = list(entries)
    standing = sorted(effective(told), key=lambda entry: (entry.happened_at, entry.position))
    given = [entry.happened_at for entry in standing if isinstance(entry.payload, DrugGiven)]
    start = VitalsNow(
        encounter_id=encounter_id,
        position=max((entry.position for entry in told), default=0),
        first_dose_at=min(given, default=None),
    )
    columns: dict[str, list[tuple[float, Entry]]] = {}
    state, readings = start, 0
    for entry in standing:
        values = values_of(entry)
        readings += bool(values)
        for name, value in values.items():
            columns.setdefault(name, []).append((value, entry))
        if (take := TAKES.get(entry.payload.KIND)) is not None:
            state = take(state, entry, entry.payload)
    signals = tuple(
        _signal_of(name, columns[name], start.first_dose_at) if name in columns else None for name in SIGNALS
    )
    return replace(state, readings=readings, signals=signals)


def _signal_of(name: str, column: Sequence[tuple[float, Entry]], first_dose_at: datetime | None) -> Signal:
    readings = [(value, entry.happened_at, entry.position) for value, entry in column]
    before = None
    if first_dose_at is not None:
        before = next((one for one in reversed(column) if one[1].happened_at <= first_dose_at), None)
    return Signal(
        by=column[-1][1].recorded_by.name,
        before_dose=_measured(name, *before) if before is not None else None,
        first_at=column[0][1].happened_at,
        lows=marks_of(readings, UPWARDS),
        highs=marks_of(readings, DOWNWARDS),
    )


def _measured(name: str, value: float, entry: Entry) -> Measured:
    return Measured(
        signal=name,
        value=value,
        at=entry.happened_at,
        position=entry.position,
        by=entry.recorded_by.name,
    )


def evolve(state: VitalsNow, entry: Entry) -> VitalsNow:
    """The state after one more entry.

    Raises:
        FoldAfresh: the entry corrects another, gives drug, or was told too late for the state to know
            its neighbours. `fold` over all entries takes it.
    """
    if entry.supersedes is not None or isinstance(entry.payload, DrugGiven):
        raise FoldAfresh
    take = TAKES.get(entry.payload.KIND)
    taken = take(state, entry, entry.payload) if take is not None else state
    values = values_of(entry)
    signals = list(taken.signals)
    for name, value in values.items():
        place = PLACE[name]
        signals[place] = _one_more(signals[place], name, value, entry, state.first_dose_at)
    return VitalsNow(
        encounter_id=state.encounter_id,
        position=max(state.position, entry.position),
        readings=state.readings + bool(values),
        first_dose_at=state.first_dose_at,
        signals=tuple(signals),
        events=taken.events,
        lost=taken.lost,
        seen=taken.seen,
        resolved=taken.resolved,
    )


def _one_more(
    kept: Signal | None, name: str, value: float, entry: Entry, first_dose_at: datetime | None
) -> Signal:
    at, by = entry.happened_at, entry.recorded_by.name
    new = Mark(value=value, at=at, position=entry.position, next_at=None)
    before = kept.before_dose if kept is not None else None
    if first_dose_at is not None and at <= first_dose_at:
        before = _later(before, _measured(name, value, entry))
    if kept is None:
        return Signal(by=by, before_dose=before, first_at=at, lows=(new,), highs=(new,))
    lows, highs = with_reading(kept.lows, kept.highs, new, first_at=kept.first_at)
    return Signal(
        by=by if lows[-1] is new else kept.by,
        before_dose=before,
        first_at=min(kept.first_at, at),
        lows=lows,
        highs=highs,
    )


def _later(kept: Measured | None, one: Measured) -> Measured:
    return kept if kept is not None and (kept.at, kept.position) >= (one.at, one.position) else one


def _noted(state: VitalsNow, entry: Entry, payload: EventNoted) -> VitalsNow:
    if (term := TERMS.get(payload.event)) is None or not term.key:
        return state
    if any(done.what == term.key and done.at >= entry.happened_at for done in state.resolved):
        return state
    events = (*state.events, happened(payload.event, entry))
    return replace(state, events=tuple(sorted(events, key=lambda one: (one.at, one.position))))


def _lost(state: VitalsNow, entry: Entry, payload: SignalLost) -> VitalsNow:
    lost = state.lost
    for one in payload.lost:
        lost = latest_of(lost, replace(happened(one.vital_sign, entry), note=one.because))
    return replace(state, lost=lost)


def _seen(state: VitalsNow, entry: Entry, payload: AlarmAcknowledged) -> VitalsNow:
    one = replace(happened(payload.alarm, entry), priority=payload.priority)
    return replace(state, seen=latest_of(state.seen, one))


def _resolved(state: VitalsNow, entry: Entry, payload: AlarmResolved) -> VitalsNow:
    one = replace(happened(payload.alarm, entry), priority=payload.priority, note=payload.action)
    left = tuple(event for event in state.events if TERMS[event.what].key != one.what or event.at > one.at)
    return replace(state, events=left, resolved=latest_of(state.resolved, one))


def happened(what: str, entry: Entry) -> Happened:
    """An entry as an occurrence."""
    return Happened(what=what, at=entry.happened_at, position=entry.position, by=entry.recorded_by.name)


def latest_of(kept: tuple[Happened, ...], one: Happened) -> tuple[Happened, ...]:
    """The newest occurrence of each thing at each priority."""
    same = [old for old in kept if (old.what, old.priority) == (one.what, one.priority)]
    if same and (same[0].at, same[0].position) >= (one.at, one.position):
        return kept
    others = [old for old in kept if old not in same]
    return tuple(sorted((*others, one), key=lambda old: (old.what, old.priority or "")))


TAKES: Final[Mapping[str, Callable[[VitalsNow, Entry, Any], VitalsNow]]] = {
    EventNoted.KIND: _noted,
    SignalLost.KIND: _lost,
    AlarmAcknowledged.KIND: _seen,
    AlarmResolved.KIND: _resolved,
}
"""What changes the state beside the values measured."""

KINDS: Final = frozenset(
    {*TAKES, VitalsMeasured.KIND, SedationRated.KIND, DissociationRated.KIND, DrugGiven.KIND}
)
"""Every kind of entry that says something about the state."""
