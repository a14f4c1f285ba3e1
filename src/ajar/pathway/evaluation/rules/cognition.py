"""Memory and thinking: POP-11, LAB-10. (Delirium and dementia stop by CI-20.)"""

from datetime import timedelta
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import COGNITIVE_IMPAIRMENT, Holds
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.rule import NEEDS, Rule, Stop, always, concept_rule
from ajar.pathway.evaluation.rules.ruling import asks, defers, passes
from ajar.pathway.evaluation.scores import Score, all_scores

MMSE, MOCA = "mmse", "moca"


def _tested(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    complaint = COGNITIVE_IMPAIRMENT.look_up(candidate, setting.now)
    scored = [score for score in all_scores(candidate, MMSE, MOCA) if score.total is not None]
    if scored and (low := _below(scored[-1], setting)) is not None:
        return (low,)
    if candidate.age_on(setting.now.date()) < setting.policy.cognition_from_years:
        if complaint.holds is Holds.NO:
            because = f"Under {setting.policy.cognition_from_years} and no complaint: no test is needed."
            return (passes(because, complaint.datum),)
        if complaint.holds is not Holds.YES:
            because = NEEDS[complaint.holds].format(question=COGNITIVE_IMPAIRMENT.question.wording)
            fill_in = "history-cognitive_impairment"
            return (asks(because, "Ask the question.", complaint.datum, fill_in=fill_in),)
    return (_recent(scored, setting),)


def _name(score: Score) -> str:
    return str(score.seen.payload.instrument).upper()


def _below(score: Score, setting: Setting) -> Ruling | None:
    floors = {MMSE: setting.policy.mmse_at_least, MOCA: setting.policy.moca_at_least}
    floor = floors[score.seen.payload.instrument]
    if (score.total or 0.0) >= floor:
        return None
    until = "Until capacity is confirmed and the cause is looked into (POP-11)."
    return defers(f"{_name(score)} below {floor:g}.", f"{_name(score)} {score.words}", until, score.seen)


def _recent(scored: list[Score], setting: Setting) -> Ruling:
    until = "Record an MMSE or a MoCA."
    if not scored:
        return asks("A test of memory and thinking is needed.", until)
    latest = scored[-1]
    datum = f"{_name(latest)} {latest.words}"
    if setting.now - latest.seen.happened_at > timedelta(days=setting.policy.cognition_holds_days):
        because = f"The test is older than {setting.policy.cognition_holds_days} days."
        return asks(because, until, datum, latest.seen)
    return passes("Tested, and not low.", datum, latest.seen)


RULES: Final = (
    concept_rule(
        id="POP-11",
        title="Cognitive impairment",
        concept=COGNITIVE_IMPAIRMENT,
        source="[TKC]; [PMC10812090]",
        standing=Standing.POLICY,
        stop_for=always(
            Stop(
                yes="Trouble with memory or thinking: capacity and an MMSE-type test first.",
                no="No trouble with memory or thinking known.",
                strength=Strength.SOFT_STOP,
                effect=Outcome.DEFER,
                until="Until capacity is confirmed and a test of memory and thinking is recorded.",
            )
        ),
    ),
    Rule(
        id="LAB-10",
        title="Test of memory and thinking (MMSE or MoCA)",
        source="[PMC10812090] (MMSE 25 was a trial floor); cadence design default; MoCA floor, verify",
        reads=frozenset({"questionnaires", "scores", "answers", "conditions", "person"}),
        judge=_tested,
    ),
)
