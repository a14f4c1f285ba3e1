"""The vital signs of a session in a note's table: before, during, after, and the peak."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ajar.pathway.discharge.series import Point, Reader, after, last_before, pressure, series
from ajar.pathway.dosing.session import Session
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.observations.vitals import VitalsMeasured


class Phase(StrEnum):
    """When in the session a set was taken."""

    BEFORE = "before the dose"
    DURING = "during the dose"
    AFTER = "after the dose"
    LAST = "before leaving"
    PEAK = "highest pressure"


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalsRow:
    """One set of vital signs and the entry it came from (one, as a fact's entries are many)."""

    phase: Phase
    at: datetime
    taken: VitalsMeasured
    entries: tuple[Entry, ...]


def _taken(payload: object) -> VitalsMeasured | None:
    return payload if isinstance(payload, VitalsMeasured) else None


TAKEN: Reader[VitalsMeasured] = _taken


def vitals_table(session: Session, entries: Sequence[Entry]) -> tuple[VitalsRow, ...]:
    """Of each phase the set that says most, and the highest blood pressure after the first drug.

    A monitor sends a set every few seconds, so a phase shows one: the last complete one before the
    dose, the highest pressure during and after it, and the last with a pressure before leaving.
    """
    points = series(entries, TAKEN)
    given_at, ended_at = session.first_dose_at, session.dose_ended_at
    with_pressure = [point for point in points if pressure(point.value) is not None]
    since = after(with_pressure, given_at)
    during = [point for point in since if ended_at is not None and point.at <= ended_at]
    later = after(with_pressure, ended_at)
    rows = [
        (Phase.BEFORE, last_before(with_pressure, given_at)),
        (Phase.DURING, _highest(during)),
        (Phase.AFTER, _highest(later)),
        (Phase.PEAK, _highest(since)),
        (Phase.LAST, later[-1] if later else None),
    ]
    return tuple(
        VitalsRow(phase=phase, at=point.at, taken=point.value, entries=(point.entry,))
        for phase, point in rows
        if point is not None
    )


def _highest(points: Sequence[Point[VitalsMeasured]]) -> Point[VitalsMeasured] | None:
    return max(points, key=lambda point: point.value.systolic_mmhg or 0.0, default=None)
