"""Recordings as CSV: `elapsed_s` and one column for each vital sign, headed "NAME [unit]".

    elapsed_s,HR [bpm],RESP [pm],SpO2 [%],NBPSys [mmHg],NBPDias [mmHg]
    0,62.8,12.7,98,120,72
    60,61.1,12.2,0,,

`elapsed_s` counts seconds from the start. Names: HR, PULSE, RESP, SpO2, ABPSys, ABPDias, ABPMean
(arterial line), NBPSys, NBPDias, NBPMean (cuff). A zero or an empty cell is a drop-out, except that an
empty cuff cell means that the cuff did not measure then. Other columns are named and ignored.
"""

import csv
import re
from collections.abc import Iterable
from math import isfinite
from typing import Final

from ajar.exchange.recordings.rows import (
    UNITS,
    BadRecording,
    Channel,
    Recording,
    recording,
)

TIME: Final = "elapsed_s"
_HEADING: Final = re.compile(r"(?P<name>\w+) \[(?P<unit>[^\]]+)\]")


def read_csv(lines: Iterable[str]) -> Recording:
    """Read a recording from the lines of a CSV file.

    Raises:
        BadRecording: another first column, a unit that does not fit, a cell that is no number, or
            rows out of order.
    """
    try:
        table = [row for row in csv.reader(lines, strict=True) if row]
    except csv.Error as problem:
        raise BadRecording(f"The file is not CSV: {problem}.") from None
    if not table or table[0][0] != TIME:
        raise BadRecording(f"Expected a CSV file whose first column is {TIME!r}.")
    headings = table[0]
    columns = {place: channel for place, text in enumerate(headings) if (channel := _channel(text))}
    if not columns:
        raise BadRecording("No column holds a vital sign; expected one such as 'HR [bpm]'.")
    ignored = tuple(text for place, text in enumerate(headings) if place and place not in columns)
    samples = [_sample(row, number, columns, len(headings)) for number, row in enumerate(table[1:], start=2)]
    return recording(samples, ignored)


def _channel(heading: str) -> Channel | None:
    found = _HEADING.fullmatch(heading.strip())
    if found is None or found["name"] not in set(Channel):
        return None
    channel = Channel(found["name"])
    if found["unit"] != UNITS[channel]:
        raise BadRecording(f"Column {heading!r}: expected the unit {UNITS[channel]}.")
    return channel


def _sample(
    row: list[str], number: int, columns: dict[int, Channel], width: int
) -> tuple[float, dict[Channel, float | None]]:
    if len(row) != width:
        raise BadRecording(f"Row {number} has {len(row)} cells; expected {width}.")
    elapsed_s = _number(row[0], number)
    if elapsed_s is None:
        raise BadRecording(f"Row {number} has no time.")
    return elapsed_s, {channel: _number(row[place], number) for place, channel in columns.items()}


def _number(cell: str, number: int) -> float | None:
    if not cell.strip():
        return None
    try:
        value = float(cell)
    except ValueError:
        raise BadRecording(f"Row {number}: expected a number, got {cell[:40]!r}.") from None
    if not isfinite(value) or value < 0:
        raise BadRecording(f"Row {number}: expected a number from 0 up, got {cell[:40]!r}.")
    return value
