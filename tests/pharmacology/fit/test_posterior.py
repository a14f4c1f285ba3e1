"""A posterior finds what was put in, is never wider than the prior, and says what it could not learn."""

from dataclasses import replace

import numpy as np
import pytest

from ajar.pharmacology.fit.posterior import (
    AT_ODDS,
    NOT_RECORDED,
    SAID_LITTLE,
    objective_of,
    posterior_of,
)
from ajar.pharmacology.fit.predictor import U1Predictor
from ajar.pharmacology.fit.prior import NO_LEVEL, prior_of
from ajar.pharmacology.fit.records import Kind
from ajar.pharmacology.fit.search import DAMPINGS, NoMode, Objective, mode_of
from ajar.pharmacology.u1.individual import typical_individual
from tests.pharmacology.fit.people import (
    PERSON,
    SYMPTOMS,
    history,
    levels,
    record,
    room,
    somebody,
    weekly_scores,
)

EVERYTHING = [
    *room(),
    *weekly_scores(),
    *levels(),
    *(record(kind, 168.0 * week + 0.7) for week in range(4) for kind in (Kind.SEDATION, Kind.NAUSEA)),
    *(record(Kind.PHQ9, 168.0 * week - 1.0) for week in range(1, 5)),
]
SEEDS = range(8)


@pytest.fixture(scope="module")
def fitted():
    """Eight people with everything recorded: what was true, and what was found."""
    made = [somebody(*EVERYTHING, seed=seed) for seed in SEEDS]
    return [(truth, posterior_of(seen)) for truth, seen in made]


def test_a_mode_is_where_nothing_is_gained_by_moving(fitted):
    for _, found in fitted[:3]:
        history_, prior = found.history, found.prior
        model = U1Predictor.of(history_, prior).rooted(found.mode.deviates)
        objective = objective_of(history_, prior, model)
        at = found.mode.deviates
        steps = 1e-3 * np.eye(len(at))
        values = objective(np.concatenate([at[None], at + steps, at - steps]))
        assert (values[1:] > values[0]).all()
        assert found.mode.gradient < 1e-5


def test_what_was_put_in_is_found_again(fitted):
    """Of eight people 90 % intervals hold the truth about nine times in ten, parameter by parameter."""
    names = ("heart_rate_maximum_per_min", "cadss_maximum", "placebo_share", "cl_l_h", "v1_l", "response_e")
    names += ("systolic_maximum_mmhg", "c50_ng_ml", "ke0_per_h", "attenuated_share")
    held = [found[name].low <= truth[name] <= found[name].high for truth, found in fitted for name in names]
    assert 0.80 <= np.mean(held) <= 0.98


def test_estimates_follow_the_truth(fitted):
    for name, least in (("cadss_maximum", 0.8), ("placebo_share", 0.6), ("cl_l_h", 0.8)):
        true, found = zip(*((np.log(t[name]), np.log(f[name].median)) for t, f in fitted), strict=True)
        assert np.corrcoef(true, found)[0, 1] > least


def test_no_parameter_is_less_well_known_than_before(fitted):
    for _, found in fitted:
        assert np.sqrt(np.diag(found.covariance)).max() < 1.1


def test_more_records_never_widen_what_is_known():
    _, seen = somebody(*room(), *weekly_scores(), seed=4)
    sds = []
    for until_h in (3.0, 171.0, 339.0, 600.0):
        some = tuple(one for one in seen.records if one.time_h <= until_h)
        found = posterior_of(replace(seen, records=some))
        sds.append([found[name].shrinkage for name in ("cadss_maximum", "heart_rate_maximum_per_min")])
    assert (np.diff(sds, axis=0) < 0.02).all()
    assert sds[-1][0] < 0.6


def test_without_a_level_clearance_stays_that_of_people_like_this_one_and_says_so():
    _, seen = somebody(*room((0.0,)), seed=2)
    found = posterior_of(seen)
    assert "cl_l_h" not in found.prior.names
    assert found.prior.typical.s.cl_l_h == typical_individual(PERSON).s.cl_l_h
    assert NO_LEVEL in [one.because for one in found.untold if one.label == "Clearance, CL"]
    assert any("not measured in this person" in note for note in found.notes)
    assert any(note.startswith("30 records used, model u1") for note in found.notes)


def test_a_level_frees_clearance_and_is_named(fitted):
    found = fitted[0][1]
    assert found["cl_l_h"].informed_share > 0.5
    assert any("rest on 3 blood levels" in note for note in found.notes)
    one = posterior_of(history(record(Kind.KETAMINE_LEVEL, 1.0)))
    assert any("rest on 1 blood level of" in note for note in one.notes)


def test_a_level_below_its_limit_moves_clearance_up_and_less_than_a_value_would():
    late = [record(Kind.KETAMINE_LEVEL, 6.0, 6.0)]
    value, bound, none = (
        posterior_of(history(*records))["cl_l_h"].median if records else 83.5
        for records in (late, [replace(late[0], below=True)], [])
    )
    assert none < bound < value or none < value <= bound


def test_what_was_not_recorded_stays_as_wide_as_in_everyone():
    found = posterior_of(history(record(Kind.CADSS, 2 / 3, 12.0)))
    told = {one.name: one for one in found.estimates}
    assert told["sedation_logit"].because == NOT_RECORDED
    assert told["sedation_logit"].informed_share == pytest.approx(0.0, abs=1e-5)
    assert told["attenuated_share"].because == SAID_LITTLE
    assert told["cadss_maximum"].because == ""
    # they are correlated, so that dissociation says a little about the response
    assert 0 < told["response_e"].informed_share < 0.02


def test_records_that_contradict_the_model_are_said_to():
    """Dissociation that never fades, though the drug does."""
    always = [record(Kind.CADSS, 168.0 * week + h, 10.0) for week in range(4) for h in (2 / 3, 4 / 3, 2.0)]
    found = posterior_of(history(*room(), *always))
    assert AT_ODDS in [one.because for one in found.estimates]


def test_model_and_version_are_named_and_only_free_parameters_can_be_asked_for(fitted):
    found = fitted[0][1]
    assert (found.model_id, found.model_version) == ("u1", "1.1.0")
    with pytest.raises(KeyError, match="no free parameter 'mood'; there are: sbp_baseline_mmhg"):
        found["mood"]


def test_draws_are_those_of_the_posterior_and_the_same_for_the_same_seed(fitted):
    found = fitted[0][1]
    drawn = found.draws(count=2000, seed=3)
    assert np.array_equal(drawn[:5], found.draws(count=5, seed=3))
    assert not np.array_equal(drawn[:5], found.draws(count=5, seed=4))
    assert np.allclose(drawn.mean(axis=0), found.mode.deviates, atol=0.1)
    assert np.allclose(np.cov(drawn.T), found.covariance, atol=0.1)
    with pytest.raises(ValueError, match="at least once, got 0"):
        found.draws(count=0, seed=1)


def test_a_fit_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one record"):
        posterior_of(history())


def test_another_predictor_can_be_put_in_the_place_of_u1():
    _, seen = somebody(*room((0.0,)), seed=6)
    model = U1Predictor.of(seen, prior_of(seen))
    asked = []

    def predictor(deviates):
        asked.append(len(deviates))
        return model(deviates)

    assert np.allclose(
        posterior_of(seen, predictor=predictor).mode.deviates, posterior_of(seen).mode.deviates, atol=1e-5
    )
    assert max(asked) > 100


class Flat:
    """A likelihood that is whatever a function of the first deviate says."""

    def __init__(self, of, sharpness=0.0):
        self.of, self.sharpness = of, sharpness

    def scaled(self, expected):
        return expected

    def costs(self, scaled):
        return self.of(scaled)

    def minus_log(self, expected):
        return self.of(expected)[:, 0]

    def information(self, jacobian, scaled):
        return self.sharpness * jacobian @ jacobian.T


@pytest.mark.parametrize(
    ("of", "sharpness", "words"),
    [
        (lambda x: -5.0 * x**2, 0.0, "has no maximum"),
        (lambda x: -5.0 * x - 0.5 * x**2, 0.0, "did not settle in 30 steps"),
        (lambda x: np.where(x == 0, 0.0, np.nan) + 0.0 * x, 0.0, "no maximum|did not settle"),
        (lambda x: np.where(np.abs(x) < 1.1e-4, -x, np.inf), 0.0, "no step from .* went lower"),
    ],
)
def test_a_search_that_does_not_settle_is_refused(of, sharpness, words):
    objective = Objective(predictor=lambda z: z, likelihood=Flat(of, sharpness), precision=np.eye(1))
    with np.errstate(all="ignore"), pytest.raises(NoMode, match=words):
        mode_of(objective, start=np.zeros(1))


def test_a_search_that_comes_near_and_no_nearer_is_refused(monkeypatch):
    monkeypatch.setattr("ajar.pharmacology.fit.search.AT_THE_MODE", 0.0)
    with pytest.raises(NoMode, match=r"a gradient of .* was left near the mode"):
        posterior_of(history(record(Kind.NAUSEA, 1.0)))


def test_a_step_too_long_is_shortened():
    steep = Flat(lambda x: np.log(np.cosh(10.0 * (x - 2.0))), sharpness=0.0)
    objective = Objective(predictor=lambda z: z, likelihood=steep, precision=np.eye(1))
    assert len(DAMPINGS) > 1
    assert abs(mode_of(objective, start=np.zeros(1)).deviates[0] - 2.0) < 0.1


def test_symptoms_of_others_can_answer_less():
    """The circumstances say how strongly people like this one answer; E is found around that."""
    _, seen = somebody(*weekly_scores(), seed=5)
    less = replace(seen.circumstances, symptoms=replace(SYMPTOMS, response_e=0.45))
    assert posterior_of(replace(seen, circumstances=less))["response_e"].prior_median < 0.5
