"""One rail that a planned dose does not keep, and the dose as the rails look at it.

A dose is judged by what this person has really been given before, not by the number on the plan: whoever
missed the first session has a first dose still to come.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ajar.pathway.careplan.entries import refuse_impossible_dose
from ajar.pathway.careplan.policy import DosePolicy
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.products import Indication, Jurisdiction, Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A rule that the dose does not keep, in words. `second_signature`: a second prescriber signs too."""

    rule_id: str
    strength: Strength
    because: str
    source: str
    second_signature: bool = False


class Liver(StrEnum):
    """How the liver works, by Child-Pugh class (POP-7, POP-8)."""

    NOT_KNOWN = "not known"
    NO_DISEASE = "no disease known"
    MODERATE = "moderate (Child-Pugh B)"
    SEVERE = "severe (Child-Pugh C)"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseBefore:
    """The last dose of this product that was given, or stands on the plan before this one.

    `days_since_rise` counts from the dose at which the amount last rose (or from the first).
    """

    amount_mg: float
    dose_mg_per_kg: float | None
    days_since_rise: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDose:
    """A dose of one session, as it is about to be ordered. `number` counts the doses really given."""

    product: Product
    number: int  # counted from 1
    amount_mg: float
    dose_mg_per_kg: float | None
    jurisdiction: Jurisdiction
    age_years: int
    indication: Indication | None = None
    before: DoseBefore | None = None
    liver: Liver = Liver.NOT_KNOWN
    lower_start_ancestry: bool | None = None
    duration_min: float | None = None

    def __post_init__(self) -> None:
        refuse_impossible_dose(self.amount_mg)
        if self.number < 1:
            raise ValueError(f"Sessions are counted from 1, got {self.number}.")


Check = Callable[[PlannedDose, DosePolicy], Guard | None]
HALF_A_MICROGRAM: Final = 0.0005
"""Doses per kilogram are compared to a thousandth: amounts are rounded to 0.1 mg before they are divided."""


def is_first(dose: PlannedDose) -> bool:
    """Is nothing of this product known to have been given before?"""
    return dose.before is None and dose.number == 1


def above(dose: PlannedDose, bound_mg_per_kg: float) -> bool:
    """Is this many mg/kg exceeded? False where the dose per kilogram is not known."""
    return dose.dose_mg_per_kg is not None and dose.dose_mg_per_kg > bound_mg_per_kg + HALF_A_MICROGRAM


def hard(rule_id: str, because: str, source: str) -> Guard:
    """A rail that nobody can override."""
    return Guard(rule_id=rule_id, strength=Strength.HARD_STOP, because=because, source=source)


def soft(rule_id: str, because: str, source: str) -> Guard:
    """A rail that asks for a reason."""
    return Guard(rule_id=rule_id, strength=Strength.SOFT_STOP, because=because, source=source)
