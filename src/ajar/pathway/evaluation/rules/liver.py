"""Liver disease: CI-12 and POP-8 (severe), CA-09 and POP-7 (moderate)."""

from typing import Final

from ajar.pathway.evaluation.concepts import MODERATE_LIVER, SEVERE_LIVER
from ajar.pathway.evaluation.findings import Outcome, Standing, Strength
from ajar.pathway.evaluation.products import Product, Setting
from ajar.pathway.evaluation.rules.rule import Stop, always, concept_rule


def _severe(setting: Setting) -> Stop:
    spravato = setting.product is Product.ESKETAMINE_IN
    return Stop(
        yes="Severe liver disease (Child-Pugh C): not studied and not recommended."
        if spravato
        else "Severe liver disease (Child-Pugh C): avoid; by this programme it is declined.",
        no="No severe liver disease known.",
        strength=Strength.HARD_STOP if spravato else Strength.SOFT_STOP,  # POP-8
        effect=Outcome.CONTRAINDICATED,
        standing=Standing.LABEL if spravato else Standing.POLICY,
    )


RULES: Final = (
    concept_rule(
        id="CI-12",
        title="Severe liver disease",
        concept=SEVERE_LIVER,
        source="[USPI19 §8.6]; [ASRA18-BL]; POP-8",
        stop_for=_severe,
        covers=("POP-8",),
    ),
    concept_rule(
        id="CA-09",
        title="Moderate liver disease",
        concept=MODERATE_LIVER,
        source="[USPI19 §8.6]; [ASRA18-BL]; POP-7 (extended observation is a design default)",
        covers=("POP-7",),
        stop_for=always(
            Stop(
                yes="Moderate liver disease (Child-Pugh B) or cirrhosis: the drug stays, so observe longer.",
                no="No moderate liver disease known.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
)
