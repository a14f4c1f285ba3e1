"""Ordering a course and changing it: entries, encounters, appointments and holds in one transaction."""

from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID, uuid4

from django.db import transaction

from ajar.clinic.careplan.chart import liver_of
from ajar.clinic.careplan.lowering import after_edit, lowered_entries
from ajar.clinic.careplan.requests import CourseRequest
from ajar.clinic.careplan.selectors import course_with, proposal_for, supply_at
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.ledger.services import append, lock_chart
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.patients.services import open_encounter
from ajar.clinic.scheduling.models import Appointment, AppointmentType, Resource
from ajar.clinic.scheduling.services import book, cancel, lock_site
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.tasks.services import open_task
from ajar.pathway.careplan.course import Course, CourseSession, courses_of, running_course
from ajar.pathway.careplan.entries import CourseOrdered, CourseStopped, SessionCancelled, SessionPlanned
from ajar.pathway.careplan.gate import why_no_course
from ajar.pathway.careplan.guards import hard_stops
from ajar.pathway.careplan.layout import (
    INTEGRATION_FROM,
    NO_THERAPIST,
    PlannedSession,
    integration_after,
    seat_for,
    spacing_problems,
)
from ajar.pathway.careplan.plan import Edit, EditRefused, Move, Skip
from ajar.pathway.careplan.populations import watched_for_the_liver
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.careplan.supply import Supply
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.scheduling.availability import WEEKDAYS_8_TO_18, moment
from ajar.pathway.scheduling.spans import Span
from ajar.pathway.staff.roles import Role

GAP_KIND = "integration-slot-missing"


class CourseRefused(ValueError):
    """The course, or a change of it, cannot stand; each reason in words."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class ProposalChanged(Exception):
    """The calendar moved since the proposal was shown. Nothing was ordered."""

    def __init__(self) -> None:
        super().__init__(
            "The calendar, or the order, changed since this proposal was shown. Nothing was ordered; look at "
            "the new proposal."
        )


@transaction.atomic
def order_course(*, request: CourseRequest, seen: str, expected: int, by: Account, now: datetime) -> UUID:
    """Order a course exactly as it was proposed: all sessions, rooms, people and entries, or nothing.

    `seen` is the digest of the proposal that the prescriber accepted, `expected` the decision position
    that the page saw.

    Raises:
        CourseRefused: no eligible evaluation, no valid consent, a hard stop, or a proposal with conflicts.
        ProposalChanged: what is free is not what was shown.
        StaleLedger: somebody decided something on this chart meanwhile.
    """
    lock_site(request.site)
    _refuse_order(request, now=now)
    proposal = proposal_for(request, now=now)
    if proposal.digest != seen:
        raise ProposalChanged
    if not proposal.acceptable:
        raise CourseRefused("Some sessions have no place yet. Change the days or the time.")
    course_id = uuid4()
    kind = Encounter.Kind.DOSING
    pairs = [
        (session, open_encounter(patient=request.patient, site=request.site, kind=kind, now=now))
        for session in proposal.sessions
    ]
    entries = [_ordered(request, course_id, now=now)] + [
        _planned(request, course_id, session, encounter, now=now) for session, encounter in pairs
    ]
    append(entries, patient_id=request.patient.pk, expected=expected, by=author_of(by), now=now)
    for session, encounter in pairs:
        hold(session, encounter, by=by, now=now)
    return course_id


@transaction.atomic
def move_session(
    *,
    patient: Patient,
    encounter_id: UUID,
    day: date,
    at: time,
    reason: str,
    expected: int,
    by: Account,
    now: datetime,
) -> None:
    """Give one session another time. Its plan is superseded with the reason; its integration follows.

    Raises:
        CourseRefused: it has begun, nothing is free then, or the regimen's spacing is not kept.
        StaleLedger: somebody decided something on this chart meanwhile.
    """
    refuse_silence(reason)
    site = site_of(patient, encounter_id)
    lock_site(site)
    lock_chart(patient.pk)
    course, session = _movable(patient, encounter_id)
    given_up = give_up_appointments(session.encounter_id, reason=reason, by=by, now=now)
    supply = supply_at(site, patient, now=now, but_for=given_up)
    placed = placed_at(patient, course, session, moment(day, at, site.zone), site, supply, now=now)
    changed = replace(session.plan, starts_at=placed.span.starts_at, site=site.name)
    new = NewEntry(
        payload=changed,
        happened_at=now,
        encounter_id=encounter_id,
        supersedes=session.planned.id,
        reason=reason,
    )
    edit = Move(line_id=encounter_id, starts_at=placed.span.starts_at)
    entries = [new, *_lowered(patient, course, site, edit, reason, now=now)]
    append(entries, patient_id=patient.pk, expected=expected, by=author_of(by), now=now)
    hold(placed, Encounter.objects.get(pk=encounter_id), by=by, now=now)


@transaction.atomic
def cancel_session(
    *, patient: Patient, encounter_id: UUID, reason: str, expected: int, by: Account, now: datetime
) -> None:
    """Call one session off before its day; what it held is free again.

    Raises:
        CourseRefused: it has begun or was called off before, or no reason was given.
    """
    lock_chart(patient.pk)
    site = site_of(patient, encounter_id)
    course, session = _movable(patient, encounter_id)
    entries = [
        _called_off(session, reason, now=now),
        *_lowered(patient, course, site, Skip(line_id=encounter_id), reason, now=now),
    ]
    append(entries, patient_id=patient.pk, expected=expected, by=author_of(by), now=now)
    give_up_appointments(session.encounter_id, reason=reason, by=by, now=now)


@transaction.atomic
def stop_course(*, patient: Patient, reason: str, expected: int, by: Account, now: datetime) -> None:
    """End the running course: every session still to come is called off.

    Raises:
        CourseRefused: no course is running, or no reason was given.
    """
    refuse_silence(reason)
    lock_chart(patient.pk)
    course = running_course(courses_of(all_entries(patient.pk)))
    if course is None:
        raise CourseRefused("No course is running.")
    stopped = CourseStopped(course_id=course.order.course_id, because=reason)
    entries = [NewEntry(payload=stopped, happened_at=now)]
    entries += [_called_off(session, reason, now=now) for session in course.open_sessions]
    append(entries, patient_id=patient.pk, expected=expected, by=author_of(by), now=now)
    for session in course.open_sessions:
        give_up_appointments(session.encounter_id, reason=reason, by=by, now=now)


def _refuse_order(request: CourseRequest, *, now: datetime) -> None:
    """Nobody orders past the gate, a hard stop, or a course that is still running."""
    entries, policy = all_entries(request.patient.pk), programme().doses
    today = now.astimezone(request.site.zone).date()
    reasons = list(why_no_course(entries, product=request.regimen.product, on=today))
    stops = hard_stops(request.guards(policy))
    reasons += [f"{stop.because} ({stop.rule_id}; {stop.source})" for stop in stops]
    reasons += request.unanswered(policy)
    if running_course(courses_of(entries)) is not None:
        reasons.append("A course is running already; stop it first.")
    if reasons:
        raise CourseRefused(*reasons)


def _ordered(request: CourseRequest, course_id: UUID, *, now: datetime) -> NewEntry:
    calculated = request.calculated
    order = CourseOrdered(
        course_id=course_id,
        product=request.regimen.product.value,
        regimen=request.regimen.id,
        indication=request.indication,
        sessions=request.wish.sessions,
        dose_mg=request.first_mg,
        dose_mg_per_kg=request.first_mg_per_kg,
        weight_kg=calculated.dose_weight_kg if calculated else None,
        weight_basis=request.weight_basis,
        intention=request.intention,
        condition=request.condition.value if request.condition else "",
        because=request.because.strip(),
        second_signature_by=request.second_signature_by,
        doses_per_dispense=request.home.doses_per_dispense if request.home else None,
    )
    return NewEntry(payload=order, happened_at=now)


def _planned(
    request: CourseRequest, course_id: UUID, session: PlannedSession, encounter: Encounter, *, now: datetime
) -> NewEntry:
    plan = SessionPlanned(
        course_id=course_id,
        number=session.number,
        product=request.regimen.product.value,
        dose_mg=session.dose_mg,
        starts_at=session.span.starts_at,
        site=request.site.name,
        phase=session.phase.label,
    )
    return NewEntry(payload=plan, happened_at=now, encounter_id=encounter.pk)


def hold(session: PlannedSession, encounter: Encounter, *, by: Account, now: datetime) -> None:
    """Book the session's room and monitor, and the therapist afterwards or a task to find one."""
    keepers = [keeper.id for keeper in (session.seat.room, session.seat.monitor) if keeper is not None]
    book(
        type_slug=AppointmentType.DOSING,
        patient=encounter.patient,
        site=encounter.site,
        span=session.span,
        resources=list(Resource.objects.filter(pk__in=keepers)),
        encounter_id=encounter.pk,
        now=now,
        by=by,
    )
    if session.integration is None:
        _ask_for_integration(session, encounter, now=now)
        return
    book(
        type_slug=AppointmentType.INTEGRATION,
        patient=encounter.patient,
        site=encounter.site,
        span=session.integration.span,
        resources=[Resource.objects.get(pk=session.integration.therapist.id)],
        follows_encounter_id=encounter.pk,
        now=now,
        by=by,
    )


def _ask_for_integration(session: PlannedSession, encounter: Encounter, *, now: datetime) -> None:
    open_task(
        kind=GAP_KIND,
        title=f"Find an integration time after session {session.number}",
        because=f"When the course was laid out, {session.integration_missing or NO_THERAPIST}.",
        owner_role=Role.FRONT_DESK,
        due_at=session.span.starts_at + INTEGRATION_FROM,
        now=now,
        patient=encounter.patient,
        subject_ref=f"encounter:{encounter.pk}",
    )


def _movable(patient: Patient, encounter_id: UUID) -> tuple[Course, CourseSession]:
    found = course_with(patient, encounter_id)
    if found is None:
        raise CourseRefused("This session is not in the patient's plan.")
    course, session = found
    if not session.movable:
        raise CourseRefused("This session has begun or was called off; it cannot be changed here.")
    return course, session


def _lowered(
    patient: Patient, course: Course, site: Site, edit: Edit, because: str, *, now: datetime
) -> list[NewEntry]:
    """Later doses that the rails lower after this edit.

    Raises:
        CourseRefused: the edit itself breaks a rail.
    """
    if course.order.regimen not in REGIMENS:
        return []
    try:
        after = after_edit(patient, course, all_entries(patient.pk), site, edit, programme().doses, now=now)
    except EditRefused as refused:
        raise CourseRefused(*refused.reasons) from None
    return lowered_entries(course, after, edit, because=because, now=now)


def placed_at(
    patient: Patient,
    course: Course,
    session: CourseSession,
    starts_at: datetime,
    site: Site,
    supply: Supply,
    *,
    now: datetime,
) -> PlannedSession:
    """The session at its new time with a room, a monitor and integration, or every reason why not.

    Raises:
        CourseRefused: with each of these reasons.
    """
    liver = liver_of(patient, all_entries(patient.pk), now=now)
    regimen = watched_for_the_liver(REGIMENS[course.order.regimen], liver, programme().doses)
    phase = regimen.phase_of(session.plan.number)
    span = Span(starts_at=starts_at, ends_at=starts_at + regimen.length.total)
    others = [
        Span(starts_at=other.plan.starts_at, ends_at=other.plan.starts_at + regimen.length.total)
        for other in course.sessions
        if other.encounter_id != session.encounter_id and not other.cancelled_because
    ]
    found = seat_for(regimen, span, supply)
    problems = [*spacing_problems(phase, span, others, site.zone), *found.missing, *_closed(span, site, now)]
    if problems:
        raise CourseRefused(*(f"{problem[:1].upper()}{problem[1:]}." for problem in problems))
    return PlannedSession(
        number=session.plan.number,
        phase=phase,
        dose_mg=session.plan.dose_mg,
        span=span,
        seat=found,
        integration=integration_after(
            starts_at + regimen.length.until_dose,
            therapists=supply.therapists,
            own=[*supply.own, span],
            next_dose_at=min((o.starts_at for o in others if o.starts_at > starts_at), default=None),
            zone=site.zone,
            hours=WEEKDAYS_8_TO_18,
        ),
    )


def _closed(span: Span, site: Site, now: datetime) -> list[str]:
    opening = WEEKDAYS_8_TO_18.on(span.starts_at.astimezone(site.zone).date(), site.zone)
    found = ["that time is over"] if span.starts_at <= now else []
    if opening is None or span.starts_at < opening.starts_at or span.ends_at > opening.ends_at:
        found.append("the site is closed at some time of the session")
    return found


def give_up_appointments(encounter_id: UUID, *, reason: str, by: Account, now: datetime) -> list[UUID]:
    """Cancel a session's appointment and the integration that follows it; what was given up."""
    mine = Appointment.objects.filter(status=Appointment.Status.BOOKED)
    found = [*mine.filter(encounter_id=encounter_id), *mine.filter(follows_encounter_id=encounter_id)]
    return [cancel(appointment=one, reason=reason, now=now, by=by).pk for one in found]


def _called_off(session: CourseSession, reason: str, *, now: datetime) -> NewEntry:
    refuse_silence(reason)
    return NewEntry(
        payload=SessionCancelled(because=reason), happened_at=now, encounter_id=session.encounter_id
    )


def refuse_silence(reason: str) -> None:
    """A change says why.

    Raises:
        CourseRefused: it does not.
    """
    if not reason.strip():
        raise CourseRefused("Say why.")


def site_of(patient: Patient, encounter_id: UUID) -> Site:
    """Where a session of this patient takes place.

    Raises:
        CourseRefused: the encounter is not this patient's.
    """
    found = Encounter.objects.select_related("site").filter(pk=encounter_id, patient=patient).first()
    if found is None:
        raise CourseRefused("This session is not in the patient's plan.")
    return found.site
