"""The quiz as it is answered, and the booking that may follow it.

Every step of the quiz is kept at once, and a risk answer opens a task at once. Whoever books gets a chart
of their own: a person who seems to be known already is never merged without a human.
"""

from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_urlsafe
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Patient
from ajar.clinic.patients.services import register_patient
from ajar.clinic.scheduling.models import Appointment
from ajar.clinic.scheduling.services import NotBooked, book_slot, cancel
from ajar.clinic.screening.models import ScreeningVisit
from ajar.clinic.staff.models import Site
from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.services import bind_tasks, open_task
from ajar.pathway.instruments.answers import Mode
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.recording import recorded
from ajar.pathway.instruments.score import Risk, risk_of
from ajar.pathway.ledger.entry import Author, AuthorKind, NewEntry, Source
from ajar.pathway.patients.facts import Sex
from ajar.pathway.screening.risk import due_at, task_for
from ajar.pathway.staff.roles import Role

TASK_KIND: Final = "phq9-item-9"
DUPLICATE_KIND: Final = "possible-duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a visitor says they are when they book."""

    given_name: str
    family_name: str
    birth_date: date
    sex: Sex
    email: str = ""
    phone: str = ""
    language: str = "en"


@transaction.atomic
def start_visit(*, instrument: Instrument, language: str, now: datetime) -> ScreeningVisit:
    """Begin a quiz under a random token. Nothing is asked about who answers."""
    return ScreeningVisit.objects.create(
        token=token_urlsafe(32),
        instrument_id=instrument.id,
        language=instrument.wording(language).language,
        answers=[None] * instrument.item_count,
        started_at=now,
        answered_at=now,
    )


@transaction.atomic
def answer_item(*, visit: ScreeningVisit, number: int, answer: int | None, now: datetime) -> Risk | None:
    """Keep one answer; return its warning the first time it is given, or when it has risen since.

    The task opens here, on the answer, and not when the form is handed in (clinical.md 6.2).
    """
    held = ScreeningVisit.objects.select_for_update().get(pk=visit.pk)
    held.answers[number - 1] = answer
    held.answered_at = now
    risk = risk_of(held.instrument, number, answer)
    fresh = risk is not None and risk.answer > held.risk_answer
    if risk is not None and fresh:
        held.risk_answer = risk.answer
        _open_risk_task(held, risk, now=now)
    if number == held.instrument.item_count and not fresh:
        held.finished_at = now
    held.save()
    return risk if fresh else None


@transaction.atomic
def ask_for_call(*, visit: ScreeningVisit, phone: str, now: datetime) -> None:
    """The visitor wants to be called: the open task gets a number."""
    held = ScreeningVisit.objects.select_for_update().get(pk=visit.pk)
    held.phone, held.call_asked_at = phone, now
    held.save(update_fields=["phone", "call_asked_at"])
    if (risk := standing_risk(held)) is not None:
        _open_risk_task(held, risk, now=now)


@transaction.atomic
def say_safe(*, visit: ScreeningVisit, now: datetime) -> None:
    """The visitor says that they are safe now. The task stays: a person still looks at it."""
    held = ScreeningVisit.objects.select_for_update().get(pk=visit.pk)
    held.safe_said_at = now
    held.save(update_fields=["safe_said_at"])
    if (risk := standing_risk(held)) is not None:
        _open_risk_task(held, risk, now=now)


@transaction.atomic
def bind_visit(*, visit: ScreeningVisit, patient: Patient) -> None:
    """From now on the quiz, and the tasks it opened, belong to a patient."""
    ScreeningVisit.objects.filter(pk=visit.pk).update(patient=patient)
    contact = visit.phone or patient.phone or patient.email
    bind_tasks(subject_ref=visit.subject_ref, patient=patient, contact=contact)


def standing_risk(visit: ScreeningVisit) -> Risk | None:
    """The warning of the highest answer to the safety item that this visit ever gave."""
    found = [
        risk_of(visit.instrument, item.number, visit.risk_answer) for item in visit.instrument.safety_items
    ]
    return next((risk for risk in found if risk is not None), None)


def _open_risk_task(visit: ScreeningVisit, risk: Risk, *, now: datetime) -> Task:
    """Open the task, or sharpen the open one of this visit (it is never doubled)."""
    rule = task_for(risk)
    site = visit.patient.site if visit.patient else None
    return open_task(
        kind=TASK_KIND,
        title=rule.title,
        because=" ".join((rule.because, *_what_visitor_said(visit))),
        owner_role=rule.owner,
        due_at=due_at(rule, now=now.astimezone(site.zone if site else clinic_zone())),
        now=now,
        urgency=Task.Urgency.URGENT,
        patient=visit.patient,
        site=site,
        subject_ref=visit.subject_ref,
        contact=visit.phone,
    )


def _what_visitor_said(visit: ScreeningVisit) -> list[str]:
    """In English whatever the visitor's language: staff read it."""
    said = ["Self-screening on the website."]
    if visit.phone:
        said.append("The visitor asks to be called.")
    elif visit.patient is None:
        said.append("No name and no number were given yet.")
    if visit.safe_said_at is not None:
        said.append("The visitor says: I am safe now.")
    return said


def clinic_zone() -> ZoneInfo:
    """The zone whose day counts while nobody knows where the visitor is: that of the first site."""
    site = Site.objects.order_by("telehealth", "name").first()
    return site.zone if site else ZoneInfo("UTC")


@transaction.atomic
def book_consultation(
    *,
    slot_id: UUID,
    identity: Identity,
    now: datetime,
    kept_with: str = "",
    visit: ScreeningVisit | None = None,
) -> Appointment:
    """Book a slot for a visitor: chart, appointment, quiz answers and open tasks, all or nothing.

    Raises:
        SlotTaken: somebody else has the slot; nothing was written, not even the chart.
    """
    site = Site.objects.get(slots=slot_id)
    known = _known_as(identity)
    patient = register_patient(
        given_name=identity.given_name,
        family_name=identity.family_name,
        birth_date=identity.birth_date,
        sex=identity.sex,
        site=site,
        now=now,
        email=identity.email,
        phone=identity.phone,
        language=identity.language,
    )
    appointment = book_slot(slot_id=slot_id, patient=patient, now=now, token=kept_with)
    for other in known:
        _open_duplicate_task(patient, other, due=appointment.starts_at, now=now)
    if visit is not None and visit.answered and visit.patient is None:
        _take_over_quiz(visit, patient, now=now)
    return appointment


@transaction.atomic
def move_consultation(
    *, appointment: Appointment, slot_id: UUID, now: datetime, kept_with: str = ""
) -> Appointment:
    """Book another slot instead of the one held. The link stays the same; the old row stays, cancelled.

    Raises:
        SlotTaken: somebody else has the new slot; the old appointment stands.
        NotBooked: the old appointment does not stand any more, or its time has come.
    """
    _refuse_begun(appointment, now=now)
    old = cancel(appointment=appointment, reason="Moved by the patient.", now=now, by=None)
    new = book_slot(slot_id=slot_id, patient=old.patient, now=now, token=kept_with)
    new.token, old.token = old.token, ""
    old.save(update_fields=["token"])
    new.save(update_fields=["token"])
    return new


@transaction.atomic
def cancel_consultation(*, appointment: Appointment, reason: str, now: datetime) -> Appointment:
    """Give up a consultation by its link.

    Raises:
        NotBooked: it was given up before, or its time has come.
    """
    _refuse_begun(appointment, now=now)
    return cancel(appointment=appointment, reason=reason or "Cancelled by the patient.", now=now, by=None)


def _refuse_begun(appointment: Appointment, *, now: datetime) -> None:
    if appointment.starts_at <= now:
        raise NotBooked(_("This appointment has begun or is over; please call us."))


def _known_as(identity: Identity) -> list[Patient]:
    """Charts of people with the same name and date of birth."""
    return list(
        Patient.objects.filter(
            given_name__iexact=identity.given_name.strip(),
            family_name__iexact=identity.family_name.strip(),
            birth_date=identity.birth_date,
        )
    )


def _open_duplicate_task(patient: Patient, other: Patient, *, due: datetime, now: datetime) -> None:
    same_mail = bool(patient.email) and patient.email.lower() == other.email.lower()
    mail = "the same" if same_mail else "another one"
    because = (
        f"Same name and date of birth as {other.mrn} ({other.site.name}); the e-mail address is {mail}. "
        "The two charts stay apart until someone has asked."
    )
    open_task(
        kind=DUPLICATE_KIND,
        title="Look whether this is one person with two charts",
        because=because,
        owner_role=Role.FRONT_DESK,
        due_at=due,
        now=now,
        patient=patient,
        subject_ref=f"{patient.mrn}/{other.mrn}",
    )


def _take_over_quiz(visit: ScreeningVisit, patient: Patient, *, now: datetime) -> None:
    """The quiz becomes the first entry of the chart, at the time when it was answered."""
    instrument = visit.instrument
    answered = recorded(
        instrument,
        items=visit.items,
        mode=Mode.SELF_WEB,
        language=visit.language,
        occasion="screening",
        attribution=instrument.wording(visit.language).attribution,
    )
    new = NewEntry(
        payload=answered,
        happened_at=visit.finished_at or visit.answered_at,
        source=Source.LINK,
        source_ref=visit.subject_ref,
    )
    author = Author(kind=AuthorKind.PATIENT, id=str(patient.pk), name=patient.name)
    append([new], patient_id=patient.pk, expected=ANYWHERE, by=author, now=now)
    bind_visit(visit=visit, patient=patient)
