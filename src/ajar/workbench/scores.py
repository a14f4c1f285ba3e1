"""`ajar score`: a questionnaire scored at a terminal, in words or as JSON."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.outcome import Outcome, Risk, Scored, Screening, Triaged, Unscored
from ajar.pathway.instruments.registry import SCORERS, instrument_named
from ajar.pathway.instruments.score import outcome, risk, screening, unanswered_safety_items
from ajar.pathway.patients.facts import Sex

BLANK: Final = ("-", "–")
SCORED: Final = 0
REFUSED: Final = 1
NO_SCORE: Final = 3
"""Exit code where too much is unanswered: nothing was wrong, and there is no number."""


def score(arguments: argparse.Namespace) -> int:
    """Score the answers; without an instrument, list those there are."""
    if not arguments.instrument:
        sys.stdout.write("".join(f"{one.id:12}{one.name}: {one.about}\n" for one in SCORERS.values()))
        return SCORED
    try:
        instrument = instrument_named(arguments.instrument)
        answers = [_answer(text, place) for place, text in enumerate(arguments.answers, start=1)]
        found = outcome(instrument, answers)
    except (LookupError, ValueError) as refused:
        sys.stderr.write(f"{refused.args[0]}\n")
        return REFUSED
    sex = Sex(arguments.sex) if arguments.sex else None
    verdict = screening(instrument, answers, found, sex=sex)
    warning = risk(instrument, answers)
    if arguments.json:
        sys.stdout.write(json.dumps(_json(instrument, answers, found, verdict, warning), indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(_words(instrument, answers, found, verdict, warning)) + "\n")
    return NO_SCORE if isinstance(found, Unscored) else SCORED


def _answer(text: str, place: int) -> int | None:
    if text in BLANK:
        return None
    if not text.isdecimal():
        raise ValueError(f"Answer {place} is a whole number, or - where it was left out; got {text!r}.")
    return int(text)


def _words(
    instrument: Instrument,
    answers: Sequence[int | None],
    found: Outcome,
    verdict: Screening | None,
    warning: Risk | None,
) -> list[str]:
    lines = [*_result(instrument, found)]
    if verdict:
        lines.append(f"Screen: {verdict.verdict.value}. {verdict.rule} ({verdict.source})")
    if warning:
        how = "at once" if warning.urgent else "today"
        lines.append(f"Warning: item {warning.item}, {warning.about}: contact {how} ({warning.rule_id}).")
    lines += [
        f"Item {number} was left out and asks about safety: somebody should ask (MBC-4)."
        for number in unanswered_safety_items(instrument, answers)
    ]
    lines.append(f"Source: {instrument.source}. {instrument.licence.words}")
    return lines


def _result(instrument: Instrument, found: Outcome) -> list[str]:
    match found:
        case Scored():
            lines = [
                f"{instrument.name} {found.total:g} of {instrument.highest_total:g}: {found.band.label} "
                f"({instrument.bands_source}{'' if instrument.bands_verified else '; verify'})"
            ]
            if found.filled:
                lines.append(f"Left out and filled with the mean: {_listed(found.filled)}.")
            parts = [f"{name}: {value:g}" for name, value in found.subscales.items()]
            return lines + parts + list(found.notes)
        case Unscored():
            return [f"{instrument.name}: no score. {found.because} Left out: {_listed(found.missing)}."]
        case Triaged():
            because = f" (items {_listed(found.because)})" if found.because else ""
            return [f"{instrument.name}: {found.level.value}{because}. {found.action} ({found.source})"]


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _json(
    instrument: Instrument,
    answers: Sequence[int | None],
    found: Outcome,
    verdict: Screening | None,
    warning: Risk | None,
) -> dict[str, Any]:
    return {
        "instrument": instrument.id,
        "version": instrument.version,
        "outcome": type(found).__name__.lower(),
        **{key: value for key, value in asdict(found).items() if key != "instrument_id"},
        "screening": asdict(verdict) if verdict else None,
        "warning": asdict(warning) if warning else None,
        "unanswered_safety_items": list(unanswered_safety_items(instrument, answers)),
        "source": instrument.source,
    }
