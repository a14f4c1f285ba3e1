"""What a clinic may decide about the REMS form: which generation it files, and when it is reminded."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

DUE_DAYS: Final = 7
"""[PMF24]; [OHSF20]: the programme's, not a clinic's to change."""


class Generation(StrEnum):
    """Two generations of the form are visible (clinical.md 2.4, trap 7)."""

    A = "A"
    B = "B"

    @property
    def words(self) -> str:
        """How the page names it."""
        return WORDS[self]


WORDS: Final = {
    Generation.A: "A (form of 11/2021); clinical.md 2.4, 2026-11",
    Generation.B: "B (walk-through, with respiratory depression); clinical.md 2.4, 2026-11",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RemsPolicy:
    """The form that is filed, and the days after treatment on which a missing one becomes more pressing."""

    version: str
    generation: Generation
    escalate_days: tuple[int, ...]

    def __post_init__(self) -> None:
        days = self.escalate_days
        if not days or list(days) != sorted(set(days)) or not 0 < days[0] <= days[-1] < DUE_DAYS:
            raise ValueError(f"Reminders come on rising days from 1 to {DUE_DAYS - 1}, got {days}.")


DEFAULT_REMS: Final = RemsPolicy(
    version="rems 2026-11 (clinical.md 2.4 and 2.5)",
    generation=Generation.B,
    escalate_days=(3, 5, 6),  # FSM-9; design default
)
