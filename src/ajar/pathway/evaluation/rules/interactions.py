"""Drug interactions by drug, dose, route and product: clinical.md 3.9, CI-17 and CA-11."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from ajar.pathway.evaluation.formulary.equivalents import BENZODIAZEPINES, BenzodiazepinePolicy
from ajar.pathway.evaluation.rules import interactions_list
from ajar.pathway.evaluation.rules.interaction import Interaction, rule_of
from ajar.pathway.evaluation.rules.interactions_dose import dose_rules
from ajar.pathway.evaluation.rules.interactions_effects import EFFECTS
from ajar.pathway.evaluation.rules.interactions_levels import LEVEL_POLICY, LevelPolicy, levels
from ajar.pathway.evaluation.rules.rule import Rule

UNVERIFIED: Final = frozenset(
    {"DDI-16", "DDI-18", "DDI-19", "DDI-20", "DDI-21", "DDI-22", "DDI-24", "DDI-26"}
)
"""Rules of which all or part is from general knowledge, verify."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionPolicy:
    """What a clinic may decide about interactions. The stops of the label are not here."""

    benzodiazepines: BenzodiazepinePolicy = BENZODIAZEPINES
    levels: LevelPolicy = LEVEL_POLICY


INTERACTION_POLICY: Final = InteractionPolicy()


def interactions(policy: InteractionPolicy = INTERACTION_POLICY) -> tuple[Interaction, ...]:
    """Every row, in the order of its id."""
    return tuple(sorted((*EFFECTS, *levels(policy.levels)), key=lambda row: row.id))


def interaction_rules(policy: InteractionPolicy = INTERACTION_POLICY) -> tuple[Rule, ...]:
    """The rules about medicines, under a clinic's policy."""
    return (
        *interactions_list.RULES,
        *dose_rules(policy.benzodiazepines),
        *_rules(interactions(policy)),
    )


def _rules(rows: Sequence[Interaction]) -> list[Rule]:
    return [
        rule_of(tuple(same), verified=rule_id not in UNVERIFIED)
        for rule_id, same in groupby(rows, key=lambda row: row.id)
    ]


RULES: Final = interaction_rules()
