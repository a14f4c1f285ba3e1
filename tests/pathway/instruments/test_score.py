"""PHQ-9: totals, bands, missing items and the warning in item 9 (clinical.md 6.2 and 6.3)."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.instruments.answers import Mode, QuestionnaireAnswered
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.instruments.score import (
    Scored,
    Unscored,
    band_of,
    risk,
    risk_of,
    score,
    unanswered_safety_items,
)

answers = st.lists(st.none() | st.integers(0, 3), min_size=9, max_size=9)


@pytest.mark.parametrize(
    ("vector", "items", "total", "band", "alert"),
    [
        ("TV-01", [1, 2, 3, 0, 1, 2, 3, 0, 1], 13, "moderate", True),
        ("TV-02", [2, 2, 1, None, 3, 1, None, 0, 0], 12, "moderate", False),
        ("TV-03", [0, 0, 0, 0, 0, 0, 0, 0, 1], 1, "minimal", True),
    ],
)
def test_the_published_vectors_come_out(vector, items, total, band, alert):
    result = score(PHQ9, items)
    assert isinstance(result, Scored), vector
    assert (result.total, result.band.id) == (total, band)
    assert (risk(PHQ9, items) is not None) is alert


def test_a_blank_item_9_gives_no_total_and_asks_for_contact():  # TV-04
    items = [2] * 8 + [None]
    result = score(PHQ9, items)
    assert isinstance(result, Unscored)
    assert result.missing == (9,)
    assert "Item 9" in result.because
    assert unanswered_safety_items(PHQ9, items) == (9,)
    assert risk(PHQ9, items) is None


@pytest.mark.parametrize(
    ("items", "missing"),
    [
        ([None, None, None, 1, 1, 1, 1, 1, 1], (1, 2, 3)),
        ([None] * 9, (1, 2, 3, 4, 5, 6, 7, 8, 9)),
    ],
)
def test_too_many_blank_items_are_named_instead_of_scored(items, missing):
    result = score(PHQ9, items)
    assert isinstance(result, Unscored)
    assert result.missing == missing


def test_filled_items_are_named():
    result = score(PHQ9, [2, 2, 1, None, 3, 1, None, 0, 0])
    assert isinstance(result, Scored)
    assert result.filled == (4, 7)
    assert result.prorated


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "minimal"),
        (4, "minimal"),
        (5, "mild"),
        (9, "mild"),
        (10, "moderate"),
        (14, "moderate"),
        (15, "moderately_severe"),
        (19, "moderately_severe"),
        (20, "severe"),
        (27, "severe"),
    ],
)
def test_each_band_begins_and_ends_where_the_table_says(total, band):
    assert band_of(PHQ9, total).id == band


@pytest.mark.parametrize("total", [-1, 28])
def test_a_total_outside_the_range_has_no_band(total):
    with pytest.raises(ValueError, match=rf"^PHQ-9 runs from 0 to 27, got {total}\.$"):
        band_of(PHQ9, total)


@pytest.mark.parametrize(("answer", "urgent"), [(1, False), (2, True), (3, True)])
def test_item_9_warns_by_itself_and_from_2_urgently(answer, urgent):
    found = risk_of(PHQ9, 9, answer)
    assert found is not None
    assert (found.answer, found.urgent) == (answer, urgent)


@pytest.mark.parametrize(("item", "answer"), [(9, 0), (9, None), (2, 3)])
def test_other_answers_do_not_warn(item, answer):
    assert risk_of(PHQ9, item, answer) is None


@given(items=answers)
def test_a_warning_never_depends_on_the_other_items(items):
    assert (risk(PHQ9, items) is not None) == (items[8] is not None and items[8] >= 1)


@given(items=answers)
def test_a_complete_form_scores_its_sum_and_an_incomplete_one_stays_in_range(items):
    result = score(PHQ9, items)
    if None not in items:
        assert isinstance(result, Scored)
        assert result.total == sum(items)
    elif isinstance(result, Scored):
        assert 0 <= result.total <= 27
        assert sum(answer or 0 for answer in items) <= result.total


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([0] * 8, "PHQ-9 has 9 items, got 8 answers."),
        ([0] * 10, "PHQ-9 has 9 items, got 10 answers."),
        ([0, 4] + [0] * 7, "PHQ-9 item 2 takes 0 to 3, got 4."),
        ([-1] + [0] * 8, "PHQ-9 item 1 takes 0 to 3, got -1."),
    ],
)
def test_impossible_answers_are_refused(items, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        score(PHQ9, items)


def test_a_form_cut_off_before_item_9_has_it_blank():
    assert unanswered_safety_items(PHQ9, [1, 1]) == (9,)
    assert unanswered_safety_items(PHQ9, [1] * 9) == ()


@pytest.mark.parametrize(
    ("asked", "given_language"), [("es-US", "es"), ("ES-us", "es"), ("es", "es"), ("en", "en"), ("fr", "en")]
)
def test_the_wording_follows_the_language(asked, given_language):
    assert PHQ9.wording(asked).language == given_language


def test_item_9_carries_its_own_loinc_code():
    assert PHQ9.items[8].loinc == "44260-8"  # trap 22: not a total
    assert PHQ9.total_loinc == "44261-6"
    assert len({item.loinc for item in PHQ9.items}) == 9


FIRST, SECOND, *REST = PHQ9.bands


@pytest.mark.parametrize(
    "bands",
    [
        (FIRST, *REST),
        PHQ9.bands[:-1],
        (replace(FIRST, lowest=1), SECOND, *REST),
        (FIRST, replace(SECOND, lowest=6), *REST),
        (FIRST, replace(SECOND, lowest=3), *REST),
    ],
)
def test_an_instrument_with_a_gap_in_its_bands_is_refused(bands):
    with pytest.raises(ValueError, match=r"^phq-9: the bands must cover 0 to 27 without gaps\.$"):
        replace(PHQ9, bands=bands)


ENGLISH = PHQ9.wordings["en"]


@pytest.mark.parametrize(
    "wording",
    [
        replace(ENGLISH, items=ENGLISH.items[:8]),
        replace(ENGLISH, options=ENGLISH.options[:3]),
        replace(ENGLISH, options=(*ENGLISH.options, "more")),
    ],
)
def test_an_instrument_with_an_incomplete_wording_is_refused(wording):
    with pytest.raises(ValueError, match=r"^phq-9: the en wording is incomplete\.$"):
        replace(PHQ9, wordings={"en": wording})


def test_a_questionnaire_without_items_is_refused():
    with pytest.raises(ValueError, match="at least one item"):
        QuestionnaireAnswered(
            instrument="phq-9",
            instrument_version="1",
            language="en",
            mode=Mode.KIOSK,
            items=(),
            recall="2 weeks",
            occasion="screening",
        )
