"""The time by which the clinic goes: the machine's, unless the machine's clock was moved.

A clock that jumps ahead would end a minimum stay early and let an hour of readings look old; one that jumps
back would hide what is overdue. While the server runs, a counter that nobody can set carries the time on.
The machine's clock is followed as long as both agree. When they do not, Ajar keeps its own time, says so,
and waits until the machine's clock is set right again or a person accepts the new time.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final

AGREE_WITHIN: Final = timedelta(seconds=2)
"""Design default. NTP corrects by slewing below 128 ms and steps beyond; a step of up to this is followed."""

BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


def counted_s() -> float:
    """Seconds since the machine was started, its sleep included where the system counts it."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def boot_id() -> str:
    """What names this run of the machine; empty where the system does not say."""
    with suppress(OSError):
        return BOOT_ID.read_text().strip()
    return ""


def wall() -> datetime:
    """What the machine's clock says."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """The machine's clock differs from Ajar's by this much, found at this moment of Ajar's time."""

    found_at: datetime
    by: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A moment of Ajar's time, and the counter at it, in this run of the machine."""

    at: datetime
    counted_s: float
    boot_id: str


class SteadyClock:
    """Time carried on by a counter, beside a clock that may be moved. Safe to ask from any thread."""

    def __init__(
        self, *, wall: Callable[[], datetime] = wall, counted_s: Callable[[], float] = counted_s
    ) -> None:
        self._wall, self._counted_s = wall, counted_s
        self._lock = Lock()
        self._from: tuple[datetime, float] | None = None
        self._jump: Jump | None = None

    def keep(self, last: Mark | None, *, boot: str) -> None:
        """Begin to carry the time on, from where an earlier run of the server left it.

        Within one run of the machine its counter says what time it is. After a restart of the machine it
        is at least as late as it was; nobody can tell how long it was off.
        """
        with self._lock:
            said, counted = self._wall(), self._counted_s()
            begins = said
            if last is not None and boot and last.boot_id == boot:
                begins = last.at + timedelta(seconds=counted - last.counted_s)
            elif last is not None:
                begins = max(said, last.at)
            self._from = (begins, counted)

    def stop(self) -> None:
        """Go by the machine's clock again, whatever it says."""
        with self._lock:
            self._from = self._jump = None

    def now(self) -> datetime:
        """Ajar's time."""
        return self.look()[0]

    def look(self) -> tuple[datetime, Jump | None]:
        """Ajar's time, and by how much the machine's clock differs from it, where it does."""
        with self._lock:
            said = self._wall()
            if self._from is None:
                return said, None
            begins, counted_from = self._from
            counted = self._counted_s()
            carried = begins + timedelta(seconds=counted - counted_from)
            if abs(said - carried) <= AGREE_WITHIN:
                self._from, self._jump = (said, counted), None
                return said, None
            if self._jump is None or abs(self._jump.by - (said - carried)) > AGREE_WITHIN:
                self._jump = Jump(found_at=carried, by=said - carried)
            return carried, self._jump

    def accept(self) -> None:
        """The machine's clock is right: go by it from now on."""
        with self._lock:
            if self._from is not None:
                self._from, self._jump = (self._wall(), self._counted_s()), None


CLOCK: Final = SteadyClock()
"""The clock of this process. The server makes it keep time; a command goes by the machine's."""


def now() -> datetime:
    """The time by which the clinic goes, in UTC."""
    return CLOCK.now()
