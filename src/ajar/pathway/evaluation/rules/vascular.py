"""Aneurysm, arteriovenous malformation, bleeding in the brain: CI-01, CI-02, CI-03."""

from collections.abc import Callable
from typing import Final

from ajar.pathway.evaluation.concepts import (
    ANEURYSM,
    ARTERIOVENOUS_MALFORMATION,
    INTRACEREBRAL_HAEMORRHAGE,
)
from ajar.pathway.evaluation.findings import Outcome, Standing, Strength
from ajar.pathway.evaluation.products import Jurisdiction, Product, Setting
from ajar.pathway.evaluation.rules.rule import Stop, concept_rule

LabelSays = frozenset[Jurisdiction]

US_AND_EU: Final[LabelSays] = frozenset({Jurisdiction.US, Jurisdiction.EU})
US_ALONE: Final[LabelSays] = frozenset({Jurisdiction.US})


def contraindicated(*, yes: str, no: str, labels: LabelSays) -> Callable[[Setting], Stop]:
    """A contraindication: by Spravato's label in some jurisdictions, by the programme elsewhere."""

    def stop_for(setting: Setting) -> Stop:
        by_label = setting.product is Product.ESKETAMINE_IN and setting.jurisdiction in labels
        return Stop(
            yes=yes,
            no=no,
            strength=Strength.HARD_STOP,
            effect=Outcome.CONTRAINDICATED,
            standing=Standing.LABEL if by_label else Standing.POLICY,
        )

    return stop_for


RULES: Final = (
    concept_rule(
        id="CI-01",
        title="Aneurysmal vascular disease",
        concept=ANEURYSM,
        source="[USPI19 §4]; [EUSPC25 4.3]",
        stop_for=contraindicated(
            yes="An aneurysm could rupture when the blood pressure rises.",
            no="No aneurysm known.",
            labels=US_AND_EU,
        ),
    ),
    concept_rule(
        id="CI-02",
        title="Arteriovenous malformation",
        concept=ARTERIOVENOUS_MALFORMATION,
        source="[USPI19 §4]; not listed separately in [EUSPC25 4.3]",
        stop_for=contraindicated(
            yes="An arteriovenous malformation could bleed when the blood pressure rises.",
            no="No arteriovenous malformation known.",
            labels=US_ALONE,
        ),
    ),
    concept_rule(
        id="CI-03",
        title="Intracerebral haemorrhage, ever",
        concept=INTRACEREBRAL_HAEMORRHAGE,
        source="[USPI21]; [EUSPC25 4.3]",
        stop_for=contraindicated(
            yes="There was a bleed in the brain; it could bleed again.",
            no="No bleed in the brain known.",
            labels=US_AND_EU,
        ),
    ),
)
