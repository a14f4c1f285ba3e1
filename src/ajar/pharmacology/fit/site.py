"""Concentrations at a few scattered times, exactly: each depot and compartment as a sum of exponentials.

The readable solver (`u1.pk`) steps from time to time and judges this one in the tests. Here the whole of a
dose's response is written by the eigenvalues of the same equations, so that forty times over four weeks cost
no more than forty exponentials a dose and mode. Metabolites flow nowhere back and are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ajar.pharmacology.compartments import Bolus, Inflow
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.molecules import SHARE, Enantiomer
from ajar.pharmacology.regimen import Regimen, Route
from ajar.pharmacology.u1.absorption import Absorption, absorption_by, inputs_of
from ajar.pharmacology.u1.disposition import Disposition
from ajar.pharmacology.u1.individual import Individual
from ajar.pharmacology.u1.pk import NG_ML_PER_MG_L, equations_of

BODY: Final = ("A1", "A2", "A3", "Cv", "Ce")

WORST_CONDITION: Final = 1e9
"""Above this two rates are as good as equal, and the sum of exponentials loses the digits that count."""

APART: Final = 1.0 + 1e-6
"""By this ke0 is then moved; a concentration moves by less than that."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Site:
    """Venous level and effect site of one enantiomer, ng/mL, at each time."""

    venous_ng_ml: FloatArray
    effect_site_ng_ml: FloatArray


def site_of(regimen: Regimen, individual: Individual, enantiomer: Enantiomer, *, times_h: FloatArray) -> Site:
    """What one enantiomer reaches, at times in any order."""
    both = np.zeros((2, len(times_h)))
    for absorption, inputs in _inputs(regimen, individual, enantiomer).items():
        both += _responses(individual.disposition(enantiomer), absorption, inputs, times_h)
    both = np.maximum(both, 0.0) * NG_ML_PER_MG_L
    return Site(venous_ng_ml=both[0], effect_site_ng_ml=both[1])


def _inputs(
    regimen: Regimen, individual: Individual, enantiomer: Enantiomer
) -> dict[Absorption, list[Bolus | Inflow]]:
    """What goes in, by the depots it goes through; the person absorbs alike in every session."""
    inputs: dict[Absorption, list[Bolus | Inflow]] = {}
    uptake = individual.uptakes[0]
    for session in regimen.sessions:
        sprayed = 0
        for event in session.events:
            sprayed += event.route is Route.NASAL
            amount_mg = event.amount_mg * SHARE[event.drug][enantiomer]
            if amount_mg > 0:
                absorption = absorption_by(event.route, uptake, enantiomer)
                inputs.setdefault(absorption, []).extend(inputs_of(event, uptake, amount_mg, device=sprayed))
    return inputs


def _states(absorption: Absorption) -> tuple[str, ...]:
    depots = ("D",) if absorption.ka_per_h > 0 else ()
    swallowed = ("G", "L") if absorption.kg_per_h > 0 else ()
    return depots + swallowed + BODY


def _matrix(disposition: Disposition, absorption: Absorption, states: Sequence[str]) -> FloatArray:
    equations = equations_of(disposition, absorption)
    return np.array([[equations[row].get(column, 0.0) for column in states] for row in states])


def _modes(
    disposition: Disposition, absorption: Absorption, states: Sequence[str]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Eigenvalues, vectors and their inverse; with ke0 a hair aside where two rates coincide."""
    rates, vectors = np.linalg.eig(_matrix(disposition, absorption, states))
    if np.linalg.cond(vectors) > WORST_CONDITION:
        values = {name: getattr(disposition, name) for name in disposition.__dataclass_fields__}
        aside = Disposition(**{**values, "ke0_per_h": disposition.ke0_per_h * APART})
        rates, vectors = np.linalg.eig(_matrix(aside, absorption, states))
    return rates, vectors, np.linalg.inv(vectors)


def _responses(
    disposition: Disposition,
    absorption: Absorption,
    inputs: Sequence[Bolus | Inflow],
    times_h: FloatArray,
) -> FloatArray:
    """Venous level and effect site [2, times], mg/L."""
    states = _states(absorption)
    rates, vectors, inverse = _modes(disposition, absorption, states)
    seen = vectors[[states.index("Cv"), states.index("Ce")]]
    total = np.zeros((len(rates), len(times_h)), dtype=rates.dtype)
    for given in inputs:
        total += inverse[:, states.index(given.state), np.newaxis] * _driven(given, rates, times_h)
    return np.asarray((seen @ total).real, dtype=np.float64)


def _driven(given: Bolus | Inflow, rates: FloatArray, times_h: FloatArray) -> FloatArray:
    """One mode after another [rates, times]: a dose at once decays; a constant one builds up, then decays."""
    if isinstance(given, Bolus):
        since_h = times_h - given.at_h
        return np.where(since_h >= 0, given.amount * _decayed(rates, since_h), 0.0)
    since_start_h = np.maximum(times_h - given.from_h, 0.0)
    since_end_h = np.maximum(times_h - given.until_h, 0.0)
    built = _decayed(rates, since_start_h) - _decayed(rates, since_end_h)
    return given.rate_per_h * built / rates[:, np.newaxis]


def _decayed(rates: FloatArray, since_h: FloatArray) -> FloatArray:
    return np.exp(rates[:, np.newaxis] * np.maximum(since_h, 0.0))
