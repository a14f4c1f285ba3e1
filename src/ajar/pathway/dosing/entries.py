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
    """The patient is here and has a room; `room_id` is None where the patient is at home, seen by video."""

    KIND: ClassVar[str] = "patient.arrived"

    room_id: UUID | None
    room_name: str


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class PatientMoved(Payload):
    """The patient goes on in another room or chair of the same site, from this moment on."""

    KIND: ClassVar[str] = "patient.moved"

    room_id: UUID
    room_name: str
    because: str = ""

    def __post_init__(self) -> None:
        said("the room", self.room_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHome:
    """What a dose at home asks besides, on the day (clinical.md SL-07, SL-08). None: not asked."""

    chaperone_name: str
    chaperone_phone: str
    chaperone_is_adult: bool | None
    chaperone_present: bool | None  # in the room with the patient, from before the dose
    seen_by_video: bool | None
    place: str  # where help is sent to


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
    cssrs_highest_item: int | None = None  # 1 to 6, C-SSRS since last contact, where one was answered yes
    will_drive: bool | None = None  # before the next day, after a restful sleep
    prescriber_on_site: str = ""  # by name, during the dose and the watch after it
    home: AtHome | None = None

    def __post_init__(self) -> None:
        for name in ("last_solids_at", "last_liquids_at"):
            if (moment := getattr(self, name)) is not None:
                aware(name, moment)
        if self.cssrs_highest_item is not None and not 1 <= self.cssrs_highest_item <= 6:
            raise ValueError(f"The C-SSRS screener has items 1 to 6, got {self.cssrs_highest_item}.")


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
            isfinite(self.duration_min) and 1 <= self.duration_min <= 240
        ):
            raise ValueError(f"An infusion lasts 1 to 240 minutes, got {self.duration_min:g}.")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChecked(Payload):
    """Patient, product, amount, lot, expiry and preparation were compared with the order.

    By two people; by one, with no second person named, where the clinic's policy allows it. Injected drug
    says its concentration and what it was diluted with; drug taken by mouth the strength of one unit.
    """

    KIND: ClassVar[str] = "order.checked"

    order_id: UUID
    first_person: str
    second_person: str
    second_person_id: str
    product: str
    amount_mg: float
    lot: str
    expires_on: date
    concentration_mg_per_ml: float | None = None  # as printed on the vial
    diluent: str = ""
    unit_mg: float | None = None

    def __post_init__(self) -> None:
        said("lot", self.lot)
        if self.first_person == self.second_person:
            raise ValueError("The check needs two different people.")
        for amount in (self.concentration_mg_per_ml, self.unit_mg):
            if amount is not None:
                refuse_impossible_dose(amount)


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
    PLACED = "placed"  # read in old charts; new ones say TAKEN
    TAKEN = "taken"  # by mouth: a lozenge placed, or drug swallowed


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
    body_site: str = ""  # of an injection into a muscle or under the skin
    volume_ml: float | None = None
    units: float | None = None  # lozenges, tablets or capsules

    def __post_init__(self) -> None:
        said("lot", self.lot)
        for number in (self.volume_ml, self.units):
            if number is not None and not (isfinite(number) and number > 0):
                raise ValueError(f"A volume or a number of units is more than 0, got {number:g}.")
        if self.amount_mg is not None:
            refuse_impossible_dose(self.amount_mg)
        if self.rate_mg_per_h is not None and not (
            isfinite(self.rate_mg_per_h) and 0 <= self.rate_mg_per_h <= 1000
        ):
            raise ValueError(f"An infusion rate is 0 to 1000 mg/h, got {self.rate_mg_per_h:g}.")
        if self.act in (Act.PAUSED, Act.RATE_CHANGED):
            said("the reason", self.because)


class Residue(StrEnum):
    """What became of what a held lozenge left in the mouth."""

    SWALLOWED = "swallowed"
    SPAT = "spat"


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class DoseEnded(Payload):
    """No more drug will be given in this session. A lozenge says how long it was held, and what then."""

    KIND: ClassVar[str] = "dose.ended"

    total_mg: float
    complete: bool
    because: str = ""
    held_min: float | None = None
    residue: Residue | None = None

    def __post_init__(self) -> None:
        refuse_impossible_dose(self.total_mg)
        if self.held_min is not None and not (isfinite(self.held_min) and 0 < self.held_min <= 60):
            raise ValueError(f"A lozenge is held more than 0 and at most 60 minutes, got {self.held_min:g}.")
        if not self.complete:
            said("the reason for stopping early", self.because)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class RemsEnrolled(Payload):
    """The patient is enrolled in the REMS: the form with both signatures went in (clinical.md 2.3)."""

    KIND: ClassVar[str] = "rems.enrolled"

    enrolled_on: date
    reference: str  # as the programme gave it
    setting_id: str  # the REMS id of the setting on the form
    prescriber: str
    patient_signed_on: date
    prescriber_signed_on: date

    def __post_init__(self) -> None:
        said("the reference", self.reference)
        said("the prescriber", self.prescriber)
        if self.enrolled_on < max(self.patient_signed_on, self.prescriber_signed_on):
            raise ValueError("A patient is enrolled once both have signed, not before.")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class LozengesDispensed(Payload):
    """Doses handed out for use at home, for the order of this encounter (clinical.md SL-07)."""

    KIND: ClassVar[str] = "lozenges.dispensed"

    doses: int
    units_per_dose: float
    unit_mg: float
    lot: str
    expires_on: date
    pharmacy: str

    def __post_init__(self) -> None:
        said("lot", self.lot)
        said("the pharmacy", self.pharmacy)
        refuse_impossible_dose(self.units_per_dose * self.unit_mg)
        if self.doses < 1:
            raise ValueError(f"At least one dose is handed out, got {self.doses}.")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class ChaperoneAttested(Payload):
    """The adult beside the patient at home said this, in these words (clinical.md SL-07, SL-08; MON-8).

    It says what the chaperone answered; whether the dose may be taken is judged on what the clinic saw by
    video and recorded.
    """

    KIND: ClassVar[str] = "chaperone.attested"
    DECISIVE: ClassVar[bool] = False

    chaperone_name: str
    chaperone_phone: str
    statements: tuple[str, ...]  # as they were shown, each of them agreed to
    language: str

    def __post_init__(self) -> None:
        said("the chaperone's name", self.chaperone_name)
        said("the chaperone's telephone", self.chaperone_phone)
        if not self.statements:
            raise ValueError("An attestation needs the statements that were agreed to.")
