"""What was a medium alarm and is over: a quiet line, no alarm any more (practice.md 4.1, rule 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ajar.pathway.monitoring.alarms import Alarm
from ajar.pathway.monitoring.entries import Priority
from ajar.pathway.monitoring.events import alarm_key
from ajar.pathway.monitoring.latest import Signal, VitalsNow
from ajar.pathway.monitoring.limits import Limit, Limits, Step
from ajar.pathway.monitoring.marks import UPWARDS, Mark, last_breach

SHOWN_FOR: Final = timedelta(hours=1)
"""How long a quiet line stays when nobody has seen it (design default)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietLine:
    """A value that was last beyond a medium bound at this moment, and is back."""

    key: str
    text: str
    at: datetime


def quiet_lines(
    vitals: VitalsNow, limits: Limits, *, standing: Iterable[Alarm], now: datetime
) -> tuple[QuietLine, ...]:
    """The newest first. What still stands as an alarm, or was seen since, has no line.

    A bound that must hold for some time has a line as soon as one reading was beyond it: whether it held
    is not known afterwards, so more is said rather than less.
    """
    loud = {alarm.key for alarm in standing if alarm.priority is not Priority.LOW}
    found = [
        line
        for limit in limits.limits
        if (key := alarm_key(limit.id, limit.signal)) not in loud
        if (line := _line(vitals, limit, key)) is not None
        if now - line.at < SHOWN_FOR and not _is_seen(line, vitals)
    ]
    return tuple(sorted(found, key=lambda line: line.at, reverse=True))


def _line(vitals: VitalsNow, limit: Limit, key: str) -> QuietLine | None:
    kept = vitals.signal(limit.signal)
    if kept is None:
        return None
    steps = [step for step in limit.steps if step.priority is Priority.MEDIUM]
    pairs = [(step, mark) for step in steps if (mark := _last_beyond(kept, step)) is not None]
    if not pairs:
        return None
    step, mark = max(pairs, key=lambda pair: pair[1].at)
    bound = f"{step.side.value} {step.bound:g}"
    return QuietLine(
        key=key, text=f"{limit.short} was {mark.value:g} {bound}, now {kept.newest.value:g}", at=mark.at
    )


def _last_beyond(kept: Signal, step: Step) -> Mark | None:
    """The newest reading beyond the bound, where the value is back since."""
    compare, bound = step.side.compare, step.bound
    if compare(kept.newest.value, bound):
        return None
    marks = kept.highs if step.side.direction == UPWARDS else kept.lows
    return last_breach(marks, lambda value: compare(value, bound))


def _is_seen(line: QuietLine, vitals: VitalsNow) -> bool:
    handled = (*vitals.seen, *vitals.resolved)
    return any(one.what == line.key and one.at >= line.at for one in handled)
