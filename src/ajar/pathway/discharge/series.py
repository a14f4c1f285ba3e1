"""Observations of one session as series in time: what came before the dose, what after, what resolved."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from ajar.pathway.ledger.entry import Entry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, VitalsMeasured

V = TypeVar("V")
Reader = Callable[[Payload], V | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Generic[V]):
    """One value, when it was taken, and the entry that says so."""

    at: datetime
    value: V
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """One blood pressure, in mmHg."""

    systolic_mmhg: float
    diastolic_mmhg: float

    def __str__(self) -> str:
        return f"{self.systolic_mmhg:g}/{self.diastolic_mmhg:g} mmHg"

    def within(self, systolic_mmhg: float, diastolic_mmhg: float) -> bool:
        """Are both numbers at most these?"""
        return self.systolic_mmhg <= systolic_mmhg and self.diastolic_mmhg <= diastolic_mmhg

    def below(self, systolic_mmhg: float, diastolic_mmhg: float) -> bool:
        """Is either number below these?"""
        return self.systolic_mmhg < systolic_mmhg or self.diastolic_mmhg < diastolic_mmhg


def pressure(payload: Payload) -> Pressure | None:
    """The blood pressure in this set of vital signs."""
    if not isinstance(payload, VitalsMeasured):
        return None
    high, low = payload.systolic_mmhg, payload.diastolic_mmhg
    return Pressure(systolic_mmhg=high, diastolic_mmhg=low) if high is not None and low is not None else None


def vital(field: str) -> Reader[float]:
    """A reader of one vital sign, by its field name."""

    def read(payload: Payload) -> float | None:
        return payload.values().get(field) if isinstance(payload, VitalsMeasured) else None

    return read


def sedation(payload: Payload) -> int | None:
    """MOAA/S, 5 to 0."""
    return payload.moaa_s if isinstance(payload, SedationRated) else None


def dissociation(payload: Payload) -> DissociationRated | None:
    """The CADSS-6 rating."""
    return payload if isinstance(payload, DissociationRated) else None


def series(entries: Iterable[Entry], read: Reader[V]) -> tuple[Point[V], ...]:
    """What `read` finds in effective entries, by the time it was measured."""
    points = [
        Point(at=entry.happened_at, value=value, entry=entry)
        for entry in entries
        if (value := read(entry.payload)) is not None
    ]
    return tuple(sorted(points, key=lambda point: (point.at, point.entry.position)))


def last_before(points: Sequence[Point[V]], moment: datetime | None) -> Point[V] | None:
    """The last point at or before `moment`; None where there is none, or no such moment."""
    found = [point for point in points if moment is not None and point.at <= moment]
    return found[-1] if found else None


def after(points: Sequence[Point[V]], moment: datetime | None) -> tuple[Point[V], ...]:
    """The points later than `moment`; none where that moment has not come."""
    return tuple(point for point in points if moment is not None and point.at > moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode(Generic[V]):
    """Something that came with the drug: since when, seen last when, until when (None: not resolved)."""

    onset: Point[V]
    last: Point[V]
    resolved: Point[V] | None


def episode(points: Sequence[Point[V]], wrong: Callable[[V], bool]) -> Episode[V] | None:
    """From the first wrong value to the first right one after the last wrong one.

    What came back in between counts as one episode: resolved means resolved for good.
    """
    wrongs = [index for index, point in enumerate(points) if wrong(point.value)]
    if not wrongs:
        return None
    rest = points[wrongs[-1] + 1 :]
    return Episode(onset=points[wrongs[0]], last=points[wrongs[-1]], resolved=rest[0] if rest else None)
