"""The rules of the evaluation, as tables (clinical.md 3)."""

from datetime import date

import pytest

from ajar.pathway.evaluation.findings import Outcome, Standing, Strength, Verdict
from ajar.pathway.patients.facts import Person, Sex
from tests.support.candidates import (
    GOOD_ANSWERS,
    MAN,
    WELL,
    WOMAN,
    allergy,
    answer,
    condition,
    found,
    judged,
    lab,
    pregnancy,
    pressure,
    trial,
)

DAY = 24 * 60


@pytest.mark.parametrize("product", ["esketamine_in", "ketamine_iv"])
def test_somebody_with_every_answer_well_is_eligible(product):
    judgement = judged(WELL, product=product)
    assert judgement.outcome is Outcome.ELIGIBLE
    assert judgement.standing == ()
    assert judgement.why_not_signable == ""


HISTORY = [
    ("aneurysm", "CI-01", Verdict.STOP, Strength.HARD_STOP, Outcome.CONTRAINDICATED),
    ("arteriovenous_malformation", "CI-02", Verdict.STOP, Strength.HARD_STOP, Outcome.CONTRAINDICATED),
    ("intracerebral_haemorrhage", "CI-03", Verdict.STOP, Strength.HARD_STOP, Outcome.CONTRAINDICATED),
    ("ketamine_hypersensitivity", "CI-04", Verdict.STOP, Strength.HARD_STOP, Outcome.CONTRAINDICATED),
    ("pressure_hazard", "CI-05", Verdict.STOP, Strength.HARD_STOP, Outcome.CONTRAINDICATED),
    ("recent_cardiovascular_event", "CI-06", Verdict.STOP, Strength.SOFT_STOP, Outcome.DEFER),
    ("psychosis_now", "CI-07", Verdict.STOP, Strength.HARD_STOP, Outcome.CONTRAINDICATED),
    ("psychosis_past", "CA-03", Verdict.PRECAUTION, Strength.CAUTION, Outcome.ELIGIBLE_WITH_CAUTION),
    ("mania_now", "CI-08", Verdict.STOP, Strength.SOFT_STOP, Outcome.DEFER),
    ("bipolar", "CA-05", Verdict.PRECAUTION, Strength.CAUTION, Outcome.ELIGIBLE_WITH_CAUTION),
    ("breast_feeding", "CI-10", Verdict.STOP, Strength.SOFT_STOP, Outcome.DEFER),
    ("severe_liver_disease", "CI-12", Verdict.STOP, Strength.HARD_STOP, Outcome.CONTRAINDICATED),
    ("moderate_liver_disease", "CA-09", Verdict.PRECAUTION, Strength.CAUTION, Outcome.ELIGIBLE_WITH_CAUTION),
    ("substance_use_untreated", "CI-15", Verdict.STOP, Strength.SOFT_STOP, Outcome.DEFER),
    ("substance_use_remission", "CA-06", Verdict.PRECAUTION, Strength.CAUTION, Outcome.ELIGIBLE_WITH_CAUTION),
    ("ketamine_use_disorder", "CI-16", Verdict.STOP, Strength.HARD_STOP, Outcome.CONTRAINDICATED),
    ("raised_intracranial_pressure", "CI-13", Verdict.STOP, Strength.HARD_STOP, Outcome.CONTRAINDICATED),
    ("decompensated_heart", "CI-23", Verdict.STOP, Strength.SOFT_STOP, Outcome.DEFER),
    ("treated_hypertension", "CA-01", Verdict.PRECAUTION, Strength.CAUTION, Outcome.ELIGIBLE_WITH_CAUTION),
    (
        "hypertensive_encephalopathy",
        "CA-02",
        Verdict.PRECAUTION,
        Strength.CAUTION,
        Outcome.ELIGIBLE_WITH_CAUTION,
    ),
    ("stroke_or_tia", "CA-16", Verdict.PRECAUTION, Strength.CAUTION, Outcome.ELIGIBLE_WITH_CAUTION),
    ("seizures", "CA-08", Verdict.PRECAUTION, Strength.CAUTION, Outcome.ELIGIBLE_WITH_CAUTION),
    ("capacity_lacking", "CI-19", Verdict.STOP, Strength.HARD_STOP, Outcome.CONTRAINDICATED),
    ("delirium_dementia", "CI-20", Verdict.STOP, Strength.HARD_STOP, Outcome.CONTRAINDICATED),
    ("psychosis_in_family", "CA-04", Verdict.PRECAUTION, Strength.CAUTION, Outcome.ELIGIBLE_WITH_CAUTION),
    ("recent_suicide_attempt", "CA-12", Verdict.PRECAUTION, Strength.CAUTION, Outcome.ELIGIBLE_WITH_CAUTION),
    ("borderline", "CA-13", Verdict.PRECAUTION, Strength.CAUTION, Outcome.ELIGIBLE_WITH_CAUTION),
    ("eating_disorder", "CA-14", Verdict.PRECAUTION, Strength.CAUTION, Outcome.ELIGIBLE_WITH_CAUTION),
    ("eye_pressure", "CI-14", Verdict.STOP, Strength.SOFT_STOP, Outcome.DEFER),
    ("porphyria", "CI-21", Verdict.STOP, Strength.SOFT_STOP, Outcome.DEFER),
    ("overactive_thyroid", "CI-22", Verdict.STOP, Strength.SOFT_STOP, Outcome.DEFER),
    ("cystitis", "CI-24", Verdict.STOP, Strength.SOFT_STOP, Outcome.DEFER),
    ("urinary_symptoms", "CA-15", Verdict.PRECAUTION, Strength.CAUTION, Outcome.ELIGIBLE_WITH_CAUTION),
    ("lung_disease", "CA-07", Verdict.PRECAUTION, Strength.CAUTION, Outcome.ELIGIBLE_WITH_CAUTION),
]


@pytest.mark.parametrize(("question", "rule_id", "verdict", "strength", "outcome"), HISTORY)
def test_a_yes_leads_where_the_table_says(question, rule_id, verdict, strength, outcome):
    judgement = judged([*WELL, answer(question, "yes", minutes_ago=1)])
    finding = found(judgement, rule_id)
    assert (finding.verdict, finding.strength, judgement.outcome) == (verdict, strength, outcome)
    assert finding.ruling.datum == "history answer: yes"


@pytest.mark.parametrize(("question", "rule_id"), [(row[0], row[1]) for row in HISTORY])
@pytest.mark.parametrize("value", ["unknown", None])
@pytest.mark.hazard("HAZ-02")
def test_an_answer_that_is_missing_or_not_known_is_never_a_pass(question, rule_id, value):
    others = [fact for fact in WELL if getattr(fact.payload, "question", "") != question]
    facts = others if value is None else [*others, answer(question, value)]
    judgement = judged(facts)
    assert found(judgement, rule_id).verdict is Verdict.NEEDS_INFORMATION
    assert judgement.outcome is Outcome.NEEDS_INFORMATION
    assert "Information is missing" in judgement.why_not_signable


CODES = [
    ("I71.4", "CI-01"),
    ("I67.1", "CI-01"),
    ("Q28.2", "CI-02"),
    ("I61.9", "CI-03"),
    ("I69.10", "CI-03"),
    ("G93.2", "CI-05"),
    ("F20.9", "CI-07"),
    ("F25.0", "CI-07"),
    ("F29", "CI-07"),
    ("F33.3", "CA-03"),
    ("F31.2", "CI-08"),
    ("F31.9", "CA-05"),
    ("F10.20", "CI-15"),
    ("F10.21", "CA-06"),
    ("F16.20", "CI-16"),
    ("K72.10", "CI-12"),
    ("K74.60", "CA-09"),
    ("Z39.1", "CI-10"),
    ("Z33.1", "CI-09"),
    ("G91.1", "CI-13"),
    ("I50.23", "CI-23"),
    ("I10", "CA-01"),
    ("I67.4", "CA-02"),
    ("I63.9", "CA-16"),
    ("G40.909", "CA-08"),
    ("F03.90", "CI-20"),
    ("Z81.8", "CA-04"),
    ("T14.91", "CA-12"),
    ("F60.3", "CA-13"),
    ("F50.01", "CA-14"),
    ("H40.9", "CI-14"),
    ("E80.21", "CI-21"),
    ("E05.90", "CI-22"),
    ("N30.10", "CI-24"),
    ("R30.0", "CA-15"),
    ("J44.9", "CA-07"),
]


@pytest.mark.parametrize(("code", "rule_id"), CODES)
def test_a_coded_condition_answers_the_same_question_and_the_conflict_is_shown(code, rule_id):
    finding = found(judged([*WELL, condition(code)]), rule_id)
    assert finding.verdict in (Verdict.STOP, Verdict.PRECAUTION)
    assert code in finding.ruling.datum
    assert finding.ruling.conflict


@pytest.mark.parametrize(
    ("code", "rule_id"), [("128609009", "CI-01"), ("274100004", "CI-03"), ("58214004", "CI-07")]
)
def test_a_snomed_code_counts_as_well(code, rule_id):
    assert found(judged([*WELL, condition(code, system="snomed")]), rule_id).verdict is Verdict.STOP


@pytest.mark.parametrize(
    ("code", "system", "status"),
    [
        ("F10.21", "icd-10-cm", "remission"),  # in remission: CA-06, not CI-15
        ("F29", "icd-10-cm", "resolved"),  # over: CA-03, not CI-07
        ("I10", "icd-10-cm", "active"),
        ("I71.4", "text", "active"),  # a code is only a code in its system
        ("58214004", "loinc", "active"),
    ],
)
def test_other_conditions_stop_nothing(code, system, status):
    judgement = judged([*WELL, condition(code, system=system, status=status)])
    assert not [finding for finding in judgement.findings if finding.verdict is Verdict.STOP]


def test_a_lifetime_yes_stays_whatever_is_answered_later():
    facts = [*WELL, answer("aneurysm", "yes", minutes_ago=30), answer("aneurysm", "no", minutes_ago=1)]
    finding = found(judged(facts), "CI-01")
    assert finding.verdict is Verdict.STOP
    assert "stands until it is corrected" in finding.ruling.conflict


def test_a_state_that_passes_is_asked_again():
    facts = [*WELL, answer("mania_now", "yes", minutes_ago=30), answer("mania_now", "no", minutes_ago=1)]
    assert found(judged(facts), "CI-08").verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("question", "days", "verdict"),
    [
        ("psychosis_now", 91, Verdict.NEEDS_INFORMATION),
        ("psychosis_now", 89, Verdict.PASS),
        ("aneurysm", 3000, Verdict.PASS),
    ],
)
def test_a_no_holds_only_as_long_as_the_question_says(question, days, verdict):
    others = [fact for fact in WELL if getattr(fact.payload, "question", "") != question]
    judgement = judged([*others, answer(question, "no", minutes_ago=days * DAY)])
    rule_id = {"psychosis_now": "CI-07", "aneurysm": "CI-01"}[question]
    assert found(judgement, rule_id).verdict is verdict


@pytest.mark.parametrize(
    ("jurisdiction", "product", "rule_id", "question", "standing", "outcome"),
    [
        ("US", "esketamine_in", "CI-02", "arteriovenous_malformation", Standing.LABEL, "contraindicated"),
        ("EU", "esketamine_in", "CI-02", "arteriovenous_malformation", Standing.POLICY, "contraindicated"),
        ("US", "ketamine_iv", "CI-01", "aneurysm", Standing.POLICY, "contraindicated"),
        ("EU", "esketamine_in", "CI-06", "recent_cardiovascular_event", Standing.LABEL, "contraindicated"),
        ("US", "esketamine_in", "CI-06", "recent_cardiovascular_event", Standing.POLICY, "defer"),  # trap 1
        ("US", "esketamine_in", "CI-07", "psychosis_now", Standing.POLICY, "contraindicated"),  # trap 5
    ],
)
def test_label_and_policy_are_told_apart(jurisdiction, product, rule_id, question, standing, outcome):
    facts = [*WELL, answer(question, "yes", minutes_ago=1)]
    judgement = judged(facts, product=product, jurisdiction=jurisdiction)
    assert found(judgement, rule_id).standing is standing
    assert judgement.outcome == outcome


def test_psychosis_says_that_it_is_policy_and_not_the_label():
    finding = found(judged([*WELL, answer("psychosis_now", "yes", minutes_ago=1)]), "CI-07")
    assert "not a label contraindication" in finding.ruling.because


@pytest.mark.parametrize(
    ("product", "acceptable"), [("esketamine_in", False), ("ketamine_iv", True)]
)  # POP-8
def test_severe_liver_disease_can_be_accepted_only_off_label(product, acceptable):
    facts = [*WELL, answer("severe_liver_disease", "yes", minutes_ago=1)]
    assert found(judged(facts, product=product), "CI-12").acceptable is acceptable


ELEVATED = [
    ([(140, 90, 60)], "US", Verdict.PASS),
    ([(141, 90, 60)], "US", Verdict.NEEDS_INFORMATION),  # repeat after rest
    ([(140, 91, 60)], "US", Verdict.NEEDS_INFORMATION),
    ([(150, 92, 60), (148, 88, 52)], "US", Verdict.STOP),
    ([(150, 92, 60), (148, 88, 57)], "US", Verdict.NEEDS_INFORMATION),  # three minutes are no rest
    ([(150, 92, 60), (149, 90, 57), (148, 88, 54)], "US", Verdict.STOP),
    ([(150, 92, 300), (148, 88, 60)], "US", Verdict.NEEDS_INFORMATION),  # another occasion
    ([(150, 92, 60), (138, 88, 52)], "US", Verdict.PASS),
    ([(138, 88, 60), (150, 92, 52)], "US", Verdict.NEEDS_INFORMATION),
    ([(122, 78, 31 * DAY)], "US", Verdict.NEEDS_INFORMATION),
    ([(150, 90, 60)], "EU", Verdict.NEEDS_INFORMATION),
]


@pytest.mark.parametrize(("readings", "jurisdiction", "verdict"), ELEVATED)
def test_the_gate_before_spravato_is_strict_and_asks_for_a_repeat(readings, jurisdiction, verdict):  # trap 4
    others = [fact for fact in WELL if not hasattr(fact.payload, "systolic_mmhg")]
    facts = [*others, *(pressure(s, d, minutes_ago=ago) for s, d, ago in readings)]
    assert found(judged(facts, jurisdiction=jurisdiction), "ELG-BP1").verdict is verdict


def test_in_europe_from_65_the_gate_is_150_over_90():  # ELG-BP2
    older = Person(patient_id=WOMAN.patient_id, birth_date=date(1955, 1, 1), sex=Sex.FEMALE)
    facts = [*WELL, pressure(150, 90, minutes_ago=1)]
    assert found(judged(facts, older, jurisdiction="EU"), "ELG-BP1").verdict is Verdict.PASS
    assert found(judged(facts, older, jurisdiction="US"), "ELG-BP1").verdict is not Verdict.PASS


@pytest.mark.parametrize(
    ("systolic", "diastolic", "stopped"),
    [
        (159, 99, set()),
        (160, 80, {"ELG-BP3"}),
        (120, 100, {"ELG-BP3"}),
        (180, 80, {"ELG-BP3", "ELG-BP4"}),
        (150, 110, {"ELG-BP3", "ELG-BP4"}),
        (90, 50, set()),
        (89, 60, {"ELG-BP6"}),
        (100, 49, {"ELG-BP6"}),
    ],
)
@pytest.mark.parametrize("product", ["esketamine_in", "ketamine_iv"])
def test_high_and_low_pressure_stop_any_product(systolic, diastolic, stopped, product):
    judgement = judged([*WELL, pressure(systolic, diastolic, minutes_ago=1)], product=product)
    hits = {f.rule_id for f in judgement.findings if f.verdict is Verdict.STOP}
    assert hits == stopped


def test_the_spravato_gate_does_not_apply_to_the_infusion():
    judgement = judged([*WELL, pressure(150, 92, minutes_ago=1)], product="ketamine_iv")
    assert "ELG-BP1" not in {finding.rule_id for finding in judgement.findings}
    assert judgement.outcome is Outcome.ELIGIBLE


def test_a_very_high_pressure_cannot_be_accepted_and_a_high_one_can():
    judgement = judged([*WELL, pressure(182, 100, minutes_ago=1)])
    assert not found(judgement, "ELG-BP4").acceptable
    assert found(judgement, "ELG-BP3").acceptable


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [(50, Verdict.PASS), (110, Verdict.PASS), (49, Verdict.STOP), (111, Verdict.STOP)],
)
def test_a_heart_rate_outside_50_to_110_stops(rate, verdict):
    facts = [*WELL, pressure(120, 80, rate=rate, minutes_ago=1)]
    assert found(judged(facts), "ELG-BP7").verdict is verdict


@pytest.mark.parametrize("rule_id", ["ELG-BP1", "ELG-BP3", "ELG-BP4", "ELG-BP6", "ELG-BP7"])
def test_without_vital_signs_there_is_nothing_to_judge(rule_id):
    finding = found(judged(GOOD_ANSWERS), rule_id)
    assert finding.verdict is Verdict.NEEDS_INFORMATION
    assert finding.ruling.recorded_at is None


def test_an_old_heart_rate_is_measured_again():
    others = [fact for fact in WELL if not hasattr(fact.payload, "systolic_mmhg")]
    facts = [*others, pressure(120, 80, minutes_ago=40 * DAY)]
    assert found(judged(facts), "ELG-BP7").verdict is Verdict.NEEDS_INFORMATION


PREGNANCY = [
    ([pregnancy("pregnant", minutes_ago=1)], Verdict.STOP),
    ([pregnancy("not_pregnant", minutes_ago=1)], Verdict.PASS),
    ([pregnancy("not_pregnant", "stated", minutes_ago=1)], Verdict.NEEDS_INFORMATION),
    ([pregnancy("not_pregnant", minutes_ago=31 * DAY)], Verdict.NEEDS_INFORMATION),
    ([pregnancy("not_possible", "stated", minutes_ago=900 * DAY)], Verdict.PASS),
    ([pregnancy("breast_feeding", "stated", minutes_ago=1)], Verdict.NEEDS_INFORMATION),
    ([pregnancy("not_pregnant"), lab("2106-3", "Positive")], Verdict.STOP),
    ([pregnancy("not_pregnant"), lab("2106-3", "Negative")], Verdict.PASS),
    ([pregnancy("not_pregnant"), lab("3016-3", "Positive")], Verdict.PASS),
    ([lab("2106-3", "positive")], Verdict.STOP),
    ([condition("77386006", system="snomed", status="resolved"), pregnancy("not_pregnant")], Verdict.PASS),
    ([], Verdict.NEEDS_INFORMATION),
]


@pytest.mark.parametrize(("records", "verdict"), PREGNANCY)
def test_pregnancy_is_known_from_a_test_or_not_known(records, verdict):
    others = [fact for fact in WELL if not hasattr(fact.payload, "method")]
    finding = found(judged([*others, *records]), "CI-09")
    assert finding.verdict is verdict
    assert not finding.acceptable


def test_for_a_man_pregnancy_is_asked_only_when_it_was_recorded():
    without = [fact for fact in WELL if not hasattr(fact.payload, "method")]
    assert found(judged(without, MAN), "CI-09").verdict is Verdict.PASS
    assert found(judged([*without, pregnancy("pregnant")], MAN), "CI-09").verdict is Verdict.STOP


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        ([answer("breast_feeding", "no", minutes_ago=1)], Verdict.PASS),
        ([pregnancy("breast_feeding", "stated", minutes_ago=1)], Verdict.STOP),
        (
            [
                pregnancy("breast_feeding", "stated", minutes_ago=9),
                answer("breast_feeding", "no", minutes_ago=1),
            ],
            Verdict.PASS,
        ),
    ],
)
def test_breast_feeding_is_asked_and_may_be_recorded_with_pregnancy(records, verdict):
    assert found(judged([*WELL, *records]), "CI-10").verdict is verdict


def test_a_man_need_not_be_asked_about_breast_feeding():
    others = [fact for fact in WELL if getattr(fact.payload, "question", "") != "breast_feeding"]
    assert found(judged(others, MAN), "CI-10").verdict is Verdict.PASS
    assert found(judged(others, WOMAN), "CI-10").verdict is Verdict.NEEDS_INFORMATION


@pytest.mark.parametrize(
    ("record", "verdict"),
    [
        (allergy("Ketamine"), Verdict.STOP),
        (allergy("Spravato nasal spray"), Verdict.STOP),
        (allergy("some salt", code="6130", system="rxnorm"), Verdict.STOP),
        (allergy("Ketamine", active=False), Verdict.PASS),
        (allergy("Peanut"), Verdict.PASS),
    ],
)
def test_an_allergy_to_the_drug_counts_by_name_or_code(record, verdict):
    assert found(judged([*WELL, record]), "CI-04").verdict is verdict


def test_an_allergy_without_an_answer_has_no_conflict():
    others = [fact for fact in WELL if getattr(fact.payload, "question", "") != "ketamine_hypersensitivity"]
    assert found(judged([*others, allergy("Ketamine")]), "CI-04").ruling.conflict == ""
    assert found(judged([*WELL, allergy("Ketamine")]), "CI-04").ruling.conflict


@pytest.mark.parametrize(
    ("born", "hits"),
    [
        (date(2008, 3, 4), {"CI-18"}),
        (date(2008, 3, 3), {"POP-2", "CA-12"}),
        (date(2001, 3, 4), {"POP-2", "CA-12"}),
        (date(2001, 3, 3), set()),
        (date(1961, 3, 4), set()),
        (date(1961, 3, 3), {"POP-3"}),
    ],
)
def test_age_counts_whole_years(born, hits):
    person = Person(patient_id=WOMAN.patient_id, birth_date=born, sex=Sex.FEMALE)
    judgement = judged(WELL, person)
    assert {finding.rule_id for finding in judgement.standing} == hits
    if "CI-18" in hits:
        assert judgement.outcome is Outcome.CONTRAINDICATED


TRIALS = [
    ([trial("sertraline"), trial("venlafaxine")], Verdict.PASS),
    ([trial("sertraline"), trial("Zoloft")], Verdict.STOP),  # one drug under two names
    ([trial("sertraline")], Verdict.STOP),
    ([trial("sertraline"), trial("venlafaxine", intolerance=True)], Verdict.STOP),
    ([trial("sertraline"), trial("venlafaxine", weeks=3)], Verdict.STOP),
    ([trial("sertraline"), trial("venlafaxine", weeks=4)], Verdict.PASS),
    ([trial("sertraline"), trial("venlafaxine", this_episode=False)], Verdict.STOP),
    ([trial("sertraline"), trial("venlafaxine", adequate=False)], Verdict.STOP),
    ([trial("sertraline"), trial("venlafaxine", adequate=None)], Verdict.NEEDS_INFORMATION),
    ([trial("sertraline"), trial("venlafaxine", outcome="unknown")], Verdict.NEEDS_INFORMATION),
    ([trial("sertraline"), trial("venlafaxine", outcome="25_to_49_percent")], Verdict.PASS),
    ([trial("sertraline"), trial("venlafaxine", outcome="at_least_50_percent")], Verdict.STOP),
    ([trial("sertraline"), trial("an unknown drug")], Verdict.PASS),
    ([], Verdict.NEEDS_INFORMATION),
]


@pytest.mark.parametrize(("trials", "verdict"), TRIALS)
def test_resistance_is_two_adequate_failures_in_this_episode(trials, verdict):
    others = [fact for fact in WELL if not hasattr(fact.payload, "weeks")]
    finding = found(judged([*others, *trials]), "TRD-1")
    assert finding.verdict is verdict
    assert finding.acceptable is (verdict is Verdict.STOP)  # off-label use is a prescriber's decision
