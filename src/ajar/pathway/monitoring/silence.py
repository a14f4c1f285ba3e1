"""Silence of a bedside device: a technical alarm, never a clinical value (practice.md 4.1, rule 3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ajar.pathway.ledger.payload import said
from ajar.pathway.monitoring.alarms import Alarm
from ajar.pathway.monitoring.cadence import Cadence
from ajar.pathway.monitoring.entries import Priority
from ajar.pathway.monitoring.latest import Measured, VitalsNow
from ajar.pathway.observations.vitals import BOUNDS

SILENT: Final = "SILENT"
"""The rule's id, in an alarm's key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SilencePolicy:
    """How long a device that shows a signal all the time may say nothing, in seconds."""

    version: str
    low_s: float
    medium_s: float
    source: str

    def __post_init__(self) -> None:
        said("silence.version", self.version)
        said("silence.source", self.source)
        if not 5 <= self.low_s < self.medium_s <= 900:
            raise ValueError(
                f"silence: expected 5 <= low_s < medium_s <= 900, got {self.low_s:g} and {self.medium_s:g}."
            )

    def priority(self, quiet: timedelta) -> Priority | None:
        """How pressing it is by now."""
        quiet_s = quiet.total_seconds()
        if quiet_s >= self.medium_s:
            return Priority.MEDIUM
        return Priority.LOW if quiet_s >= self.low_s else None


DEFAULT_SILENCE: Final = SilencePolicy(
    version="2026-11 (design default)",
    low_s=60,
    medium_s=300,
    source="design default; technical alarms are a list of their own: practice.md 4.1, rule 3",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A device that stands in the patient's room, and since when."""

    device: str
    since: datetime


def silences(
    vitals: VitalsNow, plan: Cadence, bound: Bound, *, now: datetime, policy: SilencePolicy = DEFAULT_SILENCE
) -> tuple[Alarm, ...]:
    """What the device showed all the time and shows no longer.

    A signal that somebody took by hand since is not silent: a person measures it. A device that never
    said anything in this session is no alarm here: nobody has begun to rely on it (`heard` tells).
    """
    found = [
        _alarm(newest, policy, priority)
        for newest in _shown_by(vitals, plan, bound)
        if (priority := policy.priority(now - max(newest.at, bound.since))) is not None
    ]
    return tuple(found)


def heard(vitals: VitalsNow, bound: Bound) -> bool:
    """Has this device told anything of this session?"""
    return any(one.by == bound.device for one in vitals.newest)


def _shown_by(vitals: VitalsNow, plan: Cadence, bound: Bound) -> Iterable[Measured]:
    for signal in plan.continuous:
        newest = vitals.latest(signal)
        if newest is not None and newest.by == bound.device:
            yield newest


def _alarm(newest: Measured, policy: SilencePolicy, priority: Priority) -> Alarm:
    return Alarm(
        id=SILENT,
        signal=newest.signal,
        priority=priority,
        text=f"No {BOUNDS[newest.signal].name} from {newest.by}",
        since=newest.at,
        source=policy.source,
        version=policy.version,
        technical=True,
    )
