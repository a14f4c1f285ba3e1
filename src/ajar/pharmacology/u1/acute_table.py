"""U1's acute effects, as data: the table of pharmacology.md 4.2, every number with its source."""

from typing import Final

from ajar.pharmacology.estimates import Estimate, Tag

_SECTION: Final = "pharmacology.md 4.2"

R_POTENCY: Final = Estimate(
    value=0.15,
    unit="1",
    source=f"{_SECTION}: none detected by Olofsen 2022, kept for caution (0-0.33)",
    tag=Tag.H,
)
C50_NG_ML: Final = Estimate(
    value=121.0,
    unit="ng/mL",
    source="pharmacology.md 2.1: Olofsen 2022, doi:10.1097/ALN.0000000000004176 (90-157)",
    tag=Tag.A,
    between_subject_cv=0.45,
)
CADSS_MAXIMUM: Final = Estimate(
    value=32.0, unit="points", source=f"{_SECTION}, from section 2.2", tag=Tag.D, between_subject_cv=0.50
)
CADSS_SLOPE: Final = Estimate(value=2.2, unit="1", source=f"{_SECTION}, from section 2.2", tag=Tag.D)

ATTENUATED_SHARE: Final = Estimate(
    value=0.5, unit="1", source=f"{_SECTION}, attenuation", tag=Tag.H, between_subject_cv=0.30
)
"""How much of the dissociation is lost in the end."""
ATTENUATION_SESSIONS: Final = Estimate(
    value=3.0, unit="sessions", source=f"{_SECTION}, attenuation", tag=Tag.H
)
ATTENUATION_HALF_LIFE_DAYS: Final = Estimate(
    value=14.0, unit="d", source=f"{_SECTION}, attenuation recovers", tag=Tag.H
)
SAME_COURSE_DAYS: Final = Estimate(
    value=7.0,
    unit="d",
    source=f"{_SECTION} counts the sessions of a course; up to weekly is read as one course, longer as rest",
    tag=Tag.H,
)

SYSTOLIC_MAXIMUM: Final = Estimate(
    value=35.0, unit="mm[Hg]", source=f"{_SECTION}, from Vankawala 2021", tag=Tag.D, between_subject_cv=0.60
)
PRESSURE_ON_THE_DAY: Final = Estimate(
    value=1.0,
    unit="1",
    source="pharmacology.md 4.5: between sessions, also BP response 25 %",
    tag=Tag.H,
    between_session_cv=0.25,
)
"""How strongly pressure answers in one session, over the person's usual; systolic and diastolic together."""
DIASTOLIC_MAXIMUM: Final = Estimate(
    value=23.0, unit="mm[Hg]", source=f"{_SECTION}, from Vankawala 2021", tag=Tag.D, between_subject_cv=0.60
)
PRESSURE_C50_NG_ML: Final = Estimate(value=300.0, unit="ng/mL", source=_SECTION, tag=Tag.D)
HYPERTENSION_FACTOR: Final = Estimate(
    value=1.3, unit="1", source=f"{_SECTION}, spread of pressure", tag=Tag.H
)
AGED_FACTOR: Final = Estimate(
    value=1.2, unit="1", source=f"{_SECTION}, spread of pressure: age 50 or more", tag=Tag.H
)
AGED_FROM_YEARS: Final = 50.0
"""From this age the pressure rises more (pharmacology.md 4.2)."""
NORKETAMINE_C50_NG_ML: Final = Estimate(
    value=600.0, unit="ng/mL", source=f"{_SECTION}; direction Kamp 2021, size chosen", tag=Tag.H
)
HEART_RATE_MAXIMUM: Final = Estimate(
    value=30.0, unit="/min", source=f"{_SECTION}, from Vankawala 2021", tag=Tag.D, between_subject_sd=30.0
)
HEART_RATE_C50_NG_ML: Final = Estimate(value=600.0, unit="ng/mL", source=_SECTION, tag=Tag.D)

SEDATION_LOGIT: Final = Estimate(
    value=-2.4, unit="logit", source=f"{_SECTION}: MOAA/S 4 or less", tag=Tag.H, between_subject_sd=1.0
)
SEDATION_PER_NG_ML: Final = Estimate(value=0.018, unit="logit.mL/ng", source=_SECTION, tag=Tag.H)
DEEPER_LOGIT: Final = Estimate(value=-2.2, unit="logit", source=f"{_SECTION}: MOAA/S 3 or less", tag=Tag.H)

NAUSEA_LOGIT: Final = Estimate(
    value=-4.7, unit="logit", source=f"{_SECTION}, from section 2.4", tag=Tag.D, between_subject_sd=1.5
)
NAUSEA_PER_NG_ML: Final = Estimate(value=0.009, unit="logit.mL/ng", source=_SECTION, tag=Tag.D)
NAUSEA_BEFORE_LOGIT: Final = Estimate(value=1.2, unit="logit", source=f"{_SECTION}: prior nausea", tag=Tag.H)
ANTIEMETIC_LOGIT: Final = Estimate(value=-0.8, unit="logit", source=f"{_SECTION}: antiemetic", tag=Tag.H)

ANTICIPATORY_SYSTOLIC: Final = Estimate(
    value=3.0, unit="mm[Hg]", source=f"{_SECTION}, vitals observed", tag=Tag.H
)
ANTICIPATORY_H: Final = Estimate(value=0.5, unit="h", source=f"{_SECTION}, vitals observed", tag=Tag.H)

UNBOUND_SHARE: Final = Estimate(value=0.55, unit="1", source="pharmacology.md 2.5: label", tag=Tag.A)
S_NMDA_KI_UM: Final = Estimate(
    value=0.30,
    unit="umol/L",
    source="pharmacology.md 2.5: Ebert 1997; Moaddel 2013 (rat forebrain)",
    tag=Tag.B,
)
R_NMDA_KI_UM: Final = Estimate(
    value=1.4,
    unit="umol/L",
    source="pharmacology.md 2.5: Ebert 1997; Moaddel 2013 (rat forebrain)",
    tag=Tag.B,
)
