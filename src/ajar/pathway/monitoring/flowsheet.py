"""The flowsheet: a session's entries along one time axis, in columns of five minutes.

Nothing is hidden: a corrected value keeps the old one beside it with the reason, what was entered late
keeps both its times, a gap stays a gap. Drug rows carry the running total in mg and mg/kg.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final
from uuid import UUID

from ajar.pathway.dosing.entries import Act, PatientMoved
from ajar.pathway.dosing.moving import move_words
from ajar.pathway.dosing.session import DrugAct, Session, infused_mg
from ajar.pathway.ledger.entry import Entry, Source, effective, history_of
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.monitoring.entries import EventNoted
from ajar.pathway.observations.vitals import (
    DissociationRated,
    SedationRated,
    SignalLost,
    VitalsMeasured,
)

COLUMN: Final = timedelta(minutes=5)
LATE_AFTER: Final = timedelta(minutes=2)
"""Entered this long after it was measured, an observation shows both times (design default)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """A value that was corrected or taken back: who had recorded it, who replaced it, when and why."""

    text: str
    by: str
    reason: str
    replaced_by: str
    replaced_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One observation in one row: what, when, by whom, and what it replaced."""

    text: str
    numbers: tuple[float, ...]
    at: datetime
    recorded_at: datetime
    by: str
    source: Source
    entry_id: UUID
    old: tuple[Old, ...] = ()
    struck: bool = False

    @property
    def late(self) -> bool:
        """Was it entered clearly after it was measured?"""
        return self.recorded_at - self.at > LATE_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One signal over the session, in order of measurement."""

    name: str
    unit: str
    cells: tuple[Cell, ...]

    def in_column(self, column: "Column") -> tuple[Cell, ...]:
        """The observations of these five minutes."""
        return tuple(cell for cell in self.cells if column.starts_at <= cell.at < column.ends_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Five minutes."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugPoint:
    """One act with the drug and the running total up to it."""

    at: datetime
    act: Act | None  # None: the end of the dose
    amount_mg: float | None
    rate_mg_per_h: float | None
    running_mg: float
    running_mg_per_kg: float | None
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """An event with its number on the chart; one that was taken back keeps its number, struck.

    `noted`: someone noted it, and may correct it; a move to another room is followed by another move.
    """

    number: int
    at: datetime
    text: str
    by: str
    entry_id: UUID
    old: tuple[Old, ...] = ()
    struck: bool = False
    noted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A device showed nothing for a signal at this moment."""

    signal: str
    at: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flowsheet:
    """The whole session."""

    columns: tuple[Column, ...]
    drug: tuple[DrugPoint, ...]
    rows: tuple[Row, ...]
    events: tuple[Numbered, ...]
    gaps: tuple[Gap, ...]
    first_dose_at: datetime | None

    def row(self, name: str) -> Row:
        """A row by its name."""
        return next(row for row in self.rows if row.name == name)


Read = Callable[[Entry], tuple[str, tuple[float, ...]] | None]


def flowsheet(
    entries: Sequence[Entry], session: Session, *, weight_kg: float | None, now: datetime
) -> Flowsheet:
    """The flowsheet that these entries of one encounter tell."""
    standing = effective(entries)
    rows = tuple(
        Row(name=name, unit=unit, cells=_cells(entries, standing, read)) for name, unit, read in ROWS
    )
    events = _events(entries, standing)
    drug = drug_points(session, weight_kg=weight_kg, now=now)
    moments = [
        *(cell.at for row in rows for cell in row.cells),
        *(event.at for event in events),
        *(point.at for point in drug),
    ]
    return Flowsheet(
        columns=columns_over(moments, session, now=now),
        drug=drug,
        rows=rows,
        events=events,
        gaps=tuple(_gaps(standing)),
        first_dose_at=session.first_dose_at,
    )


def columns_over(moments: Iterable[datetime], session: Session, *, now: datetime) -> tuple[Column, ...]:
    """Whole columns from the first thing recorded to the last, or to now while the session runs.

    Columns count from the first dose, so that 40 and 120 minutes fall on an edge.
    """
    known = sorted(moments)
    ends_at = max([*known, session.closed_at or now]) if known else now
    anchor = session.first_dose_at or session.arrived_at or ends_at
    start = min([*known, anchor])
    before = -(-(anchor - start) // COLUMN)
    after = max((ends_at - anchor) // COLUMN + 1, 1)
    edges = [anchor + COLUMN * step for step in range(-before, after)]
    return tuple(Column(starts_at=edge, ends_at=edge + COLUMN) for edge in edges)


def drug_points(session: Session, *, weight_kg: float | None, now: datetime) -> tuple[DrugPoint, ...]:
    """Every act with the drug, with the total given up to and including it."""
    points = [_point(session, act, weight_kg) for act in session.acts]
    if session.dose_ended_at is not None:
        total_mg = session.given_mg(now=now)
        points.append(
            DrugPoint(
                at=session.dose_ended_at,
                act=None,
                amount_mg=None,
                rate_mg_per_h=None,
                running_mg=total_mg,
                running_mg_per_kg=_per_kg(total_mg, weight_kg),
                because="",
            )
        )
    return tuple(points)


def _point(session: Session, act: DrugAct, weight_kg: float | None) -> DrugPoint:
    so_far = tuple(one for one in session.acts if one.at <= act.at)
    running_mg = sum(one.given.amount_mg or 0.0 for one in so_far) + infused_mg(so_far, until=act.at)
    return DrugPoint(
        at=act.at,
        act=act.given.act,
        amount_mg=act.given.amount_mg,
        rate_mg_per_h=act.given.rate_mg_per_h,
        running_mg=running_mg,
        running_mg_per_kg=_per_kg(running_mg, weight_kg),
        because=act.given.because,
    )


def _per_kg(amount_mg: float, weight_kg: float | None) -> float | None:
    return amount_mg / weight_kg if weight_kg else None


def _cells(entries: Sequence[Entry], standing: Sequence[Entry], read: Read) -> tuple[Cell, ...]:
    cells = [_cell(entry, said, entries, read) for entry in standing if (said := read(entry)) is not None]
    cells += _taken_back(entries, read)
    return tuple(sorted(cells, key=lambda cell: cell.at))


def _cell(entry: Entry, said: tuple[str, tuple[float, ...]], entries: Sequence[Entry], read: Read) -> Cell:
    return Cell(
        text=said[0],
        numbers=said[1],
        at=entry.happened_at,
        recorded_at=entry.recorded_at,
        by=entry.recorded_by.name,
        source=entry.source,
        entry_id=entry.id,
        old=_old(entry, entries, read),
    )


def _old(entry: Entry, entries: Sequence[Entry], read: Read) -> tuple[Old, ...]:
    """What a value replaced, newest first, each with the reason of the correction that replaced it."""
    if entry.supersedes is None:
        return ()
    chain = [entry, *history_of(entry, entries)]
    return tuple(
        _replaced(said[0], older, newer)
        for newer, older in pairwise(chain)
        if (said := read(older)) is not None and said != read(newer)
    )


def _replaced(text: str, older: Entry, newer: Entry) -> Old:
    return Old(
        text=text,
        by=older.recorded_by.name,
        reason=newer.reason,
        replaced_by=newer.recorded_by.name,
        replaced_at=newer.recorded_at,
    )


def _taken_back(entries: Sequence[Entry], read: Read) -> list[Cell]:
    """Values entered in error: gone from every rule, but still to be seen, struck."""
    by_id: Mapping[UUID, Entry] = {entry.id: entry for entry in entries}
    struck = []
    for entry in entries:
        wrong = by_id.get(entry.supersedes) if entry.supersedes else None
        if isinstance(entry.payload, EnteredInError) and wrong is not None and (said := read(wrong)):
            old = _replaced(said[0], wrong, entry)
            struck.append(
                Cell(
                    text=said[0],
                    numbers=(),
                    at=wrong.happened_at,
                    recorded_at=entry.recorded_at,
                    by=entry.recorded_by.name,
                    source=wrong.source,
                    entry_id=wrong.id,
                    old=(old,),
                    struck=True,
                )
            )
    return struck


def _events(entries: Sequence[Entry], standing: Sequence[Entry]) -> tuple[Numbered, ...]:
    moves = {entry.id for entry in entries if isinstance(entry.payload, PatientMoved)}
    return tuple(
        Numbered(
            number=number,
            at=cell.at,
            text=cell.text,
            by=cell.by,
            entry_id=cell.entry_id,
            old=cell.old,
            struck=cell.struck,
            noted=cell.entry_id not in moves,
        )
        for number, cell in enumerate(_cells(entries, standing, _happened), start=1)
    )


def _happened(entry: Entry) -> tuple[str, tuple[float, ...]] | None:
    match entry.payload:
        case EventNoted() | PatientMoved() as happened:
            return event_words(happened), ()
    return None


def event_words(payload: EventNoted | PatientMoved) -> str:
    """'Nausea, mild: antiemetic given', or where the patient was moved to."""
    if isinstance(payload, PatientMoved):
        return move_words(payload)
    severity = f", {payload.severity}" if payload.severity else ""
    rest = "; ".join(words for words in (payload.action, payload.note) if words)
    return f"{payload.event.capitalize()}{severity}" + (f": {rest}" if rest else "")


def _gaps(standing: Iterable[Entry]) -> Iterable[Gap]:
    for entry in standing:
        if isinstance(entry.payload, SignalLost):
            for lost in entry.payload.lost:
                yield Gap(signal=lost.vital_sign, at=entry.happened_at, because=lost.because)


def _pressure(entry: Entry) -> tuple[str, tuple[float, ...]] | None:
    if not isinstance(entry.payload, VitalsMeasured):
        return None
    high, low = entry.payload.systolic_mmhg, entry.payload.diastolic_mmhg
    return None if high is None or low is None else (f"{high:g}/{low:g}", (high, low))


def _vital(name: str) -> Read:
    def read(entry: Entry) -> tuple[str, tuple[float, ...]] | None:
        if not isinstance(entry.payload, VitalsMeasured):
            return None
        value = entry.payload.values().get(name)
        return None if value is None else (f"{value:g}", (value,))

    return read


def _sedation(entry: Entry) -> tuple[str, tuple[float, ...]] | None:
    match entry.payload:
        case SedationRated(moaa_s=score):
            return str(score), (float(score),)
    return None


def _dissociation(entry: Entry) -> tuple[str, tuple[float, ...]] | None:
    match entry.payload:
        case DissociationRated() as rated:
            distress = ", distress" if rated.distress else ""
            return f"{rated.total}{distress}", (float(rated.total),)
    return None


ROWS: Final[tuple[tuple[str, str, Read], ...]] = (
    ("Blood pressure", "mmHg", _pressure),
    ("Heart rate", "/min", _vital("heart_rate_bpm")),
    ("SpO2", "%", _vital("spo2_percent")),
    ("Respiratory rate", "/min", _vital("respiratory_rate_per_min")),
    ("Sedation", "MOAA/S, 5 = alert", _sedation),
    ("Dissociation", "CADSS-6, 0–24", _dissociation),
)
