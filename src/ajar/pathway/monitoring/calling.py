"""The patient's own screen: how a call for help stands, and when the screen counts as silent.

A nurse who has seen a call has not yet answered it: the call stands until someone says what was done.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from math import isfinite
from typing import Final

from ajar.pathway.monitoring.events import HELP, TERMS
from ajar.pathway.monitoring.latest import Happened


class Call(StrEnum):
    """How the patient's call for help stands, as their screen shows it."""

    NONE = "none"
    SENT = "sent"
    SEEN = "seen"


def call_of(events: Iterable[Happened], seen: Iterable[Happened]) -> Call:
    """How the call stands: `events` that nobody has resolved, `seen` what was acknowledged and when."""
    called_at = max((one.at for one in events if one.what == HELP), default=None)
    if called_at is None:
        return Call.NONE
    key = TERMS[HELP].key
    was_seen = any(one.what == key and one.at >= called_at for one in seen)
    return Call.SEEN if was_seen else Call.SENT


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenPolicy:
    """How often the patient's screen is heard, and how long its link lives. All of it design defaults.

    `silent_after_s`: so long after it was last heard it counts as silent. `opens_within_min`: a link that
    nobody has opened by then opens no more. `lasts_h`: no link works longer, whatever the session does.
    """

    beat_every_s: float = 2.0
    silent_after_s: float = 6.0
    ring_every_min: float = 5.0
    ring_glows_s: float = 20.0
    opens_within_min: float = 15.0
    lasts_h: float = 8.0
    source: str = "design default; a call bell in reach: clinical.md MON-9"

    def __post_init__(self) -> None:
        for name in (one.name for one in fields(self) if one.name != "source"):
            value = getattr(self, name)
            if not (isfinite(value) and value > 0):
                raise ValueError(f"{name} must be above 0 and finite, got {value:g}.")
        if not 2 * self.beat_every_s <= self.silent_after_s <= MOST_SILENT_S:
            raise ValueError(
                f"silent_after_s must be two beats ({2 * self.beat_every_s:g}) to {MOST_SILENT_S:g} seconds, "
                f"got {self.silent_after_s:g}."
            )
        if self.ring_glows_s >= self.ring_every_min * 60:
            raise ValueError("ring_glows_s must be shorter than ring_every_min: a ring ends before the next.")

    def is_silent(self, heard_at: datetime, *, now: datetime) -> bool:
        """Is a screen that was heard then silent now?"""
        return now - heard_at > timedelta(seconds=self.silent_after_s)


MOST_SILENT_S: Final = 30.0
"""Longer than this nobody waits to hear that a call bell is dead (design default)."""

DEFAULT_SCREEN_POLICY: Final = ScreenPolicy()
