"""Ways to make a total of answers. Every one names what is missing instead of counting it as zero."""

from collections.abc import Callable, Mapping, Sequence

from ajar.pathway.instruments.instrument import Answers, Instrument, Scoring
from ajar.pathway.instruments.outcome import Band, Outcome, Scored, Unscored


def band_of(instrument: Instrument, total: float) -> Band:
    """The band a total lies in.

    Raises:
        ValueError: the total is outside the instrument's range.
    """
    for band in instrument.bands:
        if 0 <= total <= band.highest:
            return band
    raise ValueError(f"{instrument.name} runs from 0 to {instrument.highest_total:g}, got {total:g}.")


def missing_items(answers: Answers) -> tuple[int, ...]:
    """The unanswered items, counted from 1."""
    return tuple(number for number, answer in enumerate(answers, start=1) if answer is None)


def why_no_total(instrument: Instrument, missing: Sequence[int]) -> str:
    """Why so many, or these, unanswered items leave no total; "" where they do not."""
    if kept := sorted(instrument.missing.never.intersection(missing)):
        return f"Item {kept[0]} was not answered and is never filled in; please ask."
    allowed = instrument.missing.at_most
    if len(missing) > allowed:
        asked = f"at most {allowed} may be missing" if allowed else "every item is needed"
        count = f"{len(missing)} items were" if len(missing) > 1 else f"Item {missing[0]} was"
        return f"{count} not answered; {asked}."
    return ""


def filled_sum(answers: Answers) -> int:
    """Sum, with each missing item at the mean of the answered ones; halves round up, as on paper."""
    given = [answer for answer in answers if answer is not None]
    return (2 * sum(given) * len(answers) + len(given)) // (2 * len(given))


def _same(answers: Answers) -> Answers:
    return answers


def summed(*, subscales: Mapping[str, Sequence[int]] | None = None) -> Scoring:
    """The sum of the items; `subscales` name items (counted from 1) that are also summed by themselves."""
    return summed_after(_same, subscales=subscales)


def summed_after(
    turned: Callable[[Answers], Answers], *, subscales: Mapping[str, Sequence[int]] | None = None
) -> Scoring:
    """The sum after some answers were turned round (reverse items, points of a form)."""

    def scoring(instrument: Instrument, answers: Answers) -> Outcome:
        missing = missing_items(answers)
        counted = turned(answers)
        parts = _sums(counted, subscales or {})
        if because := why_no_total(instrument, missing):
            return Unscored(instrument_id=instrument.id, missing=missing, because=because, subscales=parts)
        return scored(instrument, filled_sum(counted), filled=missing, subscales=parts)

    return scoring


def scored(
    instrument: Instrument,
    total: float,
    *,
    filled: tuple[int, ...] = (),
    subscales: Mapping[str, float] | None = None,
    notes: tuple[str, ...] = (),
) -> Scored:
    """A total in its band."""
    return Scored(
        instrument_id=instrument.id,
        total=total,
        band=band_of(instrument, total),
        filled=filled,
        subscales=subscales or {},
        notes=notes,
    )


def _sums(answers: Answers, subscales: Mapping[str, Sequence[int]]) -> dict[str, float]:
    """The subscales whose items are all answered."""
    sums: dict[str, float] = {}
    for name, numbers in subscales.items():
        given = [answers[number - 1] for number in numbers]
        if None not in given:
            sums[name] = float(sum(answer for answer in given if answer is not None))
    return sums


def reversing(*numbers: int, within: int) -> Callable[[Answers], Answers]:
    """Turn these items (counted from 1) round: the highest answer `within` becomes 0."""

    def turned(answers: Answers) -> Answers:
        return [
            within - answer if answer is not None and number in numbers else answer
            for number, answer in enumerate(answers, start=1)
        ]

    return turned
