"""Who is judged and dosed otherwise, once for the evaluation and the plan (POP-3, POP-4, POP-6)."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Populations:
    """From when somebody is older, and the two switches of esketamine's first dose in the EU."""

    older_from_years: int = 65  # POP-3, POP-4, POP-5
    older_eu_start_28_mg: bool = True  # POP-4 [MIMS-HK]; [EUSPC-T2]: CONFLICT, trap 2
    ancestry_eu_start_28_mg: bool = False  # POP-6, from general knowledge, verify: shown, binding where set
    source: str = "clinical.md POP-3 [DRUGS-ESK]; POP-4 [MIMS-HK], [EUSPC-T2]; POP-6 verify"

    def __post_init__(self) -> None:
        if self.older_from_years < 1:
            raise ValueError(f"older_from_years must be above 0, got {self.older_from_years}.")


DEFAULT_POPULATIONS: Final = Populations()
"""The one default."""
