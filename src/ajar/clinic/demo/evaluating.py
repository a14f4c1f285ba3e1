"""The chapter of evaluation, told through the same services that the pages use."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from ajar.clinic.demo.curves import Body
from ajar.clinic.demo.people import PIN
from ajar.clinic.demo.plots import Chapter, Plot
from ajar.clinic.evaluation.purpose import Purpose
from ajar.clinic.evaluation.services import accept_finding, judgement_of, record_facts, sign_evaluation
from ajar.clinic.ledger.selectors import decision_position
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Account
from ajar.pathway.evaluation.entries import Answer, EvaluationAskedFor, HistoryAnswered, ScoreReported
from ajar.pathway.evaluation.findings import Verdict
from ajar.pathway.evaluation.history import QUESTIONS
from ajar.pathway.evaluation.products import Indication
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import (
    AllergyRecorded,
    AntidepressantTrialRecorded,
    CodeSystem,
    Coding,
    ConditionRecorded,
    ConditionStatus,
    LabRecorded,
    MedicationRecorded,
    Pregnancy,
    PregnancyMethod,
    PregnancyRecorded,
    Sex,
    TrialOutcome,
)

DEPRESSION: Final = Coding(
    system=CodeSystem.ICD_10_CM, code="F33.2", display="Recurrent depressive disorder, severe"
)
TRIALS: Final = (("Sertraline", "200 mg"), ("Venlafaxine", "225 mg"), ("Bupropion", "300 mg"))
RESULTS: Final = (
    ("1742-6", "ALT", 18.0, "U/L", 40.0),
    ("1920-8", "AST", 20.0, "U/L", 40.0),
    ("6768-6", "ALP", 64.0, "U/L", 120.0),
    ("2324-2", "GGT", 25.0, "U/L", 60.0),
    ("2160-0", "Creatinine", 0.8, "mg/dL", 1.2),
    ("2823-3", "Potassium", 4.2, "mmol/L", 5.1),
    ("8636-3", "QTc", 412.0, "ms", None),
)
SCORES: Final = (("stop-bang", 2.0, ""), ("bpic-ss", 3.0, ""), ("mmse", 29.0, ""), ("mdq", None, "negative"))
LEFT_OUT: Final = "breast_feeding"
"""The question that is still open where an evaluation has only begun."""


def evaluate(patient: Patient, plot: Plot, index: int, *, by: Account, now: datetime) -> None:
    """Record the facts of an evaluation and, where the story goes on, sign it."""
    skipped = LEFT_OUT if plot.chapter is Chapter.EVALUATING else ""
    facts = [*_history(plot, skipped), *_facts(patient, plot, index, now)]
    entries = [NewEntry(payload=payload, happened_at=now) for payload in facts]
    record_facts(patient=patient, entries=entries, by=by, now=now)
    if plot.chapter is Chapter.EVALUATING:
        return
    conclude(patient, plot, by=by, now=now + timedelta(minutes=10))


def conclude(patient: Patient, plot: Plot, *, by: Account, now: datetime) -> None:
    """Accept the precautions that stand, then sign the outcome."""
    purpose = Purpose(product=plot.product, indication=Indication.TRD)
    for finding in judgement_of(patient, purpose, now).standing:
        if finding.acceptable and finding.verdict is Verdict.PRECAUTION:
            accept_finding(
                patient=patient,
                purpose=purpose,
                rule_id=finding.rule_id,
                datum=finding.datum_key,
                because="Discussed with the patient; benefit outweighs the risk, and it will be watched.",
                pin=PIN,
                expected=decision_position(patient.pk),
                by=by,
                now=now,
            )
    judgement = judgement_of(patient, purpose, now)
    sign_evaluation(
        patient=patient,
        purpose=purpose,
        shown_outcome=judgement.outcome,
        pin=PIN,
        expected=decision_position(patient.pk),
        by=by,
        now=now,
    )


def _history(plot: Plot, skipped: str) -> list[Payload]:
    special: Mapping[str, Answer] = (
        {"aneurysm": Answer.YES} if plot.chapter is Chapter.CONTRAINDICATED else {}
    )
    return [
        HistoryAnswered(
            question=question.id,
            answer=special.get(question.id, question.good),
        )
        for question in QUESTIONS
        if question.id != skipped
    ]


def _facts(patient: Patient, plot: Plot, index: int, now: datetime) -> Sequence[Payload]:
    facts: list[Payload] = [
        ConditionRecorded(
            condition=DEPRESSION,
            status=ConditionStatus.ACTIVE,
            onset_on=(now - timedelta(days=700 + 40 * index)).date(),
            abated_on=None,
        ),
        AllergyRecorded(
            substance=Coding(system=CodeSystem.TEXT, code="", display="No known allergy"),
            reaction="",
            active=True,
        ),
        EvaluationAskedFor(product=plot.product, indication=Indication.TRD),
        _measured(plot, index),
        *_tests(plot, index),
    ]
    facts += [_trial(drug, dose, index) for drug, dose in TRIALS[: 2 + index % 2]]
    facts.append(_medicine("Sertraline", "36437", "100 mg every morning"))
    if index % 4 == 1:
        facts.append(_medicine("Lorazepam", "6470", "0.5 mg at night when needed"))
    if patient.sex != Sex.MALE:
        facts.append(PregnancyRecorded(status=Pregnancy.NOT_PREGNANT, method=PregnancyMethod.URINE_HCG))
    return facts


def _tests(plot: Plot, index: int) -> list[Payload]:
    """The baseline tests; where the evaluation has only begun, the scores are still to come."""
    results: list[Payload] = [
        LabRecorded(
            test=Coding(system=CodeSystem.LOINC, code=code, display=name),
            value=round(value * (1 + index % 5 / 50), 1),
            value_text="",
            unit=unit,
            upper_normal=upper,
        )
        for code, name, value, unit, upper in RESULTS
    ]
    results.append(
        LabRecorded(
            test=Coding(system=CodeSystem.TEXT, code="urinalysis", display="Urinalysis"),
            value=None,
            value_text="normal",
            unit="",
        )
    )
    if plot.chapter is Chapter.EVALUATING:
        return results
    return results + [
        ScoreReported(instrument=name, total=total, level=level, reported_by="baseline visit")
        for name, total, level in SCORES
    ]


def _measured(plot: Plot, index: int) -> VitalsMeasured:
    body = Body.of(index)
    high = plot.chapter is Chapter.DEFERRED
    return VitalsMeasured(
        systolic_mmhg=168 if high else body.systolic_mmhg,
        diastolic_mmhg=104 if high else body.diastolic_mmhg,
        heart_rate_bpm=body.heart_rate_bpm,
        spo2_percent=98,
        respiratory_rate_per_min=15,
        weight_kg=58 + index * 7 % 34,
        height_cm=160 + index * 5 % 27,
        at_rest=True,
    )


def _trial(drug: str, dose: str, index: int) -> AntidepressantTrialRecorded:
    return AntidepressantTrialRecorded(
        drug=drug,
        max_dose_text=dose,
        weeks=8 + index % 5,
        adequate_dose=True,
        this_episode=True,
        outcome=TrialOutcome.UNDER_25,
        stopped_for_intolerance=False,
    )


def _medicine(name: str, rxnorm: str, dose: str) -> MedicationRecorded:
    return MedicationRecorded(
        medicine=Coding(system=CodeSystem.RXNORM, code=rxnorm, display=name),
        active=True,
        dose_text=dose,
        route_text="by mouth",
        started_on=None,
        ended_on=None,
    )
