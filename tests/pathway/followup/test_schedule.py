"""When a questionnaire is asked again: counted from the last dose, never hidden when it overlaps."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.followup.cadence import DEFAULT_CADENCE
from ajar.pathway.followup.schedule import BASELINE, BASELINE_SOURCE, Asking, askings, next_asking
from ajar.pathway.instruments.instrument import Sourced
from ajar.pathway.instruments.phq9 import PHQ9

NEW_YORK = ZoneInfo("America/New_York")
DAY_0 = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def at(day: float) -> datetime:
    return DAY_0 + timedelta(days=day)


def asked(*, doses: list[float], answered: list[float], today: float):
    return next_asking(
        PHQ9,
        doses=[at(day) for day in doses],
        answered=[at(day) for day in answered],
        zone=NEW_YORK,
        now=at(today),
    )


@pytest.mark.parametrize(
    ("doses", "answered", "today", "occasion", "due_on"),
    [
        ([], [], 0, BASELINE, 0),
        ([], [-29], 0, BASELINE, 0),
        ([0], [], 0, "after dose 1, day 1", 1),
        ([0], [-1], 0, "after dose 1, day 7", 7),  # day 1 comes 2 days after the last answer
        ([0], [-6], 0, "after dose 1, day 1", 1),
        ([0, 3, 7], [-1], 7, "after dose 3, day 1", 8),  # in a course the askings stay about weekly
        ([0], [1], 2, "after dose 1, day 14", 14),  # day 7 comes 6 days after the last answer
        ([0], [], 7, "after dose 1, day 7", 7),
        ([0], [], 13, "after dose 1, day 7", 7),
        ([0], [], 14, "after dose 1, day 14", 14),
        ([0], [29], 30, "after dose 1, day 42", 42),
        ([0], [43], 44, "after dose 1, day 56", 56),
    ],
)
def test_what_is_asked_next(doses, answered, today, occasion, due_on):
    found = asked(doses=doses, answered=answered, today=today)
    assert found is not None
    assert (found.occasion, found.due_on) == (occasion, at(due_on).date())
    assert found.source


def test_a_fresh_score_is_baseline_enough():
    assert asked(doses=[], answered=[-10], today=0) is None


def test_the_count_ends():
    assert asked(doses=[0], answered=[], today=DEFAULT_CADENCE.ends_after_days.value + 20) is None


def test_an_asking_that_overlaps_is_marked_and_not_hidden():
    found = askings(PHQ9, doses=[at(0)], answered=[at(-1)], zone=NEW_YORK, now=at(0))
    assert [(one.occasion, one.overlapping) for one in found[:2]] == [
        ("after dose 1, day 1", True),
        ("after dose 1, day 7", False),
    ]


def test_a_window_is_closed_by_an_answer_and_open_on_both_its_ends():
    found = asked(doses=[0], answered=[], today=7)
    assert found is not None
    assert found.is_open(date(2026, 3, 9))
    assert found.is_open(date(2026, 3, 15))
    assert not found.is_open(date(2026, 3, 16))
    assert not found.is_open(date(2026, 3, 8))


def test_days_are_those_of_the_patients_place():
    late_evening = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)  # 22:00 on 2 March in New York
    found = next_asking(PHQ9, doses=[late_evening], answered=[], zone=NEW_YORK, now=late_evening)
    assert found is not None
    assert found.due_on == date(2026, 3, 3)


def test_before_the_first_dose_a_baseline_is_asked_of_today_and_stays_open_for_four_weeks():
    late_evening = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)  # 22:00 on 2 March in New York
    found = askings(PHQ9, doses=[], answered=[], zone=NEW_YORK, now=late_evening)
    assert found == (
        Asking(
            occasion="baseline",
            due_on=date(2026, 3, 2),
            closes_on=date(2026, 3, 30),
            overlapping=False,
            source=BASELINE_SOURCE,
        ),
    )


def test_a_score_of_28_days_ago_is_baseline_enough_and_an_older_one_is_not():
    assert asked(doses=[], answered=[-28], today=0) is None
    assert asked(doses=[], answered=[-28.5], today=0) is not None
    assert asked(doses=[], answered=[-28.4], today=0.5) is None  # the day is New York's


def test_the_day_of_an_answer_is_that_of_the_patients_place():
    found = asked(doses=[0], answered=[6.5], today=7)  # late on day 6 in New York, and day 7 in UTC
    assert found is not None
    assert found.occasion == "after dose 1, day 14"


def test_a_clinics_own_days_are_asked():
    own = replace(DEFAULT_CADENCE, days_after_dose=(Sourced(value=3, source="our own"),))
    found = next_asking(PHQ9, doses=[at(0)], answered=[], zone=NEW_YORK, now=at(0), cadence=own)
    assert found is not None
    assert (found.occasion, found.source) == ("after dose 1, day 3", "our own")


def test_a_clock_without_its_place_is_refused():
    with pytest.raises(ValueError, match=r"^now must carry a time zone, got 2026-03-02T15:00:00\.$"):
        next_asking(PHQ9, doses=[], answered=[], zone=NEW_YORK, now=datetime(2026, 3, 2, 15, 0))


DAYS = st.lists(st.integers(0, 60), max_size=8, unique=True)


@given(doses=DAYS.filter(bool), answered=DAYS, today=st.integers(60, 120))
def test_windows_never_overlap_each_other_and_never_hold_an_answer(doses, answered, today):
    found = askings(
        PHQ9,
        doses=[at(day) for day in doses],
        answered=[at(day) for day in answered],
        zone=NEW_YORK,
        now=at(today),
    )
    for earlier, later in pairwise(found):
        assert earlier.due_on <= earlier.closes_on < later.due_on
    assert not [one for one in found for day in answered if one.is_open(at(day).date())]
