"""Everything that is held against a course as it is about to be ordered, in one list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from ajar.pathway.careplan.course import Course
from ajar.pathway.careplan.dose import Body, weight_guard
from ajar.pathway.careplan.entries import WeightBasis
from ajar.pathway.careplan.guard import Guard
from ajar.pathway.careplan.guards import hard_stops
from ajar.pathway.careplan.home import HomeFacts, why_not_home
from ajar.pathway.careplan.plan import (
    CoursePlan,
    Given,
    LineState,
    PlanLine,
    plan_guards,
    planned_doses,
)
from ajar.pathway.careplan.policy import DEFAULT_DOSE_POLICY, DosePolicy
from ajar.pathway.careplan.populations import cautions
from ajar.pathway.careplan.review import continuing_guard, frequency_alarm
from ajar.pathway.evaluation.products import AT_HOME, Indication, Product
from ajar.pathway.protocols.conditions import why_not_for

ONE_DRUG: Final = {
    Product.KETAMINE_SL_HOME: frozenset({Product.KETAMINE_SL_HOME, Product.KETAMINE_SL_CLINIC}),
    Product.KETAMINE_SL_CLINIC: frozenset({Product.KETAMINE_SL_HOME, Product.KETAMINE_SL_CLINIC}),
}
"""Products whose doses count for each other: the lozenge is the same at home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedCourse:
    """A course as it is asked for, with what the rails need to know about the person.

    `weight_indication` is the condition that decides which weight counts: an eating disorder does, whatever
    the course is for.
    """

    plan: CoursePlan
    condition: Indication | None
    fall_percent: float | None = None
    body: Body | None = None
    basis: WeightBasis = WeightBasis.FIXED
    weight_indication: Indication | None = None
    home: HomeFacts | None = None


def course_guards(
    order: OrderedCourse, policy: DosePolicy = DEFAULT_DOSE_POLICY, *, now: datetime
) -> list[Guard]:
    """Every rail that the course does not keep, once each, hard stops first."""
    found = [
        *_by_condition(order),
        *_at_home(order, policy, now),
        *plan_guards(order.plan, policy),
        *_one(continuing_guard(order.plan, order.fall_percent, policy)),
        *_one(frequency_alarm(order.plan, policy)),
        *_by_weight(order),
        *_by_person(order, policy),
    ]
    every = list(dict.fromkeys(found))
    stops = hard_stops(every)
    return [*stops, *(guard for guard in every if guard not in stops)]


def doses_before(
    courses: Iterable[Course], product: Product, *, but_for: UUID | None = None
) -> tuple[Given, ...]:
    """Doses of the same drug given in other courses, in order of time."""
    alike = ONE_DRUG.get(product, frozenset({product}))
    sessions = [
        (course.order, session)
        for course in courses
        if course.order.course_id != but_for and Product(course.order.product) in alike
        for session in course.sessions
        if session.given
    ]
    found = [
        Given(
            at=session.plan.starts_at,
            amount_mg=session.dose_mg,
            dose_mg_per_kg=_own_per_kg(order.dose_mg, order.dose_mg_per_kg, session.dose_mg),
        )
        for order, session in sessions
    ]
    return tuple(sorted(found, key=lambda given: given.at))


def lines_of(course: Course) -> tuple[PlanLine, ...]:
    """The sessions of a course as the lines of a plan. What has begun is not changed any more."""
    return tuple(
        PlanLine(
            id=session.encounter_id,
            number=session.plan.number,
            starts_at=session.plan.starts_at,
            dose_mg=session.dose_mg,
            state=_state(cancelled=session.cancelled_because, begun=session.begun),
        )
        for session in course.sessions
    )


def nominal_lines(starts_at: Sequence[datetime], doses_mg: Sequence[float]) -> tuple[PlanLine, ...]:
    """Lines of a course that is not laid out over the calendar yet."""
    pairs = zip(starts_at, doses_mg, strict=True)
    return tuple(
        PlanLine(id=UUID(int=number), number=number, starts_at=at, dose_mg=dose_mg)
        for number, (at, dose_mg) in enumerate(pairs, start=1)
    )


def _state(*, cancelled: str, begun: bool) -> LineState:
    if cancelled:
        return LineState.SKIPPED
    return LineState.GIVEN if begun else LineState.OPEN


def _own_per_kg(ordered_mg: float, per_kg: float | None, amount_mg: float) -> float | None:
    return round(per_kg * amount_mg / ordered_mg, 3) if per_kg else None


def _one(guard: Guard | None) -> list[Guard]:
    return [] if guard is None else [guard]


def _by_condition(order: OrderedCourse) -> list[Guard]:
    if order.condition is None:
        return []
    return [
        Guard(rule_id=gate.rule_id, strength=gate.strength, because=gate.because, source=gate.source)
        for gate in why_not_for(order.condition, order.plan.regimen.product)
    ]


def _at_home(order: OrderedCourse, policy: DosePolicy, now: datetime) -> Sequence[Guard]:
    if order.plan.regimen.product not in AT_HOME:
        return ()
    return why_not_home(order.home or NOTHING_KNOWN, policy.home, now=now)


NOTHING_KNOWN: Final = HomeFacts(
    first_dose_on_site_at=None,
    taken_at_home=0,
    chaperone="",
    video_check_in=None,
    cuff_at_home=None,
    doses_per_dispense=None,
    risk=None,
    risk_at=None,
)


def _by_weight(order: OrderedCourse) -> list[Guard]:
    if order.body is None or order.basis is WeightBasis.FIXED:
        return []
    return _one(weight_guard(order.body, order.basis, order.weight_indication))


def _by_person(order: OrderedCourse, policy: DosePolicy) -> Sequence[Guard]:
    first = next((dose for _, dose in planned_doses(order.plan, policy)), None)
    return () if first is None else cautions(first, policy)
