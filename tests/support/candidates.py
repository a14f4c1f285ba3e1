"""Candidates for the evaluation's rules: one with every question answered well, and ways to change it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.entries import Answer, FindingAccepted, HistoryAnswered, ScoreReported
from ajar.pathway.evaluation.findings import Finding, Judgement
from ajar.pathway.evaluation.from_entries import candidate_of
from ajar.pathway.evaluation.history import QUESTIONS
from ajar.pathway.evaluation.policy import DEFAULT_POLICY, EvaluationPolicy
from ajar.pathway.evaluation.products import Indication, Jurisdiction, Product, Setting
from ajar.pathway.evaluation.rulebook import RULEBOOK_VERSION, judge
from ajar.pathway.instruments.answers import Mode, QuestionnaireAnswered
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
    Person,
    Pregnancy,
    PregnancyMethod,
    PregnancyRecorded,
    Sex,
    TrialOutcome,
)

NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
WOMAN = Person(patient_id=UUID(int=1), birth_date=date(1986, 5, 1), sex=Sex.FEMALE)
MAN = Person(patient_id=UUID(int=2), birth_date=date(1986, 5, 1), sex=Sex.MALE)

Facts = Sequence[Fact[Payload]]


def fact(payload: Payload, *, minutes_ago: float = 60) -> Fact[Payload]:
    """A recorded fact, so many minutes before NOW."""
    moment = NOW - timedelta(minutes=minutes_ago)
    return Fact(
        payload=payload, happened_at=moment, recorded_at=moment, entry_id=uuid4(), recorded_by="Dr. Test, MD"
    )


def answer(question: str, value: str, *, minutes_ago: float = 60) -> Fact[Payload]:
    """An answer to a history question."""
    return fact(HistoryAnswered(question=question, answer=Answer(value)), minutes_ago=minutes_ago)


def measured(*, minutes_ago: float = 60, **values: Any) -> Fact[Payload]:
    """A set of vital signs."""
    return fact(VitalsMeasured(**values), minutes_ago=minutes_ago)


def pressure(
    systolic: float, diastolic: float, *, minutes_ago: float = 60, rate: float = 72
) -> Fact[Payload]:
    """A set of vital signs with blood pressure and heart rate."""
    vitals = VitalsMeasured(systolic_mmhg=systolic, diastolic_mmhg=diastolic, heart_rate_bpm=rate)
    return fact(vitals, minutes_ago=minutes_ago)


def condition(code: str, *, system: str = "icd-10-cm", status: str = "active") -> Fact[Payload]:
    """A coded condition."""
    coding = Coding(system=CodeSystem(system), code=code, display=f"Condition {code}")
    payload = ConditionRecorded(
        condition=coding, status=ConditionStatus(status), onset_on=None, abated_on=None
    )
    return fact(payload)


def medicine(name: str, *, code: str = "", active: bool = True, minutes_ago: float = 60) -> Fact[Payload]:
    """A medicine by name, or by RxNorm code."""
    system = CodeSystem.RXNORM if code else CodeSystem.TEXT
    payload = MedicationRecorded(
        medicine=Coding(system=system, code=code, display=name),
        active=active,
        dose_text="0.1 mg at night",
        route_text="",
        started_on=None,
        ended_on=None,
    )
    return fact(payload, minutes_ago=minutes_ago)


def allergy(name: str, *, code: str = "", system: str = "text", active: bool = True) -> Fact[Payload]:
    """An allergy."""
    coding = Coding(system=CodeSystem(system), code=code, display=name)
    return fact(AllergyRecorded(substance=coding, reaction="", active=active))


def lab(loinc: str, text: str, *, minutes_ago: float = 60) -> Fact[Payload]:
    """A laboratory result in words, by its LOINC code."""
    coding = Coding(system=CodeSystem.LOINC, code=loinc, display=f"Test {loinc}")
    return fact(LabRecorded(test=coding, value=None, value_text=text, unit=""), minutes_ago=minutes_ago)


def in_words(name: str, text: str, *, minutes_ago: float = 60) -> Fact[Payload]:
    """A result in words, by the name of the test."""
    coding = Coding(system=CodeSystem.TEXT, code="", display=name)
    return fact(LabRecorded(test=coding, value=None, value_text=text, unit=""), minutes_ago=minutes_ago)


def value(
    loinc: str, number: float, unit: str, *, upper: float | None = None, minutes_ago: float = 60
) -> Fact[Payload]:
    """A laboratory value, with the upper limit of normal if it was given."""
    coding = Coding(system=CodeSystem.LOINC, code=loinc, display=f"Test {loinc}")
    payload = LabRecorded(test=coding, value=number, value_text="", unit=unit, upper_normal=upper)
    return fact(payload, minutes_ago=minutes_ago)


def reported(
    instrument: str, total: float | None = None, *, level: str = "", minutes_ago: float = 60
) -> Fact[Payload]:
    """An instrument's result as somebody reported it."""
    return fact(ScoreReported(instrument=instrument, total=total, level=level), minutes_ago=minutes_ago)


def answered(instrument: str, *items: int | None, minutes_ago: float = 60) -> Fact[Payload]:
    """A questionnaire with its items."""
    payload = QuestionnaireAnswered(
        instrument=instrument,
        instrument_version="1",
        language="en",
        mode=Mode.SELF_PORTAL,
        items=items,
        recall="",
        occasion="baseline",
    )
    return fact(payload, minutes_ago=minutes_ago)


def pregnancy(status: str, method: str = "urine_hcg", *, minutes_ago: float = 60) -> Fact[Payload]:
    """A pregnancy test or statement."""
    payload = PregnancyRecorded(status=Pregnancy(status), method=PregnancyMethod(method))
    return fact(payload, minutes_ago=minutes_ago)


def trial(
    drug: str,
    *,
    weeks: float = 8,
    adequate: bool | None = True,
    this_episode: bool = True,
    outcome: str = "under_25_percent",
    intolerance: bool = False,
) -> Fact[Payload]:
    """An antidepressant trial, by default an adequate one that failed in this episode."""
    return fact(
        AntidepressantTrialRecorded(
            drug=drug,
            max_dose_text="",
            weeks=weeks,
            adequate_dose=adequate,
            this_episode=this_episode,
            outcome=TrialOutcome(outcome),
            stopped_for_intolerance=intolerance,
        )
    )


GOOD_ANSWERS = tuple(answer(question.id, question.good) for question in QUESTIONS)

TESTS: Facts = (
    value("1742-6", 22, "U/L", upper=40),
    value("1920-8", 24, "U/L", upper=40),
    value("6768-6", 70, "U/L", upper=120),
    value("2324-2", 30, "U/L", upper=60),
    value("2160-0", 0.9, "mg/dL"),
    value("2823-3", 4.1, "mmol/L"),
    value("8636-3", 420, "ms"),
    in_words("Urinalysis", "normal"),
    in_words("Urine drug screen", "negative"),
    reported("bpic-ss", 3),
    reported("stop-bang", 2),
    reported("mmse", 29),
    reported("mdq", level="negative"),
    reported("phq-9", 18),
    reported("gad-7", 12),
    reported("c-ssrs", level="none"),
)
"""Every baseline test, with a result that stops nothing."""

WELL: Facts = (
    *GOOD_ANSWERS,
    pressure(122, 78),
    measured(weight_kg=70, height_cm=172, spo2_percent=98),
    pregnancy("not_pregnant"),
    trial("sertraline"),
    trial("venlafaxine"),
    *TESTS,
)
"""Everything asked, measured and answered well: eligible for every product in the US."""


def candidate(facts: Facts, person: Person = WOMAN) -> Candidate:
    """The candidate that these facts describe."""
    return candidate_of(facts, person)


def setting(
    product: str = "esketamine_in",
    jurisdiction: str = "US",
    indication: str | None = "",
    payer: str = "",
    policy: EvaluationPolicy = DEFAULT_POLICY,
) -> Setting:
    """Judged now. Spravato is asked for its own indication, the others for none, unless one is named."""
    chosen = (
        "treatment_resistant_depression" if indication == "" and product == "esketamine_in" else indication
    )
    return Setting(
        product=Product(product),
        jurisdiction=Jurisdiction(jurisdiction),
        now=NOW,
        indication=Indication(chosen) if chosen else None,
        payer=payer,
        policy=policy,
    )


def judged(facts: Facts, person: Person = WOMAN, **of_setting: Any) -> Judgement:
    """The judgement over these facts; the rest is as `setting` takes it."""
    return judge(candidate(facts, person), setting(**of_setting))


def found(judgement: Judgement, rule_id: str) -> Finding:
    """The first finding of one rule."""
    return next(finding for finding in judgement.findings if finding.rule_id == rule_id)


def accepted(finding: Finding, *, version: str = RULEBOOK_VERSION) -> Fact[Payload]:
    """An acceptance of this finding as it is shown now."""
    payload = FindingAccepted(
        rule_id=finding.rule_id,
        rulebook_version=version,
        because="Benefit outweighs risk; watched closely.",
        datum=finding.datum_key,
    )
    return fact(payload, minutes_ago=0)
