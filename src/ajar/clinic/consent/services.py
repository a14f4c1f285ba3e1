"""Writes of the consent room: the patient's signature, the prescriber's, and the withdrawal.

A page is read slowly, and other rooms go on working meanwhile: a signature is therefore stale only when
this patient's consents themselves changed since the page was opened, not when any decision was made.
"""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.ledger.services import Anywhere, StaleLedger, append, lock_chart
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.pathway.consent.documents import ELEMENT_IDS, ConsentDocument
from ajar.pathway.consent.entries import ConsentSigned, ConsentWithdrawn, Signatory
from ajar.pathway.consent.library import current_document
from ajar.pathway.consent.validity import Standing, StandingKind, consent_standing, valid_until
from ajar.pathway.ledger.entry import Entry, NewEntry, Source
from ajar.pathway.ledger.payload import EnteredInError, Payload

CONSENT_KINDS: Final = (ConsentSigned.KIND, ConsentWithdrawn.KIND, EnteredInError.KIND)


class ConsentRefused(ValueError):
    """It cannot be signed or taken back like this, in words for the person in front of the page."""


@transaction.atomic
def sign_as_patient(
    *,
    patient: Patient,
    document_id: str,
    language: str,
    shown_digest: str,
    elements: Sequence[str],
    typed_name: str,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
) -> Entry:
    """The patient signs exactly the text that was shown.

    `by` is the patient's own account, or the member of staff who handed a clinic device over: the
    author of the entry then is staff, and the signatory still the patient.

    Raises:
        ConsentRefused: the text changed meanwhile, a part is not ticked, or the name is another.
        StaleLedger: a consent of this patient changed since the page was opened.
    """
    document = current_document(document_id)
    _refuse_other_text(document, language, shown_digest)
    _refuse_unticked(document, language, elements)
    _refuse_other_name(patient, typed_name)
    payload = _signature(
        document, language=language, signatory=Signatory.PATIENT, name=patient.name, on=_today(patient, now)
    )
    return _record(payload, patient=patient, by=by, now=now, expected=expected)


@transaction.atomic
def countersign(
    *, patient: Patient, document_id: str, by: Account, now: datetime, expected: int | Anywhere
) -> Entry:
    """The prescriber signs after the patient. The PIN was checked before (confirm_signature).

    Raises:
        ConsentRefused: there is no valid patient's signature to sign under.
    """
    document = current_document(document_id)
    standing = standing_now(patient, document, now=now)
    if standing.kind is not StandingKind.NO_PRESCRIBER_SIGNATURE or standing.patient_entry is None:
        raise ConsentRefused(_("There is nothing to countersign: %(why)s") % {"why": standing.because})
    payload = _signature(
        document,
        language=getattr(standing.patient_entry.payload, "language", document.languages[0]),
        signatory=Signatory.PRESCRIBER,
        name=by.titled_name,
        on=_today(patient, now),
    )
    return _record(payload, patient=patient, by=by, now=now, expected=expected)


@transaction.atomic
def withdraw(
    *,
    patient: Patient,
    document_id: str,
    because: str,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
) -> Entry:
    """The patient takes consent back, themselves or through staff who record it. No reason is needed.

    Raises:
        ConsentRefused: nothing is signed that could be taken back.
    """
    standing = standing_now(patient, current_document(document_id), now=now)
    if standing.patient_entry is None:
        raise ConsentRefused(_("There is no signed consent to take back."))
    payload = ConsentWithdrawn(
        document=document_id,
        withdrawn_by=patient.name,
        because=because.strip(),
        signature_id=standing.patient_entry.id,
    )
    return _record(payload, patient=patient, by=by, now=now, expected=expected)


def standing_now(patient: Patient, document: ConsentDocument, *, now: datetime) -> Standing:
    """Where this consent stands today, by the calendar of the patient's site."""
    return consent_standing(all_entries(patient.pk, kinds=CONSENT_KINDS), document, _today(patient, now))


def same_name(one: str, other: str) -> bool:
    """Are these the same name, letter for letter? Only runs of spaces do not count."""
    return _spelled(one) == _spelled(other)


def _spelled(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def _today(patient: Patient, now: datetime) -> date:
    return now.astimezone(patient.site.zone).date()


def _signature(
    document: ConsentDocument, *, language: str, signatory: Signatory, name: str, on: date
) -> ConsentSigned:
    text = document.text(language)
    by_patient = signatory is Signatory.PATIENT
    return ConsentSigned(
        document=document.id,
        document_version=document.version,
        document_digest=document.digest(language),
        language=language,
        signatory=signatory,
        printed_name=name,
        meaning=text.patient_statement if by_patient else text.prescriber_statement,
        elements=ELEMENT_IDS,
        valid_until=valid_until(document, signed_on=on),
    )


def _refuse_other_text(document: ConsentDocument, language: str, shown_digest: str) -> None:
    if language not in document.languages or document.digest(language) != shown_digest:
        raise ConsentRefused(
            _("The text of this consent changed while you were reading. Nothing was signed; read it again.")
        )


def _refuse_unticked(document: ConsentDocument, language: str, elements: Sequence[str]) -> None:
    headings = [part.heading for part in document.text(language).elements if part.id not in elements]
    if headings:
        parts = "; ".join(headings)
        raise ConsentRefused(_("Tick every part first. Still open: %(parts)s") % {"parts": parts})


def _refuse_other_name(patient: Patient, typed_name: str) -> None:
    if not same_name(patient.name, typed_name):
        raise ConsentRefused(_("Type your full name exactly like this: %(name)s") % {"name": patient.name})


def _record(
    payload: Payload, *, patient: Patient, by: Account, now: datetime, expected: int | Anywhere
) -> Entry:
    position = _unless_consents_changed(patient.pk, expected)
    source = Source.KEYBOARD if by.is_staff_member else Source.PORTAL
    new = NewEntry(payload=payload, happened_at=now, source=source)
    (entry,) = append([new], patient_id=patient.pk, expected=position, by=author_of(by), now=now)
    return entry


def _unless_consents_changed(patient_id: UUID, expected: int | Anywhere) -> int | Anywhere:
    """The decision position to append after, held until the transaction ends.

    Raises:
        StaleLedger: a consent of this patient was signed, withdrawn or corrected after `expected`.
    """
    head = lock_chart(patient_id)
    if isinstance(expected, Anywhere):
        return expected
    changed = [e.position for e in all_entries(patient_id, kinds=CONSENT_KINDS) if e.position > expected]
    if changed:
        raise StaleLedger(expected, changed[-1])
    return head.decision_position
