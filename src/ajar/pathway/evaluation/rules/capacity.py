"""Who can decide, and whose mind is clouded: CI-19, CI-20."""

from typing import Final

from ajar.pathway.evaluation.concepts import CAPACITY_LACKING, DELIRIUM_DEMENTIA
from ajar.pathway.evaluation.findings import Outcome, Standing, Strength
from ajar.pathway.evaluation.rules.rule import Stop, always, concept_rule

RULES: Final = (
    concept_rule(
        id="CI-19",
        title="Lack of capacity, or no valid consent",
        concept=CAPACITY_LACKING,
        source="[TKC]; [PMC10812090]",
        standing=Standing.POLICY,
        stop_for=always(
            Stop(
                yes="Nobody is treated here who cannot decide about it.",
                no="Able to decide.",
                strength=Strength.HARD_STOP,
                effect=Outcome.CONTRAINDICATED,
                until="Until capacity has returned.",
            )
        ),
    ),
    concept_rule(
        id="CI-20",
        title="Delirium, dementia, brain injury with symptoms",
        concept=DELIRIUM_DEMENTIA,
        source="[TKC]; [VA-HM]",
        standing=Standing.POLICY,
        stop_for=always(
            Stop(
                yes="Excluded by the programmes that were read. This is policy.",
                no="No delirium, dementia or brain injury with symptoms known.",
                strength=Strength.HARD_STOP,
                effect=Outcome.CONTRAINDICATED,
            )
        ),
    ),
)
