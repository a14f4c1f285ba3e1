"""The daily dose out of words: read as a whole, or not at all; and CA-11 and DDI-03, which go by it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.evaluation.findings import Outcome, Strength, Verdict
from ajar.pathway.evaluation.formulary.daily_dose import DailyDose, daily_dose
from ajar.pathway.evaluation.formulary.equivalents import (
    EQUAL_TO_10_MG_DIAZEPAM_MG,
    BenzodiazepinePolicy,
)
from ajar.pathway.evaluation.formulary.index import CLASSES_OF
from ajar.pathway.evaluation.formulary.ingredient import DrugClass
from ajar.pathway.evaluation.interaction_policy import InteractionPolicy
from ajar.pathway.evaluation.policy import EvaluationPolicy
from ajar.pathway.evaluation.rules.interactions_dose import RULES
from tests.support.candidates import WELL, accepted, candidate, found, judged, setting
from tests.support.medicines import taking

READ = [
    ("1 mg twice daily", 2.0, False),
    ("0.5 mg bid", 1.0, False),
    ("0.5mg b.i.d.", 1.0, False),
    ("2 mg at night prn", 2.0, True),
    ("0.5 mg at night when needed", 0.5, True),
    ("0.5-1 mg tid p.r.n.", 3.0, True),
    ("0.5 to 1 mg tid", 3.0, True),
    ("1 mg q8h", 3.0, False),
    ("1 mg every 6-8 hours as needed", 4.0, True),
    ("0.5 mg in the morning and 1 mg at night", 1.5, False),
    ("0.5 mg every morning and at bedtime", 1.0, False),
    ("2 mg every night at bedtime", 2.0, False),
    ("2 mg once daily at bedtime", 2.0, False),
    ("500 mcg 3x/day", 1.5, False),
    ("250 µg twice a day", 0.5, False),
    ("0,25 mg four times a day", 1.0, False),
    ("4 mg/day", 4.0, False),
    ("up to 3 mg per day", 3.0, True),
    ("alprazolam 1 mg by mouth twice daily for anxiety", 2.0, False),
    ("Take 1 tablet (0.5 mg total) by mouth 2 times daily", 1.0, False),
    ("1 tablet (0.5 mg) twice daily", 1.0, False),
    ("5 mg, 2 times per 1 d, as needed", 10.0, True),  # as exchange/fhir writes a structured dose
    ("5 mg, 1 times per 12 h", 10.0, False),
]


@pytest.mark.parametrize(("words", "mg", "at_most"), READ)
def test_a_dose_in_words_is_read(words, mg, at_most):
    assert daily_dose(words) == DailyDose(mg=mg, at_most=at_most)


NOT_READ = [
    "",
    "prn",
    "1 mg",
    "1 mg prn",
    "daily",
    "1 mg weekly",
    "1 mg every other day",
    "1 mg qod",
    "taper 2 mg daily",
    "2 mg daily for 3 days",
    "1 mg twice daily at night",
    "1 mg 1-2 times daily",
    "1 mg twice daily three times a day",
    "1 tablet daily",
    "1 drop daily",
    "0 mg daily",
    "1 mg every 0 hours",
    "1 mg at night, 2 mg sometimes",
    "see label",
]


@pytest.mark.parametrize("words", NOT_READ)
def test_what_cannot_be_read_as_a_whole_is_not_read_at_all(words):
    assert daily_dose(words) is None


@pytest.mark.parametrize(
    ("words", "display", "mg"),
    [
        ("1 tablet twice a day", "Diazepam 5 MG Oral Tablet", 10.0),
        ("half a tablet at bedtime", "Clonazepam 1 MG Oral Tablet", 0.5),
        ("2 tabs qhs", "Lorazepam 0.5 MG Oral Tablet", 1.0),
        ("1/2 tablet daily", "Lorazepam 1 MG", 0.5),
        ("1 tablet daily", "Lorazepam", None),
        ("1 tablet daily", "A 1 MG / B 2 MG", None),  # of which one?
        ("1 tablet daily", "Lorazepam 2 MG/ML", None),  # a concentration is no strength
    ],
)
def test_a_tablet_holds_what_the_name_of_the_product_says_once(words, display, mg):
    read = daily_dose(words, display)
    assert (read.mg if read else None) == mg


@given(mg=st.sampled_from([0.25, 0.5, 1, 2, 5, 10]), times=st.integers(1, 4), extra=st.text(max_size=12))
def test_a_dose_is_read_right_or_not_at_all_whatever_stands_beside_it(mg, times, extra):
    words = f"{mg:g} mg {times} times a day"
    assert daily_dose(words) == DailyDose(mg=mg * times, at_most=False)
    read = daily_dose(f"{words} {extra}")
    if extra.isalpha() and extra.isascii() and len(extra) > 8:
        assert read is None or read.mg == mg * times


HIGH = [
    ("diazepam", "4 mg twice daily", Verdict.PASS),  # 8 mg is not more than 8 mg
    ("diazepam", "5 mg twice daily", Verdict.PRECAUTION),
    ("lorazepam", "0.5 mg at night", Verdict.PASS),
    ("lorazepam", "1 mg at night", Verdict.PRECAUTION),
    ("Xanax", "0.25 mg bid", Verdict.PRECAUTION),
    ("clonazepam", "0.25 mg at night", Verdict.PASS),
    ("clonazepam", "2 mg prn at night", Verdict.PRECAUTION),
    ("oxazepam", "15 mg at night", Verdict.PASS),
    ("temazepam", "30 mg at bedtime", Verdict.PRECAUTION),
    ("lorazepam", "", Verdict.NEEDS_INFORMATION),
    ("lorazepam", "as directed", Verdict.NEEDS_INFORMATION),
    ("midazolam", "5 mg at night", Verdict.NEEDS_INFORMATION),  # no equivalent in the table
    ("sertraline", "", Verdict.PASS),
]


@pytest.mark.parametrize(("name", "dose", "verdict"), HIGH)
def test_more_than_8_mg_of_diazepam_a_day_needs_a_plan(name, dose, verdict):  # CA-11
    finding = found(judged([*WELL, taking(name, dose)]), "CA-11")
    assert finding.verdict is verdict
    assert finding.needs_checking
    if verdict is Verdict.PRECAUTION:
        assert "slow taper" in finding.ruling.because
        assert finding.strength is Strength.CAUTION


def test_doses_of_several_benzodiazepines_add_up():
    together = [taking("lorazepam", "0.5 mg at night"), taking("diazepam", "2 mg twice daily prn")]
    finding = found(judged([*WELL, *together]), "CA-11")
    assert finding.ruling.because.startswith("About 9 mg of diazepam a day; what is taken when needed")
    assert finding.ruling.datum == "lorazepam 0.5 mg at night; diazepam 2 mg twice daily prn"


def test_a_known_part_counts_while_another_is_asked_for():
    judgement = judged([*WELL, taking("diazepam", "10 mg daily"), taking("lorazepam", "some")])
    verdicts = [finding.verdict for finding in judgement.findings if finding.rule_id == "CA-11"]
    assert verdicts == [Verdict.NEEDS_INFORMATION, Verdict.PRECAUTION]
    assert judgement.outcome is Outcome.NEEDS_INFORMATION


def test_a_dose_that_was_not_said_must_be_said_and_one_that_no_table_compares_may_be_accepted():
    unsaid = found(judged([*WELL, taking("lorazepam", "some")]), "CA-11")
    assert not unsaid.acceptable
    assert "how often a day" in unsaid.ruling.until
    facts = [*WELL, taking("midazolam", "5 mg at night")]
    incomparable = found(judged(facts), "CA-11")
    assert incomparable.acceptable
    assert found(judged([*facts, accepted(incomparable)]), "CA-11").accepted


TRIAL = [
    ("lorazepam", "1 mg tid", "within what a trial took in (3 mg)"),
    ("lorazepam", "1 mg qid", "a trial left out people above 3 mg"),
    ("diazepam", "5 mg daily", "About 0.5 mg of lorazepam a day"),
    ("lorazepam", "some", "see CA-11"),
    ("midazolam", "5 mg daily", "see CA-11"),
]


@pytest.mark.parametrize(("name", "dose", "words"), TRIAL)
def test_the_cut_of_a_trial_is_information(name, dose, words):  # DDI-03
    finding = found(judged([*WELL, taking(name, dose)]), "DDI-03")
    assert (finding.verdict, finding.strength) == (Verdict.PASS, Strength.INFO)
    assert words in finding.ruling.because


def test_a_clinic_may_set_its_own_limit_and_table():
    policy = BenzodiazepinePolicy(
        limit_mg=20, equal_to_10_mg_diazepam_mg={"diazepam": 10.0, "lorazepam": 2.0, "midazolam": 15.0}
    )
    here = EvaluationPolicy(interactions=InteractionPolicy(benzodiazepines=policy))
    for name, dose in (("lorazepam", "4 mg daily"), ("midazolam", "30 mg at night")):
        (ruling,) = RULES[0].judge(candidate([taking(name, dose)]), replace(setting(), policy=here))
        assert ruling.verdict is Verdict.PASS
        assert "About 20 mg of diazepam" in ruling.because


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"limit_mg": 0.0}, "positive and finite"),
        ({"trial_cut_mg": float("nan")}, "positive and finite"),
        ({"equal_to_10_mg_diazepam_mg": {"diazepam": 10.0}}, "needs diazepam and lorazepam"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        BenzodiazepinePolicy(**changes)


def test_the_equivalents_are_all_of_benzodiazepines():
    assert all(DrugClass.BENZODIAZEPINE in CLASSES_OF[name] for name in EQUAL_TO_10_MG_DIAZEPAM_MG)
