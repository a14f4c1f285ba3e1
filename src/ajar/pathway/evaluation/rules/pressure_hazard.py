"""Where a rise of pressure is a serious hazard, and recent cardiovascular events: CI-05, CI-06."""

from typing import Final

from ajar.pathway.evaluation.concepts import PRESSURE_HAZARD, RECENT_CARDIOVASCULAR_EVENT
from ajar.pathway.evaluation.findings import Outcome, Standing, Strength
from ajar.pathway.evaluation.products import Jurisdiction, Product, Setting
from ajar.pathway.evaluation.rules.rule import Rule, Stop, concept_rule


def _hazard(_setting: Setting) -> Stop:
    return Stop(
        yes="A rise of blood pressure or of pressure in the head is a serious hazard for this person.",
        no="No such hazard known.",
        strength=Strength.HARD_STOP,
        effect=Outcome.CONTRAINDICATED,
        standing=Standing.LABEL,
    )


def _recent_event(setting: Setting) -> Stop:
    """The EU label contraindicates within 6 weeks; the US label gives no interval (trap 1)."""
    by_label = setting.product is Product.ESKETAMINE_IN and setting.jurisdiction is Jurisdiction.EU
    return Stop(
        yes="A cardiovascular event in the last 6 weeks.",
        no="No cardiovascular event in the last 6 weeks.",
        strength=Strength.HARD_STOP if by_label else Strength.SOFT_STOP,
        effect=Outcome.CONTRAINDICATED if by_label else Outcome.DEFER,
        until="Until 6 weeks have passed and cardiology has cleared it.",
        standing=Standing.LABEL if by_label else Standing.POLICY,
    )


HAZARD: Final[Rule] = concept_rule(
    id="CI-05",
    title="Rise of blood or intracranial pressure is a serious hazard",
    concept=PRESSURE_HAZARD,
    source="[MIMS-PH]; [EUSPC25 4.3]; racemic wording from general knowledge, verify",
    stop_for=_hazard,
    verified=False,
)

RECENT_EVENT: Final[Rule] = concept_rule(
    id="CI-06",
    title="Cardiovascular event within 6 weeks",
    concept=RECENT_CARDIOVASCULAR_EVENT,
    source="[EUSPC25 4.3]; [EUPIL]; US label gives no interval (CONFLICT, trap 1)",
    stop_for=_recent_event,
)

RULES: Final = (HAZARD, RECENT_EVENT)
