"""Substance use: CI-15, CI-16, CA-06."""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import KETAMINE_USE_DISORDER, SUBSTANCE_NOW, SUBSTANCE_REMISSION
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.remission import ended_within
from ajar.pathway.evaluation.rules.rule import Rule, Stop, always, concept_rule, ruling_on
from ajar.pathway.evaluation.rules.ruling import defers

TREATED: Final = Stop(
    yes="A substance use disorder in treatment or remission: urine drug screen each phase, limited supply.",
    no="No substance use disorder in remission known.",
    strength=Strength.CAUTION,
    effect=Outcome.ELIGIBLE_WITH_CAUTION,
)


def _remission(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    months = setting.policy.substance_free_months
    said = ruling_on(SUBSTANCE_REMISSION.look_up(candidate, setting.now), SUBSTANCE_REMISSION, TREATED)
    recent = ended_within(SUBSTANCE_REMISSION, candidate, setting, months=months)
    if recent is None:
        return (said,)
    until = f"Until {months} months of remission have passed; the prescriber may decide case by case."
    datum = f"{recent.payload.condition.display}, over since {recent.payload.abated_on}"
    return (said, defers(f"In remission for less than {months} months.", datum, until, recent))


RULES: Final = (
    concept_rule(
        id="CI-15",
        title="Active substance use disorder, untreated",
        concept=SUBSTANCE_NOW,
        source="[ASRA18-BL]; [MPR]; [SEED] (case-specific)",
        standing=Standing.POLICY,
        stop_for=always(
            Stop(
                yes="An active substance use disorder that is not being treated.",
                no="No untreated substance use disorder known.",
                strength=Strength.SOFT_STOP,
                effect=Outcome.DEFER,
                until="Until it is treated or in remission; the prescriber may decide case by case.",
            )
        ),
    ),
    concept_rule(
        id="CI-16",
        title="Ketamine use disorder, current or past",
        concept=KETAMINE_USE_DISORDER,
        source="[VA-HM] (secondary)",
        standing=Standing.POLICY,
        stop_for=always(
            Stop(
                yes="A ketamine use disorder, now or before. This is programme policy, not a label "
                "contraindication.",
                no="No ketamine use disorder known.",
                strength=Strength.HARD_STOP,
                effect=Outcome.CONTRAINDICATED,
            )
        ),
    ),
    Rule(
        id="CA-06",
        title="Substance use disorder, treated or in remission",
        source="[TKC] (3 months); [PSYON] (12 months); programme-specific",
        reads=frozenset({"answers", "conditions"}),
        judge=_remission,
    ),
)
