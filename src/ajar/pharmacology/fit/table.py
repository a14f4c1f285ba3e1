"""The numbers of an individual update, as data: pharmacology.md 4.5, and what was chosen beside it."""

from math import log, sqrt
from typing import Final

from ajar.pharmacology.chance import log_sd
from ajar.pharmacology.estimates import Estimate, Tag
from ajar.pharmacology.u1 import slow_table
from ajar.pharmacology.u1.parameters import CADSS_RESPONSE_CORRELATION

_TABLE: Final = "pharmacology.md 4.5, Bayesian update"


def _residual(value: float, unit: str, of: str) -> Estimate:
    return Estimate(value=value, unit=unit, source=f"{_TABLE}: {of}", tag=Tag.H)


SYSTOLIC_SD: Final = _residual(6.0, "mm[Hg]", "SBP/DBP/HR series")
DIASTOLIC_SD: Final = _residual(5.0, "mm[Hg]", "SBP/DBP/HR series")
HEART_RATE_SD: Final = _residual(5.0, "/min", "SBP/DBP/HR series")
READING_TO_READING: Final = _residual(0.4, "1", "SBP/DBP/HR series, AR(1)")
"""Correlation of what is left of a reading with what is left of the one before it in the same session."""

SQUARE_ROOT_CADSS_SD: Final = _residual(0.8, "1", "CADSS, square-root scale")
LEVEL_LOG_SD: Final = _residual(0.15, "1", "blood level, to which the assay's own is added")
PHQ9_SD: Final = _residual(2.0, "{score}", "PHQ-9")
MADRS_SD: Final = _residual(3.5, "{score}", "MADRS")

_BASELINE: Final = "pharmacology.md 4.2, vitals observed"

SYSTOLIC_BASELINE_SD: Final = Estimate(value=14.0, unit="mm[Hg]", source=_BASELINE, tag=Tag.H)
DIASTOLIC_BASELINE_SD: Final = Estimate(value=9.0, unit="mm[Hg]", source=_BASELINE, tag=Tag.H)
HEART_RATE_BASELINE_SD: Final = Estimate(value=10.0, unit="/min", source=_BASELINE, tag=Tag.H)

ANTICIPATORY_SD: Final = Estimate(
    value=3.0,
    unit="mm[Hg]",
    source=f"{_BASELINE} prints A0 'about 3' and no spread; as wide as it is large is our choice",
    tag=Tag.H,
)

RESPONSE_LOG_SHIFT: Final = Estimate(
    value=slow_table.RESISTANT_SHARE.value * log(slow_table.RESISTANT_FACTOR.value),
    unit="1",
    source="pharmacology.md 4.3: E and its resistant class read as one log-normal with their mean logarithm",
    tag=Tag.D,
)
"""Of the median of E, from that of those who are not resistant, on the logarithm."""

_CLASS_VARIANCE: Final = (
    slow_table.RESISTANT_SHARE.value
    * (1.0 - slow_table.RESISTANT_SHARE.value)
    * log(slow_table.RESISTANT_FACTOR.value) ** 2
)
_RESPONSE_LOG_SD: Final = log_sd(slow_table.RESPONSE_E.between_subject_cv or 0.0)

RESPONSE_LOG_SD: Final = Estimate(
    value=sqrt(_RESPONSE_LOG_SD**2 + _CLASS_VARIANCE),
    unit="1",
    source="pharmacology.md 4.3: E and its resistant class read as one log-normal, the SD of the logarithm",
    tag=Tag.D,
)
CADSS_RESPONSE: Final = Estimate(
    value=CADSS_RESPONSE_CORRELATION.value * _RESPONSE_LOG_SD / RESPONSE_LOG_SD.value,
    unit="1",
    source="pharmacology.md 4.5: 0.2 between CADSS maximum and E within a class, seen across both",
    tag=Tag.D,
)
