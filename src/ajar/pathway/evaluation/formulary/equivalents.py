"""Benzodiazepines made comparable, and the limits that clinical.md sets on them (CA-11, DDI-03).

Published tables differ by a factor of two for several drugs; this one leans to the higher diazepam
equivalent. From general knowledge, verify; a clinic may put its own table in place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from types import MappingProxyType
from typing import Final

EQUAL_TO_10_MG_DIAZEPAM_MG: Final[Mapping[str, float]] = MappingProxyType(
    {
        "alprazolam": 0.5,
        "bromazepam": 5.0,
        "chlordiazepoxide": 25.0,
        "clobazam": 20.0,
        "clonazepam": 0.5,
        "clorazepate": 15.0,
        "diazepam": 10.0,
        "estazolam": 1.0,
        "flunitrazepam": 1.0,
        "flurazepam": 15.0,
        "loprazolam": 1.0,
        "lorazepam": 1.0,
        "lormetazepam": 1.0,
        "nitrazepam": 10.0,
        "oxazepam": 20.0,
        "prazepam": 10.0,
        "quazepam": 20.0,
        "temazepam": 20.0,
        "triazolam": 0.5,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BenzodiazepinePolicy:
    """From which daily dose a benzodiazepine is spoken about, and how drugs are compared.

    `limit_mg` in diazepam equivalents a day, above which CA-11 asks for a plan [ANDRASHKO20];
    `trial_cut_mg` in lorazepam equivalents a day, above which a trial excluded people [PMC10812090].
    """

    limit_mg: float = 8.0
    trial_cut_mg: float = 3.0
    equal_to_10_mg_diazepam_mg: Mapping[str, float] = field(
        default_factory=lambda: EQUAL_TO_10_MG_DIAZEPAM_MG, hash=False
    )

    def __post_init__(self) -> None:
        numbers = (self.limit_mg, self.trial_cut_mg, *self.equal_to_10_mg_diazepam_mg.values())
        if not all(isfinite(number) and number > 0 for number in numbers):
            raise ValueError("Doses and equivalents of benzodiazepines must be positive and finite.")
        if not {"diazepam", "lorazepam"} <= set(self.equal_to_10_mg_diazepam_mg):
            raise ValueError("The table of equivalents needs diazepam and lorazepam.")

    def diazepam_mg(self, ingredient: str, mg: float) -> float | None:
        """So much of an ingredient as mg of diazepam; None where the table does not have it."""
        equal_mg = self.equal_to_10_mg_diazepam_mg.get(ingredient)
        return None if equal_mg is None else mg * 10.0 / equal_mg

    def lorazepam_mg(self, diazepam_mg: float) -> float:
        """So much diazepam as mg of lorazepam."""
        return diazepam_mg / 10.0 * self.equal_to_10_mg_diazepam_mg["lorazepam"]


BENZODIAZEPINES: Final = BenzodiazepinePolicy()
