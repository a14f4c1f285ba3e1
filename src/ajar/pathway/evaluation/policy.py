"""What a clinic may set in the evaluation: thresholds, intervals and policy switches, with their sources.

The defaults are those of clinical.md; where it says "design default" or "verify", so does the finding.
Label contraindications and the label's own blood-pressure numbers (ELG-BP1) are no field here: nobody
may change them. Every number's name ends in its unit.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Final

from ajar.pathway.evaluation.interaction_policy import INTERACTION_POLICY, InteractionPolicy
from ajar.pathway.evaluation.resistance_definitions import DEFINITIONS, ResistanceDefinition


class Exclusion(StrEnum):
    """What a programme does where the sources disagree about excluding somebody (CONFLICT rows)."""

    EXCLUDE = "exclude"  # nobody is treated here with this
    SPECIALIST = "specialist"  # a specialist signs off first
    CAUTION = "caution"  # goes on, with care


class WhoIsTested(StrEnum):
    """Who needs a test at baseline."""

    ALL = "everybody"
    AT_RISK = "those at risk"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationPolicy:
    """One clinic's configuration of the evaluation. The version is kept with every finding."""

    version: str = "evaluation policy 2026-11 (clinical.md 3)"

    # Where sources disagree (clinical.md 9)
    psychosis: Exclusion = Exclusion.EXCLUDE  # CI-07, trap 5: policy, never a label contraindication
    family_psychosis: Exclusion = Exclusion.CAUTION  # CA-04 [YALE-BPD], [PSYON] exclude
    bipolar: Exclusion = Exclusion.CAUTION  # CA-05 [TKC]; [VA-HM] excludes
    older_eu_pressure_guide: bool = True  # ELG-BP2 / POP-5: 150/90 from 65 in the EU, verify
    drug_screen: WhoIsTested = WhoIsTested.AT_RISK  # LAB-2 [LOPEZ]; all: programme policy
    ecg: WhoIsTested = WhoIsTested.AT_RISK  # LAB-5: all [CPSBC21]; otherwise cardiac risk or age
    resistance: tuple[ResistanceDefinition, ...] = DEFINITIONS  # TRD-1, TRD-2, TRD-3; trap 30
    interactions: InteractionPolicy = INTERACTION_POLICY  # CA-11, DDI-03, DDI-19, DDI-20

    # Blood pressure and pulse (3.4; design defaults)
    high_systolic_mmhg: float = 160  # ELG-BP3
    high_diastolic_mmhg: float = 100
    very_high_systolic_mmhg: float = 180  # ELG-BP4
    very_high_diastolic_mmhg: float = 110
    low_systolic_mmhg: float = 90  # ELG-BP6
    low_diastolic_mmhg: float = 50
    fast_bpm: float = 110  # ELG-BP7
    slow_bpm: float = 50
    repeat_after_min: float = 5  # ELG-BP1: repeat after 5 to 10 minutes of rest
    repeat_within_min: float = 60  # later it is another occasion
    new_visit_after_h: float = 12  # ELG-BP5: readings further apart belong to another visit
    vitals_hold_days: int = 30

    # How long a test holds (3.5)
    pregnancy_test_holds_days: int = 30  # LAB-1: at least monthly, design default
    conception_to_age_years: int = 55  # LAB-1: older, no test is asked for; design default, verify
    drug_screen_holds_days: int = 90  # LAB-2: each phase
    liver_holds_days: int = 180  # LAB-3: every 3 to 6 months, verify
    renal_holds_days: int = 365  # LAB-4: yearly
    renal_holds_days_eating_disorder: int = 30  # LAB-4: each visit
    ecg_holds_days: int = 365  # LAB-5: on indication; a year is a design default
    thyroid_holds_days: int = 365  # LAB-6, design default
    bladder_holds_days: int = 90  # LAB-7: every 3 months, design default
    apnoea_holds_days: int = 365  # LAB-8, design default
    cognition_holds_days: int = 180  # LAB-10: 6-monthly on maintenance, design default
    score_holds_days: int = 30  # PHQ-9, GAD-7, C-SSRS, MDQ: an evaluation stands on recent scores

    # Cut-offs
    liver_defer_times_normal: float = 3.0  # CA-10, design default
    liver_recheck_times_normal: float = 1.5
    underweight_bmi: float = 15.0  # CA-14, verify
    low_potassium_mmol_l: float = 3.0
    long_qtc_ms: float = 500.0
    very_slow_bpm: float = 40.0
    bladder_pain_at_least: float = 19.0  # CA-15: BPIC-SS [BPICSS], verify
    bladder_rise_at_least: float = 4.0  # CA-15: ICSI, verify
    apnoea_score_at_least: float = 5.0  # LAB-8: STOP-BANG, verify
    resting_spo2_percent: float = 94.0  # CA-07, design default
    obese_from_bmi: float = 30.0  # POP-10 [SINGH19]
    ecg_from_years: int = 50  # LAB-5, design default
    cognition_from_years: int = 60  # LAB-10 [PMC10812090]
    mmse_at_least: float = 25.0  # LAB-10: trial floor [PMC10812090]
    moca_at_least: float = 26.0  # LAB-10: from general knowledge, verify
    substance_free_months: int = 3  # CA-06: 3 [TKC], 12 [PSYON]
    psychosis_free_months: int = 6  # CA-03: 6 to 12, design default

    def __post_init__(self) -> None:
        for name, value in self.numbers().items():
            if not (isfinite(value) and value > 0):
                raise ValueError(f"{name} must be above 0, got {value}.")
        self._refuse_disorder()

    def numbers(self) -> dict[str, float]:
        """The thresholds and intervals by field name."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: value for name, value in values.items() if type(value) in (int, float)}

    def _refuse_disorder(self) -> None:
        """Limits that must stand in order, or a pass could lie beyond a stop."""
        for lower, upper in ASCENDING:
            if getattr(self, lower) >= getattr(self, upper):
                raise ValueError(
                    f"{lower} must be below {upper}, got {getattr(self, lower)} and {getattr(self, upper)}."
                )


ASCENDING: Final = (
    ("low_systolic_mmhg", "high_systolic_mmhg"),
    ("low_diastolic_mmhg", "high_diastolic_mmhg"),
    ("high_systolic_mmhg", "very_high_systolic_mmhg"),
    ("high_diastolic_mmhg", "very_high_diastolic_mmhg"),
    ("slow_bpm", "fast_bpm"),
    ("very_slow_bpm", "slow_bpm"),
    ("liver_recheck_times_normal", "liver_defer_times_normal"),
    ("underweight_bmi", "obese_from_bmi"),
)

DEFAULT_POLICY: Final = EvaluationPolicy()
