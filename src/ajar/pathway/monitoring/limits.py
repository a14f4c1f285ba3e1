"""Alarm limits: the clinic's defaults, each with its rule id and source (clinical.md 4.2).

The table's amber, red and emergency are the priorities low, medium and high. A limit on a trend over
baseline stands beside those on the value itself. Everything here is configuration of a clinic; the
bedside monitor stays the primary alarm.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ajar.pathway.monitoring.entries import Priority


class Side(StrEnum):
    """Which side of a bound is the wrong one."""

    AT_LEAST = "≥"
    ABOVE = ">"
    AT_MOST = "≤"
    BELOW = "<"

    def breached(self, value: float, bound: float) -> bool:
        """Does the value lie on the wrong side?"""
        return COMPARED[self](value, bound)


COMPARED: Final[Mapping[Side, Callable[[float, float], bool]]] = {
    Side.AT_LEAST: operator.ge,
    Side.ABOVE: operator.gt,
    Side.AT_MOST: operator.le,
    Side.BELOW: operator.lt,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One bound and what crossing it means; `held_s` is how long it must have been crossed."""

    side: Side
    bound: float
    priority: Priority
    held_s: float = 0.0


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
        ranks = [step.priority.rank for step in self.steps]
        if ranks != sorted(ranks):
            raise ValueError(f"{self.id}: steps must run from high to low priority.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """All limits of a clinic, under one version that each alarm keeps."""

    version: str
    limits: tuple[Limit, ...]
    raised_systolic_mmhg: float
    raised_diastolic_mmhg: float
    symptom_counts_min: float
    overdue_low_min: float
    overdue_medium_min: float
    seen_holds_min: float


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
                Step(side=Side.BELOW, bound=90, held_s=30, priority=Priority.MEDIUM),
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
    symptom_counts_min=60,  # design default: a symptom counts until resolved, at most an hour
    overdue_low_min=5,  # ALM-8
    overdue_medium_min=10,  # ALM-8
    seen_holds_min=10,  # design default: what was seen and still stands asks again after this time
)
