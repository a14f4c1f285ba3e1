"""Eyes, porphyria, thyroid and cystitis: CI-14, CI-21, CI-22, CI-24."""

from typing import Final

from ajar.pathway.evaluation.concepts import (
    CYSTITIS,
    EYE_PRESSURE,
    OVERACTIVE_THYROID,
    PORPHYRIA,
)
from ajar.pathway.evaluation.findings import Outcome, Standing, Strength
from ajar.pathway.evaluation.rules.rule import Stop, always, concept_rule

RULES: Final = (
    concept_rule(
        id="CI-14",
        title="Raised pressure in the eye",
        concept=EYE_PRESSURE,
        source="[ASRA18-BL] grade C; rise of eye pressure [DRUGCENTRAL]",
        stop_for=always(
            Stop(
                yes="Ketamine can raise the pressure in the eye.",
                no="No raised pressure in the eye known.",
                strength=Strength.SOFT_STOP,
                effect=Outcome.DEFER,
                until="Until ophthalmology has cleared it.",
            )
        ),
    ),
    concept_rule(
        id="CI-21",
        title="Acute porphyria",
        concept=PORPHYRIA,
        source="clinical.md CI-21; from general knowledge, verify",
        verified=False,
        stop_for=always(
            Stop(
                yes="Acute porphyria: avoid until a specialist has advised.",
                no="No porphyria known.",
                strength=Strength.SOFT_STOP,
                effect=Outcome.DEFER,
                until="Until a specialist has advised.",
            )
        ),
    ),
    concept_rule(
        id="CI-22",
        title="Overactive thyroid, not controlled",
        concept=OVERACTIVE_THYROID,
        source="[EUPIL]; threshold from general knowledge, verify",
        stop_for=always(
            Stop(
                yes="The sympathetic surge is not safe with an overactive thyroid.",
                no="No uncontrolled overactive thyroid known.",
                strength=Strength.SOFT_STOP,
                effect=Outcome.DEFER,
                until="Until thyroid function is normal.",
            )
        ),
    ),
    concept_rule(
        id="CI-24",
        title="Active cystitis",
        concept=CYSTITIS,
        source="[MPR]; its class is a design default",
        standing=Standing.DESIGN_DEFAULT,
        stop_for=always(
            Stop(
                yes="Ketamine can injure the bladder: hold.",
                no="No active cystitis known.",
                strength=Strength.SOFT_STOP,
                effect=Outcome.DEFER,
                until="Until urology has reviewed it.",
            )
        ),
    ),
)
