"""Alarm load: how many alarms a session brought, and what became of each (practice.md 4.1, rule 8).

A session is told again, entry by entry, as it was known then: an alarm begins when the entries first
imply it, or when a check became overdue between two entries, and ends when they no longer do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from ajar.pathway.dosing.entries import DrugGiven
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.session import fold as fold_session
from ajar.pathway.dosing.stage import IN_ROOM
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.monitoring.alarms import Alarm, alarm_conditions
from ajar.pathway.monitoring.cadence import Cadence
from ajar.pathway.monitoring.due import all_due, last_times
from ajar.pathway.monitoring.entries import AlarmAcknowledged, AlarmResolved, Priority
from ajar.pathway.monitoring.latest import KINDS, VitalsNow, evolve
from ajar.pathway.monitoring.latest import fold as fold_vitals
from ajar.pathway.monitoring.limits import Limits
from ajar.pathway.monitoring.marks import FoldAfresh
from ajar.pathway.monitoring.needs import NO_NEEDS, Needs

OVERDUE: Final = "ALM-8"
"""The one rule that speaks by the clock alone."""

LOOK_AGAIN: Final = timedelta(minutes=1)
"""Between two entries further apart than this, checks may have become overdue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One alarm from its beginning to its end; None: it never came to that."""

    alarm: str
    priority: Priority
    begun_at: datetime
    seen_at: datetime | None = None
    acted_at: datetime | None = None

    @property
    def wait_s(self) -> float | None:
        """Seconds until someone had seen it or done something."""
        times = [at for at in (self.seen_at, self.acted_at) if at is not None]
        return (min(times) - self.begun_at).total_seconds() if times else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLoad:
    """What one session brought: its time in the room, in hours, and its alarms."""

    room_h: float
    episodes: tuple[Episode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Several sessions together. What cannot be said without alarms or hours is None."""

    sessions: int
    room_h: float
    alarms: int
    of_priority: Mapping[Priority, int]
    seen: int
    acted: int
    median_wait_s: float | None

    @property
    def alarms_per_room_h(self) -> float | None:
        """Alarms in one hour of one room."""
        return self.alarms / self.room_h if self.room_h else None

    @property
    def acted_percent(self) -> float | None:
        """Of how many alarms somebody wrote down what was done."""
        return 100 * self.acted / self.alarms if self.alarms else None


def load_of(sessions: Iterable[SessionLoad]) -> Load:
    """The sum."""
    told = list(sessions)
    episodes = [episode for session in told for episode in session.episodes]
    waits_s = [wait for episode in episodes if (wait := episode.wait_s) is not None]
    return Load(
        sessions=len(told),
        room_h=sum(session.room_h for session in told),
        alarms=len(episodes),
        of_priority={one: sum(episode.priority is one for episode in episodes) for one in Priority},
        seen=len(waits_s),
        acted=sum(episode.acted_at is not None for episode in episodes),
        median_wait_s=median(waits_s) if waits_s else None,
    )


def session_load(
    entries: Sequence[Entry], *, limits: Limits, plan: Cadence, now: datetime, needs: Needs = NO_NEEDS
) -> SessionLoad:
    """One session, from its entries in the order in which they were recorded."""
    told = _Telling(limits=limits, plan=plan, needs=needs)
    for entry in entries:
        told.take(entry)
    session = told.session
    if session is None or session.arrived_at is None:
        return SessionLoad(room_h=0.0, episodes=())
    if session.stage in IN_ROOM:
        told.look(now)
    until = min(session.closed_at or now, now)
    room_h = max((until - session.arrived_at).total_seconds(), 0.0) / 3600
    episodes = sorted((*told.ended, *told.open.values()), key=lambda one: (one.begun_at, one.alarm))
    return SessionLoad(room_h=room_h, episodes=tuple(episodes))


class _Telling:
    """A session while it is told again."""

    def __init__(self, *, limits: Limits, plan: Cadence, needs: Needs) -> None:
        self.limits, self.plan, self.needs = limits, plan, needs
        self.told: list[Entry] = []
        self.session: Session | None = None
        self.vitals: VitalsNow | None = None
        self.looked_at: datetime | None = None
        self.open: dict[str, Episode] = {}
        self.ended: list[Episode] = []

    def take(self, entry: Entry) -> None:
        """One more entry: what became overdue before it, what it says, what stands after it."""
        at = entry.recorded_at
        if self.looked_at is not None and at - self.looked_at > LOOK_AGAIN:
            self.look(at)
        self.told.append(entry)
        self._answered(entry)
        kind = entry.payload.KIND
        if entry.supersedes is not None or kind in KINDS:
            self.vitals = self._vitals_after(entry)
        if entry.supersedes is not None or kind not in KINDS or kind == DrugGiven.KIND:
            self.session = fold_session(self.told)
        self.look(at)

    def _vitals_after(self, entry: Entry) -> VitalsNow | None:
        if entry.encounter_id is None:
            return self.vitals
        try:
            return evolve(self.vitals or VitalsNow(encounter_id=entry.encounter_id), entry)
        except FoldAfresh:
            return fold_vitals(self.told, encounter_id=entry.encounter_id)

    def look(self, at: datetime) -> None:
        """What stands at this moment, against what stood before."""
        self.looked_at = at
        standing = {alarm.key: alarm for alarm in self._alarms(at)}
        for key in [key for key in self.open if key not in standing]:
            self.ended.append(self.open.pop(key))
        for key, alarm in standing.items():
            before = self.open.get(key)
            if before is not None and alarm.priority.rank >= before.priority.rank:
                continue
            if before is not None:
                self.ended.append(before)
            begun_at = self._began(alarm, before, at)
            self.open[key] = Episode(alarm=key, priority=alarm.priority, begun_at=begun_at)

    def _alarms(self, at: datetime) -> Iterable[Alarm]:
        session, vitals = self.session, self.vitals
        if session is None or session.stage not in IN_ROOM:
            return ()
        vitals = vitals or VitalsNow(encounter_id=session.encounter_id)
        dues = all_due(session, last_times(vitals), self.plan, now=at, needs=self.needs)
        alarms = alarm_conditions(vitals, self.limits, dues=dues, now=at)
        return (alarm for alarm in alarms if not alarm.technical)

    def _began(self, alarm: Alarm, before: Episode | None, at: datetime) -> datetime:
        """When it was first there to be known, or became worse: a value told late, from when it was told."""
        if alarm.id != OVERDUE:
            return at
        late_min = self.limits.overdue_low_min if before is None else self.limits.overdue_medium_min
        return min(at, alarm.since + timedelta(minutes=late_min))

    def _answered(self, entry: Entry) -> None:
        match entry.payload:
            case AlarmAcknowledged(alarm=key) if key in self.open:
                one = self.open[key]
                self.open[key] = replace(one, seen_at=one.seen_at or entry.happened_at)
            case AlarmResolved(alarm=key) if key in self.open:
                one = self.open[key]
                self.open[key] = replace(one, acted_at=one.acted_at or entry.happened_at)
