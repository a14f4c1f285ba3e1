"""Drug interactions by drug, dose, route and product: clinical.md 3.9, CI-17 and CA-11."""

from itertools import groupby
from typing import Final

from ajar.pathway.evaluation.rules import interactions_dose, interactions_list
from ajar.pathway.evaluation.rules.interaction import Interaction, rule_of
from ajar.pathway.evaluation.rules.interactions_effects import EFFECTS
from ajar.pathway.evaluation.rules.interactions_levels import LEVELS
from ajar.pathway.evaluation.rules.rule import Rule

UNVERIFIED: Final = frozenset(
    {"DDI-16", "DDI-18", "DDI-19", "DDI-20", "DDI-21", "DDI-22", "DDI-24", "DDI-26"}
)
"""Rules of which all or part is from general knowledge, verify."""

INTERACTIONS: Final[tuple[Interaction, ...]] = tuple(sorted((*EFFECTS, *LEVELS), key=lambda row: row.id))
"""Every row, in the order of its id."""

RULES: Final[tuple[Rule, ...]] = (
    *interactions_list.RULES,
    *interactions_dose.RULES,
    *(
        rule_of(tuple(rows), verified=rule_id not in UNVERIFIED)
        for rule_id, rows in groupby(INTERACTIONS, key=lambda row: row.id)
    ),
)
