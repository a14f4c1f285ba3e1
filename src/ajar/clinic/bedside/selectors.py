"""Reads of the patient's screen."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ajar.clinic.bedside.models import PatientScreen
from ajar.clinic.dosing.judging import course_of
from ajar.clinic.dosing.selectors import session_now
from ajar.pathway.monitoring.calling import DEFAULT_SCREEN_POLICY, ScreenPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenNow:
    """The screen as staff see it. `is_open`: it was opened on a device; else its link waits."""

    screen: PatientScreen
    is_open: bool
    is_silent: bool


def screen_now(
    encounter_id: UUID, *, now: datetime, policy: ScreenPolicy = DEFAULT_SCREEN_POLICY
) -> ScreenNow | None:
    """The link of this session that still works; None where none does."""
    screen = PatientScreen.objects.filter(encounter_id=encounter_id, closed_at=None).first()
    if screen is None or not screen.works(now=now, policy=policy):
        return None
    return ScreenNow(
        screen=screen,
        is_open=screen.opened_at is not None,
        is_silent=screen.silent_since is not None,
    )


def intention_of(encounter_id: UUID) -> str:
    """The intention that was recorded with the course; "" where there is none."""
    course = course_of(session_now(encounter_id))
    return course.intention if course is not None else ""
