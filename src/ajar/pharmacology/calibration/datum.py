"""One published number: who measured what, in whom, after which dose, and how the number is known."""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, sqrt
from typing import Final

from ajar.pharmacology.regimen import Route

NORMAL_95: Final = 1.959964
"""Half the width of a 95 % interval, in standard errors."""


class Provenance(StrEnum):
    """How a number is known: the tags of pharmacology.md 0 (A to D) and of evidence.md 0 (V, S, G, D)."""

    A = "read in the primary paper, the registry or the label"
    B = "read in a public, annotated transcription of the paper's table"
    C = "general knowledge, not re-read"
    D = "derived from the sources named"
    V = "read in the paper's abstract, the registry, the label or a published table"
    S = "read in a secondary report of the study"
    G = "recalled, not re-read"

    @property
    def verified(self) -> bool:
        """Whether somebody read it for this purpose; what is recalled judges nothing."""
        return self not in (Provenance.C, Provenance.G)


class Use(StrEnum):
    """What is done with a number."""

    JUDGED = "judged"
    SHOWN = "shown"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Computation:
    """How a model gives the same quantity: what is simulated, what is looked at, and by which models."""

    scenario: str
    output: str
    reading: str
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Datum:
    """One published number with its interval or spread, its unit (UCUM) and its source.

    `interval` says what lies between `low` and `high`. `time_h` counts from the first dose. `computed` is
    None where no model output is the same quantity; `note` then says why.
    """

    name: str
    use: Use
    study: str
    route: Route | None
    product: str
    dose: str
    people: int | None
    site: str
    quantity: str
    time_h: float | None
    value: float
    low: float | None
    high: float | None
    interval: str
    sd: float | None
    unit: str
    tag: Provenance
    source: str
    computed: Computation | None
    note: str

    def __post_init__(self) -> None:
        self._refuse_gaps()
        self._refuse_numbers()
        if self.use is Use.JUDGED and not self.tag.verified:
            raise ValueError(f"{self.name}: a number that is {self.tag} judges nothing; its use is 'shown'.")
        if (self.computed is None) != (self.use is Use.NOT_COMPARED):
            raise ValueError(f"{self.name}: a number is compared if it says how the model computes it.")
        if self.use is Use.NOT_COMPARED and not self.note:
            raise ValueError(f"{self.name}: a number that is not compared says why.")

    def _refuse_gaps(self) -> None:
        for what in ("name", "study", "product", "dose", "quantity", "unit", "source"):
            if not getattr(self, what).strip():
                raise ValueError(f"{self.name or 'A number'}: {what} is empty.")

    def _refuse_numbers(self) -> None:
        numbers = (self.value, self.low, self.high, self.sd, self.time_h)
        if not all(isfinite(number) for number in numbers if number is not None):
            raise ValueError(f"{self.name}: every number is finite.")
        if (self.low is None) != (self.high is None) or (self.low is None) == bool(self.interval):
            raise ValueError(f"{self.name}: an interval has both its ends, and says what it is.")
        bounds = self.bounds()
        if bounds and not (bounds[0] <= self.value <= bounds[1] or self.interval.startswith("target")):
            raise ValueError(f"{self.name}: {self.value:g} is outside {bounds[0]:g} to {bounds[1]:g}.")

    def bounds(self) -> tuple[float, float, str] | None:
        """What a model should fall into, and what that is: the interval in print, or one from SD and n."""
        if self.low is not None and self.high is not None:
            return self.low, self.high, self.interval
        if self.sd is not None and self.people is not None:
            half = NORMAL_95 * self.sd / sqrt(self.people)
            return self.value - half, self.value + half, "95 % CI from SD and n [D]"
        return None
