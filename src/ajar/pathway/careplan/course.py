"""Courses as they stand: a fold over a patient's entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from ajar.pathway.careplan.entries import CourseOrdered, CourseStopped, SessionCancelled, SessionPlanned
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import Payload

ARRIVAL: Final = "patient.arrived"
"""The kind that begins a session's day (dosing/entries.py, a later step of the visit)."""

ORDERED: Final = "dose.ordered"
"""The kind that orders the dose of the day (dosing/entries.py)."""

GIVEN: Final = "drug.given"
"""The kind that says that drug went in (dosing/entries.py)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSession:
    """One session of a course. `planned` is the entry that says so now."""

    encounter_id: UUID
    planned: Entry
    plan: SessionPlanned
    begun: bool
    cancelled_because: str
    ordered_mg: float | None = None  # what was ordered on the day, where that has been done
    given: bool = False  # was drug given?

    @property
    def dose_mg(self) -> float:
        """What was ordered on the day, else what is planned."""
        return self.plan.dose_mg if self.ordered_mg is None else self.ordered_mg

    @property
    def movable(self) -> bool:
        """May it still be moved or called off from the plan?"""
        return not self.begun and not self.cancelled_because


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One ordered course and its sessions, in the order of their numbers."""

    ordered: Entry
    order: CourseOrdered
    sessions: tuple[CourseSession, ...]
    stopped_at: datetime | None
    stopped_because: str

    @property
    def open_sessions(self) -> tuple[CourseSession, ...]:
        """Sessions that have neither begun nor been called off."""
        return tuple(session for session in self.sessions if session.movable)

    @property
    def running(self) -> bool:
        """Is there still a session to come, and nobody has stopped it?"""
        return self.stopped_at is None and bool(self.open_sessions)


def courses_of(entries: Iterable[Entry]) -> tuple[Course, ...]:
    """Every course a patient was ever ordered, the newest last. `entries` come in chain order."""
    told = effective(entries)
    return tuple(
        _course(entry, entry.payload, told) for entry in told if isinstance(entry.payload, CourseOrdered)
    )


def running_course(courses: Sequence[Course]) -> Course | None:
    """The newest course that still has a session to come."""
    return next((course for course in reversed(courses) if course.running), None)


def _course(ordered: Entry, order: CourseOrdered, told: Sequence[Entry]) -> Course:
    stops = [
        entry
        for entry in told
        if isinstance(entry.payload, CourseStopped) and entry.payload.course_id == order.course_id
    ]
    stop = stops[-1].payload if stops else None
    sessions = [
        _session(entry, entry.payload, told)
        for entry in told
        if isinstance(entry.payload, SessionPlanned) and entry.payload.course_id == order.course_id
    ]
    return Course(
        ordered=ordered,
        order=order,
        sessions=tuple(sorted(sessions, key=lambda session: session.plan.number)),
        stopped_at=stops[-1].happened_at if stops else None,
        stopped_because=stop.because if isinstance(stop, CourseStopped) else "",
    )


def _session(planned: Entry, plan: SessionPlanned, told: Sequence[Entry]) -> CourseSession:
    same = [entry.payload for entry in told if entry.encounter_id == planned.encounter_id]
    cancelled = [payload.because for payload in same if isinstance(payload, SessionCancelled)]
    ordered_mg = [payload.amount_mg for payload in map(_any, same) if payload.KIND == ORDERED]
    if planned.encounter_id is None:
        raise ValueError(f"Session {plan.number} was planned without naming its encounter.")
    return CourseSession(
        encounter_id=planned.encounter_id,
        planned=planned,
        plan=plan,
        begun=any(payload.KIND == ARRIVAL for payload in same),
        cancelled_because=cancelled[-1] if cancelled else "",
        ordered_mg=ordered_mg[-1] if ordered_mg else None,
        given=any(payload.KIND == GIVEN for payload in same),
    )


def _any(payload: Payload) -> Any:
    """A payload of a later step, whose fields this step does not import."""
    return payload
