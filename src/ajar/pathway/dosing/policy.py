"""What a clinic may set about the day of dose and the giving of the drug, with sourced defaults.

What it may not set (the label's hours before a spray, REMS, the rest between devices, PRD-07) stands as
constants beside the rules.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.products import INJECTED, NASAL, Product

LABEL_SOLIDS_H: Final = 2.0  # SPR-A6 [MPR]; [MIMS-PH]
LABEL_LIQUIDS_H: Final = 0.5  # SPR-A6 [MPR]; [MIMS-PH]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fast:
    """How long before a dose nothing of this kind is taken; `strength` is what breaking it does."""

    solids_h: float
    liquids_h: float
    strength: Strength
    source: str

    def __post_init__(self) -> None:
        if not (0 <= self.liquids_h <= self.solids_h <= 24):
            raise ValueError(
                f"Hours without solids are 0 to 24 and no fewer than without liquids, got {self.solids_h:g} "
                f"and {self.liquids_h:g}."
            )


class Driving(StrEnum):
    """From when a patient may drive again (DAY-4)."""

    AFTER_SLEEP = "the next day, after a restful sleep"  # [USPI19 §5.8]
    AFTER_24_H = "24 hours after the dose, and after a restful sleep"  # many clinics [NERVANA]


class Stimulant(StrEnum):
    """What a stimulant taken that morning does (DAY-7)."""

    WATCH = "watch"  # [SPP-STIM]
    HOLD = "hold"  # many hold it until after the session: from general knowledge, verify


class CheckedBy(StrEnum):
    """Who compares the drug with the order. A dose at home is checked by one, over video."""

    TWO_ALWAYS = "two_always"
    TWO_FOR_INJECTIONS = "two_for_injections"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessPolicy:
    """A clinic's rules for the day of dose. `spo2_at_least_percent` is asked of the newest reading."""

    version: str
    spray: Fast
    injected: Fast
    by_mouth: Fast
    spo2_at_least_percent: float
    driving: Driving
    stimulant: Stimulant
    checked_by: CheckedBy
    source: str

    def __post_init__(self) -> None:
        if self.spray.solids_h < LABEL_SOLIDS_H or self.spray.liquids_h < LABEL_LIQUIDS_H:
            raise ValueError("The label asks for 2 h without food and 30 min without liquids before a spray.")

    def fast(self, product: Product) -> Fast:
        """The fast of a product."""
        if product in INJECTED:
            return self.injected
        return self.spray if product in NASAL else self.by_mouth

    def needs_two(self, product: Product) -> bool:
        """Do two people check a dose of this product?"""
        if self.checked_by is CheckedBy.TWO_FOR_INJECTIONS:
            return product in INJECTED
        return product is not Product.KETAMINE_SL_HOME


READINESS_POLICY: Final = ReadinessPolicy(
    version="2026.2",
    spray=Fast(
        solids_h=LABEL_SOLIDS_H,
        liquids_h=LABEL_LIQUIDS_H,
        strength=Strength.HARD_STOP,
        source="SPR-A6 [MPR]; [MIMS-PH]",
    ),
    injected=Fast(
        solids_h=6.0,
        liquids_h=2.0,
        strength=Strength.SOFT_STOP,
        source="as procedural sedation, 6 to 8 h; psychotherapy practices 3 to 4 h; liquids 2 h: from "
        "general knowledge, verify; fasting before anaesthesia [KETALAR24 §2.1]",
    ),
    by_mouth=Fast(
        solids_h=4.0,
        liquids_h=2.0,
        strength=Strength.SOFT_STOP,
        source="3 to 4 h, liquids 2 h: from general knowledge, verify",
    ),
    spo2_at_least_percent=94,
    driving=Driving.AFTER_SLEEP,
    stimulant=Stimulant.WATCH,
    checked_by=CheckedBy.TWO_ALWAYS,
    source="saturation as ALM-4, design default; driving DAY-4 [USPI19 §5.8], 24 h at many clinics "
    "[NERVANA]; stimulant DAY-7 [SPP-STIM], holding it from general knowledge, verify; two-person check "
    "design default",
)
"""The one default."""
