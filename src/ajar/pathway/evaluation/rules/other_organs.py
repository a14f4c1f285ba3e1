"""Eyes, porphyria, thyroid, bladder and lungs: CI-14, CI-21, CI-22, CI-24, CA-07, CA-15."""

from typing import Final

from ajar.pathway.evaluation.concepts import (
    CYSTITIS,
    EYE_PRESSURE,
    LUNG_DISEASE,
    OVERACTIVE_THYROID,
    PORPHYRIA,
    URINARY_SYMPTOMS,
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
    concept_rule(
        id="CA-15",
        title="Lower urinary symptoms",
        concept=URINARY_SYMPTOMS,
        source="[BPICSS] (score from general knowledge, verify)",
        verified=False,
        stop_for=always(
            Stop(
                yes="Urinary symptoms: fill in the BPIC-SS, test the urine, and hold from 19 points on.",
                no="No urinary symptoms.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
    concept_rule(
        id="CA-07",
        title="Chronic lung disease, or sleep apnoea with obesity",
        concept=LUNG_DISEASE,
        source="[EUPIL]; [CPSBC21]; 94 % is a design default",
        stop_for=always(
            Stop(
                yes="A site equipped to resuscitate, SpO2 of 94 % or more at rest, no sedatives.",
                no="No such lung disease known.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
)
