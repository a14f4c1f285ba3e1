"""The same question in many people who look like this one: bands over time, quantiles of every summary."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ajar.pharmacology.course import Course
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.forecast import QUANTILES, Forecast, band_of
from ajar.pharmacology.members import Asked, curves_of
from ajar.pharmacology.populations import Population, simulate_population
from ajar.pharmacology.regimen import Regimen
from ajar.pharmacology.tally import RELATIVE_ERROR, Kept, Summary, Tally
from ajar.workbench.keys import DRUG, EXTREMES, OF_A_CURVE, QUANTILE_KEYS, RECALLED, SHARES, TOTAL, day_key
from ajar.workbench.question import Question
from ajar.workbench.summaries import CONCENTRATION, IMPROVEMENT, SAME_H, drug_change, symptom_keys

BLOCK_PEOPLE: Final = 250
"""People whose first day is in memory at once: 250 of 1 441 minutes and 13 outputs are 37 MB."""

KEPT_PEOPLE: Final = 2_000
"""Up to so many, quantiles are exact; above, within `RELATIVE_ERROR`."""

BAND_ROWS: Final = np.concatenate([np.arange(0, 361, 5), np.arange(390, 1441, 30)])
"""Minutes at which bands have a point: every 5 for six hours, every 30 after."""

IN_SESSION: Final = (
    "ketamine_venous_ng_ml",
    "ketamine_arterial_ng_ml",
    "s_ketamine_venous_ng_ml",
    "s_ketamine_arterial_ng_ml",
    "norketamine_ng_ml",
    "s_effect_site_ng_ml",
    "cadss",
    "sbp_rise_mmhg",
    "dbp_rise_mmhg",
    "heart_rate_rise_per_min",
    "nmda_block",
    "sedation_probability",
    "deeper_sedation_probability",
)
"""What is summed up of each person's first day."""

IN_WEEKS: Final = (IMPROVEMENT, "madrs", "madrs_change", "phq9", "synaptic_gain", "fast_circuit")

Told = Callable[[str, int, int], object]
"""Hears what is being done, how many people are done, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crowd:
    """`session`: bands of the first day; `weeks`: bands at the days read; `quantiles`: of every summary."""

    session: Forecast
    weeks: Population
    quantiles: Mapping[str, Any]
    shares: Mapping[str, float]
    relative_error: float


def crowd(question: Question, typical: Course, *, workers: int, told: Told) -> Crowd:
    """Everyone asked for. People are the same in both parts: seed and number decide."""
    kind: type[Kept] | type[Tally] = Kept if question.people <= KEPT_PEOPLE else Tally
    session, firsts = _first_day(question, typical, kind(), {name: kind() for name in IN_SESSION}, told)
    weeks = simulate_population(
        question.regimen,
        question.person,
        people=question.people,
        seed=question.seed,
        times_h=question.weeks_h,
        outputs=IN_WEEKS,
        circumstances=question.circumstances,
        workers=workers,
        told=lambda done, total: told("weeks", done, total),
    )
    return Crowd(
        session=session,
        weeks=weeks,
        quantiles={**firsts, **_symptoms(question, weeks)},
        shares=_shares(question, weeks),
        relative_error=0.0 if kind is Kept else RELATIVE_ERROR,
    )


def _first_day(
    question: Question, typical: Course, summed: Summary, bands: Mapping[str, Summary], told: Told
) -> tuple[Forecast, dict[str, Any]]:
    asked = Asked(
        regimen=Regimen(sessions=question.regimen.sessions[:1]),
        person=question.person,
        seed=question.seed,
        times_h=question.session_h,
        outputs=IN_SESSION,
        circumstances=question.circumstances,
    )
    for start in range(0, question.people, BLOCK_PEOPLE):
        count = min(BLOCK_PEOPLE, question.people - start)
        seen = curves_of(asked, start=start, count=count)
        for name, values in seen.items():
            bands[name].add(values[:, BAND_ROWS], start=start)
        summed.add(_numbers(asked.times_h, seen), start=start)
        told("first session", start + count, question.people)
    forecast = Forecast(
        model_id=typical.model_id,
        model_version=typical.model_version,
        people=question.people,
        seed=question.seed,
        bands={
            name: band_of(typical.curves[name], asked.times_h[BAND_ROWS], summary.quantiles(QUANTILES))
            for name, summary in bands.items()
        },
        notes=typical.notes,
    )
    return forecast, _named(summed.quantiles(QUANTILES))


def _columns() -> list[tuple[str, str]]:
    """What is summed up of a person: the three of each concentration, then the extremes."""
    levels = [(name, each) for name in IN_SESSION if name.endswith(CONCENTRATION) for each in OF_A_CURVE]
    return levels + [(key, "") for key, each in EXTREMES.items() if each.curve in IN_SESSION]


def _numbers(times_h: FloatArray, seen: Mapping[str, FloatArray]) -> FloatArray:
    """[people, columns]."""
    columns: list[FloatArray] = []
    for name, values in seen.items():
        if name.endswith(CONCENTRATION):
            columns += [values.max(axis=1), times_h[values.argmax(axis=1)], areas(times_h, values)]
    columns += [seen[each.curve].max(axis=1) for each in EXTREMES.values() if each.curve in seen]
    return np.column_stack(columns)


def areas(times_h: FloatArray, values: FloatArray) -> FloatArray:
    """The area of each row, by the rule of `nca.auc_ng_h_ml`."""
    first, second = np.maximum(values[:, :-1], 0.0), np.maximum(values[:, 1:], 0.0)
    falls = (second > 0.0) & (second < first)
    ratio = np.where(falls, first / np.where(falls, second, 1.0), np.e)
    mean = np.where(falls, (first - second) / np.log(ratio), (first + second) / 2.0)
    total: FloatArray = mean @ np.diff(times_h)
    return total


def _named(quantiles: FloatArray) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for (name, part), values in zip(_columns(), quantiles.T.tolist(), strict=True):
        named = dict(zip(QUANTILE_KEYS.values(), values, strict=True))
        if part:
            found.setdefault(name, {})[part] = named
        else:
            found[name] = named
    return found


def _symptoms(question: Question, weeks: Population) -> dict[str, Any]:
    """The more improvement, the lower the change: its quantiles are those of the other end."""
    baseline = question.symptoms.madrs_baseline
    better = weeks[IMPROVEMENT].quantiles
    stems = {
        DRUG: {share: drug_change(better[_other_end(share)], baseline=baseline) for share in QUANTILES},
        TOTAL: weeks["madrs_change"].quantiles,
        RECALLED: weeks["phq9"].quantiles,
    }
    rows = np.searchsorted(question.weeks_h, question.read_h - SAME_H)
    return {
        key: {QUANTILE_KEYS[share]: float(values[row]) for share, values in quantiles.items()}
        for stem, quantiles in stems.items()
        for row, key in zip(rows, symptom_keys(question, stem), strict=True)
    }


def _other_end(share: float) -> float:
    return QUANTILES[len(QUANTILES) - 1 - QUANTILES.index(share)]


def _shares(question: Question, weeks: Population) -> dict[str, float]:
    daily = {name: weeks.shares[name][-question.days :] for name in SHARES}
    return {
        day_key(f"{name}_share", day): float(daily[name][day - 1])
        for name in SHARES
        for day in question.read_days
    }
