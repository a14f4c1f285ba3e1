"""The laws of the evaluation, over any chart, product, law, purpose and payer."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.evaluation.findings import PRECEDENCE, Outcome, Strength, Verdict
from ajar.pathway.evaluation.history import BY_ID, QUESTIONS
from ajar.pathway.evaluation.products import Indication, Jurisdiction, Product
from ajar.pathway.evaluation.rulebook import RULEBOOK, rule_named
from tests.support.candidates import (
    WELL,
    accepted,
    allergy,
    answer,
    candidate,
    condition,
    in_words,
    judged,
    lab,
    measured,
    medicine,
    pregnancy,
    pressure,
    reported,
    setting,
    trial,
    value,
)

FIELD_OF = {
    "HistoryAnswered": "answers",
    "ConditionRecorded": "conditions",
    "MedicationRecorded": "medicines",
    "AllergyRecorded": "allergies",
    "PregnancyRecorded": "pregnancy",
    "LabRecorded": "labs",
    "VitalsMeasured": "vitals",
    "AntidepressantTrialRecorded": "trials",
    "ScoreReported": "scores",
    "QuestionnaireAnswered": "questionnaires",
}
DAY = 60 * 24

some_facts = st.one_of(
    st.builds(
        answer,
        st.sampled_from([question.id for question in QUESTIONS]),
        st.sampled_from(["yes", "no", "unknown"]),
        minutes_ago=st.integers(1, DAY * 400),
    ),
    st.builds(
        condition,
        st.sampled_from(["I71.4", "I61.9", "F20.9", "F29", "F10.20", "F10.21", "Z33.1", "I10", "I21.4"]),
        status=st.sampled_from(["active", "remission", "resolved"]),
    ),
    st.builds(
        medicine,
        st.sampled_from(["diazepam", "theophylline", "sertraline", "unheard-of"]),
        active=st.booleans(),
        minutes_ago=st.integers(1, 10_000),
    ),
    st.builds(allergy, st.sampled_from(["ketamine", "peanut"]), active=st.booleans()),
    st.builds(lab, st.just("2106-3"), st.sampled_from(["positive", "negative"])),
    st.builds(
        value,
        st.sampled_from(["1742-6", "1920-8", "2823-3", "8636-3", "3016-3"]),
        st.sampled_from([0.1, 2.5, 4.0, 45.0, 90.0, 400.0, 510.0]),
        st.sampled_from(["U/L", "mmol/L", "ms", "mIU/L", "stones"]),
        upper=st.sampled_from([None, 40.0]),
        minutes_ago=st.integers(1, DAY * 400),
    ),
    st.builds(
        in_words,
        st.sampled_from(["Urinalysis", "Urine drug screen", "ECG"]),
        st.sampled_from(["normal", "positive", "abnormal", "see letter"]),
        minutes_ago=st.integers(1, DAY * 400),
    ),
    st.builds(
        reported,
        st.sampled_from(["bpic-ss", "icsi", "stop-bang", "mmse", "phq-9", "gad-7"]),
        st.integers(0, 30),
        minutes_ago=st.integers(1, DAY * 400),
    ),
    st.builds(reported, st.just("c-ssrs"), level=st.sampled_from(["red", "orange", "yellow", "none"])),
    st.builds(reported, st.just("mdq"), level=st.sampled_from(["positive", "negative", "unclear"])),
    st.builds(
        pregnancy,
        st.sampled_from(["pregnant", "not_pregnant", "not_possible", "breast_feeding"]),
        st.sampled_from(["urine_hcg", "stated"]),
        minutes_ago=st.integers(1, DAY * 60),
    ),
    st.builds(
        pressure,
        st.integers(85, 200),
        st.integers(41, 84),
        minutes_ago=st.integers(1, DAY * 60),
        rate=st.integers(35, 130),
    ),
    st.builds(
        measured,
        weight_kg=st.integers(35, 150),
        height_cm=st.integers(150, 190),
        spo2_percent=st.integers(88, 100),
        minutes_ago=st.integers(1, DAY * 60),
    ),
    st.builds(
        trial,
        st.sampled_from(["sertraline", "venlafaxine", "bupropion"]),
        weeks=st.sampled_from([2, 4, 8]),
        adequate=st.sampled_from([True, False, None]),
        intolerance=st.booleans(),
    ),
)
charts = st.lists(some_facts, max_size=25).map(lambda extra: [*WELL, *extra]) | st.lists(
    some_facts, max_size=25
)
settings_of = st.fixed_dictionaries(
    {
        "product": st.sampled_from([product.value for product in Product]),
        "jurisdiction": st.sampled_from([jurisdiction.value for jurisdiction in Jurisdiction]),
        "indication": st.sampled_from([None, *(indication.value for indication in Indication)]),
        "payer": st.sampled_from(["", "VA", "commercial", "somebody else"]),
    }
)

EVERYWHERE = [
    {"product": product.value, "jurisdiction": jurisdiction.value, "indication": indication}
    for product in Product
    for jurisdiction in Jurisdiction
    for indication in [None, *(one.value for one in Indication)]
]


@pytest.mark.parametrize("facts", [[], WELL], ids=["an empty chart", "everything answered well"])
def test_every_rule_answers_for_every_product_law_and_purpose(facts):
    known, answered = candidate(facts), set()
    for where in EVERYWHERE:
        here = setting(**where)
        for rule in (rule for rule in RULEBOOK if rule.applies(here)):
            rulings = rule.judge(known, here)
            assert rulings, (rule.id, where)
            answered.add(rule.id)
            data = [ruling.datum for ruling in rulings if ruling.verdict is not Verdict.PASS]
            assert len(data) == len(set(data)), rule.id  # an acceptance names its finding by the datum
    assert answered == {rule.id for rule in RULEBOOK}


@given(facts=charts, where=settings_of, new=some_facts)
def test_a_fact_changes_only_the_rules_that_read_it(facts, where, new):
    field, here = FIELD_OF[type(new.payload).__name__], setting(**where)
    before, after = candidate(facts), candidate([*facts, new])
    for rule in RULEBOOK:
        if rule.applies(here) and field not in rule.reads:
            assert rule.judge(before, here) == rule.judge(after, here), rule.id


def asked_for(rule_id: str, fact: Any) -> bool:
    """Is this fact what ends a stop of this rule? A table, so that a rule must say what it waits for."""
    name = type(fact.payload).__name__
    if name == "HistoryAnswered":
        question = BY_ID[fact.payload.question]
        return rule_id in ENDED_BY_ANSWER and not (question.lifetime and question.good == "no")
    return rule_id in ENDED_BY[FIELD_OF[name]]


ENDED_BY = {
    "pregnancy": {"CI-09", "CI-10", "LAB-1"},
    "vitals": {"ELG-BP1", "ELG-BP3", "ELG-BP4", "ELG-BP5", "ELG-BP6", "ELG-BP7"}
    | {"CI-11", "CA-07", "CA-14", "SL-07"},
    "trials": {"TRD-1", "TRD-2"},
    "conditions": {"CI-05", "CI-06", "CI-07", "CI-08", "CI-09", "CI-10", "CI-11", "CI-12", "CI-15", "CI-16"}
    | {"CI-01", "CI-03"},  # a diagnosis that is over, or in another state
    "medicines": {"DDI-07", "SPR-S4", "SPR-T7"},  # one that was stopped, or that the label asks for
    "allergies": {"CI-04"},  # an allergy that was withdrawn
    "labs": {"CI-09", "LAB-1", "LAB-2", "LAB-5", "LAB-6", "CA-10", "CA-14"},
    "scores": {"LAB-8", "LAB-10", "CA-15", "SL-08", "IND-7", "TRD-2"},
    "questionnaires": set(),
}
"""The only rules whose stop a new fact of that kind may end: what the rule itself asks for."""
ENDED_BY_ANSWER = {
    *("CI-05", "CI-06", "CI-07", "CI-08", "CI-10", "CI-11", "CI-12", "CI-13", "CI-14", "CI-15", "CI-19"),
    *("CI-20", "CI-22", "CI-23", "CI-24", "POP-11", "SPR-S4", "SPR-S5", "SPR-T7", "IND-4", "SL-06", "SL-07"),
}


@given(facts=charts, where=settings_of, new=some_facts)
def test_no_fact_turns_a_stop_into_a_pass_unless_the_rule_asked_for_it(facts, where, new):
    before, after = judged(facts, **where), judged([*facts, new], **where)
    stopped = {f.rule_id for f in before.findings if f.verdict is Verdict.STOP}
    still = {f.rule_id for f in after.findings if f.verdict is Verdict.STOP}
    assert not [rule_id for rule_id in stopped - still if not asked_for(rule_id, new)]


def missing_datum(fact: Any) -> tuple[str, str]:
    """What is gone when this fact is: the answers to a question, a kind of measurement, a test."""
    payload = fact.payload
    name = next((getattr(payload, one) for one in ("question", "instrument") if hasattr(payload, one)), "")
    return type(payload).__name__, str(name)


@given(where=settings_of, which=st.integers(0, 500), extra=st.lists(some_facts, max_size=8))
@pytest.mark.hazard("HAZ-02")
def test_an_answer_that_is_not_there_is_never_a_pass(where, which, extra):
    question = QUESTIONS[which % len(QUESTIONS)]
    here = setting(**where)
    if not question.asked_for(here):
        return
    left = [f for f in [*WELL, *extra] if getattr(f.payload, "question", "") != question.id]
    without = judged(left, **where)
    for rule_id in question.rules:
        if rule_named(rule_id).applies(here):
            verdicts = {f.verdict for f in without.findings if f.rule_id == rule_id}
            assert verdicts != {Verdict.PASS}, rule_id


@given(facts=charts, where=settings_of, which=st.integers(0, 500))
@pytest.mark.hazard("HAZ-02")
def test_a_missing_datum_never_makes_somebody_eligible(facts, where, which):
    """Taking away what is asked for may only ask for it; it never lets anybody through."""
    asked = ("HistoryAnswered", "VitalsMeasured", "PregnancyRecorded")
    removable = [f for f in facts if type(f.payload).__name__ in asked]
    if not removable:
        return
    gone = missing_datum(removable[which % len(removable)])
    left = [f for f in facts if missing_datum(f) != gone]
    if not judged(facts, **where).outcome.is_eligible and BY_ID.get(gone[1], QUESTIONS[0]).asked_for(
        setting(**where)
    ):
        assert not judged(left, **where).outcome.is_eligible


@given(facts=charts, where=settings_of)
def test_the_outcome_is_the_most_restrictive_finding(facts, where):
    judgement = judged(facts, **where)
    assert judgement.outcome is max((f.effect for f in judgement.findings), key=PRECEDENCE.index)
    if any(f.verdict is Verdict.NEEDS_INFORMATION for f in judgement.findings):
        assert not judgement.outcome.is_eligible


@given(facts=charts, where=settings_of)
def test_what_is_only_shown_blocks_no_signature_and_changes_no_outcome(facts, where):
    judgement = judged(facts, **where)
    for finding in judgement.remarks:
        assert finding.strength is Strength.INFO
        assert finding.effect is Outcome.ELIGIBLE
        assert not finding.acceptable
        assert finding not in judgement.standing
        assert finding not in judgement.to_accept
        assert finding.rule_id not in judgement.why_not_signable
    assert judgement.stops + judgement.missing + judgement.to_accept == judgement.standing


@given(facts=charts, where=settings_of)
def test_every_finding_says_why_and_where_from(facts, where):
    for finding in judged(facts, **where).findings:
        assert finding.ruling.because
        assert finding.ruling.datum
        assert finding.source
        assert finding.title
        assert finding.policy_version
        assert not (finding.is_hard_stop and finding.acceptable)
        if finding.verdict is Verdict.STOP and finding.ruling.effect is Outcome.DEFER:
            assert finding.ruling.until
        if finding.verdict is Verdict.NEEDS_INFORMATION:
            assert finding.ruling.until


@given(facts=charts, where=settings_of)
@pytest.mark.hazard("HAZ-01")
def test_nobody_can_accept_a_hard_stop(facts, where):
    before = judged(facts, **where)
    after = judged([*facts, *(accepted(f) for f in before.findings)], **where)
    for finding in after.findings:
        if finding.strength == "hard_stop":
            assert finding.accepted is None


UNVERIFIED = {"CI-05", "CI-21", "CA-08", "CA-14", "CA-15", "POP-6", "POP-9", "ELG-BP2", "LAB-6", "LAB-8"}
UNVERIFIED |= {"TRD-2", "TRD-3", "TRD-4"}
"""Rules whose source nobody has read yet: clinical.md says "from general knowledge, verify"."""


def test_what_nobody_has_checked_says_so():
    marked = {rule.id for rule in RULEBOOK if not rule.verified}
    assert marked >= UNVERIFIED
    for rule in RULEBOOK:
        if "verify" in rule.source and rule.id.startswith(("POP", "TRD")):
            assert not rule.verified or "adequate duration" in rule.source, rule.id


TABLE = [
    *(f"CI-{number:02}" for number in range(1, 25)),
    *(f"CA-{number:02}" for number in range(1, 17)),
    *(f"ELG-BP{number}" for number in range(1, 8)),
    *(f"LAB-{number}" for number in range(1, 11)),
    *(f"POP-{number}" for number in range(1, 12)),
    *(f"TRD-{number}" for number in range(1, 5)),
    *("SL-06", "SL-07", "SL-08", "SPR-S4", "SPR-S5", "SPR-T7"),
]
BY_INTERACTIONS = {"CI-17", "CA-11"}
"""Medicines: rows of 3.2 and 3.3 that a rule on interactions answers, naming them in its source."""


@pytest.mark.parametrize("rule_id", [one for one in TABLE if one not in BY_INTERACTIONS])
def test_every_row_of_the_tables_has_its_rule(rule_id):
    assert rule_id in rule_named(rule_id).ids


def test_a_rule_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(LookupError, match="CI-01"):
        rule_named("CI-99")


def test_every_id_belongs_to_one_rule():
    ids = [one for rule in RULEBOOK for one in rule.ids]
    assert len(ids) == len(set(ids))
