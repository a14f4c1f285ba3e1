"""How fast one device may send. A device that sends without end is told to send again more slowly.

What is turned away is not acknowledged and not kept, so nothing acknowledged is lost; every other device
goes on as before. Counted in this process's memory: nothing is written for a device that keeps the pace.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from django.db.models import F

from ajar.clinic.gateway.models import DeviceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Messages a second over time, and how many may come at once beyond that. Design defaults.

    `burst` lets a device catch up: twenty minutes at one reading a second after a cut in the network.
    """

    per_s: float = 10.0
    burst: int = 1200


DEFAULT_PACE: Final = Pace()
FLOOD_OVER: Final = timedelta(minutes=1)
"""So long after the last message that was turned away, a flood counts as over; design default."""
WRITTEN_EVERY: Final = timedelta(seconds=5)
MOST_DEVICES: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one device has left to send, and what of it was turned away and not yet written down."""

    left: float
    at: datetime
    turned_away: int = 0
    written_at: datetime | None = None


class Meter:
    """Counts what each device sends."""

    def __init__(self, pace: Pace = DEFAULT_PACE) -> None:
        self.pace = pace
        self._accounts: OrderedDict[str, Account] = OrderedDict()
        self._lock = Lock()

    def admits(self, device: str, *, now: datetime) -> bool:
        """May this message be taken?"""
        with self._lock:
            known = self._accounts.pop(device, Account(left=self.pace.burst, at=now))
            passed_s = max(0.0, (now - known.at).total_seconds())
            left = min(self.pace.burst, known.left + passed_s * self.pace.per_s)
            admitted = left >= 1
            self._accounts[device] = replace(
                known,
                left=left - 1 if admitted else left,
                at=now,
                turned_away=known.turned_away + (not admitted),
            )
            if len(self._accounts) > MOST_DEVICES:
                self._accounts.popitem(last=False)
        return admitted

    def to_write(self, device: str, *, now: datetime) -> int:
        """How many were turned away since it was last written down; 0 until it is time to write again."""
        with self._lock:
            known = self._accounts.get(device)
            if known is None or (known.written_at and abs(now - known.written_at) < WRITTEN_EVERY):
                return 0
            self._accounts[device] = replace(known, turned_away=0, written_at=now)
            return known.turned_away

    def forget(self) -> None:
        """Begin anew with every device."""
        with self._lock:
            self._accounts.clear()


METER: Final = Meter()


def note_flood(device: str, count: int, *, now: datetime) -> None:
    """Write down that this device sends too much; a flood after a pause is a new one."""
    state, _ = DeviceState.objects.get_or_create(device=device)
    rows = DeviceState.objects.filter(pk=state.pk)
    if state.flood_last_at is None or now - state.flood_last_at > FLOOD_OVER:
        rows.update(flood_from=now, flood_last_at=now, turned_away=count)
    else:
        rows.update(flood_last_at=now, turned_away=F("turned_away") + count)


def too_fast(pace: Pace) -> str:
    """What the sender is told."""
    return (
        f"This device sends more than {pace.per_s:g} messages a second. This one was not taken: "
        "send it again, more slowly."
    )
