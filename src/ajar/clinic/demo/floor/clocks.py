"""By which clock a scenario is played: at once, or with the minutes passing on a terminal."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Says when a minute of the scenario is in the chart, and waits until it is there."""

    def at(self, minute: float) -> datetime:
        """The moment of a minute in the chart."""
        ...

    def reach(self, minute: float) -> datetime:
        """Wait for a minute; returns its moment."""
        ...

    def heard_at(self, minute: float) -> datetime:
        """What the listener's own clock says when something is sent at this minute."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AtOnce:
    """No waiting: minute 0 is `zero`."""

    zero: datetime

    def at(self, minute: float) -> datetime:
        """Counted from `zero`."""
        return self.zero + timedelta(minutes=minute)

    def reach(self, minute: float) -> datetime:
        """At once."""
        return self.at(minute)

    def heard_at(self, minute: float) -> datetime:
        """The same clock."""
        return self.at(minute)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paced:
    """Faster than life by `speed`, over when the chart has caught up with the clock on the wall.

    A chart is never ahead of the clock: at speed 60 a scenario of two hours begins two hours ago, less the
    two minutes for which it plays. Intervals in the chart are those of the scenario, so its rules hold.
    """

    speed: float
    ends_min: float
    over_at: datetime
    pause: Callable[[float], None] = time.sleep
    wall: Callable[[], datetime] = lambda: datetime.now(UTC)

    def __post_init__(self) -> None:
        if not self.speed >= 1:
            raise ValueError(f"The speed must be at least 1, got {self.speed:g}.")

    def at(self, minute: float) -> datetime:
        """Counted back from the end."""
        return self.over_at - timedelta(minutes=self.ends_min - minute)

    def reach(self, minute: float) -> datetime:
        """Sleep until it is due."""
        due_at = self.over_at - timedelta(minutes=(self.ends_min - minute) / self.speed)
        self.pause(max((due_at - self.wall()).total_seconds(), 0.0))
        return self.at(minute)

    def heard_at(self, minute: float) -> datetime:
        """The clock on the wall."""
        return self.wall()


def paced(*, begins_min: float, ends_min: float, speed: float, now: datetime) -> Paced:
    """A clock that begins to play now.

    Raises:
        ValueError: `speed` is below 1.
    """
    lasts = timedelta(minutes=(ends_min - begins_min) / max(speed, 1.0))
    return Paced(speed=speed, ends_min=ends_min, over_at=now + lasts)
