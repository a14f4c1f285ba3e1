"""From a weekly pattern to moments: published slots, in the site's own clock.

A pattern is said in wall time ("Mondays, 9 to 12"); a slot is two moments. On the day the clocks
change a morning can be an hour shorter or longer: its slots keep their length and their number follows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from ajar.pathway.scheduling.spans import Span

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of one weekday, in wall time. Monday is 0."""

    weekday: int
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"weekday runs from 0 (Monday) to 6 (Sunday), got {self.weekday}.")
        if self.opens.tzinfo is not None or self.closes.tzinfo is not None:
            raise ValueError("A window is said in wall time, without a zone; the site gives the zone.")
        if self.closes <= self.opens:
            raise ValueError(f"A window must close after it opens, got {self.opens} to {self.closes}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHours:
    """When a site receives people. Weekdays as in `Window`."""

    weekdays: tuple[int, ...]
    opens: time
    closes: time
    source: str

    def on(self, day: date, zone: tzinfo) -> Span | None:
        """The open stretch of a day, or None on a closed one."""
        if day.weekday() not in self.weekdays:
            return None
        return Span(starts_at=moment(day, self.opens, zone), ends_at=moment(day, self.closes, zone))


WEEKDAYS_8_TO_18: Final = OpenHours(
    weekdays=(0, 1, 2, 3, 4), opens=time(8), closes=time(18), source="design default"
)


def moment(day: date, clock: time, zone: tzinfo) -> datetime:
    """A wall time as a moment in UTC.

    A time that the spring change skips becomes the same distance after the gap; one that the autumn
    change repeats is taken the first time (PEP 495, fold 0).
    """
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def days(first_day: date, last_day: date) -> Iterator[date]:
    """Every day from the first to the last, both included.

    Raises:
        ValueError: the last day lies before the first.
    """
    if last_day < first_day:
        raise ValueError(f"The last day must not be before the first, got {first_day} to {last_day}.")
    for number in range((last_day - first_day).days + 1):
        yield first_day + timedelta(days=number)


def slots_of(
    windows: Iterable[Window], *, zone: tzinfo, first_day: date, last_day: date, length: timedelta
) -> list[Span]:
    """Every slot of this length that fits into the windows, earliest first, in UTC.

    Raises:
        ValueError: the length is not positive, or the last day lies before the first.
    """
    if length <= timedelta(0):
        raise ValueError(f"A slot must last longer than nothing, got {length}.")
    pattern = list(windows)
    return sorted(
        span
        for day in days(first_day, last_day)
        for window in pattern
        if window.weekday == day.weekday()
        for span in _slots_within(_stretch(window, day, zone), length)
    )


def free_slots(slots: Iterable[Span], *, taken: Sequence[Span], after: datetime) -> list[Span]:
    """The slots that start later than a moment and overlap nothing that is taken."""
    return [
        slot for slot in slots if slot.starts_at > after and not any(slot.overlaps(span) for span in taken)
    ]


def _stretch(window: Window, day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    return moment(day, window.opens, zone), moment(day, window.closes, zone)


def _slots_within(stretch: tuple[datetime, datetime], length: timedelta) -> Iterator[Span]:
    starts_at, closes_at = stretch
    while starts_at + length <= closes_at:
        yield Span(starts_at=starts_at, ends_at=starts_at + length)
        starts_at += length
