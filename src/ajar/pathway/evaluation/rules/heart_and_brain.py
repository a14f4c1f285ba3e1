"""Heart, brain and pressure: CI-13, CI-23, CA-01, CA-02, CA-08, CA-16."""

from typing import Final

from ajar.pathway.evaluation.concepts import (
    DECOMPENSATED_HEART,
    HYPERTENSIVE_ENCEPHALOPATHY,
    RAISED_INTRACRANIAL_PRESSURE,
    SEIZURES,
    STROKE_OR_TIA,
    TREATED_HYPERTENSION,
)
from ajar.pathway.evaluation.findings import Outcome, Standing, Strength
from ajar.pathway.evaluation.products import NASAL, Jurisdiction, Setting
from ajar.pathway.evaluation.rules.rule import Stop, always, concept_rule


def _raised_pressure(setting: Setting) -> Stop:
    """The EU label contraindicates it when serious; elsewhere consensus says avoid."""
    by_label = setting.product in NASAL and setting.jurisdiction is Jurisdiction.EU
    return Stop(
        yes="Raised pressure in the head: not in an outpatient clinic.",
        no="No raised pressure in the head known.",
        strength=Strength.HARD_STOP,
        effect=Outcome.CONTRAINDICATED,
        standing=Standing.LABEL if by_label else Standing.LITERATURE,
    )


def _encephalopathy(setting: Setting) -> Stop:
    return Stop(
        yes="Check pressure and symptoms more often.",
        no="No hypertensive encephalopathy known.",
        strength=Strength.CAUTION,
        effect=Outcome.ELIGIBLE_WITH_CAUTION,
        standing=Standing.LABEL if setting.product in NASAL else Standing.LITERATURE,
    )


RULES: Final = (
    concept_rule(
        id="CI-13",
        title="Raised pressure in the head",
        concept=RAISED_INTRACRANIAL_PRESSURE,
        source="[ASRA18-BL] grade C; [EUSPC25 4.3] when serious; see CI-05",
        stop_for=_raised_pressure,
    ),
    concept_rule(
        id="CI-23",
        title="Decompensated heart disease",
        concept=DECOMPENSATED_HEART,
        source="[MIMS-MY-D]; [VA-HM]; [HCPLIVE]",
        stop_for=always(
            Stop(
                yes="The heart would not carry a rise of pressure and pulse.",
                no="No decompensated heart disease known.",
                strength=Strength.SOFT_STOP,
                effect=Outcome.DEFER,
                until="Until cardiology has reviewed it.",
            )
        ),
    ),
    concept_rule(
        id="CA-01",
        title="Treated high blood pressure",
        concept=TREATED_HYPERTENSION,
        source="[YALE-BP]; the morning dose from general knowledge, verify",
        stop_for=always(
            Stop(
                yes="Expect a larger peak: the usual medicine that morning, 140/90 or less on the day.",
                no="No treated high blood pressure known.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
    concept_rule(
        id="CA-02",
        title="Hypertensive encephalopathy, ever",
        concept=HYPERTENSIVE_ENCEPHALOPATHY,
        source="[USPI19 §5.6]",
        stop_for=_encephalopathy,
    ),
    concept_rule(
        id="CA-16",
        title="Stroke without bleeding, or transient attack",
        concept=STROKE_OR_TIA,
        source="[EUSPC25 4.3]; [EUPIL]",
        stop_for=always(
            Stop(
                yes="At least 6 weeks ago and stable, with a letter from the specialist.",
                no="No such stroke known.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
    concept_rule(
        id="CA-08",
        title="Seizure disorder",
        concept=SEIZURES,
        source="clinical.md CA-08; from general knowledge, verify",
        verified=False,
        stop_for=always(
            Stop(
                yes="A seizure disorder: go on with care.",
                no="No seizure disorder known.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
)
