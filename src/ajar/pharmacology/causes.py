"""Why a forecast differs from the usual one: the change in its peaks, cause by cause.

From the typical 70 kg person with the usual dose to this person, this dose and this session. Causes interact
(a dose in milligrams is worth more in a small body), so what each one adds depends on which came before it.
Each is given its average over every order (Shapley): the parts add up to the whole, and no order is favoured.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from math import factorial
from typing import Final

from ajar.pharmacology.person import REFERENCE_WEIGHT_KG, Person
from ajar.pharmacology.regimen import DosingSession, Regimen
from ajar.pharmacology.simulate import minutes, simulate
from ajar.pharmacology.u1.acute import attenuation, typical_sensitivity

REFERENCE_PERSON: Final = Person(weight_kg=REFERENCE_WEIGHT_KG)
"""Nothing else is known of this person, so nothing else is adjusted."""

SEEN_FOR_H: Final = 4.0
"""Every peak of the forms that U1 knows lies within this time of the first dose."""


class Factor(StrEnum):
    """What may differ from the usual."""

    WEIGHT = "weight"
    AGE = "age"
    ANCESTRY = "ancestry"
    HYPERTENSION = "hypertension"
    DOSE = "dose"
    SESSION = "session number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peaks:
    """The highest point of a typical session: venous ketamine, dissociation, rise of systolic pressure."""

    ketamine_venous_ng_ml: float
    cadss: float
    sbp_rise_mmhg: float

    def __sub__(self, other: "Peaks") -> "Peaks":
        return Peaks(
            ketamine_venous_ng_ml=self.ketamine_venous_ng_ml - other.ketamine_venous_ng_ml,
            cadss=self.cadss - other.cadss,
            sbp_rise_mmhg=self.sbp_rise_mmhg - other.sbp_rise_mmhg,
        )

    def scaled(self, by: float) -> "Peaks":
        """Each peak times the same number."""
        return Peaks(
            ketamine_venous_ng_ml=self.ketamine_venous_ng_ml * by,
            cadss=self.cadss * by,
            sbp_rise_mmhg=self.sbp_rise_mmhg * by,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Who gets what, and for the how-manieth time in this course, counted from 1."""

    person: Person
    session: DosingSession
    number: int

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"Sessions are counted from 1, got {self.number}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What one factor adds to each peak, averaged over every order of the factors."""

    factor: Factor
    change: Peaks


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """From the usual peaks to these. The changes of `causes` add up to the difference.

    `unchanged` are factors that are as usual or not known, and so change nothing.
    """

    usual: Peaks
    here: Peaks
    causes: tuple[Cause, ...]
    unchanged: tuple[Factor, ...]


def decomposition(here: Situation, *, usual_session: DosingSession) -> Decomposition:
    """What makes this typical session differ from the usual one of the 70 kg person.

    Raises:
        OutsideDomain: U1 does not know one of the doses.
    """
    usual = Situation(person=REFERENCE_PERSON, session=usual_session, number=1)
    moves = {factor: move for factor, move in _moves(here).items() if move(usual) != usual}
    peaks = _seen(usual, moves)
    everything = frozenset(moves)
    return Decomposition(
        usual=peaks[frozenset()],
        here=peaks[everything],
        causes=tuple(Cause(factor=factor, change=_average(factor, everything, peaks)) for factor in moves),
        unchanged=tuple(factor for factor in Factor if factor not in moves),
    )


Move = Callable[[Situation], Situation]
Coalition = frozenset[Factor]


def _moves(here: Situation) -> dict[Factor, Move]:
    person = here.person
    return {
        Factor.WEIGHT: lambda one: _with_person(one, weight_kg=person.weight_kg),
        Factor.AGE: lambda one: _with_person(one, age_years=person.age_years),
        Factor.ANCESTRY: lambda one: _with_person(one, ancestry=person.ancestry),
        Factor.HYPERTENSION: lambda one: _with_person(one, hypertension=person.hypertension),
        Factor.DOSE: lambda one: replace(one, session=here.session),
        Factor.SESSION: lambda one: replace(one, number=here.number),
    }


def _with_person(situation: Situation, **changes: object) -> Situation:
    return replace(situation, person=replace(situation.person, **changes))  # type: ignore[arg-type]


def _seen(usual: Situation, moves: Mapping[Factor, Move]) -> dict[Coalition, Peaks]:
    """The peaks with every selection of the factors moved: at most two to the number of factors."""
    found = {}
    for size in range(len(moves) + 1):
        for chosen in combinations(moves, size):
            situation = usual
            for factor in chosen:
                situation = moves[factor](situation)
            found[frozenset(chosen)] = peaks_of(situation)
    return found


def _average(factor: Factor, everything: Coalition, peaks: Mapping[Coalition, Peaks]) -> Peaks:
    """Shapley's average of what a factor adds to each selection of the others."""
    others = everything - {factor}
    total = Peaks(ketamine_venous_ng_ml=0.0, cadss=0.0, sbp_rise_mmhg=0.0)
    for selection in _selections(sorted(others)):
        weight = factorial(len(selection)) * factorial(len(others) - len(selection))
        added = peaks[selection | {factor}] - peaks[selection]
        total = total - added.scaled(-weight / factorial(len(everything)))
    return total


def _selections(factors: Sequence[Factor]) -> list[Coalition]:
    return [frozenset(chosen) for size in range(len(factors) + 1) for chosen in combinations(factors, size)]


def peaks_of(situation: Situation) -> Peaks:
    """The peaks of the typical person in one session, by U1.

    Sessions of a course are days apart, so earlier ones are felt in the dissociation alone (habituation,
    pharmacology.md 4.2); what is left of them in blood is not counted.

    Raises:
        OutsideDomain: U1 does not know this dose.
    """
    session = Regimen(sessions=(situation.session,))
    times_h = situation.session.start_h + minutes(hours=SEEN_FOR_H)
    seen = simulate(session, situation.person, times_h=times_h)
    left = attenuation(situation.number - 1.0, typical_sensitivity(situation.person))
    return Peaks(
        ketamine_venous_ng_ml=float(seen["ketamine_venous_ng_ml"].max()),
        cadss=float(seen["cadss"].max()) * left,
        sbp_rise_mmhg=float(seen["sbp_rise_mmhg"].max()),
    )
