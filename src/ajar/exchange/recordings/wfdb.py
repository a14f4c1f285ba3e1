"""Recordings in WFDB format 16, as PhysioNet publishes monitor numerics: a .hea text and one .dat file.

Format: physionet.org/physiotools/wag/header-5.htm and signal-5.htm. Samples are 16-bit little-endian,
one after another for each signal; the lowest number means "no sample".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from struct import unpack
from typing import Final

from ajar.exchange.recordings.rows import (
    UNITS,
    BadRecording,
    Channel,
    Recording,
    recording,
)

NO_SAMPLE: Final = -32768
_RECORD: Final = re.compile(
    r"\S+ (?P<signals>\d{1,3}) (?P<per_s>[\d.]+)(?:/\S+)? (?P<samples>\d{1,9})(?: .*)?",
    re.ASCII,
)
_SIGNAL: Final = re.compile(
    r"(?P<file>\S+) 16 (?P<gain>[\d.]+)(?:\((?P<baseline>-?\d{1,6})\))?/(?P<unit>\S+)"
    r" 16 (?P<zero>-?\d{1,6}) -?\d+ (?P<checksum>-?\d{1,6}) 0 (?P<name>\S+)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One signal of the header: how a sample becomes a number, and the sum its samples must have."""

    name: str
    unit: str
    gain: float
    baseline: int
    checksum: int


def read_wfdb(header: str, samples: bytes) -> Recording:
    """Read a recording from the texts of its .hea and the bytes of its .dat file.

    Raises:
        BadRecording: another format, samples missing, or a checksum that does not hold.
    """
    lines = [line for text in header.splitlines() if (line := " ".join(text.split())) and line[0] != "#"]
    record = _RECORD.fullmatch(lines[0]) if lines else None
    if record is None:
        raise BadRecording("Expected a WFDB header whose first line names signals, rate and samples.")
    signals = [_signal(line) for line in lines[1:]]
    per_s, count = _rate(record["per_s"]), int(record["samples"])
    if not signals or len(signals) != int(record["signals"]):
        raise BadRecording(f"The header names {record['signals']} signals and describes {len(signals)}.")
    columns = _columns(signals, samples, count)
    channels = {place: channel for place, one in enumerate(signals) if (channel := _channel(one))}
    rows = [
        (
            round(number / per_s, 3),
            {
                channel: _physical(signals[place], columns[place][number])
                for place, channel in channels.items()
            },
        )
        for number in range(count)
    ]
    ignored = tuple(one.name for place, one in enumerate(signals) if place not in channels)
    return recording(rows, ignored)


def _rate(text: str) -> float:
    per_s = _decimal(text)
    if per_s <= 0:
        raise BadRecording("The sampling rate must be above 0.")
    return per_s


def _decimal(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise BadRecording(f"Expected a number in the header, got {text[:40]!r}.") from None
    if not isfinite(value):
        raise BadRecording(f"Expected a finite number in the header, got {text[:40]!r}.")
    return value


def _signal(line: str) -> Signal:
    found = _SIGNAL.fullmatch(line)
    if found is None:
        raise BadRecording(f"Expected a signal in format 16, got {line[:60]!r}.")
    gain = _decimal(found["gain"])
    if gain <= 0:
        raise BadRecording(f"Signal {found['name']!r} has no gain.")
    return Signal(
        name=found["name"],
        unit=found["unit"],
        gain=gain,
        baseline=int(found["baseline"] or found["zero"]),
        checksum=int(found["checksum"]),
    )


def _columns(signals: Sequence[Signal], samples: bytes, count: int) -> list[tuple[int, ...]]:
    expected = 2 * count * len(signals)
    if len(samples) != expected:
        raise BadRecording(f"The sample file has {len(samples)} bytes; the header says {expected}.")
    numbers = unpack(f"<{count * len(signals)}h", samples)
    columns = [numbers[place :: len(signals)] for place in range(len(signals))]
    for one, column in zip(signals, columns, strict=True):
        if (sum(column) - one.checksum) % 65536:
            raise BadRecording(f"The samples of {one.name!r} do not match their checksum.")
    return columns


def _channel(signal: Signal) -> Channel | None:
    if signal.name not in set(Channel):
        return None
    channel = Channel(signal.name)
    if signal.unit != UNITS[channel]:
        raise BadRecording(
            f"Signal {signal.name!r}: expected the unit {UNITS[channel]}, got {signal.unit!r}."
        )
    return channel


def _physical(signal: Signal, sample: int) -> float | None:
    if sample == NO_SAMPLE:
        return None
    return round((sample - signal.baseline) / signal.gain, 4)
