"""One question a screen (practice.md 4.3): what is on the screen, and what came back from it.

The screening quiz and the questionnaire by link share this step and its template
(templates/instruments/question.html). Where answers are kept is each caller's own business.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ajar.pathway.instruments.instrument import Instrument

Answers = Sequence[int | None]


class AnswerRefused(ValueError):
    """Nothing was chosen, or something that is not among the answers offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One item as it stands on its screen. `number` counts from 1."""

    number: int
    total: int
    stem: str
    words: str
    options: tuple[tuple[int, str], ...]
    chosen: int | None
    language: str
    may_skip: bool

    @property
    def is_last(self) -> bool:
        """Sending is a decision, so the last question never goes on by itself."""
        return self.number == self.total

    @property
    def advances(self) -> bool:
        """May a tap go on at once?"""
        return not self.is_last


def question(instrument: Instrument, number: int, *, language: str, answers: Answers) -> Question:
    """Item `number` in the validated wording of `language`, with the answer given before, if any.

    Raises:
        LookupError: the instrument has no such item.
    """
    if not 1 <= number <= instrument.item_count:
        raise LookupError(f"{instrument.name} has items 1 to {instrument.item_count}, not {number}.")
    wording = instrument.wording(language)
    return Question(
        number=number,
        total=instrument.item_count,
        stem=wording.stem,
        words=wording.items[number - 1],
        options=tuple(enumerate(wording.options)),
        chosen=answers[number - 1] if number <= len(answers) else None,
        language=wording.language,
        may_skip=number not in instrument.missing.never,
    )


def chosen_answer(instrument: Instrument, number: int, *, text: str, skipped: bool) -> int | None:
    """The answer that a screen sent: one of the options, or None where the item was skipped.

    Raises:
        AnswerRefused: nothing or something else was chosen, or an item that may not be skipped was.
    """
    if skipped:
        if number in instrument.missing.never:
            raise AnswerRefused(_("This question needs an answer. Choose the one that fits best."))
        return None
    offered = {str(answer): answer for answer in range(instrument.highest_answer + 1)}
    if text not in offered:
        raise AnswerRefused(_("Choose one of the answers."))
    return offered[text]
