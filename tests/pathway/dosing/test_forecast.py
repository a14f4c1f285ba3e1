"""A frozen forecast refuses nonsense, and its score is honest: laws of coverage and of the interval score."""

from collections.abc import Iterable
from dataclasses import replace
from statistics import fmean
from uuid import uuid4

import pytest
from hypothesis import given as with_any
from hypothesis import settings
from hypothesis import strategies as st

from ajar.pathway.dosing.entries import Act, PatientArrived
from ajar.pathway.dosing.forecast import (
    ForecastRefused,
    FrozenBand,
    Observed,
    Output,
    OutputScore,
    forecast_of,
    order_to_forecast,
)
from ajar.pathway.dosing.forecast_scoring import (
    CADSS_OF_SIX,
    LEVELS,
    Spread,
    charted_at,
    interval_score,
    observations,
    scores_of,
    spread_at,
    thinned,
    weighted_interval_score,
)
from ajar.pathway.dosing.session import DrugAct, fold
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, VitalsMeasured
from tests.pathway.dosing.history import ORDERED, PLANNED, START, chain, check_of, entry, given
from tests.support.payloads import frozen_bands, frozen_forecasts

VALUES = st.integers(-50_000, 300_000).map(lambda thousandths: thousandths / 1000)


def spread_of(five: Iterable[float]) -> Spread:
    """Five values from low to high."""
    return Spread(**dict(zip(("low", "lower", "middle", "upper", "high"), five, strict=True)))


SPREADS = st.lists(VALUES, min_size=5, max_size=5).map(lambda five: spread_of(sorted(five)))


def pinball(quantile: float, value: float, level: float) -> float:
    """The loss of naming this quantile: the slow, plain version of what the score is made of."""
    return (level - (value < quantile)) * (value - quantile)


def score(spread: Spread, value: float) -> float:
    return weighted_interval_score(value, spread)


@with_any(SPREADS, VALUES)
def test_the_score_is_twice_the_mean_pinball_loss_of_the_five_quantiles(spread, value):
    losses = [pinball(q, value, level) for q, level in zip(spread.values, LEVELS, strict=True)]
    assert score(spread, value) == pytest.approx(2 * fmean(losses), abs=1e-9)


@with_any(SPREADS, VALUES)
def test_a_score_is_never_below_zero_and_is_zero_only_for_a_certain_and_right_forecast(spread, value):
    certain = Spread(low=value, lower=value, middle=value, upper=value, high=value)
    assert score(spread, value) >= 0
    assert score(certain, value) == 0
    assert (score(spread, value) == 0) <= (spread == certain)


@with_any(SPREADS, VALUES, st.floats(-100, 100), st.floats(0.5, 4))
def test_the_score_is_in_the_unit_of_the_value(spread, value, shift, factor):
    moved = spread_of(each * factor + shift for each in spread.values)
    assert score(moved, value * factor + shift) == pytest.approx(factor * score(spread, value), abs=1e-7)


@with_any(st.lists(st.integers(0, 60), min_size=20, max_size=40), SPREADS)
def test_nobody_does_better_in_the_long_run_than_by_naming_their_true_quantiles(seen, other):
    ordered = sorted(seen)
    true = [ordered[min(int(level * len(seen)), len(seen) - 1)] for level in LEVELS]
    honest = Spread(low=true[0], lower=true[1], middle=true[2], upper=true[3], high=true[4])
    mine, theirs = (fmean(score(spread, value) for value in seen) for spread in (honest, other))
    assert mine <= theirs + 1e-9


@with_any(SPREADS, VALUES)
def test_inside_the_half_is_inside_the_nine_in_ten(spread, value):
    assert spread.holds_50(value) <= spread.holds_90(value)
    assert interval_score(value, low=spread.low, high=spread.high, outside=0.1) >= spread.high - spread.low


@with_any(frozen_bands(), st.floats(0, 10))
def test_between_the_minutes_a_band_goes_straight_and_its_quantiles_never_cross(band, minute):
    minutes = (0.0, 5.0, 10.0)
    spread = spread_at(minutes, band, minute)
    assert spread is not None
    assert all(b >= a - 1e-9 for a, b in zip(spread.values, spread.values[1:], strict=False))
    at_five = spread_at(minutes, band, 5.0)
    assert at_five is not None
    assert at_five.values == tuple(row[1] for row in band.rows)
    assert spread_at(minutes, band, -0.1) is spread_at(minutes, band, 10.1) is spread_at((), band, 0) is None
    alone = replace(band, **dict.fromkeys(("p05", "p25", "p50", "p75", "p95"), (1.0,)))
    assert spread_at((3.0,), alone, 3.0) == Spread(low=1, lower=1, middle=1, upper=1, high=1)


@with_any(frozen_bands(), st.sampled_from((0.0, 5.0, 10.0)), st.integers(0, 24))
def test_what_is_charted_in_steps_is_compared_in_steps(band, minute, total):
    dissociation = replace(band, output=Output.DISSOCIATION)
    exact = spread_at((0.0, 5.0, 10.0), dissociation, minute)
    charted = charted_at((0.0, 5.0, 10.0), dissociation, minute)
    assert exact is not None
    assert charted is not None
    assert charted.holds_90(total * CADSS_OF_SIX) == (
        round(exact.low / CADSS_OF_SIX) <= total <= round(exact.high / CADSS_OF_SIX)
    )
    assert charted_at((0.0, 5.0, 10.0), dissociation, 11.0) is None
    free = replace(band, output=Output.KETAMINE)
    assert charted_at((0.0, 5.0, 10.0), free, minute) == spread_at((0.0, 5.0, 10.0), free, minute)


@settings(max_examples=50)
@with_any(frozen_forecasts(), st.lists(st.tuples(st.floats(-5, 20), VALUES), max_size=12))
def test_what_is_scored_lies_within_the_forecast_and_every_count_is_of_it(forecast, told):
    seen = [Observed(minute=minute, value=value, entry_id=uuid4()) for minute, value in told]
    for one in scores_of(forecast, dict.fromkeys(Output, seen)):
        assert one.number == len([each for each in seen if 0 <= each.minute <= 10])
        assert one.number == len(one.observations)
        assert (one.interval_score is None) == (one.number == 0)
        assert 0 <= one.inside_50 <= one.inside_90 <= one.number


@with_any(st.lists(st.floats(0, 240), max_size=60))
def test_a_stream_is_one_witness_for_each_five_minutes(minutes):
    kept = thinned(Observed(minute=minute, value=120.0, entry_id=uuid4()) for minute in minutes)
    assert [one.minute for one in kept] == sorted(one.minute for one in kept)
    columns = [int(minute // 5) for minute in minutes]
    assert [int(one.minute // 5) for one in kept] == sorted(set(columns))
    assert all(one.minute == min(m for m in minutes if m // 5 == one.minute // 5) for one in kept)


def pressure(value: float) -> VitalsMeasured:
    return VitalsMeasured(systolic_mmhg=value, diastolic_mmhg=30)


def test_what_is_seen_is_counted_from_the_first_drug_and_as_it_stands_after_corrections():
    wrong = entry(pressure(210), minute=12)
    told = [
        entry(pressure(120), minute=-10),
        entry(pressure(131), minute=6),
        entry(VitalsMeasured(spo2_percent=97), minute=7),
        wrong,
        entry(pressure(141), minute=12, supersedes=wrong.id),
        entry(DissociationRated(items=(4, 4, 4, 0, 0, 0), distress=False), minute=20),
        entry(SedationRated(moaa_s=5), minute=21),
    ]
    seen = observations(told, first_dose_at=START)
    assert [(one.minute, one.value) for one in seen[Output.SYSTOLIC]] == [(6, 131), (12, 141)]
    assert [one.value for one in seen[Output.DISSOCIATION]] == [12 * CADSS_OF_SIX]
    assert seen[Output.KETAMINE] == ()


ROWS = dict.fromkeys(("p05", "p25", "p50", "p75", "p95"), (1.0, 2.0))


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"status": "sure"}, "established, plausible, unproven"),
        ({"p05": (1.0,)}, "as many values"),
        ({"p05": (1.5, 2.0)}, "cannot lie below"),
    ],
)
def test_a_band_that_cannot_be_is_refused(change, match):
    with pytest.raises(ValueError, match=match):
        FrozenBand(**({"output": Output.SYSTOLIC, "unit": "mmHg", "status": "established"} | ROWS | change))


@settings(max_examples=5)
@with_any(frozen_forecasts())
def test_a_forecast_says_its_bands_or_why_there_are_none(forecast):
    assert forecast.band(forecast.bands[0].output) is forecast.bands[0]
    for change, match in (
        ({"bands": ()}, "why there is no forecast"),
        ({"minutes": (0.0, 5.0, 5.0)}, "rise"),
        ({"minutes": (0.0, 5.0, float("nan"))}, "finite"),
        ({"minutes": (0.0, 5.0)}, "one value for each minute"),
    ):
        with pytest.raises(ValueError, match=match):
            replace(forecast, **change)
    none = replace(forecast, bands=(), minutes=(), because="the weight: none is recorded")
    assert none.band(Output.SYSTOLIC) is None


@pytest.mark.parametrize(
    ("change", "match"),
    [({"inside_50": 3}, "counted once"), ({"mean_error": None}, "where, and only where")],
)
def test_a_score_that_cannot_be_is_refused(change, match):
    fine = {
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
    assert OutputScore(**fine).number == 2
    with pytest.raises(ValueError, match=match):
        OutputScore(**(fine | change))


@settings(max_examples=5)
@with_any(frozen_forecasts())
def test_a_forecast_belongs_to_its_order_and_the_first_one_stands(forecast):
    first, second = entry(forecast), entry(forecast)
    assert forecast_of([first, second], forecast.order_id) == first
    assert forecast_of([first], uuid4()) is None
    gone = entry(EnteredInError(), supersedes=first.id)
    assert forecast_of([first, gone], forecast.order_id) is None


def test_only_a_checked_order_is_forecast_and_never_after_the_drug():
    order = entry(ORDERED, minute=10)
    told = [*chain((PLANNED, 0), (PatientArrived(room_id=uuid4(), room_name="Room 1"), 1)), order]
    session = fold([*told, entry(check_of(order), minute=12)])
    assert session is not None
    assert order_to_forecast(session) == (order.id, ORDERED)
    act = DrugAct(at=START, entry_id=uuid4(), given=given(Act.INFUSION_STARTED, rate_mg_per_h=52.5))
    for changed, match in (
        (replace(session, order=None), "once the order has been checked"),
        (replace(session, order_id=None), "once the order has been checked"),
        (replace(session, check=None), "once the order has been checked"),
        (replace(session, acts=(act,)), "hindsight"),
        (replace(session, closed_at=START), "closed"),
    ):
        with pytest.raises(ForecastRefused, match=match):
            order_to_forecast(changed)
