"""From answers to a total, a band and a warning; or to the names of what is missing.

An unanswered item is not a zero (clinical.md 6.2, MBC-1 to MBC-4). A warning is read from the answer
itself, so it fires on an incomplete form and on a low total.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ajar.pathway.instruments.instrument import Band, Instrument

Answers = Sequence[int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A total that may be reported. `filled` names the items that were filled with the mean."""

    instrument_id: str
    total: int
    band: Band
    filled: tuple[int, ...] = ()

    @property
    def prorated(self) -> bool:
        """Was any item filled in?"""
        return bool(self.filled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscored:
    """No total, and the items (counted from 1) that would have been needed."""

    instrument_id: str
    missing: tuple[int, ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A safety item that was answered above its threshold."""

    instrument_id: str
    item: int
    answer: int
    about: str
    urgent: bool
    rule_id: str
    source: str


def score(instrument: Instrument, answers: Answers) -> Scored | Unscored:
    """Total and band, with at most the allowed number of items filled with the mean of the others.

    Raises:
        ValueError: the wrong number of answers, or an answer outside the options.
    """
    refuse_impossible_answers(instrument, answers)
    missing = tuple(number for number, answer in enumerate(answers, start=1) if answer is None)
    if because := _why_no_total(instrument, missing):
        return Unscored(instrument_id=instrument.id, missing=missing, because=because)
    total = _total(answers)
    return Scored(
        instrument_id=instrument.id,
        total=total,
        band=band_of(instrument, total),
        filled=missing,
    )


def band_of(instrument: Instrument, total: int) -> Band:
    """The band a total lies in.

    Raises:
        ValueError: the total is outside the instrument's range.
    """
    for band in instrument.bands:
        if band.lowest <= total <= band.highest:
            return band
    raise ValueError(f"{instrument.name} runs from 0 to {instrument.highest_total}, got {total}.")


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
    return max(risks, key=lambda one: (one.urgent, one.answer), default=None)


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
        if answer is not None and not 0 <= answer <= instrument.highest_answer:
            raise ValueError(
                f"{instrument.name} item {number} takes 0 to {instrument.highest_answer}, got {answer}."
            )


def _why_no_total(instrument: Instrument, missing: tuple[int, ...]) -> str:
    if kept := sorted(instrument.missing.never.intersection(missing)):
        return f"Item {kept[0]} was not answered and is never filled in; please ask."
    if len(missing) > instrument.missing.at_most:
        return f"{len(missing)} items were not answered; at most {instrument.missing.at_most} may be missing."
    return ""


def _total(answers: Answers) -> int:
    """Sum, with each missing item at the mean of the answered ones; halves round up, as on paper."""
    given = [answer for answer in answers if answer is not None]
    return (2 * sum(given) * len(answers) + len(given)) // (2 * len(given))
