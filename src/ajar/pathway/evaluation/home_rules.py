"""The conditions of a lozenge at home, once for the evaluation, the plan and the day (SL-06 to SL-08)."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeRules:
    """When a lozenge may be taken at home. Where clinical.md gives a number, it stands beside it."""

    first_doses_on_site: int = 1  # SL-06 [KETNZ]; SL-07
    stable_after_doses: int = 4  # taken at home; what "stable" means is a design default, verify
    doses_per_dispense: int = 1  # SL-07, until stable
    doses_per_dispense_when_stable: int = 4  # design default, verify
    systolic_at_most_mmhg: float = 140  # SL-07
    diastolic_at_most_mmhg: float = 90  # SL-07
    symptoms_from: float = 10  # SL-08: PHQ-9 or GAD-7 [HULL-PA]
    cssrs_at_most_days_old: int = 7  # design default
    source: str = (
        "clinical.md SL-06 [KETNZ]; SL-07, design default ([HULL22]; [FDA23-A]); SL-08 [HULL-PA]; stable "
        "after 4 home doses, then at most 4 at once: design default, verify"
    )

    def __post_init__(self) -> None:
        if self.first_doses_on_site < 1:
            raise ValueError("The first dose is never taken at home (SL-07): at least 1 on site first.")
        if not 1 <= self.doses_per_dispense <= self.doses_per_dispense_when_stable:
            raise ValueError("Doses per dispense are at least 1, and no more before a patient is stable.")

    def most_doses(self, *, taken_at_home: int) -> int:
        """How many doses may be handed out at once to someone who took this many at home."""
        stable = taken_at_home >= self.stable_after_doses
        return self.doses_per_dispense_when_stable if stable else self.doses_per_dispense


DEFAULT_HOME: Final = HomeRules()
"""The one default."""
