"""One clinical concept, however it was recorded: as a history answer or as a condition.

Either "yes" is a yes. Where the two disagree, the yes stands and the conflict is shown. ICD-10-CM codes
match by prefix, SNOMED CT codes exactly; a diagnosis in text by the code that its name stands for, and by
no likeness (`diagnoses`). Codes: clinical.md 8.6; the others from general knowledge, verify.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.diagnoses import coded
from ajar.pathway.evaluation.entries import Answer, HistoryAnswered
from ajar.pathway.evaluation.history import BY_ID
from ajar.pathway.evaluation.question import Question
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.patients.facts import CodeSystem, ConditionRecorded, ConditionStatus

ANY_STATUS: Final = frozenset(ConditionStatus)
ACTIVE: Final = frozenset({ConditionStatus.ACTIVE})
PAST: Final = frozenset({ConditionStatus.REMISSION, ConditionStatus.RESOLVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Codes under which a concept may be recorded, and in which states they count."""

    icd10: tuple[str, ...] = ()
    but_not_icd10: tuple[str, ...] = ()
    snomed: frozenset[str] = frozenset()
    statuses: frozenset[ConditionStatus] = ANY_STATUS

    def match(self, condition: ConditionRecorded) -> bool:
        """Is this condition one of them?"""
        coding = coded(condition.condition)
        return self.hold(coding.system, coding.code, condition.status)

    def hold(self, system: CodeSystem, code: str, status: ConditionStatus) -> bool:
        """Is this code, in this state, one of them?"""
        if status not in self.statuses:
            return False
        if system is CodeSystem.ICD_10_CM:
            bare = code.replace(".", "").upper()
            return bare.startswith(_bare(self.icd10)) and not bare.startswith(_bare(self.but_not_icd10))
        return system is CodeSystem.SNOMED and code in self.snomed


def _bare(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code.replace(".", "") for code in codes)


class Holds(StrEnum):
    """Whether a concept holds, as far as the chart says."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    MISSING = "missing"
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the chart says about a concept, and the datum that decided."""

    holds: Holds
    datum: str
    happened_at: datetime | None = None
    recorded_at: datetime | None = None
    conflict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A history question together with the codes that answer it."""

    question_id: str
    codes: Sequence[Codes] = ()
    question: Question = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "question", BY_ID[self.question_id])  # looked up once

    def look_up(self, candidate: Candidate, now: datetime) -> Evidence:
        """What this candidate's chart says."""
        answers = candidate.answers_to(self.question_id)
        counted = answers if self.question.lifetime else answers[-1:]
        said_yes = [fact for fact in counted if fact.payload.answer is Answer.YES]
        recorded = [fact for fact in candidate.conditions if self.question_id in meanings(fact.payload)]
        latest = answers[-1] if answers else None
        if said_yes or recorded:
            return _yes(said_yes, recorded, latest)
        return _not_yes(latest, None if self.question.lifetime else self.question.holds, now)

    def confirmed(self, candidate: Candidate, now: datetime) -> Evidence:
        """As `look_up`, for a question whose good answer is yes: that yes may be too old to rely on."""
        found = self.look_up(candidate, now)
        answers = candidate.answers_to(self.question_id)
        if found.holds is not Holds.YES or not answers or not found.datum.startswith(SAID_YES):
            return found
        if now - answers[-1].happened_at <= self.question.holds:
            return found
        words = f"{SAID_YES}, older than {self.question.holds.days} days"
        return _evidence(Holds.STALE, words, answers[-1])


SAID_YES: Final = "history answer: yes"


def meanings(condition: ConditionRecorded) -> frozenset[str]:
    """The concepts that a condition stands for, by the ids of their questions."""
    coding = coded(condition.condition)
    return _meanings(coding.system, coding.code, condition.status)


@lru_cache(maxsize=4096)
def _meanings(system: CodeSystem, code: str, status: ConditionStatus) -> frozenset[str]:
    return frozenset(
        concept.question_id
        for concept in CODED
        if any(codes.hold(system, code, status) for codes in concept.codes)
    )


def _yes(
    said_yes: list[Fact[HistoryAnswered]],
    recorded: list[Fact[ConditionRecorded]],
    latest: Fact[HistoryAnswered] | None,
) -> Evidence:
    conflict = ""
    if latest is not None and latest.payload.answer is Answer.NO:
        conflict = "The latest history answer is no. The yes stands until it is corrected."
    if said_yes:
        return _evidence(Holds.YES, SAID_YES, said_yes[-1], conflict)
    words = f"{recorded[-1].payload.condition.display} ({recorded[-1].payload.status.value})"
    return _evidence(Holds.YES, words, recorded[-1], conflict)


def _not_yes(latest: Fact[HistoryAnswered] | None, holds: timedelta | None, now: datetime) -> Evidence:
    if latest is None:
        return Evidence(holds=Holds.MISSING, datum="not asked")
    if latest.payload.answer is Answer.UNKNOWN:
        return _evidence(Holds.UNKNOWN, "history answer: unknown", latest)
    if holds is not None and now - latest.happened_at > holds:
        return _evidence(Holds.STALE, f"history answer: no, older than {holds.days} days", latest)
    return _evidence(Holds.NO, "history answer: no", latest)


def _evidence(holds: Holds, datum: str, fact: Fact[Payload], conflict: str = "") -> Evidence:
    return Evidence(
        holds=holds,
        datum=datum,
        happened_at=fact.happened_at,
        recorded_at=fact.recorded_at,
        conflict=conflict,
    )


ANEURYSM: Final = Concept(
    question_id="aneurysm",
    codes=(
        Codes(
            icd10=("I67.1", "I71", "I72"),
            snomed=frozenset({"128609009", "128608001", "67362008", "233985008"}),
        ),
    ),
)
ARTERIOVENOUS_MALFORMATION: Final = Concept(
    question_id="arteriovenous_malformation",
    codes=(Codes(icd10=("Q28.2", "Q28.0", "Q27.3"), snomed=frozenset({"234142008"})),),
)
INTRACEREBRAL_HAEMORRHAGE: Final = Concept(
    question_id="intracerebral_haemorrhage",
    codes=(Codes(icd10=("I60", "I61", "I62", "I69.0", "I69.1", "I69.2"), snomed=frozenset({"274100004"})),),
)
PRESSURE_HAZARD: Final = Concept(
    question_id="pressure_hazard",
    codes=(Codes(icd10=("G93.2",), snomed=frozenset({"271719001"}), statuses=ACTIVE),),
)
RECENT_CARDIOVASCULAR_EVENT: Final = Concept(question_id="recent_cardiovascular_event")
PSYCHOSIS_NOW: Final = Concept(
    question_id="psychosis_now",
    codes=(
        Codes(icd10=("F20", "F25"), snomed=frozenset({"58214004", "68890003"})),
        Codes(icd10=("F22", "F23", "F24", "F28", "F29"), snomed=frozenset({"69322001"}), statuses=ACTIVE),
    ),
)
PSYCHOSIS_PAST: Final = Concept(
    question_id="psychosis_past",
    codes=(
        Codes(icd10=("F22", "F23", "F24", "F28", "F29"), snomed=frozenset({"69322001"}), statuses=PAST),
        Codes(icd10=("F32.3", "F33.3")),
    ),
)
MANIA_NOW: Final = Concept(
    question_id="mania_now",
    codes=(
        Codes(
            icd10=("F30.1", "F30.2", "F30.8", "F30.9", "F31.0", "F31.1", "F31.2", "F31.6"),
            snomed=frozenset({"231494001"}),
            statuses=ACTIVE,
        ),
    ),
)
BIPOLAR: Final = Concept(
    question_id="bipolar", codes=(Codes(icd10=("F31",), snomed=frozenset({"13746004"})),)
)
SUBSTANCE_ICD10: Final = tuple(f"F1{kind}.{state}" for kind in "012345689" for state in "12")
"""Abuse and dependence, tobacco (F17) left out. Remission codes (F1x.11, F1x.21) are told apart."""
REMISSION_ICD10: Final = tuple(f"{code}1" for code in SUBSTANCE_ICD10)
SUBSTANCE_SNOMED: Final = frozenset({"7200002", "66214007", "191816009", "75544000"})
SUBSTANCE_NOW: Final = Concept(
    question_id="substance_use_untreated",
    codes=(
        Codes(
            icd10=SUBSTANCE_ICD10,
            but_not_icd10=REMISSION_ICD10,
            snomed=SUBSTANCE_SNOMED,
            statuses=ACTIVE,
        ),
    ),
)
SUBSTANCE_REMISSION: Final = Concept(
    question_id="substance_use_remission",
    codes=(
        Codes(icd10=REMISSION_ICD10),
        Codes(icd10=SUBSTANCE_ICD10, snomed=SUBSTANCE_SNOMED, statuses=PAST),
    ),
)
KETAMINE_USE_DISORDER: Final = Concept(question_id="ketamine_use_disorder", codes=(Codes(icd10=("F16",)),))
SEVERE_LIVER: Final = Concept(
    question_id="severe_liver_disease",
    codes=(Codes(icd10=("K72",), snomed=frozenset({"59927004"}), statuses=ACTIVE),),
)
MODERATE_LIVER: Final = Concept(
    question_id="moderate_liver_disease",
    codes=(Codes(icd10=("K74.6", "K70.3"), snomed=frozenset({"19943007"}), statuses=ACTIVE),),
)
BREAST_FEEDING: Final = Concept(
    question_id="breast_feeding",
    codes=(Codes(icd10=("Z39.1",), snomed=frozenset({"413712001"}), statuses=ACTIVE),),
)
PREGNANCY_CODES: Final = Codes(
    icd10=("Z33.1", "O09", "Z34"), snomed=frozenset({"77386006", "72892002"}), statuses=ACTIVE
)

RAISED_INTRACRANIAL_PRESSURE: Final = Concept(
    question_id="raised_intracranial_pressure", codes=(Codes(icd10=("G93.2", "G91"), statuses=ACTIVE),)
)
DECOMPENSATED_HEART: Final = Concept(
    question_id="decompensated_heart",
    codes=(Codes(icd10=("I20.0", "I50.23", "I50.33", "I50.43"), statuses=ACTIVE),),
)
TREATED_HYPERTENSION: Final = Concept(
    question_id="treated_hypertension",
    codes=(Codes(icd10=("I10", "I11", "I12", "I13"), snomed=frozenset({"38341003", "59621000"})),),
)
HYPERTENSIVE_ENCEPHALOPATHY: Final = Concept(
    question_id="hypertensive_encephalopathy", codes=(Codes(icd10=("I67.4",)),)
)
STROKE_OR_TIA: Final = Concept(
    question_id="stroke_or_tia",
    codes=(Codes(icd10=("I63", "G45", "I69.3", "Z86.73"), snomed=frozenset({"230690007"})),),
)
SEIZURES: Final = Concept(
    question_id="seizures", codes=(Codes(icd10=("G40",), snomed=frozenset({"84757009"}), statuses=ACTIVE),)
)
CAPACITY_LACKING: Final = Concept(question_id="capacity_lacking")
DELIRIUM_DEMENTIA: Final = Concept(
    question_id="delirium_dementia",
    codes=(
        Codes(icd10=("F05", "F01", "F02", "F03", "G30"), snomed=frozenset({"26929004"}), statuses=ACTIVE),
    ),
)
PSYCHOSIS_IN_FAMILY: Final = Concept(question_id="psychosis_in_family", codes=(Codes(icd10=("Z81.8",)),))
RECENT_SUICIDE_ATTEMPT: Final = Concept(
    question_id="recent_suicide_attempt", codes=(Codes(icd10=("T14.91",), statuses=ACTIVE),)
)
BORDERLINE: Final = Concept(
    question_id="borderline", codes=(Codes(icd10=("F60.3",), snomed=frozenset({"20010003"})),)
)
EATING_DISORDER: Final = Concept(
    question_id="eating_disorder", codes=(Codes(icd10=("F50.0",), statuses=ACTIVE),)
)
EYE_PRESSURE: Final = Concept(
    question_id="eye_pressure", codes=(Codes(icd10=("H40", "H40.2"), statuses=ACTIVE),)
)
PORPHYRIA: Final = Concept(question_id="porphyria", codes=(Codes(icd10=("E80.2",)),))
OVERACTIVE_THYROID: Final = Concept(
    question_id="overactive_thyroid",
    codes=(Codes(icd10=("E05",), snomed=frozenset({"34486009"}), statuses=ACTIVE),),
)
CYSTITIS: Final = Concept(question_id="cystitis", codes=(Codes(icd10=("N30.1", "N30.2"), statuses=ACTIVE),))
URINARY_SYMPTOMS: Final = Concept(
    question_id="urinary_symptoms", codes=(Codes(icd10=("R30", "R31", "R39.15"), statuses=ACTIVE),)
)
LUNG_DISEASE: Final = Concept(
    question_id="lung_disease",
    codes=(Codes(icd10=("J44", "G47.33"), snomed=frozenset({"13645005"}), statuses=ACTIVE),),
)
HEART_RISK: Final = Concept(
    question_id="heart_risk",
    codes=(Codes(icd10=("I20", "I21", "I25", "I42", "I44", "I45", "I47", "I48", "I49", "I50", "R55")),),
)
COGNITIVE_IMPAIRMENT: Final = Concept(
    question_id="cognitive_impairment", codes=(Codes(icd10=("G31.84", "R41.3", "F06.7"), statuses=ACTIVE),)
)
DEPRESSION_NOW: Final = Concept(
    question_id="depression_now",
    codes=(
        Codes(
            icd10=("F32", "F33"),
            but_not_icd10=("F32.4", "F32.5", "F33.4"),
            snomed=frozenset({"370143000"}),
            statuses=ACTIVE,
        ),
    ),
)
ACUTE_SUICIDALITY: Final = Concept(
    question_id="acute_suicidality", codes=(Codes(icd10=("R45.851", "T14.91"), statuses=ACTIVE),)
)
NOT_TAKEN: Final = Concept(question_id="antidepressants_not_taken", codes=(Codes(icd10=("Z91.14",)),))
THYROID_HISTORY: Final = Concept(
    question_id="thyroid_history", codes=(Codes(icd10=("E01", "E02", "E03", "E04", "E05", "E06", "E07")),)
)
DIALYSIS: Final = Concept(
    question_id="dialysis",
    codes=(Codes(icd10=("Z99.2",), snomed=frozenset({"236435004"}), statuses=ACTIVE),),
)
ANCESTRY: Final = Concept(question_id="ancestry_lower_start")
FIRST_DOSE_ON_SITE: Final = Concept(question_id="home_first_dose_supervised")
HOME_CHAPERONE: Final = Concept(question_id="home_chaperone")
HOME_MONITOR: Final = Concept(question_id="home_pressure_monitor")
CODED: Final = (
    ANEURYSM,
    ARTERIOVENOUS_MALFORMATION,
    INTRACEREBRAL_HAEMORRHAGE,
    PRESSURE_HAZARD,
    RECENT_CARDIOVASCULAR_EVENT,
    PSYCHOSIS_NOW,
    PSYCHOSIS_PAST,
    MANIA_NOW,
    BIPOLAR,
    SUBSTANCE_NOW,
    SUBSTANCE_REMISSION,
    KETAMINE_USE_DISORDER,
    SEVERE_LIVER,
    MODERATE_LIVER,
    BREAST_FEEDING,
    RAISED_INTRACRANIAL_PRESSURE,
    DECOMPENSATED_HEART,
    TREATED_HYPERTENSION,
    HYPERTENSIVE_ENCEPHALOPATHY,
    STROKE_OR_TIA,
    SEIZURES,
    CAPACITY_LACKING,
    DELIRIUM_DEMENTIA,
    PSYCHOSIS_IN_FAMILY,
    RECENT_SUICIDE_ATTEMPT,
    BORDERLINE,
    EATING_DISORDER,
    EYE_PRESSURE,
    PORPHYRIA,
    OVERACTIVE_THYROID,
    CYSTITIS,
    URINARY_SYMPTOMS,
    LUNG_DISEASE,
    HEART_RISK,
    COGNITIVE_IMPAIRMENT,
    DEPRESSION_NOW,
    ACUTE_SUICIDALITY,
    NOT_TAKEN,
    THYROID_HISTORY,
    DIALYSIS,
)
