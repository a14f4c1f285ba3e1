"""Writes of the integration room: a session held, its correction, and the therapist's own note."""

from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.ledger.services import ANYWHERE, append, correct
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.patients.services import open_encounter
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.services import open_task
from ajar.pathway.integration.entries import IntegrationHeld, PrivateNoteWritten, RiskRating, SessionHeld
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.patients.facts import refuse_future
from ajar.pathway.screening.risk import SAME_DAY_TITLE, URGENT_TITLE
from ajar.pathway.staff.roles import Role

RISK_KIND: Final = "integration-risk"


class SessionRefused(ValueError):
    """What was written cannot stand, in words for the therapist."""


@transaction.atomic
def record_session(
    *,
    patient: Patient,
    site: Site,
    held: IntegrationHeld,
    held_at: datetime,
    private_note: str = "",
    by: Account,
    now: datetime,
) -> Entry:
    """Store a session that began at `held_at` and the author's private note: both or nothing.

    Raises:
        SessionRefused: the session lies in the future, or names a dose of someone else.
    """
    _refuse_future(held_at, now)
    _refuse_foreign_dose(patient, held.dosing_encounter_id)
    meeting = open_encounter(patient=patient, site=site, kind=Encounter.Kind.INTEGRATION, now=now)
    _tell_of_risk(patient, held, held_at, now)
    payloads = [held, *([PrivateNoteWritten(text=private_note)] if private_note.strip() else [])]
    new = [NewEntry(payload=payload, happened_at=held_at, encounter_id=meeting.pk) for payload in payloads]
    return append(new, patient_id=patient.pk, expected=ANYWHERE, by=author_of(by), now=now)[0]


@transaction.atomic
def correct_session(
    *, entry: Entry, held: IntegrationHeld, held_at: datetime, reason: str, by: Account, now: datetime
) -> Entry:
    """Put a corrected session in the place of `entry`; the old text stays readable.

    Raises:
        SessionRefused: someone else wrote it, the reason is missing, or the session lies in the future.
    """
    _refuse_others_note(entry, by)
    _refuse_future(held_at, now)
    _refuse_silence(reason)
    patient = Patient.objects.select_related("site").get(pk=entry.patient_id)
    _tell_of_risk(patient, held, held_at, now)
    return correct(entry=entry, payload=held, reason=reason, by=author_of(by), now=now, happened_at=held_at)


@transaction.atomic
def correct_private_note(*, entry: Entry, text: str, reason: str, by: Account, now: datetime) -> Entry:
    """Rewrite one's own private note; the old one stays readable to its author alone.

    Raises:
        SessionRefused: someone else wrote it, or a text is missing.
    """
    _refuse_others_note(entry, by)
    _refuse_silence(reason)
    if not text.strip():
        raise SessionRefused(_("Write the note, or leave it as it is."))
    return correct(
        entry=entry, payload=PrivateNoteWritten(text=text), reason=reason, by=author_of(by), now=now
    )


@transaction.atomic
def add_private_note(*, session: Entry, text: str, by: Account, now: datetime) -> Entry:
    """Write a private note to a session held earlier, by the therapist who held it.

    Raises:
        SessionRefused: someone else held the session, or nothing was written.
    """
    _refuse_others_note(session, by)
    if not text.strip():
        raise SessionRefused(_("Write the note, or leave it as it is."))
    new = NewEntry(
        payload=PrivateNoteWritten(text=text),
        happened_at=session.happened_at,
        encounter_id=session.encounter_id,
    )
    return append([new], patient_id=session.patient_id, expected=ANYWHERE, by=author_of(by), now=now)[0]


def _tell_of_risk(patient: Patient, held: IntegrationHeld, held_at: datetime, now: datetime) -> None:
    """A moderate or high rating is the prescriber's to hear of today (design default)."""
    if not isinstance(held, SessionHeld) or not held.risk.calls:
        return
    high = held.risk is RiskRating.HIGH
    end_of_day = datetime.combine(now.astimezone(patient.site.zone).date(), time(23, 59), patient.site.zone)
    open_task(
        kind=RISK_KIND,
        title=URGENT_TITLE if high else SAME_DAY_TITLE,
        because=f"The therapist rated the risk as {held.risk}. Rule {held.session_type}; clinical.md 5.3.",
        owner_role=Role.PRESCRIBER,
        due_at=now + timedelta(hours=1) if high else max(end_of_day, now + timedelta(hours=1)),
        now=now,
        urgency=Task.Urgency.URGENT,
        patient=patient,
        subject_ref=f"session:{patient.pk}:{held_at.isoformat()}",
        contact=patient.phone,
    )


def _refuse_future(held_at: datetime, now: datetime) -> None:
    try:
        refuse_future("held_at", held_at, now=now)
    except ValueError:
        raise SessionRefused(_("The session lies in the future. Write it down once it was held.")) from None


def _refuse_foreign_dose(patient: Patient, encounter_id: UUID | None) -> None:
    if encounter_id is None:
        return
    if not Encounter.objects.filter(pk=encounter_id, patient=patient, kind=Encounter.Kind.DOSING).exists():
        raise SessionRefused(_("That dose is not in this patient's chart."))


def _refuse_others_note(entry: Entry, by: Account) -> None:
    if entry.recorded_by.id != str(by.pk):
        raise SessionRefused(_("Only its author changes a session's note."))


def _refuse_silence(reason: str) -> None:
    if not reason.strip():
        raise SessionRefused(_("Say why it is changed."))
