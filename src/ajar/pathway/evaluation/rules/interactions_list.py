"""Whether the list of medicines can be relied on: complete (MED-1), and every medicine known (MED-2)."""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.concepts import Concept
from ajar.pathway.evaluation.entries import Answer
from ajar.pathway.evaluation.findings import Ruling, Standing, Strength, Verdict
from ajar.pathway.evaluation.medicines import Recognised, recognise
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.rule import Rule
from ajar.pathway.patients.facts import MedicationRecorded

COMPLETE: Final = Concept(question_id="medicines_complete")


def _list_complete(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    """Here a yes is the good answer, so the concept is read the other way round."""
    answers = candidate.answers_to(COMPLETE.question_id)
    latest = answers[-1] if answers else None
    fresh = latest is not None and setting.now - latest.happened_at <= COMPLETE.question.holds
    complete = latest is not None and fresh and latest.payload.answer is Answer.YES
    return (
        Ruling(
            verdict=Verdict.PASS if complete else Verdict.NEEDS_INFORMATION,
            strength=Strength.SOFT_STOP,
            because="The list of medicines is complete."
            if complete
            else "Nobody has said lately that the list of medicines is complete.",
            datum=f"history answer: {latest.payload.answer.value}" if latest else "not asked",
            happened_at=latest.happened_at if latest else None,
            recorded_at=latest.recorded_at if latest else None,
            until="" if complete else "Go through the medicines and confirm the list.",
        ),
    )


def _unrecognised(candidate: Candidate, _setting: Setting) -> tuple[Ruling, ...]:
    taken = candidate.active_medicines()
    unknown = [
        _not_known(fact, recognised)
        for fact in taken
        if not (recognised := recognise(fact.payload.medicine)).is_whole
    ]
    return tuple(unknown) or (
        Ruling(
            verdict=Verdict.PASS,
            strength=Strength.INFO,
            because="Every recorded medicine is on the list that the interaction rules know.",
            datum=f"{len(taken)} recorded",
        ),
    )


def _not_known(fact: Fact[MedicationRecorded], recognised: Recognised) -> Ruling:
    return Ruling(
        verdict=Verdict.NEEDS_INFORMATION,
        strength=Strength.INFO,
        because=_why(fact.payload.medicine.display, recognised),
        datum=fact.payload.medicine.display,
        happened_at=fact.happened_at,
        recorded_at=fact.recorded_at,
        until=question_of(recognised),
    )


def _why(display: str, recognised: Recognised) -> str:
    if recognised.contradiction:
        return recognised.contradiction
    if recognised.ingredients:
        return f"{', '.join(recognised.unknown)} in {display} is not recognised: no interaction rule saw it."
    return f"{display} is not recognised: no interaction rule looked at it."


def question_of(recognised: Recognised) -> str:
    """What to ask about a medicine that is not wholly known; the suggestion is a question, not an answer."""
    if recognised.contradiction:
        return "Find out which it is, and record it again."
    if recognised.suggestions:
        return f"Did you mean {' or '.join(recognised.suggestions)}? Take the wrong name back and record it."
    return "Look it up, and accept this with what you found."


RULES: Final = (
    Rule(
        id="MED-1",
        title="List of medicines complete",
        source="design default; clinical.md DAY-6 (new medicines are asked at every visit)",
        reads=frozenset({"answers"}),
        judge=_list_complete,
        standing=Standing.DESIGN_DEFAULT,
    ),
    Rule(
        id="MED-2",
        title="Medicines recognised",
        source="design default: an unknown name is never guessed; names from general knowledge, verify",
        reads=frozenset({"medicines"}),
        judge=_unrecognised,
        standing=Standing.DESIGN_DEFAULT,
        verified=False,
    ),
)
