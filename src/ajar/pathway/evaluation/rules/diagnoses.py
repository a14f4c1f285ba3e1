"""DX-1: a diagnosis that stands in text alone, and whose name is not on the list, was judged by no rule."""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.diagnoses import is_recognised, meant
from ajar.pathway.evaluation.findings import Ruling, Standing, Strength, Verdict
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.rule import Rule
from ajar.pathway.patients.facts import ConditionRecorded


def _unrecognised(candidate: Candidate, _setting: Setting) -> tuple[Ruling, ...]:
    unknown = [fact for fact in candidate.conditions if not is_recognised(fact.payload.condition)]
    if unknown:
        return tuple(_asks(fact) for fact in unknown)
    return (
        Ruling(
            verdict=Verdict.PASS,
            strength=Strength.INFO,
            because="Every recorded diagnosis has a code, or a name that stands for one.",
            datum=f"{len(candidate.conditions)} recorded",
        ),
    )


def _asks(fact: Fact[ConditionRecorded]) -> Ruling:
    name = fact.payload.condition.display
    near = meant(fact.payload.condition)
    asks = f"Did you mean {' or '.join(near)}? Record it so." if near else "Record it with its ICD-10 code."
    return Ruling(
        verdict=Verdict.NEEDS_INFORMATION,
        strength=Strength.INFO,
        because=f"{name} has no code and is not on the list of names: no rule looked at it.",
        datum=name,
        happened_at=fact.happened_at,
        recorded_at=fact.recorded_at,
        until=f"{asks} Or accept this with what it is.",
    )


RULES: Final = (
    Rule(
        id="DX-1",
        title="Diagnoses recognised",
        source="design default: a diagnosis in text is never guessed",
        reads=frozenset({"conditions"}),
        judge=_unrecognised,
        standing=Standing.DESIGN_DEFAULT,
    ),
)
