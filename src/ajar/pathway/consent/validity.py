"""Does a consent stand on a day? A fold over signatures and withdrawals, with the reason in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ajar.pathway.consent.checklist import ELEMENT_IDS
from ajar.pathway.consent.documents import ConsentDocument
from ajar.pathway.consent.entries import ConsentSigned, ConsentWithdrawn, Signatory
from ajar.pathway.ledger.entry import Entry, effective

Signature = tuple[Entry, ConsentSigned]


class StandingKind(StrEnum):
    """Where a consent stands. Only VALID lets a session begin (clinical.md FSM-3)."""

    VALID = "valid"
    NO_PATIENT_SIGNATURE = "no_patient_signature"
    NO_PRESCRIBER_SIGNATURE = "no_prescriber_signature"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one consent stands on one day, and on which entries."""

    kind: StandingKind
    because: str
    valid_until: date | None = None
    patient_entry: Entry | None = None
    prescriber_entry: Entry | None = None

    @property
    def valid(self) -> bool:
        """May treatment go ahead, as far as consent is concerned?"""
        return self.kind is StandingKind.VALID


def valid_until(document: ConsentDocument, *, signed_on: date) -> date:
    """The last day on which a signature of `signed_on` counts (CON-12)."""
    return signed_on + timedelta(days=document.valid_days)


def consent_standing(entries: Iterable[Entry], document: ConsentDocument, on: date) -> Standing:
    """Where consent to `document` stands on the day `on`, the newest version being asked for.

    `entries` are the patient's, in chain order; a signature under another document never counts here.
    """
    told = list(entries)
    signatures, withdrawn = _since_withdrawal(told, document.id)
    patient = _last(signatures, Signatory.PATIENT)
    if patient is None:
        return _nothing_signed(withdrawn=withdrawn, others=_others(told, document.id))
    entry, signed = patient
    later = [signature for signature in signatures if signature[0].position > entry.position]
    prescriber = _last(later, Signatory.PRESCRIBER)
    kind, because = _judge(signed, document, on)
    if kind is StandingKind.VALID and prescriber is None:
        kind = StandingKind.NO_PRESCRIBER_SIGNATURE
        because = "The prescriber has not signed after the patient."
    return Standing(
        kind=kind,
        because=because,
        valid_until=signed.valid_until,
        patient_entry=entry,
        prescriber_entry=prescriber[0] if prescriber else None,
    )


def _since_withdrawal(entries: Iterable[Entry], document_id: str) -> tuple[list[Signature], bool]:
    """The signatures since consent was last taken back, and whether it ever was."""
    signatures: list[Signature] = []
    withdrawn = False
    for entry in effective(entries):
        match entry.payload:
            case ConsentSigned(document=document) as signed if document == document_id:
                signatures.append((entry, signed))
            case ConsentWithdrawn(document=document) if document == document_id:
                signatures, withdrawn = [], True
    return signatures, withdrawn


def _last(signatures: Sequence[Signature], signatory: Signatory) -> Signature | None:
    found = [signature for signature in signatures if signature[1].signatory is signatory]
    return found[-1] if found else None


def _others(entries: Iterable[Entry], document_id: str) -> list[str]:
    """The other documents that the patient has signed."""
    signed = [e.payload for e in effective(entries) if isinstance(e.payload, ConsentSigned)]
    return sorted({one.document for one in signed if one.document != document_id})


def _nothing_signed(*, withdrawn: bool, others: list[str]) -> Standing:
    if withdrawn:
        because = "The patient took this consent back and has not signed again."
        return Standing(kind=StandingKind.WITHDRAWN, because=because)
    because = "The patient has not signed this consent."
    if others:
        because += f" Another route is another consent (CON-12): signed so far, {', '.join(others)}."
    return Standing(kind=StandingKind.NO_PATIENT_SIGNATURE, because=because)


def _judge(signed: ConsentSigned, document: ConsentDocument, on: date) -> tuple[StandingKind, str]:
    if not _is_this_text(signed, document):
        return StandingKind.OUTDATED, _what_changed(signed, document)
    if unticked := [element for element in ELEMENT_IDS if element not in signed.elements]:
        return StandingKind.NO_PATIENT_SIGNATURE, (
            f"The patient's signature leaves out {', '.join(unticked)}; every part must be acknowledged."
        )
    if on > signed.valid_until:
        return StandingKind.EXPIRED, f"It was valid until {signed.valid_until.isoformat()}."
    return StandingKind.VALID, f"Signed by both; valid until {signed.valid_until.isoformat()}."


def _what_changed(signed: ConsentSigned, document: ConsentDocument) -> str:
    if signed.document_version == document.version:
        return (
            f"What the patient signed as version {document.version} is not the text on file; it must be "
            "signed again."
        )
    news = f" New: {document.news}" if document.news else ""
    return (
        f"The patient signed version {signed.document_version}; the text is now version "
        f"{document.version} and must be signed again.{news}"
    )


def _is_this_text(signed: ConsentSigned, document: ConsentDocument) -> bool:
    """Are these the very words of the newest version, in a language it is written in?"""
    return (
        signed.language in document.languages
        and signed.document_version == document.version
        and signed.document_digest == document.digest(signed.language)
    )
