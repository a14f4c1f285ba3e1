"""From answers to a total, a band and a warning; or to the names of what is missing.

An unanswered item is not a zero (clinical.md 6.2, MBC-1 to MBC-4). A warning is read from the answer
itself, so it fires on an incomplete form and on a low total.
"""

from ajar.pathway.instruments.instrument import Answers, Instrument
from ajar.pathway.instruments.outcome import (
    Outcome,
    Risk,
    Scored,
    Screening,
    Triaged,
    Unscored,
    Verdict,
    total_text,
)
from ajar.pathway.instruments.scoring import band_of
from ajar.pathway.patients.facts import Sex


def outcome(instrument: Instrument, answers: Answers) -> Outcome:
    """What the answers come to: a total in its band, a triage colour, or why there is none.

    Raises:
        ValueError: the wrong number of answers, or an answer outside the options.
    """
    refuse_impossible_answers(instrument, answers)
    return instrument.scoring(instrument, answers)


def score(instrument: Instrument, answers: Answers) -> Scored | Unscored:
    """Total and band of an instrument that has a total.

    Raises:
        ValueError: as `outcome`; or an instrument without a total, such as the C-SSRS screener.
    """
    found = outcome(instrument, answers)
    if isinstance(found, Triaged):
        raise ValueError(f"{instrument.name} has no total; it sorts by urgency.")
    return found


def screening(
    instrument: Instrument, answers: Answers, found: Outcome, *, sex: Sex | None
) -> Screening | None:
    """The verdict of an instrument that screens; None where it does not. Without a total it cannot say."""
    if instrument.screen is None:
        return None
    if isinstance(found, Scored):
        return instrument.screen(answers, found, sex)
    because = found.because if isinstance(found, Unscored) else ""
    return Screening(
        verdict=Verdict.NEEDS_INFORMATION, rule=f"There is no total. {because}", source=instrument.source
    )


def risk_of(instrument: Instrument, item: int, answer: int | None) -> Risk | None:
    """The warning in one answer, as it is given. `item` counts from 1."""
    rule = instrument.safety_item(item)
    if rule is None or answer is None or answer < rule.fires_at:
        return None
    return Risk(
        instrument_id=instrument.id,
        item=item,
        answer=answer,
        about=rule.about,
        urgent=answer >= rule.urgent_at,
        rule_id=rule.rule_id,
        source=rule.source,
    )


def risk(instrument: Instrument, answers: Answers) -> Risk | None:
    """The most pressing warning among the answers so far; the form need not be complete."""
    found = [risk_of(instrument, number, answer) for number, answer in enumerate(answers, start=1)]
    risks = [one for one in found if one is not None]
    return max(risks, key=pressing, default=None)


def pressing(found: Risk) -> tuple[bool, int, int]:
    """By what warnings are ordered: urgency, then the answer, then the place on the form."""
    return (found.urgent, found.answer, found.item)


def unanswered_safety_items(instrument: Instrument, answers: Answers) -> tuple[int, ...]:
    """Safety items left blank in a form that was handed in: someone should ask (clinical.md MBC-4)."""
    return tuple(
        item.number
        for item in instrument.safety_items
        if item.number > len(answers) or answers[item.number - 1] is None
    )


def refuse_impossible_answers(instrument: Instrument, answers: Answers) -> None:
    """Refuse the wrong number of answers and any answer that is not one of the options.

    Raises:
        ValueError: naming the item and what was expected.
    """
    if len(answers) != instrument.item_count:
        raise ValueError(f"{instrument.name} has {instrument.item_count} items, got {len(answers)} answers.")
    for number, answer in enumerate(answers, start=1):
        item = instrument.items[number - 1]
        if answer is not None and not item.lowest <= answer <= item.highest:
            raise ValueError(
                f"{instrument.name} item {item.id} takes {item.lowest} to {item.highest}, got {answer}."
            )


__all__ = [
    "Answers",
    "Risk",
    "Scored",
    "Unscored",
    "band_of",
    "outcome",
    "pressing",
    "refuse_impossible_answers",
    "risk",
    "risk_of",
    "score",
    "screening",
    "total_text",
    "unanswered_safety_items",
]
