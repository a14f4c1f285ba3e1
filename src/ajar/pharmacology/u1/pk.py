"""U1's linear part: one copy for S-ketamine and one for R-ketamine (pharmacology.md 4.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.compartments import Bolus, CompartmentModel, Inflow, trajectory
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.molecules import (
    HYDROXYNORKETAMINE_G_MOL,
    KETAMINE_G_MOL,
    NORKETAMINE_G_MOL,
    SHARE,
    Enantiomer,
)
from ajar.pharmacology.regimen import Regimen, Route
from ajar.pharmacology.u1.absorption import NO_DEPOT, Absorption, absorption_by, inputs_of
from ajar.pharmacology.u1.disposition import Disposition
from ajar.pharmacology.u1.individual import Individual

NG_ML_PER_MG_L: Final = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentrations:
    """What one enantiomer and its metabolites reach, at each time. Base, ng/mL."""

    arterial_ng_ml: FloatArray
    venous_ng_ml: FloatArray
    norketamine_ng_ml: FloatArray
    hydroxynorketamine_ng_ml: FloatArray
    effect_site_ng_ml: FloatArray

    def at(self, rows: NDArray[np.intp]) -> Self:
        """The same at some of the times."""
        return type(self)(**{part.name: getattr(self, part.name)[rows] for part in fields(self)})


def equations_of(disposition: Disposition, absorption: Absorption) -> Mapping[str, Mapping[str, float]]:
    """The fourteen equations. Amounts in mg of ketamine, but Cv and Ce in mg/L, which take no mass."""
    p, a = disposition, absorption
    leaving = (p.cl_l_h + p.q2_l_h + p.q3_l_h) / p.v1_l
    return {
        "D": {"D": -a.ka_per_h},
        "G": {"G": -a.kg_per_h},
        "L": {"G": a.kg_per_h, "L": -a.kt_per_h},
        "A1": {
            "D": a.ka_per_h,
            "L": a.kt_per_h * a.escapes_liver,
            "A1": -leaving,
            "A2": p.q2_l_h / p.v2_l,
            "A3": p.q3_l_h / p.v3_l,
        },
        "A2": {"A1": p.q2_l_h / p.v1_l, "A2": -p.q2_l_h / p.v2_l},
        "A3": {"A1": p.q3_l_h / p.v1_l, "A3": -p.q3_l_h / p.v3_l},
        "Cv": {"A1": p.kv_per_h / p.v1_l, "Cv": -p.kv_per_h},
        **_metabolites(p, a),
        "Ce": {"A1": p.ke0_per_h / p.v1_l, "Ce": -p.ke0_per_h},
    }


def model_of(disposition: Disposition, absorption: Absorption) -> CompartmentModel:
    """The same as a model that can be advanced."""
    return CompartmentModel.of(equations_of(disposition, absorption))


def _metabolites(p: Disposition, a: Absorption) -> Mapping[str, Mapping[str, float]]:
    return {
        "M1": {
            "A1": p.cl_l_h / p.v1_l,
            "L": a.kt_per_h * (1.0 - a.escapes_liver),
            "M1": -p.km_per_h,
        },
        "M2": {"M1": p.km_per_h, "M2": -p.km_per_h},
        "N1": {
            "M2": p.fm * p.km_per_h,
            "N1": -(p.cln_l_h + p.qn_l_h) / p.vn1_l,
            "N2": p.qn_l_h / p.vn2_l,
        },
        "N2": {"N1": p.qn_l_h / p.vn1_l, "N2": -p.qn_l_h / p.vn2_l},
        "H1": {
            "N1": p.fh * p.cln_l_h / p.vn1_l,
            "H1": -(p.clh_l_h + p.qh_l_h) / p.vh1_l,
            "H2": p.qh_l_h / p.vh2_l,
        },
        "H2": {"H1": p.qh_l_h / p.vh1_l, "H2": -p.qh_l_h / p.vh2_l},
    }


def concentrations(
    regimen: Regimen, individual: Individual, enantiomer: Enantiomer, *, times_h: FloatArray
) -> Concentrations:
    """One enantiomer's concentrations.

    Routes, and sessions of a person who absorbs differently each time, differ in their depots: each is
    solved by itself and they are added up, which a linear system allows.
    """
    disposition = individual.disposition(enantiomer)
    model = model_of(disposition, NO_DEPOT)
    total = np.zeros((len(times_h), len(model.states)))
    for absorption, inputs in _inputs(regimen, individual, enantiomer).items():
        total += trajectory(model_of(disposition, absorption), inputs=inputs, times_h=times_h)
    return _read(model, disposition, np.maximum(total, 0.0))  # only rounding could go below


def _inputs(
    regimen: Regimen, individual: Individual, enantiomer: Enantiomer
) -> dict[Absorption, list[Bolus | Inflow]]:
    """What goes in, by the depots it goes through."""
    inputs: dict[Absorption, list[Bolus | Inflow]] = {}
    for number, session in enumerate(regimen.sessions):
        uptake = individual.uptake_in(number)
        sprayed = 0
        for event in session.events:
            sprayed += event.route is Route.NASAL
            amount_mg = event.amount_mg * SHARE[event.drug][enantiomer]
            if amount_mg > 0:
                absorption = absorption_by(event.route, uptake, enantiomer)
                given = inputs_of(event, uptake, amount_mg, device=sprayed)
                inputs.setdefault(absorption, []).extend(given)
    return inputs


def _read(model: CompartmentModel, p: Disposition, states: FloatArray) -> Concentrations:
    norketamine = NG_ML_PER_MG_L / p.vn1_l * NORKETAMINE_G_MOL / KETAMINE_G_MOL
    hydroxynorketamine = NG_ML_PER_MG_L / p.vh1_l * HYDROXYNORKETAMINE_G_MOL / KETAMINE_G_MOL
    return Concentrations(
        arterial_ng_ml=states[:, model.index("A1")] * (NG_ML_PER_MG_L / p.v1_l),
        venous_ng_ml=states[:, model.index("Cv")] * NG_ML_PER_MG_L,
        norketamine_ng_ml=states[:, model.index("N1")] * norketamine,
        hydroxynorketamine_ng_ml=states[:, model.index("H1")] * hydroxynorketamine,
        effect_site_ng_ml=states[:, model.index("Ce")] * NG_ML_PER_MG_L,
    )
