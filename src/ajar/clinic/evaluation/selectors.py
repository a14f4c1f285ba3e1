"""Reads of the evaluation: the candidate, what is recorded in each section, and the judgement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from ajar.clinic.evaluation.purpose import Purpose, recorded_purpose, setting_of
from ajar.clinic.evaluation.services import FACTS
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import decision_position, entries_of
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Account
from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.entries import EvaluationSigned, ScoreReported
from ajar.pathway.evaluation.findings import Judgement, Outcome
from ajar.pathway.evaluation.from_entries import candidate_of, draft, facts_from
from ajar.pathway.evaluation.products import Product, Setting
from ajar.pathway.evaluation.rulebook import judge
from ajar.pathway.instruments.answers import QuestionnaireAnswered
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import BOUNDS, VitalsMeasured
from ajar.pathway.patients.facts import (
    AllergyRecorded,
    AntidepressantTrialRecorded,
    CodeSystem,
    Coding,
    ConditionRecorded,
    LabRecorded,
    MedicationRecorded,
    PregnancyRecorded,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A recorded fact as a line of a list."""

    text: str
    happened_at: datetime
    recorded_by: str
    entry_id: UUID | None
    may_be_taken_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """An evaluation that was signed: what, by whom, when, and whether its outcome would be the same now."""

    entry: Entry
    conclusion: EvaluationSigned
    still_so: bool

    @property
    def outcome(self) -> Outcome:
        """The signed outcome."""
        return Outcome(self.conclusion.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything the evaluation page shows of one patient and product."""

    patient: Patient
    purpose: Purpose
    setting: Setting
    candidate: Candidate
    judgement: Judgement
    rows: Mapping[str, Sequence[Row]]
    signed: Signed | None
    expected: int
    is_draft: bool


def evaluation_of(
    patient: Patient,
    *,
    asked: Purpose | None,
    viewer: Account,
    now: datetime,
    typed: Sequence[Payload] = (),
) -> Evaluation:
    """The evaluation as recorded, with what is being `typed` judged alongside and not written.

    `asked` None: for what was recorded last; Spravato, for nothing in particular, where nothing was.
    """
    # The position is read before the entries: a later one makes the page stale, not wrong.
    expected = decision_position(patient.pk)
    entries = entries_of(patient.pk, viewer=viewer)
    purpose = asked or recorded_purpose(entries) or Purpose(product=Product.ESKETAMINE_IN)
    setting = setting_of(patient, purpose, programme(), now=now)
    facts = [*facts_from(entries), *(draft(payload, now=now) for payload in typed)]
    candidate = candidate_of(facts, patient.person)
    judgement = judge(candidate, setting)
    return Evaluation(
        patient=patient,
        purpose=purpose,
        setting=setting,
        candidate=candidate,
        judgement=judgement,
        rows={kind: _rows(read(candidate)) for kind, read in SECTION_FACTS.items()},
        signed=_signed(entries, judgement),
        expected=expected,
        is_draft=bool(typed),
    )


SECTION_FACTS: Final[Mapping[str, Callable[[Candidate], Sequence[Fact[Any]]]]] = {
    "vitals": lambda candidate: candidate.vitals[-5:],
    "conditions": lambda candidate: candidate.conditions,
    "medicines": lambda candidate: candidate.medicines,
    "allergies": lambda candidate: candidate.allergies,
    "trials": lambda candidate: candidate.trials,
    "pregnancy": lambda candidate: candidate.pregnancy[-3:],
    "labs": lambda candidate: candidate.labs[-16:],
    "scores": lambda candidate: sorted(
        [*candidate.questionnaires, *candidate.scores], key=lambda fact: fact.happened_at
    )[-12:],
}


def _rows(facts: Sequence[Fact[Any]]) -> list[Row]:
    """Newest first."""
    return [
        Row(
            text=words_of(fact.payload),
            happened_at=fact.happened_at,
            recorded_by=fact.recorded_by,
            entry_id=fact.entry_id,
            may_be_taken_back=isinstance(fact.payload, FACTS),
        )
        for fact in reversed(facts)
        if fact.entry_id is not None
    ]


def _signed(entries: Sequence[Entry], judgement: Judgement) -> Signed | None:
    for entry in reversed(effective(entries)):
        conclusion = entry.payload
        if isinstance(conclusion, EvaluationSigned) and conclusion.product == judgement.product:
            return Signed(
                entry=entry, conclusion=conclusion, still_so=conclusion.outcome == judgement.outcome
            )
    return None


def words_of(fact: Payload) -> str:
    """A recorded fact in one line, with its units. A later version of an entry reads as the first did."""
    return next(say(fact) for kind, say in WORDS.items() if isinstance(fact, kind))


def _condition_words(condition: ConditionRecorded) -> str:
    since = f" since {condition.onset_on.isoformat()}" if condition.onset_on else ""
    over = f", over since {condition.abated_on.isoformat()}" if condition.abated_on else ""
    return f"{_coding_words(condition.condition)}, {condition.status.value}{since}{over}"


def _medicine_words(medicine: MedicationRecorded) -> str:
    taken = "taken now" if medicine.active else "stopped"
    parts = (_coding_words(medicine.medicine), medicine.dose_text, medicine.route_text, taken)
    return ", ".join(part for part in parts if part)


def _allergy_words(allergy: AllergyRecorded) -> str:
    withdrawn = "" if allergy.active else "withdrawn"
    return ", ".join(part for part in (allergy.substance.display, allergy.reaction, withdrawn) if part)


def _pregnancy_words(record: PregnancyRecorded) -> str:
    return f"{record.status.value} ({record.method.value})".replace("_", " ")


def _lab_words(lab: LabRecorded) -> str:
    value = lab.value_text if lab.value is None else f"{lab.value:g} {lab.unit}".strip()
    upper = f" (upper limit {lab.upper_normal:g})" if lab.upper_normal is not None else ""
    return f"{lab.test.display} {value}{upper}"


def _report_words(score: ScoreReported) -> str:
    total = f"{score.total:g}" if score.total is not None else ""
    by = f", reported by {score.reported_by}" if score.reported_by else ""
    return f"{score.instrument.upper()} {' '.join(part for part in (total, score.level) if part)}{by}"


def _answers_words(answered: QuestionnaireAnswered) -> str:
    instrument = SCORERS.get(answered.instrument)
    name = instrument.name if instrument else answered.instrument
    given = sum(1 for item in answered.items if item is not None)
    return f"{name}, {given} of {len(answered.items)} items answered"


def _vitals_words(vitals: VitalsMeasured) -> str:
    values = vitals.values()
    systolic, diastolic = values.pop("systolic_mmhg", None), values.pop("diastolic_mmhg", None)
    parts = [f"BP {systolic:g}/{diastolic:g} mmHg"] if systolic is not None else []
    return ", ".join(
        [*parts, *(f"{BOUNDS[name].name} {value:g} {BOUNDS[name].unit}" for name, value in values.items())]
    )


def _trial_words(trial: AntidepressantTrialRecorded) -> str:
    fell = trial.outcome.value.replace("_", " ")
    episode = "this episode" if trial.this_episode else "an earlier episode"
    tolerated = ", stopped for intolerance" if trial.stopped_for_intolerance else ""
    return (
        f"{trial.drug} {trial.max_dose_text}".strip()
        + f", {trial.weeks:g} weeks, {episode}, {fell}{tolerated}"
    )


def _coding_words(coding: Coding) -> str:
    if coding.system is CodeSystem.TEXT:
        return coding.display
    return f"{coding.display} ({coding.system.value.upper()} {coding.code})"


WORDS: Final[Mapping[type[Payload], Callable[[Any], str]]] = {
    VitalsMeasured: _vitals_words,
    ConditionRecorded: _condition_words,
    MedicationRecorded: _medicine_words,
    AllergyRecorded: _allergy_words,
    AntidepressantTrialRecorded: _trial_words,
    PregnancyRecorded: _pregnancy_words,
    LabRecorded: _lab_words,
    ScoreReported: _report_words,
    QuestionnaireAnswered: _answers_words,
}
