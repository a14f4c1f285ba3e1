"""The summary of one person's course, by the keys of `ajar.workbench.keys`."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from ajar.pharmacology.course import Course, Curve
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.nca import auc_ng_h_ml, peak
from ajar.pharmacology.u1.symptoms import MADRS_MOST
from ajar.workbench.keys import BY_SESSION, DRUG, EARLY_KEYS, EXTREMES, RECALLED, TOTAL, Extreme, day_key
from ajar.workbench.question import DAY_H, Question

CONCENTRATION: Final = "_ng_ml"
IMPROVEMENT: Final = "drug_improvement_share"

SAME_H: Final = 1e-6
"""Times nearer than this are the same, written twice with rounding."""


def summary_of(question: Question, seen: Course) -> dict[str, Any]:
    """Every number of the typical person, by key; a concentration has its three under the curve's name."""
    return {
        **concentrations(seen.times_h, {n: c for n, c in seen.curves.items() if n.endswith(CONCENTRATION)}),
        **{key: _extreme(seen, each) for key, each in EXTREMES.items()},
        **_sessions(seen),
        **_symptoms(question, seen),
    }


def concentrations(times_h: FloatArray, curves: Mapping[str, Curve]) -> dict[str, dict[str, float]]:
    """Peak, its time and the area of each curve over the first day."""
    day = times_h <= DAY_H
    found = {}
    for name, curve in curves.items():
        values = np.maximum(curve.values[day], 0.0)  # only rounding could go below
        highest = peak(times_h[day], values)
        found[name] = {
            "cmax": highest.cmax_ng_ml,
            "tmax_h": highest.tmax_h,
            "auc_0_24": auc_ng_h_ml(times_h[day], values),
        }
    return found


def drug_change(improvement: FloatArray, *, baseline: float) -> FloatArray:
    """MADRS by the drug alone, as change from its baseline, kept on its scale."""
    return np.clip(baseline * (1.0 - improvement), 0.0, MADRS_MOST) - baseline


def symptom_keys(question: Question, stem: str) -> list[str]:
    """The keys of a symptom at each of `question.read_h`."""
    early = [f"{stem}_{when}" for when in EARLY_KEYS]
    return early + [day_key(stem, day) for day in question.read_days]


def _extreme(seen: Course, each: Extreme) -> float:
    values = seen[each.curve]
    within = values[seen.times_h <= DAY_H] if each.first_day else values
    return float(within.min() if each.lowest else within.max())


def _sessions(seen: Course) -> dict[str, float]:
    peaks, nausea = BY_SESSION
    return {
        key: value
        for one in seen.sessions
        for key, value in (
            (f"{peaks}_{one.number}", one.cadss_peak),
            (f"{nausea}_{one.number}", one.nausea_probability),
        )
    }


def _symptoms(question: Question, seen: Course) -> dict[str, float]:
    rows = np.searchsorted(seen.times_h, question.read_h - SAME_H)
    baseline = question.symptoms.madrs_baseline
    found = {
        DRUG: drug_change(seen[IMPROVEMENT], baseline=baseline),
        TOTAL: seen["madrs_change"],
        RECALLED: seen["phq9"],
    }
    return {
        key: float(value)
        for stem, values in found.items()
        for key, value in zip(symptom_keys(question, stem), values[rows], strict=True)
    }
