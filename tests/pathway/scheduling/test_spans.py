"""Spans and how many overlap: laws, judged by counting every minute."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.scheduling.spans import Span, has_room, peak_load

START = datetime(2026, 3, 2, tzinfo=UTC)


def span(first_min: int, last_min: int) -> Span:
    return Span(starts_at=START + timedelta(minutes=first_min), ends_at=START + timedelta(minutes=last_min))


spans = st.builds(lambda first, length: span(first, first + length), st.integers(0, 60), st.integers(1, 30))


def counted(taken: list[Span], during: Span) -> int:
    """The slow, plain judge: look at every minute."""
    minutes = range(int(during.length.total_seconds() // 60))
    moments = [during.starts_at + timedelta(minutes=minute) for minute in minutes]
    return max(sum(one.starts_at <= moment < one.ends_at for one in taken) for moment in moments)


@given(st.lists(spans, max_size=8), spans)
def test_the_peak_load_is_what_counting_every_minute_finds(taken: list[Span], during: Span):
    assert peak_load(taken, during=during) == counted(taken, during)


@given(st.lists(spans, max_size=8), spans, st.integers(1, 4))
def test_taking_one_more_where_there_is_room_never_exceeds_the_capacity(
    taken: list[Span], during: Span, capacity: int
):
    within = [one for one in taken if peak_load(taken, during=one) <= capacity]
    if has_room(within, during=during, capacity=capacity):
        assert peak_load([*within, during], during=during) <= capacity


@given(spans, spans)
def test_overlapping_is_mutual(one: Span, other: Span):
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(one)


def test_a_span_that_ends_when_another_starts_does_not_overlap_it():
    assert not span(0, 60).overlaps(span(60, 120))
    assert has_room([span(0, 60)], during=span(60, 120), capacity=1)


def test_two_that_follow_each_other_load_once():
    assert peak_load([span(0, 60), span(60, 120)], during=span(0, 120)) == 1
    assert peak_load([], during=span(0, 120)) == 0


def test_a_span_keeps_its_length_over_the_night_the_clocks_change():
    new_york = ZoneInfo("America/New_York")
    night = Span(
        starts_at=datetime(2026, 11, 1, 0, 30, tzinfo=new_york),
        ends_at=datetime(2026, 11, 1, 2, 30, tzinfo=new_york),
    )
    assert night.length == timedelta(hours=3)
    assert night.starts_at.tzinfo is UTC  # never the zone of the machine that asks
    assert night.ends_at.tzinfo is UTC


@pytest.mark.parametrize("last_min", [0, -5])
def test_a_span_that_ends_before_it_starts_is_refused(last_min: int):
    with pytest.raises(ValueError, match="must end after it starts"):
        span(0, last_min)


def test_a_span_without_a_zone_is_refused():
    with pytest.raises(ValueError, match=r"^starts_at must carry a time zone"):
        Span(starts_at=datetime(2026, 3, 2), ends_at=START)
    with pytest.raises(ValueError, match=r"^ends_at must carry a time zone"):
        Span(starts_at=START, ends_at=datetime(2026, 3, 3))
