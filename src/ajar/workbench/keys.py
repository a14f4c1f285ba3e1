"""Every number of a summary: its key, its unit, what it is. The schema and its page are written from this."""

from dataclasses import dataclass
from typing import Final

SHAPE: Final = "1"
"""Version of the summary's shape. It changes when a key goes or means something else, not when one comes."""

PURPOSE: Final = "research and teaching; not for therapy decisions"

QUANTILE_KEYS: Final = {0.05: "q05", 0.25: "q25", 0.5: "q50", 0.75: "q75", 0.95: "q95"}

OF_A_CURVE: Final = {
    "cmax": ("ng/mL", "highest value on a grid of one minute over the first 24 h"),
    "tmax_h": ("h", "when it was first reached, from the start of the first dose"),
    "auc_0_24": (
        "ng.h/mL",
        "area over the first 24 h: linear while the curve rises, logarithmic while it falls",
    ),
}
"""What is said of each concentration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extreme:
    """The highest (or lowest) value of a curve, over the first 24 h or over the whole simulation."""

    curve: str
    unit: str
    words: str
    first_day: bool = True
    lowest: bool = False


EXTREMES: Final = {
    "s_effect_site_peak_ng_ml": Extreme(
        curve="s_effect_site_ng_ml", unit="ng/mL", words="S-ketamine at the effect site"
    ),
    "cadss_peak": Extreme(curve="cadss", unit="points", words="dissociation, CADSS of 23 items (0-92)"),
    "sbp_rise_peak_mmhg": Extreme(
        curve="sbp_rise_mmhg", unit="mmHg", words="rise of the systolic pressure by the drug"
    ),
    "dbp_rise_peak_mmhg": Extreme(
        curve="dbp_rise_mmhg", unit="mmHg", words="rise of the diastolic pressure by the drug"
    ),
    "heart_rate_rise_peak_per_min": Extreme(
        curve="heart_rate_rise_per_min", unit="/min", words="rise of the pulse by the drug"
    ),
    "nmda_block_peak_share": Extreme(
        curve="nmda_block", unit="1", words="share of NMDA receptors blocked, an upper bound"
    ),
    "sedation_probability_peak": Extreme(
        curve="sedation_probability", unit="1", words="chance of MOAA/S 4 or less"
    ),
    "deeper_sedation_probability_peak": Extreme(
        curve="deeper_sedation_probability", unit="1", words="chance of MOAA/S 3 or less"
    ),
    "glutamate_excess_peak": Extreme(
        curve="glutamate_excess", unit="1", words="excess release of glutamate, share of rest"
    ),
    "mtorc1_translation_peak": Extreme(
        curve="mtorc1_translation", unit="1", words="mTORC1 and translation, 0 to 1"
    ),
    "synaptic_gain_peak": Extreme(
        curve="synaptic_gain", unit="1", words="synaptic gain, 0 to 1", first_day=False
    ),
    "fast_circuit_peak": Extreme(
        curve="fast_circuit", unit="1", words="fast circuit effect, 0 to 1", first_day=False
    ),
    "default_mode_lowest_sd": Extreme(
        curve="default_mode_sd",
        unit="SD",
        words="connectivity of the default-mode network against normal",
        lowest=True,
    ),
    "peripheral_bdnf_peak_percent": Extreme(
        curve="peripheral_bdnf_percent", unit="%", words="change of BDNF in plasma"
    ),
    "cytokines_lowest_share": Extreme(
        curve="cytokines_share", unit="1", words="cytokines, share of baseline", lowest=True
    ),
}
"""Keys of extremes: of the first 24 h on a grid of one minute, unless it says otherwise."""

DRUG: Final = "madrs_change"
TOTAL: Final = "madrs_change_with_placebo"
RECALLED: Final = "phq9"

SYMPTOMS: Final = {
    DRUG: (
        "points",
        "change of MADRS by the drug alone: the baseline times the share the drug takes away, as a negative "
        "number; no placebo, no waiting; never past the end of the scale",
    ),
    TOTAL: (
        "points",
        "change of MADRS in all: the drug and what goes without it (17 % of the baseline, within hours, and "
        "it stays gone)",
    ),
    RECALLED: (
        "points",
        "PHQ-9 expected from MADRS (with placebo) averaged over the 14 days before, as people recall it",
    ),
}
"""Keys of symptoms, each followed by when: `_40_min`, `_2_h`, `_4_h`, `_day_1`, ... counted from the first
dose."""

EARLY_KEYS: Final = ("40_min", "2_h", "4_h")

BY_SESSION: Final = {
    "cadss_peak_session": ("points", "peak of CADSS in session n, after what the sessions before left of it"),
    "nausea_probability_session": ("1", "chance of nausea in session n"),
}

SHARES: Final = {
    "response": "share of people whose MADRS (with placebo) has fallen by half of the baseline or more",
    "remission_madrs_10": "share of people whose MADRS (with placebo) is 10 or less",
    "remission_madrs_12": "share of people whose MADRS (with placebo) is 12 or less",
}


def day_key(stem: str, day: int) -> str:
    """The key of something on a day."""
    return f"{stem}_day_{day}"
