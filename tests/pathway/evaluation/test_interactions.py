"""Interactions by drug, route and product: one line each (clinical.md 3.9)."""

from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.evaluation.findings import Outcome, Standing, Strength, Verdict
from ajar.pathway.evaluation.formulary.ingredient import MedicineRoute
from ajar.pathway.evaluation.formulary.route import route_said_in
from ajar.pathway.evaluation.interaction_policy import InteractionPolicy, Severity
from ajar.pathway.evaluation.policy import EvaluationPolicy
from ajar.pathway.evaluation.products import BY_MOUTH, INJECTED, NASAL, RACEMIC, Product
from ajar.pathway.evaluation.rules.interaction import rule_of
from ajar.pathway.evaluation.rules.interactions import INTERACTIONS, RULES
from tests.support.candidates import WELL, candidate, judged, setting
from tests.support.medicines import taking

HOME, SPRAVATO, VEIN = "ketamine_sl_home", "esketamine_in", "ketamine_iv"
MUSCLE, SWALLOWED = "ketamine_im", "ketamine_po"
STOP, CAUTION, INFO, ASKED = "stop", "caution", "information", "asked"


def said(judgement, rule_id):
    """What one rule says of the medicines: the words of the tables below, None where it says nothing."""
    for finding in judgement.findings:
        if finding.rule_id != rule_id or "recorded" in finding.ruling.datum:
            continue
        if finding.verdict is Verdict.PASS:
            return INFO if finding.strength is Strength.INFO else None
        return {
            Verdict.STOP: STOP,
            Verdict.PRECAUTION: CAUTION,
            Verdict.NEEDS_INFORMATION: ASKED,
        }[finding.verdict]
    return None


SAID = [
    ("DDI-01", "lorazepam", SPRAVATO, CAUTION),
    ("DDI-01", "oxycodone", VEIN, CAUTION),
    ("DDI-01", "zolpidem", HOME, CAUTION),
    ("DDI-01", "phenobarbital", MUSCLE, CAUTION),
    ("DDI-01", "alcohol", SPRAVATO, CAUTION),
    ("DDI-01", "sertraline", SPRAVATO, None),
    ("DDI-02", "clonazepam", VEIN, CAUTION),
    ("DDI-04", "modafinil", SPRAVATO, CAUTION),
    ("DDI-04", "Vyvanse", VEIN, CAUTION),
    ("DDI-05", "Emsam patch", SPRAVATO, CAUTION),
    ("DDI-06", "Sudafed", VEIN, CAUTION),
    ("DDI-06", "vasopressin", VEIN, CAUTION),
    ("DDI-07", "theophylline", VEIN, STOP),
    ("DDI-07", "aminophylline", HOME, STOP),
    ("DDI-07", "theophylline", SPRAVATO, None),
    ("DDI-08", "Lamictal", VEIN, CAUTION),
    ("DDI-09", "lithium carbonate", VEIN, INFO),
    ("DDI-10", "Contrave", SPRAVATO, CAUTION),
    ("DDI-11", "clozapine", VEIN, CAUTION),
    ("DDI-11", "haloperidol decanoate", VEIN, CAUTION),
    ("DDI-11", "risperidone", SPRAVATO, CAUTION),
    ("DDI-11", "quetiapine", SPRAVATO, None),
    ("DDI-12", "olanzapine/fluoxetine", VEIN, INFO),
    ("DDI-13", "clarithromycin", HOME, CAUTION),
    ("DDI-13", "clarithromycin", SWALLOWED, CAUTION),
    ("DDI-13", "clarithromycin", VEIN, INFO),
    ("DDI-13", "clarithromycin", SPRAVATO, INFO),
    ("DDI-13", "itraconazole", HOME, None),  # trap 23: the same class, another result
    ("DDI-14", "itraconazole", HOME, INFO),
    ("DDI-14", "itraconazole", VEIN, INFO),
    ("DDI-15", "ticlopidine", SWALLOWED, CAUTION),
    ("DDI-15", "ticlopidine", VEIN, INFO),
    ("DDI-16", "grapefruit juice", HOME, CAUTION),
    ("DDI-16", "grapefruit juice", VEIN, INFO),
    ("DDI-17", "rifampin", SWALLOWED, CAUTION),  # trap 24: the route decides
    ("DDI-17", "rifampin", VEIN, INFO),
    ("DDI-17", "Rifater", MUSCLE, INFO),
    ("DDI-17", "rifampicin", SPRAVATO, INFO),
    ("DDI-18", "St. John's Wort", HOME, CAUTION),
    ("DDI-18", "St John’s wort", SPRAVATO, INFO),
    ("DDI-19", "carbamazepine", HOME, CAUTION),
    ("DDI-19", "phenytoin", VEIN, CAUTION),
    ("DDI-19", "Atripla", SWALLOWED, CAUTION),
    ("DDI-20", "clopidogrel", HOME, CAUTION),
    ("DDI-20", "sertraline", SWALLOWED, CAUTION),
    ("DDI-20", "sertraline", SPRAVATO, INFO),
    ("DDI-20", "Paxlovid", HOME, CAUTION),
    ("DDI-20", "Genvoya", HOME, CAUTION),
    ("DDI-20", "ketoconazole 2 % shampoo", HOME, None),
    ("DDI-20", "ketoconazole tablet", HOME, CAUTION),
    ("DDI-21", "clonidine patch", VEIN, CAUTION),
    ("DDI-21", "prazosin", SPRAVATO, CAUTION),
    ("DDI-21", "dexmedetomidine", VEIN, CAUTION),
    ("DDI-22", "propranolol", VEIN, INFO),
    ("DDI-22", "lisinopril-HCTZ", SPRAVATO, INFO),
    ("DDI-22", "timolol ophthalmic solution", VEIN, None),
    ("DDI-22", "Cosopt", VEIN, None),
    ("DDI-23", "escitalopram", VEIN, INFO),
    ("DDI-24", "Auvelity", SPRAVATO, CAUTION),
    ("DDI-24", "dextromethorphan-bupropion", VEIN, CAUTION),
    ("DDI-24", "memantine", VEIN, CAUTION),
    ("DDI-24", "amantadine", VEIN, CAUTION),
    ("DDI-25", "Flonase", SPRAVATO, CAUTION),
    ("DDI-25", "fluticasone nasal spray", SPRAVATO, CAUTION),
    ("DDI-25", "Flovent", SPRAVATO, None),
    ("DDI-25", "budesonide", SPRAVATO, ASKED),  # nose or lungs? never guessed
    ("DDI-25", "prednisone", SPRAVATO, None),
    ("DDI-25", "Afrin", SPRAVATO, CAUTION),
    ("DDI-25", "Flonase", VEIN, None),
    ("DDI-26", "Synthroid", VEIN, CAUTION),
    ("DDI-26", "liothyronine", SPRAVATO, CAUTION),
    ("DDI-27", "venlafaxine", SPRAVATO, INFO),
    ("DDI-27", "phenelzine", VEIN, INFO),
]


@pytest.mark.parametrize(("rule_id", "name", "product", "expected"), SAID)
def test_each_drug_and_product_is_judged_as_the_table_says(rule_id, name, product, expected):
    assert said(judged([*WELL, taking(name)], product=product), rule_id) == expected


ROUTES = [
    ("DDI-06", "phenylephrine", "ophthalmic", VEIN, None),
    ("DDI-06", "phenylephrine", "by mouth", VEIN, CAUTION),
    ("DDI-06", "phenylephrine", "", VEIN, CAUTION),  # by an unknown route it may
    ("DDI-25", "phenylephrine", "nasal", SPRAVATO, CAUTION),
    ("DDI-25", "phenylephrine", "by mouth", SPRAVATO, None),
    ("DDI-25", "fluticasone", "inhaled", SPRAVATO, None),
    ("DDI-25", "fluticasone", "Nasal route", SPRAVATO, CAUTION),
    ("DDI-25", "fluticasone", "nasal or oral", SPRAVATO, ASKED),
    ("DDI-20", "ketoconazole", "on the skin", SWALLOWED, None),
    ("DDI-22", "timolol", "into the eye", VEIN, None),
    ("DDI-21", "clonidine", "as a patch", VEIN, CAUTION),
]


@pytest.mark.parametrize(("rule_id", "name", "route", "product", "expected"), ROUTES)
def test_the_route_of_the_other_medicine_counts(rule_id, name, route, product, expected):
    assert said(judged([*WELL, taking(name, route=route)], product=product), rule_id) == expected


def test_information_is_shown_and_asks_for_nothing():
    judgement = judged([*WELL, taking("lithium"), taking("olanzapine"), taking("rifampin")], product=VEIN)
    assert judgement.outcome is Outcome.ELIGIBLE
    assert judgement.why_not_signable == ""
    shown = [f.ruling.because for f in judgement.findings if f.ruling.datum == "rifampin"]
    assert len(shown) == 1
    assert "AUC −14 %" in shown[0]
    assert "Severity B: information." in shown[0]


def test_what_is_measured_and_what_is_expected_are_told_apart():
    by_mouth = judged([*WELL, taking("clarithromycin")], product=HOME)
    sprayed = judged([*WELL, taking("clarithromycin")], product=SPRAVATO)
    for judgement, standing, words in (
        (by_mouth, Standing.LITERATURE, "AUC ×2.6, Cmax ×3.6"),
        (sprayed, Standing.DESIGN_DEFAULT, "From general knowledge, verify"),
    ):
        finding = next(f for f in judgement.findings if f.rule_id == "DDI-13")
        assert finding.standing is standing
        assert words in finding.ruling.because


@pytest.mark.parametrize("product", [product.value for product in Product])
def test_every_rule_about_medicines_applies_where_its_rows_say(product):
    ids = {rule.id for rule in RULES if rule.applies(setting(product))}
    every = {f"DDI-{number:02}" for number in range(1, 28)} | {"CA-11", "MED-1", "MED-2"}
    missing = {"DDI-07"} if product == SPRAVATO else {"DDI-25"}
    assert ids == every - missing


def test_the_rows_cover_each_product_once():
    for rule in RULES:
        rows = [row for row in INTERACTIONS if row.id == rule.id]
        products = [product for row in rows for product in row.products]
        assert len(products) == len(set(products)), rule.id
    assert frozenset(Product) == INJECTED | NASAL | BY_MOUTH
    assert NASAL.isdisjoint(RACEMIC)


def test_a_rule_refuses_rows_that_contradict_each_other():
    row = INTERACTIONS[0]
    with pytest.raises(ValueError, match="one row for each product"):
        rule_of((row, replace(row, severity=Severity.B)), verified=True)
    with pytest.raises(ValueError, match="have one id"):
        rule_of((row, replace(INTERACTIONS[-1], products=frozenset())), verified=True)


def test_a_clinic_may_be_stricter_about_inhibitors_that_nobody_measured():
    strict = EvaluationPolicy(interactions=InteractionPolicy(inhibition_not_by_mouth=Severity.C))
    rule = next(rule for rule in RULES if rule.id == "DDI-20")
    (ruling,) = rule.judge(candidate([taking("sertraline")]), replace(setting(VEIN), policy=strict))
    assert ruling.verdict is Verdict.PRECAUTION


def test_what_nobody_measured_may_not_stop_anybody():
    with pytest.raises(ValueError, match="not stop"):
        InteractionPolicy(induction_not_by_mouth=Severity.X)


@pytest.mark.parametrize("route", list(MedicineRoute))
def test_every_route_is_read_back_from_its_own_words(route):
    assert route_said_in(route.value) is route


SOME: Final = (
    "lorazepam, theophylline, sertraline, rifampin, fluticasone, lithium, Auvelity, novelol, timolol, "
    "Vivitrol, clarithromycin, levothyroxine, Sertaline, grapefruit juice, ibuprofen"
)
medicines = st.builds(
    taking,
    st.sampled_from(SOME.split(", ")),
    st.sampled_from(["", "0.5 mg bid", "4 mg at night prn", "some"]),
    st.sampled_from(["", "by mouth", "nasal", "eye"]),
)


@given(
    lists=st.lists(medicines, max_size=6, unique_by=lambda fact: fact.payload.medicine.display),
    product=st.sampled_from([product.value for product in Product]),
)
@pytest.mark.hazard("HAZ-02")
def test_one_more_medicine_never_improves_the_outcome(lists, product):
    outcomes = [judged([*WELL, *lists[:count]], product=product).outcome for count in range(len(lists) + 1)]
    severities = [outcome.severity for outcome in outcomes]
    assert severities == sorted(severities)
