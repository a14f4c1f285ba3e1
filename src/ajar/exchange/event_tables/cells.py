"""The rows of an event table, one at a time, and numbers out of their cells."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from ajar.exchange.event_tables.columns import (
    ALIASES,
    BETWEEN_MEDICINES,
    MISSING,
    NO_MEDICINE,
    REQUIRED,
    BadEventTable,
    Column,
)
from ajar.exchange.event_tables.header import Declared, declared_by, word_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Where each column stands, what the top of the table says, and the columns without a meaning here."""

    places: Mapping[Column, int]
    width: int
    declared: Declared
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its number in the file and its cells."""

    number: int
    cells: Sequence[str]
    heading: Heading

    def text(self, column: Column) -> str | None:
        """What the cell holds, None for nothing or where there is no such column."""
        place = self.heading.places.get(column)
        if place is None:
            return None
        cell = self.cells[place].strip()
        return None if cell in MISSING else cell

    def refuse(self, column: Column, expected: str) -> BadEventTable:
        """What to raise when this cell is not what was expected."""
        cell = self.text(column)
        found = "nothing" if cell is None else repr(cell[:40])
        return BadEventTable(row=self.number, column=column, expected=expected, found=found)

    def number_in(self, column: Column) -> float | None:
        """A finite number, None for nothing.

        Raises:
            BadEventTable: the cell is no finite number.
        """
        cell = self.text(column)
        if cell is None:
            return None
        try:
            value = float(cell) if "_" not in cell else float("nan")
        except ValueError:
            raise self.refuse(column, "a number, or . for nothing") from None
        if not isfinite(value):
            raise self.refuse(column, "a finite number, or . for nothing")
        return value

    def whole_in(self, column: Column) -> int | None:
        """A whole number, None for nothing.

        Raises:
            BadEventTable: the cell is no whole number.
        """
        value = self.number_in(column)
        if value is None:
            return None
        if not value.is_integer():
            raise self.refuse(column, "a whole number")
        return int(value)

    def word_in(self, column: Column) -> StrEnum | None:
        """A word or its code, None for nothing.

        Raises:
            BadEventTable: the column does not know it.
        """
        cell = self.text(column)
        if cell is None:
            return None
        return word_of(self.number, column, cell, self.heading.declared.codes)

    def words_in(self, column: Column) -> frozenset[StrEnum] | None:
        """Several words or codes, which may be none; None for nothing.

        Raises:
            BadEventTable: the column does not know one of them.
        """
        cell = self.text(column)
        if cell is None:
            return None
        if cell.upper() == NO_MEDICINE:
            return frozenset()
        codes = self.heading.declared.codes
        parts = [part.strip() for part in cell.split(BETWEEN_MEDICINES)]
        return frozenset(word_of(self.number, column, part, codes) for part in parts)

    def flag_in(self, column: Column) -> bool | None:
        """0 or 1, None for nothing.

        Raises:
            BadEventTable: the cell is neither.
        """
        value = self.number_in(column)
        if value is None:
            return None
        if value not in (0.0, 1.0):
            raise self.refuse(column, "0 or 1")
        return value == 1.0


def rows_of(lines: Iterable[str], *, declared: Declared | None = None) -> Iterator[Row]:
    """Every row under the heading, read as it is asked for. `declared` replaces what the top would say.

    Raises:
        BadEventTable: no heading, columns that are missing or doubled, a row of another width, or no CSV.
    """
    numbered = enumerate(lines, start=1)
    comments: list[tuple[int, str]] = []
    for number, line in numbered:
        if line.lstrip("\ufeff").startswith("#"):
            comments.append((number, line.lstrip("\ufeff")))
        elif line.strip():
            break
    else:
        raise BadEventTable(row=1, column="ID", expected="a heading with column names", found="none")
    said = declared_by(comments) if declared is None else declared
    heading = _heading(number, next(csv.reader([line.lstrip("\ufeff")])), said)
    table = csv.reader((line for _, line in numbered), strict=True)
    try:
        for cells in table:
            if cells:
                row = number + table.line_num
                if len(cells) != heading.width:
                    raise BadEventTable(
                        row=row, column="ID", expected=f"{heading.width} cells", found=f"{len(cells)}"
                    )
                yield Row(number=row, cells=cells, heading=heading)
    except csv.Error as problem:
        raise BadEventTable(
            row=number + table.line_num, column="ID", expected="cells separated by commas", found=str(problem)
        ) from None


def _heading(row: int, names: Sequence[str], declared: Declared) -> Heading:
    places: dict[Column, int] = {}
    ignored = []
    for place, text in enumerate(names):
        name = text.strip().upper()
        known = ALIASES.get(name) or (Column(name) if name in set(Column) else None)
        if known is None:
            ignored.append(text.strip())
        elif known in places:
            raise BadEventTable(row=row, column=known, expected="one such column", found="two")
        else:
            places[known] = place
    for column in REQUIRED:
        if column not in places:
            raise BadEventTable(row=row, column=column, expected="this column", found="no such column")
    return Heading(places=places, width=len(names), declared=declared, ignored=tuple(ignored))
