"""How one made-up forecast fared, field by field, and what a forecast refuses: read and approved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from ajar.pathway.dosing.forecast import (
    ForecastFrozen,
    FrozenBand,
    Observed,
    Output,
    OutputScore,
    order_to_forecast,
)
from ajar.pathway.dosing.forecast_scoring import Spread, observations, scores_of, spread_at, thinned
from ajar.pathway.observations.vitals import DissociationRated, VitalsMeasured
from tests.pathway.dosing.history import START, entry
from tests.pathway.dosing.test_drug import STARTED, session
from tests.support.approved import assert_approved
from tests.support.refusal import refusal

APPROVED: Final = Path(__file__).parent / "approved"


def band(output: Output, unit: str, *, middle: float, step: float) -> FrozenBand:
    """Five quantiles `step` apart, the same at each of three moments."""
    p05, p25, p50, p75, p95 = ((middle + step * n,) * 3 for n in (-2, -1, 0, 1, 2))
    return FrozenBand(
        output=output, unit=unit, status="plausible", p05=p05, p25=p25, p50=p50, p75=p75, p95=p95
    )


SYSTOLIC: Final = band(Output.SYSTOLIC, "mmHg", middle=130.4, step=10.0)
CADSS: Final = band(Output.DISSOCIATION, "points", middle=40.0, step=12.0)
KETAMINE: Final = band(Output.KETAMINE, "ng/mL", middle=100.0, step=30.0)
FORECAST: Final = ForecastFrozen(
    order_id=UUID(int=1),
    product="ketamine_iv",
    dose_mg=35.0,
    duration_min=40.0,
    weight_kg=70.0,
    age_years=None,
    sex="",
    resting_systolic_mmhg=124.0,
    earlier_sessions=0,
    model="u1",
    model_version="1",
    seed=1,
    people=200,
    basis="population",
    minutes=(0.0, 10.0, 40.0),
    bands=(SYSTOLIC, CADSS, KETAMINE),
    models=(),
)


def pressure(systolic: float) -> VitalsMeasured:
    return VitalsMeasured(systolic_mmhg=systolic, diastolic_mmhg=60)


def test_a_forecast_is_scored_on_what_was_seen_after_the_first_drug() -> None:
    told = [
        entry(pressure(119), minute=0),
        entry(pressure(120), minute=0.5),
        entry(pressure(121), minute=4.9),
        entry(pressure(140), minute=5),
        entry(pressure(151), minute=12),
        entry(pressure(109), minute=20),
        entry(pressure(110), minute=40),
        entry(pressure(90), minute=41),
        entry(DissociationRated(items=(4, 4, 4, 0, 0, 0), distress=False), minute=20),
        entry(DissociationRated(items=(4, 4, 1, 0, 0, 0), distress=True), minute=30),
    ]
    told = [replace(one, id=UUID(int=100 + number)) for number, one in enumerate(told)]
    seen = observations(told, first_dose_at=START)
    scores = scores_of(FORECAST, {output: seen[output] for output in (Output.SYSTOLIC, Output.DISSOCIATION)})
    assert_approved(APPROVED / "forecast.json", {one.output: one for one in scores})


def test_between_two_moments_of_a_forecast_its_band_goes_straight() -> None:
    rising = replace(KETAMINE, p75=(130.0, 140.0, 170.0), p95=(160.0, 180.0, 240.0))
    spread = spread_at(FORECAST.minutes, rising, 32.5)
    assert spread == Spread(low=40.0, lower=70.0, middle=100.0, upper=162.5, high=225.0)


def test_the_five_minutes_before_the_drug_are_other_minutes_than_those_after_it() -> None:
    seen = [Observed(minute=minute, value=120.0, entry_id=UUID(int=1)) for minute in (3.0, -3.0)]
    assert [one.minute for one in thinned(seen)] == [-3.0, 3.0]


SCORE: Final[dict[str, Any]] = {
    "output": Output.SYSTOLIC,
    "unit": "mmHg",
    "scale": "",
    "number": 2,
    "inside_50": 1,
    "inside_90": 2,
    "mean_error": 1.0,
    "interval_score": 3.0,
    "observations": (),
}


def scored(**changes: Any) -> Callable[[], object]:
    return lambda: OutputScore(**(SCORE | changes))


def frozen(**changes: Any) -> Callable[[], object]:
    return lambda: replace(FORECAST, **changes)


def forecast_for(**changes: Any) -> Callable[[], object]:
    return lambda: order_to_forecast(replace(session(), **changes))


REFUSED: Final[Mapping[str, Callable[[], object]]] = {
    "a status that is none": lambda: replace(SYSTOLIC, status="sure"),
    "a quantile too short": lambda: replace(SYSTOLIC, p05=(1.0,)),
    "quantiles that cross": lambda: replace(SYSTOLIC, p05=(110.4, 120.5, 110.4)),
    "quantiles that meet": lambda: replace(SYSTOLIC, p05=SYSTOLIC.p25),
    "no bands and no reason": frozen(bands=(), because=" "),
    "no bands for a reason": frozen(bands=(), because="no weight"),
    "minutes without end": frozen(minutes=(0.0, 10.0, float("inf"))),
    "the same minute twice": frozen(minutes=(0.0, 10.0, 10.0)),
    "a minute without a value": frozen(minutes=(0.0, 10.0)),
    "more inside the half than inside the nine in ten": scored(inside_50=2, inside_90=1),
    "more inside than seen": scored(inside_90=3),
    "fewer inside than none": scored(inside_50=-1),
    "no error of what was seen": scored(mean_error=None),
    "no score of what was seen": scored(interval_score=None),
    "an error of nothing": scored(number=0, inside_50=0, inside_90=0, interval_score=None),
    "a score of nothing": scored(number=0, inside_50=0, inside_90=0, mean_error=None),
    "nothing of nothing": scored(number=0, inside_50=0, inside_90=0, mean_error=None, interval_score=None),
    "everything inside": scored(inside_50=2),
    "no order": forecast_for(order=None),
    "no id of the order": forecast_for(order_id=None),
    "no check": forecast_for(check=None),
    "drug given": lambda: order_to_forecast(session(session().stage, STARTED)),
    "closed": forecast_for(closed_at=START),
    "checked and waiting": forecast_for(),
}


def test_what_a_forecast_refuses_is_said_in_approved_words() -> None:
    said = {words: refusal(act) for words, act in REFUSED.items()}
    assert_approved(APPROVED / "refused_forecast.json", said)
