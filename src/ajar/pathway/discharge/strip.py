"""The three gates as one strip: each with how it stands and the few words that say why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ajar.pathway.discharge.criteria import Criterion, Judgement

NAMES: Final[Mapping[str, str]] = {"A": "Score", "B": "This product", "C": "Leaving"}
"""Gate A is the score, gate B the product's own rule, gate C what leaving needs (clinical.md 4.7)."""
SAID: Final = 3
"""So many open criteria are named on the strip; the list beneath has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One gate: its letter, its name, and its criteria in order. Some criteria belong to two gates."""

    letter: str
    name: str
    criteria: tuple[Criterion, ...]

    @property
    def open(self) -> tuple[Criterion, ...]:
        """What does not stand yet."""
        return tuple(criterion for criterion in self.criteria if not criterion.met)

    @property
    def said(self) -> tuple[Criterion, ...]:
        """What is open, then what resolved and when, at most three of each; else its first criterion."""
        resolved = [c for c in self.criteria if c.met and c.finding.since is not None]
        return (*self.open[:SAID], *resolved[:SAID]) or self.criteria[:1]

    @property
    def more(self) -> int:
        """How many open ones are not named."""
        return max(len(self.open) - SAID, 0)


def gates_of(judgement: Judgement) -> tuple[Gate, ...]:
    """The gates in order."""
    return tuple(
        Gate(
            letter=letter,
            name=name,
            criteria=tuple(one for one in judgement.criteria if letter in one.gates.split(" and ")),
        )
        for letter, name in NAMES.items()
    )
