"""Weekly patterns become moments, on the days the clocks change too."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.scheduling.availability import (
    WEEKDAYS_8_TO_18,
    OpenHours,
    Window,
    days,
    free_slots,
    moment,
    slots_of,
)
from ajar.pathway.scheduling.spans import Span
from ajar.pathway.scheduling.types import STANDARD_TYPES

NEW_YORK = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)
SUNDAY_NIGHT = Window(weekday=6, opens=time(0), closes=time(4))
WITHOUT_A_ZONE = r"^A window is said in wall time, without a zone; the site gives the zone\.$"
SPRING, AUTUMN, PLAIN = date(2026, 3, 8), date(2026, 11, 1), date(2026, 3, 15)

windows = st.builds(
    lambda weekday, opens, hours: Window(weekday=weekday, opens=time(opens), closes=time(opens + hours)),
    st.integers(0, 6),
    st.integers(0, 16),
    st.integers(1, 7),
)
zones = st.sampled_from(["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "UTC"]).map(ZoneInfo)


@given(windows, zones, st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(10, 120))
def test_slots_have_their_length_lie_in_the_window_and_never_overlap(
    window: Window, zone: ZoneInfo, first_day: date, length_min: int
):
    length = timedelta(minutes=length_min)
    found = slots_of(
        [window], zone=zone, first_day=first_day, last_day=first_day + timedelta(days=13), length=length
    )

    assert all(slot.length == length for slot in found)
    assert all(not earlier.overlaps(later) for earlier, later in pairwise(found))
    for slot in found:
        local_day = slot.starts_at.astimezone(zone).date()
        assert local_day.weekday() == window.weekday
        assert moment(local_day, window.opens, zone) <= slot.starts_at
        assert slot.ends_at <= moment(local_day, window.closes, zone)


@pytest.mark.parametrize(("day", "count"), [(PLAIN, 4), (SPRING, 3), (AUTUMN, 5)])
def test_the_night_of_the_change_has_an_hour_less_or_more(day: date, count: int):
    found = slots_of([SUNDAY_NIGHT], zone=NEW_YORK, first_day=day, last_day=day, length=HOUR)

    assert len(found) == count


def test_nine_in_the_morning_is_nine_by_the_wall_before_and_after_the_change():
    assert moment(date(2026, 3, 6), time(9), NEW_YORK) == datetime(2026, 3, 6, 14, tzinfo=UTC)
    after = moment(date(2026, 3, 9), time(9), NEW_YORK)
    assert after == datetime(2026, 3, 9, 13, tzinfo=UTC)
    assert after.tzinfo is UTC  # never the zone of the machine that asks


def test_a_time_that_the_spring_change_skips_lies_after_the_gap():
    assert moment(SPRING, time(2, 30), NEW_YORK).astimezone(NEW_YORK).time() == time(3, 30)


def test_what_is_taken_or_over_is_not_free():
    slots = slots_of([SUNDAY_NIGHT], zone=NEW_YORK, first_day=PLAIN, last_day=PLAIN, length=HOUR)
    taken = [Span(starts_at=slots[1].starts_at + HOUR / 2, ends_at=slots[1].ends_at)]

    assert free_slots(slots, taken=taken, after=slots[0].starts_at) == slots[2:]


def test_a_closed_day_has_no_opening():
    assert WEEKDAYS_8_TO_18.on(PLAIN, NEW_YORK) is None
    opening = WEEKDAYS_8_TO_18.on(date(2026, 3, 9), NEW_YORK)
    assert opening is not None
    assert opening.length == timedelta(hours=10)


@pytest.mark.parametrize(
    ("weekday", "opens", "closes", "words"),
    [
        (7, time(9), time(10), r"^weekday runs from 0 \(Monday\) to 6 \(Sunday\), got 7\.$"),
        (-1, time(9), time(10), r"\(Sunday\), got -1\.$"),
        (0, time(10), time(10), r"^A window must close after it opens, got 10:00:00 to 10:00:00\.$"),
        (0, time(9, tzinfo=UTC), time(10, tzinfo=UTC), WITHOUT_A_ZONE),
        (0, time(9), time(10, tzinfo=UTC), WITHOUT_A_ZONE),
    ],
)
def test_a_window_that_cannot_be_is_refused(weekday: int, opens: time, closes: time, words: str):
    with pytest.raises(ValueError, match=words):
        Window(weekday=weekday, opens=opens, closes=closes)


def test_days_run_forwards():
    assert list(days(PLAIN, PLAIN)) == [PLAIN]
    assert list(days(SPRING, date(2026, 3, 10))) == [SPRING, date(2026, 3, 9), date(2026, 3, 10)]
    with pytest.raises(ValueError, match="not be before"):
        list(days(PLAIN, SPRING))


def test_a_slot_of_no_length_is_refused():
    with pytest.raises(ValueError, match="longer than nothing"):
        slots_of([SUNDAY_NIGHT], zone=NEW_YORK, first_day=PLAIN, last_day=PLAIN, length=timedelta(0))


def test_open_hours_say_where_they_come_from():
    assert isinstance(WEEKDAYS_8_TO_18, OpenHours)
    assert WEEKDAYS_8_TO_18.source


def test_only_consultations_are_booked_by_visitors():
    assert [kind.slug for kind in STANDARD_TYPES.values() if kind.self_bookable] == ["consultation"]
