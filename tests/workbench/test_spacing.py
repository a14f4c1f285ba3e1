"""Rhythms: on which days sessions are."""

import pytest

from ajar.workbench.spacing import after, days_of


@pytest.mark.parametrize(
    ("count", "every", "expected"),
    [
        (5, "tue,fri", [0, 3, 7, 10, 14]),
        (4, "fri,tue", [0, 4, 7, 11]),
        (4, "Friday, Tuesday", [0, 4, 7, 11]),
        (6, "mon,wed,fri", [0, 2, 4, 7, 9, 11]),
        (6, "fri,mon,wed", [0, 3, 5, 7, 10, 12]),
        (2, "sunday", [0, 7]),
        (3, "1x/week", [0, 7, 14]),
        (4, "2x/week", [0, 3, 7, 10]),
        (4, "3x/week", [0, 2, 4, 7]),
        (3, "3d", [0, 3, 6]),
        (3, "2w", [0, 14, 28]),
        (3, "daily", [0, 1, 2]),
        (3, "weekly", [0, 7, 14]),
        (3, "monthly", [0, 28, 56]),
        (1, "weekly", [0]),
    ],
)
def test_a_rhythm_gives_days(count, every, expected):
    assert days_of(count, every) == expected


def test_boosters_follow_the_last_session():
    assert after(17.0, 2, "monthly") == [45.0, 73.0]
    assert after(17.0, 0, "monthly") == []


@pytest.mark.parametrize(
    "every", ["", "0d", "tu", "4x/week", "3", "3 d", "tue;fri", "tue,", "yearly", "1.5d", "tuna"]
)
def test_other_words_are_no_rhythm(every):
    with pytest.raises(ValueError, match="Expected weekdays"):
        days_of(2, every)
