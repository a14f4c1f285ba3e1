"""Who takes the drug: what the models ask about a person, and how size scales a rate."""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Final

from ajar.pharmacology.estimates import Estimate, Tag

WEIGHT_DOMAIN_KG: Final = (39.0, 170.0)
"""Lightest and heaviest of the 820 people of Perez-Ruixo 2021 (pharmacology.md 1.1)."""

AGE_DOMAIN_YEARS: Final = (18.0, 86.0)
"""Youngest and oldest of the same people (pharmacology.md 1.1)."""

REFERENCE_WEIGHT_KG: Final = 70.0
"""The weight at which disposition parameters are stated (pharmacology.md 4.1)."""

VOLUME_EXPONENT: Final = Estimate(value=1.0, unit="1", source="pharmacology.md 4.1, allometry", tag=Tag.H)
CLEARANCE_EXPONENT: Final = Estimate(value=0.75, unit="1", source="pharmacology.md 4.1, allometry", tag=Tag.H)


class Sex(StrEnum):
    """Sex at birth, as far as studies of clearance distinguished it."""

    FEMALE = "female"
    MALE = "male"


class Ancestry(StrEnum):
    """The groups in which a study found a difference, and everyone else."""

    OTHER = "other"
    ASIAN = "Asian, not Japanese"
    JAPANESE = "Japanese"


class Cyp2b6(StrEnum):
    """CYP2B6 *6 genotype."""

    TWO_NORMAL = "*1/*1"
    ONE_VARIANT = "*1/*6"
    TWO_VARIANTS = "*6/*6"


class ChildPugh(StrEnum):
    """How far a liver is impaired."""

    A = "Child-Pugh A"
    B = "Child-Pugh B"
    C = "Child-Pugh C"


class InteractingMedicine(StrEnum):
    """Medicines that change how ketamine is cleared (clinical.md DDI-13 to DDI-20)."""

    CLARITHROMYCIN = "clarithromycin"
    ITRACONAZOLE = "itraconazole"
    TICLOPIDINE = "ticlopidine"
    GRAPEFRUIT_JUICE = "grapefruit juice"
    RIFAMPICIN = "rifampicin"
    ST_JOHNS_WORT = "St John's wort"
    CARBAMAZEPINE = "carbamazepine"
    PHENYTOIN = "phenytoin"
    PHENOBARBITAL = "phenobarbital"
    EFAVIRENZ = "efavirenz"
    CLOPIDOGREL = "clopidogrel"
    SERTRALINE = "sertraline"
    PAROXETINE = "paroxetine"
    RITONAVIR = "ritonavir"
    COBICISTAT = "cobicistat"
    KETOCONAZOLE = "ketoconazole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What the models ask about a person. None: not known, and nothing is adjusted for it.

    The liver and other medicines are asked by U1 alone.
    """

    weight_kg: float
    age_years: float | None = None
    sex: Sex | None = None
    ancestry: Ancestry | None = None
    hypertension: bool | None = None
    cyp2b6: Cyp2b6 | None = None
    child_pugh: ChildPugh | None = None
    interacting_medicines: frozenset[InteractingMedicine] | None = None

    def __post_init__(self) -> None:
        _refuse_outside(self.weight_kg, WEIGHT_DOMAIN_KG, "weight", "kg")
        if self.age_years is not None:
            _refuse_outside(self.age_years, AGE_DOMAIN_YEARS, "age", "years")
        if self.child_pugh is not None:
            _refuse_stranger(self.child_pugh, ChildPugh, "class of liver impairment")
        if self.interacting_medicines is not None:
            _refuse_strange_medicines(self.interacting_medicines)


def _refuse_strange_medicines(given: object) -> None:
    if not isinstance(given, frozenset):
        raise ValueError(f"Interacting medicines are a frozenset, or None for not known; got {given!r}.")
    for medicine in given:
        _refuse_stranger(medicine, InteractingMedicine, "interacting medicine")


def _refuse_stranger(value: object, known: type[StrEnum], what: str) -> None:
    if not isinstance(value, known):
        raise ValueError(f"The {what} {value!r} is not known; there are: {', '.join(known)}.")


def _refuse_outside(value: float, domain: tuple[float, float], what: str, unit: str) -> None:
    lowest, highest = domain
    if not (isfinite(value) and lowest <= value <= highest):
        raise ValueError(
            f"The models are known for a {what} of {lowest:g} to {highest:g} {unit}, got {value} {unit}."
        )


def scaled_volume(reference: float, weight_kg: float) -> float:
    """A volume at 70 kg, scaled to a weight."""
    return float(reference * (weight_kg / REFERENCE_WEIGHT_KG) ** VOLUME_EXPONENT.value)


def scaled_clearance(reference: float, weight_kg: float) -> float:
    """A clearance at 70 kg, scaled to a weight."""
    return float(reference * (weight_kg / REFERENCE_WEIGHT_KG) ** CLEARANCE_EXPONENT.value)
