"""What a clinic may decide about adverse events: how long a rise counts as the dose's, who hears, by when."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyPolicy:
    """Windows, marks and intervals, each with its source beside the default."""

    version: str
    dosing_rise_min: int
    rise_systolic_mmhg: float
    rise_diastolic_mmhg: float
    serious_within_h: int

    def __post_init__(self) -> None:
        for name in ("dosing_rise_min", "rise_systolic_mmhg", "rise_diastolic_mmhg", "serious_within_h"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be above 0, got {getattr(self, name)}.")


DEFAULT_SAFETY: Final = SafetyPolicy(
    version="safety 2026-11 (clinical.md 4.3 and 4.9)",
    dosing_rise_min=240,  # BPR-1, about 4 h in the US text; BPR-2 says 1 to 2 h (CONFLICT, trap 3)
    rise_systolic_mmhg=40,  # BPR-1 [USPI21]
    rise_diastolic_mmhg=25,  # BPR-1 [USPI21]
    serious_within_h=24,  # field 27 asks for an expedited task; the hours are a design default
)
