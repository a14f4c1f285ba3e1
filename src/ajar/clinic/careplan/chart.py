"""What the chart says that the rails of a course ask for: liver, earlier doses, response and risk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ajar.clinic.careplan.requests import Known
from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Site
from ajar.pathway.careplan.adjustment import AfterSession, Suggestion, suggested
from ajar.pathway.careplan.course import Course, courses_of
from ajar.pathway.careplan.entries import AdjustmentDecided
from ajar.pathway.careplan.guard import Guard, Liver, PlannedDose
from ajar.pathway.careplan.guards import guards
from ajar.pathway.careplan.home import HomeFacts
from ajar.pathway.careplan.ordering import doses_before, lines_of
from ajar.pathway.careplan.plan import CoursePlan, LineState, PlanLine, Receiver, planned_doses
from ajar.pathway.careplan.policy import DosePolicy
from ajar.pathway.careplan.regimen import Regimen
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.careplan.response import Response, latest_risk, latest_scores, response_so_far
from ajar.pathway.careplan.review import ReviewDue, StepBack, review_due, review_guard, reviews_of, step_back
from ajar.pathway.careplan.tolerance import Borne, session_borne
from ajar.pathway.evaluation.concepts import ANCESTRY, MODERATE_LIVER, SEVERE_LIVER, Holds
from ajar.pathway.evaluation.entries import Answer, HistoryAnswered
from ajar.pathway.evaluation.from_entries import candidate_from
from ajar.pathway.evaluation.products import Indication, Jurisdiction, Product
from ajar.pathway.governance.programme import Programme
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.protocols.conditions import primary_instruments

EATING_QUESTION = "eating_disorder"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStepShown:
    """The suggestion after the last session, with what it stands on; None where no session was given."""

    after_session: int
    borne: Borne
    response: Response
    suggestion: Suggestion
    decided: AdjustmentDecided | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStanding:
    """What the plan page shows beside a running course."""

    next_step: NextStepShown | None
    review: ReviewDue | None
    step_back: StepBack | None


def liver_of(patient: Patient, entries: Sequence[Entry], *, now: datetime) -> Liver:
    """How the liver works, as far as the chart says."""
    candidate = candidate_from(entries, patient.person)
    severe, moderate = (concept.look_up(candidate, now).holds for concept in (SEVERE_LIVER, MODERATE_LIVER))
    if severe is Holds.YES:
        return Liver.SEVERE
    if moderate is Holds.YES:
        return Liver.MODERATE
    return Liver.NO_DISEASE if severe is moderate is Holds.NO else Liver.NOT_KNOWN


def lower_start_ancestry_of(patient: Patient, entries: Sequence[Entry], *, now: datetime) -> bool | None:
    """What the chart says about an ancestry that begins esketamine lower (POP-6); None: nobody asked."""
    found = ANCESTRY.look_up(candidate_from(entries, patient.person), now).holds
    return found is Holds.YES if found in (Holds.YES, Holds.NO) else None


def known_of(
    patient: Patient,
    entries: Sequence[Entry],
    regimen: Regimen,
    condition: Indication | None,
    *,
    policy: DosePolicy,
    now: datetime,
) -> Known:
    """Everything of the chart that the rails of a new course ask for."""
    courses = courses_of(entries)
    before = doses_before(courses, regimen.product)
    response = _response(entries, condition, before[0].at, policy) if before else None
    return Known(
        liver=liver_of(patient, entries, now=now),
        lower_start_ancestry=lower_start_ancestry_of(patient, entries, now=now),
        before=before,
        fall_percent=response.fall_percent if response else None,
        eating_disorder=_eats_disorderly(entries),
    )


def home_facts(
    entries: Sequence[Entry],
    *,
    chaperone: str,
    video_check_in: bool | None,
    cuff_at_home: bool | None,
    doses_per_dispense: int | None,
) -> HomeFacts:
    """What a course at home stands on: what was asked for, and what the chart knows."""
    on_site = lozenges_given(entries, Product.KETAMINE_SL_CLINIC)
    risk = latest_risk(entries)
    return HomeFacts(
        first_dose_on_site_at=on_site[0] if on_site else None,
        taken_at_home=len(lozenges_given(entries, Product.KETAMINE_SL_HOME)),
        chaperone=chaperone,
        video_check_in=video_check_in,
        cuff_at_home=cuff_at_home,
        doses_per_dispense=doses_per_dispense,
        risk=risk[0] if risk else None,
        risk_at=risk[1] if risk else None,
        symptoms=latest_scores(entries, ("phq-9", "gad-7")),
    )


def lozenges_given(entries: Sequence[Entry], product: Product) -> list[datetime]:
    """When lozenges were taken, at the clinic or at home."""
    return sorted(
        session.plan.starts_at
        for course in courses_of(entries)
        for session in course.sessions
        if session.given and session.plan.product == product
    )


def condition_of(course: Course, regimen: Regimen | None) -> Indication | None:
    """The condition whose protocol a course follows; None for a course from before this was recorded."""
    if course.order.condition:
        return Indication(course.order.condition)
    return regimen.indication if regimen else None


def course_plan(
    patient: Patient, course: Course, entries: Sequence[Entry], site: Site, *, now: datetime
) -> CoursePlan:
    """The course as the rails judge it under change."""
    regimen, order = REGIMENS[course.order.regimen], course.order
    weight_kg = order.dose_mg / order.dose_mg_per_kg if order.dose_mg_per_kg else None
    return CoursePlan(
        regimen=regimen,
        receiver=Receiver(
            jurisdiction=Jurisdiction(site.jurisdiction),
            age_years=patient.person.age_on(now.astimezone(site.zone).date()),
            dose_weight_kg=weight_kg,
            indication=condition_of(course, regimen),
            liver=liver_of(patient, entries, now=now),
            lower_start_ancestry=lower_start_ancestry_of(patient, entries, now=now),
        ),
        zone=site.zone,
        lines=lines_of(course),
        before=doses_before(courses_of(entries), regimen.product, but_for=order.course_id),
        duration_min=regimen.infusion_min,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseOnTheDay:
    """A dose as the prescriber types it on its day; `duration_min` None where nothing is infused."""

    encounter_id: UUID
    amount_mg: float
    duration_min: float | None


def guards_on_the_day(
    patient: Patient,
    asked: DoseOnTheDay,
    entries: Sequence[Entry],
    site: Site,
    *,
    policy: DosePolicy,
    now: datetime,
) -> list[Guard] | None:
    """The rails of a dose on its day, with the review gate; None where the course's regimen is not known."""
    course = next((one for one in courses_of(entries) if _holds(one, asked.encounter_id)), None)
    if course is None or course.order.regimen not in REGIMENS:
        return None
    plan = course_plan(patient, course, entries, site, now=now)
    line, dose = _dose_of(plan, asked.encounter_id, asked.amount_mg, policy)
    gate = review_guard(plan.regimen, reviews_of(entries, course), number=line.number)
    return [*([gate] if gate else []), *guards(replace(dose, duration_min=asked.duration_min), policy)]


def standing_of(
    patient: Patient,
    course: Course,
    entries: Sequence[Entry],
    site: Site,
    ours: Programme,
    *,
    now: datetime,
) -> CourseStanding:
    """The next step, a review that is due, and a step back after misses."""
    regimen = REGIMENS.get(course.order.regimen)
    if regimen is None:
        return CourseStanding(next_step=None, review=None, step_back=None)
    shown = _next_step(patient, course, entries, site, ours, now=now)
    ahead = [one.plan.number for one in course.sessions if one.movable]
    back = None
    if ahead and shown is not None:
        missed = _missed_since(course, shown.after_session)
        worsened = shown.response.worsened
        back = step_back(regimen, number=ahead[0], missed=missed, worsened=worsened)
    review = review_due(course, regimen, reviews_of(entries, course))
    return CourseStanding(next_step=shown, review=review, step_back=back)


def _next_step(
    patient: Patient,
    course: Course,
    entries: Sequence[Entry],
    site: Site,
    ours: Programme,
    *,
    now: datetime,
) -> NextStepShown | None:
    given = sorted((one for one in course.sessions if one.given), key=lambda one: one.plan.starts_at)
    if not given or any(one.begun and not one.given and not one.cancelled_because for one in course.sessions):
        return None
    last, plan = given[-1], course_plan(patient, course, entries, site, now=now)
    _, dose = _dose_of(plan, last.encounter_id, last.dose_mg, ours.doses)
    borne = session_borne(all_encounter_entries(last.encounter_id), ours.tolerance)
    condition = condition_of(course, plan.regimen)
    response = _response(entries, condition, given[0].plan.starts_at, ours.doses)
    after = AfterSession(
        session=len(given),
        end_of_induction=last.plan.number == plan.regimen.review_after,
        tolerability=borne.tolerability,
        fall_percent=response.fall_percent,
        last=dose,
        dose_weight_kg=plan.receiver.dose_weight_kg,
    )
    return NextStepShown(
        after_session=last.plan.number,
        borne=borne,
        response=response,
        suggestion=suggested(after, ours.doses),
        decided=_decided(entries, course, last.plan.number),
    )


def _dose_of(
    plan: CoursePlan, encounter_id: UUID, amount_mg: float, policy: DosePolicy
) -> tuple[PlanLine, PlannedDose]:
    """One line of the plan with this amount, as the rails see it."""
    lines = tuple(_given_now(line, encounter_id, amount_mg) for line in plan.lines)
    changed = replace(plan, lines=lines)
    return next((line, dose) for line, dose in planned_doses(changed, policy) if line.id == encounter_id)


def _given_now(line: PlanLine, encounter_id: UUID, amount_mg: float) -> PlanLine:
    if line.id != encounter_id:
        return line
    return replace(line, dose_mg=amount_mg, state=LineState.GIVEN)


def _holds(course: Course, encounter_id: UUID) -> bool:
    return any(session.encounter_id == encounter_id for session in course.sessions)


def _missed_since(course: Course, number: int) -> int:
    return sum(bool(one.cancelled_because) and one.plan.number > number for one in course.sessions)


def _response(
    entries: Sequence[Entry], condition: Indication | None, first_dose_at: datetime, policy: DosePolicy
) -> Response:
    instruments = primary_instruments(condition)
    return response_so_far(entries, instruments, first_dose_at=first_dose_at, policy=policy)


def _decided(entries: Sequence[Entry], course: Course, number: int) -> AdjustmentDecided | None:
    found = [
        entry.payload
        for entry in effective(entries)
        if isinstance(entry.payload, AdjustmentDecided)
        and (entry.payload.course_id, entry.payload.after_session) == (course.order.course_id, number)
    ]
    return found[-1] if found else None


def _eats_disorderly(entries: Sequence[Entry]) -> bool:
    told = [
        entry.payload.answer
        for entry in effective(entries)
        if isinstance(entry.payload, HistoryAnswered) and entry.payload.question == EATING_QUESTION
    ]
    return bool(told) and told[-1] is Answer.YES
