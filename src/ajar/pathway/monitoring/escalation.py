"""Who is told next when nobody has seen a high alarm (issue of the floor; practice.md 4.1, rule 8).

Acknowledged at the board or in the session, it is not passed on. What was seen and still stands asks
again (Limits.seen_holds_min), and then the clock starts anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from ajar.pathway.ledger.payload import said
from ajar.pathway.monitoring.alarms import Alarm
from ajar.pathway.monitoring.entries import Priority

LONGEST_UNSEEN_S: Final = 900.0
"""No clinic lets a high alarm wait longer than this before anyone else is told (design default)."""


class Rung(StrEnum):
    """Who is told, in words."""

    PRESCRIBER = "the prescriber on duty"
    DIRECTOR = "the medical director"


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStep:
    """After so many seconds unseen, this person is told."""

    after_s: float
    to: Rung


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationPolicy:
    """The ladder of a clinic, the nearest person first."""

    version: str
    steps: tuple[EscalationStep, ...]
    source: str

    def __post_init__(self) -> None:
        said("escalation.version", self.version)
        said("escalation.source", self.source)
        times_s = [0.0, *(step.after_s for step in self.steps)]
        if not self.steps or any(later <= earlier for earlier, later in pairwise(times_s)):
            raise ValueError("escalation.steps: at least one, each later than the one before, in seconds.")
        if self.steps[0].after_s > LONGEST_UNSEEN_S:
            got = self.steps[0].after_s
            raise ValueError(
                f"escalation.steps: the first must come within {LONGEST_UNSEEN_S:g} seconds, got {got:g}."
            )

    def reached(self, *, unseen_since: datetime, now: datetime) -> int:
        """How many steps are due by now."""
        return sum(now >= unseen_since + timedelta(seconds=step.after_s) for step in self.steps)


DEFAULT_ESCALATION: Final = EscalationPolicy(
    version="2026-11 (design default)",
    steps=(
        EscalationStep(after_s=120, to=Rung.PRESCRIBER),
        EscalationStep(after_s=300, to=Rung.DIRECTOR),
    ),
    source="design default: no source names the times; that alarms are passed on: practice.md 4.1, rule 8",
)


def unseen_high(alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """High alarms about a patient that nobody has seen, over or not."""
    return tuple(
        alarm
        for alarm in alarms
        if alarm.priority is Priority.HIGH and not alarm.seen_by and not alarm.technical
    )
