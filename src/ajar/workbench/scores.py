"""`ajar score`: a questionnaire scored at a terminal, in words or as JSON, from numbers or from FHIR."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from ajar.exchange.fhir.questionnaires import questionnaire, read_response
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
    """Score the answers, or print the form; with nothing to score, list the instruments."""
    if not arguments.instrument and not arguments.response:
        sys.stdout.write("".join(f"{one.id:12}{one.name}: {one.about}\n" for one in SCORERS.values()))
        return SCORED
    try:
        if arguments.form:
            form = questionnaire(instrument_named(arguments.instrument), language=arguments.language)
            sys.stdout.write(json.dumps(form, indent=2, ensure_ascii=False) + "\n")
            return SCORED
        instrument, answers = _answered(arguments)
        found = outcome(instrument, answers)
    except (LookupError, ValueError, OSError) as refused:
        sys.stderr.write(f"{refused}\n" if isinstance(refused, OSError) else f"{refused.args[0]}\n")
        return REFUSED
    return _said(instrument, answers, found, arguments)


def _answered(arguments: argparse.Namespace) -> tuple[Instrument, list[int | None]]:
    """The instrument and its answers, from a file or from the command line."""
    if not arguments.response:
        answers = [_answer(text, place) for place, text in enumerate(arguments.answers, start=1)]
        return instrument_named(arguments.instrument), answers
    if arguments.answers:
        raise ValueError("The answers are in the --response file or on the command line, not in both.")
    instrument, answers = read_response(Path(arguments.response).read_bytes(), SCORERS)
    if arguments.instrument not in ("", instrument.id):
        raise ValueError(f"{arguments.response} answers {instrument.id}, not {arguments.instrument}.")
    return instrument, answers


def _said(
    instrument: Instrument, answers: Sequence[int | None], found: Outcome, arguments: argparse.Namespace
) -> int:
    """Print what came of it."""
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
