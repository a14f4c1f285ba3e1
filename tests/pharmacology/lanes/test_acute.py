"""Fast sessions are those of the readable model."""

from dataclasses import replace

import numpy as np
import pytest

from ajar.pharmacology import nca
from ajar.pharmacology.lanes import modal
from ajar.pharmacology.lanes.acute import CURVES, NAMES, SERIES, acute_sessions, effects, summaries
from ajar.pharmacology.lanes.bodies import bodies_of, drawn_bodies, typical_bodies
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import (
    AfterHold,
    DosingEvent,
    DosingSession,
    Route,
    course,
    intramuscular,
    intravenous,
    nasal_devices,
    oral,
    repeated,
    sublingual,
)
from ajar.pharmacology.simulate import minutes, simulate_member
from ajar.pharmacology.u1.disposition import Option
from ajar.pharmacology.u1.individual import typical_individual
from ajar.pharmacology.u1.model import Circumstances, exposure
from ajar.pharmacology.u1.population import draw
from tests.pharmacology.lanes.plainly import plain_python
from tests.pharmacology.scenarios import REGIMENS, SESSIONS

PERSON = Person(weight_kg=82.0, age_years=55.0)
PARTS = (
    "arterial_ng_ml",
    "venous_ng_ml",
    "norketamine_ng_ml",
    "hydroxynorketamine_ng_ml",
    "effect_site_ng_ml",
)
SPAT = sublingual(
    drug=Drug.RACEMATE, amount_mg=100.0, hold_h=0.161, after_hold=AfterHold.SPAT_OUT, start_h=5.503
)
SKIN = DosingSession(
    events=(
        DosingEvent(
            drug=Drug.RACEMATE,
            amount_mg=35.0,
            route=Route.SUBCUTANEOUS,
            start_h=6.5,
            duration_h=0.0,
            after_hold=AfterHold.NOT_HELD,
        ),
    )
)
EVERYTHING = course(
    nasal_devices(devices=2, start_h=0.123),
    intravenous(drug=Drug.RACEMATE, amount_mg=30.0, duration_h=0.777, start_h=2.01),
    SPAT,
    intramuscular(drug=Drug.ARKETAMINE, amount_mg=20.0, start_h=6.0),
    oral(drug=Drug.RACEMATE, amount_mg=100.0, start_h=6.001),
    SKIN,
)


def readable(regimen, individual, times_h):
    both = exposure(regimen, individual, times_h=times_h)
    return np.array([getattr(one, part) for one in (both.s, both.r) for part in PARTS])


def error(values, expected):
    size = np.abs(expected) + 1e-3 * np.abs(expected).max(axis=1, keepdims=True)
    return float((np.abs(values - expected) / np.where(size > 0, size, 1.0)).max())


@pytest.mark.parametrize("name", REGIMENS)
def test_every_scenario_is_that_of_the_readable_model(name):
    times_h = minutes(hours=6.0)
    people = [typical_individual(PERSON), draw(PERSON, seed=3, index=6, sessions=1).individual]
    seen = acute_sessions(REGIMENS[name], bodies_of(people), times_h=times_h)
    for row, one in enumerate(people):
        assert error(seen.values[row], readable(REGIMENS[name], one, times_h)) < 1e-9


@pytest.mark.parametrize(
    "times_h",
    [
        np.arange(600) / 60.0,
        1.3 + 0.11 * np.arange(80),
        np.arange(13.0),
        np.array([20.0, 30.0]),
        np.array([0.0, 0.1]),
    ],
)
def test_moments_between_the_points_of_a_grid_are_exact(times_h):
    drawn = [draw(PERSON, seed=3, index=index, sessions=6) for index in (0, 9)]
    seen = acute_sessions(EVERYTHING, bodies_of(drawn), times_h=times_h)
    for row, one in enumerate(drawn):
        assert error(seen.values[row], readable(EVERYTHING, one.individual, times_h)) < 1e-9


def test_rates_that_are_equal_are_no_special_case():
    one = typical_individual(PERSON)
    rate = one.s.km_per_h
    s = replace(one.s, kv_per_h=rate, ke0_per_h=rate, cln_l_h=rate * one.s.vn1_l, qn_l_h=1e-9)
    uptake = replace(one.uptakes[0], mucosal_ka_per_h=rate, kg_per_h=rate, kt_per_h=rate)
    equal = replace(one, s=s, r=s, uptakes=(uptake,))
    regimen = course(SESSIONS["SL racemate 100 mg, hold 10"])
    times_h = minutes(hours=3.0)
    seen = acute_sessions(regimen, bodies_of([equal]), times_h=times_h)
    assert error(seen.values[0], readable(regimen, equal, times_h)) < 1e-9


@pytest.mark.parametrize("size", [1, 2, 7])
def test_nobody_changes_with_the_company(size):
    bodies = drawn_bodies(PERSON, seed=8, start=0, count=14, sessions=6)
    times_h = np.arange(90) / 10.0
    whole = acute_sessions(EVERYTHING, bodies, times_h=times_h).values
    parts = [
        acute_sessions(EVERYTHING, bodies.some(slice(first, first + size)), times_h=times_h).values
        for first in range(0, 14, size)
    ]
    np.testing.assert_array_equal(np.concatenate(parts), whole)


def test_twice_the_dose_is_twice_the_curve():
    bodies = drawn_bodies(PERSON, seed=1, start=0, count=3, sessions=1)
    once, twice = (
        acute_sessions(REGIMENS[f"IM racemate {amount_mg} mg"], bodies, times_h=minutes(hours=2.0)).values
        for amount_mg in (35, 70)
    )
    np.testing.assert_allclose(2.0 * once, twice, rtol=1e-12)


def test_two_sessions_are_the_sum_of_both():
    bodies = typical_bodies(PERSON)
    times_h = minutes(hours=4.0)
    first = SESSIONS["nasal esketamine 56 mg"]
    second = intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=0.5, start_h=1.0)
    both = acute_sessions(course(first, second), bodies, times_h=times_h).values
    apart = sum(acute_sessions(course(one), bodies, times_h=times_h).values for one in (first, second))
    np.testing.assert_allclose(both, apart, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("largest_part", [modal.LARGEST_PART, 0.0])
def test_sessions_and_summaries_are_the_same_in_plain_python(monkeypatch, largest_part):
    """By sums of exponentials, and (as if every part were too large) by the propagator."""
    bodies = drawn_bodies(PERSON, seed=1, start=0, count=1, sessions=6)
    times_h = np.arange(80) / 10.0
    later = intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=0.5, start_h=9.0)
    regimen, infusion = course(nasal_devices(devices=1), SPAT, later), REGIMENS["IV racemate 35 mg/40 min"]
    names = ("norketamine_ng_ml", "potent_ng_ml")
    grids = [(regimen, times_h), (infusion, np.arange(200) / 30.0), (regimen, np.array([0.0, 5.55]))]
    monkeypatch.setattr(modal, "LARGEST_PART", largest_part)
    with plain_python():
        plainly = [acute_sessions(given, bodies, times_h=grid).values for given, grid in grids]
        summed = summaries(regimen, bodies, times_h=times_h, names=names)
    for (given, grid), values in zip(grids, plainly, strict=True):
        compiled = acute_sessions(given, bodies, times_h=grid).values
        np.testing.assert_allclose(values, compiled, rtol=1e-9, atol=1e-11)
    expected = summaries(regimen, bodies, times_h=times_h, names=names)
    for name in names:
        np.testing.assert_allclose(summed.auc[name], expected.auc[name], rtol=1e-9)


def test_summaries_are_those_of_non_compartmental_analysis():
    bodies = drawn_bodies(PERSON, seed=5, start=0, count=2, sessions=6)
    times_h = np.arange(100) / 6.0
    seen = acute_sessions(EVERYTHING, bodies, times_h=times_h)
    summed = summaries(EVERYTHING, bodies, times_h=times_h, names=tuple(SERIES))
    for name in SERIES:
        for one in range(2):
            curve = np.ascontiguousarray(seen[name][one])
            peak = nca.peak(times_h, curve)
            assert summed.cmax[name][one] == pytest.approx(peak.cmax_ng_ml, rel=1e-12)
            assert summed.tmax_h[name][one] == pytest.approx(peak.tmax_h)
            assert summed.auc[name][one] == pytest.approx(nca.auc_ng_h_ml(times_h, curve), rel=1e-9)


@pytest.mark.parametrize("options", [frozenset(), frozenset({Option.NORKETAMINE_OPPOSES_PRESSURE})])
def test_effects_are_those_of_the_readable_model(options):
    regimen = repeated(SESSIONS["IV racemate 35 mg/40 min"], on_days=[0.0, 0.5])
    times_h = np.arange(150) / 10.0
    bodies = drawn_bodies(PERSON, seed=5, start=0, count=2, sessions=2, options=options)
    names = (
        "cadss",
        "sbp_rise_mmhg",
        "dbp_rise_mmhg",
        "heart_rate_rise_per_min",
        "nmda_block",
        "sedation_probability",
        "deeper_sedation_probability",
    )
    seen = effects(
        acute_sessions(regimen, bodies, times_h=times_h), bodies, (*names, "potent_ng_ml"), options=options
    )
    circumstances = Circumstances(options=options)
    expected = simulate_member(regimen, PERSON, seed=5, index=1, times_h=times_h, circumstances=circumstances)
    for name in names:
        np.testing.assert_allclose(seen[name][1], expected[name], rtol=1e-8, atol=1e-9)


def test_what_is_asked_for_alone_is_what_it_is_among_all():
    """Also of so many people that the output goes past the caches, and from any place in memory on."""
    times_h, people = minutes(hours=24.0), 130
    bodies = drawn_bodies(PERSON, seed=4, start=0, count=people, sessions=1)
    names = ("ketamine_venous_ng_ml", "r_norketamine_ng_ml", "potent_ng_ml", "s_effect_site_ng_ml")
    for regimen in (REGIMENS["IV racemate 35 mg/40 min"], EVERYTHING):
        everything = acute_sessions(regimen, bodies, times_h=times_h)
        shape = (people, len(names), len(times_h))
        room = np.full(people * len(names) * len(times_h) + 3, np.nan)[3:].reshape(shape)
        seen = acute_sessions(regimen, bodies, times_h=times_h, outputs=names, out=room)
        for name in names:
            np.testing.assert_allclose(seen[name], everything[name], rtol=1e-15)
        one = acute_sessions(regimen, bodies.some(slice(7, 8)), times_h=times_h, outputs=names)
        np.testing.assert_array_equal(one.values[0], seen.values[7])


def test_an_output_array_is_filled_and_not_replaced():
    times_h = minutes(hours=1.0)
    out = np.full((1, len(NAMES), len(times_h)), np.nan)
    seen = acute_sessions(REGIMENS["IM racemate 35 mg"], typical_bodies(PERSON), times_h=times_h, out=out)
    assert seen.values is out
    np.testing.assert_array_equal(seen[CURVES[0]], out[:, 0] + out[:, 5])
    np.testing.assert_array_equal(seen[NAMES[7]], out[:, 7])


@pytest.mark.parametrize(
    ("times_h", "words"),
    [
        (np.array([0.0]), "at least two times"),
        (np.array([0.0, np.nan]), "all finite"),
        (np.array([0.0, 1.0, 3.0]), "uniform grid"),
        (np.array([1.0, 0.0]), "uniform grid"),
    ],
)
def test_a_grid_that_is_not_uniform_is_refused(times_h, words):
    with pytest.raises(ValueError, match=words):
        acute_sessions(REGIMENS["IM racemate 35 mg"], typical_bodies(PERSON), times_h=times_h)


def test_what_does_not_fit_is_refused():
    bodies, regimen, times_h = typical_bodies(PERSON), REGIMENS["IM racemate 35 mg"], np.arange(3.0)
    seen = acute_sessions(regimen, bodies, times_h=times_h)
    with pytest.raises(ValueError, match="contiguous float64 array"):
        acute_sessions(regimen, bodies, times_h=times_h, out=np.empty((1, 10, 4)))
    with pytest.raises(KeyError, match="no output 'ketamine'"):
        seen["ketamine"]
    few = acute_sessions(regimen, bodies, times_h=times_h, outputs=("s_norketamine_ng_ml",))
    with pytest.raises(KeyError, match="was not asked for"):
        few["norketamine_ng_ml"]
    with pytest.raises(KeyError, match="no output 'ketamine'"):
        acute_sessions(regimen, bodies, times_h=times_h, outputs=("ketamine",))
    with pytest.raises(KeyError, match="no output 'ketamine'"):
        summaries(regimen, bodies, times_h=times_h, names=("ketamine",))
    with pytest.raises(KeyError, match="no effect 'bliss'"):
        effects(seen, bodies, ("bliss",))
