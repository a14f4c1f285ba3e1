"""What is refused where it enters, with the exact words."""

import re
from dataclasses import replace
from datetime import date

import pytest

from ajar.pathway.evaluation.entries import (
    EvaluationAskedFor,
    FindingAccepted,
    HistoryAnswered,
    ScoreReported,
)
from ajar.pathway.evaluation.findings import versions_of
from ajar.pathway.evaluation.formulary import index
from ajar.pathway.evaluation.formulary.equivalents import BenzodiazepinePolicy
from ajar.pathway.evaluation.formulary.ingredient import Name, combinations_of_table, ingredients_of_table
from ajar.pathway.evaluation.home_rules import DEFAULT_HOME, HomeRules
from ajar.pathway.evaluation.interaction_policy import InteractionPolicy, Severity
from ajar.pathway.evaluation.medicines import corrected
from ajar.pathway.evaluation.policy import EvaluationPolicy
from ajar.pathway.evaluation.populations import Populations
from ajar.pathway.evaluation.resistance_definitions import DEFINITIONS, definition_for
from ajar.pathway.evaluation.rulebook import rule_named

LABEL, COMMERCIAL, _VA = DEFINITIONS
ACCEPTED = {"rule_id": "CA-01", "rulebook_version": "1", "because": "seen", "datum": "x"}
TABLE = {"diazepam": 10.0, "lorazepam": 1.0}
FIRST_AT_HOME = "The first dose is never taken at home (SL-07): at least 1 on site first."
PER_DISPENSE = "Doses per dispense are at least 1, and no more before a patient is stable."
NOT_MEASURED = "A change of level that nobody measured may ask for D, C or B, not stop."
NO_DOSE = "Doses and equivalents of benzodiazepines must be positive and finite."
NO_TABLE = "The table of equivalents needs diazepam and lorazepam."

REFUSED = [
    (lambda: HistoryAnswered(question=" ", answer="no"), "question must not be empty."),
    (lambda: ScoreReported(instrument="", total=1), "instrument must not be empty."),
    (lambda: ScoreReported(instrument="mdq"), "A reported score needs a total or a level."),
    (lambda: ScoreReported(instrument="mdq", level=" "), "A reported score needs a total or a level."),
    (lambda: ScoreReported(instrument="mmse", total=float("inf")), "total must be finite, got inf."),
    (lambda: EvaluationAskedFor(product="", indication=""), "product must not be empty."),
    (lambda: FindingAccepted(**ACCEPTED | {"rule_id": ""}), "rule_id must not be empty."),
    (lambda: FindingAccepted(**ACCEPTED | {"because": " "}), "because must not be empty."),
    (lambda: HomeRules(first_doses_on_site=0), FIRST_AT_HOME),
    (lambda: HomeRules(doses_per_dispense=0), PER_DISPENSE),
    (lambda: HomeRules(doses_per_dispense=5), PER_DISPENSE),
    (lambda: InteractionPolicy(induction_not_by_mouth=Severity.X), NOT_MEASURED),
    (lambda: InteractionPolicy(inhibition_not_by_mouth=Severity.X), NOT_MEASURED),
    (lambda: Populations(older_from_years=0), "older_from_years must be above 0, got 0."),
    (lambda: EvaluationPolicy(vitals_hold_days=0), "vitals_hold_days must be above 0, got 0."),
    (lambda: EvaluationPolicy(fast_bpm=float("inf")), "fast_bpm must be above 0, got inf."),
    (
        lambda: EvaluationPolicy(slow_bpm=110.0),
        "slow_bpm must be below fast_bpm, got 110.0 and 110.",
    ),
    (
        lambda: replace(LABEL, trials_needed=0),
        "TRD-1 for the label: trials_needed must be at least 1 and adequate_weeks above 0, got 0 and 4.",
    ),
    (
        lambda: replace(COMMERCIAL, adequate_weeks=0),
        "TRD-1 for commercial: trials_needed must be at least 1 and adequate_weeks above 0, got 2 and 0.",
    ),
    (lambda: BenzodiazepinePolicy(limit_mg=0.0), NO_DOSE),
    (lambda: BenzodiazepinePolicy(trial_cut_mg=float("inf")), NO_DOSE),
    (lambda: BenzodiazepinePolicy(equal_to_10_mg_diazepam_mg=TABLE | {"oxazepam": 0.0}), NO_DOSE),
    (lambda: BenzodiazepinePolicy(equal_to_10_mg_diazepam_mg={"lorazepam": 1.0}), NO_TABLE),
    (lambda: BenzodiazepinePolicy(equal_to_10_mg_diazepam_mg={"diazepam": 10.0}), NO_TABLE),
    (
        lambda: list(ingredients_of_table("aspirin | painkiller | 1")),
        "A line of the formulary needs 5 cells, got 3: 'aspirin | painkiller | 1'.",
    ),
    (
        lambda: list(combinations_of_table("symbyax")),
        "A line of the formulary needs 2 cells, got 1: 'symbyax'.",
    ),
    (
        lambda: list(ingredients_of_table("aspirin | wizardry | | |")),
        "The formulary knows no class 'wizardry'.",
    ),
    (lambda: index.by_code([("1", "a"), ("1", "b")]), "The formulary gives code 1 to a and to b."),
    (lambda: index.by_name([name_of("asa", "c", "b")], ["a"]), "The formulary has no line about b, c."),
    (
        lambda: index.by_name([name_of("asa", "a"), name_of("ASA", "b")], ["a", "b"]),
        "The formulary uses the name 'ASA' for two things.",
    ),
]


def name_of(words, *ingredients):
    return Name(words=words, ingredients=frozenset(ingredients), route=None)


@pytest.mark.parametrize(("make", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_it_is_refused_in_these_words(make, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        make()


def test_the_least_that_makes_sense_is_taken():
    assert EvaluationPolicy(vitals_hold_days=1).vitals_hold_days == 1
    assert Populations(older_from_years=1).older_from_years == 1
    assert HomeRules(first_doses_on_site=1, doses_per_dispense=4).most_doses(taken_at_home=0) == 4
    assert replace(LABEL, trials_needed=1, adequate_weeks=0.5).adequate_weeks == 0.5
    assert BenzodiazepinePolicy(limit_mg=0.5, trial_cut_mg=0.5).limit_mg == 0.5


@pytest.mark.parametrize(("taken", "doses"), [(0, 1), (3, 1), (4, 4), (5, 4)])
def test_more_is_handed_out_once_a_patient_is_stable(taken, doses):
    assert DEFAULT_HOME.most_doses(taken_at_home=taken) == doses


def test_what_is_not_there_is_said_with_what_there_is():
    with pytest.raises(LookupError, match=r"^There is no rule 'CI-99'; there are: IND-1, .*, CI-01, .*\.$"):
        rule_named("CI-99")
    words = r"^No definition of treatment resistance holds on 2000-01-01; add a row\.$"
    with pytest.raises(LookupError, match=words):
        definition_for("", date(2000, 1, 1))
    assert definition_for(" VA ", date(2019, 3, 1)).rule_id == "TRD-2"


def test_an_older_row_of_a_payer_gives_way_wherever_it_stands():
    newer = replace(LABEL, valid_from=date(2027, 1, 1), trials_needed=3)
    assert definition_for("", date(2027, 1, 1), (newer, *DEFINITIONS)).trials_needed == 3


def test_versions_are_said_together_and_alone():
    assert versions_of("book 1", "policy 2") == "book 1; policy 2"
    assert versions_of("book 1", "") == "book 1"


def test_only_the_first_of_two_misspellings_is_put_right():
    assert corrected("SERTALINE, sertaline", "sertraline") == "sertraline, sertaline"
