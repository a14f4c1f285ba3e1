"""Cautions of mental health: CA-04, CA-12, CA-13, CA-14."""

from typing import Final

from ajar.pathway.evaluation.concepts import (
    BORDERLINE,
    EATING_DISORDER,
    PSYCHOSIS_IN_FAMILY,
    RECENT_SUICIDE_ATTEMPT,
)
from ajar.pathway.evaluation.findings import Outcome, Standing, Strength
from ajar.pathway.evaluation.rules.rule import Stop, always, concept_rule

RULES: Final = (
    concept_rule(
        id="CA-04",
        title="Primary psychosis in the family",
        concept=PSYCHOSIS_IN_FAMILY,
        source="[YALE-BPD]; [PSYON]",
        stop_for=always(
            Stop(
                yes="A close relative has a psychosis: some programmes exclude this. Watch for it.",
                no="No psychosis in the close family known.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
    concept_rule(
        id="CA-12",
        title="Recent suicide attempt",
        concept=RECENT_SUICIDE_ATTEMPT,
        source="[USPI21]; the 12 months are a design default",
        standing=Standing.LABEL,
        stop_for=always(
            Stop(
                yes="C-SSRS at every visit, and a safety plan.",
                no="No recent suicide attempt known.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
    concept_rule(
        id="CA-13",
        title="Borderline personality disorder",
        concept=BORDERLINE,
        source="[FINE23]",
        stop_for=always(
            Stop(
                yes="Link with DBT; dissociation can weigh more.",
                no="No borderline personality disorder known.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
    concept_rule(
        id="CA-14",
        title="Eating disorder with low weight",
        concept=EATING_DISORDER,
        source="clinical.md CA-14; from general knowledge, verify",
        verified=False,
        stop_for=always(
            Stop(
                yes="Stabilise first if BMI is below 15, potassium 3.0, pulse 40, or QTc is above 500.",
                no="No eating disorder with low weight known.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
)
