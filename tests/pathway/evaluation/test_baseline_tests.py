"""Baseline tests and the cautions that stand on them, as tables (clinical.md 3.3, 3.5)."""

from dataclasses import replace
from datetime import date

import pytest

from ajar.pathway.evaluation.findings import Outcome, Verdict
from ajar.pathway.evaluation.policy import DEFAULT_POLICY, WhoIsTested
from ajar.pathway.patients.facts import Person, Sex
from tests.support.candidates import (
    MAN,
    WELL,
    WOMAN,
    answer,
    answered,
    found,
    in_words,
    judged,
    lab,
    measured,
    pregnancy,
    pressure,
    reported,
    value,
)

DAY = 24 * 60
STOP, PASS, ASKS, CARE = Verdict.STOP, Verdict.PASS, Verdict.NEEDS_INFORMATION, Verdict.PRECAUTION


def worst(judgement, rule_id):
    """The most pressing verdict of one rule."""
    order = (STOP, ASKS, CARE, PASS)
    return min((f.verdict for f in judgement.findings if f.rule_id == rule_id), key=order.index)


def without(*names):
    """Everything well, but these: a test, an instrument, a question, or "vitals"."""
    return [fact for fact in WELL if not set(names) & set(called(fact.payload))]


def called(payload):
    test = getattr(payload, "test", None)
    yield from (getattr(payload, "instrument", ""), getattr(payload, "question", ""))
    if test is not None:
        yield from (test.code, test.display)
    if hasattr(payload, "systolic_mmhg"):
        yield "vitals"
    if hasattr(payload, "method"):
        yield "pregnancy"


def aged(years, sex=Sex.FEMALE):
    return Person(patient_id=WOMAN.patient_id, birth_date=date(2026 - years, 1, 1), sex=sex)


MISSING = [
    ("1742-6", "LAB-3"),
    ("1920-8", "LAB-3"),
    ("6768-6", "LAB-3"),
    ("2324-2", "LAB-3"),
    ("2160-0", "LAB-4"),
    ("2823-3", "LAB-4"),
    ("Urinalysis", "LAB-7"),
    ("bpic-ss", "LAB-7"),
    ("stop-bang", "LAB-8"),
    ("vitals", "LAB-9"),
    ("vitals", "POP-10"),
    ("mdq", "TRD-4"),
    ("1742-6", "CA-10"),
]


@pytest.mark.parametrize(("name", "rule_id"), MISSING)
@pytest.mark.hazard("HAZ-02")
def test_a_test_that_is_missing_is_asked_for(name, rule_id):
    finding = next(f for f in judged(without(name)).missing if f.rule_id == rule_id)
    assert finding.ruling.until
    assert not finding.acceptable


RESULTS = [
    # Liver, by CA-10, LAB-3
    (value("1742-6", 60, "U/L", upper=40, minutes_ago=1), "CA-10", CARE),
    (value("1742-6", 59, "U/L", upper=40, minutes_ago=1), "CA-10", PASS),
    (value("1742-6", 120, "U/L", upper=40, minutes_ago=1), "CA-10", CARE),
    (value("1920-8", 121, "U/L", upper=40, minutes_ago=1), "CA-10", STOP),
    (value("1742-6", 121, "U/L", minutes_ago=1), "CA-10", ASKS),  # no upper limit of normal
    (value("1742-6", 2, "ukat/L", upper=0.7, minutes_ago=1), "CA-10", ASKS),  # never converted by guess
    (lab("1742-6", "fine", minutes_ago=1), "CA-10", ASKS),
    # Electrolytes, QTc, pulse and weight, by CA-14
    (value("2823-3", 3.0, "mmol/L", minutes_ago=1), "CA-14", PASS),
    (value("2823-3", 2.9, "mEq/L", minutes_ago=1), "CA-14", STOP),
    (value("8636-3", 500, "ms", minutes_ago=1), "CA-14", PASS),
    (value("8636-3", 501, "ms", minutes_ago=1), "CA-14", STOP),
    (pressure(120, 80, rate=39, minutes_ago=1), "CA-14", STOP),
    (measured(weight_kg=44, height_cm=172, minutes_ago=1), "CA-14", STOP),
    (measured(weight_kg=45, height_cm=172, minutes_ago=1), "CA-14", PASS),
    # Body mass, by POP-10, LAB-9
    (measured(weight_kg=89, height_cm=172, minutes_ago=1), "POP-10", CARE),
    (measured(weight_kg=88, height_cm=172, minutes_ago=1), "POP-10", PASS),
    # Thyroid, by LAB-6
    (value("3016-3", 0.3, "mIU/L", minutes_ago=1), "LAB-6", STOP),
    (value("3016-3", 1.9, "mIU/L", minutes_ago=1), "LAB-6", PASS),
    (pressure(120, 80, rate=120, minutes_ago=1), "LAB-6", ASKS),  # a fast pulse asks for it
    (answer("thyroid_history", "yes", minutes_ago=1), "LAB-6", ASKS),
    # Electrocardiogram, by LAB-5
    (in_words("ECG", "abnormal", minutes_ago=1), "LAB-5", STOP),
    (in_words("ECG", "normal", minutes_ago=1), "LAB-5", PASS),
    # Drug screen, by LAB-2
    (in_words("Urine drug screen", "positive for opioids", minutes_ago=1), "LAB-2", STOP),
    # Bladder, by LAB-7, CA-15
    (in_words("Urinalysis", "abnormal", minutes_ago=1), "LAB-7", CARE),
    (in_words("Urinalysis", "see letter", minutes_ago=1), "LAB-7", ASKS),
    (reported("bpic-ss", 18, minutes_ago=1), "CA-15", PASS),
    (reported("bpic-ss", 19, minutes_ago=1), "CA-15", STOP),
    (answered("bpic-ss", 4, 4, 4, 4, 0, 0, 0, 3, minutes_ago=1), "CA-15", STOP),
    (answered("bpic-ss", 1, 1, None, 1, 0, 0, 0, 3, minutes_ago=1), "LAB-7", ASKS),
    # Sleep apnoea, by LAB-8
    (reported("stop-bang", 4, minutes_ago=1), "LAB-8", PASS),
    (reported("stop-bang", 5, minutes_ago=1), "LAB-8", STOP),
    # Memory, by LAB-10
    (reported("mmse", 24, minutes_ago=1), "LAB-10", STOP),
    (reported("moca", 25, minutes_ago=1), "LAB-10", STOP),
    (reported("moca", 26, minutes_ago=1), "LAB-10", PASS),
    # A missed bipolar disorder, by TRD-4
    (reported("mdq", level="positive", minutes_ago=1), "TRD-4", CARE),
    (reported("mdq", 9, minutes_ago=1), "TRD-4", ASKS),  # a total alone has no verdict (trap 14)
    (answered("mdq", *([1] * 13), 1, 3, minutes_ago=1), "TRD-4", CARE),
    (answer("antidepressants_not_taken", "yes", minutes_ago=1), "TRD-4", CARE),
]


@pytest.mark.parametrize(("fact", "rule_id", "verdict"), RESULTS)
def test_a_result_leads_where_the_table_says(fact, rule_id, verdict):
    judgement = judged([*WELL, fact])
    assert worst(judgement, rule_id) is verdict
    if verdict is STOP:
        assert judgement.outcome is Outcome.DEFER
        assert found(judgement, rule_id).acceptable or worst(judgement, rule_id) is STOP


OLD = [
    ("1742-6", value("1742-6", 20, "U/L", upper=40, minutes_ago=181 * DAY), "LAB-3"),
    ("1742-6", value("1742-6", 20, "U/L", upper=40, minutes_ago=181 * DAY), "CA-10"),
    ("2823-3", value("2823-3", 4, "mmol/L", minutes_ago=366 * DAY), "LAB-4"),
    ("Urinalysis", in_words("Urinalysis", "normal", minutes_ago=91 * DAY), "LAB-7"),
    ("bpic-ss", reported("bpic-ss", 2, minutes_ago=91 * DAY), "LAB-7"),
    ("stop-bang", reported("stop-bang", 2, minutes_ago=366 * DAY), "LAB-8"),
    ("vitals", measured(weight_kg=70, height_cm=172, minutes_ago=31 * DAY), "LAB-9"),
]


@pytest.mark.parametrize(("name", "fact", "rule_id"), OLD)
def test_an_old_result_is_asked_for_again_and_its_age_is_known(name, fact, rule_id):
    finding = next(f for f in judged([*without(name), fact]).missing if f.rule_id == rule_id)
    assert finding.ruling.happened_at == fact.happened_at
    assert "older than" in finding.ruling.because


def test_a_stop_does_not_pass_because_it_is_old():
    old = value("1742-6", 400, "U/L", upper=40, minutes_ago=300 * DAY)
    assert worst(judged([*without("1742-6"), old]), "CA-10") is STOP


def test_a_weight_that_changed_is_only_shown():
    judgement = judged([*WELL, measured(weight_kg=75, minutes_ago=1)])
    assert "The weight changed by 5 % or more." in {f.ruling.because for f in judgement.remarks}
    assert judgement.outcome is Outcome.ELIGIBLE
    assert not [
        f for f in judged([*WELL, measured(weight_kg=71, minutes_ago=1)]).remarks if f.rule_id == "LAB-9"
    ]


def test_with_an_eating_disorder_every_limit_must_be_known():
    eating = answer("eating_disorder", "yes", minutes_ago=1)
    finding = found(judged([*without("8636-3", "vitals"), eating]), "CA-14")
    assert finding.verdict is CARE
    missing = [f for f in judged([*without("8636-3", "vitals"), eating]).missing if f.rule_id == "CA-14"]
    assert "QTc, BMI, heart rate" in missing[0].ruling.because
    old = value("2823-3", 4, "mmol/L", minutes_ago=40 * DAY)
    assert worst(judged([*without("2823-3"), old, eating]), "LAB-4") is ASKS  # each visit
    assert worst(judged([*without("2823-3"), old]), "LAB-4") is PASS


def test_a_rise_of_the_bladder_score_holds():
    rising = [reported("icsi", 3, minutes_ago=100), reported("icsi", 7, minutes_ago=1)]
    assert worst(judged([*WELL, *rising]), "CA-15") is STOP
    small = [reported("icsi", 3, minutes_ago=100), reported("icsi", 6, minutes_ago=1)]
    assert worst(judged([*WELL, *small]), "CA-15") is PASS


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ([], CARE),
        ([measured(spo2_percent=93, minutes_ago=1)], STOP),
        ([measured(spo2_percent=94, minutes_ago=1)], CARE),
    ],
)
def test_with_lung_disease_the_oxygen_at_rest_counts(facts, verdict):
    ill = answer("lung_disease", "yes", minutes_ago=2)
    assert worst(judged([*WELL, ill, *facts]), "CA-07") is verdict
    assert worst(judged([*without("vitals"), ill]), "CA-07") is ASKS
    old = measured(spo2_percent=98, minutes_ago=31 * DAY)
    assert worst(judged([*without("vitals"), ill, old]), "CA-07") is ASKS


ECG_ALL = replace(DEFAULT_POLICY, ecg=WhoIsTested.ALL)


@pytest.mark.parametrize(
    ("person", "extra", "policy", "verdict"),
    [
        (WOMAN, [], DEFAULT_POLICY, PASS),
        (WOMAN, [], ECG_ALL, ASKS),
        (aged(50), [], DEFAULT_POLICY, ASKS),
        (aged(49), [], DEFAULT_POLICY, PASS),
        (WOMAN, [answer("heart_risk", "yes", minutes_ago=1)], DEFAULT_POLICY, ASKS),
        (WOMAN, [answer("treated_hypertension", "yes", minutes_ago=1)], DEFAULT_POLICY, ASKS),
        (aged(50), [in_words("ECG", "normal", minutes_ago=1)], DEFAULT_POLICY, PASS),
        (aged(50), [value("8636-3", 420, "ms", minutes_ago=1)], DEFAULT_POLICY, PASS),
        (aged(50), [in_words("ECG", "see letter", minutes_ago=1)], DEFAULT_POLICY, ASKS),
    ],
)
def test_an_ecg_is_asked_of_those_who_need_one(person, extra, policy, verdict):
    assert worst(judged([*without("8636-3"), *extra], person, policy=policy), "LAB-5") is verdict


@pytest.mark.parametrize(
    ("extra", "policy", "product", "verdict"),
    [
        ([], DEFAULT_POLICY, "esketamine_in", PASS),
        ([], replace(DEFAULT_POLICY, drug_screen=WhoIsTested.ALL), "esketamine_in", ASKS),
        ([], DEFAULT_POLICY, "ketamine_sl_home", ASKS),
        ([answer("substance_use_remission", "yes", minutes_ago=1)], DEFAULT_POLICY, "esketamine_in", ASKS),
        ([in_words("Urine drug screen", "see letter")], DEFAULT_POLICY, "ketamine_sl_home", ASKS),
        ([in_words("Urine drug screen", "negative")], DEFAULT_POLICY, "ketamine_sl_home", PASS),
    ],
)
def test_a_drug_screen_is_asked_of_those_who_need_one(extra, policy, product, verdict):
    judgement = judged([*without("Urine drug screen"), *extra], policy=policy, product=product)
    assert worst(judgement, "LAB-2") is verdict


def test_a_thyroid_test_is_read_as_a_number():
    history = answer("thyroid_history", "yes", minutes_ago=5)
    assert worst(judged([*WELL, history, lab("3016-3", "fine")]), "LAB-6") is ASKS
    high = value("3016-3", 9, "mIU/L", upper=4.5, minutes_ago=1)
    assert worst(judged([*WELL, history, high]), "LAB-6") is CARE
    assert worst(judged([*WELL, history, value("3016-3", 2, "mIU/L", upper=4.5)]), "LAB-6") is PASS


@pytest.mark.parametrize(
    ("person", "extra", "verdict"),
    [
        (aged(59), [], PASS),
        (aged(60), [], ASKS),
        (aged(60), [reported("mmse", 25, minutes_ago=1)], PASS),
        (aged(60), [reported("mmse", 29, minutes_ago=181 * DAY)], ASKS),
        (WOMAN, [answer("cognitive_impairment", "yes", minutes_ago=1)], ASKS),
        (WOMAN, [answer("cognitive_impairment", "unknown", minutes_ago=1)], ASKS),
    ],
)
def test_memory_is_tested_from_60_or_on_a_complaint(person, extra, verdict):
    assert worst(judged([*without("mmse"), *extra], person), "LAB-10") is verdict


PREGNANCY_TESTS = [
    (WOMAN, [], STOP),  # missing: defer, as the table says
    (WOMAN, [pregnancy("not_pregnant", minutes_ago=1)], PASS),
    (WOMAN, [pregnancy("not_pregnant", minutes_ago=31 * DAY)], STOP),
    (WOMAN, [pregnancy("not_pregnant", "stated", minutes_ago=1)], STOP),
    (WOMAN, [pregnancy("not_possible", "stated", minutes_ago=1)], PASS),
    (WOMAN, [lab("2118-8", "negative", minutes_ago=1)], PASS),
    (MAN, [], PASS),
    (aged(56), [], PASS),
    (aged(55), [], STOP),
]


@pytest.mark.parametrize(("person", "records", "verdict"), PREGNANCY_TESTS)
def test_without_a_pregnancy_test_the_treatment_waits(person, records, verdict):
    judgement = judged([*without("pregnancy"), *records], person)
    finding = found(judgement, "LAB-1")
    assert finding.verdict is verdict
    if verdict is STOP:
        assert (judgement.outcome, finding.acceptable) == (Outcome.DEFER, False)
