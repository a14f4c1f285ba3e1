"""Counts on a fixed grid: quantiles near the true ones, whoever comes first."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pharmacology.tally import RELATIVE_ERROR, SMALLEST, Kept, Tally, middles_of, places_of

SHARES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
NUMBERS = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False)


def people(count, seed=1):
    generator = np.random.default_rng(seed)
    return generator.normal(size=(count, 4)) * np.array([1e-3, 1.0, 50.0, 1e4])


def tallied(*parts):
    tally = Tally()
    for part in parts:
        tally.add(part, start=0)
    return tally


@given(st.lists(NUMBERS, min_size=1, max_size=50))
def test_a_number_is_near_the_middle_of_its_place(numbers):
    values = np.array(numbers)
    assert (
        np.abs(middles_of(places_of(values)) - values) <= RELATIVE_ERROR * np.abs(values) + SMALLEST
    ).all()


@given(NUMBERS, NUMBERS)
def test_a_larger_number_is_never_in_an_earlier_place(first, second):
    places = places_of(np.array(sorted((first, second))))
    assert places[0] <= places[1]


def test_quantiles_and_means_are_those_of_everyone_kept():
    values, kept = people(2001), Kept()
    kept.add(values, start=0)
    tally = tallied(values)
    true = kept.quantiles(SHARES)
    assert np.array_equal(true, np.quantile(values, SHARES, axis=0))
    assert (np.abs(tally.quantiles(SHARES) - true) <= RELATIVE_ERROR * np.abs(true) + 2 * SMALLEST).all()
    assert np.allclose(tally.means(), kept.means(), atol=1e-6)


def test_the_outermost_quantiles_are_people_and_not_places():
    values = people(50)
    assert np.array_equal(tallied(values).quantiles((0.0, 1.0)), [values.min(axis=0), values.max(axis=0)])


def test_order_and_division_do_not_change_a_result():
    values = people(300)
    whole = tallied(values)
    parts = [tallied(values[200:]), tallied(values[:7] * 1.0), tallied(values[7:200])]
    parts[0].absorb(parts[1])
    parts[0].absorb(parts[2])
    other = tallied(values[::-1])
    for tally in (parts[0], other):
        assert np.array_equal(tally.quantiles(SHARES), whole.quantiles(SHARES))
        assert np.array_equal(tally.means(), whole.means())


def test_an_empty_tally_takes_in_another():
    values, tally = people(20), Tally()
    tally.absorb(tallied(values))
    assert np.array_equal(tally.quantiles(SHARES), tallied(values).quantiles(SHARES))


def test_people_kept_come_in_their_order():
    values, early, late = people(30), Kept(), Kept()
    late.add(values[10:], start=10)
    early.add(values[:10], start=0)
    late.absorb(early)
    assert np.array_equal(late.means(), values.mean(axis=0))


def test_a_number_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="finite outputs only; one from person 40 on"):
        Tally().add(np.array([[1.0, np.nan]]), start=40)


@pytest.mark.parametrize("tally", [Tally(), tallied(people(400))])
def test_a_tally_travels_without_its_empty_places(tally):
    sent = pickle.dumps(tally)
    back = pickle.loads(sent)  # noqa: S301 - our own, just made
    assert len(sent) < max(1000, tally.counts.nbytes / 2)
    assert (back.lowest, back.people) == (tally.lowest, tally.people)
    for name in ("counts", "totals", "least", "most"):
        np.testing.assert_array_equal(getattr(back, name), getattr(tally, name))
    back.absorb(tallied(people(100, seed=2)))
    assert back.people == tally.people + 100
