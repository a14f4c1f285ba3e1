"""Since when all values have been beyond a bound, and when one last was: for any bound, in little room.

Of the readings of one signal only those are kept after which every later one was higher (or, turned
round, lower). From these few the last calm reading and the last breach are known exactly for every
bound, so that a clinic may change its limits while a session runs. A new reading takes amortised
constant time; one that is told late takes its right place, whatever the order of arrival.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

UPWARDS: Final = 1
"""Marks after which every value was higher."""
DOWNWARDS: Final = -1
"""Marks after which every value was lower."""


class FoldAfresh(Exception):
    """The state alone cannot take this entry; it has to be computed from all entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A reading that no later one undercuts, and when the reading after it was taken (None: none yet)."""

    value: float
    at: datetime
    position: int
    next_at: datetime | None


def marks_of(readings: Sequence[tuple[float, datetime, int]], direction: int) -> tuple[Mark, ...]:
    """The marks of all readings (value, moment, position), which come in the order of measurement."""
    found: list[Mark] = []
    next_at: datetime | None = None
    lowest = float("inf")
    for value, at, position in reversed(readings):
        if value * direction < lowest:
            lowest = value * direction
            found.append(Mark(value=value, at=at, position=position, next_at=next_at))
        next_at = at
    return tuple(reversed(found))


def with_reading(
    lows: tuple[Mark, ...], highs: tuple[Mark, ...], new: Mark, *, first_at: datetime
) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Both kinds of marks with one more reading, `new`, whose own `next_at` is still None.

    `first_at` is when the signal's first reading so far was taken.

    Raises:
        FoldAfresh: it was told so late that the reading after it is no longer known.
    """
    newest = lows[-1]  # the newest reading is always the last of both
    if new.at <= newest.at and (new.at, new.position) < (newest.at, newest.position):
        return _told_late(lows, new, UPWARDS, first_at), _told_late(highs, new, DOWNWARDS, first_at)
    if new.value == newest.value:
        return (*lows[:-1], new), (*highs[:-1], new)
    followed = _followed(newest, new.at)
    if new.value > newest.value:
        return (*lows[:-1], followed, new), (*highs[: _undercut(highs, len(highs), new, DOWNWARDS)], new)
    return (*lows[: _undercut(lows, len(lows), new, UPWARDS)], new), (*highs[:-1], followed, new)


def _undercut(marks: tuple[Mark, ...], place: int, new: Mark, direction: int) -> int:
    """How many of the first `place` marks `new` does not undercut."""
    level = new.value * direction
    while place and marks[place - 1].value * direction >= level:
        place -= 1
    return place


def _followed(mark: Mark, at: datetime) -> Mark:
    next_at = at if mark.next_at is None else min(mark.next_at, at)
    return Mark(value=mark.value, at=mark.at, position=mark.position, next_at=next_at)


def _told_late(marks: tuple[Mark, ...], new: Mark, direction: int, first_at: datetime) -> tuple[Mark, ...]:
    key = (new.at, new.position)
    place = sum((mark.at, mark.position) < key for mark in marks)
    before = marks[place - 1] if place else None
    head, tail = marks[:place], marks[place:]
    if before is not None:
        head = (*head[:-1], _followed(before, new.at))
    if new.value * direction >= tail[0].value * direction:
        return (*head, *tail)
    next_at = first_at if before is None else before.next_at
    if next_at is None or next_at <= new.at:
        raise FoldAfresh
    taken = Mark(value=new.value, at=new.at, position=new.position, next_at=next_at)
    return (*head[: _undercut(head, place, new, direction)], taken, *tail)


def all_since(
    marks: Sequence[Mark], first_at: datetime, breached: Callable[[float], bool]
) -> datetime | None:
    """The first reading of the run in which every value has breached, up to now; None: the newest is calm."""
    if not breached(marks[-1].value):
        return None
    calm = next((mark for mark in reversed(marks) if not breached(mark.value)), None)
    return first_at if calm is None else calm.next_at


def last_breach(marks: Sequence[Mark], breached: Callable[[float], bool]) -> Mark | None:
    """The newest reading that breached. `marks` run the other way: after each, every value was calmer."""
    if not breached(marks[0].value):
        return None  # the first mark is the most extreme of all
    return next(mark for mark in reversed(marks) if breached(mark.value))
