"""Everything the rules may look at, each fact with the moment it was recorded.

A fact that is not there is not there: no list is padded, no answer is assumed. Rules ask for what they
need and say so when it is missing. What they ask for most is looked up, not searched: the indexes are
built once, when the candidate is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from ajar.pathway.evaluation.entries import FindingAccepted, HistoryAnswered, ScoreReported
from ajar.pathway.instruments.answers import QuestionnaireAnswered
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
F = TypeVar("F", bound=Payload)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Generic[P]):
    """One recorded fact. `entry_id` is None for a draft that is judged before it is recorded."""

    payload: P
    happened_at: datetime
    recorded_at: datetime
    entry_id: UUID | None
    recorded_by: str


Vitals = tuple[Fact[VitalsMeasured], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Where a candidate's facts are found without searching. Each list is oldest first."""

    answers: Mapping[str, Sequence[Fact[HistoryAnswered]]]
    labs: Mapping[str, Sequence[Fact[LabRecorded]]]
    measured: Mapping[str, Vitals]


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
    vitals: Vitals = ()
    trials: tuple[Fact[AntidepressantTrialRecorded], ...] = ()
    questionnaires: tuple[Fact[QuestionnaireAnswered], ...] = ()
    scores: tuple[Fact[ScoreReported], ...] = ()
    acceptances: tuple[Fact[FindingAccepted], ...] = ()
    index: Index = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = Index(
            answers=_by((fact.payload.question, fact) for fact in self.answers),
            labs=_by((code, fact) for fact in self.labs for code in _names(fact.payload)),
            measured={name: _with(name, self.vitals) for name in MEASURED},
        )
        object.__setattr__(self, "index", index)  # the one write to a frozen object: what it was built from

    def answers_to(self, question_id: str) -> Sequence[Fact[HistoryAnswered]]:
        """Every standing answer to one history question, oldest first."""
        return self.index.answers.get(question_id, ())

    def results_of(self, test: str) -> Sequence[Fact[LabRecorded]]:
        """Every result of a test, by its LOINC code or, without a code, its name in small letters."""
        return self.index.labs.get(test, ())

    def measured(self, vital_sign: str) -> Vitals:
        """The sets of vital signs that hold this one, oldest first."""
        return self.index.measured[vital_sign]

    def pressures(self) -> Vitals:
        """The sets of vital signs that hold a blood pressure, oldest first."""
        return self.index.measured["systolic_mmhg"]

    def heart_rates(self) -> Vitals:
        """The sets of vital signs that hold a heart rate, oldest first."""
        return self.index.measured["heart_rate_bpm"]

    def active_medicines(self) -> list[Fact[MedicationRecorded]]:
        """What the patient takes now."""
        return [fact for fact in self.medicines if fact.payload.active]

    def age_on(self, day: date) -> int:
        """Whole years on `day`."""
        return self.person.age_on(day)


MEASURED = ("systolic_mmhg", "heart_rate_bpm", "spo2_percent", "weight_kg", "height_cm")


def _by(named: Iterable[tuple[str, Fact[F]]]) -> Mapping[str, Sequence[Fact[F]]]:
    found: dict[str, list[Fact[F]]] = {}
    for name, fact in named:
        found.setdefault(name, []).append(fact)
    return found


def _names(lab: LabRecorded) -> set[str]:
    """The code of a result and its name: either finds it."""
    return {name for name in (lab.test.code, lab.test.display.strip().casefold()) if name}


def _with(name: str, vitals: Vitals) -> Vitals:
    return tuple(fact for fact in vitals if getattr(fact.payload, name) is not None)
