"""Each kind of record has the likelihood of pharmacology.md 4.5, judged by scipy."""

import numpy as np
import pytest
from scipy import stats
from scipy.special import expit

from ajar.pharmacology.fit.likelihood import Likelihood, log_below, log_between
from ajar.pharmacology.fit.records import Kind
from tests.pharmacology.fit.people import history, record


def cost(expected, *records):
    return float(Likelihood.of(history(*records)).minus_log(np.array([expected], dtype=float))[0])


def test_the_logarithm_of_a_tail_keeps_its_digits():
    z = np.array([-60.0, -36.0, -34.0, -8.0, -1.0, 0.0, 3.0, 8.9, 9.1])
    assert np.allclose(log_below(z), stats.norm.logcdf(z), rtol=1e-3)
    assert np.allclose(log_below(z[2:]), stats.norm.logcdf(z[2:]), rtol=1e-12, atol=1e-18)
    low, high = np.array([-1.0, 8.0, -9.0]), np.array([2.0, 9.0, -8.0])
    expected = [
        np.log(stats.norm.cdf(2) - stats.norm.cdf(-1)),
        *2 * [np.log(stats.norm.cdf(-8) - stats.norm.cdf(-9))],
    ]
    assert np.allclose(log_between(low, high), expected, rtol=1e-12)


def test_vitals_of_a_session_go_together_and_those_of_two_do_not():
    records = [
        record(Kind.SYSTOLIC, h, v) for h, v in ((0.0, 130.0), (0.5, 140.0), (1.0, 137.0), (168.0, 128.0))
    ]
    expected = np.array([128.0, 133.0, 131.0, 127.0])
    together = 0.4 ** np.abs(np.subtract.outer(range(3), range(3)))
    first = stats.multivariate_normal(expected[:3], 36.0 * together)
    last = stats.norm(expected[3], 6.0)

    def judge(v):
        return -first.logpdf(v[:3]) - last.logpdf(v[3])

    seen = np.array([one.value for one in records])
    assert cost(expected, *records) == pytest.approx(judge(seen) - judge(expected))


def test_what_is_left_of_vitals_is_made_independent_and_put_together_again():
    records = [record(Kind.SYSTOLIC, h, 130.0) for h in (0.0, 0.5, 1.0, 168.0, 168.5)]
    whitening = Likelihood.of(history(*records)).whitening
    left = np.array([1.0, -0.5, 2.0, 0.3, -1.2])
    assert np.allclose(whitening.undone(whitening(left)), left)
    assert np.allclose(
        whitening(np.stack([left, 2 * left])), np.stack([whitening(left), 2 * whitening(left)])
    )


def test_pressures_and_pulse_are_series_of_their_own_with_their_own_scatter():
    records = [record(Kind.DIASTOLIC, 0.0, 80.0), record(Kind.HEART_RATE, 0.0, 75.0)]
    assert cost([75.0, 65.0], *records) == pytest.approx(0.5 * (1.0 + 4.0))


def test_dissociation_is_normal_on_the_square_root_and_a_zero_is_a_bound():
    assert cost([16.0], record(Kind.CADSS, 1.0, 9.0)) == pytest.approx(0.5 * (1.0 / 0.8) ** 2)
    assert cost([4.0], record(Kind.CADSS, 1.0, 0.0)) == pytest.approx(-stats.norm.logcdf(-2.0 / 0.8))


def test_a_level_is_log_normal_with_the_assays_spread_added_and_below_its_limit_a_bound():
    sd = np.hypot(0.15, 0.1)
    level = record(Kind.KETAMINE_LEVEL, 1.0, 120.0, assay_cv=0.1)
    assert cost([100.0], level) == pytest.approx(0.5 * (np.log(1.2) / sd) ** 2)
    bound = record(Kind.KETAMINE_LEVEL, 1.0, 5.0, below=True)
    assert cost([8.0], bound) == pytest.approx(-stats.norm.logcdf(np.log(5 / 8) / 0.15))
    assert np.isfinite(cost([0.0], bound))


@pytest.mark.parametrize(("kind", "sd", "most"), [(Kind.MADRS, 3.5, 60.0), (Kind.PHQ9, 2.0, 27.0)])
@pytest.mark.parametrize("expected", [0.0, 3.0, 20.0, 26.5])
def test_scores_are_normal_between_the_ends_of_their_scale(kind, sd, most, expected):
    bounded = stats.truncnorm(-expected / sd, (most - expected) / sd, loc=expected, scale=sd)
    constant = np.log(sd * np.sqrt(2 * np.pi))
    assert cost([expected], record(kind, 50.0, 4.0)) == pytest.approx(-bounded.logpdf(4.0) - constant)


@pytest.mark.parametrize("logit", [-3.0, 0.5, 4.0])
def test_sedation_is_ordinal_and_nausea_yes_or_no(logit):
    light, deep = expit(logit), expit(logit - 2.2)
    chances = {5.0: 1 - light, 4.0: light - deep, 3.0: deep, 1.0: deep}
    for value, chance in chances.items():
        assert cost([logit], record(Kind.SEDATION, 1.0, value)) == pytest.approx(-np.log(chance))
    assert cost([logit], record(Kind.NAUSEA, 1.0, 1.0)) == pytest.approx(-np.log(light))
    assert cost([logit], record(Kind.NAUSEA, 1.0, 0.0)) == pytest.approx(-np.log(1 - light))


def test_curvature_is_how_sharply_a_record_holds():
    records = [
        record(Kind.SYSTOLIC, 0.0),
        record(Kind.SYSTOLIC, 0.5),
        record(Kind.NAUSEA, 1.0),
        record(Kind.CADSS, 1.0, 9.0),
    ]
    likelihood = Likelihood.of(history(*records))
    matrix = likelihood.information(np.eye(4), np.array([120.0, 120.0, 0.3, 3.0]))
    chance = expit(0.3)
    together = 36.0 * np.array([[1.0, 0.4], [0.4, 1.0]])
    where = {one.kind: row for row, one in enumerate(history(*records).records)}
    assert np.allclose(matrix[:2, :2], np.linalg.inv(together))
    assert matrix[where[Kind.NAUSEA], where[Kind.NAUSEA]] == pytest.approx(chance * (1 - chance), rel=1e-4)
    assert matrix[where[Kind.CADSS], where[Kind.CADSS]] == pytest.approx(1 / 0.64, rel=1e-4)
