"""Substance use: CI-15, CI-16, CA-06."""

from typing import Final

from ajar.pathway.evaluation.concepts import KETAMINE_USE_DISORDER, SUBSTANCE_NOW, SUBSTANCE_REMISSION
from ajar.pathway.evaluation.findings import Outcome, Standing, Strength
from ajar.pathway.evaluation.rules.rule import Stop, always, concept_rule

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
    concept_rule(
        id="CA-06",
        title="Substance use disorder, treated or in remission",
        concept=SUBSTANCE_REMISSION,
        source="[TKC]; [PSYON]; programme-specific",
        stop_for=always(
            Stop(
                yes="A substance use disorder in treatment or remission: urine drug screen each phase.",
                no="No substance use disorder in remission known.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
)
