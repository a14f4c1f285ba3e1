"""One person's disposition of one enantiomer: parameters at 70 kg, scaled, with the options asked for."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from ajar.pharmacology.estimates import typical_values
from ajar.pharmacology.molecules import Enantiomer
from ajar.pharmacology.person import Person, Sex, scaled_clearance, scaled_volume
from ajar.pharmacology.u1.covariates import interaction_of
from ajar.pharmacology.u1.parameters import (
    AGED_AREA_PER_YEAR,
    AGED_FROM_YEARS,
    CYP2B6_CLEARANCE_FACTOR,
    FEMALE_CLEARANCE_FACTOR,
    R_CLEARANCE_RATIO,
    R_VOLUME_RATIO,
    S_DISPOSITION,
)


class Option(StrEnum):
    """Effects that were seen in one study and not in another; off unless asked for.

    Age was seen with the nasal device (pharmacology.md 1.4), and U1's clearance serves every route.
    """

    SEX_ON_CLEARANCE = "women clear S-ketamine 20 % faster"
    CYP2B6_ON_CLEARANCE = "CYP2B6 *6 slows clearance"
    AGE_ON_CLEARANCE = "S-ketamine is cleared more slowly past 60 years"
    NORKETAMINE_OPPOSES_PRESSURE = "S-norketamine opposes the rise of pressure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """What one enantiomer does in one body. Names as in pharmacology.md 4.1, units in the names."""

    v1_l: float
    v2_l: float
    v3_l: float
    cl_l_h: float
    q2_l_h: float
    q3_l_h: float
    kv_per_h: float
    mtt_h: float
    fm: float
    vn1_l: float
    vn2_l: float
    cln_l_h: float
    qn_l_h: float
    fh: float
    vh1_l: float
    vh2_l: float
    clh_l_h: float
    qh_l_h: float
    ke0_per_h: float

    @property
    def km_per_h(self) -> float:
        """Rate of each of the two metabolism delays."""
        return 2.0 / self.mtt_h

    def at_weight(self, weight_kg: float) -> Self:
        """The same at another weight: volumes by its first power, clearances by 0.75, rates unscaled."""
        volumes = ("v1_l", "v2_l", "v3_l", "vn1_l", "vn2_l", "vh1_l", "vh2_l")
        clearances = ("cl_l_h", "q2_l_h", "q3_l_h", "cln_l_h", "qn_l_h", "clh_l_h", "qh_l_h")
        scaled = {name: scaled_volume(getattr(self, name), weight_kg) for name in volumes}
        scaled |= {name: scaled_clearance(getattr(self, name), weight_kg) for name in clearances}
        return replace(self, **scaled)


def typical_at_70_kg(enantiomer: Enantiomer) -> Disposition:
    """The typical disposition at 70 kg."""
    s = Disposition(**typical_values(S_DISPOSITION))
    if enantiomer is Enantiomer.S:
        return s
    return replace(
        s,
        v1_l=s.v1_l * R_VOLUME_RATIO.value,
        v2_l=s.v2_l * R_VOLUME_RATIO.value,
        v3_l=s.v3_l * R_VOLUME_RATIO.value,
        cl_l_h=s.cl_l_h * R_CLEARANCE_RATIO.value,
    )


def disposition_of(
    person: Person, enantiomer: Enantiomer, *, options: AbstractSet[Option] = frozenset()
) -> Disposition:
    """The typical disposition for a person of this weight and these medicines, with the options asked for.

    Raises:
        ValueError: an option needs something about the person that is not known, or as `interaction_of`.
    """
    scaled = typical_at_70_kg(enantiomer).at_weight(person.weight_kg)
    faster = _female_factor(person, enantiomer, options)
    slower = _genotype_factor(person, options) * _age_factor(person, enantiomer, options)
    medicine = interaction_of(person).clearance_factor if enantiomer is Enantiomer.S else 1.0
    return replace(scaled, cl_l_h=scaled.cl_l_h * faster * slower * medicine, cln_l_h=scaled.cln_l_h * faster)


def _female_factor(person: Person, enantiomer: Enantiomer, options: AbstractSet[Option]) -> float:
    if Option.SEX_ON_CLEARANCE not in options:
        return 1.0
    if person.sex is None:
        raise ValueError(f"{Option.SEX_ON_CLEARANCE!s}: the person's sex is needed and not known.")
    applies = person.sex is Sex.FEMALE and enantiomer is Enantiomer.S
    return FEMALE_CLEARANCE_FACTOR.value if applies else 1.0


def _genotype_factor(person: Person, options: AbstractSet[Option]) -> float:
    if Option.CYP2B6_ON_CLEARANCE not in options:
        return 1.0
    if person.cyp2b6 is None:
        raise ValueError(f"{Option.CYP2B6_ON_CLEARANCE!s}: the person's genotype is needed and not known.")
    return CYP2B6_CLEARANCE_FACTOR[person.cyp2b6].value


def _age_factor(person: Person, enantiomer: Enantiomer, options: AbstractSet[Option]) -> float:
    """Of S-ketamine, which was studied: its area grows evenly with the years, clearance is the inverse."""
    if Option.AGE_ON_CLEARANCE not in options:
        return 1.0
    if person.age_years is None:
        raise ValueError(f"{Option.AGE_ON_CLEARANCE!s}: the person's age is needed and not known.")
    past_years = max(person.age_years - AGED_FROM_YEARS, 0.0) if enantiomer is Enantiomer.S else 0.0
    return 1.0 / (1.0 + AGED_AREA_PER_YEAR.value * past_years)
