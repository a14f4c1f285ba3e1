"""On which days sessions are: weekdays, so many a week, or one every so many days. Day 0 is the first."""

import re
from typing import Final

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORTEST: Final = 3
"""Letters by which a weekday is known."""

WEEK_DAYS: Final = 7.0
MONTH_DAYS: Final = 28.0
"""A month of boosters is four weeks, so that it falls on the same weekday."""

NAMED: Final = {"daily": 1.0, "weekly": WEEK_DAYS, "monthly": MONTH_DAYS}
TIMES_A_WEEK: Final = {1: (0.0,), 2: (0.0, 3.0), 3: (0.0, 2.0, 4.0)}
"""Twice is as on Tuesday and Friday, three times as on Monday, Wednesday and Friday."""

EXPECTED: Final = "weekdays (tue,fri), 1x to 3x/week, days (3d), weeks (2w), daily, weekly or monthly"


def days_of(count: int, every: str) -> list[float]:
    """The first so many days of a rhythm, from day 0 on.

    Raises:
        ValueError: a rhythm it does not know.
    """
    offsets, period = _rhythm(every.strip().lower())
    return [period * (row // len(offsets)) + offsets[row % len(offsets)] for row in range(count)]


def after(last_day: float, count: int, every: str) -> list[float]:
    """So many days after a last one, in a rhythm that starts with it.

    Raises:
        ValueError: as `days_of`.
    """
    return [last_day + day for day in days_of(count + 1, every)[1:]]


def _rhythm(every: str) -> tuple[tuple[float, ...], float]:
    """Days within a period, and how long it is."""
    if every in NAMED:
        return (0.0,), NAMED[every]
    if found := re.fullmatch(r"([1-3])x/week", every):
        return TIMES_A_WEEK[int(found[1])], WEEK_DAYS
    if found := re.fullmatch(r"([1-9]\d{0,2})([dw])", every):
        return (0.0,), float(found[1]) * (WEEK_DAYS if found[2] == "w" else 1.0)
    rows = [_weekday(name.strip()) for name in every.split(",")]
    if -1 in rows or len(set(rows)) != len(rows):
        raise ValueError(f"Expected {EXPECTED}, got {every!r}.")
    return tuple(sorted((row - rows[0]) % WEEK_DAYS for row in rows)), WEEK_DAYS


def _weekday(name: str) -> int:
    """Its row, counted from Monday; -1 where it is none."""
    known = [row for row, day in enumerate(WEEKDAYS) if len(name) >= SHORTEST and day.startswith(name)]
    return known[0] if known else -1
