"""What the primary scale says so far: the fall since before the first dose, instrument by instrument."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ajar.pathway.careplan.policy import DEFAULT_DOSE_POLICY, DosePolicy
from ajar.pathway.instruments.answers import QuestionnaireAnswered
from ajar.pathway.instruments.change import change_between
from ajar.pathway.instruments.outcome import Level, Scored, Triaged
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.instruments.score import outcome
from ajar.pathway.ledger.entry import Entry, effective

C_SSRS: Final = "c-ssrs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How one instrument moved. `fall_percent` is None where that cannot be said, and `because` says why."""

    instrument: str
    because: str
    fall_percent: float | None = None
    worsened: bool | None = None


def response_so_far(
    entries: Iterable[Entry],
    instruments: Sequence[str],
    *,
    first_dose_at: datetime,
    policy: DosePolicy = DEFAULT_DOSE_POLICY,
) -> Response:
    """The response on the first of these instruments that has a score before the first dose and one since."""
    told = effective(entries)
    found = [_response(_scores(told, name), name, first_dose_at, policy) for name in instruments]
    known = [one for one in found if one.fall_percent is not None]
    return (known or found)[0]


def latest_scores(entries: Iterable[Entry], instruments: Sequence[str]) -> dict[str, float]:
    """The newest total of each instrument that has one."""
    told = effective(entries)
    scores = {name: _scores(told, name) for name in instruments}
    return {name: points[-1][1].total for name, points in scores.items() if points}


def latest_risk(entries: Iterable[Entry]) -> tuple[Level, datetime] | None:
    """The colour of the newest C-SSRS screener; None where it has none, whatever an older one said."""
    answered = [
        (entry.happened_at, entry.payload)
        for entry in effective(entries)
        if isinstance(entry.payload, QuestionnaireAnswered) and entry.payload.instrument == C_SSRS
    ]
    if not answered:
        return None
    at, newest = max(reversed(answered), key=lambda pair: pair[0])  # of two at one time the later recorded
    found = outcome(SCORERS[C_SSRS], newest.items)
    return (found.level, at) if isinstance(found, Triaged) else None


def _scores(told: Sequence[Entry], name: str) -> list[tuple[datetime, Scored]]:
    found = []
    for entry in sorted(told, key=lambda one: one.happened_at):
        if isinstance(entry.payload, QuestionnaireAnswered) and entry.payload.instrument == name:
            result = outcome(SCORERS[name], entry.payload.items)
            if isinstance(result, Scored):
                found.append((entry.happened_at, result))
    return found


def _response(
    points: Sequence[tuple[datetime, Scored]], name: str, first_dose_at: datetime, policy: DosePolicy
) -> Response:
    shown = SCORERS[name].name
    earliest = first_dose_at - timedelta(days=policy.baseline_within_days)
    before = [result for at, result in points if earliest <= at <= first_dose_at]
    since = [result for at, result in points if at > first_dose_at]
    if not before:
        days = policy.baseline_within_days
        return Response(instrument=name, because=f"No {shown} in the {days} days before the first dose.")
    if not since:
        return Response(instrument=name, because=f"No {shown} since the first dose.")
    change = change_between(SCORERS[name], before[-1], since[-1])
    worse = since[-1].total > min(result.total for result in since)
    if change.fall_percent is None:
        return Response(instrument=name, because=f"The {shown} was 0 before the first dose.", worsened=worse)
    because = f"{shown} {before[-1].total:g} before the first dose, {since[-1].total:g} now."
    return Response(instrument=name, because=because, fall_percent=change.fall_percent, worsened=worse)
