"""What was known when: a session as the entries recorded until a moment told it, for review and teaching.

Nothing is stored for it: the same folds that show a running session are asked again over the entries that
had been recorded by then. A value that was corrected afterwards stands as it stood, and says what became
of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from ajar.pathway.dosing.entries import DrugGiven, PatientMoved
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.session import fold as fold_session
from ajar.pathway.dosing.stage import IN_ROOM
from ajar.pathway.evaluation.products import Jurisdiction
from ajar.pathway.ledger.entry import Entry, Source
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.monitoring.alarms import Alarm, alarm_conditions
from ajar.pathway.monitoring.cadence import Cadences
from ajar.pathway.monitoring.due import Due, all_due, last_times
from ajar.pathway.monitoring.entries import AlarmAcknowledged, AlarmResolved, EventNoted
from ajar.pathway.monitoring.flowsheet import ROWS, Cell, Flowsheet, Numbered, Read, event_words, flowsheet
from ajar.pathway.monitoring.latest import fold as fold_vitals
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS, Limits
from ajar.pathway.monitoring.needs import NO_NEEDS, Needs
from ajar.pathway.monitoring.plans import DEFAULT_CADENCES
from ajar.pathway.observations.vitals import SignalLost, VitalsMeasured

STREAMED: Final = frozenset({VitalsMeasured.KIND, SignalLost.KIND})
"""What a monitor sends every second: in a replay one minute of it is one moment (design default)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One entry as a place to stop at, counted from 1; `words` say what was recorded."""

    number: int
    entry: Entry
    words: str

    @property
    def at(self) -> datetime:
        """When it was recorded: from then on it was known."""
        return self.entry.recorded_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """By what a session is judged: the clinic's limits and plans, the law, and what the patient needs."""

    limits: Limits = DEFAULT_LIMITS
    cadences: Cadences = DEFAULT_CADENCES
    jurisdiction: str = Jurisdiction.US
    needs: Needs = NO_NEEDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What became of a value afterwards: `text` replaced it; "" where it was taken back."""

    text: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownValue:
    """A value as it stood; `new`: this moment's entry said it."""

    cell: Cell
    new: bool
    later: Later | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRow:
    """One signal with every value known then, the newest measurement first."""

    name: str
    unit: str
    values: tuple[KnownValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Charted:
    """Who had recorded how many entries by then, and when last."""

    name: str
    entries: int
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything the entries said at one moment. `session` is None before it was planned."""

    at: datetime
    session: Session | None
    rows: tuple[KnownRow, ...]
    events: tuple[Numbered, ...]
    dues: tuple[Due, ...]
    alarms: tuple[Alarm, ...]
    charted: tuple[Charted, ...]
    limits_version: str


def moments(entries: Iterable[Entry]) -> tuple[Moment, ...]:
    """Every entry in the order of its recording; a device's stream once a minute, at its last word."""
    ordered = sorted(entries, key=lambda entry: entry.position)
    by_id = {entry.id: entry for entry in ordered}
    kept: list[Entry] = []
    for entry in ordered:
        if kept and _goes_on(kept[-1], entry):
            kept[-1] = entry
        else:
            kept.append(entry)
    return tuple(
        Moment(number=number, entry=entry, words=words_of(entry, by_id))
        for number, entry in enumerate(kept, start=1)
    )


def _goes_on(before: Entry, entry: Entry) -> bool:
    """Is this the next word of the same minute of a stream?"""
    streamed = all(
        one.source is Source.DEVICE and one.payload.KIND in STREAMED and one.supersedes is None
        for one in (before, entry)
    )
    return streamed and _minute(before) == _minute(entry)


def _minute(entry: Entry) -> datetime:
    return entry.recorded_at.replace(second=0, microsecond=0)


def words_of(entry: Entry, by_id: Mapping[UUID, Entry]) -> str:
    """What an entry recorded, in a line."""
    if entry.supersedes is None:
        return said_by(entry)
    before = by_id.get(entry.supersedes)
    old = said_by(before) if before is not None else "an earlier entry"
    if isinstance(entry.payload, EnteredInError):
        return f"Taken back: {old} ({entry.reason})"
    return f"Corrected: {said_by(entry)}, was {old} ({entry.reason})"


def said_by(entry: Entry) -> str:
    """The fact itself, in a line."""
    measured = [f"{name} {told[0]}" for name, _, read in ROWS if (told := read(entry)) is not None]
    if measured:
        return ", ".join(measured)
    match entry.payload:
        case EventNoted() | PatientMoved() as happened:
            return event_words(happened)
        case AlarmAcknowledged(message=message):
            return f"Alarm seen: {message}"
        case AlarmResolved(message=message, action=action):
            return f"Alarm answered: {message}: {action}"
        case DrugGiven() as given:
            amount = f", {given.amount_mg:g} mg" if given.amount_mg else ""
            return f"{given.act.replace('_', ' ').capitalize()}{amount}"
    return entry.payload.KIND.replace(".", " ").replace("-", " ").capitalize()


def known_at(entries: Sequence[Entry], moment: Moment, rules: Rules) -> Known:
    """What was known once `moment` had been recorded, out of all entries of the encounter.

    Raises:
        LookupError: nobody wrote a plan of observations for the product.
    """
    until = [entry for entry in entries if entry.position <= moment.entry.position]
    session = fold_session(until)
    if session is None:
        return Known(
            at=moment.at,
            session=None,
            rows=(),
            events=(),
            dues=(),
            alarms=(),
            charted=charted(until),
            limits_version=rules.limits.version,
        )
    sheet = flowsheet(until, session, weight_kg=None, now=moment.at)
    dues, alarms = _asked_for(until, session, rules, now=moment.at)
    return Known(
        at=moment.at,
        session=session,
        rows=tuple(_rows(sheet, entries, moment)),
        events=sheet.events,
        dues=dues,
        alarms=alarms,
        charted=charted(until),
        limits_version=rules.limits.version,
    )


def _asked_for(
    until: Sequence[Entry], session: Session, rules: Rules, *, now: datetime
) -> tuple[tuple[Due, ...], tuple[Alarm, ...]]:
    """What was due and what stood: as `clinic.monitoring.selectors.watch` asks for a running session."""
    if session.stage not in IN_ROOM:
        return (), ()
    vitals = fold_vitals(until, encounter_id=session.encounter_id)
    plan = rules.cadences.of(session.product, rules.jurisdiction)
    dues = all_due(session, last_times(vitals), plan, now=now, needs=rules.needs)
    ordered = tuple(sorted(dues, key=lambda due: due.at))
    return ordered, alarm_conditions(vitals, rules.limits, dues=ordered, now=now)


def _rows(sheet: Flowsheet, entries: Sequence[Entry], moment: Moment) -> Iterable[KnownRow]:
    successors = {entry.supersedes: entry for entry in entries if entry.supersedes is not None}
    for (name, unit, read), row in zip(ROWS, sheet.rows, strict=True):
        values = [
            KnownValue(
                cell=cell,
                new=cell.entry_id == moment.entry.id,
                later=None if cell.struck else _later(cell, successors, read),
            )
            for cell in reversed(row.cells)
        ]
        if values:
            yield KnownRow(name=name, unit=unit, values=tuple(values))


def _later(cell: Cell, successors: Mapping[UUID, Entry], read: Read) -> Later | None:
    """The last word on a value, where it is another than this one."""
    newest, entry_id = None, cell.entry_id
    while (following := successors.get(entry_id)) is not None:
        newest, entry_id = following, following.id
    if newest is None:
        return None
    told = read(newest)
    text = told[0] if told is not None else ""
    if text == cell.text:
        return None
    return Later(text=text, by=newest.recorded_by.name, at=newest.recorded_at, reason=newest.reason)


def charted(entries: Iterable[Entry]) -> tuple[Charted, ...]:
    """Who recorded, the one who recorded last first."""
    counts: dict[str, Charted] = {}
    for entry in sorted(entries, key=lambda entry: entry.position):
        name = entry.recorded_by.name
        before = counts[name].entries if name in counts else 0
        counts[name] = Charted(name=name, entries=before + 1, last_at=entry.recorded_at)
    return tuple(sorted(counts.values(), key=lambda one: one.last_at, reverse=True))
