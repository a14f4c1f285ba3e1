"""A concept that must hold: the treatment needs it, so here a yes passes and a no stops."""

from dataclasses import dataclass

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import Concept, Holds
from ajar.pathway.evaluation.findings import Outcome, Ruling, Strength, Verdict
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.rule import NEEDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What must hold, how both answers read, and what ends a no. `about` tells two of one rule apart."""

    concept: Concept
    about: str
    yes: str
    no: str
    until: str
    strength: Strength = Strength.SOFT_STOP


def ruling_on_wanted(wanted: Wanted, candidate: Candidate, setting: Setting) -> Ruling:
    """The ruling that evidence for or against it leads to."""
    evidence = wanted.concept.confirmed(candidate, setting.now)
    verdict, because, until = Verdict.NEEDS_INFORMATION, "", "Ask the question."
    match evidence.holds:
        case Holds.YES:
            verdict, because, until = Verdict.PASS, wanted.yes, ""
        case Holds.NO:
            verdict, because, until = Verdict.STOP, wanted.no, wanted.until
        case unknown:
            because = NEEDS[unknown].format(question=wanted.concept.question.wording)
    return Ruling(
        verdict=verdict,
        strength=wanted.strength,
        effect=Outcome.DEFER if verdict is Verdict.STOP else Outcome.ELIGIBLE,
        because=because,
        datum=f"{wanted.about}: {evidence.datum}",
        happened_at=evidence.happened_at,
        recorded_at=evidence.recorded_at,
        until=until,
        fill_in=f"history-{wanted.concept.question_id}",
        conflict=evidence.conflict if verdict is Verdict.STOP else "",
    )
