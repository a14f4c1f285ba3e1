"""Laying out a synthetic course so that its next session falls where the story needs it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import product as every
from typing import Final
from uuid import UUID

from ajar.clinic.careplan.requests import CourseRequest
from ajar.clinic.careplan.selectors import last_measured, proposal_for
from ajar.clinic.careplan.services import order_course
from ajar.clinic.demo.plots import Plot, Today
from ajar.clinic.ledger.selectors import all_entries, decision_position
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Account
from ajar.pathway.careplan.course import CourseSession, courses_of
from ajar.pathway.careplan.dose import Body, CalculatedDose, advised_basis, calculated_dose
from ajar.pathway.careplan.layout import Proposal, Wish
from ajar.pathway.careplan.regimens import KETAMINE_IV_INDUCTION, SPRAVATO_TRD, Regimen
from ajar.pathway.careplan.regimens_by_mouth import KETAMINE_SL_CLINIC
from ajar.pathway.careplan.regimens_injected import KETAMINE_IM_SERIES
from ajar.pathway.evaluation.products import Product
from ajar.pathway.patients.facts import Sex
from ajar.pathway.scheduling.availability import WEEKDAYS_8_TO_18

REGIMEN: Final = {
    Product.KETAMINE_IV: KETAMINE_IV_INDUCTION,
    Product.ESKETAMINE_IN: SPRAVATO_TRD,
    Product.KETAMINE_IM: KETAMINE_IM_SERIES,
    Product.KETAMINE_SL_CLINIC: KETAMINE_SL_CLINIC,
}
FIRST_MG: Final = {Product.ESKETAMINE_IN: 56.0, Product.KETAMINE_SL_CLINIC: 100.0}
LATER_MG: Final = {Product.ESKETAMINE_IN: 84.0}
CLOCKS: Final = (
    time(8), time(8, 30), time(9), time(10, 30), time(11), time(12), time(13), time(13, 30), time(15)
)  # fmt: skip
LONGEST_WEEKS: Final = 12
BEGUN_MIN: Final = {
    Today.PLANNED: timedelta(minutes=60),
    Today.ARRIVED: timedelta(minutes=-10),
    Today.DOSING: timedelta(minutes=-45),
    Today.OBSERVED: timedelta(minutes=-90),
    Today.RELEASED: timedelta(minutes=-180),
}
"""When today's session was planned to begin, seen from now."""


class NoPlace(RuntimeError):
    """The synthetic calendar is too full for this story."""


def workday_before(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


def lay_out(patient: Patient, plot: Plot, index: int, *, meets: date, now: datetime, by: Account) -> UUID:
    """Order a course whose session after `plot.sessions` falls on `meets`, and those before it before today.

    Raises:
        NoPlace: no wish fits into the synthetic calendar.
    """
    local = now.astimezone(patient.site.zone)
    today = local.date()
    for request, ordered_at in _requests(patient, plot, index, meets, local):
        proposal = proposal_for(request, now=ordered_at)
        if proposal.acceptable and _fits(proposal, request, plot.sessions, meets=meets, today=today):
            return order_course(
                request=request,
                seen=proposal.digest,
                expected=decision_position(patient.pk),
                by=by,
                now=ordered_at,
            )
    raise NoPlace(f"No place for synthetic patient {index} ({plot.chapter}) around {meets}.")


def _fits(proposal: Proposal, request: CourseRequest, given: int, *, meets: date, today: date) -> bool:
    """Are `given` sessions over before today, and does the next (or else the last) fall on `meets`?"""
    days = [session.span.starts_at.astimezone(request.site.zone).date() for session in proposal.sessions]
    return days[min(given, len(days) - 1)] == meets and all(day < today for day in days[:given])


def _requests(
    patient: Patient, plot: Plot, index: int, meets: date, local: datetime
) -> Iterator[tuple[CourseRequest, datetime]]:
    """Wishes to try, the likeliest first, each with the moment of its order."""
    regimen, zone = REGIMEN[plot.product], patient.site.zone
    expected_back = plot.sessions * 7 // 2
    backs = sorted(range(LONGEST_WEEKS * 7), key=lambda back: (abs(back - expected_back), back))
    for back, weekdays, at in every(backs[:12], _pairs(meets, index), _clocks(plot, index, local)):
        first_day = meets - timedelta(days=back)
        ordered_on = min(first_day - timedelta(days=3), local.date() - timedelta(days=1))
        yield (
            _request(patient, plot, regimen, first_day, weekdays, at),
            datetime.combine(ordered_on, time(17), tzinfo=zone),
        )


def _clocks(plot: Plot, index: int, local: datetime) -> list[time]:
    """Times of day to try: for a session of today the one nearest to when it would have begun."""
    if plot.today is None:
        turn = index % len(CLOCKS)
        return [*CLOCKS[turn:], *CLOCKS[:turn]]
    begun = (local + BEGUN_MIN[plot.today]).time()
    return sorted(CLOCKS, key=lambda clock: abs(_minute(clock) - _minute(begun)))


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _pairs(meets: date, index: int) -> list[tuple[int, int]]:
    """Two weekdays of a course, two or three days apart: that of `meets` and another."""
    day = meets.weekday()
    apart = (2 + index % 2, 3 - index % 2)
    return [(day, (day + days) % 5) for days in apart]


def _request(
    patient: Patient, plot: Plot, regimen: Regimen, first_day: date, weekdays: tuple[int, ...], at: time
) -> CourseRequest:
    calculated = _dose(patient) if regimen.default_dose_mg_per_kg else None
    first_mg = calculated.amount_mg if calculated else FIRST_MG[plot.product]
    return CourseRequest(
        patient=patient,
        site=patient.site,
        wish=Wish(
            regimen=regimen,
            sessions=regimen.default_sessions,
            first_day=first_day,
            weekdays=weekdays,
            at=at,
            zone=patient.site.zone,
            hours=WEEKDAYS_8_TO_18,
            first_dose_mg=first_mg,
            later_dose_mg=LATER_MG.get(plot.product, first_mg),
        ),
        indication="Treatment-resistant depression",
        intention="To have mornings that begin.",
        calculated=calculated,
    )


def _dose(patient: Patient) -> CalculatedDose:
    weight, height = last_measured(patient, "weight_kg"), last_measured(patient, "height_cm")
    if weight is None or height is None:
        raise NoPlace(f"{patient.mrn} was not weighed and measured.")
    body = Body(weight_kg=weight.value, height_cm=height.value, sex=Sex(patient.sex))
    return calculated_dose(dose_mg_per_kg=0.5, body=body, basis=advised_basis(body))


def sessions_of_course(patient: Patient, course_id: UUID) -> list[CourseSession]:
    """The sessions of a course in order."""
    for course in courses_of(all_entries(patient.pk)):
        if course.order.course_id == course_id:
            return sorted(course.sessions, key=lambda session: session.plan.number)
    return []
