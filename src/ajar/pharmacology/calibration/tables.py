"""The tables, read from this folder: one CSV file a subject, one row a number."""

import csv
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Final

from ajar.pharmacology.calibration.datum import Computation, Datum, Provenance, Use
from ajar.pharmacology.regimen import Route

TABLES: Final[Mapping[str, str]] = {
    "intravenous": "Into a vein",
    "injection": "Into muscle or under the skin",
    "mouth": "In the mouth: films, lozenges, wafers",
    "oral": "Swallowed",
    "nasal": "In the nose",
    "acute": "Acute effects",
    "outcomes": "Symptoms",
}
"""The tables by name, with what they hold."""

COLUMNS: Final = (
    "id",
    "use",
    "study",
    "route",
    "product",
    "dose",
    "people",
    "site",
    "quantity",
    "time_h",
    "value",
    "low",
    "high",
    "interval",
    "sd",
    "unit",
    "tag",
    "source",
    "scenario",
    "output",
    "reading",
    "models",
    "note",
)
"""The columns of every table. Empty: not in the source, or does not apply."""


def calibration_data() -> dict[str, tuple[Datum, ...]]:
    """Every table with its numbers, in order."""
    folder = files("ajar.pharmacology.calibration")
    return {name: data_in((folder / f"{name}.csv").read_text("utf-8"), table=name) for name in TABLES}


def data_in(text: str, *, table: str) -> tuple[Datum, ...]:
    """The numbers of one table, from its text.

    Raises:
        ValueError: a missing or unknown column, an id twice, or a row that cannot be; says which.
    """
    rows = csv.DictReader(text.splitlines())
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise ValueError(f"Table {table}: the columns are {', '.join(COLUMNS)}; got {rows.fieldnames}.")
    data = tuple(_datum(row, f"Table {table}, line {line}") for line, row in enumerate(rows, start=2))
    _refuse_twins(data, table)
    return data


def _refuse_twins(data: Sequence[Datum], table: str) -> None:
    names = [datum.name for datum in data]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"Table {table}: an id stands once; twice: {', '.join(twice)}.")


def _datum(row: Mapping[str, str], where: str) -> Datum:
    try:
        return Datum(
            name=row["id"],
            use=Use(row["use"]),
            study=row["study"],
            route=Route(row["route"]) if row["route"] else None,
            product=row["product"],
            dose=row["dose"],
            people=int(row["people"]) if row["people"] else None,
            site=row["site"],
            quantity=row["quantity"],
            time_h=_number(row["time_h"]),
            value=float(row["value"]),
            low=_number(row["low"]),
            high=_number(row["high"]),
            interval=row["interval"],
            sd=_number(row["sd"]),
            unit=row["unit"],
            tag=_provenance(row["tag"]),
            source=row["source"],
            computed=_computation(row),
            note=row["note"],
        )
    except ValueError as reason:
        raise ValueError(f"{where}: {reason}") from reason


def _number(text: str) -> float | None:
    return float(text) if text else None


def _provenance(tag: str) -> Provenance:
    if tag not in Provenance.__members__:
        raise ValueError(f"a tag is one of {', '.join(Provenance.__members__)}, got {tag!r}.")
    return Provenance[tag]


def _computation(row: Mapping[str, str]) -> Computation | None:
    if not row["scenario"]:
        return None
    return Computation(
        scenario=row["scenario"],
        output=row["output"],
        reading=row["reading"],
        models=tuple(row["models"].split(";")),
    )
