"""Reads for the plan: what is ordered, what it stands on, and what a course can be laid out over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from ajar.clinic.careplan.chart import CourseStanding, condition_of, standing_of
from ajar.clinic.careplan.requests import CourseRequest
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import all_entries, entries_of
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Appointment, AppointmentType, Resource, Room
from ajar.clinic.scheduling.selectors import (
    appointments_of,
    resources_at,
    standing_appointments,
    taken_by_resource,
)
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.careplan.course import Course, CourseSession, courses_of, running_course
from ajar.pathway.careplan.gate import latest_evaluation, why_no_course
from ajar.pathway.careplan.layout import Proposal, proposed_course
from ajar.pathway.careplan.regimens import REGIMENS, Regimen
from ajar.pathway.careplan.supply import Keeper, Supply
from ajar.pathway.evaluation.products import Indication, Product
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.scheduling.spans import Span

LOOKS_AHEAD: Final = timedelta(weeks=60)
"""How far holds are read for a layout: longer than any regimen can reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One session with its appointments."""

    session: CourseSession
    dosing: Appointment | None
    integration: Appointment | None

    @property
    def state(self) -> str:
        """Where it stands, as far as the plan knows."""
        if self.session.cancelled_because:
            return "cancelled"
        return "arrived" if self.session.begun else "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRows:
    """A course with its sessions."""

    course: Course
    regimen: Regimen | None
    rows: tuple[SessionRow, ...]
    standing: CourseStanding | None = None
    condition: Indication | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A product with the regimens that could be ordered, and why not."""

    product: Product
    regimens: tuple[Regimen, ...]
    evaluated: bool
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan page's content."""

    courses: tuple[CourseRows, ...]
    running: bool
    offers: tuple[Offer, ...]

    @property
    def any_evaluated(self) -> bool:
        """Has an evaluation been signed for any product?"""
        return any(offer.evaluated for offer in self.offers)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastMeasured:
    """A weight or height as it was last measured."""

    value: float
    at: datetime
    by: str


def plan_of(patient: Patient, *, viewer: Account, now: datetime) -> Plan:
    """Every course with its sessions, the newest first, and what could be ordered."""
    entries = entries_of(patient.pk, viewer=viewer)
    courses = courses_of(entries)
    appointments = list(appointments_of(patient, viewer=viewer))
    return Plan(
        courses=tuple(
            _rows(course, appointments, _standing(patient, course, courses, entries, now))
            for course in reversed(courses)
        ),
        running=running_course(courses) is not None,
        offers=offers(patient, entries, now=now),
    )


def offers(patient: Patient, entries: Sequence[Entry], *, now: datetime) -> tuple[Offer, ...]:
    """Each product's regimens with the reasons why none can be ordered today; evaluated products first."""
    today = now.astimezone(patient.site.zone).date()
    found = [
        Offer(
            product=product,
            regimens=tuple(one for one in REGIMENS.values() if one.product is product),
            evaluated=latest_evaluation(entries, product) is not None,
            refusals=why_no_course(entries, product=product, on=today),
        )
        for product in Product
    ]
    return tuple(sorted(found, key=lambda offer: (bool(offer.refusals), not offer.evaluated)))


def signed_indication(patient: Patient, regimen: Regimen) -> str:
    """The indication of the newest signed evaluation for this product."""
    signed = latest_evaluation(all_entries(patient.pk), regimen.product)
    return signed.indication if signed else ""


def last_measured(patient: Patient, field: str) -> LastMeasured | None:
    """The latest weight or height on the chart, by the time it was measured."""
    told = effective(all_entries(patient.pk, kinds=MEASURED_KINDS))
    found = [
        LastMeasured(value=entry.payload.values()[field], at=entry.happened_at, by=entry.recorded_by.name)
        for entry in sorted(told, key=lambda entry: entry.happened_at)
        if isinstance(entry.payload, VitalsMeasured) and field in entry.payload.values()
    ]
    return found[-1] if found else None


MEASURED_KINDS: Final = (VitalsMeasured.KIND, "entered-in-error")


def proposal_for(request: CourseRequest, *, now: datetime) -> Proposal:
    """The whole course laid out over what is free now."""
    return proposed_course(request.wish, supply_at(request.site, request.patient, now=now), now=now)


def supply_at(site: Site, patient: Patient, *, now: datetime, but_for: Iterable[UUID] = ()) -> Supply:
    """Rooms and people of a site with what holds them.

    `but_for` names appointments that are about to be given up: they do not count as the patient's own.
    """
    during = Span(starts_at=now, ends_at=now + LOOKS_AHEAD)
    rooms = [
        r for r in resources_at(site, Resource.Kind.ROOM) if r.room and r.room.kind == Room.Kind.TREATMENT
    ]
    leaving = set(but_for)
    return Supply(
        rooms=_keepers(rooms, during),
        monitors=_keepers(resources_at(site, Resource.Kind.MONITOR), during),
        therapists=_keepers(resources_at(site, Resource.Kind.THERAPIST), during),
        own=tuple(
            Span(starts_at=one.starts_at, ends_at=one.ends_at)
            for one in standing_appointments(patient)
            if one.pk not in leaving and one.ends_at > now
        ),
    )


def course_with(patient: Patient, encounter_id: UUID) -> tuple[Course, CourseSession] | None:
    """The course and session of an encounter."""
    for course in courses_of(all_entries(patient.pk)):
        for session in course.sessions:
            if session.encounter_id == encounter_id:
                return course, session
    return None


def _keepers(resources: Iterable[Resource], during: Span) -> tuple[Keeper, ...]:
    found = list(resources)
    taken = taken_by_resource(found, during=during)
    return tuple(
        Keeper(id=one.pk, name=one.name, capacity=one.capacity, taken=taken[one.pk]) for one in found
    )


def _standing(
    patient: Patient, course: Course, courses: Sequence[Course], entries: Sequence[Entry], now: datetime
) -> CourseStanding | None:
    """What follows the last session of the newest course."""
    if course is not courses[-1]:
        return None
    return standing_of(patient, course, entries, patient.site, programme(), now=now)


def _rows(course: Course, appointments: Sequence[Appointment], standing: CourseStanding | None) -> CourseRows:
    dosing = {one.encounter_id: one for one in appointments if one.type_id == AppointmentType.DOSING}
    after = {one.follows_encounter_id: one for one in appointments if one.follows_encounter_id}
    regimen = REGIMENS.get(course.order.regimen)
    return CourseRows(
        course=course,
        regimen=regimen,
        standing=standing,
        condition=condition_of(course, regimen),
        rows=tuple(
            SessionRow(
                session=session,
                dosing=dosing.get(session.encounter_id),
                integration=after.get(session.encounter_id),
            )
            for session in course.sessions
        ),
    )
