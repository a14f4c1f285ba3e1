"""A form opens its task on the risk answer, once, and again only for a more pressing one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.instruments.score import pressing, risk
from ajar.pathway.screening.result import in_words
from ajar.pathway.screening.risk import TaskKind, fresh_risk, task_for

pytestmark = pytest.mark.hazard("HAZ-14")

WITH_SAFETY_ITEMS = sorted(name for name, one in SCORERS.items() if one.safety_items)


def test_the_instruments_of_mbc_4_have_their_safety_item():
    assert {"phq-9", "qids-sr16", "madrs", "c-ssrs", "sidas", "madrs-s"} <= set(WITH_SAFETY_ITEMS)


@st.composite
def given_in_turn(draw):
    """An instrument, and its answers in the order in which they are given, some changed again."""
    instrument = SCORERS[draw(st.sampled_from(WITH_SAFETY_ITEMS))]
    places = draw(st.lists(st.integers(0, instrument.item_count - 1), max_size=20))
    return instrument, [
        (place, draw(st.integers(instrument.items[place].lowest, instrument.items[place].highest)))
        for place in places
    ]


@given(given_in_turn())
def test_the_task_opens_on_the_answer_and_each_warning_once(case):
    instrument, steps = case
    answers, raised = [None] * instrument.item_count, None
    for place, answer in steps:
        answers[place] = answer
        found = fresh_risk(instrument, answers, raised)
        standing = risk(instrument, answers)
        if found is not None:
            assert raised is None or pressing(found) > raised
            raised = pressing(found)
        assert standing is None or (raised is not None and pressing(standing) <= raised)
        assert fresh_risk(instrument, answers, raised) is None


@pytest.mark.parametrize(
    ("answers", "kind", "words"),
    [
        ([1, 0, None, None, None, 0, None], TaskKind.RISK_SAME_DAY, "Evaluate today"),
        ([1, 1, 0, 1, None, None, None], TaskKind.RISK_URGENT, "Act at once"),
    ],
)
def test_nobody_is_asked_for_a_screener_after_the_screener(answers, kind, words):
    task = task_for(risk(SCORERS["c-ssrs"], answers))
    assert task.kind is kind
    assert task.title.startswith(words)


def test_the_most_pressing_item_is_the_one_that_is_named():
    assert risk(SCORERS["c-ssrs"], [1, 1, 0, 1, None, None, None]).item == 4
    assert risk(PHQ9, [0] * 8 + [2]).item == 9


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_short_form_says_its_score_without_a_band_that_nobody_published(language):
    found = SCORERS["phq-2"].scoring(SCORERS["phq-2"], [1, 1])
    words = in_words(SCORERS["phq-2"], found, language)
    assert "2 " in words.headline
    assert "6" in words.headline
    assert words.meaning
