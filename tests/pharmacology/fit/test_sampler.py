"""Laplace's approximation against a Markov chain over the same posterior (emcee)."""

import emcee
import numpy as np
import pytest

from ajar.pharmacology.fit.posterior import FEW_SCORES, objective_of, posterior_of
from ajar.pharmacology.fit.predictor import U1Predictor
from ajar.pharmacology.fit.records import Kind
from tests.pharmacology.fit.people import CADSS_H, record, somebody, weekly_scores

WALKERS, STEPS, BURNT = 60, 1200, 200


SESSIONS = range(4)
ROOM = [
    *(record(Kind.CADSS, 168.0 * n + h) for n in SESSIONS for h in CADSS_H),
    *(record(kind, 168.0 * n + 0.7) for n in SESSIONS for kind in (Kind.SEDATION, Kind.NAUSEA)),
]
DAY_AFTER = [record(Kind.MADRS, 168.0 * n + 24.0) for n in SESSIONS]


def sampled(*records, seed):
    """Dissociation, sedation and nausea of four sessions, and scores: nine parameters."""
    _, seen = somebody(*records, seed=seed)
    found = posterior_of(seen)
    model = U1Predictor.of(seen, found.prior).rooted(found.mode.deviates)
    objective = objective_of(seen, found.prior, model)
    size = len(found.prior.names)
    sampler = emcee.EnsembleSampler(WALKERS, size, lambda z: -objective(z), vectorize=True)
    sampler.random_state = np.random.RandomState(11).get_state()
    sampler.run_mcmc(found.draws(count=WALKERS, seed=2), STEPS)
    return found, sampler.get_chain(discard=BURNT, flat=True)


@pytest.fixture(scope="module")
def both():
    return sampled(*ROOM, *weekly_scores(), *DAY_AFTER, seed=3)


def test_middle_and_spread_agree(both):
    """Within a quarter of a prior SD, and 15 % of the spread; a chain of this length errs by 5 %."""
    found, chain = both
    sd = np.sqrt(np.diag(found.covariance))
    assert np.abs(chain.mean(axis=0) - found.mode.deviates).max() < 0.25
    assert np.abs(chain.std(axis=0) / sd - 1.0).max() < 0.15


def test_what_goes_together_agrees(both):
    found, chain = both
    sd = np.sqrt(np.diag(found.covariance))
    laplace = found.covariance / np.outer(sd, sd)
    assert np.abs(np.corrcoef(chain.T) - laplace).max() < 0.15


def test_intervals_hold_what_they_say(both):
    found, chain = both
    for row, one in enumerate(found.prior.parameters):
        values, told = one.values(chain[:, row]), found[one.name]
        assert np.mean((values >= told.low) & (values <= told.high)) == pytest.approx(0.90, abs=0.05)


def test_with_a_score_a_week_the_two_shares_are_up_to_a_third_too_narrow_as_the_notes_say():
    found, chain = sampled(*ROOM, *weekly_scores(), seed=7)
    ratio = np.sqrt(np.diag(found.covariance)) / chain.std(axis=0)
    assert ratio.min() > 2 / 3
    assert ratio[found.prior.names.index("placebo_share")] == ratio.min()
    assert FEW_SCORES in found.notes
