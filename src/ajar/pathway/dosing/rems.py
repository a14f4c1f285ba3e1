"""FSM-1: no patient is checked in for a spray unless the site is certified and the patient enrolled.

REMS duties are the law's, not the clinic's: nothing here is configuration, and nothing can be accepted
(clinical.md 2.2, 2.5 [FDA-REMS]; [EHR26]).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ajar.pathway.dosing.entries import RemsEnrolled
from ajar.pathway.evaluation.products import NASAL, Jurisdiction, Product
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import said


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCertification:
    """A setting's REMS certification: SITE-1 names the representative; it counts up to its last day."""

    number: str
    representative: str
    certified_on: date
    valid_until: date

    def __post_init__(self) -> None:
        said("the certification number", self.number)
        said("the authorised representative", self.representative)
        if self.valid_until < self.certified_on:
            raise ValueError("A certification ends on the day it was given, or later.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemsStanding:
    """What is on file for a session: None where nothing is."""

    certification: SiteCertification | None
    enrolment: RemsEnrolled | None


def enrolment_of(entries: Iterable[Entry]) -> RemsEnrolled | None:
    """The newest enrolment in a patient's chart that was not taken back."""
    found = [entry.payload for entry in effective(entries) if isinstance(entry.payload, RemsEnrolled)]
    return found[-1] if found else None


def why_not_certified(certification: SiteCertification | None, on: date) -> str:
    """Why the site may not give a spray on this day; empty when it may."""
    if certification is None:
        return "This site's REMS certification is not on file."
    if not certification.certified_on <= on <= certification.valid_until:
        return (
            f"This site's REMS certification holds from {certification.certified_on.isoformat()} to "
            f"{certification.valid_until.isoformat()}."
        )
    return ""


def why_not_enrolled(enrolment: RemsEnrolled | None, on: date) -> str:
    """Why the patient may not be given a spray on this day; empty when they may."""
    if enrolment is None:
        return "The patient's REMS enrolment is not on file."
    if enrolment.enrolled_on > on:
        return f"The patient is enrolled in the REMS from {enrolment.enrolled_on.isoformat()}, not before."
    return ""


def why_not_rems(standing: RemsStanding, product: Product, jurisdiction: Jurisdiction, on: date) -> list[str]:
    """Every reason of FSM-1 against a session on this day; none for other products, or outside the US."""
    if product not in NASAL or jurisdiction is not Jurisdiction.US:
        return []
    reasons = [why_not_certified(standing.certification, on), why_not_enrolled(standing.enrolment, on)]
    return [reason for reason in reasons if reason]
