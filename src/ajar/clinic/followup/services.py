"""Writes of follow-up at the clinic's side: inviting, sending, cancelling, and answers that staff took."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Final

from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ajar.clinic.followup.models import AskingStopped, QuestionnaireInvitation
from ajar.clinic.followup.risk import open_blank_task, open_risk_task
from ajar.clinic.followup.selectors import DuePatient, answered_at, doses_of, mailable, measures_of
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.pathway.followup.schedule import Asking, next_asking
from ajar.pathway.instruments.answers import Mode, TextFrom
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.instruments.recording import recorded
from ajar.pathway.instruments.score import risk
from ajar.pathway.ledger.entry import Entry, NewEntry, Source
from ajar.pathway.patients.facts import refuse_future
from ajar.pathway.screening.risk import task_for_blank

ANSWER_WITHIN: Final = timedelta(hours=48)
"""How long someone has before an unanswered questionnaire counts as late (design default)."""
AT_LEAST_OPEN: Final = timedelta(days=3)
"""A link sent late in its window still works this long (design default)."""


class InvitationRefused(ValueError):
    """Nothing can be sent, in words for whoever tried."""


@transaction.atomic
def invite(
    *,
    patient: Patient,
    occasion: str,
    expires_at: datetime,
    by: Account | None,
    now: datetime,
    instrument: Instrument = PHQ9,
    send_at: datetime | None = None,
    due_at: datetime | None = None,
    language: str = "",
) -> QuestionnaireInvitation:
    """Prepare a link for one occasion, or return the open one of the same occasion (it is never doubled).

    Raises:
        InvitationRefused: the link would end before it begins.
    """
    if expires_at <= (send_at or now):
        raise InvitationRefused(_("A link must end after it is sent."))
    found = QuestionnaireInvitation.objects.select_for_update().filter(
        patient=patient, instrument=instrument.id, occasion=occasion, answered_at=None, cancelled_at=None
    )
    kept = found.first()
    if kept is not None and kept.is_open(now):
        return kept
    found.update(cancelled_at=now, cancelled_because="a new link was made after this one ended")
    return QuestionnaireInvitation.objects.create(
        patient=patient,
        instrument=instrument.id,
        occasion=occasion,
        language=language or patient.language,
        invited_at=now,
        invited_by=by,
        send_at=send_at or now,
        due_at=due_at or min(now + ANSWER_WITHIN, expires_at),
        expires_at=expires_at,
    )


@transaction.atomic
def invite_next(
    *, patient: Patient, by: Account | None, now: datetime, instrument: Instrument | None = None
) -> QuestionnaireInvitation:
    """Prepare the link that the schedule asks for now: of the condition's measure unless one is named.

    Raises:
        InvitationRefused: nothing is due today, with the day on which something will be.
    """
    zone, instrument = patient.site.zone, instrument or measures_of(patient).asked
    if AskingStopped.objects.filter(pk=patient.pk).exists():
        raise InvitationRefused(_("This patient does not want to be sent questionnaires."))
    asking = next_asking(
        instrument,
        doses=doses_of(patient),
        answered=answered_at(patient, instrument),
        zone=zone,
        now=now,
        cadence=programme().asking,
    )
    if asking is None:
        raise InvitationRefused(_("No questionnaire is planned for this patient."))
    if not asking.is_open(now.astimezone(zone).date()):
        day = date_format(asking.due_on, "DATE_FORMAT")
        raise InvitationRefused(
            _("Nothing is due today; the next questionnaire is on %(day)s.") % {"day": day}
        )
    return invite(
        patient=patient,
        occasion=asking.occasion,
        expires_at=max(end_of(asking, patient), now + AT_LEAST_OPEN),
        by=by,
        now=now,
        instrument=instrument,
    )


def end_of(asking: Asking, patient: Patient) -> datetime:
    """The last minute of an asking's window, where the patient lives."""
    return datetime.combine(asking.closes_on, time(23, 59), tzinfo=patient.site.zone)


def send_link(*, invitation: QuestionnaireInvitation, url: str, now: datetime) -> QuestionnaireInvitation:
    """E-mail the link in the patient's language, with nothing about health in the subject or the text.

    Raises:
        InvitationRefused: the patient has no e-mail address, the link has ended, or no mail went out.
    """
    patient = invitation.patient
    if not patient.email:
        raise InvitationRefused(_("This patient has no e-mail address; copy the link instead."))
    if not invitation.is_open(now):
        raise InvitationRefused(_("This link has ended; make a new one."))
    with translation.override(invitation.language):
        words = {"clinic": patient.site.name, "url": url}
        subject = _("A few questions from your clinic in %(clinic)s") % words
        text = _(
            "Please answer a few questions; it takes about two minutes and needs no password:\n\n%(url)s\n"
        )
        try:
            send_mail(subject, text % words, None, [patient.email])
        except OSError as failed:  # SMTPException is one
            raise InvitationRefused(_("The mail could not be sent; copy the link instead.")) from failed
    QuestionnaireInvitation.objects.filter(pk=invitation.pk).update(sent_at=now)
    invitation.sent_at = now
    return invitation


def send_due(
    *,
    rows: Sequence[DuePatient],
    url_of: Callable[[QuestionnaireInvitation], str],
    by: Account,
    now: datetime,
) -> int:
    """Make and mail the link of everyone in `rows` who has an e-mail address; returns how many were sent.

    Each is its own transaction: a mail server that fails halfway leaves what was sent as sent.
    """
    wanted = mailable(rows)
    for row in wanted:
        invitation = invite_next(patient=row.patient, by=by, now=now, instrument=row.instrument)
        send_link(invitation=invitation, url=url_of(invitation), now=now)
    return len(wanted)


@transaction.atomic
def cancel_invitation(*, invitation: QuestionnaireInvitation, because: str, now: datetime) -> None:
    """End a link that should not be answered any more. An answered one stays as it is."""
    open_one = QuestionnaireInvitation.objects.filter(pk=invitation.pk, answered_at=None, cancelled_at=None)
    open_one.update(cancelled_at=now, cancelled_because=because, draft=[])


@transaction.atomic
def record_answers(
    *,
    patient: Patient,
    items: Sequence[int | None],
    mode: Mode,
    occasion: str,
    answered: datetime,
    by: Account,
    now: datetime,
    instrument: Instrument = PHQ9,
    language: str = "",
    source_ref: str = "",
    text_from: TextFrom = TextFrom.SHIPPED,
    attribution: str = "",
) -> Entry:
    """Record a questionnaire that was answered on paper, aloud or at a kiosk, and open what it asks for.

    Raises:
        ValueError: an answer is not one of the options, or the moment lies in the future.
    """
    refuse_future("answered", answered, now=now)
    payload = recorded(
        instrument,
        items=items,
        mode=mode,
        language=language or patient.language,
        occasion=occasion,
        text_from=text_from,
        attribution=attribution,
    )
    new = NewEntry(payload=payload, happened_at=answered, source=Source.KEYBOARD, source_ref=source_ref)
    entry = append([new], patient_id=patient.pk, expected=ANYWHERE, by=author_of(by), now=now)[0]
    if (found := risk(instrument, items)) is not None:
        open_risk_task(found, patient=patient, subject=str(entry.id), now=now)
    if (blank := task_for_blank(instrument, items)) is not None:
        open_blank_task(blank, patient=patient, subject=str(entry.id), now=now)
    return entry
