"""An event table as subjects: who, what was given in which sessions, and what was measured.

Subjects are read one at a time, so that a table may be longer than the memory. Their rows must stand
together and never go back in time.

Where tools differ, this is what holds here, and a test stands for each line:

- A dose and an observation at the same time: whichever row comes first, the dose is given first. No
  concentration of the models jumps at a dose, so that this changes no level.
- A covariate is one value a subject. It may stand in any of the subject's rows and holds for all of them,
  which NONMEM's way (the next value backwards) and rxode2's (the last value forwards) both give. A value
  that changes within a subject is refused.
- ADDL is written out before doses are put in order, so that added doses may fall between later rows.
- A session ends where OCC changes, or where the next dose starts 12 h or more after the last.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from math import isfinite
from typing import Final

from ajar.exchange.event_tables.cells import Row, rows_of
from ajar.exchange.event_tables.columns import LATEST_H, BadEventTable, Column, Evid
from ajar.exchange.event_tables.doses import doses_in, route_in
from ajar.exchange.event_tables.header import Declared
from ajar.exchange.event_tables.people import person_in
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import DosingEvent, DosingSession, Regimen

SESSION_GAP_H: Final = 12.0
"""Doses that start this far apart belong to two visits (a choice; no visit lasts so long)."""


class Censoring(StrEnum):
    """Whether a value is known, or only on which side of DV it lies."""

    NONE = "measured"
    BELOW = "below the limit"
    ABOVE = "above the limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One value of one output at one time; None where nothing was measured (MDV 1).

    `lowest` bounds a value that is only known to be below: it is not below this.
    """

    time_h: float
    output: str
    value: float | None
    censoring: Censoring = Censoring.NONE
    lowest: float | None = None

    def __post_init__(self) -> None:
        for number in (self.time_h, self.value, self.lowest):
            if number is not None and not isfinite(number):
                raise ValueError(f"An observation is made of finite numbers, got {number}.")
        if self.value is None and self.censoring is not Censoring.NONE:
            raise ValueError(f"What was not measured is not {self.censoring}.")
        if self.lowest is not None and (
            self.value is None or self.censoring is not Censoring.BELOW or self.lowest >= self.value
        ):
            raise ValueError(f"Only a value below its limit has a lowest one under it, got {self.lowest}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One person of a table. `regimen` is None where no dose was given."""

    id: str
    person: Person
    regimen: Regimen | None
    observations: tuple[Observation, ...]

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise ValueError("A subject has an ID.")
        if any(later.time_h < earlier.time_h for earlier, later in pairwise(self.observations)):
            raise ValueError(f"The observations of subject {self.id} come in order of time.")


def subjects_of(lines: Iterable[str], *, declared: Declared | None = None) -> Iterator[Subject]:
    """The subjects of a table, each as soon as its last row is read.

    `declared` says what the comments at the top otherwise have to.

    Raises:
        BadEventTable: naming the row, the column, what was expected and what was found.
    """
    seen: set[str] = set()
    for identity, rows in groupby(rows_of(lines, declared=declared), key=_identity):
        together = list(rows)
        if identity in seen:
            raise together[0].refuse(Column.ID, "the rows of one ID to stand together; this one was closed")
        seen.add(identity)
        yield _subject(identity, together)


def _identity(row: Row) -> str:
    identity = row.text(Column.ID)
    if identity is None:
        raise row.refuse(Column.ID, "whose row this is")
    return identity


def _subject(identity: str, rows: Sequence[Row]) -> Subject:
    doses: list[tuple[DosingEvent, int | None]] = []
    observations: list[Observation] = []
    last_h = 0.0
    for row in rows:
        last_h = _time_h(row, last_h)
        match _evid(row):
            case Evid.DOSE:
                _refuse_measured(row)
                occasion = row.whole_in(Column.OCC)
                doses += [(event, occasion) for event in doses_in(row, last_h)]
            case Evid.OBSERVATION:
                observations.append(_observation(row, last_h))
            case _:
                pass
    return Subject(
        id=identity, person=person_in(rows), regimen=_regimen(rows, doses), observations=tuple(observations)
    )


def _time_h(row: Row, last_h: float) -> float:
    time_h = row.number_in(Column.TIME)
    if time_h is None or not 0 <= time_h <= LATEST_H:
        raise row.refuse(Column.TIME, f"a time from 0 to {LATEST_H:g} h")
    if time_h < last_h:
        raise row.refuse(Column.TIME, f"{last_h:g} h or later: the times of a subject never fall")
    return time_h


def _evid(row: Row) -> Evid:
    evid = row.whole_in(Column.EVID)
    if evid in (Evid.RESET, Evid.RESET_AND_DOSE):
        raise row.refuse(Column.EVID, "0, 1 or 2: a reset starts somebody over, so give it an ID of its own")
    if evid not in (Evid.OBSERVATION, Evid.DOSE, Evid.OTHER):
        raise row.refuse(Column.EVID, "0 observation, 1 dose or 2 other")
    return Evid(evid)


def _refuse_measured(row: Row) -> None:
    if row.flag_in(Column.MDV) is False:
        raise row.refuse(Column.MDV, "1: a dose row holds no measurement")


def _observation(row: Row, time_h: float) -> Observation:
    route_in(row)  # an unknown compartment is an error here too; what was measured is said by DVID
    if row.number_in(Column.AMT):
        raise row.refuse(Column.AMT, "0 or . on an observation (EVID 0)")
    output = _output(row)
    if row.flag_in(Column.MDV):
        return Observation(time_h=time_h, output=output, value=None)
    value = row.number_in(Column.DV)
    if value is None:
        raise row.refuse(Column.DV, "a value, or MDV 1 where nothing was measured")
    censoring = _censoring(row)
    lowest = row.number_in(Column.LIMIT)
    if lowest is not None and not (censoring is Censoring.BELOW and lowest < value):
        raise row.refuse(Column.LIMIT, "., or with CENS 1 a number below DV")
    return Observation(time_h=time_h, output=output, value=value, censoring=censoring, lowest=lowest)


def _output(row: Row) -> str:
    measured = row.heading.declared.measured
    stated = row.whole_in(Column.DVID)
    if stated is None and len(measured) == 1:
        return next(iter(measured.values()))
    if stated is None or stated not in measured:
        known = ", ".join(f"{number} {name}" for number, name in measured.items()) or "none"
        raise row.refuse(Column.DVID, f"an output that the top of the table names ('# DV 1: …'): {known}")
    return measured[stated]


def _censoring(row: Row) -> Censoring:
    cens = row.whole_in(Column.CENS) or 0
    known = {0: Censoring.NONE, 1: Censoring.BELOW, -1: Censoring.ABOVE}
    if cens not in known:
        raise row.refuse(Column.CENS, "0, 1 (below DV) or -1 (above DV)")
    return known[cens]


def _regimen(rows: Sequence[Row], doses: list[tuple[DosingEvent, int | None]]) -> Regimen | None:
    if not doses:
        return None
    doses.sort(key=lambda dose: dose[0].start_h)
    sessions = [[doses[0][0]]]
    for (before, earlier), (event, occasion) in pairwise(doses):
        if occasion != earlier or event.start_h - before.start_h >= SESSION_GAP_H:
            sessions.append([])
        sessions[-1].append(event)
    try:
        return Regimen(sessions=tuple(DosingSession(events=tuple(events)) for events in sessions))
    except ValueError as problem:
        raise BadEventTable(
            row=rows[0].number,
            column=Column.OCC,
            expected="occasions one after the other",
            found=str(problem),
        ) from None
