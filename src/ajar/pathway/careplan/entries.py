"""The plan as ordered: a course of sessions, each an encounter; the intention; its end."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import isfinite
from typing import ClassVar
from uuid import UUID

from ajar.pathway.ledger.payload import Payload, aware, entry_kind, said


class WeightBasis(StrEnum):
    """Which weight a mg/kg dose stands on (clinical.md IV-08)."""

    ACTUAL = "actual"
    IDEAL = "ideal"
    FIXED = "fixed"  # the product comes in fixed doses


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class CourseOrdered(Payload):
    """A course: product, regimen, number of sessions and the dose of the first."""

    KIND: ClassVar[str] = "course.ordered"

    course_id: UUID
    product: str
    regimen: str
    indication: str
    sessions: int
    dose_mg: float
    dose_mg_per_kg: float | None
    weight_kg: float | None
    weight_basis: WeightBasis
    intention: str
    condition: str = ""  # an evaluation.products.Indication value: whose protocol is followed
    because: str = ""  # why a rail that asks for a reason was passed
    second_signature_by: str = ""  # the second prescriber, where a rail asks for one
    doses_per_dispense: int | None = None  # for use at home only

    def __post_init__(self) -> None:
        if not 1 <= self.sessions <= 60:
            raise ValueError(f"A course has 1 to 60 sessions, got {self.sessions}.")
        refuse_impossible_dose(self.dose_mg)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlanned(Payload):
    """One dosing session of a course; the envelope names its encounter. Re-planning supersedes it."""

    KIND: ClassVar[str] = "session.planned"

    course_id: UUID
    number: int
    product: str
    dose_mg: float
    starts_at: datetime
    site: str
    phase: str

    def __post_init__(self) -> None:
        aware("starts_at", self.starts_at)
        refuse_impossible_dose(self.dose_mg)
        if self.number < 1:
            raise ValueError(f"Sessions are counted from 1, got {self.number}.")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitReviewed(Payload):
    """The prescriber judged the benefit after a planned series (SPR-T3, IV-18), and what follows."""

    KIND: ClassVar[str] = "benefit.reviewed"

    course_id: UUID
    after_session: int
    goes_on: bool
    because: str
    rule_id: str
    rulebook_version: str

    def __post_init__(self) -> None:
        said("because", self.because)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentDecided(Payload):
    """The prescriber took the suggested next step, or decided otherwise, and why (clinical.md 1.9)."""

    KIND: ClassVar[str] = "adjustment.decided"

    course_id: UUID
    after_session: int
    rule_id: str
    suggested: str  # an adjustment.NextStep value
    suggested_mg: float | None
    taken: bool
    because: str
    rulebook_version: str
    meaning: str  # what the signature means (21 CFR 11.50)

    def __post_init__(self) -> None:
        if not self.taken:
            said("because", self.because)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStopped(Payload):
    """The course ends before its last session, and why."""

    KIND: ClassVar[str] = "course.stopped"

    course_id: UUID
    because: str

    def __post_init__(self) -> None:
        said("because", self.because)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCancelled(Payload):
    """The session will not happen: called off beforehand or on the day (dosing makes the move)."""

    KIND: ClassVar[str] = "session.cancelled"

    because: str

    def __post_init__(self) -> None:
        said("because", self.because)


def refuse_impossible_dose(amount_mg: float) -> None:
    """A dose is a positive, finite number of milligrams.

    Raises:
        ValueError: in words a nurse understands.
    """
    if not isfinite(amount_mg) or amount_mg <= 0:
        raise ValueError(f"A dose must be more than 0 mg, got {amount_mg:g} mg.")
