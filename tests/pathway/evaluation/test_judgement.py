"""Outcome, acceptance, and the laws that no table can show."""

from dataclasses import replace
from datetime import datetime

import pytest

from ajar.pathway.evaluation.candidate import Fact
from ajar.pathway.evaluation.findings import Outcome, Verdict
from ajar.pathway.evaluation.from_entries import candidate_from, draft, facts_from
from ajar.pathway.evaluation.history import QUESTIONS
from ajar.pathway.evaluation.policy import DEFAULT_POLICY
from ajar.pathway.evaluation.products import Jurisdiction, Product, Setting
from ajar.pathway.evaluation.rulebook import RULEBOOK, judge
from ajar.pathway.ledger.entry import Author, AuthorKind, Entry, Source
from ajar.pathway.ledger.payload import EnteredInError
from tests.support.candidates import (
    NOW,
    WELL,
    WOMAN,
    accepted,
    answer,
    found,
    judged,
    medicine,
    pressure,
    setting,
)


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


def test_an_acceptance_under_another_policy_does_not_count():
    facts = [*WELL, medicine("diazepam")]
    finding = found(judged(facts), "DDI-01")
    ours = accepted(finding, version=finding.produced_by)
    assert found(judged([*facts, ours]), "DDI-01").accepted is not None
    other = replace(DEFAULT_POLICY, version=f"{DEFAULT_POLICY.version} + 2026-12")
    assert found(judged([*facts, ours], policy=other), "DDI-01").accepted is None
    assert judged(facts, policy=other).produced_by.endswith("+ 2026-12")


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


MDSI, BORDERLINE = "depression_with_acute_suicidality", "borderline_personality"
ASKED_WHEN = {
    "depression_now": [{"indication": MDSI}, {"indication": BORDERLINE}],
    "acute_suicidality": [{"indication": MDSI}],
    "home_first_dose_supervised": [{"product": "ketamine_sl_home"}],
    "home_chaperone": [{"product": "ketamine_sl_home"}],
    "home_pressure_monitor": [{"product": "ketamine_sl_home"}],
}
"""Questions that are asked for one product or purpose alone."""
ONLY_SHOWN = {"ancestry_lower_start"}


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q.id not in ONLY_SHOWN], ids=lambda q: q.id)
def test_every_question_is_read_by_the_rule_that_it_names(question):
    facts = [*WELL, medicine("sertraline")]
    others = [f for f in facts if getattr(f.payload, "question", "") != question.id]
    waiting = set()
    for asked in ASKED_WHEN.get(question.id, [{}]):
        assert question.asked_for(setting(**asked))
        waiting |= {f.rule_id for f in judged(others, **asked).missing}
    assert waiting == set(question.rules)


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
    assert facts_from(entries[:2]) == list(WELL[:2])
    assert judge(folded, setting()).outcome is Outcome.ELIGIBLE


def test_a_draft_is_judged_without_being_recorded():
    typed = draft(pressure(190, 100).payload, now=NOW)
    assert typed == Fact(
        payload=typed.payload, happened_at=NOW, recorded_at=NOW, entry_id=None, recorded_by="being typed"
    )
    assert found(judged([*WELL, typed]), "ELG-BP4").verdict is Verdict.STOP
