"""Consent as signed: which text, by whom, meaning what, until when; and its withdrawal."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from ajar.pathway.ledger.payload import Payload, entry_kind, said


class Signatory(StrEnum):
    """Whose signature it is."""

    PATIENT = "patient"
    PRESCRIBER = "prescriber"


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentSigned(Payload):
    """One signature under one version of a consent text."""

    KIND: ClassVar[str] = "consent.signed"

    document: str
    document_version: str
    document_digest: str
    language: str
    signatory: Signatory
    printed_name: str
    meaning: str
    elements: tuple[str, ...]  # the CON- elements acknowledged
    valid_until: date

    def __post_init__(self) -> None:
        for name in ("document", "document_version", "document_digest", "printed_name", "meaning"):
            said(name, getattr(self, name))


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(Payload):
    """The patient takes consent back. Nobody needs to give a reason."""

    KIND: ClassVar[str] = "consent.withdrawn"

    document: str
    withdrawn_by: str
    because: str = ""
    signature_id: UUID | None = None
