"""The compute-checked vectors of clinical.md 6.3, and what the scoring cards of 6.2 add to them."""

import pytest

from ajar.pathway.instruments.change import change_between
from ajar.pathway.instruments.outcome import Level, Scored, Triaged, Unscored, Verdict
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.instruments.score import outcome, risk, score, screening
from ajar.pathway.instruments.trauma import symptom_rule_met
from ajar.pathway.patients.facts import Sex


def total(name, answers):
    found = score(SCORERS[name], answers)
    assert isinstance(found, Scored), found
    return found


def verdict(name, answers, sex=None):
    instrument = SCORERS[name]
    return screening(instrument, answers, outcome(instrument, answers), sex=sex).verdict


EDE_Q = [2] * 5 + [4, 1, 4, 1, 4, 4, 5] + [0] * 6 + [1, 1, 1, 5, 4, 5, 5, 4, 4, 4]


@pytest.mark.parametrize(
    ("vector", "name", "answers", "expected", "band"),
    [
        ("TV-01", "phq-9", [1, 2, 3, 0, 1, 2, 3, 0, 1], 13, "moderate"),
        ("TV-02", "phq-9", [2, 2, 1, None, 3, 1, None, 0, 0], 12, "moderate"),
        ("TV-03", "phq-9", [0] * 8 + [1], 1, "minimal"),
        ("TV-05", "qids-sr16", [2, 1, 0, 3, 2, 1, 0, 2, 0, 1, 2, 1, 2, 1, 0, 2], 16, "severe"),
        ("TV-08", "sidas", [5, 3, 2, 4, 4], 22, "high"),
        ("TV-09", "sidas", [0, None, None, None, None], 0, "none"),
        ("TV-13", "bsl-23", [2] * 17 + [1] * 6, 40 / 23, "moderate"),
        ("TV-14", "ede-q", EDE_Q, 2.95, "ungraded"),
        ("TV-15", "dast-10", [1, 0, 1] + [0] * 7, 1, "low"),
        ("TV-17", "who-5", [3, 3, 2, 2, 2], 48, "poor"),
        ("TV-17", "who-5", [3, 3, 3, 2, 2], 52, "good"),
        ("TV-18", "wsas", [4, 4, 4, 4, None], 20, "significant"),
        ("TV-24", "aldrete", [2, 2, 1, 2, 2], 9, "ready"),
    ],
)
def test_a_vector_comes_out_with_its_band(vector, name, answers, expected, band):
    found = total(name, answers)
    assert found.total == pytest.approx(expected, abs=1e-9), vector
    assert found.band.id == band, vector


def test_a_blank_safety_item_gives_no_total():  # TV-04
    assert isinstance(outcome(SCORERS["phq-9"], [2] * 8 + [None]), Unscored)


PCL_BELOW = [2, 1, 0, 0, 1, 2, 1, 2, 2, 1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1]
PCL_ABOVE = [3] * 5 + [1, 1] + [3] * 7 + [0] * 6


@pytest.mark.parametrize(
    ("vector", "answers", "expected", "met"),
    [("TV-06", PCL_BELOW, 24, True), ("TV-07", PCL_ABOVE, 38, False)],
)
def test_the_two_ways_to_a_provisional_diagnosis_differ_and_either_counts(vector, answers, expected, met):
    assert (total("pcl-5", answers).total, symptom_rule_met(answers)) == (expected, met), vector
    assert verdict("pcl-5", answers) is Verdict.POSITIVE


@pytest.mark.parametrize(
    ("vector", "name", "answers", "sex", "expected"),
    [
        ("TV-10", "asrs-6", [2] * 6, None, Verdict.NEGATIVE),
        ("TV-11", "asrs-6", [2, 2, 2, 3, 0, 0], None, Verdict.POSITIVE),
        ("TV-12", "mdq", [1] * 8 + [0] * 5 + [1, 1], None, Verdict.NEGATIVE),
        ("", "mdq", [1] * 8 + [0] * 5 + [1, 2], None, Verdict.POSITIVE),
        ("", "mdq", [1] * 8 + [0] * 5 + [0, 3], None, Verdict.NEGATIVE),
        ("", "mdq", [1] * 6 + [0] * 7 + [1, 3], None, Verdict.NEGATIVE),
        ("", "mdq", [1] + [0] * 12 + [None, None], None, Verdict.NEGATIVE),
        ("", "mdq", [1] * 8 + [0] * 5 + [1, None], None, Verdict.NEEDS_INFORMATION),
        ("TV-16", "audit-c", [4, 0, 0], Sex.MALE, Verdict.POSITIVE),
        ("", "audit-c", [3, 0, 0], Sex.MALE, Verdict.NEGATIVE),
        ("", "audit-c", [3, 0, 0], Sex.FEMALE, Verdict.POSITIVE),
        ("", "audit-c", [3, 0, 0], None, Verdict.NEEDS_INFORMATION),
        ("", "audit-c", [3, 0, 0], Sex.OTHER, Verdict.NEEDS_INFORMATION),
        ("", "audit-c", [4, 1, 0], None, Verdict.POSITIVE),
        ("TV-17", "who-5", [3, 3, 3, 2, 2], None, Verdict.NEGATIVE),
        ("TV-17", "who-5", [5, 5, 5, 5, 1], None, Verdict.POSITIVE),
        ("TV-17", "who-5", [3, 3, 2, 2, 2], None, Verdict.POSITIVE),
        ("TV-23", "pq-b", [1, 1] * 6 + [0, None] * 15, None, Verdict.POSITIVE),
        ("", "pq-16", [1, 1] * 6 + [0, None] * 10, None, Verdict.POSITIVE),
        ("", "pq-16", [1, 3] * 3 + [0, None] * 13, None, Verdict.POSITIVE),
        ("", "pq-16", [1, 1] * 5 + [0, None] * 11, None, Verdict.NEGATIVE),
        ("", "gad-2", [1, 2], None, Verdict.POSITIVE),
        ("", "phq-2", [1, 1], None, Verdict.NEGATIVE),
        ("", "sds", [0, 5, 0], None, Verdict.POSITIVE),
        ("", "sds", [4, 4, 4], None, Verdict.NEGATIVE),
        ("", "sds", [None, 9, 9], None, Verdict.NEEDS_INFORMATION),
        ("", "bss", [0] * 19 + [1, 2], None, Verdict.NEGATIVE),
    ],
)
def test_a_screen_says_yes_no_or_needs_information(vector, name, answers, sex, expected):
    assert verdict(name, answers, sex) is expected, vector


def test_six_times_strongly_disagree_is_the_cut_and_says_so():  # TV-23
    found = total("pq-b", [1, 1] * 6 + [0, None] * 15)
    assert (found.total, found.subscales["symptoms"]) == (6, 6)
    assert "look at the items" in found.notes[0]


def test_alcohol_points_from_frequency_alone_are_marked():  # TV-16
    assert "how often" in total("audit-c", [4, 0, 0]).notes[0]
    assert total("audit-c", [4, 1, 0]).notes == total("audit-c", [0, 0, 0]).notes == ()
    assert isinstance(outcome(SCORERS["audit-c"], [4, None, 0]), Unscored)


@pytest.mark.parametrize(
    ("vector", "answers", "level", "because"),
    [
        ("TV-19", [1, 0, None, None, None, 0, None], Level.YELLOW, (1,)),
        ("TV-20", [0, 0, None, None, None, 1, 0], Level.ORANGE, (6,)),
        ("TV-21", [0, 1, 0, 1, 0, 0, None], Level.RED, (4,)),
        ("", [0, 0, None, None, None, 0, None], Level.NONE, ()),
        ("", [0, 0, None, None, None, 1, 1], Level.RED, (7,)),
        ("", [1, 1, 1, 0, 0, 0, None], Level.ORANGE, (3,)),
        ("an unfinished form", [None, 1, None, None, 1, None, None], Level.RED, (5,)),
    ],
)
def test_the_screener_answers_with_its_highest_colour(vector, answers, level, because):
    found = outcome(SCORERS["c-ssrs"], answers)
    assert isinstance(found, Triaged), vector
    assert (found.level, found.because) == (level, because)


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ([1, 1, None, 0, 0, 0, None], (3,)),
        ([1, None, None, None, None, 0, None], (2,)),
        ([0, 0, None, None, None, 1, None], (7,)),
        ([None] * 7, (1, 2, 6)),
    ],
)
def test_an_unanswered_screener_item_is_never_taken_for_a_no(answers, missing):
    found = outcome(SCORERS["c-ssrs"], answers)
    assert isinstance(found, Unscored)
    assert found.missing == missing


def test_the_screener_has_no_total_and_screens_nobody():
    with pytest.raises(ValueError, match=r"^C-SSRS screener has no total; it sorts by urgency\.$"):
        score(SCORERS["c-ssrs"], [1, 0, None, None, None, 0, None])
    found = outcome(SCORERS["c-ssrs"], [1, 0, None, None, None, 0, None])
    assert screening(SCORERS["c-ssrs"], [], found, sex=None) is None


@pytest.mark.parametrize(
    ("later", "response", "partial"), [(18, True, False), (19, False, True), (22, False, False)]
)
def test_obsessions_answer_from_35_percent_on(later, response, partial):  # TV-22
    before = total("y-bocs", [3] * 8 + [2, 2])
    after = total(
        "y-bocs", [2] * 9 + [0] if later == 18 else [2] * 9 + [1] if later == 19 else [2] * 8 + [3, 3]
    )
    assert (before.total, after.total) == (28, later)
    found = change_between(SCORERS["y-bocs"], before, after)
    assert (found.response, found.partial) == (response, partial)


def test_more_well_being_is_better_and_what_nobody_published_is_not_judged():
    poor, good = total("who-5", [1] * 5), total("who-5", [4] * 5)
    change = change_between(SCORERS["who-5"], poor, good)
    assert (change.direction.value, change.important, change.response, change.remission) == (
        "not_judged",
        True,
        None,
        None,
    )


def test_of_two_opposite_questions_one_is_enough():
    """Of appetite lower or higher, and of weight lower or higher, only one is asked."""
    answers = [2, 1, 0, 3, 2, 1, None, 2, None, 1, 2, 1, 2, 1, 0, 2]
    assert total("qids-sr16", answers).total == 16
    answers[5] = None
    assert outcome(SCORERS["qids-sr16"], answers).missing == (6, 7)


@pytest.mark.parametrize(
    ("answers", "parts"),
    [
        (EDE_Q[:18] + [None] * 10, 1),
        ([None] * 28, 0),
    ],
)
def test_a_global_score_needs_three_subscales(answers, parts):
    found = outcome(SCORERS["ede-q"], answers)
    assert isinstance(found, Unscored)
    assert len(found.subscales) == parts


def test_what_is_left_out_is_counted_and_named():
    found = outcome(SCORERS["y-bocs"], [4] * 5 + [None] + [4] * 4)
    assert isinstance(found, Unscored)
    assert found.because == "Item 6 was not answered; every item is needed."
    assert found.subscales == {"obsessions": 20.0}
    assert isinstance(outcome(SCORERS["bsl-23"], [None] * 2 + [1] * 21), Unscored)
    assert isinstance(outcome(SCORERS["asrs"], [None] + [4] * 17), Unscored)
    assert isinstance(outcome(SCORERS["who-5"], [None, 5, 5, 5, 5]), Unscored)
    assert outcome(SCORERS["pq-16"], [1, None] + [0, None] * 15).missing == (2,)
    assert outcome(SCORERS["pq-b"], [None, None] + [0, None] * 20).missing == (1,)


def test_part_b_is_counted_beside_the_screen():
    assert total("asrs", [2] * 18).notes == (
        "Part B: 4 of 12 answers in the shaded area; it has no total (verify).",
    )


def test_a_non_user_does_not_score_for_always_being_able_to_stop():
    assert total("dast-10", [0] * 10).total == 0
    assert "confirm that nothing is used" in total("dast-10", [0] * 10).notes[0]


@pytest.mark.parametrize(
    ("name", "answers", "urgent"),
    [
        ("madrs", [0] * 9 + [4], False),
        ("madrs", [0] * 9 + [5], True),
        ("qids-sr16", [0] * 11 + [1] + [0] * 4, False),
        ("c-ssrs", [0, 0, None, 1, None, 0, None], True),
    ],
)
def test_a_warning_fires_on_the_answer_itself(name, answers, urgent):
    assert risk(SCORERS[name], answers).urgent is urgent
