"""The latest result of an instrument: scored from its items, or as somebody else reported it.

A form that was handed in incomplete has no total, and is shown as such: it never counts as a low score.
"""

from dataclasses import dataclass
from typing import Any

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.entries import ScoreReported
from ajar.pathway.instruments.answers import QuestionnaireAnswered
from ajar.pathway.instruments.outcome import Scored, Triaged
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.instruments.score import outcome, screening
from ajar.pathway.patients.facts import Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A result: its total, or its level in words, or neither where the form could not be scored."""

    total: float | None
    level: str
    seen: Fact[Any]

    @property
    def words(self) -> str:
        """The result as a datum."""
        if self.total is not None:
            return f"{self.total:g}"
        return self.level or "answered, but no total"


def latest_score(candidate: Candidate, *instruments: str) -> Score | None:
    """The newest result of any of these instruments; None where none was recorded."""
    results = all_scores(candidate, *instruments)
    return results[-1] if results else None


def all_scores(candidate: Candidate, *instruments: str) -> list[Score]:
    """Every result of these instruments, oldest first."""
    answered = [f for f in candidate.questionnaires if f.payload.instrument in instruments]
    reported = [f for f in candidate.scores if f.payload.instrument in instruments]
    found = [
        *(_of_answers(fact, candidate.person.sex) for fact in answered),
        *(_of_report(fact) for fact in reported),
    ]
    return sorted(found, key=lambda score: (score.seen.happened_at, score.seen.recorded_at))


def _of_report(fact: Fact[ScoreReported]) -> Score:
    return Score(total=fact.payload.total, level=fact.payload.level.strip().casefold(), seen=fact)


def _of_answers(fact: Fact[QuestionnaireAnswered], sex: Sex) -> Score:
    instrument = SCORERS.get(fact.payload.instrument)
    if instrument is None or len(fact.payload.items) != instrument.item_count:
        return Score(total=None, level="", seen=fact)
    try:
        found = outcome(instrument, fact.payload.items)
    except ValueError:  # an answer outside the options: there is no result, and nothing is guessed
        return Score(total=None, level="", seen=fact)
    if isinstance(found, Triaged):
        return Score(total=None, level=found.level.value, seen=fact)
    verdict = screening(instrument, fact.payload.items, found, sex=sex)
    level = verdict.verdict.value if verdict is not None else ""
    return Score(total=found.total if isinstance(found, Scored) else None, level=level, seen=fact)
