"""What a recording says: at each moment what was measured, and what dropped out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from math import inf
from typing import Final


class Channel(StrEnum):
    """A recorded vital sign, under the name that monitors and PhysioNet records give it."""

    HEART_RATE = "HR"
    PULSE = "PULSE"
    RESPIRATION = "RESP"
    SPO2 = "SpO2"
    ARTERIAL_SYSTOLIC = "ABPSys"
    ARTERIAL_DIASTOLIC = "ABPDias"
    ARTERIAL_MEAN = "ABPMean"
    CUFF_SYSTOLIC = "NBPSys"
    CUFF_DIASTOLIC = "NBPDias"
    CUFF_MEAN = "NBPMean"


UNITS: Final[Mapping[Channel, str]] = {
    Channel.HEART_RATE: "bpm",
    Channel.PULSE: "bpm",
    Channel.RESPIRATION: "pm",
    Channel.SPO2: "%",
    Channel.ARTERIAL_SYSTOLIC: "mmHg",
    Channel.ARTERIAL_DIASTOLIC: "mmHg",
    Channel.ARTERIAL_MEAN: "mmHg",
    Channel.CUFF_SYSTOLIC: "mmHg",
    Channel.CUFF_DIASTOLIC: "mmHg",
    Channel.CUFF_MEAN: "mmHg",
}

INTERMITTENT: Final = frozenset({Channel.CUFF_SYSTOLIC, Channel.CUFF_DIASTOLIC, Channel.CUFF_MEAN})
"""Measured now and then: no value in between is no drop-out."""


class BadRecording(ValueError):
    """The file is not a recording this program reads; says what was expected and where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One moment of a recording: seconds since its start, values, and channels that dropped out."""

    elapsed_s: float
    measured: Mapping[Channel, float]
    dropped: frozenset[Channel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Rows in order of time; `ignored` names columns or signals without a place here.

    A channel that never carries a value in the whole recording was not connected: it is in
    `unconnected`, not in every row's drop-outs.
    """

    rows: tuple[Row, ...]
    unconnected: frozenset[Channel]
    ignored: tuple[str, ...]


def recording(
    samples: list[tuple[float, dict[Channel, float | None]]], ignored: tuple[str, ...]
) -> Recording:
    """Sort samples into measurements and drop-outs. A zero is a drop-out, for no living vital sign is zero.

    Raises:
        BadRecording: no rows, or a row that is not later than the one before it.
    """
    if not samples:
        raise BadRecording("The recording has no rows.")
    for (before, _), (after, _) in pairwise(samples):
        if not before < after:
            raise BadRecording(f"Time must rise from row to row; {after:g} s follows {before:g} s.")
    channels = set(samples[0][1])
    unconnected = frozenset(
        channel for channel in channels if not any(values[channel] for _, values in samples)
    )
    rows = tuple(_row(elapsed_s, values, unconnected) for elapsed_s, values in samples)
    return Recording(rows=rows, unconnected=unconnected, ignored=ignored)


def _row(
    elapsed_s: float,
    values: dict[Channel, float | None],
    unconnected: frozenset[Channel],
) -> Row:
    measured = {channel: value for channel, value in values.items() if value}
    dropped = frozenset(
        channel
        for channel, value in values.items()
        if not value and channel not in unconnected and not (value is None and channel in INTERMITTENT)
    )
    return Row(elapsed_s=elapsed_s, measured=measured, dropped=dropped)


def excerpt(whole: Recording, *, start_min: float, minutes: float | None) -> Recording:
    """The rows from `start_min` on, for `minutes` or to the end; what never measures there is unconnected.

    Raises:
        BadRecording: no row lies in that time.
    """
    from_s = start_min * 60
    until_s = inf if minutes is None else from_s + minutes * 60
    rows = [row for row in whole.rows if from_s <= row.elapsed_s < until_s]
    if not rows:
        last_min = whole.rows[-1].elapsed_s / 60
        raise BadRecording(f"No row lies in that time; the recording runs from 0 to {last_min:g} minutes.")
    alive = frozenset(channel for row in rows for channel in row.measured)
    silent = frozenset(channel for row in rows for channel in row.dropped) - alive
    return Recording(
        rows=tuple(replace(row, dropped=row.dropped & alive) for row in rows),
        unconnected=whole.unconnected | silent,
        ignored=whole.ignored,
    )
