"""What a fit expects of a record is what the readable model says of that body at that time."""

from dataclasses import replace

import numpy as np
import pytest

from ajar.pharmacology.fit.body import body_of
from ajar.pharmacology.fit.imagined import imagined_deviates
from ajar.pharmacology.fit.predictor import U1Predictor
from ajar.pharmacology.fit.prior import prior_of
from ajar.pharmacology.fit.records import Kind
from ajar.pharmacology.fit.weeks import compiled, readable, score_times
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.regimen import intramuscular, repeated
from ajar.pharmacology.u1.individual import typical_individual
from ajar.pharmacology.u1.model import Circumstances, course_of
from tests.pharmacology.fit.people import ILL, PERSON, SYMPTOMS, WEEKLY, history, levels, record, room

TWO = repeated(intramuscular(drug=Drug.RACEMATE, amount_mg=40.0), on_days=(0, 3))
CURVES = {
    Kind.CADSS: "cadss",
    Kind.KETAMINE_LEVEL: "ketamine_venous_ng_ml",
    Kind.S_KETAMINE_LEVEL: "s_ketamine_venous_ng_ml",
}


def seen_by_both(seed):
    """Two injections, every kind of record: what the fit expects, and the readable course of that body."""
    records = [*room((0.0, 72.0)), *levels((0.5, 73.0)), record(Kind.S_KETAMINE_LEVEL, 74.0)]
    records += [record(Kind.SEDATION, h) for h in (0.4, 72.5)] + [record(Kind.NAUSEA, h) for h in (2.0, 74.0)]
    records += [record(kind, h) for kind in (Kind.MADRS, Kind.PHQ9) for h in (0.0, 24.0, 96.0)]
    asked = history(*records, regimen=TWO)
    prior = prior_of(asked)
    at = imagined_deviates(prior, seed=seed)
    predictor = U1Predictor.of(asked, prior).rooted(at)
    expected = predictor(np.stack([np.zeros_like(at), at]))[1]
    values = {name: float(of[0]) for name, of in prior.values(at[None]).items()}
    body = body_of(prior, values, pressure_days=(values["pressure_day_1"], values["pressure_day_2"]))
    theirs = replace(SYMPTOMS, response_e=values["response_e"], placebo_share=values["placebo_share"])
    times_h = np.unique(np.concatenate([[r.time_h for r in asked.records], np.arange(0.0, 97.0)]))
    course = course_of(TWO, body, times_h=times_h, circumstances=Circumstances(symptoms=theirs))
    return asked, values, course, expected


@pytest.fixture(scope="module", params=[3, 8])
def both(request):
    return seen_by_both(request.param)


def at(course, name, records):
    return course[name][np.searchsorted(course.times_h, [one.time_h for one in records])]


def of(both, kind):
    asked, values, course, expected = both
    rows = [row for row, one in enumerate(asked.records) if one.kind is kind]
    return values, course, [asked.records[row] for row in rows], expected[rows]


@pytest.mark.parametrize("kind", list(CURVES))
def test_what_is_a_curve_of_the_model_is_that_curve(both, kind):
    _, course, records, expected = of(both, kind)
    assert np.allclose(expected, at(course, CURVES[kind], records), rtol=1e-6, atol=1e-6)


def test_vitals_are_the_usual_and_the_rise_and_before_a_session_a_little_more(both):
    values, course, records, expected = of(both, Kind.SYSTOLIC)
    since = np.array([one.time_h % 72.0 for one in records])
    before = values["anticipatory_systolic_mmhg"] * np.exp(-since / 0.5)
    rise = at(course, "sbp_rise_mmhg", records)
    assert np.allclose(expected, values["sbp_baseline_mmhg"] + rise + before, atol=1e-6)
    values, course, records, expected = of(both, Kind.DIASTOLIC)
    assert np.allclose(
        expected, values["dbp_baseline_mmhg"] + at(course, "dbp_rise_mmhg", records), atol=1e-6
    )
    values, course, records, expected = of(both, Kind.HEART_RATE)
    rise = at(course, "heart_rate_rise_per_min", records)
    assert np.allclose(expected, values["heart_rate_baseline_per_min"] + rise, atol=1e-6)


def test_sedation_and_nausea_are_logits(both):
    _, course, records, expected = of(both, Kind.SEDATION)
    assert np.allclose(1 / (1 + np.exp(-expected)), at(course, "sedation_probability", records), atol=1e-8)
    _, course, _, expected = of(both, Kind.NAUSEA)
    said = [session.nausea_probability for session in course.sessions]
    assert np.allclose(1 / (1 + np.exp(-expected)), said, atol=1e-3)


@pytest.mark.parametrize("kind", [Kind.MADRS, Kind.PHQ9])
def test_scores_are_those_of_the_chain_of_the_body_it_is_rooted_in(both, kind):
    _, course, records, expected = of(both, kind)
    assert np.abs(expected - at(course, kind.value, records)).max() < 0.05


def test_without_scores_there_is_no_chain_to_root():
    asked = history(*room((0.0,)))
    prior = prior_of(asked)
    predictor = U1Predictor.of(asked, prior)
    assert predictor.rooted(np.zeros(len(prior.names))).weeks is None


def test_the_compiled_chain_is_the_readable_one():
    grid_h = score_times(TWO, np.array([24.0, 96.0]))
    body = typical_individual(PERSON)
    fast, slow = (run(TWO, body, times_h=grid_h, stress=0.5) for run in (compiled, readable))
    assert np.allclose(fast, slow, atol=1e-5)


def test_more_stress_than_the_kernels_take_goes_to_the_readable_chain():
    body = typical_individual(PERSON)
    grid_h = np.array([0.0, 1.0, 2.0])
    alone = compiled(TWO, body, times_h=grid_h, stress=11.0)
    assert np.array_equal(alone, readable(TWO, body, times_h=grid_h, stress=11.0))


def test_a_score_before_the_first_dose_is_the_baseline():
    later = repeated(WEEKLY.sessions[0], on_days=(2,))
    asked = history(record(Kind.MADRS, 5.0), record(Kind.PHQ9, 6.0), regimen=later)
    prior = prior_of(asked)
    expected = U1Predictor.of(asked, prior)(np.zeros((1, len(prior.names))))
    assert np.allclose(expected, [[34.0, 0.6 * 34.0 - 1.0]])


def test_scores_are_worked_out_where_they_are_and_often_enough_before():
    grid_h = score_times(TWO, np.array([1.0, 100.0]))
    assert {0.0, 0.5, 1.0, 72.0, 72.5, 100.0} <= set(grid_h.tolist())
    assert grid_h[-1] == 100.0
    assert np.diff(grid_h).max() <= 12.0


def test_bodies_that_were_solved_are_kept_and_not_for_ever(monkeypatch):
    monkeypatch.setattr("ajar.pharmacology.fit.predictor.SITES_KEPT", 2)
    asked = history(*room((0.0,)), circumstances=ILL)
    prior = prior_of(asked)
    predictor = U1Predictor.of(asked, prior)
    guesses = np.zeros((4, len(prior.names)))
    guesses[:, prior.names.index("ke0_per_h")] = [0.0, 0.1, 0.2, 0.0]
    expected = predictor(guesses)
    assert np.array_equal(expected[0], expected[3])
    assert not np.array_equal(expected[0], expected[1])
