"""Forecasts of one person: bands over their posterior, named and the same for the same seed."""

import numpy as np
import pytest

from ajar.pharmacology.fit.ahead import forecast_of, one_by_one, people_of
from ajar.pharmacology.fit.posterior import posterior_of
from ajar.pharmacology.fit.records import Kind
from ajar.pharmacology.forecast import QUANTILES
from ajar.pharmacology.members import Asked
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.regimen import AfterHold, intravenous, repeated, sublingual
from ajar.pharmacology.u1.model import Circumstances
from tests.pharmacology.fit.people import INFUSION, PERSON, history, record, room, somebody, weekly_scores

FIVE = repeated(INFUSION, on_days=(0, 7, 14, 21, 28))
NEXT_H = 28 * 24.0 + np.linspace(0.0, 2.0, 25)


@pytest.fixture(scope="module")
def found():
    return posterior_of(somebody(*room(), *weekly_scores(), seed=9)[1])


def test_a_band_is_the_quantiles_of_the_bodies_drawn(found):
    outputs, times_h = ("cadss", "sbp_rise_mmhg"), np.linspace(0.0, 2.0, 9)
    once = repeated(INFUSION, on_days=(0,))
    seen = forecast_of(found, once, times_h=times_h, outputs=outputs, draws=20, seed=5)
    asked = Asked(
        regimen=once,
        person=PERSON,
        seed=5,
        times_h=times_h,
        outputs=outputs,
        circumstances=found.history.circumstances,
    )
    each = one_by_one(asked, people_of(found, once, count=20, seed=5))
    for name in outputs:
        expected = np.quantile(each[name], QUANTILES, axis=0)
        assert np.allclose(list(seen[name].quantiles.values()), expected, rtol=1e-6, atol=1e-6)


def test_a_forecast_says_what_it_rests_on(found):
    seen = forecast_of(found, FIVE, times_h=NEXT_H, outputs=["cadss"], draws=20, seed=5)
    assert (seen.model_id, seen.people, seen.seed) == ("u1", 20, 5)
    assert any(note.startswith("124 records used") for note in seen.notes)
    assert any("not measured in this person" in note for note in seen.notes)


def test_knowing_a_person_narrows_their_band(found):
    stranger = posterior_of(history(record(Kind.NAUSEA, 1.0)))
    widths = []
    for one in (stranger, found):
        band = forecast_of(one, FIVE, times_h=NEXT_H, outputs=["cadss"], draws=200, seed=5)["cadss"]
        peak = band.quantiles[0.5].argmax()
        widths.append(band.quantiles[0.95][peak] - band.quantiles[0.05][peak])
    assert widths[1] < 0.7 * widths[0]


LOZENGE = repeated(
    sublingual(drug=Drug.RACEMATE, amount_mg=100.0, hold_h=0.2, after_hold=AfterHold.SWALLOWED),
    on_days=(0, 3),
)


@pytest.mark.parametrize(
    ("regimen", "circumstances"),
    [(LOZENGE, None), (LOZENGE, Circumstances()), (FIVE, Circumstances())],
)
def test_the_kernels_and_the_readable_model_agree_on_a_drawn_body(regimen, circumstances):
    """At uneven times the readable model answers, at even ones the kernels; both see the same bodies."""
    planned = {} if circumstances is None else {"circumstances": circumstances}
    found = posterior_of(history(record(Kind.CADSS, 0.7, 6.0), regimen=regimen, **planned))
    even = np.array([0.0, 0.5, 1.0, 1.5])
    uneven = np.array([0.0, 0.5, 1.0, 1.5, 1.7])
    outputs = ["cadss", "drug_improvement_share"] + ([] if circumstances else ["madrs"])
    by_kernels, readably = (
        forecast_of(found, regimen, times_h=times_h, outputs=outputs, draws=20, seed=1)
        for times_h in (even, uneven)
    )
    for name in outputs:
        for fast, slow in zip(
            by_kernels[name].quantiles.values(), readably[name].quantiles.values(), strict=True
        ):
            assert np.allclose(fast, slow[:4], rtol=1e-4, atol=1e-4)


def test_pressures_of_a_session_past_stay_with_it_and_those_to_come_are_drawn(found):
    people = people_of(found, FIVE, count=200, seed=3)
    days = np.array([one.individual.pressure_days for one in people])
    assert days.shape == (200, 5)
    values = found.prior.values(found.draws(count=200, seed=3))
    assert np.allclose(days[:, 1], values["pressure_day_2"])
    assert np.log(days[:, 4]).std() == pytest.approx(np.sqrt(np.log(1.0625)), rel=0.15)


def test_a_regimen_that_begins_otherwise_has_days_of_its_own(found):
    later = repeated(INFUSION, on_days=(40, 47))
    people = people_of(found, later, count=200, seed=3)
    first = np.log([one.individual.pressure_days[0] for one in people])
    assert first.std() == pytest.approx(np.sqrt(np.log(1.0625)), rel=0.15)
    assert abs(first.mean()) < 0.05


def test_too_few_draws_are_no_band(found):
    with pytest.raises(ValueError, match="at least 20 draws, got 3"):
        forecast_of(found, FIVE, times_h=NEXT_H, outputs=["cadss"], draws=3, seed=1)


def test_other_doses_than_those_so_far_can_be_asked_about(found):
    more = intravenous(drug=Drug.RACEMATE, amount_mg=50.0, duration_h=40 / 60)
    low, high = (
        forecast_of(
            found,
            repeated(one, on_days=(0,)),
            times_h=np.linspace(0, 2, 25),
            outputs=["cadss"],
            draws=40,
            seed=1,
        )
        for one in (INFUSION, more)
    )
    assert high["cadss"].quantiles[0.5].max() > low["cadss"].quantiles[0.5].max()
