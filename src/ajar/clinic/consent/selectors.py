"""Reads of the consent room: where each consent stands, and everything that was signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ajar.clinic.consent.services import CONSENT_KINDS
from ajar.clinic.ledger.selectors import entries_of
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Account
from ajar.pathway.consent.checklist import stress_of
from ajar.pathway.consent.documents import ConsentDocument, ConsentText
from ajar.pathway.consent.entries import ConsentSigned, ConsentWithdrawn, Signatory
from ajar.pathway.consent.library import current_documents, signed_version
from ajar.pathway.consent.validity import Standing, StandingKind, consent_standing
from ajar.pathway.evaluation.entries import EvaluationSigned
from ajar.pathway.evaluation.products import Indication
from ajar.pathway.ledger.entry import AuthorKind, Entry, effective


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One signature as it is shown: whose, under which words, how it was made."""

    entry: Entry
    signature: ConsentSigned

    @property
    def by_patient(self) -> bool:
        """Is it the patient's signature?"""
        return self.signature.signatory is Signatory.PATIENT

    @property
    def handed_over_by(self) -> str:
        """Who handed the patient a clinic device; empty when they signed on their own account."""
        staff = self.entry.recorded_by.kind is AuthorKind.STAFF
        return self.entry.recorded_by.name if self.by_patient and staff else ""

    @property
    def text(self) -> ConsentText:
        """The very words that were signed."""
        version = signed_version(self.signature.document, self.signature.document_version)
        return version.text(self.signature.language)

    @property
    def text_is_intact(self) -> bool:
        """Do the words on file still have the digest that was signed?"""
        version = signed_version(self.signature.document, self.signature.document_version)
        return version.digest(self.signature.language) == self.signature.document_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """One withdrawal as it is shown."""

    entry: Entry
    withdrawal: ConsentWithdrawn

    @property
    def recorded_by(self) -> str:
        """Who recorded it; empty when the patient did so on their own account."""
        staff = self.entry.recorded_by.kind is AuthorKind.STAFF
        return self.entry.recorded_by.name if staff else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One document, where it stands, and what happened to it, the newest first."""

    document: ConsentDocument
    title: str
    prescriber_statement: str
    standing: Standing
    wanted: bool
    dwell_on: tuple[str, ...]
    history: tuple[Signed | Withdrawn, ...]

    @property
    def in_view(self) -> bool:
        """Is it the one for this patient's treatment, or one that was ever signed?"""
        return self.wanted or bool(self.history)

    @property
    def can_be_signed(self) -> bool:
        """Does it wait for the patient?"""
        kinds = (StandingKind.VALID, StandingKind.NO_PRESCRIBER_SIGNATURE)
        return self.standing.kind not in kinds

    @property
    def can_be_countersigned(self) -> bool:
        """Does it wait for the prescriber?"""
        return self.standing.kind is StandingKind.NO_PRESCRIBER_SIGNATURE

    @property
    def can_be_withdrawn(self) -> bool:
        """Is something signed that can be taken back?"""
        return self.standing.patient_entry is not None


def consents_of(patient: Patient, *, viewer: Account, language: str, now: datetime) -> list[Consent]:
    """Every document as it stands today; the one for the treatment found suitable comes first."""
    entries = entries_of(patient.pk, viewer=viewer, kinds=(*CONSENT_KINDS, EvaluationSigned.KIND))
    today = now.astimezone(patient.site.zone).date()
    product, indication = _found_suitable(entries)
    texts = [(document, document.text(spoken(document, language))) for document in current_documents()]
    consents = [
        Consent(
            document=document,
            title=text.title,
            prescriber_statement=text.prescriber_statement,
            standing=consent_standing(entries, document, today),
            wanted=document.product == product,
            dwell_on=stress_of(document.product, indication),
            history=_history(entries, document.id),
        )
        for document, text in texts
    ]
    return sorted(consents, key=lambda consent: not consent.wanted)


def signature_of(patient: Patient, entry_id: UUID, *, viewer: Account) -> Signed | None:
    """One signature, for the copy that can be printed; None where this chart has none such."""
    for entry in entries_of(patient.pk, viewer=viewer, kinds=(ConsentSigned.KIND,)):
        if entry.id == entry_id and isinstance(entry.payload, ConsentSigned):
            return Signed(entry=entry, signature=entry.payload)
    return None


def spoken(document: ConsentDocument, language: str) -> str:
    """This language where the document is written in it, else the first it is written in."""
    return language if language in document.languages else document.languages[0]


def _found_suitable(entries: Sequence[Entry]) -> tuple[str, Indication | None]:
    """The product that the newest signed evaluation found suitable, and what for where that is known."""
    found = [e.payload for e in effective(entries) if isinstance(e.payload, EvaluationSigned)]
    if not found:
        return "", None
    said = found[-1].indication
    return found[-1].product, Indication(said) if said in set(Indication) else None


def _history(entries: Sequence[Entry], document_id: str) -> tuple[Signed | Withdrawn, ...]:
    happened: list[Signed | Withdrawn] = []
    for entry in effective(entries):
        match entry.payload:
            case ConsentSigned(document=document) as signature if document == document_id:
                happened.append(Signed(entry=entry, signature=signature))
            case ConsentWithdrawn(document=document) as withdrawal if document == document_id:
                happened.append(Withdrawn(entry=entry, withdrawal=withdrawal))
    return tuple(reversed(happened))
