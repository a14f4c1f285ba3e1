"""Alarm limits: what a clinic may set, and what it may not (clinical.md 4.2).

The table's amber, red and emergency are the priorities low, medium and high. A limit on a trend over
baseline stands beside those on the value itself. Everything here is configuration of a clinic, refused
where it makes no sense or is looser than a label; the bedside monitor stays the primary alarm.
"""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import isfinite
from typing import Final

from ajar.pathway.ledger.payload import said
from ajar.pathway.monitoring.entries import Priority
from ajar.pathway.monitoring.marks import DOWNWARDS, UPWARDS
from ajar.pathway.observations.vitals import BOUNDS


class Side(StrEnum):
    """Which side of a bound is the wrong one."""

    compare: Callable[[float, float], bool]
    direction: int

    def __new__(cls, sign: str, compare: Callable[[float, float], bool], direction: int) -> "Side":
        """A side with its sign, its comparison, and the direction in which it is crossed."""
        member = str.__new__(cls, sign)
        member._value_ = sign
        member.compare = compare
        member.direction = direction
        return member

    AT_LEAST = "≥", operator.ge, UPWARDS
    ABOVE = ">", operator.gt, UPWARDS
    AT_MOST = "≤", operator.le, DOWNWARDS
    BELOW = "<", operator.lt, DOWNWARDS

    def breached(self, value: float, bound: float) -> bool:
        """Does the value lie on the wrong side?"""
        return self.compare(value, bound)


LONGEST_HELD_S: Final = 900.0
"""A breach that must hold longer than this is no alarm limit any more (design default)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One bound and what crossing it means.

    `held_s`: for how long every reading must have crossed it, the first to the newest, so that it takes
    two readings at least; 0: one reading is enough. `held` says whether exactly so long is enough.
    """

    side: Side
    bound: float
    priority: Priority
    held_s: float = 0.0
    held: Side = Side.AT_LEAST

    def __post_init__(self) -> None:
        if not 0 <= self.held_s <= LONGEST_HELD_S:
            raise ValueError(f"held_s must be 0 to {LONGEST_HELD_S:g} seconds, got {self.held_s:g}.")
        if self.held not in (Side.AT_LEAST, Side.ABOVE):
            raise ValueError(f"held must be '≥' or '>', got {self.held.value!r}.")
        if self.held_s and self.priority is Priority.HIGH:
            raise ValueError("held_s must be 0 for a high priority: what is an emergency speaks at once.")

    @property
    def words(self) -> str:
        """Such as '≥ 180 for 5 min'."""
        if not self.held_s:
            return f"{self.side.value} {self.bound:g}"
        held = f"{self.held_s / 60:g} min" if self.held_s >= 60 else f"{self.held_s:g} s"
        more = "more than " if self.held is Side.ABOVE else ""
        return f"{self.side.value} {self.bound:g} for {more}{held}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The steps of one signal, worst first, and the rise over baseline that is marked."""

    id: str
    signal: str
    short: str
    steps: tuple[Step, ...]
    source: str
    rise: float | None = None

    def __post_init__(self) -> None:
        for field in ("id", "signal", "short", "source"):
            said(f"limits.{self.id}.{field}", getattr(self, field))
        self._refuse_disorder()
        self._refuse_implausible()

    def _refuse_disorder(self) -> None:
        ranks = [step.priority.rank for step in self.steps]
        if not ranks or ranks != sorted(ranks):
            raise ValueError(f"limits.{self.id}.steps must run from high to low priority.")
        for direction in (UPWARDS, DOWNWARDS):
            ordered = [step for step in self.steps if step.side.direction == direction]
            for worse, milder in pairwise(ordered):
                if worse.bound * direction <= milder.bound * direction:
                    raise ValueError(
                        f"limits.{self.id}.steps: {worse.priority} at {worse.words} must lie beyond "
                        f"{milder.priority} at {milder.words}."
                    )

    def _refuse_implausible(self) -> None:
        lowest, highest = _range_of(self.signal)
        for step in self.steps:
            if not lowest <= step.bound <= highest:
                raise ValueError(
                    f"limits.{self.id}.steps: bound of {self.signal} must be {lowest:g} to {highest:g}, "
                    f"got {step.bound:g}."
                )
        if self.rise is not None and not 0 < self.rise <= highest:
            raise ValueError(
                f"limits.{self.id}.rise must be above 0 and at most {highest:g}, got {self.rise:g}."
            )


def _range_of(signal: str) -> tuple[float, float]:
    if signal == "moaa_s":
        return 0, 5
    if signal not in BOUNDS:
        raise ValueError(f"limits: expected a signal of {', '.join((*BOUNDS, 'moaa_s'))}, got {signal!r}.")
    return BOUNDS[signal].lowest, BOUNDS[signal].highest


LABEL_RISE: Final[Mapping[str, float]] = {"ALM-1": 40, "ALM-2": 25}
"""The marker of the label: +40 systolic, +25 diastolic [USPI21]. A clinic may mark less, never more."""

LABEL_RAISED: Final[Mapping[str, float]] = {"raised_systolic_mmhg": 140, "raised_diastolic_mmhg": 90}
"""Above these the label calls a pressure raised (clinical.md trap 4); with a symptom it is an emergency."""

MINUTES: Final[Mapping[str, tuple[float, float]]] = {
    "overdue_low_min": (1, 15),
    "overdue_medium_min": (2, 30),
    "seen_holds_min": (1, 60),
}
"""What a clinic may set, in minutes (design default)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """All limits of a clinic, under one version that each alarm keeps.

    `seen_holds_min`: what was seen and still stands asks again after so long.
    """

    version: str
    limits: tuple[Limit, ...]
    raised_systolic_mmhg: float
    raised_diastolic_mmhg: float
    overdue_low_min: float
    overdue_medium_min: float
    seen_holds_min: float

    def __post_init__(self) -> None:
        said("limits.version", self.version)
        self._refuse_missing()
        for problem in self._looser_than_the_label():
            raise ValueError(problem)
        for field, (least, most) in MINUTES.items():
            if not (isfinite(getattr(self, field)) and least <= getattr(self, field) <= most):
                got = getattr(self, field)
                raise ValueError(f"limits.{field} must be {least:g} to {most:g} minutes, got {got:g}.")
        if self.overdue_low_min >= self.overdue_medium_min:
            raise ValueError(
                f"limits.overdue_low_min must be below overdue_medium_min ({self.overdue_medium_min:g}), "
                f"got {self.overdue_low_min:g}."
            )

    def _refuse_missing(self) -> None:
        found = {(limit.id, limit.signal) for limit in self.limits}
        if len(found) != len(self.limits):
            raise ValueError("limits.limits: one entry for each rule and signal.")
        if missing := sorted(SIGNAL_OF_RULE.items() - found):
            rule, signal = missing[0]
            raise ValueError(f"limits.limits: {rule} ({signal}) is missing; every rule needs its limit.")

    def _looser_than_the_label(self) -> Iterable[str]:
        for field, most in LABEL_RAISED.items():
            if not 0 < getattr(self, field) <= most:
                got = getattr(self, field)
                yield (
                    f"limits.{field} must be above 0 and not above {most:g} (label, clinical.md ELG-BP), "
                    f"got {got:g}."
                )
        for limit in self.limits:
            most_rise = LABEL_RISE.get(limit.id)
            if most_rise is not None and (limit.rise is None or limit.rise > most_rise):
                yield (
                    f"limits.{limit.id}.rise must not be above {most_rise:g} (label [USPI21]), "
                    f"got {limit.rise}."
                )


SIGNAL_OF_RULE: Final[Mapping[str, str]] = {
    "ALM-1": "systolic_mmhg",
    "ALM-2": "diastolic_mmhg",
    "ALM-3": "heart_rate_bpm",
    "ALM-4": "spo2_percent",
    "ALM-5": "respiratory_rate_per_min",
    "ALM-6": "moaa_s",
}

_PRESSURE_SOURCE = (
    "+40/+25 over baseline: USPI 2021; 180/110 twice 5 min apart or 200/120 once: one academic clinic [SDN]; "
    "symptoms: USPI 2019 §5.6 (clinical.md 4.2)"
)

DEFAULT_LIMITS: Final = Limits(
    version="2026-11 (clinical.md 4.2)",
    limits=(
        Limit(
            id="ALM-1",
            signal="systolic_mmhg",
            short="SBP",
            steps=(
                Step(side=Side.AT_LEAST, bound=200, priority=Priority.HIGH),
                Step(side=Side.AT_LEAST, bound=180, held_s=300, priority=Priority.MEDIUM),
                Step(side=Side.AT_LEAST, bound=160, priority=Priority.LOW),
            ),
            rise=40,
            source=_PRESSURE_SOURCE,
        ),
        Limit(
            id="ALM-2",
            signal="diastolic_mmhg",
            short="DBP",
            steps=(
                Step(side=Side.AT_LEAST, bound=120, priority=Priority.HIGH),
                Step(side=Side.AT_LEAST, bound=110, held_s=300, priority=Priority.MEDIUM),
                Step(side=Side.AT_LEAST, bound=100, priority=Priority.LOW),
            ),
            rise=25,
            source=_PRESSURE_SOURCE,
        ),
        Limit(
            id="ALM-3",
            signal="heart_rate_bpm",
            short="HR",
            steps=(
                Step(side=Side.ABOVE, bound=150, priority=Priority.HIGH),
                Step(side=Side.BELOW, bound=40, priority=Priority.HIGH),
                Step(side=Side.ABOVE, bound=120, held_s=300, priority=Priority.MEDIUM),
                Step(side=Side.ABOVE, bound=110, priority=Priority.LOW),
            ),
            source="120 for 5 min: one academic clinic [SDN]; the rest design default (clinical.md 4.2)",
        ),
        Limit(
            id="ALM-4",
            signal="spo2_percent",
            short="SpO2",
            steps=(
                Step(side=Side.BELOW, bound=85, priority=Priority.HIGH),
                Step(side=Side.BELOW, bound=90, held=Side.ABOVE, held_s=30, priority=Priority.MEDIUM),
                Step(side=Side.BELOW, bound=94, priority=Priority.LOW),
            ),
            source="design default (clinical.md 4.2)",
        ),
        Limit(
            id="ALM-5",
            signal="respiratory_rate_per_min",
            short="RR",
            steps=(
                Step(side=Side.BELOW, bound=8, priority=Priority.MEDIUM),
                Step(side=Side.BELOW, bound=10, priority=Priority.LOW),
                Step(side=Side.ABOVE, bound=24, priority=Priority.LOW),
            ),
            source="design default (clinical.md 4.2)",
        ),
        Limit(
            id="ALM-6",
            signal="moaa_s",
            short="MOAA/S",
            steps=(
                Step(side=Side.AT_MOST, bound=1, priority=Priority.HIGH),
                Step(side=Side.AT_MOST, bound=2, priority=Priority.MEDIUM),
                Step(side=Side.AT_MOST, bound=3, priority=Priority.LOW),
            ),
            source="scale: clinical.md 4.4; tiers design default (clinical.md 4.2)",
        ),
    ),
    raised_systolic_mmhg=140,  # ELG-BP1: above 140/90 is elevated
    raised_diastolic_mmhg=90,
    overdue_low_min=5,  # ALM-8
    overdue_medium_min=10,  # ALM-8
    seen_holds_min=10,  # design default: what was seen and still stands asks again after this time
)
