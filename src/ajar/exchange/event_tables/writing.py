"""Subjects as an event table that NONMEM, Monolix and mrgsolve take, and that this program reads back."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final

from ajar.exchange.event_tables.columns import (
    BETWEEN_MEDICINES,
    COMPARTMENTS,
    NO_MEDICINE,
    UNITS,
    WORDS,
    Column,
    Evid,
)
from ajar.exchange.event_tables.subjects import SESSION_GAP_H, Censoring, Observation, Subject
from ajar.pharmacology.course import Course
from ajar.pharmacology.person import InteractingMedicine, Person
from ajar.pharmacology.regimen import AfterHold, DosingEvent, DosingSession

COLUMNS: Final = (
    Column.ID,
    Column.TIME,
    Column.EVID,
    Column.AMT,
    Column.DUR,
    Column.CMT,
    Column.DV,
    Column.MDV,
    Column.DVID,
    Column.CENS,
    Column.LIMIT,
    Column.OCC,
    Column.DRUG,
    Column.SPAT,
    Column.WT,
    Column.AGE,
    Column.SEX,
    Column.RACE,
    Column.HTN,
    Column.CYP2B6,
    Column.CHILDPUGH,
    Column.MEDS,
)
STATED: Final = (Column.TIME, Column.AMT, Column.DUR, Column.WT, Column.AGE)
CODES: Final[Mapping[Column, Mapping[StrEnum, int]]] = {
    column: {word: code for code, word in enumerate(words)}
    for column, words in WORDS.items()
    if column is not Column.MEDS
}
"""Words are written as numbers, because NONMEM knows no others; the top of the table explains them. Several
medicines may stand in one cell, and stay words: NONMEM has to drop their column."""

CENS: Final = {Censoring.NONE: "0", Censoring.BELOW: "1", Censoring.ABOVE: "-1"}
NOTHING: Final = "."
_ID: Final = re.compile(r"[\w.-]+")

Cells = Mapping[Column, str]


def subject_of(course: Course, *, identity: str, outputs: Sequence[str]) -> Subject:
    """A simulated course as a subject: its doses, and these outputs at each of its times as observations.

    Raises:
        KeyError: the course has no such output; the message lists those it has.
    """
    curves = {name: course[name] for name in outputs}
    observations = [
        Observation(time_h=float(time_h), output=name, value=float(values[row]))
        for row, time_h in enumerate(course.times_h)
        for name, values in curves.items()
    ]
    return Subject(
        id=identity, person=course.person, regimen=course.regimen, observations=tuple(observations)
    )


def event_table(subjects: Iterable[Subject], *, outputs: Sequence[str]) -> Iterator[str]:
    """The lines of the table, each with its line end. `outputs` are what DVID 1, 2, … measure.

    Raises:
        ValueError: a subject that was measured in another output, whose ID a table cannot hold, or with a
            session whose doses lie so far apart that it would come back as two.
    """
    yield f"# units: {', '.join(f'{column}={UNITS[column]}' for column in STATED)}\n"
    for number, name in enumerate(outputs, start=1):
        yield f"# DV {number}: {name}\n"
    for column, codes in CODES.items():
        yield f"# codes {column}: {', '.join(f'{code}={word.name}' for word, code in codes.items())}\n"
    yield ",".join(COLUMNS) + "\n"
    numbers = {name: number for number, name in enumerate(outputs, start=1)}
    for subject in subjects:
        yield from _lines(subject, numbers)


def _lines(subject: Subject, numbers: Mapping[str, int]) -> Iterator[str]:
    if not _ID.fullmatch(subject.id) or subject.id == NOTHING:
        raise ValueError(f"An ID in an event table is of letters, digits and . _ -, got {subject.id!r}.")
    who = {Column.ID: subject.id, **_person(subject.person)}
    rows = [(event.start_h, 0, _dose(event, occasion)) for event, occasion in _doses(subject)]
    rows += [(seen.time_h, 1, _observation(subject, seen, numbers)) for seen in subject.observations]
    for time_h, _, cells in sorted(rows, key=lambda row: row[:2]):
        said = {Column.TIME: _number(time_h), **who, **cells}
        yield ",".join(said.get(column, NOTHING) for column in COLUMNS) + "\n"


def _doses(subject: Subject) -> Iterator[tuple[DosingEvent, int]]:
    sessions = subject.regimen.sessions if subject.regimen else ()
    for occasion, session in enumerate(sessions, start=1):
        _refuse_scattered(session)
        for event in session.events:
            yield event, occasion


def _refuse_scattered(session: DosingSession) -> None:
    for before, after in pairwise(session.events):
        if after.start_h - before.start_h >= SESSION_GAP_H:
            raise ValueError(
                f"Doses {SESSION_GAP_H:g} h or more apart are two sessions in an event table, "
                f"got {before.start_h:g} h and {after.start_h:g} h in one."
            )


def _dose(event: DosingEvent, occasion: int) -> Cells:
    spat = {AfterHold.SWALLOWED: "0", AfterHold.SPAT_OUT: "1", AfterHold.NOT_HELD: NOTHING}
    return {
        Column.EVID: str(int(Evid.DOSE)),
        Column.AMT: _number(event.amount_mg),
        Column.DUR: _number(event.duration_h),
        Column.CMT: str(COMPARTMENTS[event.route][0]),
        Column.MDV: "1",
        Column.OCC: str(occasion),
        Column.DRUG: str(CODES[Column.DRUG][event.drug]),
        Column.SPAT: spat[event.after_hold],
    }


def _observation(subject: Subject, seen: Observation, numbers: Mapping[str, int]) -> Cells:
    if seen.output not in numbers:
        raise ValueError(
            f"Subject {subject.id} was measured in {seen.output}; the table holds: {', '.join(numbers)}."
        )
    return {
        Column.EVID: str(int(Evid.OBSERVATION)),
        Column.DV: _number(seen.value),
        Column.MDV: "1" if seen.value is None else "0",
        Column.DVID: str(numbers[seen.output]),
        Column.CENS: CENS[seen.censoring],
        Column.LIMIT: _number(seen.lowest),
    }


def _person(person: Person) -> Cells:
    hypertension = {None: NOTHING, False: "0", True: "1"}
    return {
        Column.WT: _number(person.weight_kg),
        Column.AGE: _number(person.age_years),
        Column.SEX: _code(Column.SEX, person.sex),
        Column.RACE: _code(Column.RACE, person.ancestry),
        Column.HTN: hypertension[person.hypertension],
        Column.CYP2B6: _code(Column.CYP2B6, person.cyp2b6),
        Column.CHILDPUGH: _code(Column.CHILDPUGH, person.child_pugh),
        Column.MEDS: _medicines(person.interacting_medicines),
    }


def _code(column: Column, word: StrEnum | None) -> str:
    return NOTHING if word is None else str(CODES[column][word])


def _medicines(medicines: frozenset[InteractingMedicine] | None) -> str:
    if medicines is None:
        return NOTHING
    return BETWEEN_MEDICINES.join(sorted(medicine.name for medicine in medicines)) or NO_MEDICINE


def _number(value: float | None) -> str:
    """Every digit, so that what is read back is what was written."""
    return NOTHING if value is None else repr(float(value))
