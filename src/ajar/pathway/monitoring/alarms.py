"""Alarm conditions: what the recorded values mean against the limits, each with its reason and source.

A condition stands until the value is back, or until someone says what was done where nothing can be
measured again. Having been seen changes nothing but who knows (practice.md 4.1, rule 7); but a high one
that is over stands on until someone has seen it (latching, rule 4). Nothing here grades an adverse
event: a transient peak of pressure is none (clinical.md trap 27).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from ajar.pathway.monitoring.due import Due
from ajar.pathway.monitoring.entries import Priority
from ajar.pathway.monitoring.events import TERMS, alarm_key
from ajar.pathway.monitoring.latest import DISSOCIATION, DISTRESS, Happened, Signal, VitalsNow
from ajar.pathway.monitoring.limits import Limit, Limits, Side, Step
from ajar.pathway.monitoring.marks import UPWARDS, Mark, all_since, last_breach
from ajar.pathway.observations.vitals import BOUNDS


class Standing(Enum):
    """How a condition stands: on the patient now, over and not yet seen, or on a device."""

    CLINICAL = auto()
    LATCHED = auto()
    TECHNICAL = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One condition that stands: value against limit, since when, under which rule; seen by whom.

    `latched`: it is over, was high, and nobody has seen it yet. `technical`: about a device, not a person.
    """

    id: str
    signal: str
    priority: Priority
    text: str
    since: datetime
    source: str
    version: str
    seen_by: str = ""
    technical: bool = False
    latched: bool = False

    @property
    def key(self) -> str:
        """What an acknowledgement or a resolution names."""
        return alarm_key(self.id, self.signal)


def alarm_conditions(
    vitals: VitalsNow, limits: Limits, *, dues: Iterable[Due], now: datetime
) -> tuple[Alarm, ...]:
    """Everything that stands now, the most pressing first, then the longest standing."""
    found = [
        *_on_values(vitals, limits),
        *_on_symptoms(vitals, limits),
        *_on_events(vitals, limits),
        *_on_distress(vitals, limits),
        *_on_absence(dues, limits),
        *_on_signals(vitals, limits),
    ]
    if vitals.seen or vitals.resolved:
        found = [_marked_seen(alarm, vitals, limits, now=now) for alarm in found]
    found.sort(key=lambda alarm: (alarm.priority.rank, alarm.since, alarm.id, alarm.signal))
    return tuple(found)


def _on_values(vitals: VitalsNow, limits: Limits) -> Iterable[Alarm]:
    for limit in limits.limits:
        kept = vitals.signal(limit.signal)
        if kept is None:
            continue
        alarm = _worst_step(kept, limit, vitals, limits) or _on_rise(kept, limit, vitals, limits)
        if alarm is not None:
            yield alarm


def _worst_step(kept: Signal, limit: Limit, vitals: VitalsNow, limits: Limits) -> Alarm | None:
    """The worst that stands or is latched: a high one that is over hides a milder one that stands."""
    value = kept.newest.value
    latched: Alarm | None = None
    for step in limit.steps:
        if step.priority is not Priority.HIGH and latched is not None:
            return latched
        if step.side.compare(value, step.bound):
            if (since := _standing_since(kept, step)) is not None:
                text = f"{limit.short} {value:g} {step.words}"
                return _alarm(limits, limit.id, limit.signal, step.priority, text, since, limit.source)
        elif step.priority is Priority.HIGH and latched is None:
            latched = _latched(kept, step, limit, vitals, limits)
    return latched


def _standing_since(kept: Signal, step: Step) -> datetime | None:
    marks = kept.lows if step.side.direction == UPWARDS else kept.highs
    since = all_since(marks, kept.first_at, lambda value: step.side.compare(value, step.bound))
    if since is None or not step.held_s:
        return since
    held_s = (kept.newest.at - since).total_seconds()
    return since if step.held.compare(held_s, step.held_s) else None


def _breach(kept: Signal, side: Side, bound: float) -> Mark | None:
    """The newest reading beyond a bound."""
    marks = kept.highs if side.direction == UPWARDS else kept.lows
    compare = side.compare
    if not compare(marks[0].value, bound):
        return None  # the first mark is the most extreme of all: nothing ever breached
    return last_breach(marks, lambda value: compare(value, bound))


def _latched(kept: Signal, step: Step, limit: Limit, vitals: VitalsNow, limits: Limits) -> Alarm | None:
    breach = _breach(kept, step.side, step.bound)
    if breach is None or _is_seen(alarm_key(limit.id, limit.signal), breach.at, vitals):
        return None
    text = f"{limit.short} was {breach.value:g} {step.words}, now {kept.newest.value:g}"
    return _alarm(
        limits, limit.id, limit.signal, Priority.HIGH, text, breach.at, limit.source, Standing.LATCHED
    )


def _is_seen(key: str, at: datetime, vitals: VitalsNow) -> bool:
    """Has someone seen or resolved this as a high alarm, at this moment or later?"""
    handled = (*vitals.seen, *vitals.resolved)
    return any(one.what == key and one.priority is Priority.HIGH and one.at >= at for one in handled)


def _on_rise(kept: Signal, limit: Limit, vitals: VitalsNow, limits: Limits) -> Alarm | None:
    if limit.rise is None:
        return None
    baseline, latest = vitals.baseline(limit.signal), kept.newest
    if baseline is None or latest.value - baseline.value < limit.rise:
        return None
    text = f"{limit.short} {latest.value:g}, +{latest.value - baseline.value:g} over {baseline.value:g}"
    return _alarm(limits, limit.id, limit.signal, Priority.LOW, text, latest.at, limit.source)


_SYMPTOM_SOURCE: Final = "symptoms with raised pressure: USPI 2019 §5.6 (clinical.md ALM-1)"


def _on_symptoms(vitals: VitalsNow, limits: Limits) -> Iterable[Alarm]:
    """ALM-1: any raised pressure with a symptom that nobody has resolved is an emergency."""
    symptoms = [event for event in vitals.events if TERMS[event.what].with_pressure]
    raised = _last_raised(vitals, limits) if symptoms else None
    if raised is None:
        return
    now_mmhg = (vitals.latest("systolic_mmhg"), vitals.latest("diastolic_mmhg"))
    pressure = "/".join(f"{one.value:g}" for one in now_mmhg if one is not None)
    together = {event.what: max(event.at, raised.at) for event in symptoms if _in_force(raised, event.at)}
    for what, since in together.items():
        if raised.next_at is None:
            text = f"BP {pressure} with {what}"
            yield _alarm(limits, "ALM-1", what, Priority.HIGH, text, since, _SYMPTOM_SOURCE)
        elif not _is_seen(TERMS[what].key, since, vitals):
            text = f"BP was raised with {what}, now {pressure}"
            over = Standing.LATCHED
            yield _alarm(limits, "ALM-1", what, Priority.HIGH, text, since, _SYMPTOM_SOURCE, over)


def _last_raised(vitals: VitalsNow, limits: Limits) -> Mark | None:
    """The newest pressure that was raised, by either of its numbers."""
    found: list[Mark] = []
    for signal, bound in (
        ("systolic_mmhg", limits.raised_systolic_mmhg),
        ("diastolic_mmhg", limits.raised_diastolic_mmhg),
    ):
        kept = vitals.signal(signal)
        breach = _breach(kept, Side.ABOVE, bound) if kept is not None else None
        if breach is not None:
            found.append(breach)
    return max(found, key=lambda mark: (mark.at, mark.position), default=None)


def _in_force(raised: Mark, at: datetime) -> bool:
    """Was this pressure measured at that moment or later, or was it still the newest one then?"""
    return raised.at >= at or raised.next_at is None or raised.next_at > at


def _on_events(vitals: VitalsNow, limits: Limits) -> Iterable[Alarm]:
    for event in {event.what: event for event in vitals.events}.values():
        term = TERMS[event.what]
        if term.priority is not None:
            text = event.what.capitalize()
            source = f"clinical.md {term.alarm}, tier design default"
            about = Standing.TECHNICAL if term.technical else Standing.CLINICAL
            yield _alarm(limits, term.alarm, event.what, term.priority, text, event.at, source, about)


def _on_distress(vitals: VitalsNow, limits: Limits) -> Iterable[Alarm]:
    """ALM-7, amber: dissociation above the baseline, with distress."""
    rated, distress = vitals.signal(DISSOCIATION), vitals.signal(DISTRESS)
    if rated is None or distress is None or not distress.newest.value:
        return
    score = rated.newest
    baseline = vitals.baseline(DISSOCIATION)
    before = baseline.value if baseline is not None else 0.0
    if score.value > before:
        text = f"CADSS-6 {score.value:g}, with distress"
        source = "clinical.md ALM-7, tier design default"
        yield _alarm(limits, "ALM-7", DISSOCIATION, Priority.LOW, text, score.at, source)


def _on_absence(dues: Iterable[Due], limits: Limits) -> Iterable[Alarm]:
    """ALM-8, for each observation by itself: a missing score must not hide a missing pressure."""
    for due in dues:
        if due.overdue_by and (priority := due.lateness(limits)) is not None:
            minutes = int(due.overdue_by.total_seconds() // 60)
            text = f"{due.check.words} {minutes} min overdue"
            source = f"clinical.md ALM-8; {due.source}"
            yield _alarm(limits, "ALM-8", due.check, priority, text, due.at, source)


def _on_signals(vitals: VitalsNow, limits: Limits) -> Iterable[Alarm]:
    """A silent sensor is a technical matter, never a clinical value."""
    for lost in vitals.lost:
        latest = vitals.latest(lost.what)
        if latest is None or latest.at <= lost.at:
            text = f"No {BOUNDS[lost.what].name}: {lost.note}"
            source = "practice.md 4.1: technical alarms are a list of their own"
            of_device = Standing.TECHNICAL
            yield _alarm(limits, "TECH", lost.what, Priority.LOW, text, lost.at, source, of_device)


def _alarm(
    limits: Limits,
    rule: str,
    signal: str,
    priority: Priority,
    text: str,
    since: datetime,
    source: str,
    standing: Standing = Standing.CLINICAL,
) -> Alarm:
    return Alarm(
        id=rule,
        signal=signal,
        priority=priority,
        text=text,
        since=since,
        source=source,
        version=limits.version,
        technical=standing is Standing.TECHNICAL,
        latched=standing is Standing.LATCHED,
    )


def _marked_seen(alarm: Alarm, vitals: VitalsNow, limits: Limits, *, now: datetime) -> Alarm:
    """Seen covers what was there when it was seen, no worse, and not for ever."""
    handled = [one for one in (*vitals.seen, *vitals.resolved) if one.what == alarm.key]
    covers = [one for one in handled if _covers(one, alarm, limits, now=now)]
    if not covers:
        return alarm
    return replace(alarm, seen_by=max(covers, key=lambda one: (one.at, one.position)).by)


def _covers(seen: Happened, alarm: Alarm, limits: Limits, *, now: datetime) -> bool:
    fresh = now - seen.at <= timedelta(minutes=limits.seen_holds_min)
    worse = seen.priority is None or alarm.priority.rank < seen.priority.rank
    return seen.at >= alarm.since and fresh and not worse
