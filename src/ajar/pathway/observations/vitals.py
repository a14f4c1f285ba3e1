"""Vital signs: what can be, what is unusual, and what is refused where it enters.

Bounds say what a living, measured person can show; they are plausibility limits for data entry, not
clinical thresholds (those are in monitoring/limits.py). Design defaults, so a clinic may argue.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import ClassVar, Final

from ajar.pathway.ledger.payload import Payload, entry_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Lowest and highest value taken, and the range outside which a person must confirm."""

    name: str
    unit: str
    loinc: str
    lowest: float
    highest: float
    usual: tuple[float, float]
    source: str = "design default"


BOUNDS: Final[dict[str, Bounds]] = {
    bounds[0]: Bounds(
        name=bounds[1], unit=bounds[2], loinc=bounds[3], lowest=bounds[4], highest=bounds[5], usual=bounds[6]
    )
    for bounds in (
        ("systolic_mmhg", "systolic pressure", "mmHg", "8480-6", 40, 300, (80, 190)),
        ("diastolic_mmhg", "diastolic pressure", "mmHg", "8462-4", 20, 200, (40, 115)),
        ("heart_rate_bpm", "heart rate", "/min", "8867-4", 20, 250, (45, 130)),
        ("spo2_percent", "oxygen saturation", "%", "59408-5", 40, 100, (90, 100)),
        ("respiratory_rate_per_min", "respiratory rate", "/min", "9279-1", 2, 70, (8, 26)),
        ("temperature_c", "temperature", "°C", "8310-5", 30, 43, (35, 38.5)),
        ("weight_kg", "weight", "kg", "29463-7", 25, 350, (40, 180)),
        ("height_cm", "height", "cm", "8302-2", 100, 230, (140, 205)),
    )
}


class Implausible(ValueError):
    """A value no living person shows, with the field it stands in."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class TakenBy(StrEnum):
    """How the reading was made."""

    HAND = "hand"
    MONITOR = "monitor"
    PATIENT = "patient"


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class VitalsMeasured(Payload):
    """One set of vital signs taken together. At least one value; pressure comes as a pair."""

    KIND: ClassVar[str] = "vitals.measured"
    DECISIVE: ClassVar[bool] = False

    systolic_mmhg: float | None = None
    diastolic_mmhg: float | None = None
    heart_rate_bpm: float | None = None
    spo2_percent: float | None = None
    respiratory_rate_per_min: float | None = None
    temperature_c: float | None = None
    weight_kg: float | None = None
    height_cm: float | None = None
    taken_by: TakenBy = TakenBy.HAND
    device_id: str = ""
    confirmed_unusual: bool = False
    at_rest: bool | None = None

    def __post_init__(self) -> None:
        given = self.values()
        if not given:
            raise ValueError("A set of vital signs needs at least one value.")
        for field, value in given.items():
            refuse_impossible(field, value)
        self._refuse_impossible_pressure()

    def values(self) -> dict[str, float]:
        """The values that were measured, by field name."""
        return {name: value for name in BOUNDS if (value := getattr(self, name)) is not None}

    def unusual(self) -> tuple[str, ...]:
        """What a person should look at twice before it is recorded, in words."""
        return tuple(
            f"{BOUNDS[field].name} {value:g} {BOUNDS[field].unit}"
            for field, value in self.values().items()
            if not BOUNDS[field].usual[0] <= value <= BOUNDS[field].usual[1]
        )

    def _refuse_impossible_pressure(self) -> None:
        high, low = self.systolic_mmhg, self.diastolic_mmhg
        if (high is None) != (low is None):
            missing = "diastolic_mmhg" if low is None else "systolic_mmhg"
            raise Implausible(missing, "Blood pressure needs both numbers, such as 128/82.")
        if high is not None and low is not None and high <= low:
            message = f"Blood pressure {high:g}/{low:g}: the first number must be the higher one."
            raise Implausible("systolic_mmhg", message)


def refuse_impossible(field: str, value: float) -> None:
    """Refuse a value outside what a person can show.

    Raises:
        Implausible: naming the field, the value and the range expected.
    """
    bounds = BOUNDS[field]
    if not (isfinite(value) and bounds.lowest <= value <= bounds.highest):
        raise Implausible(
            field,
            f"{bounds.name.capitalize()} {value:g} {bounds.unit} cannot be right: "
            f"expected {bounds.lowest:g} to {bounds.highest:g}.",
        )


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class SedationRated(Payload):
    """MOAA/S, 5 (alert) to 0 (no response to trapezius squeeze) (clinical.md 4.4)."""

    KIND: ClassVar[str] = "sedation.rated"
    DECISIVE: ClassVar[bool] = False

    moaa_s: int
    scale_version: str = "MOAA/S 0-5, trapezius squeeze at 1"

    def __post_init__(self) -> None:
        if not 0 <= self.moaa_s <= 5:
            raise ValueError(f"MOAA/S runs from 0 to 5, got {self.moaa_s}.")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class DissociationRated(Payload):
    """CADSS-6: six items 0-4 (CADSS items 1, 2, 6, 7, 15, 22), total 0-24 (clinical.md DIS-2)."""

    KIND: ClassVar[str] = "dissociation.rated"
    DECISIVE: ClassVar[bool] = False

    items: tuple[int, ...]
    distress: bool
    scale_version: str = "CADSS-6"

    def __post_init__(self) -> None:
        if len(self.items) != 6 or any(not 0 <= item <= 4 for item in self.items):
            raise ValueError(f"CADSS-6 takes six answers from 0 to 4, got {self.items}.")

    @property
    def total(self) -> int:
        """Sum of the six items."""
        return sum(self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """One vital sign that a device should have shown and did not, and why."""

    vital_sign: str  # a field name of VitalsMeasured, such as "spo2_percent"
    because: str

    def __post_init__(self) -> None:
        if self.vital_sign not in BOUNDS:
            raise ValueError(f"vital_sign must be one of {', '.join(BOUNDS)}, got {self.vital_sign!r}.")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class SignalLost(Payload):
    """A device reported no value, or one no living person shows: a gap, never a measurement."""

    KIND: ClassVar[str] = "signal.lost"
    DECISIVE: ClassVar[bool] = False

    lost: tuple[Lost, ...]
    device_id: str = ""

    def __post_init__(self) -> None:
        if not self.lost:
            raise ValueError("A lost signal must name at least one vital sign.")
