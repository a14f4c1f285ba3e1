"""Concentrations of a typical person by one model, and what a pharmacometrician reads off them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from ajar.pharmacology.calibration.datum import Datum
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.models import model_named
from ajar.pharmacology.molecules import (
    HYDROXYNORKETAMINE_G_MOL,
    KETAMINE_G_MOL,
    NORKETAMINE_G_MOL,
    SHARE,
    Enantiomer,
)
from ajar.pharmacology.nca import auc_ng_h_ml, auc_to_infinity_ng_h_ml, half_life_h, peak
from ajar.pharmacology.regimen import Regimen, course, intravenous
from ajar.pharmacology.u1.individual import typical_individual
from ajar.pharmacology.u1.model import exposure
from ajar.pharmacology.u1.parameters import MODEL_ID
from ajar.pharmacology.validation.scenarios import SCENARIOS, Scenario

GRID_H: Final = np.concatenate(
    [np.arange(480) / 60.0, 8.0 + np.arange(192) / 12.0, 24.0 + np.arange(145) / 2.0]
)
"""Each minute for 8 h, each 5 min to 24 h, each half hour to 96 h: eight terminal half-lives and more."""

TERMINAL_FROM_H: Final = 24.0
"""From here on only the slowest phase is left, in every model here."""

REFERENCE_INFUSION_H: Final = 1.0 / 3.0
"""Length of the infusion against which a bioavailability is taken; for a linear model any is the same."""

MINUTES_PER_HOUR: Final = 60.0
MASSES_G_MOL: Final = {
    "hydroxynorketamine": HYDROXYNORKETAMINE_G_MOL,
    "norketamine": NORKETAMINE_G_MOL,
    "ketamine": KETAMINE_G_MOL,
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Run:
    """One scenario by one model: its curves (ng/mL) on `GRID_H`."""

    scenario: Scenario
    model: str
    curves: Mapping[str, FloatArray]

    def curve(self, output: str) -> FloatArray:
        """One curve.

        Raises:
            ValueError: the model does not give it; the message lists what it gives.
        """
        if output not in self.curves:
            raise ValueError(f"{self.model} gives no {output!r}; it gives: {', '.join(self.curves)}.")
        return self.curves[output]


def run_of(scenario: Scenario, model: str) -> Run:
    """The typical person of a scenario, by U1 or a published model.

    Raises:
        ValueError: no such model, or it does not apply here.
    """
    if model == MODEL_ID:
        curves = _unified(scenario.regimen, scenario)
    else:
        given = model_named(model).concentrations(scenario.person, scenario.regimen, GRID_H)
        curves = {name.removesuffix("_ng_ml"): values for name, values in given.items()}
    return Run(scenario=scenario, model=model, curves=curves)


def _unified(regimen: Regimen, scenario: Scenario) -> dict[str, FloatArray]:
    seen = exposure(regimen, typical_individual(scenario.person), times_h=GRID_H)
    s, r = seen.s, seen.r
    return {
        "ketamine_arterial": s.arterial_ng_ml + r.arterial_ng_ml,
        "ketamine_venous": s.venous_ng_ml + r.venous_ng_ml,
        "esketamine_arterial": s.arterial_ng_ml,
        "esketamine_venous": s.venous_ng_ml,
        "arketamine_arterial": r.arterial_ng_ml,
        "arketamine_venous": r.venous_ng_ml,
        "norketamine_arterial": s.norketamine_ng_ml + r.norketamine_ng_ml,
        "norketamine_venous": s.norketamine_ng_ml + r.norketamine_ng_ml,
        "s_norketamine": s.norketamine_ng_ml,
        "hydroxynorketamine_arterial": s.hydroxynorketamine_ng_ml + r.hydroxynorketamine_ng_ml,
        "s_hydroxynorketamine": s.hydroxynorketamine_ng_ml,
        "r_hydroxynorketamine": r.hydroxynorketamine_ng_ml,
    }


def _asked(run: Run, datum: Datum) -> tuple[str, FloatArray]:
    output = datum.computed.output if datum.computed else ""
    return output, run.curve(output)


def _in_unit(values: float, output: str, unit: str) -> float:
    """A concentration of ng/mL in the unit of the datum."""
    if unit != "nmol/mL":
        return values
    mass = next(g_mol for name, g_mol in MASSES_G_MOL.items() if name in output)
    return values / mass


def _cmax(run: Run, datum: Datum) -> float:
    output, values = _asked(run, datum)
    return _in_unit(peak(GRID_H, values).cmax_ng_ml, output, datum.unit)


def _late_cmax(run: Run, datum: Datum) -> float:
    """The peak after the last dose starts."""
    output, values = _asked(run, datum)
    late = run.scenario.regimen.events[-1].start_h <= GRID_H
    return _in_unit(float(values[late].max()), output, datum.unit)


def _at(run: Run, datum: Datum) -> float:
    output, values = _asked(run, datum)
    return _in_unit(float(np.interp(datum.time_h or 0.0, GRID_H, values)), output, datum.unit)


def _tmax_min(run: Run, datum: Datum) -> float:
    return peak(GRID_H, _asked(run, datum)[1]).tmax_h * MINUTES_PER_HOUR


def _tmax_after_last_min(run: Run, datum: Datum) -> float:
    return _tmax_min(run, datum) - run.scenario.regimen.events[-1].start_h * MINUTES_PER_HOUR


def _auc_0_6_min(run: Run, datum: Datum) -> float:
    early = GRID_H <= 6.0
    return auc_ng_h_ml(GRID_H[early], _asked(run, datum)[1][early]) * MINUTES_PER_HOUR


def _auc_0_24(run: Run, datum: Datum) -> float:
    day = GRID_H <= 24.0
    return auc_ng_h_ml(GRID_H[day], _asked(run, datum)[1][day])


def _area(values: FloatArray) -> float:
    return auc_to_infinity_ng_h_ml(GRID_H, values, from_h=TERMINAL_FROM_H)


def _half_life_h(run: Run, datum: Datum) -> float:
    return half_life_h(GRID_H, _asked(run, datum)[1], from_h=TERMINAL_FROM_H)


def _dose_mg(run: Run, output: str) -> float:
    """How much of what is measured was given: the racemate whole, or one half of it."""
    halves = (Enantiomer.S,) if output.startswith("esketamine") else (Enantiomer.R,)
    counted = tuple(Enantiomer) if output.startswith("ketamine") else halves
    return sum(
        event.amount_mg * SHARE[event.drug][half] for event in run.scenario.regimen.events for half in counted
    )


def _clearance_l_h(run: Run, datum: Datum) -> float:
    output, values = _asked(run, datum)
    return _dose_mg(run, output) * 1000.0 / _area(values)


def _clearance_ml_min(run: Run, datum: Datum) -> float:
    return _clearance_l_h(run, datum) * 1000.0 / MINUTES_PER_HOUR


def _vss_l(run: Run, datum: Datum) -> float:
    """Clearance times the mean residence time of a single infusion."""
    _, values = _asked(run, datum)
    rate_per_h = log(2.0) / half_life_h(GRID_H, values, from_h=TERMINAL_FROM_H)
    last_h, last = float(GRID_H[-1]), float(values[-1])
    moment = float(np.trapezoid(GRID_H * values, GRID_H)) + last * (last_h + 1.0 / rate_per_h) / rate_per_h
    residence_h = moment / _area(values) - run.scenario.regimen.events[0].duration_h / 2.0
    return _clearance_l_h(run, datum) * residence_h


def _vss_l_kg(run: Run, datum: Datum) -> float:
    return _vss_l(run, datum) / run.scenario.person.weight_kg


def _bioavailability_percent(run: Run, datum: Datum) -> float:
    """Area against that of the same amount into a vein, in the same person by U1."""
    output, values = _asked(run, datum)
    events = run.scenario.regimen.events
    dose_mg = sum(event.amount_mg for event in events)
    infusion = intravenous(drug=events[0].drug, amount_mg=dose_mg, duration_h=REFERENCE_INFUSION_H)
    reference = _unified(course(infusion), run.scenario)[output]
    return 100.0 * _area(values) / _area(reference)


def _norketamine_ratio(run: Run, datum: Datum) -> float:
    return _area(run.curve("norketamine_venous")) / _area(_asked(run, datum)[1])


def _hnk_ratio(run: Run, datum: Datum) -> float:
    output, values = _asked(run, datum)
    half = "s" if output.startswith("esketamine") else "r"
    return _area(run.curve(f"{half}_hydroxynorketamine")) / _area(values)


PlasmaReading = Callable[[Run, Datum], float]

PLASMA_READINGS: Final[Mapping[str, PlasmaReading]] = {
    "cmax": _cmax,
    "late_cmax": _late_cmax,
    "at": _at,
    "tmax_min": _tmax_min,
    "tmax_after_last_min": _tmax_after_last_min,
    "auc_0_6_min": _auc_0_6_min,
    "auc_0_24": _auc_0_24,
    "half_life_h": _half_life_h,
    "clearance_l_h": _clearance_l_h,
    "clearance_ml_min": _clearance_ml_min,
    "vss_l": _vss_l,
    "vss_l_kg": _vss_l_kg,
    "bioavailability_percent": _bioavailability_percent,
    "norketamine_ratio": _norketamine_ratio,
    "hnk_ratio": _hnk_ratio,
}
"""What can be read off concentrations, by the name the tables use."""


def plasma_scenario(name: str) -> Scenario:
    """The scenario of that name.

    Raises:
        ValueError: there is none.
    """
    if name not in SCENARIOS:
        raise ValueError(f"There is no scenario {name!r}; there are: {', '.join(SCENARIOS)}.")
    return SCENARIOS[name]
