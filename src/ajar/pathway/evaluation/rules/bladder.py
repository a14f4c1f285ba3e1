"""The bladder: LAB-7, CA-15. (Active cystitis stops by CI-24.)"""

from datetime import timedelta
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import URINARY_SYMPTOMS
from ajar.pathway.evaluation.findings import Outcome, Ruling, Strength
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.laboratory import URINALYSIS, is_normal, present
from ajar.pathway.evaluation.rules.rule import Rule, Stop, ruling_on
from ajar.pathway.evaluation.rules.ruling import asks, defers, passes, warns
from ajar.pathway.evaluation.scores import Score, all_scores, latest_score

PAIN, SYMPTOMS = "bpic-ss", "icsi"
UNTIL: Final = "Until the urine is tested and urology has reviewed it."
READS: Final = frozenset({"labs", "questionnaires", "scores", "answers", "conditions"})


def _baseline(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    return _urine(candidate, setting), _questionnaire(candidate, setting)


def _urine(candidate: Candidate, setting: Setting) -> Ruling:
    result, asked = present(URINALYSIS, candidate, setting, holds_days=setting.policy.bladder_holds_days)
    if result is not None and is_normal(result) is False:
        return warns("The urinalysis is not normal: look for the cause.", URINALYSIS.words(result), result)
    if asked is not None:
        return asked
    if result is None or is_normal(result) is None:
        return asks("The urinalysis does not say normal or abnormal.", "Say which.", "urinalysis", result)
    return passes("The urinalysis is normal.", URINALYSIS.words(result), result)


def _questionnaire(candidate: Candidate, setting: Setting) -> Ruling:
    score = latest_score(candidate, PAIN, SYMPTOMS)
    until = "Have the BPIC-SS or the ICSI filled in."
    if score is None:
        return asks(
            "No bladder questionnaire is recorded.", until, "bladder questionnaire: none", fill_in="scores"
        )
    if setting.now - score.seen.happened_at > timedelta(days=setting.policy.bladder_holds_days):
        because = f"The bladder questionnaire is older than {setting.policy.bladder_holds_days} days."
        return asks(because, until, f"bladder questionnaire {score.words}", score.seen, "scores")
    if score.total is None:
        because = "The bladder questionnaire is incomplete."
        return asks(because, until, "bladder questionnaire", score.seen, "scores")
    return passes("A bladder questionnaire is recorded.", f"bladder questionnaire {score.words}", score.seen)


def _symptomatic(setting: Setting) -> Stop:
    points = setting.policy.bladder_pain_at_least
    return Stop(
        yes=f"Urinary symptoms: fill in the BPIC-SS, test the urine, and hold from {points:g} points on.",
        no="No urinary symptoms.",
        strength=Strength.CAUTION,
        effect=Outcome.ELIGIBLE_WITH_CAUTION,
    )


def _symptoms(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    evidence = URINARY_SYMPTOMS.look_up(candidate, setting.now)
    said = ruling_on(evidence, URINARY_SYMPTOMS, _symptomatic(setting))
    return (said, *_pain(candidate, setting), *_rise(candidate, setting))


def _pain(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    cut, score = setting.policy.bladder_pain_at_least, latest_score(candidate, PAIN)
    if score is None or score.total is None or score.total < cut:
        return ()
    because = f"BPIC-SS at or above {cut:g}: ketamine can injure the bladder, so hold."
    return (defers(because, f"BPIC-SS {score.words}", UNTIL, score.seen),)


def _rise(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    """The ICSI against the lowest one before it."""
    scored = [one for one in all_scores(candidate, SYMPTOMS) if one.total is not None]
    if len(scored) < 2:
        return ()
    rise = _total(scored[-1]) - min(_total(one) for one in scored[:-1])
    if rise < setting.policy.bladder_rise_at_least:
        return ()
    because = f"The ICSI rose by {rise:g} points: hold."
    return (defers(because, f"ICSI {scored[-1].words}", UNTIL, scored[-1].seen),)


def _total(score: Score) -> float:
    return score.total or 0.0  # only scored forms are asked


RULES: Final = (
    Rule(
        id="LAB-7",
        title="Urinalysis and bladder questionnaire",
        source="[MPR] (label monitoring duty); cadence design default",
        reads=READS,
        judge=_baseline,
    ),
    Rule(
        id="CA-15",
        title="Lower urinary symptoms",
        source="[BPICSS] (score from general knowledge, verify)",
        reads=READS,
        judge=_symptoms,
        verified=False,
    ),
)
