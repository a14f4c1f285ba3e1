"""Changes that a prescriber makes: a dose, a session more, one brought back, a review, the next step."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from django.db import transaction

from ajar.clinic.careplan.chart import standing_of
from ajar.clinic.careplan.lowering import after_edit, lowered_entries
from ajar.clinic.careplan.selectors import course_with, supply_at
from ajar.clinic.careplan.services import CourseRefused, hold, placed_at, refuse_silence, site_of
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.ledger.services import ANYWHERE, Anywhere, append, lock_chart
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.patients.services import open_encounter
from ajar.clinic.scheduling.services import lock_site
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.careplan.adjustment import NextStep
from ajar.pathway.careplan.course import Course, CourseSession, courses_of, running_course
from ajar.pathway.careplan.entries import AdjustmentDecided, BenefitReviewed, SessionCancelled, SessionPlanned
from ajar.pathway.careplan.guards import guards
from ajar.pathway.careplan.plan import (
    AddSession,
    ChangeDose,
    CoursePlan,
    Edit,
    EditRefused,
    Resume,
    planned_doses,
)
from ajar.pathway.careplan.policy import DosePolicy
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.careplan.review import review_rule
from ajar.pathway.ledger.entry import NewEntry, effective
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.scheduling.availability import moment

MEANING: Final = "I have seen how the last session was borne and what it brought, and decide the next step."


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who changes the plan, when, why, and which chart they saw."""

    reason: str
    expected: int | Anywhere
    by: Account
    now: datetime

    def write(self, patient: Patient, entries: list[NewEntry]) -> None:
        """Append what the act says."""
        append(entries, patient_id=patient.pk, expected=self.expected, by=author_of(self.by), now=self.now)


@transaction.atomic
def change_dose(
    *, patient: Patient, encounter_id: UUID, dose_mg: float, act: Act, second_signature_by: str = ""
) -> None:
    """Plan another dose for one session; later doses are lowered where the rails ask for it.

    Raises:
        CourseRefused: a rail is broken, a second signature is missing, or the session is not open.
    """
    refuse_silence(act.reason)
    lock_chart(patient.pk)
    course, session = _session(patient, encounter_id)
    site = site_of(patient, encounter_id)
    edit, policy = ChangeDose(line_id=encounter_id, dose_mg=dose_mg), programme().doses
    after = _after(patient, course, site, edit, policy, now=act.now)
    _refuse_unsigned(after, encounter_id, second_signature_by, policy)
    signed = f" Second signature: {second_signature_by}." if second_signature_by else ""
    changed = NewEntry(
        payload=replace(session.plan, dose_mg=dose_mg),
        happened_at=act.now,
        encounter_id=encounter_id,
        supersedes=session.planned.id,
        reason=act.reason + signed,
    )
    act.write(patient, [changed, *lowered_entries(course, after, edit, because=act.reason, now=act.now)])


@transaction.atomic
def resume_session(*, patient: Patient, encounter_id: UUID, day: date, at: time, act: Act) -> None:
    """Bring back a session that was called off, at another time.

    Raises:
        CourseRefused: it was not called off, nothing is free then, or a rail is broken.
    """
    refuse_silence(act.reason)
    site = site_of(patient, encounter_id)
    lock_site(site)
    lock_chart(patient.pk)
    course, session = _session(patient, encounter_id)
    if not session.cancelled_because or session.begun or course.stopped_at is not None:
        raise CourseRefused("Only a session of a running course that was called off can be brought back.")
    starts_at = moment(day, at, site.zone)
    edit = Resume(line_id=encounter_id, starts_at=starts_at)
    after = _after(patient, course, site, edit, programme().doses, now=act.now)
    supply = supply_at(site, patient, now=act.now)
    placed = placed_at(patient, course, session, starts_at, site, supply, now=act.now)
    dose_mg = next(line.dose_mg for line in after.lines if line.id == encounter_id)
    back = NewEntry(
        payload=replace(session.plan, starts_at=starts_at, dose_mg=dose_mg, site=site.name),
        happened_at=act.now,
        encounter_id=encounter_id,
        supersedes=session.planned.id,
        reason=act.reason,
    )
    lowered = lowered_entries(course, after, edit, because=act.reason, now=act.now)
    act.write(patient, [*_uncalled(patient, encounter_id, act), back, *lowered])
    hold(placed, Encounter.objects.get(pk=encounter_id), by=act.by, now=act.now)


@transaction.atomic
def add_session(*, patient: Patient, day: date, at: time, dose_mg: float, act: Act) -> None:
    """Add one session to the running course, within its regimen.

    Raises:
        CourseRefused: no course is running, nothing is free then, or a rail is broken.
    """
    refuse_silence(act.reason)
    course = _running(patient)
    site = site_of(patient, course.sessions[-1].encounter_id)
    lock_site(site)
    lock_chart(patient.pk)
    encounter = open_encounter(patient=patient, site=site, kind=Encounter.Kind.DOSING, now=act.now)
    starts_at = moment(day, at, site.zone)
    edit, policy = AddSession(line_id=encounter.pk, starts_at=starts_at, dose_mg=dose_mg), programme().doses
    after = _after(patient, course, site, edit, policy, now=act.now)
    _refuse_unsigned(after, encounter.pk, "", policy)
    plan = _one_more(course, dose_mg, starts_at, site)
    session = CourseSession(
        encounter_id=encounter.pk, planned=course.ordered, plan=plan, begun=False, cancelled_because=""
    )
    supply = supply_at(site, patient, now=act.now)
    placed = placed_at(patient, course, session, starts_at, site, supply, now=act.now)
    longer = NewEntry(
        payload=replace(course.order, sessions=len(course.sessions) + 1),
        happened_at=act.now,
        supersedes=course.ordered.id,
        reason=act.reason,
    )
    planned = NewEntry(payload=plan, happened_at=act.now, encounter_id=encounter.pk)
    lowered = lowered_entries(course, after, edit, because=act.reason, now=act.now)
    act.write(patient, [longer, planned, *lowered])
    hold(placed, encounter, by=act.by, now=act.now)


@transaction.atomic
def review_benefit(*, patient: Patient, goes_on: bool, act: Act) -> None:
    """Record the prescriber's judgement of the benefit after the series (SPR-T3, IV-18).

    Raises:
        CourseRefused: the course has no review gate, or no reason was given.
    """
    refuse_silence(act.reason)
    lock_chart(patient.pk)
    course = _latest(patient)
    regimen = REGIMENS.get(course.order.regimen)
    if regimen is None or regimen.review_after is None:
        raise CourseRefused("This course has no review gate.")
    reviewed = BenefitReviewed(
        course_id=course.order.course_id,
        after_session=regimen.review_after,
        goes_on=goes_on,
        because=act.reason,
        rule_id=review_rule(regimen.product),
        rulebook_version=programme().doses.version,
    )
    act.write(patient, [NewEntry(payload=reviewed, happened_at=act.now)])


@transaction.atomic
def decide_next_step(*, patient: Patient, taken: bool, act: Act) -> None:
    """Take the suggested next step or decide otherwise. The signature was checked before (confirm_signature).

    A dose that is taken is planned for the next session to come.

    Raises:
        CourseRefused: there is no suggestion, it is not a step that can be taken, or a rail is broken.
    """
    course, ours = _latest(patient), programme()
    site = site_of(patient, course.sessions[0].encounter_id)
    shown = standing_of(patient, course, all_entries(patient.pk), site, ours, now=act.now).next_step
    if shown is None:
        raise CourseRefused("There is no session yet that a next step could follow.")
    suggestion = shown.suggestion
    if taken and suggestion.step in (NextStep.ASK, NextStep.DECIDE):
        raise CourseRefused("There is nothing to take here; write what you decide.")
    if not taken:
        refuse_silence(act.reason)
    decided = AdjustmentDecided(
        course_id=course.order.course_id,
        after_session=shown.after_session,
        rule_id=suggestion.rule_id,
        suggested=suggestion.step.value,
        suggested_mg=suggestion.dose_mg,
        taken=taken,
        because=act.reason.strip(),
        rulebook_version=ours.doses.version,
        meaning=MEANING,
    )
    act.write(patient, [NewEntry(payload=decided, happened_at=act.now)])
    ahead = next((one for one in course.sessions if one.movable), None)
    dose_mg = suggestion.dose_mg if taken else None
    if ahead is not None and dose_mg is not None and dose_mg != ahead.plan.dose_mg:
        because = f"{suggestion.rule_id}: {suggestion.step}. {act.reason}".strip()
        same = replace(act, reason=because, expected=ANYWHERE)  # the page's position was checked just above
        change_dose(patient=patient, encounter_id=ahead.encounter_id, dose_mg=dose_mg, act=same)


def _session(patient: Patient, encounter_id: UUID) -> tuple[Course, CourseSession]:
    found = course_with(patient, encounter_id)
    if found is None:
        raise CourseRefused("This session is not in the patient's plan.")
    if found[0].order.regimen not in REGIMENS:
        raise CourseRefused("The regimen of this course is not known here; stop it and order anew.")
    return found


def _running(patient: Patient) -> Course:
    course = running_course(courses_of(all_entries(patient.pk)))
    if course is None or course.order.regimen not in REGIMENS:
        raise CourseRefused("No course is running.")
    return course


def _latest(patient: Patient) -> Course:
    courses = courses_of(all_entries(patient.pk))
    if not courses:
        raise CourseRefused("No course is ordered.")
    return courses[-1]


def _after(
    patient: Patient, course: Course, site: Site, edit: Edit, policy: DosePolicy, *, now: datetime
) -> CoursePlan:
    try:
        return after_edit(patient, course, all_entries(patient.pk), site, edit, policy, now=now)
    except EditRefused as refused:
        raise CourseRefused(*refused.reasons) from None


def _refuse_unsigned(
    after: CoursePlan, encounter_id: UUID, second_signature_by: str, policy: DosePolicy
) -> None:
    """A rail that asks for a second prescriber has one."""
    doses = [dose for line, dose in planned_doses(after, policy) if line.id == encounter_id]
    asked = [guard for dose in doses for guard in guards(dose, policy) if guard.second_signature]
    if asked and not second_signature_by:
        raise CourseRefused(f"{asked[0].because} ({asked[0].rule_id})")


def _one_more(course: Course, dose_mg: float, starts_at: datetime, site: Site) -> SessionPlanned:
    number = max(session.plan.number for session in course.sessions) + 1
    phase = REGIMENS[course.order.regimen].phase_of(number)
    return replace(
        course.sessions[-1].plan,
        number=number,
        dose_mg=dose_mg,
        starts_at=starts_at,
        site=site.name,
        phase=phase.label,
    )


def _uncalled(patient: Patient, encounter_id: UUID, act: Act) -> list[NewEntry]:
    """Take back that the session was called off."""
    return [
        NewEntry(
            payload=EnteredInError(),
            happened_at=act.now,
            encounter_id=encounter_id,
            supersedes=entry.id,
            reason=act.reason,
        )
        for entry in effective(all_entries(patient.pk))
        if isinstance(entry.payload, SessionCancelled) and entry.encounter_id == encounter_id
    ]
