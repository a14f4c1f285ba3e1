"""The patient's own pages: what is next, what is coming, how it has been. Only what is theirs to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ajar.clinic.discharge.giving import given_in
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.followup.models import QuestionnaireInvitation
from ajar.clinic.followup.selectors import due_for, open_invitations
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import entries_of
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Appointment, AppointmentType
from ajar.clinic.staff.models import Account
from ajar.pathway.careplan.entries import CourseOrdered
from ajar.pathway.consent.documents import ConsentDocument, UnknownDocument
from ajar.pathway.consent.entries import ConsentSigned, ConsentWithdrawn
from ajar.pathway.consent.library import document_for
from ajar.pathway.consent.validity import StandingKind, consent_standing
from ajar.pathway.discharge.entries import InstructionsGiven, Way
from ajar.pathway.dosing.stage import IN_ROOM, Stage
from ajar.pathway.evaluation.entries import EvaluationSigned
from ajar.pathway.evaluation.findings import Outcome
from ajar.pathway.followup.coming import ComingSession, NoRegimen, coming_session
from ajar.pathway.followup.schedule import Asking
from ajar.pathway.ledger.entry import effective
from ajar.pathway.ledger.payload import EnteredInError

PLAN_KINDS: Final = tuple(
    payload.KIND
    for payload in (EvaluationSigned, CourseOrdered, ConsentSigned, ConsentWithdrawn, EnteredInError)
)
TO_SIGN: Final = frozenset({StandingKind.NO_PATIENT_SIGNATURE, StandingKind.EXPIRED, StandingKind.OUTDATED})
"""Consent that waits for the patient. One that was withdrawn is not asked for again by a page."""
PREPARE_WITHIN: Final = timedelta(hours=36)
"""From the evening before, the session itself is the next thing (design default)."""
MESSAGE_STANDS: Final = timedelta(days=14)
"""So long the instructions of a session stand on the patient's home page (design default)."""
SESSION_WORDS: Final[dict[Stage, Promise]] = {
    Stage.PLANNED: _("planned"),
    Stage.DISCHARGED: _("done"),
    Stage.CANCELLED: _("cancelled"),
    **dict.fromkeys(IN_ROOM, _("today")),
}


class Next(StrEnum):
    """The one next thing to do."""

    CONSENT = "consent"
    QUESTIONNAIRE = "questionnaire"
    SESSION = "session"
    APPOINTMENT = "appointment"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSession:
    """One dosing session of the course, as its patient knows it."""

    number: int
    starts_at: datetime
    words: Promise
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Instructions that were sent to the patient after a session, in a language."""

    encounter_id: UUID
    sent_at: datetime
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The session to come, with the times that the day turns around; `times` is None without a regimen."""

    appointment_at: datetime
    number: int
    site_name: str
    address: str
    times: ComingSession | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCare:
    """Everything on the patient's home page."""

    patient: Patient
    next: Next
    consent: ConsentDocument | None
    invitation: QuestionnaireInvitation | None
    asking: Asking | None
    session: Session | None
    appointments: Sequence[Appointment]
    course: Sequence[OwnSession]
    messages: Sequence[Message] = ()


def own_patient(account: Account) -> Patient:
    """The patient that this account is.

    Raises:
        Http404: the account is nobody's.
    """
    patient = Patient.objects.select_related("site").filter(account=account).first()
    if patient is None:
        raise Http404("This account is no patient's.")
    return patient


def own_care(patient: Patient, *, viewer: Account, now: datetime) -> OwnCare:
    """What the patient's home page shows at `now`."""
    rows = list(DosingNow.objects.filter(patient=patient).select_related("site").order_by("starts_at"))
    consent = consent_to_sign(patient, viewer=viewer, now=now)
    invitations = open_invitations(patient, now=now)
    asking = _asking_today(patient, now) if rows else None
    session = _session(rows, now)
    appointments = _appointments(patient, now, {row.encounter_id for row in rows})
    return OwnCare(
        patient=patient,
        next=_next(consent, invitations, asking, session, appointments, now),
        consent=consent,
        invitation=invitations[0] if invitations else None,
        asking=asking,
        session=session,
        appointments=appointments,
        course=[_own(row) for row in rows],
        messages=[m for m in messages_to(patient, viewer=viewer) if now - m.sent_at <= MESSAGE_STANDS],
    )


def messages_to(patient: Patient, *, viewer: Account) -> list[Message]:
    """The instructions sent to this patient, the newest of each session, newest first."""
    entries = entries_of(patient.pk, viewer=viewer, kinds=(InstructionsGiven.KIND, EnteredInError.KIND))
    newest: dict[UUID, Message] = {}
    for encounter_id in {entry.encounter_id for entry in entries if entry.encounter_id is not None}:
        for given in given_in(entry for entry in entries if entry.encounter_id == encounter_id):
            if given.said.way is Way.PORTAL:
                newest[encounter_id] = Message(
                    encounter_id=encounter_id, sent_at=given.at, language=given.said.language
                )
    return sorted(newest.values(), key=lambda message: message.sent_at, reverse=True)


def consent_to_sign(patient: Patient, *, viewer: Account, now: datetime) -> ConsentDocument | None:
    """The consent that waits for this patient's signature, once a treatment has been found suitable."""
    entries = entries_of(patient.pk, viewer=viewer, kinds=PLAN_KINDS)
    signed = [e.payload for e in effective(entries) if isinstance(e.payload, EvaluationSigned)]
    if not signed or not Outcome(signed[-1].outcome).is_eligible:
        return None
    try:
        document = document_for(signed[-1].product)
    except UnknownDocument:
        return None
    standing = consent_standing(entries, document, now.astimezone(patient.site.zone).date())
    return document if standing.kind in TO_SIGN else None


def _next(
    consent: ConsentDocument | None,
    invitations: Sequence[QuestionnaireInvitation],
    asking: Asking | None,
    session: Session | None,
    appointments: Sequence[Appointment],
    now: datetime,
) -> Next:
    soon = session is not None and session.appointment_at - now <= PREPARE_WITHIN
    order = (
        (Next.CONSENT, consent is not None),
        (Next.SESSION, soon),
        (Next.QUESTIONNAIRE, bool(invitations) or asking is not None),
        (Next.SESSION, session is not None),
        (Next.APPOINTMENT, bool(appointments)),
    )
    return next((step for step, applies in order if applies), Next.NOTHING)


def _asking_today(patient: Patient, now: datetime) -> Asking | None:
    """What the schedule asks today. Before a course is planned only the clinic asks."""
    asking = due_for(patient, now=now)
    today = now.astimezone(patient.site.zone).date()
    return asking if asking is not None and asking.is_open(today) else None


def _session(rows: Sequence[DosingNow], now: datetime) -> Session | None:
    coming = [row for row in rows if row.stage == Stage.PLANNED and row.starts_at >= now - timedelta(hours=2)]
    if not coming:
        return None
    row = coming[0]
    try:
        times = coming_session(row.product, arrive_at=row.starts_at, policy=programme().readiness)
    except NoRegimen:
        times = None
    place = ", ".join(part for part in (row.site.address, row.site.city) if part)
    return Session(
        appointment_at=row.starts_at, number=row.number, site_name=row.site.name, address=place, times=times
    )


def _appointments(patient: Patient, now: datetime, dosing: set[UUID]) -> list[Appointment]:
    """Consultations and integration sessions to come; dosing sessions stand in the course."""
    booked = Appointment.objects.filter(
        patient=patient, status=Appointment.Status.BOOKED, ends_at__gte=now
    ).exclude(type_id=AppointmentType.DOSING)
    found = booked.select_related("type", "site").order_by("starts_at")
    return [appointment for appointment in found if appointment.encounter_id not in dosing]


def _own(row: DosingNow) -> OwnSession:
    stage = Stage(row.stage)
    return OwnSession(
        number=row.number,
        starts_at=row.first_dose_at or row.starts_at,
        words=SESSION_WORDS[stage],
        is_over=stage in (Stage.DISCHARGED, Stage.CANCELLED),
    )
