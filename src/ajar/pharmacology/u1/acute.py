"""What the drug does in the room: pointwise maps of the effect site (pharmacology.md 4.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.molecules import KETAMINE_G_MOL
from ajar.pharmacology.person import Person
from ajar.pharmacology.u1 import acute_table as table


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """How strongly one person answers to an effect-site concentration."""

    c50_ng_ml: float
    cadss_maximum: float
    attenuated_share: float
    systolic_maximum_mmhg: float
    diastolic_maximum_mmhg: float
    heart_rate_maximum_per_min: float
    sedation_logit: float
    nausea_logit: float


def typical_sensitivity(person: Person) -> Sensitivity:
    """The typical sensitivity of someone of this age, with or without hypertension."""
    pressure = _pressure_factor(person)
    return Sensitivity(
        c50_ng_ml=table.C50_NG_ML.value,
        cadss_maximum=table.CADSS_MAXIMUM.value,
        attenuated_share=table.ATTENUATED_SHARE.value,
        systolic_maximum_mmhg=table.SYSTOLIC_MAXIMUM.value * pressure,
        diastolic_maximum_mmhg=table.DIASTOLIC_MAXIMUM.value * pressure,
        heart_rate_maximum_per_min=table.HEART_RATE_MAXIMUM.value,
        sedation_logit=table.SEDATION_LOGIT.value,
        nausea_logit=table.NAUSEA_LOGIT.value,
    )


def _pressure_factor(person: Person) -> float:
    aged = person.age_years is not None and person.age_years >= table.AGED_FROM_YEARS
    hypertension = table.HYPERTENSION_FACTOR.value if person.hypertension else 1.0
    return hypertension * (table.AGED_FACTOR.value if aged else 1.0)


def potent_ng_ml(s_effect_site_ng_ml: FloatArray, r_effect_site_ng_ml: FloatArray) -> FloatArray:
    """The concentration that counts for acute effects: S, and a little of R. Norketamine is not in it."""
    return s_effect_site_ng_ml + table.R_POTENCY.value * r_effect_site_ng_ml


def occupancy(s_effect_site_ng_ml: FloatArray, r_effect_site_ng_ml: FloatArray) -> FloatArray:
    """Share of NMDA receptors blocked at equilibrium; an upper bound, never measured in people (2.5)."""
    per_um = table.UNBOUND_SHARE.value / KETAMINE_G_MOL
    x = per_um * (
        s_effect_site_ng_ml / table.S_NMDA_KI_UM.value + r_effect_site_ng_ml / table.R_NMDA_KI_UM.value
    )
    return x / (1.0 + x)


def earlier_sessions(starts_h: Sequence[float]) -> tuple[float, ...]:
    """How many earlier sessions each one still feels.

    Each session of a course counts one. Beyond a week without a session what was lost comes back, with a
    half-life of 14 days.
    """
    felt = [0.0]
    for earlier_h, later_h in pairwise(starts_h):
        rest_days = max((later_h - earlier_h) / 24.0 - table.SAME_COURSE_DAYS.value, 0.0)
        felt.append((felt[-1] + 1.0) * 0.5 ** (rest_days / table.ATTENUATION_HALF_LIFE_DAYS.value))
    return tuple(felt)


def attenuation(earlier: float, sensitivity: Sensitivity) -> float:
    """What is left of the dissociation after so many earlier sessions: 1.0 for the first, 0.5 in the end."""
    lost = sensitivity.attenuated_share * (1.0 - exp(-earlier / table.ATTENUATION_SESSIONS.value))
    return 1.0 - lost


def cadss(c_ng_ml: FloatArray, sensitivity: Sensitivity, *, attenuated: FloatArray) -> FloatArray:
    """Dissociation, CADSS points."""
    driven = (c_ng_ml / sensitivity.c50_ng_ml) ** table.CADSS_SLOPE.value
    return sensitivity.cadss_maximum * attenuated * driven / (1.0 + driven)


def pressure_rise_mmhg(
    c_ng_ml: FloatArray, *, maximum_mmhg: float, opposing_norketamine_ng_ml: FloatArray
) -> FloatArray:
    """Rise of a blood pressure. The opposing S-norketamine is zero unless that option is on."""
    opposed = 1.0 + opposing_norketamine_ng_ml / table.NORKETAMINE_C50_NG_ML.value
    return maximum_mmhg * c_ng_ml / (table.PRESSURE_C50_NG_ML.value + c_ng_ml) / opposed


def heart_rate_rise_per_min(c_ng_ml: FloatArray, sensitivity: Sensitivity) -> FloatArray:
    """Rise of the heart rate; in some people a fall."""
    return sensitivity.heart_rate_maximum_per_min * c_ng_ml / (table.HEART_RATE_C50_NG_ML.value + c_ng_ml)


def sedation_probability(c_ng_ml: FloatArray, sensitivity: Sensitivity) -> FloatArray:
    """Probability of a MOAA/S score of 4 or less."""
    return _probability(sensitivity.sedation_logit + table.SEDATION_PER_NG_ML.value * c_ng_ml)


def deeper_sedation_probability(c_ng_ml: FloatArray, sensitivity: Sensitivity) -> FloatArray:
    """Probability of a MOAA/S score of 3 or less."""
    logit = sensitivity.sedation_logit + table.DEEPER_LOGIT.value
    return _probability(logit + table.SEDATION_PER_NG_ML.value * c_ng_ml)


def nausea_logit(sensitivity: Sensitivity, *, nausea_before: bool, antiemetic: bool) -> float:
    """The person's own tendency to nausea in a session, before any drug."""
    before = table.NAUSEA_BEFORE_LOGIT.value if nausea_before else 0.0
    return sensitivity.nausea_logit + before + (table.ANTIEMETIC_LOGIT.value if antiemetic else 0.0)


def nausea_probability(c_max_ng_ml: FloatArray, *, logit: float) -> FloatArray:
    """Probability of nausea in a session with this peak at the effect site."""
    return _probability(logit + table.NAUSEA_PER_NG_ML.value * c_max_ng_ml)


def anticipatory_systolic_mmhg(since_start_h: FloatArray) -> FloatArray:
    """What being about to be dosed adds to a systolic pressure, whatever the drug."""
    return table.ANTICIPATORY_SYSTOLIC.value * np.exp(-since_start_h / table.ANTICIPATORY_H.value)


def _probability(logit: FloatArray) -> FloatArray:
    return 1.0 / (1.0 + np.exp(-logit))
