"""`ajar screen`: a candidate out of a JSON file, judged by every rule, in words or as JSON."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from ajar.exchange.candidates.reading import Asked, read_candidate
from ajar.exchange.candidates.schema import schema_of
from ajar.exchange.candidates.tables import CANDIDATE
from ajar.pathway.evaluation.findings import Finding, Judgement, Outcome, Verdict
from ajar.pathway.evaluation.products import Product
from ajar.pathway.evaluation.rulebook import judge

SHAPE: Final = 1
REFUSED: Final = 1

EXITS: Final = {
    Outcome.ELIGIBLE: 0,
    Outcome.ELIGIBLE_WITH_CAUTION: 0,
    Outcome.NEEDS_INFORMATION: 3,
    Outcome.DEFER: 4,
    Outcome.CONTRAINDICATED: 5,
}
"""What scripts read. Of several files the highest counts; 1 is a file that cannot be read, 2 a wrong call."""

HEADINGS: Final = {
    Verdict.STOP: "Stops",
    Verdict.NEEDS_INFORMATION: "Needs information",
    Verdict.PRECAUTION: "Precautions",
}


def screen(arguments: argparse.Namespace) -> int:
    """Judge each file, and say the outcome with every reason."""
    if arguments.schema:
        sys.stdout.write(json.dumps(schema_of(CANDIDATE), indent=2, ensure_ascii=False) + "\n")
        return 0
    if not arguments.patients:
        sys.stderr.write("Expected a PATIENT.json; --schema prints what it holds.\n")
        return REFUSED
    codes = [_screened(path, arguments) for path in arguments.patients]
    return REFUSED if REFUSED in codes else max(codes)


def _screened(path: str, arguments: argparse.Namespace) -> int:
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        asked = read_candidate(data)
    except (ValueError, OSError) as refused:
        words = f"{path}: {refused.strerror}" if isinstance(refused, OSError) else f"{path}: {refused}"
        sys.stderr.write(f"{words}\n")
        return REFUSED
    judgement = judge(asked.candidate, asked.setting)
    if arguments.json:
        found = judgement_json(path, asked, judgement)
        if arguments.products:
            found["products"] = {product.value: outcome.value for product, outcome in beside(asked).items()}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(_words(path, asked, judgement, arguments)) + "\n")
    return EXITS[judgement.outcome]


def judgement_json(name: str, asked: Asked, judgement: Judgement) -> dict[str, Any]:
    """Everything, by the keys that docs/reference/screen.md explains."""
    waiting = [each for each in judgement.standing if each.verdict is Verdict.NEEDS_INFORMATION]
    return {
        "ajar": "screen",
        "shape": SHAPE,
        "file": name,
        "outcome": judgement.outcome.value,
        "outcome_of_the_known": outcome_of_the_known(judgement).value,
        "why_not_signable": judgement.why_not_signable,
        "product": judgement.product.value,
        "jurisdiction": judgement.jurisdiction.value,
        "indication": asked.setting.indication.value if asked.setting.indication else None,
        "payer": asked.setting.payer,
        "judged_at": judgement.judged_at.isoformat(),
        "rulebook_version": judgement.rulebook_version,
        "needs_information": [each.rule_id for each in waiting],
        "findings": [finding_json(each, judgement.judged_at) for each in judgement.findings],
    }


def outcome_of_the_known(judgement: Judgement) -> Outcome:
    """The outcome if everything that is missing turns out to speak against nothing."""
    known = (each.effect for each in judgement.findings if each.verdict is not Verdict.NEEDS_INFORMATION)
    return max(known, key=lambda effect: effect.severity)


def beside(asked: Asked) -> dict[Product, Outcome]:
    """The same candidate judged for every product."""
    return {
        product: judge(asked.candidate, replace(asked.setting, product=product)).outcome
        for product in Product
    }


def finding_json(finding: Finding, now: datetime) -> dict[str, Any]:
    """One finding; null where there is nothing to say."""
    ruling = finding.ruling
    return {
        "rule_id": finding.rule_id,
        "title": finding.title,
        "verdict": finding.verdict.value,
        "strength": finding.strength.value,
        "effect": finding.effect.value,
        "because": ruling.because,
        "datum": ruling.datum or None,
        "happened_at": ruling.happened_at.isoformat() if ruling.happened_at else None,
        "age_days": round((now - ruling.happened_at) / timedelta(days=1), 3) if ruling.happened_at else None,
        "until": ruling.until or None,
        "conflict": ruling.conflict or None,
        "standing": finding.standing.value,
        "verified": finding.verified,
        "source": finding.source,
    }


def _words(path: str, asked: Asked, judgement: Judgement, arguments: argparse.Namespace) -> Iterator[str]:
    where = f"{judgement.product.label}, {judgement.jurisdiction.value}"
    yield f"{path}: {judgement.outcome.label.upper()}  ({where}; {judgement.rulebook_version})"
    if judgement.outcome is Outcome.NEEDS_INFORMATION:
        yield f"  If nothing of it speaks against: {outcome_of_the_known(judgement).label}."
    if arguments.products:
        yield from (f"  {product.label}: {outcome.label}" for product, outcome in beside(asked).items())
    for verdict, heading in HEADINGS.items():
        found = [each for each in judgement.standing if each.verdict is verdict]
        if found:
            yield f"\n{heading}:"
            yield from (line for each in found for line in _told(each, judgement.judged_at))
    shown = [each for each in judgement.findings if each.verdict is Verdict.PASS]
    if arguments.all:
        yield "\nPassed:"
        yield from (f"  {each.rule_id:8} {each.title}: {each.ruling.because}" for each in shown)
    else:
        yield f"\n{len(shown)} rules passed (--all lists them)."


def _told(finding: Finding, now: datetime) -> Iterator[str]:
    strength = finding.strength.value.replace("_", " ")
    yield f"  {finding.rule_id:8} {finding.title} [{strength}]"
    yield f"           {finding.ruling.because}"
    if finding.ruling.datum:
        yield f"           On: {finding.ruling.datum}{_age(finding.ruling.happened_at, now)}"
    if finding.ruling.until:
        yield f"           Ends: {finding.ruling.until}"
    if finding.ruling.conflict:
        yield f"           Conflict: {finding.ruling.conflict}"
    check = "" if finding.verified else "; nobody has checked the source yet"
    yield f"           Rests on: {finding.standing.value}: {finding.source}{check}"


def _age(happened_at: datetime | None, now: datetime) -> str:
    if happened_at is None:
        return ""
    days = (now - happened_at).days
    return f", {days} day{'' if days == 1 else 's'} old" if days else ", that day"
