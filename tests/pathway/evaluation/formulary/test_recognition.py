"""Which medicine a name or a code is; what is asked about; the tables themselves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ajar.pathway.evaluation.findings import Outcome, Verdict
from ajar.pathway.evaluation.formulary import index
from ajar.pathway.evaluation.formulary.ingredient import (
    DrugClass,
    Name,
    combinations_of_table,
    ingredients_of_table,
)
from ajar.pathway.evaluation.formulary.lookalike import edits_allowed, edits_between, names_like
from ajar.pathway.evaluation.formulary.words import PLAIN
from ajar.pathway.evaluation.medicines import (
    classes_of,
    corrected,
    ingredients_of,
    is_recognised,
    recognise,
)
from ajar.pathway.patients.facts import CodeSystem, Coding
from tests.support.candidates import WELL, accepted, found, judged
from tests.support.medicines import taking


def text(display):
    return Coding(system=CodeSystem.TEXT, code="", display=display)


def coded(system, code, display="x"):
    return Coding(system=CodeSystem(system), code=code, display=display)


WHOLE = [
    ("Diazepam 5 MG Oral Tablet", {"diazepam"}),
    ("24 HR metoprolol succinate 50 MG Extended Release Oral Tablet [Toprol-XL]", {"metoprolol"}),
    ("Losartan potassium 50 MG / hydrochlorothiazide 12.5 MG", {"losartan", "hydrochlorothiazide"}),
    ("Potassium chloride 10 MEQ Extended Release Tablet", {"potassium chloride"}),
    ("ZOLOFT", {"sertraline"}),
    ("dextromethorphan-bupropion", {"dextromethorphan", "bupropion"}),
    ("Auvelity", {"dextromethorphan", "bupropion"}),
    ("olanzapine/fluoxetine", {"olanzapine", "fluoxetine"}),
    ("Suboxone film", {"buprenorphine", "naloxone"}),
    ("St. John’s Wort", {"st johns wort"}),
    ("Grapefruit juice", {"grapefruit juice"}),
    ("Vitamin D3 1000 IU", {"vitamin d"}),
    ("rifampin", {"rifampicin"}),
    ("Paracetamol 500 mg", {"acetaminophen"}),
    ("3 ML insulin glargine 100 UNT/ML Pen Injector [Lantus]", {"insulin"}),
    ("Symtuza", {"darunavir", "cobicistat", "emtricitabine", "tenofovir"}),
]


@pytest.mark.parametrize(("display", "ingredients"), WHOLE)
def test_a_name_is_known_whole(display, ingredients):
    assert recognise(text(display)).ingredients == ingredients
    assert is_recognised(text(display))


ASKED = [
    ("sertaline", "sertraline"),
    ("Lexapor 10 mg", "lexapro"),
    ("klonapin", "klonopin"),
    ("buproprion", "bupropion"),
    ("Levothyroxin", "levothyroxine"),
    ("lamotrigine / topiramat", "topiramate"),
]


@pytest.mark.parametrize(("display", "meant"), ASKED)
def test_a_misspelling_is_asked_about_and_never_taken(display, meant):
    assert meant in recognise(text(display)).suggestions
    judgement = judged([*WELL, taking(display)])
    finding = found(judgement, "MED-2")
    assert finding.verdict is Verdict.NEEDS_INFORMATION
    assert f"Did you mean {meant}" in finding.ruling.until
    assert judgement.outcome is Outcome.NEEDS_INFORMATION


@pytest.mark.parametrize(
    ("display", "name", "right"),
    [
        ("Sertaline 50 MG Oral Tablet", "sertraline", "sertraline 50 MG Oral Tablet"),
        ("sertaline/olanzapin", "olanzapine", "sertaline/olanzapine"),
        ("sertaline", "lithium", "lithium"),  # somebody chose another: the word is replaced whole
    ],
)
def test_once_somebody_says_what_was_meant_the_word_is_put_right(display, name, right):
    assert corrected(display, name) == right


@pytest.mark.parametrize(
    "display", ["St. Mary's drops", "zzz", "tablet", "5 mg", "диазепам", "Diazepam диаз", "diazepam novelol"]
)
def test_what_is_not_known_in_part_is_not_recognised(display):
    assert not is_recognised(text(display))


def test_the_part_that_is_not_known_is_named():
    finding = found(judged([*WELL, taking("Amoxicillin / Frobnicate 5 MG")]), "MED-2")
    assert finding.ruling.because.startswith("frobnicate in Amoxicillin / Frobnicate 5 MG is not recognised")
    assert finding.ruling.until == "Look it up, and accept this with what you found."


CODES = [
    ("rxnorm", "36437", {"sertraline"}),
    ("atc", "N06AB06", {"sertraline"}),
    ("atc", "n05ba01", {"diazepam"}),
    ("atc", "N06AX27", {"esketamine"}),  # clinical.md 8.6 [MIMS-MY-F]
    ("atc", "N01AX03", {"ketamine"}),
    ("snomed", "36437", set()),  # a code is only a code in its system
    ("rxnorm", "999999999", set()),
]


@pytest.mark.parametrize(("system", "code", "ingredients"), CODES)
def test_a_code_is_known_in_its_own_system(system, code, ingredients):
    medicine = coded(system, code)
    assert ingredients_of(medicine) == ingredients
    assert is_recognised(medicine) is bool(ingredients)


@pytest.mark.parametrize(
    ("code", "classes"),
    [
        ("N05BA17", {DrugClass.BENZODIAZEPINE}),
        ("C09AA99", {DrugClass.ANTIHYPERTENSIVE}),
        ("N06AB99", {DrugClass.ANTIDEPRESSANT, DrugClass.SSRI}),
        ("V99XX99", set()),
    ],
)
def test_an_atc_code_that_no_line_has_is_known_by_its_group(code, classes):
    medicine = coded("atc", code, "fludiazepam")
    assert classes_of(medicine) == classes
    assert is_recognised(medicine) is bool(classes)


def test_a_code_and_a_name_of_different_medicines_are_both_judged_and_asked_about():
    fact = taking("Sertraline 50 MG", rxnorm="3322")
    judgement = judged([*WELL, fact])
    finding = found(judgement, "MED-2")
    assert finding.ruling.because == "The code is that of diazepam, the name says sertraline."
    assert finding.ruling.until == "Find out which it is, and record it again."
    assert found(judgement, "DDI-02").verdict is Verdict.PRECAUTION
    assert accepted(finding).payload.rule_id == "MED-2"


def test_the_list_is_large_enough_for_real_lists_of_medicines():
    assert len(index.KNOWN) > 600
    assert len(index.RXNORM) > 400
    assert len(index.ATC) > 500


def test_every_name_leads_to_ingredients_with_classes():
    for key, name in index.NAMES.items():
        assert name.ingredients, key
        assert all(index.CLASSES_OF[ingredient] for ingredient in name.ingredients)
        assert ingredients_of(text(name.words)), key


def test_no_name_is_a_plain_word_except_salts_that_are_taken_alone():
    assert set(index.NAMES) & PLAIN == {"calcium", "magnesium", "potassium", "zinc"}


BAD_TABLES = [
    ("aspirin | painkiller | 1", "needs 5 cells, got 3"),
    ("aspirin | wizardry | | |", "knows no class 'wizardry'"),
]


@pytest.mark.parametrize(("table", "message"), BAD_TABLES)
def test_a_table_that_cannot_be_read_is_refused(table, message):
    with pytest.raises(ValueError, match=message):
        list(ingredients_of_table(table))


def test_a_table_of_combinations_has_two_cells():
    with pytest.raises(ValueError, match="needs 2 cells"):
        list(combinations_of_table("symbyax | olanzapine | fluoxetine"))


def test_the_tables_may_not_contradict_each_other():
    line = next(ingredients_of_table("aspirin | painkiller | 1191 | B01AC06 | asa"))
    with pytest.raises(ValueError, match="two lines about aspirin"):
        index.by_ingredient([line, line])
    with pytest.raises(ValueError, match="gives code 1 to a and to b"):
        index.by_code([("1", "a"), ("1", "b")])
    one, other = (Name(words="asa", ingredients=frozenset({i}), route=None) for i in ("a", "b"))
    with pytest.raises(ValueError, match="'asa' for two things"):
        index.by_name([one, other], ["a", "b"])
    with pytest.raises(ValueError, match="no line about b"):
        index.by_name([other], ["a"])


EDITS = [
    ("abc", "abc", 0),
    ("abc", "acb", 1),
    ("abc", "ab", 1),
    ("abc", "abcd", 1),
    ("abc", "xyz", 3),
    ("", "ab", 2),
]


@pytest.mark.parametrize(("one", "other", "edits"), EDITS)
def test_edits_are_letters_missing_added_changed_or_swapped(one, other, edits):
    assert edits_between(one, other) == edits_between(other, one) == edits


def slow_names_like(word):
    """Every name of about that length compared with the word: the judge of the quick look-up."""
    allowed = edits_allowed(word)
    names = [name for name in index.NAMES if " " not in name and abs(len(name) - len(word)) <= allowed]
    near = [(edits, name) for name in names if (edits := edits_between(word, name)) <= allowed]
    return tuple(name for _, name in sorted(near))[:3]


@settings(max_examples=40)
@given(
    name=st.sampled_from(sorted(name for name in index.NAMES if name.isalpha())),
    at=st.integers(0, 20),
    letter=st.sampled_from(["", *"aeioqxz"]),
)
def test_the_quick_look_up_finds_what_a_slow_search_finds(name, at, letter):
    place = at % len(name)
    wrong = name[:place] + letter + name[place + 1 :]
    if len(wrong) >= 4 and wrong not in PLAIN:
        assert names_like(wrong) == slow_names_like(wrong)


@pytest.mark.parametrize("word", ["abc", "tablet", "", "qqqqqqqqqq"])
def test_for_some_words_nothing_is_suggested(word):
    assert names_like(word) == ()
