"""What the treatment is for, at home or not, for which payer, under whose policy: tables and traps."""

from dataclasses import replace
from datetime import date

import pytest

from ajar.pathway.evaluation.entries import EvaluationAskedFor, ScoreReported
from ajar.pathway.evaluation.findings import Outcome, Standing, Strength, Verdict
from ajar.pathway.evaluation.policy import DEFAULT_POLICY, EvaluationPolicy, Exclusion
from ajar.pathway.evaluation.populations import Populations
from ajar.pathway.evaluation.products import Product
from ajar.pathway.evaluation.resistance_definitions import DEFINITIONS, definition_for, payers
from ajar.pathway.evaluation.rulebook import judge
from ajar.pathway.evaluation.rules.remission import months_before
from ajar.pathway.patients.facts import Person, Sex
from tests.pathway.evaluation.test_baseline_tests import ASKS, CARE, DAY, PASS, STOP, without, worst
from tests.support.candidates import (
    WELL,
    WOMAN,
    answer,
    answered,
    candidate,
    condition,
    found,
    judged,
    measured,
    medicine,
    pressure,
    reported,
    setting,
    trial,
)

MDSI, TRD = "depression_with_acute_suicidality", "treatment_resistant_depression"
OLDER = Person(patient_id=WOMAN.patient_id, birth_date=date(1955, 1, 1), sex=Sex.FEMALE)
YES = {"minutes_ago": 1}

PURPOSES = [
    ("esketamine_in", None, "IND-1", ASKS),
    ("esketamine_in", TRD, "IND-1", PASS),
    ("esketamine_in", MDSI, "IND-1", PASS),
    ("esketamine_in", "ptsd", "IND-1", STOP),
    ("ketamine_iv", None, "IND-1", CARE),
    ("ketamine_iv", "ptsd", "IND-1", CARE),
    ("ketamine_iv", "adhd", "IND-5", STOP),
    ("ketamine_iv", "psychosis", "IND-6", STOP),
    ("ketamine_iv", "borderline_personality", "IND-4", PASS),
    ("ketamine_iv", "eating_disorder", "IND-4", PASS),
]


@pytest.mark.parametrize(("product", "indication", "rule_id", "verdict"), PURPOSES)
def test_a_purpose_is_judged_apart_from_safety(product, indication, rule_id, verdict):
    judgement = judged(WELL, product=product, indication=indication)
    assert worst(judgement, rule_id) is verdict


def test_what_is_only_said_about_an_off_label_use_blocks_nothing():
    judgement = judged(WELL, product="ketamine_iv", indication="ptsd")
    assert judgement.outcome is Outcome.ELIGIBLE
    assert judgement.why_not_signable == ""
    assert {f.rule_id for f in judgement.remarks} == {"IND-1", "IND-2"}
    assert "IND-1" not in judgement.summary()


@pytest.mark.parametrize("indication", ["borderline_personality", "eating_disorder"])
def test_these_are_treated_only_beside_a_depression(indication):
    no = [*WELL, answer("depression_now", "no", **YES)]
    assert worst(judged(no, product="ketamine_iv", indication=indication), "IND-4") is STOP
    coded = [*no, condition("F33.2")]
    assert worst(judged(coded, product="ketamine_iv", indication=indication), "IND-4") is PASS


@pytest.mark.parametrize(
    ("policy", "strength", "verdict", "outcome"),
    [
        (Exclusion.EXCLUDE, Strength.HARD_STOP, STOP, Outcome.CONTRAINDICATED),
        (Exclusion.SPECIALIST, Strength.SOFT_STOP, STOP, Outcome.DEFER),
        (Exclusion.CAUTION, Strength.CAUTION, CARE, Outcome.ELIGIBLE_WITH_CAUTION),
    ],
)
def test_where_the_sources_disagree_the_clinic_decides(policy, strength, verdict, outcome):
    set_so = replace(DEFAULT_POLICY, psychosis=policy, family_psychosis=policy, bipolar=policy)
    for question, rule_id in (
        ("psychosis_now", "CI-07"),
        ("psychosis_in_family", "CA-04"),
        ("bipolar", "CA-05"),
    ):
        judgement = judged([*WELL, answer(question, "yes", **YES)], policy=set_so)
        finding = found(judgement, rule_id)
        assert (finding.verdict, finding.strength, judgement.outcome) == (verdict, strength, outcome)
    psychosis = judged(WELL, product="ketamine_iv", indication="psychosis", policy=set_so)
    assert found(psychosis, "IND-6").strength is strength
    assert "policy, not a label contraindication" in found(psychosis, "IND-6").ruling.because


SSRI, BUPROPION = medicine("sertraline"), medicine("bupropion")
CO_THERAPY = [
    ("US", TRD, [], "SPR-T7", PASS),  # trap 10: alone is on the US label
    ("EU", TRD, [], "SPR-T7", STOP),
    ("EU", TRD, [BUPROPION], "SPR-T7", STOP),
    ("EU", TRD, [SSRI], "SPR-T7", PASS),
    ("ANZ", TRD, [], "SPR-T7", CARE),
    ("US", MDSI, [], "SPR-S4", STOP),
    ("US", MDSI, [BUPROPION], "SPR-S4", PASS),
    ("US", MDSI, [answer("medicines_complete", "no", **YES)], "SPR-S4", ASKS),
]


@pytest.mark.parametrize(("jurisdiction", "indication", "extra", "rule_id", "verdict"), CO_THERAPY)
def test_alone_is_on_the_us_label_for_resistant_depression_only(
    jurisdiction, indication, extra, rule_id, verdict
):
    judgement = judged([*WELL, *extra], jurisdiction=jurisdiction, indication=indication)
    assert worst(judgement, rule_id) is verdict


@pytest.mark.parametrize("question", ["depression_now", "acute_suicidality"])
def test_acute_suicidality_needs_both_on_record(question):
    facts = [*WELL, SSRI]
    assert worst(judged(facts, indication=MDSI), "SPR-S5") is CARE  # the limitation of use is shown
    assert judged(facts, indication=MDSI).outcome is Outcome.ELIGIBLE
    no = judged([*facts, answer(question, "no", **YES)], indication=MDSI)
    assert worst(no, "SPR-S5") is STOP
    old = [*without(question), SSRI, answer(question, "yes", minutes_ago=200 * DAY)]
    assert worst(judged(old, indication=MDSI), "SPR-S5") is ASKS  # a yes that lets pass grows old too


HOME = "ketamine_sl_home"
AT_HOME = [
    ([answer("home_first_dose_supervised", "no", **YES)], "SL-06", STOP, False),
    ([answer("home_chaperone", "no", **YES)], "SL-07", STOP, False),
    ([answer("home_pressure_monitor", "no", **YES)], "SL-07", STOP, True),
    ([pressure(141, 80, minutes_ago=1)], "SL-07", STOP, True),
    ([reported("phq-9", 9, **YES), reported("gad-7", 9, **YES)], "SL-08", STOP, True),
    ([reported("phq-9", 9, **YES)], "SL-08", PASS, False),
    ([reported("c-ssrs", level="red", **YES)], "IND-7", STOP, False),
    ([reported("c-ssrs", level="orange", **YES)], "IND-7", STOP, False),
    ([reported("c-ssrs", level="yellow", **YES)], "IND-7", PASS, False),
    ([reported("c-ssrs", 3, **YES)], "IND-7", ASKS, False),  # it has no total (trap 11)
    ([answered("c-ssrs", 1, 1, 0, 1, 0, 0, 0, **YES)], "IND-7", STOP, False),  # item 4 is red
]


@pytest.mark.parametrize(("extra", "rule_id", "verdict", "acceptable"), AT_HOME)
def test_at_home_more_must_be_so(extra, rule_id, verdict, acceptable):
    judgement = judged([*WELL, *extra], product=HOME)
    assert worst(judgement, rule_id) is verdict
    hit = next(f for f in judgement.findings if f.rule_id == rule_id and f.verdict is verdict)
    assert hit.acceptable is acceptable


@pytest.mark.parametrize(
    ("facts", "rule_id"),
    [
        (without("c-ssrs"), "IND-7"),
        ([*without("c-ssrs"), reported("c-ssrs", level="none", minutes_ago=31 * DAY)], "IND-7"),
        (without("phq-9", "gad-7"), "SL-08"),
        ([*without("phq-9", "gad-7"), reported("phq-9", 4)], "SL-08"),
        (without("vitals"), "SL-07"),
        ([*without("vitals"), pressure(120, 80, minutes_ago=31 * DAY)], "SL-07"),
    ],
)
def test_at_home_what_is_missing_is_asked_for(facts, rule_id):
    assert worst(judged(facts, product=HOME), rule_id) is ASKS


def test_a_lozenge_at_the_clinic_is_not_asked_about_the_home():
    ids = {f.rule_id for f in judged(WELL, product="ketamine_sl_clinic").findings}
    assert not ids & {"SL-06", "SL-07", "SL-08", "IND-7"}


FOUR = [trial(drug, this_episode=False) for drug in ("sertraline", "venlafaxine", "bupropion", "mirtazapine")]
PAYERS = [
    ("", [trial("sertraline", weeks=4), trial("venlafaxine", weeks=4)], "TRD-1", PASS),
    ("commercial", [trial("sertraline", weeks=4), trial("venlafaxine", weeks=6)], "TRD-1", STOP),
    ("commercial", [trial("sertraline", weeks=6), trial("venlafaxine", weeks=6)], "TRD-1", PASS),
    ("somebody else", [trial("sertraline", weeks=4), trial("venlafaxine", weeks=4)], "TRD-1", PASS),
    ("VA", [trial("sertraline"), trial("venlafaxine")], "TRD-1", PASS),  # trap 30: TRD-2 judges
    ("VA", [trial("sertraline"), trial("venlafaxine")], "TRD-2", STOP),
    ("va", FOUR, "TRD-2", PASS),
    ("VA", [*FOUR, reported("phq-9", 14, **YES)], "TRD-2", STOP),
    ("VA", [*FOUR, answered("phq-9", 1, None, 1, 1, 1, 1, None, None, None, **YES)], "TRD-2", ASKS),
    ("", FOUR, "TRD-2", PASS),
]


@pytest.mark.parametrize(("payer", "extra", "rule_id", "verdict"), PAYERS)
def test_resistance_is_defined_by_the_payer(payer, extra, rule_id, verdict):
    others = [fact for fact in WELL if not hasattr(fact.payload, "weeks")]
    assert worst(judged([*others, *extra], payer=payer), rule_id) is verdict


def test_a_payer_without_a_definition_is_named_and_the_label_holds():
    remark = found(judged(WELL, payer="Blue"), "TRD-3").ruling.because
    assert "Blue has no definition of its own here" in remark
    short = found(judged([*WELL, trial("bupropion", weeks=3)]), "TRD-3").ruling.because
    assert "bupropion: shorter than 4 weeks" in short


def test_under_the_va_an_old_score_is_asked_for_again():
    facts = [*without("phq-9"), *FOUR, reported("phq-9", 20, minutes_ago=31 * DAY)]
    assert worst(judged(facts, payer="VA"), "TRD-2") is ASKS


def test_for_racemic_ketamine_resistance_is_a_caution():
    others = [fact for fact in WELL if not hasattr(fact.payload, "weeks")]
    one = judged([*others, trial("sertraline")], product="ketamine_iv", indication=TRD)
    assert found(one, "TRD-1").verdict is CARE


def test_definitions_are_dated_and_the_newest_that_holds_is_used():
    newer = replace(DEFINITIONS[0], valid_from=date(2027, 1, 1), trials_needed=3)
    rows = (*DEFINITIONS, newer)
    assert definition_for("", date(2026, 12, 31), rows).trials_needed == 2
    assert definition_for("", date(2027, 1, 1), rows).trials_needed == 3
    with pytest.raises(LookupError, match="add a row"):
        definition_for("", date(2000, 1, 1), rows)
    with pytest.raises(ValueError, match="at least 1"):
        replace(newer, trials_needed=0)
    assert payers() == ("commercial", "VA")


EUROPE = [
    (OLDER, [], "POP-4", "The first dose is 28 mg"),
    (OLDER, [], "ELG-BP2", "150/90"),
    (WOMAN, [answer("ancestry_lower_start", "yes", **YES)], "POP-6", "28 mg is advised"),
    (WOMAN, [answer("ancestry_lower_start", "unknown", **YES)], "POP-6", "not asked"),
]


@pytest.mark.parametrize(("person", "extra", "rule_id", "words"), EUROPE)
def test_the_eu_differs_by_age_and_ancestry_and_only_shows_it(person, extra, rule_id, words):
    finding = found(judged([*WELL, SSRI, *extra], person, jurisdiction="EU"), rule_id)
    assert finding.is_shown_only
    assert words in finding.ruling.because
    assert rule_id not in {f.rule_id for f in judged(WELL, person).findings}


def test_a_clinic_may_decide_against_the_unchecked_guides():
    other = replace(DEFAULT_POLICY, older_eu_pressure_guide=False)
    own = Populations(older_eu_start_28_mg=False, ancestry_eu_start_28_mg=True)
    facts = [*WELL, SSRI, pressure(145, 90, minutes_ago=1), answer("ancestry_lower_start", "yes", **YES)]
    where = replace(setting(jurisdiction="EU", policy=other), populations=own)
    judgement = judge(candidate(facts, OLDER), where)
    assert worst(judgement, "ELG-BP1") is ASKS
    assert worst(judgement, "ELG-BP2") is PASS
    assert "decided otherwise" in found(judgement, "POP-4").ruling.because
    assert "is held to it" in found(judgement, "POP-6").ruling.because
    with pytest.raises(ValueError, match="older_from_years"):
        Populations(older_from_years=0)


VISITS = [
    ([(150, 92, 3 * DAY), (148, 88, 30)], "ELG-BP5", STOP),
    ([(150, 92, 3 * DAY), (148, 88, 30), (138, 88, 20)], "ELG-BP5", PASS),  # normal after rest
    ([(150, 92, 90), (148, 88, 30)], "ELG-BP5", PASS),  # one visit
    ([(162, 92, 3 * DAY), (160, 88, 30)], "CI-11", STOP),
    ([(162, 92, 3 * DAY), (150, 88, 30)], "CI-11", PASS),
]


@pytest.mark.parametrize(("readings", "rule_id", "verdict"), VISITS)
def test_high_pressure_at_two_visits_is_referred(readings, rule_id, verdict):
    facts = [*without("vitals"), *(pressure(s, d, minutes_ago=ago) for s, d, ago in readings)]
    assert worst(judged(facts), rule_id) is verdict


def test_known_high_pressure_above_the_limit_is_not_controlled():
    known = answer("treated_hypertension", "yes", **YES)
    assert worst(judged([*WELL, known]), "CI-11") is PASS
    assert worst(judged([*without("vitals"), known, pressure(141, 80)]), "CI-11") is STOP


def ended(code, months, status="remission"):
    fact = condition(code, status=status)
    return replace(fact, payload=replace(fact.payload, abated_on=months_before(date(2026, 3, 3), months)))


@pytest.mark.parametrize(
    ("fact", "rule_id", "verdict"),
    [
        (ended("F29", 5), "CA-03", STOP),
        (ended("F29", 7), "CA-03", CARE),
        (ended("F10.21", 2), "CA-06", STOP),
        (ended("F10.21", 4), "CA-06", CARE),
        (condition("F10.21", status="remission"), "CA-06", CARE),
    ],
)
def test_a_remission_must_have_lasted(fact, rule_id, verdict):
    assert worst(judged([*WELL, fact]), rule_id) is verdict


def infarction(onset, status="active"):
    fact = condition("I21.4", status=status)
    return replace(fact, payload=replace(fact.payload, onset_on=onset))


NO_ANSWER = without("recent_cardiovascular_event")
EVENTS = [
    ([*WELL, infarction(date(2026, 2, 1))], "US", STOP, Outcome.DEFER),
    ([*WELL, SSRI, infarction(date(2026, 2, 1))], "EU", STOP, Outcome.CONTRAINDICATED),  # trap 1
    ([*WELL, infarction(date(2026, 1, 1))], "US", PASS, Outcome.NEEDS_INFORMATION),
    ([*WELL, infarction(None)], "US", STOP, Outcome.DEFER),  # the code itself says: recent
    ([*NO_ANSWER, infarction(None, "resolved")], "US", ASKS, Outcome.NEEDS_INFORMATION),
]


@pytest.mark.parametrize(("facts", "jurisdiction", "verdict", "outcome"), EVENTS)
def test_a_dated_infarction_counts_for_six_weeks(facts, jurisdiction, verdict, outcome):
    judgement = judged([f for f in facts if "8636-3" not in str(f.payload)], jurisdiction=jurisdiction)
    assert worst(judgement, "CI-06") is verdict
    assert judgement.outcome is outcome


@pytest.mark.parametrize(
    ("product", "jurisdiction", "question", "rule_id", "standing"),
    [
        ("ketamine_po", "US", "ketamine_hypersensitivity", "CI-04", Standing.POLICY),
        ("ketamine_im", "US", "pressure_hazard", "CI-05", Standing.LABEL),
        ("ketamine_sl_home", "US", "pressure_hazard", "CI-05", Standing.POLICY),
        ("ketamine_sc", "EU", "breast_feeding", "CI-10", Standing.POLICY),
        ("esketamine_in", "EU", "raised_intracranial_pressure", "CI-13", Standing.LABEL),
        ("esketamine_in", "US", "raised_intracranial_pressure", "CI-13", Standing.LITERATURE),
        ("ketamine_iv", "US", "hypertensive_encephalopathy", "CA-02", Standing.LITERATURE),
    ],
)
def test_only_a_product_with_a_label_rests_on_one(product, jurisdiction, question, rule_id, standing):
    facts = [*WELL, answer(question, "yes", **YES)]
    assert found(judged(facts, product=product, jurisdiction=jurisdiction), rule_id).standing is standing


@pytest.mark.parametrize("product", [product for product in Product if product != "esketamine_in"])
def test_off_label_severe_liver_disease_is_declined_unless_a_prescriber_signs(product):  # POP-8
    finding = found(judged([*WELL, answer("severe_liver_disease", "yes", **YES)], product=product), "CI-12")
    assert (finding.acceptable, finding.standing) == (True, Standing.POLICY)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"vitals_hold_days": 0}, "vitals_hold_days must be above 0"),
        ({"fast_bpm": float("nan")}, "fast_bpm must be above 0"),
        ({"low_systolic_mmhg": 170.0}, "low_systolic_mmhg must be below high_systolic_mmhg"),
        ({"liver_recheck_times_normal": 3.0}, "must be below liver_defer_times_normal"),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        EvaluationPolicy(**changes)


def test_a_threshold_of_the_clinic_is_used_and_named():
    stricter = replace(DEFAULT_POLICY, high_systolic_mmhg=150, version="our own")
    judgement = judged([*WELL, pressure(150, 80, minutes_ago=1)], product="ketamine_iv", policy=stricter)
    assert found(judgement, "ELG-BP3").ruling.because == "At or above 150/100 mmHg."
    assert {f.policy_version for f in judgement.findings} == {"our own"} == {judgement.policy_version}


def test_what_is_asked_for_names_a_product():
    with pytest.raises(ValueError, match="product must not be empty"):
        EvaluationAskedFor(product=" ", indication="")


def test_what_nobody_has_checked_is_marked_in_its_finding():
    assert found(judged(WELL), "LAB-8").needs_checking
    assert not found(judged(WELL), "CI-01").needs_checking


def test_a_definition_without_a_score_asks_for_none():
    plain = replace(DEFINITIONS[-1], phq9_at_least=None)
    without_score = replace(DEFAULT_POLICY, resistance=(*DEFINITIONS[:-1], plain))
    facts = [*without("phq-9"), *FOUR]
    assert worst(judged(facts, payer="VA", policy=without_score), "TRD-2") is PASS


@pytest.mark.parametrize(
    ("given", "words"), [({}, "a total or a level"), ({"total": float("inf")}, "must be finite")]
)
def test_a_reported_score_must_say_something(given, words):
    with pytest.raises(ValueError, match=words):
        ScoreReported(instrument="mmse", **given)


@pytest.mark.parametrize(
    "fact",
    [answered("phq-9", 1, 2), answered("phq-9", *([9] * 9)), answered("unheard-of", 1)],
    ids=["too few items", "no such option", "no such instrument"],
)
def test_a_form_that_cannot_be_scored_has_no_total(fact):
    facts = [*without("phq-9", "gad-7"), fact, reported("gad-7", 3)]
    assert worst(judged(facts, product=HOME), "SL-08") is ASKS


def test_weight_alone_is_not_a_body_mass():
    facts = [*without("vitals"), measured(weight_kg=70)]
    assert found(judged(facts), "LAB-9").ruling.because == "Not measured: height."


def test_verdicts_are_named_once():
    assert {verdict.value for verdict in Verdict} == {"pass", "stop", "precaution", "needs_information"}
