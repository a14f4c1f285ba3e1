"""Ages and due times, as they are read."""

from datetime import UTC, datetime, timedelta

import pytest

from ajar.clinic.web.spans import Due, Freshness, age, due, freshness

NOW = datetime(2026, 3, 2, 15, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 min ago"),
        (timedelta(minutes=6, seconds=50), "6 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=2, minutes=5), "2 h 5 min ago"),
        (timedelta(hours=47, minutes=59), "47 h 59 min ago"),
        (timedelta(days=2), "2 d ago"),
        (-timedelta(minutes=3), "just now"),
    ],
)
def test_an_age_is_rounded_down_and_never_in_the_future(ago: timedelta, words: str) -> None:
    assert age(NOW - ago, now=NOW) == words


@pytest.mark.parametrize(
    ("left", "seen"),
    [
        (timedelta(hours=2, minutes=10), Due(state="ahead", words="in 2 h 10 min")),
        (timedelta(minutes=5), Due(state="soon", words="in 5 min")),
        (timedelta(seconds=20), Due(state="soon", words="now")),
        (-timedelta(seconds=59), Due(state="soon", words="now")),
        (-timedelta(minutes=7), Due(state="late", words="7 min late")),
        (-timedelta(days=3), Due(state="late", words="3 d late")),
    ],
)
def test_a_due_time_says_how_long_is_left_or_how_late_it_is(left: timedelta, seen: Due) -> None:
    assert due(NOW + left, now=NOW) == seen


@pytest.mark.parametrize(
    ("minutes_old", "due_after_min", "expected"),
    [
        (15, 15, Freshness.FRESH),
        (15.1, 15, Freshness.STALE),
        (20, 15, Freshness.STALE),
        (20.1, 15, Freshness.OVERDUE),
        (9_999, None, Freshness.FRESH),
        (None, 15, Freshness.ABSENT),
    ],
)
@pytest.mark.hazard("HAZ-11")
def test_a_value_goes_stale_with_its_interval_and_overdue_five_minutes_later(
    minutes_old: float | None, due_after_min: float | None, expected: Freshness
) -> None:
    at = None if minutes_old is None else NOW - timedelta(minutes=minutes_old)
    assert freshness(at, due_after_min=due_after_min, now=NOW) is expected
