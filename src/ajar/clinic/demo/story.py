"""One synthetic patient from the quiz to where the plot leaves them, each in one transaction."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ajar.clinic.consent.services import countersign, sign_as_patient, withdraw
from ajar.clinic.demo.courses import lay_out, sessions_of_course, workday_before
from ajar.clinic.demo.day import Team, Telling
from ajar.clinic.demo.evaluating import evaluate
from ajar.clinic.demo.people import person_number
from ajar.clinic.demo.plots import Chapter, Plot, answers_after, baseline_answers
from ajar.clinic.demo.today import tell_today
from ajar.clinic.demo.whole import sign, tell_whole_session
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.rems import enrol
from ajar.clinic.followup.services import record_answers
from ajar.clinic.integration.services import record_session
from ajar.clinic.ledger.services import ANYWHERE
from ajar.clinic.patients.models import Patient
from ajar.clinic.patients.services import register_patient
from ajar.clinic.scheduling.models import Room, Slot
from ajar.clinic.screening.services import Identity, answer_item, book_consultation, start_visit
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.services import close_task
from ajar.pathway.consent.entries import Signatory
from ajar.pathway.consent.library import document_for
from ajar.pathway.dosing.entries import RemsEnrolled
from ajar.pathway.evaluation.products import NASAL
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.integration.entries import IntegrationHeld
from ajar.pathway.patients.facts import Sex
from ajar.pathway.staff.roles import Role

EVALUATED_DAYS_BEFORE: Final = 10
RISK_ANSWERS: Final = (2, 3, 2, 2, 1, 3, 2, 1, 2)
NOT_YET: Final = (Chapter.BOOKED, Chapter.AT_RISK)
BEGUN: Final = (Chapter.IN_COURSE, Chapter.TODAY, Chapter.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The staff of one site."""

    site: Site
    prescriber: Account
    nurse: Account
    second: Account
    therapist: Account

    @classmethod
    def of(cls, site: Site) -> "Cast":
        """Who works there."""
        nurses = list(site.accounts.filter(role=Role.NURSE).order_by("printed_name"))
        return cls(
            site=site,
            prescriber=site.accounts.get(role=Role.PRESCRIBER),
            nurse=nurses[0],
            second=nurses[1],
            therapist=site.accounts.get(role=Role.THERAPIST),
        )

    @property
    def team(self) -> Team:
        """Who runs a session."""
        return Team(nurse=self.nurse, second=self.second, prescriber=self.prescriber)


def number_of(index: int) -> str:
    """The record number of synthetic patient `index`: known, so that a second run finds them."""
    return f"SYN-{1001 + index}"


def is_told(index: int) -> bool:
    """Is this patient there already?"""
    given, family, _ = person_number(index)
    return Patient.objects.filter(Q(mrn=number_of(index)) | Q(given_name=given, family_name=family)).exists()


@transaction.atomic
def tell(index: int, plot: Plot, *, now: datetime) -> None:
    """Build the patient's whole history up to now."""
    cast = Cast.of(Site.objects.get(slug=plot.site))
    if plot.chapter in NOT_YET:
        _come_by_the_website(index, plot, cast, now=now)
        return
    begun = plot.chapter in BEGUN
    meets = _meeting_day(plot, index, now.astimezone(cast.site.zone).date())
    planned_days = 7 * plot.sessions // 2 + EVALUATED_DAYS_BEFORE
    evaluated_at = _at(meets - timedelta(days=planned_days if begun else 2 + index % 4), time(10), cast)
    patient = _register(index, plot, cast, now=evaluated_at - timedelta(days=5))
    _ask_at_first(patient, index, cast, now=evaluated_at)
    evaluate(patient, plot, index, by=cast.prescriber, now=evaluated_at)
    if begun or plot.chapter in (Chapter.PLAN_OPEN, Chapter.WITHDRAWN):
        consent(patient, plot, cast, now=evaluated_at + timedelta(hours=1))
    if plot.chapter is Chapter.WITHDRAWN:
        _take_back(patient, plot, cast, now=evaluated_at + timedelta(days=1))
    if begun:
        _through_the_course(patient, plot, index, cast, meets=meets, now=now)


def _meeting_day(plot: Plot, index: int, today: date) -> date:
    """The day on which the course's next session falls."""
    meets = workday_before(today)
    if plot.chapter is Chapter.DONE:
        return workday_before(meets - timedelta(days=plot.days_since_course))
    if plot.chapter is Chapter.IN_COURSE:
        return _next_workday(meets, 1 + index % 2)
    return meets


def _ask_at_first(patient: Patient, index: int, cast: Cast, *, now: datetime) -> None:
    record_answers(
        patient=patient,
        items=baseline_answers(index),
        mode=Mode.SELF_WEB,
        occasion="baseline",
        answered=now - timedelta(hours=2),
        by=cast.prescriber,
        now=now,
    )
    _look_after(patient, cast, now=now)


def _next_workday(day: date, ahead: int) -> date:
    found = day + timedelta(days=ahead)
    return found + timedelta(days=7 - found.weekday()) if found.weekday() > 4 else found


def _at(day: date, clock: time, cast: Cast) -> datetime:
    return datetime.combine(workday_before(day), clock, tzinfo=cast.site.zone)


def _identity(index: int, plot: Plot) -> Identity:
    given, family, sex = person_number(index)
    return Identity(
        given_name=given,
        family_name=family,
        birth_date=date(1962 + index * 11 % 40, 1 + index % 12, 1 + index * 3 % 28),
        sex=Sex(sex),
        email=f"patient{1001 + index}@patients.example",
        phone=f"+1 917 555 0{100 + index}",
        language=plot.language,
    )


def _register(index: int, plot: Plot, cast: Cast, *, now: datetime) -> Patient:
    identity = _identity(index, plot)
    patient = register_patient(
        given_name=identity.given_name,
        family_name=identity.family_name,
        birth_date=identity.birth_date,
        sex=identity.sex,
        site=cast.site,
        now=now,
        email=identity.email,
        phone=identity.phone,
        language=identity.language,
        mrn=number_of(index),
    )
    if plot.signs_in:
        patient.account = Account.objects.create(
            email=patient.email,
            password=cast.nurse.password,
            printed_name=patient.name,
            role=Role.PATIENT.value,
        )
        patient.save(update_fields=["account"])
    return patient


def _come_by_the_website(index: int, plot: Plot, cast: Cast, *, now: datetime) -> None:
    quiz_at = now - timedelta(hours=3 + index % 20)
    visit = start_visit(instrument=PHQ9, language=plot.language, now=quiz_at)
    answers = RISK_ANSWERS if plot.chapter is Chapter.AT_RISK else (*baseline_answers(index)[:8], 0)
    for number, answer in enumerate(answers, start=1):
        answer_item(visit=visit, number=number, answer=answer, now=quiz_at + timedelta(seconds=8 * number))
    visit.refresh_from_db()
    slots = Slot.objects.filter(site=cast.site, starts_at__gt=now, appointments__isnull=True)
    slot = slots.order_by("starts_at")[index % 5]
    book_consultation(
        slot_id=slot.pk, identity=_identity(index, plot), now=quiz_at + timedelta(minutes=4), visit=visit
    )


def _look_after(patient: Patient, cast: Cast, *, now: datetime) -> None:
    """Someone called the same day, as the task asked."""
    for task in Task.objects.filter(patient=patient, done_at=None):
        close_task(
            task=task,
            outcome="Called. C-SSRS screener: wish to be dead, no plan. Safety plan gone through again.",
            by=cast.nurse,
            now=now,
        )


def consent(patient: Patient, plot: Plot, cast: Cast, *, now: datetime) -> None:
    """The patient signs on a clinic device, then the prescriber."""
    document = document_for(plot.product)
    language = patient.language if patient.language in document.languages else "en"
    sign_as_patient(
        patient=patient,
        document_id=document.id,
        language=language,
        shown_digest=document.digest(language),
        elements=tuple(part.id for part in document.text(language).elements),
        typed_name=patient.name,
        by=cast.nurse,
        now=now,
        expected=ANYWHERE,
    )
    countersign(
        patient=patient,
        document_id=document.id,
        by=cast.prescriber,
        now=now + timedelta(minutes=12),
        expected=ANYWHERE,
    )
    if plot.product in NASAL:
        _enrol(patient, cast, now=now + timedelta(minutes=20))


def _enrol(patient: Patient, cast: Cast, *, now: datetime) -> None:
    signed_on = now.astimezone(cast.site.zone).date()
    enrolled = RemsEnrolled(
        enrolled_on=signed_on,
        reference=f"SYN-REMS-{patient.mrn}",
        setting_id=cast.site.rems_site_id,
        prescriber=cast.prescriber.titled_name,
        patient_signed_on=signed_on,
        prescriber_signed_on=signed_on,
    )
    enrol(patient=patient, enrolled=enrolled, by=cast.nurse, now=now, expected=ANYWHERE)


def _take_back(patient: Patient, plot: Plot, cast: Cast, *, now: datetime) -> None:
    withdraw(
        patient=patient,
        document_id=document_for(plot.product).id,
        because=f"Would rather wait ({Signatory.PATIENT}).",
        by=cast.nurse,
        now=now,
        expected=ANYWHERE,
    )


def _through_the_course(
    patient: Patient, plot: Plot, index: int, cast: Cast, *, meets: date, now: datetime
) -> None:
    course_id = lay_out(patient, plot, index, meets=meets, now=now, by=cast.prescriber)
    sessions = sessions_of_course(patient, course_id)
    for done, session in enumerate(sessions[: plot.sessions], start=1):
        starts_at = session.plan.starts_at + timedelta(minutes=25)
        telling = _telling(session.encounter_id, index, cast, first_drug_at=starts_at)
        tell_whole_session(telling)
        sign(telling, 170)
        _integrate(patient, cast, telling, now=now)
        if done % 2 == 0:
            _ask(patient, plot, index, cast, telling, share=done / len(sessions), now=now)
    if plot.today is not None:
        tell_today(
            _telling(sessions[plot.sessions].encounter_id, index, cast, first_drug_at=now),
            plot.today,
            now=now,
        )


def _telling(encounter_id: UUID, index: int, cast: Cast, *, first_drug_at: datetime) -> Telling:
    rooms = list(Room.objects.filter(site=cast.site, kind=Room.Kind.TREATMENT, active=True))
    taken = set(
        DosingNow.objects.filter(site=cast.site, room_id__isnull=False, closed_at=None).values_list(
            "room_id", flat=True
        )
    )
    free = [room for room in rooms if room.pk not in taken]
    return Telling(
        encounter_id=encounter_id, index=index, room=free[0], first_drug_at=first_drug_at, team=cast.team
    )


def _ask(
    patient: Patient, plot: Plot, index: int, cast: Cast, telling: Telling, *, share: float, now: datetime
) -> None:
    """A questionnaire three days after every second dose."""
    asked_at = telling.at(3 * 24 * 60)
    called_at = asked_at + timedelta(hours=3)
    if called_at >= now:
        return
    record_answers(
        patient=patient,
        items=answers_after(index, plot.answer, share),
        mode=Mode.SELF_WEB,
        occasion="between doses",
        answered=asked_at,
        by=cast.nurse,
        now=asked_at,
    )
    _look_after(patient, cast, now=called_at)


def _integrate(patient: Patient, cast: Cast, telling: Telling, *, now: datetime) -> None:
    """An integration session the day after the dose."""
    met_at = telling.at(26 * 60)
    if (written_at := met_at + timedelta(hours=1)) < now:
        held = IntegrationHeld(
            dosing_encounter_id=telling.encounter_id,
            minutes=50,
            attendees="patient, therapist",
            insights="The heaviness is something that comes and goes.",
            emotions="Relief first, then sadness that could be borne.",
            thought_patterns="Notices 'always' and 'never' sooner.",
            change="Walks to work twice this week.",
            home_practice="Ten minutes of writing in the evening.",
            patient_may_read=True,
        )
        record_session(
            patient=patient,
            site=cast.site,
            held=held,
            held_at=met_at,
            private_note="Grief for the brother; go slowly.",
            by=cast.therapist,
            now=written_at,
        )
