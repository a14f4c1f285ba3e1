"""The urine drug screen: who needs one, and what a positive one leads to: LAB-2."""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import KETAMINE_USE_DISORDER, SUBSTANCE_NOW, SUBSTANCE_REMISSION, Holds
from ajar.pathway.evaluation.findings import Ruling
from ajar.pathway.evaluation.policy import WhoIsTested
from ajar.pathway.evaluation.products import AT_HOME, Setting
from ajar.pathway.evaluation.rules.laboratory import DRUG_SCREEN, is_normal, present
from ajar.pathway.evaluation.rules.rule import Rule
from ajar.pathway.evaluation.rules.ruling import asks, defers, passes

SUSPECTED: Final = (SUBSTANCE_NOW, SUBSTANCE_REMISSION, KETAMINE_USE_DISORDER)


def _screen(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    result, asked = present(DRUG_SCREEN, candidate, setting, holds_days=setting.policy.drug_screen_holds_days)
    if result is not None and is_normal(result) is False:
        until = "Until it is explained by a prescribed medicine, or a new screen is negative."
        return (defers("The urine drug screen is positive.", DRUG_SCREEN.words(result), until, result),)
    if not _is_needed(candidate, setting):
        return (passes("No substance use is suspected, so no screen is asked for.", "history"),)
    if asked is not None:
        return (asked,)
    if result is None or is_normal(result) is None:
        return (asks("The screen does not say positive or negative.", "Say which.", "unclear", result),)
    return (passes("The urine drug screen is negative.", DRUG_SCREEN.words(result), result),)


def _is_needed(candidate: Candidate, setting: Setting) -> bool:
    """For all where the clinic says so, and on a home supply; otherwise where use is suspected."""
    if setting.policy.drug_screen is WhoIsTested.ALL or setting.product in AT_HOME:
        return True
    return any(concept.look_up(candidate, setting.now).holds is Holds.YES for concept in SUSPECTED)


RULES: Final = (
    Rule(
        id="LAB-2",
        title="Urine drug screen",
        source="[LOPEZ]; [VA-HM]; on a home supply a design default",
        reads=frozenset({"labs", "answers", "conditions"}),
        judge=_screen,
    ),
)
