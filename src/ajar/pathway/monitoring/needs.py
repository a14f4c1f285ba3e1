"""What a patient's findings ask of the watching: closer readings, or a longer stay."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Final

CLOSER: Final[Mapping[str, str]] = {
    "CA-02": "hypertensive encephalopathy before: more frequent pressure and symptom checks [USPI19 §5.6]",
    "DDI-04": "psychostimulant: closer pressure [MEDNET]; [SPP-STIM]",
    "DDI-05": "MAO inhibitor: closer pressure [MEDNET]; [VER21]",
}
"""Findings that ask for pressure more often (clinical.md 3.3, 3.9), each with its reason and source."""

LONGER_MIN: Final[Mapping[str, float]] = {
    "POP-7": 60.0,  # Child-Pugh B [USPI19 §8.6]; 60 min: design default
}
"""Findings that ask for a longer stay, in minutes (clinical.md 1.10)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What this patient needs beyond the product's own plan.

    `closer`: the findings that ask for pressure more often. `longer_min`: minutes added to the stay.
    """

    closer: tuple[str, ...] = ()
    longer_min: float = 0.0

    def __post_init__(self) -> None:
        if not (isfinite(self.longer_min) and self.longer_min >= 0):
            raise ValueError(f"longer_min must be 0 or more and finite, got {self.longer_min:g}.")

    @property
    def why(self) -> str:
        """In words; "" where nothing is asked."""
        words = [f"{rule}: {CLOSER.get(rule, 'watched more closely')}" for rule in self.closer]
        if self.longer_min:
            words.append(f"{self.longer_min:g} min longer")
        return "; ".join(words)


NO_NEEDS: Final = Needs()


def needs_of(findings: Iterable[str]) -> Needs:
    """What these findings, by their rule ids, ask for; a rule's parts (DDI-04.1) ask as the rule does."""
    rules = {finding.split(".")[0] for finding in findings}
    return Needs(
        closer=tuple(rule for rule in CLOSER if rule in rules),
        longer_min=max((minutes for rule, minutes in LONGER_MIN.items() if rule in rules), default=0.0),
    )
