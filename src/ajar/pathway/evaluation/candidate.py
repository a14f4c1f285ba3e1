"""Everything the rules may look at, each fact with the moment it was recorded.

A fact that is not there is not there: no list is padded, no answer is assumed. Rules ask for what they
need and say so when it is missing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from ajar.pathway.evaluation.entries import FindingAccepted, HistoryAnswered
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import (
    AllergyRecorded,
    AntidepressantTrialRecorded,
    ConditionRecorded,
    LabRecorded,
    MedicationRecorded,
    Person,
    PregnancyRecorded,
)

P = TypeVar("P", bound=Payload, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Generic[P]):
    """One recorded fact. `entry_id` is None for a draft that is judged before it is recorded."""

    payload: P
    happened_at: datetime
    recorded_at: datetime
    entry_id: UUID | None
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A patient as the rules see them. Every tuple is in the order in which things happened.

    Of a condition, a medicine or an allergy that was recorded several times only the latest stands.
    """

    person: Person
    answers: tuple[Fact[HistoryAnswered], ...] = ()
    conditions: tuple[Fact[ConditionRecorded], ...] = ()
    medicines: tuple[Fact[MedicationRecorded], ...] = ()
    allergies: tuple[Fact[AllergyRecorded], ...] = ()
    pregnancy: tuple[Fact[PregnancyRecorded], ...] = ()
    labs: tuple[Fact[LabRecorded], ...] = ()
    vitals: tuple[Fact[VitalsMeasured], ...] = ()
    trials: tuple[Fact[AntidepressantTrialRecorded], ...] = ()
    acceptances: tuple[Fact[FindingAccepted], ...] = ()

    def answers_to(self, question_id: str) -> list[Fact[HistoryAnswered]]:
        """Every standing answer to one history question, oldest first."""
        return [fact for fact in self.answers if fact.payload.question == question_id]

    def pressures(self) -> list[Fact[VitalsMeasured]]:
        """The sets of vital signs that hold a blood pressure, oldest first."""
        return [fact for fact in self.vitals if fact.payload.systolic_mmhg is not None]

    def heart_rates(self) -> list[Fact[VitalsMeasured]]:
        """The sets of vital signs that hold a heart rate, oldest first."""
        return [fact for fact in self.vitals if fact.payload.heart_rate_bpm is not None]

    def active_medicines(self) -> list[Fact[MedicationRecorded]]:
        """What the patient takes now."""
        return [fact for fact in self.medicines if fact.payload.active]

    def age_on(self, day: date) -> int:
        """Whole years on `day`."""
        return self.person.age_on(day)
