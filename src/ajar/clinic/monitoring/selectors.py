"""Reads of the vital signs as they stand, what they mean, and what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.readmodel import session_of
from ajar.clinic.monitoring.models import SignsNow
from ajar.clinic.monitoring.readmodel import vitals_of
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import IN_ROOM
from ajar.pathway.monitoring.alarms import Alarm, alarm_conditions
from ajar.pathway.monitoring.cadence import cadence_of
from ajar.pathway.monitoring.due import Due, all_due, last_times
from ajar.pathway.monitoring.latest import VitalsNow
from ajar.pathway.monitoring.limits import DEFAULT_LIMITS


def vitals_now(encounter_id: UUID) -> VitalsNow:
    """The newest values of an encounter; empty before the first reading."""
    row = SignsNow.objects.filter(pk=encounter_id).first()
    return vitals_of(row) if row else VitalsNow(encounter_id=encounter_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A session with its vital signs, what is due, and what stands."""

    session: Session
    vitals: VitalsNow
    dues: tuple[Due, ...]
    alarms: tuple[Alarm, ...]

    @property
    def due(self) -> Due | None:
        """What is due first."""
        return self.dues[0] if self.dues else None


def watch(session: Session, vitals: VitalsNow, *, now: datetime) -> Watch:
    """What a session's readings mean now. Nothing stands on a patient who is not in a room."""
    if session.stage not in IN_ROOM:
        return Watch(session=session, vitals=vitals, dues=(), alarms=())
    dues = all_due(session, last_times(vitals), cadence_of(session.product), now=now)
    ordered = tuple(sorted(dues, key=lambda due: due.at))
    alarms = alarm_conditions(vitals, DEFAULT_LIMITS, dues=ordered, now=now)
    return Watch(session=session, vitals=vitals, dues=ordered, alarms=alarms)


def standing_alarms(encounter_id: UUID, *, now: datetime) -> tuple[Alarm, ...]:
    """The alarms of one encounter; none where no session runs."""
    row = DosingNow.objects.filter(pk=encounter_id, stage__in=IN_ROOM).first()
    return watch(session_of(row), vitals_now(encounter_id), now=now).alarms if row else ()


def alarm_key_of(alarms: Iterable[Alarm]) -> str:
    """Which alarms stand and who has seen them, in one line: when it changes, a page shows others."""
    return ";".join(f"{alarm.priority} {alarm.key} {alarm.seen_by}".strip() for alarm in alarms)
