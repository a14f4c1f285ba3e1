"""Kidneys and electrolytes: LAB-4, POP-9."""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import DIALYSIS, EATING_DISORDER, Holds
from ajar.pathway.evaluation.findings import Outcome, Ruling, Strength
from ajar.pathway.evaluation.products import Indication, Setting
from ajar.pathway.evaluation.rules.laboratory import CREATININE, POTASSIUM, each_present
from ajar.pathway.evaluation.rules.rule import Rule, Stop, always, concept_rule
from ajar.pathway.evaluation.rules.ruling import passes

PANEL: Final = (CREATININE, POTASSIUM)


def _panel(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    holds_days = _holds_days(candidate, setting)
    if asked := each_present(PANEL, candidate, setting, holds_days=holds_days):
        return asked
    return (
        passes(
            f"Kidneys and electrolytes within {holds_days} days.",
            "creatinine, potassium",
            POTASSIUM.latest(candidate),
        ),
    )


def _holds_days(candidate: Candidate, setting: Setting) -> int:
    """A year; with an eating disorder each visit."""
    eating = EATING_DISORDER.look_up(candidate, setting.now).holds is Holds.YES
    if eating or setting.indication is Indication.EATING:
        return setting.policy.renal_holds_days_eating_disorder
    return setting.policy.renal_holds_days


RULES: Final = (
    Rule(
        id="LAB-4",
        title="Kidney function and electrolytes",
        source="[CPSBC21]; yearly, with an eating disorder each visit",
        reads=frozenset({"labs", "answers", "conditions"}),
        judge=_panel,
    ),
    concept_rule(
        id="POP-9",
        title="Dialysis",
        concept=DIALYSIS,
        source="clinical.md POP-9; from general knowledge, verify",
        verified=False,
        stop_for=always(
            Stop(
                yes="On dialysis: there is no experience, and the label gives no dose for it.",
                no="Not on dialysis.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
)
