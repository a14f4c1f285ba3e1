"""Breathing: LAB-8 (STOP-BANG), CA-07 (lung disease and sleep apnoea)."""

from datetime import timedelta
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import LUNG_DISEASE, Holds
from ajar.pathway.evaluation.findings import Outcome, Ruling, Strength
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.rule import Rule, Stop, ruling_on
from ajar.pathway.evaluation.rules.ruling import asks, defers, passes
from ajar.pathway.evaluation.scores import latest_score

STOP_BANG: Final = "stop-bang"


def _apnoea(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    policy, score = setting.policy, latest_score(candidate, STOP_BANG)
    until = "Have the STOP-BANG filled in."
    if score is None or score.total is None:
        return (asks("No STOP-BANG is recorded.", until, seen=score.seen if score else None),)
    datum = f"STOP-BANG {score.words}"
    if score.total >= policy.apnoea_score_at_least:
        because = f"STOP-BANG at or above {policy.apnoea_score_at_least:g}: sleep apnoea is likely."
        return (defers(because, datum, "Until anaesthesia has given an opinion.", score.seen),)
    if setting.now - score.seen.happened_at > timedelta(days=policy.apnoea_holds_days):
        because = f"The STOP-BANG is older than {policy.apnoea_holds_days} days."
        return (asks(because, until, datum, score.seen),)
    return (passes(f"STOP-BANG below {policy.apnoea_score_at_least:g}.", datum, score.seen),)


def _care(setting: Setting) -> Stop:
    percent = setting.policy.resting_spo2_percent
    return Stop(
        yes=f"A site equipped to resuscitate, SpO2 of {percent:g} % or more at rest, no sedatives.",
        no="No such lung disease known.",
        strength=Strength.CAUTION,
        effect=Outcome.ELIGIBLE_WITH_CAUTION,
    )


def _lungs(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    evidence = LUNG_DISEASE.look_up(candidate, setting.now)
    said = ruling_on(evidence, LUNG_DISEASE, _care(setting))
    if evidence.holds is not Holds.YES:
        return (said,)
    return (said, *_oxygen(candidate, setting))


def _oxygen(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    """At rest and on room air, with lung disease."""
    lowest, measured = setting.policy.resting_spo2_percent, candidate.measured("spo2_percent")
    until = "Measure the oxygen saturation at rest."
    if not measured:
        return (asks("With this lung disease the oxygen saturation must be known.", until, "SpO2: none"),)
    latest = measured[-1]
    percent = latest.payload.spo2_percent or 0.0
    datum = f"SpO2 {percent:g} %"
    if percent < lowest:
        because = f"SpO2 below {lowest:g} % at rest."
        return (defers(because, datum, f"Until SpO2 is {lowest:g} % or more at rest.", latest),)
    if setting.now - latest.happened_at > timedelta(days=setting.policy.vitals_hold_days):
        because = f"The oxygen saturation is older than {setting.policy.vitals_hold_days} days."
        return (asks(because, until, datum, latest),)
    return ()


RULES: Final = (
    Rule(
        id="LAB-8",
        title="Sleep apnoea questionnaire (STOP-BANG)",
        source="[CPSBC21]; the cut from general knowledge, verify",
        reads=frozenset({"questionnaires", "scores"}),
        judge=_apnoea,
        verified=False,
    ),
    Rule(
        id="CA-07",
        title="Chronic lung disease, or sleep apnoea with obesity",
        source="[EUPIL]; [CPSBC21]; 94 % is a design default",
        reads=frozenset({"answers", "conditions", "vitals"}),
        judge=_lungs,
    ),
)
