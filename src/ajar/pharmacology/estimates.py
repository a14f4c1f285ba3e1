"""Numbers that carry where they come from and how sure they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite


class Tag(StrEnum):
    """How a number is known (pharmacology.md 0)."""

    A = "read in the primary paper, the registry or the label"
    B = "read in a public, annotated transcription of the paper's table"
    C = "general knowledge: verify before quoting"
    D = "derived or fitted from the sources named"
    H = "a hypothesis or modelling choice: no direct human measurement"


class Status(StrEnum):
    """How well an output is established in people (pharmacology.md 4.3). It travels with every curve."""

    ESTABLISHED = "established"
    PLAUSIBLE = "plausible"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number with its unit, its source down to the section or table, its tag and its spread.

    A coefficient of variation is of a log-normal spread; a logit SD is of a fraction; an SD is on the scale
    of the number itself. None says that the source gives no such spread, which is not the same as none.
    """

    value: float
    unit: str
    source: str
    tag: Tag
    between_subject_cv: float | None = None
    between_subject_logit_sd: float | None = None
    between_subject_sd: float | None = None
    between_session_cv: float | None = None
    relative_standard_error: float | None = None

    def __post_init__(self) -> None:
        if not isfinite(self.value):
            raise ValueError(f"An estimate is a finite number, got {self.value}.")
        if not self.source.strip():
            raise ValueError(
                f"The estimate {self.value:g} {self.unit} has no source; say the section or table."
            )
        for spread in self._spreads():
            if spread is not None and not (isfinite(spread) and spread >= 0):
                raise ValueError(f"A spread is finite and not negative, got {spread}.")

    def _spreads(self) -> tuple[float | None, ...]:
        return (
            self.between_subject_cv,
            self.between_subject_logit_sd,
            self.between_subject_sd,
            self.between_session_cv,
            self.relative_standard_error,
        )


def typical_values(table: Mapping[str, Estimate]) -> dict[str, float]:
    """The values of a table of estimates, by name."""
    return {name: estimate.value for name, estimate in table.items()}
