"""Psychosis and mania: CI-07, CI-08, CA-03, CA-05.

CI-07 is programme policy. The US label says "carefully assess", the published cases disagree with
exclusion (CONFLICT [VER-PSY], trap 5), and the page says so. A programme that decides otherwise changes
the rule for everyone; it is not accepted patient by patient, so it is a HARD_STOP here.
"""

from typing import Final

from ajar.pathway.evaluation.concepts import BIPOLAR, MANIA_NOW, PSYCHOSIS_NOW, PSYCHOSIS_PAST
from ajar.pathway.evaluation.findings import Outcome, Standing, Strength
from ajar.pathway.evaluation.rules.rule import Stop, always, concept_rule

RULES: Final = (
    concept_rule(
        id="CI-07",
        title="Active psychosis, schizophrenia, schizoaffective disorder",
        concept=PSYCHOSIS_NOW,
        source="[USPI19 §5.2] (careful assessment, no contraindication); [SEED]; [ASRA18-BL]; [TKC]; "
        "CONFLICT with [VER-PSY]",
        standing=Standing.POLICY,
        stop_for=always(
            Stop(
                yes="Ketamine can worsen psychosis. This is the programme's policy, not a label "
                "contraindication.",
                no="No active psychosis or schizophrenia known.",
                strength=Strength.HARD_STOP,
                effect=Outcome.CONTRAINDICATED,
            )
        ),
    ),
    concept_rule(
        id="CA-03",
        title="Past psychotic episode, or psychotic depression",
        concept=PSYCHOSIS_PAST,
        source="[VER-PSY]; interval of 6 to 12 months without symptoms is a design default",
        stop_for=always(
            Stop(
                yes="A psychotic episode in the past: a psychiatrist signs off, and nothing in the last "
                "6 to 12 months.",
                no="No past psychotic episode known.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
    concept_rule(
        id="CI-08",
        title="Current mania or mixed state",
        concept=MANIA_NOW,
        source="[PMC10812090]; [EUPIL]",
        standing=Standing.POLICY,
        stop_for=always(
            Stop(
                yes="Manic or mixed state: ketamine was not studied here and can drive it on.",
                no="No manic or mixed state.",
                strength=Strength.SOFT_STOP,
                effect=Outcome.DEFER,
                until="Until the manic or mixed state is over.",
            )
        ),
    ),
    concept_rule(
        id="CA-05",
        title="Bipolar disorder",
        concept=BIPOLAR,
        source="[TKC]; [VA-HM] excludes it (CONFLICT)",
        stop_for=always(
            Stop(
                yes="Bipolar disorder: off-label, a mood stabiliser in place, and watched for a switch.",
                no="No bipolar disorder known.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
)
