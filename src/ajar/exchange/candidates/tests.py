"""Baseline tests by the names that people use, with LOINC code and unit (clinical.md 8.6, verify).

A test without a code there is recorded by its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One test: its code, its name, and the unit its numbers have (UCUM; empty: a result in words)."""

    loinc: str
    display: str
    unit: str


TESTS: Final[Mapping[str, Test]] = MappingProxyType(
    {
        name: Test(loinc=loinc, display=display, unit=unit)
        for name, loinc, display, unit in (
            ("alt", "1742-6", "ALT", "U/L"),
            ("ast", "1920-8", "AST", "U/L"),
            ("alp", "6768-6", "ALP", "U/L"),
            ("ggt", "2324-2", "GGT", "U/L"),
            ("bilirubin", "1975-2", "Bilirubin", "mg/dL"),
            ("creatinine", "2160-0", "Creatinine", "mg/dL"),
            ("potassium", "2823-3", "Potassium", "mmol/L"),
            ("tsh", "3016-3", "TSH", "m[IU]/L"),
            ("hcg_urine", "2106-3", "hCG, urine", ""),
            ("hcg_serum", "2118-8", "hCG, serum", ""),
            ("qtc", "8636-3", "QTc", "ms"),
            ("ecg", "", "ECG", ""),
            ("urine_drug_screen", "", "Urine drug screen", ""),
            ("urinalysis", "", "Urinalysis", ""),
        )
    }
)
