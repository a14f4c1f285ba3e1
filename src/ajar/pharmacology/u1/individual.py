"""One body for U1: how it takes up, distributes, clears and answers."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ajar.pharmacology.molecules import Enantiomer
from ajar.pharmacology.person import Person
from ajar.pharmacology.u1.absorption import Uptake, typical_uptake
from ajar.pharmacology.u1.acute import Sensitivity, typical_sensitivity
from ajar.pharmacology.u1.acute_table import PRESSURE_ON_THE_DAY
from ajar.pharmacology.u1.disposition import Disposition, Option, disposition_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Individual:
    """Every parameter of one person. `uptakes` has one for each session, or a single one for all.

    So has `pressure_days`: how strongly pressure answers in each session, over the person's usual.
    """

    person: Person
    s: Disposition
    r: Disposition
    uptakes: tuple[Uptake, ...]
    sensitivity: Sensitivity
    pressure_days: tuple[float, ...] = (PRESSURE_ON_THE_DAY.value,)

    def disposition(self, enantiomer: Enantiomer) -> Disposition:
        """What this body does with one enantiomer."""
        return self.s if enantiomer is Enantiomer.S else self.r

    def uptake_in(self, session: int) -> Uptake:
        """The absorption in a session, counted from 0; the last known one where there are no more."""
        return self.uptakes[min(session, len(self.uptakes) - 1)]

    def pressure_in(self, session: int) -> float:
        """How strongly pressure answers in a session, over the usual; sessions as in `uptake_in`."""
        return self.pressure_days[min(session, len(self.pressure_days) - 1)]


def typical_individual(person: Person, *, options: AbstractSet[Option] = frozenset()) -> Individual:
    """The typical person of this weight, age and ancestry."""
    return Individual(
        person=person,
        s=disposition_of(person, Enantiomer.S, options=options),
        r=disposition_of(person, Enantiomer.R, options=options),
        uptakes=(typical_uptake(person),),
        sensitivity=typical_sensitivity(person),
    )
