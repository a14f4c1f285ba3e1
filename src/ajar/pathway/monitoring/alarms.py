"""Alarm conditions: what the recorded values mean against the limits, each with its reason and source.

A condition stands until the value is back, or until someone says what was done where nothing can be
measured again. Having been seen changes nothing but who knows (practice.md 4.1, rule 7).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ajar.pathway.monitoring.due import Due
from ajar.pathway.monitoring.entries import Priority
from ajar.pathway.monitoring.events import TERMS
from ajar.pathway.monitoring.latest import (
    DISSOCIATION,
    DISTRESS,
    Happened,
    Measured,
    VitalsNow,
    breached_since,
)
from ajar.pathway.monitoring.limits import Limit, Limits, Step
from ajar.pathway.observations.vitals import BOUNDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One condition that stands: value against limit, since when, under which rule; seen by whom."""

    id: str
    signal: str
    priority: Priority
    text: str
    since: datetime
    source: str
    version: str
    seen_by: str = ""
    technical: bool = False

    @property
    def key(self) -> str:
        """What an acknowledgement or a resolution names."""
        return alarm_key(self.id, self.signal)


def alarm_key(rule: str, signal: str) -> str:
    """A rule and what it is about, such as 'ALM-1 systolic_mmhg'."""
    return f"{rule} {signal}"


def alarm_conditions(
    vitals: VitalsNow, limits: Limits, *, dues: Iterable[Due], now: datetime
) -> tuple[Alarm, ...]:
    """Everything that stands now, the most pressing first, then the longest standing."""
    found = [
        *_on_values(vitals, limits),
        *_on_symptoms(vitals, limits, now=now),
        *_on_events(vitals, limits),
        *_on_distress(vitals, limits),
        *_on_absence(dues, limits),
        *_on_signals(vitals, limits),
    ]
    alarms = [_marked_seen(alarm, vitals, limits, now=now) for alarm in found]
    return tuple(sorted(alarms, key=lambda alarm: (alarm.priority.rank, alarm.since, alarm.id)))


def _alarm(
    limits: Limits, rule: str, signal: str, priority: Priority, text: str, since: datetime, source: str
) -> Alarm:
    return Alarm(
        id=rule,
        signal=signal,
        priority=priority,
        text=text,
        since=since,
        source=source,
        version=limits.version,
    )


def _on_values(vitals: VitalsNow, limits: Limits) -> Iterable[Alarm]:
    for limit in limits.limits:
        latest = vitals.latest(limit.signal)
        if latest is None:
            continue
        alarm = _worst_step(latest, limit, vitals, limits) or _on_rise(latest, limit, vitals, limits)
        if alarm is not None:
            yield alarm


def _worst_step(latest: Measured, limit: Limit, vitals: VitalsNow, limits: Limits) -> Alarm | None:
    for step in limit.steps:
        since = _standing_since(latest, step, vitals)
        if since is None:
            continue
        held = f" for {step.held_s / 60:g} min" if step.held_s >= 60 else ""
        text = f"{limit.short} {latest.value:g} {step.side} {step.bound:g}{held}"
        return _alarm(limits, limit.id, limit.signal, step.priority, text, since, limit.source)
    return None


def _standing_since(latest: Measured, step: Step, vitals: VitalsNow) -> datetime | None:
    if not step.side.breached(latest.value, step.bound):
        return None
    trail = vitals.trail(latest.signal)
    run = breached_since(trail, lambda value: step.side.breached(value, step.bound)) if trail else None
    if run is None:
        return latest.at if step.held_s == 0 else None
    since, held_s = run
    return since if held_s >= step.held_s else None


def _on_rise(latest: Measured, limit: Limit, vitals: VitalsNow, limits: Limits) -> Alarm | None:
    baseline = vitals.baseline(limit.signal)
    if limit.rise is None or baseline is None or latest.value - baseline.value < limit.rise:
        return None
    text = f"{limit.short} {latest.value:g}, +{latest.value - baseline.value:g} over {baseline.value:g}"
    return _alarm(limits, limit.id, limit.signal, Priority.LOW, text, latest.at, limit.source)


def _on_symptoms(vitals: VitalsNow, limits: Limits, *, now: datetime) -> Iterable[Alarm]:
    """ALM-1: any raised pressure with a symptom is an emergency."""
    high, low = vitals.latest("systolic_mmhg"), vitals.latest("diastolic_mmhg")
    if high is None or low is None:
        return
    if high.value <= limits.raised_systolic_mmhg and low.value <= limits.raised_diastolic_mmhg:
        return
    oldest = now - timedelta(minutes=limits.symptom_counts_min)
    for event in vitals.events:
        term = TERMS[event.what]
        if term.with_pressure and event.at >= oldest and not _is_resolved(event, "ALM-1", vitals):
            text = f"BP {high.value:g}/{low.value:g} with {event.what}"
            source = "symptoms with raised pressure: USPI 2019 §5.6 (clinical.md ALM-1)"
            yield _alarm(limits, "ALM-1", event.what, Priority.HIGH, text, max(event.at, high.at), source)


def _on_events(vitals: VitalsNow, limits: Limits) -> Iterable[Alarm]:
    for event in vitals.events:
        term = TERMS[event.what]
        if term.priority is not None and not _is_resolved(event, term.alarm, vitals):
            text = event.what.capitalize()
            source = f"clinical.md {term.alarm}, tier design default"
            yield _alarm(limits, term.alarm, event.what, term.priority, text, event.at, source)


def _is_resolved(event: Happened, rule: str, vitals: VitalsNow) -> bool:
    key = alarm_key(rule, event.what)
    return any(done.what == key and done.at >= event.at for done in vitals.resolved)


def _on_distress(vitals: VitalsNow, limits: Limits) -> Iterable[Alarm]:
    """ALM-7, amber: dissociation above the baseline, with distress."""
    score, distress = vitals.latest(DISSOCIATION), vitals.latest(DISTRESS)
    baseline = vitals.baseline(DISSOCIATION)
    if score is None or distress is None or not distress.value:
        return
    before = baseline.value if baseline is not None else 0.0
    if score.value > before:
        text = f"CADSS-6 {score.value:g}, with distress"
        source = "clinical.md ALM-7, tier design default"
        yield _alarm(limits, "ALM-7", DISSOCIATION, Priority.LOW, text, score.at, source)


def _on_absence(dues: Iterable[Due], limits: Limits) -> Iterable[Alarm]:
    """ALM-8, for each observation by itself: a missing score must not hide a missing pressure."""
    for due in dues:
        if (priority := due.lateness(limits)) is not None:
            minutes = int(due.overdue_by.total_seconds() // 60)
            text = f"{due.check.words} {minutes} min overdue"
            yield _alarm(
                limits, "ALM-8", due.check, priority, text, due.at, f"clinical.md ALM-8; {due.source}"
            )


def _on_signals(vitals: VitalsNow, limits: Limits) -> Iterable[Alarm]:
    """A silent sensor is a technical matter, never a clinical value."""
    for lost in vitals.lost:
        latest = vitals.latest(lost.what)
        if latest is None or latest.at <= lost.at:
            text = f"No {BOUNDS[lost.what].name}: {lost.note}"
            source = "practice.md 4.1: technical alarms are a list of their own"
            yield Alarm(
                id="TECH",
                signal=lost.what,
                priority=Priority.LOW,
                text=text,
                since=lost.at,
                source=source,
                version=limits.version,
                technical=True,
            )


def _marked_seen(alarm: Alarm, vitals: VitalsNow, limits: Limits, *, now: datetime) -> Alarm:
    """Seen covers what was there when it was seen, no worse, and not for ever."""
    for seen in (*vitals.seen, *vitals.resolved):
        fresh = now - seen.at <= timedelta(minutes=limits.seen_holds_min)
        worse = seen.priority is None or alarm.priority.rank < seen.priority.rank
        if seen.what == alarm.key and seen.at >= alarm.since and fresh and not worse:
            return replace(alarm, seen_by=seen.by)
    return alarm
