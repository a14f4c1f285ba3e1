"""Outcome, acceptance, and the laws that no table can show."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.evaluation.entries import EvaluationSigned
from ajar.pathway.evaluation.findings import PRECEDENCE, Outcome, Verdict
from ajar.pathway.evaluation.from_entries import candidate_from, draft, latest_signed
from ajar.pathway.evaluation.history import QUESTIONS
from ajar.pathway.evaluation.products import Jurisdiction, Product, Setting
from ajar.pathway.evaluation.rulebook import RULEBOOK, judge
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, Source
from ajar.pathway.ledger.payload import EnteredInError
from tests.support.candidates import (
    NOW,
    WELL,
    WOMAN,
    accepted,
    allergy,
    answer,
    candidate,
    condition,
    found,
    judged,
    lab,
    medicine,
    pregnancy,
    pressure,
    setting,
    trial,
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
}

some_facts = st.one_of(
    st.builds(
        answer,
        st.sampled_from([question.id for question in QUESTIONS]),
        st.sampled_from(["yes", "no", "unknown"]),
        minutes_ago=st.integers(1, 60 * 24 * 400),
    ),
    st.builds(
        condition,
        st.sampled_from(["I71.4", "I61.9", "F20.9", "F29", "F10.20", "F10.21", "Z33.1", "I10"]),
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
        pregnancy,
        st.sampled_from(["pregnant", "not_pregnant", "not_possible", "breast_feeding"]),
        st.sampled_from(["urine_hcg", "stated"]),
        minutes_ago=st.integers(1, 60 * 24 * 60),
    ),
    st.builds(
        pressure,
        st.integers(85, 200),
        st.integers(41, 84),
        minutes_ago=st.integers(1, 60 * 24 * 60),
        rate=st.integers(40, 130),
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
products = st.sampled_from([product.value for product in Product])

UNVERIFIED = {"CI-05", "CI-21", "CA-08", "CA-14", "CA-15"} | {
    *("MED-2", "CA-11", "DDI-03", "DDI-16", "DDI-18", "DDI-19", "DDI-20", "DDI-21", "DDI-22", "DDI-24"),
    "DDI-26",
}
"""Rules whose source nobody has read yet: clinical.md says \"from general knowledge, verify\"."""


@given(facts=charts, product=products, new=some_facts)
def test_a_fact_changes_only_the_rules_that_read_it(facts, product, new):
    field = FIELD_OF[type(new.payload).__name__]
    before, after = candidate(facts), candidate([*facts, new])
    for rule in RULEBOOK:
        if rule.applies(setting(product)) and field not in rule.reads:
            assert rule.judge(before, setting(product)) == rule.judge(after, setting(product)), rule.id


ENDED_BY = {
    "answers": {"CI-05", "CI-06", "CI-07", "CI-08", "CI-10", "CI-12", "CI-15", "CA-06", "CA-09", "MED-1"},
    "pregnancy": {"CI-09", "CI-10"},
    "vitals": {"ELG-BP1", "ELG-BP3", "ELG-BP4", "ELG-BP6", "ELG-BP7"},
    "trials": {"TRD-1"},
    "conditions": {"CI-05", "CI-07", "CI-08", "CI-09", "CI-10", "CI-12", "CI-15"},  # a diagnosis that is over
    "medicines": {"DDI-07", "DDI-01", "DDI-02", "MED-2"},  # a medicine that was stopped
    "allergies": {"CI-04"},  # an allergy that was withdrawn
    "labs": {"CI-09"},
}
"""The only rules whose stop a new fact of that kind may end: what the rule itself asks for."""


@given(facts=charts, product=products, new=some_facts)
def test_no_fact_turns_a_stop_into_a_pass_unless_the_rule_asked_for_it(facts, product, new):
    field = FIELD_OF[type(new.payload).__name__]
    before, after = judged(facts, product=product), judged([*facts, new], product=product)
    stopped = {f.rule_id for f in before.findings if f.verdict is Verdict.STOP}
    still = {f.rule_id for f in after.findings if f.verdict is Verdict.STOP}
    assert stopped - still <= ENDED_BY[field]


@given(facts=charts, product=products, which=st.integers(0, 200))
@pytest.mark.hazard("HAZ-02")
def test_a_missing_datum_never_makes_somebody_eligible(facts, product, which):
    """Taking away an answer, a measurement or a test may only ask for it; it never lets anybody through."""
    removable = [f for f in facts if FIELD_OF[type(f.payload).__name__] in ("answers", "vitals", "pregnancy")]
    if not removable:
        return
    kind = removable[which % len(removable)]
    same = {(type(f.payload), getattr(f.payload, "question", "")) for f in [kind]}
    left = [f for f in facts if (type(f.payload), getattr(f.payload, "question", "")) not in same]
    without = judged(left, product=product)
    if not judged(facts, product=product).outcome.is_eligible:
        assert not without.outcome.is_eligible
    assert without.outcome.severity >= Outcome.NEEDS_INFORMATION.severity


@given(facts=charts, product=products)
def test_the_outcome_is_the_most_restrictive_finding(facts, product):
    judgement = judged(facts, product=product)
    assert judgement.outcome is max((f.effect for f in judgement.findings), key=PRECEDENCE.index)
    if any(f.verdict is Verdict.NEEDS_INFORMATION for f in judgement.findings):
        assert not judgement.outcome.is_eligible


@given(facts=charts, product=products)
def test_every_finding_says_why_and_where_from(facts, product):
    for finding in judged(facts, product=product).findings:
        assert finding.ruling.because
        assert finding.source
        assert finding.title
        assert finding.needs_checking is (finding.rule_id in UNVERIFIED)
        assert not (finding.is_hard_stop and finding.acceptable)
        if finding.verdict is Verdict.STOP and finding.ruling.effect is Outcome.DEFER:
            assert finding.ruling.until


@given(facts=charts, product=products)
@pytest.mark.hazard("HAZ-01")
def test_nobody_can_accept_a_hard_stop(facts, product):
    before = judged(facts, product=product)
    after = judged([*facts, *(accepted(f) for f in before.findings)], product=product)
    for finding in after.findings:
        if finding.strength == "hard_stop":
            assert finding.accepted is None


def test_an_accepted_precaution_counts_while_its_datum_stands():
    facts = [*WELL, medicine("diazepam", minutes_ago=30)]
    acceptances = [accepted(f) for f in judged(facts).standing]
    after = judged([*facts, *acceptances])
    assert after.outcome is Outcome.ELIGIBLE_WITH_CAUTION
    assert after.why_not_signable == ""
    assert found(after, "DDI-01").accepted_by == "Dr. Test, MD"


def test_an_accepted_stop_is_a_caution():
    facts = [*WELL, pressure(165, 90, minutes_ago=20), pressure(164, 90, minutes_ago=10)]
    stops = [f for f in judged(facts).standing if f.verdict is Verdict.STOP]
    assert {f.rule_id for f in stops} == {"ELG-BP1", "ELG-BP3"}
    assert judged([*facts, *(accepted(f) for f in stops)]).outcome is Outcome.ELIGIBLE_WITH_CAUTION


def test_a_new_measurement_ends_the_acceptance_even_at_the_same_value():
    facts = [*WELL, pressure(165, 90, minutes_ago=30)]
    acceptance = accepted(found(judged(facts), "ELG-BP3"))
    assert found(judged([*facts, acceptance]), "ELG-BP3").accepted
    again = judged([*facts, acceptance, pressure(165, 90, minutes_ago=1)])
    assert found(again, "ELG-BP3").accepted is None


def test_an_acceptance_under_another_rule_book_does_not_count():
    facts = [*WELL, medicine("diazepam")]
    old = accepted(found(judged(facts), "DDI-01"), version="evaluation 2019.1")
    assert found(judged([*facts, old]), "DDI-01").accepted is None


def test_precautions_are_accepted_before_anybody_signs():
    judgement = judged([*WELL, medicine("diazepam")])
    assert judgement.outcome is Outcome.ELIGIBLE_WITH_CAUTION
    assert judgement.why_not_signable == "Accept each precaution with a reason first: DDI-01, DDI-02."


def test_that_somebody_is_not_a_candidate_can_be_signed():
    judgement = judged([*WELL, answer("aneurysm", "yes", minutes_ago=1)])
    assert judgement.why_not_signable == ""
    assert judgement.summary() == "Contraindicated. Findings: CI-01."
    assert judged(WELL).summary() == "Eligible. Findings: none."


def test_what_stops_stands_first_on_the_page():
    facts = [*WELL, medicine("diazepam"), answer("aneurysm", "yes", minutes_ago=1), medicine("unheard-of")]
    verdicts = [finding.verdict for finding in judged(facts).standing]
    assert verdicts[0] is Verdict.STOP
    assert verdicts[1] is Verdict.NEEDS_INFORMATION
    assert verdicts[2] is Verdict.PRECAUTION


def test_a_judgement_keeps_the_rule_book_and_its_setting():
    judgement = judged(WELL, product="ketamine_iv", jurisdiction="EU")
    assert (judgement.product, judgement.jurisdiction) == (Product.KETAMINE_IV, Jurisdiction.EU)
    assert {f.rulebook_version for f in judgement.findings} == {judgement.rulebook_version}


def test_every_rule_has_its_own_id_and_every_question_its_rule():
    ids = [rule.id for rule in RULEBOOK]
    assert len(ids) == len(set(ids))
    assert {rule_id for question in QUESTIONS for rule_id in question.rules} <= set(ids)


def test_every_question_is_read_by_the_rule_that_it_names():
    for question in QUESTIONS:
        others = [f for f in WELL if getattr(f.payload, "question", "") != question.id]
        waiting = {f.rule_id for f in judged(others).standing}
        assert waiting == set(question.rules), question.id


def test_labels_are_in_words():
    assert Verdict.NEEDS_INFORMATION.label == "Needs information"
    assert Outcome.ELIGIBLE_WITH_CAUTION.label == "eligible with caution"
    assert "Spravato" in Product.ESKETAMINE_IN.label


def test_a_setting_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Setting(product=Product.KETAMINE_IV, jurisdiction=Jurisdiction.US, now=datetime(2026, 3, 3))


def entry_of(fact, position, *, supersedes=None):
    return Entry(
        id=fact.entry_id,
        patient_id=WOMAN.patient_id,
        position=position,
        encounter_id=None,
        payload=fact.payload,
        happened_at=fact.happened_at,
        recorded_at=fact.recorded_at,
        recorded_by=Author(kind=AuthorKind.STAFF, id="1", name="Dr. Test, MD"),
        source=Source.KEYBOARD,
        source_ref="",
        supersedes=supersedes,
        reason="clicked by mistake" if supersedes else "",
        previous_digest="",
        digest="",
    )


def test_a_candidate_is_folded_from_the_entries_as_they_stand():
    wrong = answer("aneurysm", "yes", minutes_ago=5)
    entries = [entry_of(f, n) for n, f in enumerate([*WELL, wrong], start=1)]
    assert found(judge(candidate_from(entries, WOMAN), setting()), "CI-01").verdict is Verdict.STOP
    taken_back = replace(
        entry_of(answer("aneurysm", "no"), 99, supersedes=wrong.entry_id), payload=EnteredInError()
    )
    folded = candidate_from([*entries, taken_back], WOMAN)
    assert judge(folded, setting()).outcome is Outcome.ELIGIBLE


def test_the_last_signed_evaluation_is_found():
    assert latest_signed([]) is None
    signed = EvaluationSigned(
        outcome="eligible",
        indication="TRD",
        product="esketamine_in",
        jurisdiction="US",
        rulebook_version="1",
        findings=(),
        summary="",
        meaning="evaluated",
    )
    entries = [entry_of(draft(signed, now=NOW), 1)]
    found_entry = latest_signed(entries)
    assert found_entry is entries[0]


def test_a_draft_is_judged_without_being_recorded():
    typed = draft(pressure(190, 100).payload, now=NOW)
    assert typed.entry_id is None
    assert found(judged([*WELL, typed]), "ELG-BP4").verdict is Verdict.STOP
