"""The day up to the end of the dose: arrival, readiness, order, two-person check, drug given."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import isfinite
from typing import ClassVar
from uuid import UUID

from ajar.pathway.careplan.entries import SessionCancelled as SessionCancelled
from ajar.pathway.careplan.entries import refuse_impossible_dose
from ajar.pathway.ledger.payload import Payload, aware, entry_kind, said


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class PatientArrived(Payload):
    """The patient is here and has a room."""

    KIND: ClassVar[str] = "patient.arrived"

    room_id: UUID
    room_name: str


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessAnswered(Payload):
    """Today's questions, asked every time and never carried over (clinical.md 3.6, DAY-1 to DAY-7)."""

    KIND: ClassVar[str] = "readiness.answered"

    last_solids_at: datetime | None
    last_liquids_at: datetime | None
    escort_name: str
    escort_phone: str
    intoxication_signs: bool | None
    new_medicines: bool | None
    new_symptoms: bool | None
    suicidal_thoughts_since_last_visit: bool | None
    nasal_product_within_1_h: bool | None = None
    stimulant_today: bool | None = None
    could_be_pregnant: bool | None = None
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("last_solids_at", "last_liquids_at"):
            if (moment := getattr(self, name)) is not None:
                aware(name, moment)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class DoseOrdered(Payload):
    """The prescriber's order for this session."""

    KIND: ClassVar[str] = "dose.ordered"

    product: str
    amount_mg: float
    duration_min: float | None  # None where the product is not infused
    devices: int | None  # nasal devices, None elsewhere
    meaning: str
    because: str = ""  # why it differs from the plan, or stands above a guard rail

    def __post_init__(self) -> None:
        refuse_impossible_dose(self.amount_mg)
        if self.duration_min is not None and not (
            isfinite(self.duration_min) and 0 < self.duration_min <= 240
        ):
            raise ValueError(f"An infusion lasts 1 to 240 minutes, got {self.duration_min:g}.")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChecked(Payload):
    """A second person compared patient, product, amount, lot and expiry with the order."""

    KIND: ClassVar[str] = "order.checked"

    order_id: UUID
    first_person: str
    second_person: str
    second_person_id: str
    product: str
    amount_mg: float
    lot: str
    expires_on: date

    def __post_init__(self) -> None:
        said("lot", self.lot)
        if self.first_person == self.second_person:
            raise ValueError("The check needs two different people.")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessConfirmed(Payload):
    """Everything asked before dosing stands: the session may begin. Names what was accepted."""

    KIND: ClassVar[str] = "readiness.confirmed"

    rulebook_version: str
    findings: tuple[str, ...]


class Act(StrEnum):
    """What was done with the drug at a moment."""

    INFUSION_STARTED = "infusion_started"
    RATE_CHANGED = "rate_changed"
    PAUSED = "paused"
    RESUMED = "resumed"
    DEVICE_SPRAYED = "device_sprayed"
    INJECTED = "injected"
    PLACED = "placed"


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class DrugGiven(Payload):
    """One act with the drug: the first of a session starts the dose.

    An infusion carries its rate from this moment; a device, an injection or a lozenge its amount.
    """

    KIND: ClassVar[str] = "drug.given"

    act: Act
    product: str
    amount_mg: float | None
    rate_mg_per_h: float | None
    lot: str
    expires_on: date | None
    line_site: str = ""
    device_number: int | None = None
    because: str = ""

    def __post_init__(self) -> None:
        said("lot", self.lot)
        if self.amount_mg is not None:
            refuse_impossible_dose(self.amount_mg)
        if self.rate_mg_per_h is not None and not (
            isfinite(self.rate_mg_per_h) and 0 <= self.rate_mg_per_h <= 1000
        ):
            raise ValueError(f"An infusion rate is 0 to 1000 mg/h, got {self.rate_mg_per_h:g}.")
        if self.act in (Act.PAUSED, Act.RATE_CHANGED):
            said("the reason", self.because)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class DoseEnded(Payload):
    """No more drug will be given in this session."""

    KIND: ClassVar[str] = "dose.ended"

    total_mg: float
    complete: bool
    because: str = ""

    def __post_init__(self) -> None:
        refuse_impossible_dose(self.total_mg)
        if not self.complete:
            said("the reason for stopping early", self.because)
