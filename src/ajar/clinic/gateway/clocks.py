"""A device's wrong clock: found, said, and never silently corrected.

While a clock is wrong, its times are not used: a reading just made is recorded at its arrival, with the
device's own time beside it; one that waited on its way is held for a person. As soon as the device
sends with a right clock again, its times count again.
"""

from collections import OrderedDict
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from ajar.clinic.gateway.models import DeviceState
from ajar.exchange.deviceclock import Sample, off, span_words, steadily_ahead, with_sample
from ajar.pathway.ledger.entry import NewEntry

JUST_MADE: Final = timedelta(minutes=2)
"""How long before the sending a reading may have been made, by the device's own clock, to count as new;
design default."""
CHANGED: Final = timedelta(minutes=1)
"""A wrong clock that was set to another wrong time is said anew from this difference on; design default."""
MOST_DEVICES: Final = 4096


class ClockWatch:
    """What each device said the time was, lately. In this process's memory: after a restart, the next
    few messages tell it again.
    """

    def __init__(self) -> None:
        self._samples: OrderedDict[str, tuple[Sample, ...]] = OrderedDict()
        self._lock = Lock()

    def heard(self, device: str, sample: Sample) -> timedelta | None:
        """By how much this device's clock is known to be wrong, with this message counted."""
        with self._lock:
            samples = with_sample(self._samples.pop(device, ()), sample)
            self._samples[device] = samples
            if len(self._samples) > MOST_DEVICES:
                self._samples.popitem(last=False)
        return steadily_ahead(samples)

    def forget(self) -> None:
        """Begin anew with every device."""
        with self._lock:
            self._samples.clear()


CLOCKS: Final = ClockWatch()


def wrong_by(device: str, sent_at: datetime | None, *, now: datetime) -> timedelta | None:
    """By how much the device's clock is wrong now; None when it is right, or not known to be wrong.

    A change is written down, so that the board and the page of devices say it.
    """
    state = DeviceState.objects.filter(pk=device).first()
    known_s = state.clock_ahead_s if state else None
    if sent_at is None:
        return None if known_s is None else timedelta(seconds=known_s)
    sample = Sample(arrived_at=now, ahead=sent_at - now)
    found = CLOCKS.heard(device, sample)
    known = None if known_s is None else timedelta(seconds=known_s)
    if known is not None and not off(sample.ahead):
        _write(device, ahead=None, since=None)
        return None
    if found is not None and (known is None or abs(found - known) > CHANGED):
        _write(device, ahead=found, since=now)
        return found
    return known


def _write(device: str, *, ahead: timedelta | None, since: datetime | None) -> None:
    seconds = None if ahead is None else round(ahead.total_seconds())
    DeviceState.objects.update_or_create(
        device=device, defaults={"clock_ahead_s": seconds, "clock_wrong_since": since}
    )


def waited(entries: list[NewEntry], sent_at: datetime | None) -> bool:
    """Did any of these wait in the device before they were sent, by its own clock?"""
    if sent_at is None:
        return True
    return any(abs(sent_at - entry.happened_at) > JUST_MADE for entry in entries)


def at_arrival(entries: list[NewEntry], *, device: str, ahead: timedelta, now: datetime) -> list[NewEntry]:
    """The same facts at the time they arrived, each saying the time that the device gave it."""
    return [
        replace(
            entry,
            happened_at=now,
            reason=f"Recorded at its arrival: the clock of {device} is {span_words(ahead)}. "
            f"The device said {entry.happened_at:%Y-%m-%d %H:%M:%S} UTC.",
        )
        for entry in entries
    ]
