"""Vital signs of synthetic sessions: smooth rises that a person could have, invented without any model."""

from dataclasses import dataclass
from math import exp
from typing import Final

from ajar.pathway.observations.vitals import TakenBy, VitalsMeasured

PEAK_MIN: Final = 40.0
FADES_MIN: Final = 22.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Resting values of one synthetic patient."""

    systolic_mmhg: float
    diastolic_mmhg: float
    heart_rate_bpm: float
    rise_mmhg: float

    @classmethod
    def of(cls, index: int) -> "Body":
        """The body of patient `index`."""
        return cls(
            systolic_mmhg=112 + index * 7 % 22,
            diastolic_mmhg=70 + index * 5 % 14,
            heart_rate_bpm=62 + index * 3 % 17,
            rise_mmhg=10 + index * 5 % 16,
        )


def effect(minute: float) -> float:
    """Between 0 and 1: how strongly the drug is felt `minute` minutes after the first of it."""
    if minute <= 0:
        return 0.0
    if minute <= PEAK_MIN:
        return minute / PEAK_MIN
    return exp(-(minute - PEAK_MIN) / FADES_MIN)


def vitals_at(body: Body, minute: float, *, taken_by: TakenBy = TakenBy.MONITOR) -> VitalsMeasured:
    """One set of vital signs, `minute` minutes after the first drug (negative: before)."""
    felt = effect(minute)
    wobble = ((minute * 7 % 5) - 2) * felt
    return VitalsMeasured(
        systolic_mmhg=round(body.systolic_mmhg + body.rise_mmhg * felt + wobble),
        diastolic_mmhg=round(body.diastolic_mmhg + body.rise_mmhg * 0.6 * felt + wobble / 2),
        heart_rate_bpm=round(body.heart_rate_bpm + 6 * felt + wobble),
        spo2_percent=round(98 - felt),
        respiratory_rate_per_min=round(15 - felt),
        taken_by=taken_by,
        at_rest=True,
    )


def sedation_at(minute: float) -> int:
    """MOAA/S."""
    return 4 if effect(minute) > 0.75 else 5


def dissociation_at(minute: float) -> tuple[int, ...]:
    """CADSS-6 items."""
    level = round(2.4 * effect(minute)) if minute < 90 else 0
    return (level, max(level - 1, 0), level, max(level - 1, 0), level, 0)
