"""What a chart says about maintenance: the course that counts, its doses, consent and evaluation.

The course that counts is the newest one of the product long enough to be a whole induction; what was
ordered after it, such as a single booster, goes on with its doses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from ajar.pathway.careplan.course import Course, courses_of
from ajar.pathway.careplan.entries import CourseOrdered, CourseStopped, SessionCancelled, SessionPlanned
from ajar.pathway.consent.documents import UnknownDocument
from ajar.pathway.consent.entries import ConsentSigned, ConsentWithdrawn
from ajar.pathway.consent.library import document_for
from ajar.pathway.consent.validity import consent_standing
from ajar.pathway.dosing.entries import DrugGiven
from ajar.pathway.evaluation.entries import EvaluationSigned
from ajar.pathway.followup.scores import CourseOfScores
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.maintenance.booster import MaintenanceState
from ajar.pathway.maintenance.entries import IntervalSet, MaintenanceStopped
from ajar.pathway.maintenance.policies import POLICIES, MaintenancePolicy

Policies = Mapping[str, MaintenancePolicy]
"""A clinic's rules, by product."""

RECORD_KINDS: Final = tuple(
    payload.KIND
    for payload in (
        CourseOrdered,
        CourseStopped,
        SessionPlanned,
        SessionCancelled,
        DrugGiven,
        ConsentSigned,
        ConsentWithdrawn,
        EvaluationSigned,
        IntervalSet,
        MaintenanceStopped,
        EnteredInError,
    )
)
"""The kinds of entry that `record_of` reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceRecord:
    """The facts of one chart, whatever day it is. `consent_until` is None where none stands."""

    product: str
    sessions_planned: int
    doses: tuple[datetime, ...]
    course_stopped: bool
    consent_until: date | None
    evaluated_at: datetime | None
    interval_days: int | None = None
    interval_set_at: datetime | None = None
    stopped_because: str = ""

    def state(self, scores: CourseOfScores, zone: tzinfo) -> MaintenanceState:
        """These facts and the scores, as the booster rule asks for them."""
        evaluated_on = self.evaluated_at.astimezone(zone).date() if self.evaluated_at else None
        return MaintenanceState(
            doses=self.doses,
            sessions_planned=self.sessions_planned,
            course_stopped=self.course_stopped,
            scores=scores,
            valid_consent_until=self.consent_until,
            last_evaluation_on=evaluated_on,
            zone=zone,
            interval_days=self.interval_days,
            interval_set_on=self.interval_set_at.astimezone(zone).date() if self.interval_set_at else None,
            stopped_because=self.stopped_because,
        )


def record_of(entries: Iterable[Entry], policies: Policies = POLICIES) -> MaintenanceRecord | None:
    """Read the record from a patient's entries, given in chain order; None before a course was ordered."""
    told = list(entries)
    courses = courses_of(told)
    if not courses:
        return None
    product = courses[-1].order.product
    counted = _counted(
        [course for course in courses if course.order.product == product], policies.get(product)
    )
    interval, interval_set_at = _interval(told, product, since=counted[0])
    return MaintenanceRecord(
        product=product,
        sessions_planned=counted[0].order.sessions,
        doses=_doses(told, counted),
        course_stopped=counted[0].stopped_at is not None,
        consent_until=_consent_until(told, product),
        evaluated_at=_evaluated_at(told),
        interval_days=interval.interval_days if interval else None,
        interval_set_at=interval_set_at,
        stopped_because=_stopped_because(told, product, since=counted[-1]),
    )


def _counted(courses: Sequence[Course], policy: MaintenancePolicy | None) -> Sequence[Course]:
    whole = policy.induction_doses if policy else 1
    starts = [place for place, course in enumerate(courses) if course.order.sessions >= whole]
    return courses[starts[-1] :] if starts else courses


def _doses(told: Iterable[Entry], courses: Sequence[Course]) -> tuple[datetime, ...]:
    wanted = {session.encounter_id for course in courses for session in course.sessions}
    begun: dict[object, datetime] = {}
    for entry in effective(told):
        if isinstance(entry.payload, DrugGiven) and entry.encounter_id in wanted:
            first = begun.get(entry.encounter_id, entry.happened_at)
            begun[entry.encounter_id] = min(first, entry.happened_at)
    return tuple(sorted(begun.values()))


def _consent_until(told: Iterable[Entry], product: str) -> date | None:
    """The last day of a consent that both have signed; judged on the first of all days, so never expired."""
    try:
        standing = consent_standing(told, document_for(product), date.min)
    except UnknownDocument:
        return None
    return standing.valid_until if standing.valid else None


def _evaluated_at(told: Iterable[Entry]) -> datetime | None:
    signed = [entry.happened_at for entry in effective(told) if isinstance(entry.payload, EvaluationSigned)]
    return max(signed, default=None)


def _interval(
    told: Iterable[Entry], product: str, *, since: Course
) -> tuple[IntervalSet | None, datetime | None]:
    """The days between doses that the prescriber set last, for the course that counts, and when."""
    found: tuple[IntervalSet | None, datetime | None] = (None, None)
    for entry in effective(told):
        payload = entry.payload
        if (
            isinstance(payload, IntervalSet)
            and payload.product == product
            and entry.happened_at >= since.ordered.happened_at
        ):
            found = (payload, entry.happened_at)
    return found


def _stopped_because(told: Iterable[Entry], product: str, *, since: Course) -> str:
    """Why treatment with this product ended, unless something was ordered afterwards."""
    found = ""
    for entry in effective(told):
        payload = entry.payload
        if (
            isinstance(payload, MaintenanceStopped)
            and payload.product == product
            and entry.happened_at >= since.ordered.happened_at
        ):
            words = f" ({payload.words.strip()})" if payload.words.strip() else ""
            found = f"{payload.reason.label}{words}"
    return found
