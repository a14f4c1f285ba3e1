"""From single device readings to sets of vital signs: one set for each moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ajar.exchange.hl7v2.outcome import Left, VitalSet
from ajar.exchange.vitalcodes import VitalCode
from ajar.pathway.observations.vitals import (
    BOUNDS,
    Implausible,
    Lost,
    TakenBy,
    VitalsMeasured,
)

SYSTOLIC: Final = "systolic_mmhg"
DIASTOLIC: Final = "diastolic_mmhg"
PRESSURE: Final = (SYSTOLIC, DIASTOLIC)
ALONE: Final = "it came without its other number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One observation: its value in the chart's unit, or None and why there is none.

    `channel` is the measuring part of the device it comes from; two cuffs on one device have two.
    """

    code: VitalCode
    field: str
    happened_at: datetime
    value: float | None
    because: str
    channel: str = ""

    @property
    def origin(self) -> tuple[int, str]:
        """The source of a pressure: both of its numbers come from the same."""
        return self.code.rank, self.channel


def vital_sets(
    readings: Sequence[Reading], *, device_id: str
) -> tuple[tuple[VitalSet, ...], tuple[Left, ...]]:
    """The readings as sets in order of time, and what was left because a better source told the same."""
    sets: list[VitalSet] = []
    left: list[Left] = []
    at: dict[datetime, list[Reading]] = {}
    for reading in readings:
        at.setdefault(reading.happened_at, []).append(reading)
    for moment, together in sorted(at.items()):
        chosen = _chosen(together)
        sets.append(_set(moment, chosen, device_id))
        left.extend(
            _left(reading) for reading in together if reading not in chosen and reading.value is not None
        )
    return tuple(sets), tuple(left)


def _left(reading: Reading) -> Left:
    return Left(
        code=reading.code.name,
        because=f"another {BOUNDS[reading.field].name} was taken at this moment",
    )


def _chosen(together: Sequence[Reading]) -> list[Reading]:
    """For each vital sign the reading of the best source; pressures only as a pair of one source."""
    best = [
        _best([reading for reading in together if reading.field == field])
        for field in dict.fromkeys(reading.field for reading in together)
        if field not in PRESSURE
    ]
    return [
        *best,
        *_pressure([reading for reading in together if reading.field in PRESSURE]),
    ]


def _best(readings: Iterable[Reading]) -> Reading:
    return min(readings, key=lambda reading: (reading.value is None, reading.code.rank))


def _pressure(readings: Sequence[Reading]) -> list[Reading]:
    pairs = [
        [reading for reading in readings if reading.origin == origin]
        for origin in sorted({reading.origin for reading in readings})
    ]
    complete = [pair for pair in pairs if _measured_fields(pair) == set(PRESSURE)]
    best = next(iter(complete or pairs), [])
    return [_best(both) for field in PRESSURE if (both := [one for one in best if one.field == field])]


def _measured_fields(readings: Iterable[Reading]) -> set[str]:
    return {reading.field for reading in readings if reading.value is not None}


def _set(moment: datetime, chosen: Sequence[Reading], device_id: str) -> VitalSet:
    lost = [Lost(vital_sign=one.field, because=one.because) for one in chosen if one.value is None]
    values = {one.field: one.value for one in chosen if one.value is not None}
    if len(half := [field for field in PRESSURE if field in values]) == 1:
        lost.append(Lost(vital_sign=half[0], because=ALONE))
        del values[half[0]]
    impossible = _impossible(values)
    for one in impossible:
        for field in PRESSURE if one.vital_sign in PRESSURE else (one.vital_sign,):
            values.pop(field, None)
    return VitalSet(
        happened_at=moment,
        payload=_payload(values, device_id),
        lost=tuple(lost),
        impossible=tuple(impossible),
    )


def _payload(values: dict[str, float], device_id: str) -> VitalsMeasured | None:
    if not values:
        return None
    return VitalsMeasured(taken_by=TakenBy.MONITOR, device_id=device_id, **values)  # type: ignore[arg-type]


def _impossible(values: dict[str, float]) -> list[Lost]:
    """What no living person shows, tried one vital sign at a time so that each is named."""
    pressure = {field: values[field] for field in PRESSURE if field in values}
    singles = [{field: value} for field, value in values.items() if field not in PRESSURE]
    found: list[Lost] = []
    for part in [*singles, *([pressure] if pressure else [])]:
        try:
            VitalsMeasured(**part)  # type: ignore[arg-type]
        except Implausible as problem:
            found.append(Lost(vital_sign=problem.field, because=str(problem)))
    return found
