"""U1's slow chain, as data: the table of pharmacology.md 4.3. Half-lives in hours."""

from typing import Final

from ajar.pharmacology.estimates import Estimate, Tag


def _chosen(value: float, unit: str, of: str) -> Estimate:
    return Estimate(value=value, unit=unit, source=f"pharmacology.md 4.3, state {of}", tag=Tag.H)


GLUTAMATE_HALF_LIFE: Final = _chosen(0.25, "h", "G")
GLUTAMATE_GAIN: Final = _chosen(0.6, "1", "G: +13 % at 0.5 mg/kg (Abdallah 2018)")
GLUTAMATE_ZERO_BLOCK: Final = _chosen(0.95, "1", "G: inverted U")
GLUTAMATE_LEAST: Final = _chosen(-1.0, "1", "G: inverted U")
DRIVE_HALF_LIFE: Final = _chosen(0.4, "h", "T")
DRIVE_THRESHOLD: Final = _chosen(0.01, "1", "T")
TRANSLATION_HALF_LIFE: Final = _chosen(0.5, "h", "M")
TRANSLATION_HALF_DRIVE: Final = _chosen(0.02, "1", "M: peak 2-4 h")
MATURATION_HALF_LIFE: Final = _chosen(4.0, "h", "P1, P2: behaviour precedes spines")
SYNAPSE_GAIN_PER_H: Final = _chosen(0.06, "1/h", "S: rises 12-48 h")
SYNAPSE_HALF_LIFE: Final = _chosen(108.0, "h", "S: 4.5 d")
CIRCUIT_GAIN_PER_H: Final = _chosen(0.45, "1/h", "F: onset 1-4 h")
CIRCUIT_HALF_LIFE: Final = _chosen(36.0, "h", "F: 1.5 d")
MOOD_HALF_LIFE: Final = _chosen(1.5, "h", "A: part of the change in 0-4 h")
MOOD_C50_NG_ML: Final = _chosen(121.0, "ng/mL", "A")
INFLAMMATION_HALF_LIFE: Final = _chosen(6.0, "h", "cytokines")
INFLAMMATION_FALL: Final = _chosen(0.5, "1", "cytokines: 4-6 % fall at 2-4 h")

CIRCUIT_WEIGHT: Final = _chosen(0.17, "1", "symptom improvement: F")
SYNAPSE_WEIGHT: Final = _chosen(0.85, "1", "symptom improvement: S")
MOOD_WEIGHT: Final = _chosen(0.22, "1", "symptom improvement: A")

RESPONSE_E: Final = Estimate(
    value=1.0,
    unit="1",
    source="pharmacology.md 4.3, symptom improvement: E log-normal, median 1",
    tag=Tag.H,
    between_subject_cv=0.60,
)
RESISTANT_SHARE: Final = _chosen(0.35, "1", "symptom improvement: resistant class")
RESISTANT_FACTOR: Final = _chosen(0.3, "1", "symptom improvement: resistant class")
PLACEBO_SHARE: Final = Estimate(
    value=0.17,
    unit="1",
    source="pharmacology.md 4.3, placebo: Daly 2018 placebo arm, -6 to -10 of 35",
    tag=Tag.H,
    between_subject_sd=0.15,
)
PLACEBO_LOGIT_SHIFT: Final = Estimate(
    value=-0.3850,
    unit="logit",
    source="pharmacology.md 4.3, placebo: solved so that people of mean 0.17 have that mean and SD 0.15",
    tag=Tag.D,
    between_subject_sd=1.1663,
)
"""What the median person's placebo share is away from the mean's, on the logit; the SD is of the logit."""
PLACEBO_TIME: Final = _chosen(1.0, "h", "placebo")

DMN_ACUTE: Final = _chosen(-0.63, "SD", "DMN: d 0.63 in PMC7267897")
DMN_ACUTE_AT: Final = _chosen(120.0 / 241.0, "1", "DMN: c/(121+c) at 120 ng/mL")
DMN_LATE: Final = _chosen(-0.5, "SD", "DMN: Evans 2018")
DMN_LATE_AT: Final = _chosen(0.25, "1", "DMN: S at which")
BDNF_GAIN_PERCENT: Final = _chosen(20.0, "%", "peripheral BDNF: Haile 2014, direction at 240 min")

PHQ9_PER_MADRS: Final = Estimate(value=0.60, unit="1", source="pharmacology.md 4.3, PHQ-9", tag=Tag.C)
PHQ9_OFFSET: Final = Estimate(value=-1.0, unit="points", source="pharmacology.md 4.3, PHQ-9", tag=Tag.C)
PHQ9_RECALL_DAYS: Final = Estimate(
    value=14.0, unit="d", source="pharmacology.md 4.3, PHQ-9: recall window", tag=Tag.H
)

FINE_STEP_H: Final = 0.02
"""Largest step within `FINE_FOR_H` of a dose: 0.06 of the quickest time constant (0.36 h), where one step of
the fourth-order rule errs by 4e-9 of a state, and by up to 5e-5 where G crosses the threshold of the drive
inside it. The tests hold every state to that, and symptoms to 1e-5, against a tight-tolerance solver."""

FINE_FOR_H: Final = 12.0
"""After that what is quick has followed a slow decline, and only half-lives of 4 h and more still move
(pharmacology.md 4.4 changes its step there too)."""

COARSE_STEP_H: Final = 0.25
"""Largest step later: 0.04 of the 4 h half-life, 0.7 of the quickest time constant, stable to 2.78."""
