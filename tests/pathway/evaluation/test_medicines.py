"""Interactions, and medicines that are recognised or said not to be."""

import pytest

from ajar.pathway.evaluation.findings import Outcome, Strength, Verdict
from ajar.pathway.evaluation.medicines import CLASSES_OF, RXNORM, ingredients_in, is_recognised
from ajar.pathway.patients.facts import CodeSystem, Coding
from tests.support.candidates import WELL, accepted, answer, found, judged, medicine

RACEMIC, SPRAVATO = "ketamine_iv", "esketamine_in"


@pytest.mark.parametrize(
    ("name", "code", "product", "hits"),
    [
        ("Diazepam 5 MG Oral Tablet", "", SPRAVATO, {"DDI-01", "DDI-02"}),
        ("Clonazepam [Klonopin]", "", SPRAVATO, {"DDI-01", "DDI-02"}),
        ("something", "3322", SPRAVATO, {"DDI-01", "DDI-02"}),
        ("Oxycodone", "", RACEMIC, {"DDI-01"}),
        ("zolpidem", "", RACEMIC, {"DDI-01"}),
        ("Adderall XR", "", SPRAVATO, {"DDI-04"}),
        ("tranylcypromine", "", SPRAVATO, {"DDI-05"}),
        ("pseudoephedrine", "", SPRAVATO, {"DDI-06"}),
        ("theophylline", "", RACEMIC, {"DDI-07"}),
        ("theophylline", "", SPRAVATO, set()),
        ("aminophylline", "", RACEMIC, {"DDI-07"}),
        ("lamotrigine", "", SPRAVATO, {"DDI-08"}),
        ("Vivitrol", "", SPRAVATO, {"DDI-10"}),
        ("Sertraline 50 MG", "", SPRAVATO, set()),
        ("Hydrochlorothiazide 25 MG", "", SPRAVATO, set()),
    ],
)
def test_an_interaction_is_found_by_code_or_name(name, code, product, hits):
    judgement = judged([*WELL, medicine(name, code=code)], product=product)
    assert {finding.rule_id for finding in judgement.standing} == hits


def test_theophylline_with_racemic_ketamine_cannot_be_accepted():
    judgement = judged([*WELL, medicine("theophylline")], product=RACEMIC)
    finding = found(judgement, "DDI-07")
    assert (finding.verdict, finding.strength) == (Verdict.STOP, Strength.HARD_STOP)
    assert not finding.acceptable
    assert judgement.outcome is Outcome.DEFER


def test_each_medicine_is_a_finding_of_its_own():
    judgement = judged([*WELL, medicine("diazepam"), medicine("oxycodone")])
    named = [f.ruling.datum for f in judgement.findings if f.rule_id == "DDI-01"]
    assert sorted(named) == ["diazepam", "oxycodone"]


def test_a_medicine_that_was_stopped_interacts_no_more():
    facts = [*WELL, medicine("diazepam", minutes_ago=60), medicine("diazepam", active=False, minutes_ago=1)]
    assert judged(facts).outcome is Outcome.ELIGIBLE


@pytest.mark.parametrize("name", ["St. Mary's drops", "Diazepan", "Amoxicillin / Novelol 5 MG", "zzz"])
def test_an_unknown_name_is_said_and_never_guessed(name):
    judgement = judged([*WELL, medicine(name)])
    finding = found(judgement, "MED-2")
    assert (finding.verdict, finding.strength) == (Verdict.NEEDS_INFORMATION, Strength.INFO)
    assert judgement.outcome is Outcome.NEEDS_INFORMATION


def test_an_unknown_medicine_may_be_looked_up_and_accepted():
    facts = [*WELL, medicine("St. Mary's drops")]
    after = judged([*facts, accepted(found(judged(facts), "MED-2"))])
    assert after.outcome is Outcome.ELIGIBLE_WITH_CAUTION
    assert after.why_not_signable == ""


@pytest.mark.parametrize(
    ("value", "days", "verdict"),
    [
        ("yes", 1, Verdict.PASS),
        ("yes", 31, Verdict.NEEDS_INFORMATION),
        ("no", 1, Verdict.NEEDS_INFORMATION),
        ("unknown", 1, Verdict.NEEDS_INFORMATION),
        (None, 1, Verdict.NEEDS_INFORMATION),
    ],
)
def test_the_list_counts_only_once_somebody_has_said_that_it_is_complete(value, days, verdict):
    others = [fact for fact in WELL if getattr(fact.payload, "question", "") != "medicines_complete"]
    said = [answer("medicines_complete", value, minutes_ago=days * 24 * 60)] if value else []
    assert found(judged([*others, *said]), "MED-1").verdict is verdict


def test_every_coded_ingredient_has_a_class():
    assert set(RXNORM.values()) <= set(CLASSES_OF)


@pytest.mark.parametrize(
    ("display", "ingredients"),
    [
        ("Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet", {"amoxicillin", "clavulanate"}),
        ("Carbamazepine[Tegretol]", {"carbamazepine"}),
        ("prodiazepamine", set()),  # a name inside a word is no match
    ],
)
def test_a_name_is_matched_as_a_whole_word(display, ingredients):
    assert ingredients_in(display) == ingredients


def test_a_known_code_recognises_whatever_the_display_says():
    assert is_recognised(Coding(system=CodeSystem.RXNORM, code="3322", display="tablet"))
