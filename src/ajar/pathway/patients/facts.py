"""What is known about a patient outside any visit: conditions, medicines, allergies, trials, labs."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import isfinite
from typing import ClassVar
from uuid import UUID

from ajar.pathway.ledger.payload import Payload, aware, entry_kind, said


class Sex(StrEnum):
    """Administrative sex, as dose weight and reference ranges need it (FHIR AdministrativeGender)."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class CodeSystem(StrEnum):
    """Where a code comes from. TEXT: no code was given."""

    ICD_10_CM = "icd-10-cm"
    SNOMED = "snomed"
    RXNORM = "rxnorm"
    ATC = "atc"
    LOINC = "loinc"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """A concept with its code and its display as it came."""

    system: CodeSystem
    code: str
    display: str

    def __post_init__(self) -> None:
        said("display", self.display)
        if self.system is not CodeSystem.TEXT:
            said("code", self.code)


class ConditionStatus(StrEnum):
    """FHIR Condition.clinicalStatus, as far as the rules need it."""

    ACTIVE = "active"
    REMISSION = "remission"
    RESOLVED = "resolved"


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRecorded(Payload):
    """A diagnosis or problem and its state."""

    KIND: ClassVar[str] = "condition.recorded"

    condition: Coding
    status: ConditionStatus
    onset_on: date | None
    abated_on: date | None
    note: str = ""


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class MedicationRecorded(Payload):
    """A medicine the patient takes or took."""

    KIND: ClassVar[str] = "medication.recorded"

    medicine: Coding
    active: bool
    dose_text: str
    route_text: str
    started_on: date | None
    ended_on: date | None


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class AllergyRecorded(Payload):
    """An allergy or intolerance, or the statement that none is known."""

    KIND: ClassVar[str] = "allergy.recorded"

    substance: Coding
    reaction: str
    active: bool


class TrialOutcome(StrEnum):
    """How far symptoms fell on an antidepressant trial (clinical.md TRD-3)."""

    UNDER_25 = "under_25_percent"
    FROM_25_TO_49 = "25_to_49_percent"
    AT_LEAST_50 = "at_least_50_percent"
    UNKNOWN = "unknown"


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class AntidepressantTrialRecorded(Payload):
    """One antidepressant trial: drug, highest dose, how long, in this episode or not, and result.

    Stopping for intolerance is not a failure, so the reason is kept apart (clinical.md TRD-3).
    """

    KIND: ClassVar[str] = "antidepressant-trial.recorded"

    drug: str
    max_dose_text: str
    weeks: float
    adequate_dose: bool | None
    this_episode: bool
    outcome: TrialOutcome
    stopped_for_intolerance: bool

    def __post_init__(self) -> None:
        said("drug", self.drug)
        if not (isfinite(self.weeks) and 0 < self.weeks <= 1040):
            raise ValueError(f"weeks must be above 0 and at most 1040, got {self.weeks}.")


class Pregnancy(StrEnum):
    """What is known about pregnancy."""

    PREGNANT = "pregnant"
    NOT_PREGNANT = "not_pregnant"
    NOT_POSSIBLE = "not_possible"
    BREAST_FEEDING = "breast_feeding"


class PregnancyMethod(StrEnum):
    """How it is known."""

    URINE_HCG = "urine_hcg"
    SERUM_HCG = "serum_hcg"
    STATED = "stated"


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class PregnancyRecorded(Payload):
    """A pregnancy test or statement."""

    KIND: ClassVar[str] = "pregnancy.recorded"

    status: Pregnancy
    method: PregnancyMethod


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class LabRecorded(Payload):
    """One laboratory value as reported, with its unit (UCUM) and the upper limit of normal if given."""

    KIND: ClassVar[str] = "lab.recorded"

    test: Coding
    value: float | None
    value_text: str
    unit: str
    upper_normal: float | None = None

    def __post_init__(self) -> None:
        if self.value is None:
            said("value_text", self.value_text)
        elif not isfinite(self.value):
            raise ValueError(f"value must be finite, got {self.value}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What rules need to know of the patient's identity: never the name."""

    patient_id: UUID
    birth_date: date
    sex: Sex

    def age_on(self, day: date) -> int:
        """Whole years on `day`."""
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (0 if had_birthday else 1)


def refuse_future(name: str, moment: datetime, *, now: datetime) -> None:
    """Refuse a happening that lies ahead of the clock by more than two minutes of drift."""
    aware(name, moment)
    if (moment - now).total_seconds() > 120:
        raise ValueError(f"{name} lies in the future: {moment.isoformat()}.")
