"""Numbers that remember their formula, units by name, and doses as starts, inflows and events."""

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.exchange.sbml.sheet import Given, scheduled
from ajar.exchange.sbml.units import unit_named
from ajar.exchange.sbml.written import Written, text_of
from ajar.pharmacology.compartments import Bolus, Inflow

A, B = Written(6.0, "a"), Written(1.5, "b")


@pytest.mark.parametrize(
    ("made", "value", "text"),
    [
        (A + B, 7.5, "(a + b)"),
        (2.0 + A, 8.0, "(2.0 dimensionless + a)"),
        (A - B, 4.5, "(a - b)"),
        (1.0 - A, -5.0, "(1.0 dimensionless - a)"),
        (A * B, 9.0, "(a * b)"),
        (3.0 * A, 18.0, "(3.0 dimensionless * a)"),
        (A / B, 4.0, "(a / b)"),
        (3.0 / A, 0.5, "(3.0 dimensionless / a)"),
        (-A, -6.0, "-a"),
        (sum([A, B]), 7.5, "(a + b)"),
        (A + 0.0, 6.0, "a"),
        (A**2.0, 36.0, "36.0 dimensionless"),
    ],
)
def test_a_written_number_says_how_it_was_computed(made, value, text):
    assert (float(made), text_of(made)) == (value, text)


@given(
    st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.sampled_from([operator.add, operator.sub, operator.mul])
)
def test_a_written_number_has_the_value_of_the_plain_one(first, second, operation):
    expected = operation(first, second)
    assert operation(Written(first, "a"), Written(second, "b")) == expected
    assert operation(first, Written(second, "b")) == expected
    assert operation(Written(first, "a"), second) == expected


def test_an_unknown_unit_is_refused_with_those_known():
    with pytest.raises(ValueError, match=r"The unit 'furlong' has no SBML form here; there are: 1, points"):
        unit_named("furlong")


def bolus(state, at_h):
    return Given(state=state, how=Bolus(state=state, amount=1.0, at_h=at_h), formula=f"dose_at_{at_h:g}")


def inflow(state, from_h, until_h):
    how = Inflow(state=state, rate_per_h=1.0, from_h=from_h, until_h=until_h)
    return Given(state=state, how=how, formula=f"rate_from_{from_h:g}")


def test_a_dose_at_zero_is_there_at_the_start_and_a_later_one_is_an_event():
    schedule = scheduled([bolus("D", 0.0), bolus("D", 2.0), bolus("D", 2.0)])
    assert schedule.start_of("D") == "dose_at_0"
    assert schedule.start_of("elsewhere") == "0 mg"
    assert schedule.inflow_of("D") == ""
    assert [(m.at_h, m.sets) for m in schedule.moments] == [(2.0, {"D": "D + dose_at_2 + dose_at_2"})]


def test_inflows_that_overlap_add_up_and_end_at_exactly_nothing():
    schedule = scheduled([inflow("A", 0.0, 2.0), inflow("A", 1.0, 3.0)])
    assert schedule.inflow_of("A") == " + into_A"
    assert [step.start for step in schedule.steps] == ["rate_from_0"]
    assert [(m.at_h, m.sets["into_A"]) for m in schedule.moments] == [
        (1.0, "rate_from_0 + rate_from_1"),
        (2.0, "rate_from_1"),
        (3.0, "0 mg_per_h"),
    ]


def test_moments_that_differ_by_rounding_are_one():
    schedule = scheduled([inflow("A", 0.0, 0.1 + 0.2), inflow("A", 0.3, 1.0), bolus("D", 0.3)])
    assert [(m.at_h, m.sets) for m in schedule.moments] == [
        (0.3, {"D": "D + dose_at_0.3", "into_A": "rate_from_0.3"}),
        (1.0, {"into_A": "0 mg_per_h"}),
    ]
