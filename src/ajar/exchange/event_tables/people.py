"""The covariates of a subject's rows as a person: one value each, from whichever row says it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from ajar.exchange.event_tables.cells import Row
from ajar.exchange.event_tables.columns import Column
from ajar.pharmacology.person import (
    AGE_DOMAIN_YEARS,
    WEIGHT_DOMAIN_KG,
    Ancestry,
    ChildPugh,
    Cyp2b6,
    InteractingMedicine,
    Person,
    Sex,
)

DOMAINS: Final = {Column.WT: WEIGHT_DOMAIN_KG, Column.AGE: AGE_DOMAIN_YEARS}
COVARIATES: Final = (
    Column.WT,
    Column.AGE,
    Column.SEX,
    Column.RACE,
    Column.HTN,
    Column.CYP2B6,
    Column.CHILDPUGH,
    Column.MEDS,
)

Covariate = float | bool | StrEnum | frozenset[StrEnum]


def person_in(rows: Sequence[Row]) -> Person:
    """The person of a subject's rows.

    Raises:
        BadEventTable: no weight, a value outside the models' domain, or one that changes between rows.
    """
    known: dict[Column, Covariate] = {}
    said: dict[Column, Row] = {}
    for row in rows:
        for column in COVARIATES:
            value = _covariate(row, column)
            if value is None:
                continue
            said.setdefault(column, row)
            first = known.setdefault(column, value)
            if first != value:
                raise row.refuse(column, f"{_shown(first)}, as in a row before: one value a subject")
    return _built({column: said.get(column, rows[0]) for column in COVARIATES})


def _covariate(row: Row, column: Column) -> Covariate | None:
    if column in DOMAINS:
        return row.number_in(column)
    if column is Column.MEDS:
        return row.words_in(column)
    return row.flag_in(column) if column is Column.HTN else row.word_in(column)


def _shown(value: Covariate) -> str:
    return (", ".join(sorted(value)) or "none") if isinstance(value, frozenset) else str(value)


def _built(said: Mapping[Column, Row]) -> Person:
    """The person, each covariate from the row that says it."""
    weight_kg, age_years = _in_domain(said, Column.WT), _in_domain(said, Column.AGE)
    if weight_kg is None:
        raise said[Column.WT].refuse(Column.WT, "a weight in kg in one of the subject's rows")
    words = (Column.SEX, Column.RACE, Column.CYP2B6, Column.CHILDPUGH)
    sex, race, variant, liver = (said[column].word_in(column) for column in words)
    medicines = said[Column.MEDS].words_in(Column.MEDS)
    return Person(
        weight_kg=weight_kg,
        age_years=age_years,
        sex=None if sex is None else Sex(sex),
        ancestry=None if race is None else Ancestry(race),
        hypertension=said[Column.HTN].flag_in(Column.HTN),
        cyp2b6=None if variant is None else Cyp2b6(variant),
        child_pugh=None if liver is None else ChildPugh(liver),
        interacting_medicines=None if medicines is None else frozenset(map(InteractingMedicine, medicines)),
    )


def _in_domain(said: Mapping[Column, Row], column: Column) -> float | None:
    row, (lowest, highest) = said[column], DOMAINS[column]
    value = row.number_in(column)
    if value is not None and not lowest <= value <= highest:
        raise row.refuse(column, f"{lowest:g} to {highest:g}, where the models are known")
    return value
