"""A wrong clock is told by several messages that are off by the same span, never by one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.exchange.deviceclock import ClockRule, Sample, off, span_words, steadily_ahead, with_sample

START = datetime(2026, 3, 2, 12, tzinfo=UTC)


def heard(*messages: tuple[float, float], rule: ClockRule | None = None) -> tuple[Sample, ...]:
    """Samples of messages given as (arrival in s, ahead in s)."""
    known: tuple[Sample, ...] = ()
    for arrived_s, ahead_s in messages:
        sample = Sample(arrived_at=START + timedelta(seconds=arrived_s), ahead=timedelta(seconds=ahead_s))
        known = with_sample(known, sample, rule or ClockRule())
    return known


@pytest.mark.parametrize("ahead_s", [3660, -3660, 121, -125])
def test_a_clock_that_is_steadily_off_is_told(ahead_s: float) -> None:
    samples = heard(*((15 * number, ahead_s + number) for number in range(5)))
    assert steadily_ahead(samples) == timedelta(seconds=ahead_s + 2)


def test_four_messages_prove_nothing() -> None:
    assert steadily_ahead(heard(*((15 * number, 3660) for number in range(4)))) is None


def test_a_clock_within_the_tolerance_is_right() -> None:
    assert steadily_ahead(heard(*((15 * number, 120) for number in range(5)))) is None


def test_messages_that_waited_on_their_way_are_no_wrong_clock() -> None:
    """Ten minutes of one a second, sent within two minutes: each is less late than the one before."""
    backlog = [(number / 5, number - number / 5 - 600) for number in range(600)]
    assert steadily_ahead(heard(*backlog)) is None
    at_once = [(number / 100, number - 600) for number in range(100)]
    assert len(heard(*at_once)) == 1


def test_the_servers_own_clock_set_back_begins_anew() -> None:
    assert len(heard((0, 0), (15, 0), (-3600, 3600))) == 1


@given(st.lists(st.tuples(st.floats(0, 10_000), st.floats(-10_000, 10_000)), max_size=12))
def test_whatever_is_told_is_beyond_the_tolerance_and_within_what_was_heard(
    messages: list[tuple[float, float]],
) -> None:
    samples = heard(*sorted(messages))
    told = steadily_ahead(samples)
    if told is not None:
        assert off(told)
        assert min(one.ahead for one in samples) <= told <= max(one.ahead for one in samples)


def test_the_words_say_how_far_and_which_way() -> None:
    assert span_words(timedelta(minutes=61)) == "61 min ahead"
    assert span_words(timedelta(minutes=-3)) == "3 min behind"
