"""One question a screen: what stands on it, and what may come back."""

import pytest

from ajar.clinic.instruments.asking import AnswerRefused, chosen_answer, question
from ajar.pathway.instruments.phq9 import ENGLISH, PHQ9, SPANISH


def asked(number: int, *, language: str = "en", answers: tuple[int | None, ...] = ()):
    return question(PHQ9, number, language=language, answers=answers)


@pytest.mark.parametrize(("language", "wording"), [("en", ENGLISH), ("es-US", SPANISH), ("fr", ENGLISH)])
def test_a_question_stands_in_its_validated_words(language, wording):
    found = asked(3, language=language)
    assert (found.words, found.stem, found.language) == (wording.items[2], wording.stem, wording.language)
    assert found.options == tuple(enumerate(wording.options))


def test_nothing_is_chosen_before_it_was_answered():
    assert asked(1).chosen is None
    assert asked(1, answers=(None, 2)).chosen is None
    assert asked(2, answers=(None, 2)).chosen == 2
    assert asked(1, answers=(0,)).chosen == 0


def test_sending_the_last_answer_is_a_decision():
    assert asked(8).advances
    assert not asked(9).advances


@pytest.mark.parametrize("number", [0, 10, -1])
def test_there_is_no_question_beyond_the_form(number):
    with pytest.raises(LookupError, match="items 1 to 9"):
        asked(number)


@pytest.mark.parametrize(("text", "answer"), [("0", 0), ("3", 3)])
def test_an_offered_answer_is_taken(text, answer):
    assert chosen_answer(PHQ9, 1, text=text, skipped=False) == answer


@pytest.mark.parametrize("text", ["", "4", "-1", "x", "1.0", "٣", "٣٣", " ", "00", "9" * 5000])
def test_anything_else_is_refused(text):
    with pytest.raises(AnswerRefused, match="Choose one"):
        chosen_answer(PHQ9, 1, text=text, skipped=False)


def test_skipping_is_an_answer_of_its_own_except_for_the_safety_item():
    assert chosen_answer(PHQ9, 8, text="2", skipped=True) is None
    assert asked(8).may_skip
    assert not asked(9).may_skip
    with pytest.raises(AnswerRefused, match="needs an answer"):
        chosen_answer(PHQ9, 9, text="", skipped=True)
