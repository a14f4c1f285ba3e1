"""Linear compartment models: exact against closed forms and against another exponential."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import expm

from ajar.pharmacology import compartments
from ajar.pharmacology.compartments import Bolus, CompartmentModel, Inflow, trajectory
from ajar.pharmacology.exponential import matrix_exponential

CHAIN = CompartmentModel.of(
    {
        "first": {"first": -2.0},
        "second": {"first": 2.0, "second": -2.0},
        "third": {"second": 2.0, "third": -2.0},
    }
)
TIMES_H = np.linspace(0.0, 6.0, 61)


@given(st.integers(0, 10_000), st.floats(0.0, 60.0))
def test_the_exponential_agrees_with_another_implementation(seed, size):
    matrix = np.random.default_rng(seed).normal(size=(5, 5)) - 3.0 * np.eye(5)
    ours, theirs = matrix_exponential(matrix * size / 10), expm(matrix * size / 10)
    assert np.allclose(ours, theirs, rtol=1e-10, atol=1e-13 * max(1.0, np.abs(theirs).max()))


def test_the_exponential_of_nothing_is_one():
    assert np.allclose(matrix_exponential(np.zeros((3, 3))), np.eye(3), rtol=0, atol=1e-15)


def test_a_chain_of_equal_rates_is_no_special_case():
    """Its matrix has no full set of eigenvectors; the amounts are 100 (2t)^n/n! exp(-2t)."""
    amounts = trajectory(CHAIN, inputs=[Bolus(state="first", amount=100.0, at_h=0.0)], times_h=TIMES_H)
    decay = 100.0 * np.exp(-2.0 * TIMES_H)
    expected = np.column_stack([decay, 2 * TIMES_H * decay, 2 * TIMES_H**2 * decay])
    assert np.allclose(amounts, expected, rtol=1e-12, atol=1e-12)


def test_an_infusion_that_starts_and_ends_between_the_points_is_exact():
    model = CompartmentModel.of({"central": {"central": -0.5}})
    given_ = [Inflow(state="central", rate_per_h=200.0, from_h=0.123, until_h=0.623)]
    amounts = trajectory(model, inputs=given_, times_h=np.array([0.0, 0.4, 3.0]))[:, 0]
    at_end = 400.0 * (1 - np.exp(-0.25))
    expected = [0.0, 400.0 * (1 - np.exp(-0.5 * 0.277)), at_end * np.exp(-0.5 * 2.377)]
    assert np.allclose(amounts, expected, rtol=1e-12)


@given(st.lists(st.floats(0.01, 5.99), min_size=1, max_size=8, unique=True))
def test_the_grid_does_not_change_a_value(times):
    given_ = [Inflow(state="first", rate_per_h=10.0, from_h=0.2, until_h=1.7)]
    coarse = trajectory(CHAIN, inputs=given_, times_h=np.array([6.0]))
    fine = trajectory(CHAIN, inputs=given_, times_h=np.array([*sorted(times), 6.0]))
    assert np.allclose(coarse[-1], fine[-1], rtol=1e-11)


def test_inputs_before_the_first_point_count_and_those_after_the_last_do_not():
    early = [
        Bolus(state="first", amount=1.0, at_h=-1.0),
        Bolus(state="first", amount=1.0, at_h=-1.0),
        Bolus(state="second", amount=9.0, at_h=2.0),
        Inflow(state="third", rate_per_h=9.0, from_h=3.0, until_h=4.0),
    ]
    amounts = trajectory(CHAIN, inputs=early, times_h=np.array([0.0]))
    assert np.allclose(amounts, 2 * np.exp(-2.0) * np.array([[1.0, 2.0, 2.0]]), rtol=1e-12)


def test_inflows_into_one_state_add_up():
    single = [Inflow(state="first", rate_per_h=3.0, from_h=0.0, until_h=1.0)]
    double = [Inflow(state="first", rate_per_h=1.5, from_h=0.0, until_h=1.0)] * 2
    one = trajectory(CHAIN, inputs=single, times_h=TIMES_H)
    assert np.allclose(one, trajectory(CHAIN, inputs=double, times_h=TIMES_H), rtol=1e-12)


def test_a_model_remembers_a_bounded_number_of_steps(monkeypatch):
    monkeypatch.setattr(compartments, "STEPS_KEPT", 2)
    model = CompartmentModel.of({"central": {"central": -1.0}})
    state = np.array([1.0])
    for step_h in (0.1, 0.2, 0.3, 0.1):
        state = model.advance(state, np.zeros(1), step_h)
    assert state[0] == pytest.approx(np.exp(-0.7), rel=1e-13)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Bolus(state="a", amount=-1.0, at_h=0.0), "finite amount, zero or more"),
        (lambda: Bolus(state="a", amount=float("nan"), at_h=0.0), "finite amount"),
        (lambda: Bolus(state="a", amount=1.0, at_h=float("inf")), "finite time"),
        (lambda: Inflow(state="a", rate_per_h=-1.0, from_h=0.0, until_h=1.0), "finite rate"),
        (lambda: Inflow(state="a", rate_per_h=1.0, from_h=1.0, until_h=1.0), "ends after it starts"),
        (lambda: Inflow(state="a", rate_per_h=1.0, from_h=0.0, until_h=float("inf")), "ends after it starts"),
        (lambda: CompartmentModel.of({}), "states with different names"),
        (lambda: CompartmentModel(("a", "a"), np.zeros((2, 2))), "different names"),
        (lambda: CompartmentModel(("a",), np.zeros((2, 2))), "1 x 1 matrix"),
        (lambda: CompartmentModel.of({"a": {"a": float("nan")}}), "must be finite"),
        (lambda: CompartmentModel.of({"a": {"b": 1.0}}), "'b' has no equation"),
        (lambda: CHAIN.index("fourth"), "no state 'fourth'"),
        (lambda: trajectory(CHAIN, inputs=[], times_h=np.array([])), "at least one time"),
        (lambda: trajectory(CHAIN, inputs=[], times_h=np.array([0.0, 0.0])), "finite and rising"),
        (lambda: trajectory(CHAIN, inputs=[], times_h=np.array([0.0, np.nan])), "finite and rising"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(make, words):
    with pytest.raises(ValueError, match=words):
        make()
