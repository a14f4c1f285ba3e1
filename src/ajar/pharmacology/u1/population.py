"""People who differ: U1's between-person and between-session spread (pharmacology.md 4.1, 4.2 and 4.5).

Where the source gives a spread, a draw has it; where it gives none, everyone is typical.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from math import exp, sqrt
from statistics import NormalDist
from typing import Final

from ajar.pharmacology.chance import deviates, log_sd
from ajar.pharmacology.estimates import Estimate
from ajar.pharmacology.person import Person
from ajar.pharmacology.u1 import acute_table, slow_table
from ajar.pharmacology.u1.absorption import Uptake, shifted_on_logit
from ajar.pharmacology.u1.acute import Sensitivity
from ajar.pharmacology.u1.disposition import Disposition, Option
from ajar.pharmacology.u1.individual import Individual, typical_individual
from ajar.pharmacology.u1.parameters import (
    CADSS_RESPONSE_CORRELATION,
    CL_V1_CORRELATION,
    INTRAMUSCULAR,
    MODEL_ID,
    MUCOSA,
    NASAL,
    S_DISPOSITION,
    SWALLOWED,
    VERSION,
)

SPREAD_DISPOSITION: Final = tuple(
    name for name, estimate in S_DISPOSITION.items() if estimate.between_subject_cv is not None
)
SPREAD_BODY: Final = (
    "muscle_share",
    "muscle_ka",
    "mucosal_share",
    "kg",
    "escapes_liver",
    "nasal_share",
    "nasal_ka",
    "nasal_kg",
    "c50",
    "cadss_maximum",
    "attenuated_share",
    "pressure",
    "heart_rate",
    "sedation",
    "nausea",
    "response_e",
    "resistant",
    "placebo",
)
PERSON_DEVIATES: Final = SPREAD_DISPOSITION + SPREAD_BODY
"""What varies between people, in the order of the draw. A change of order is a change of model version."""

SESSION_DEVIATES: Final = ("mucosal_uptake", "kg", "pressure")
"""What varies between a person's sessions, in the order of the draw."""

Deviates = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One person of a population: the body, and how the symptoms answer to the drug and without it."""

    individual: Individual
    response_e: float
    placebo_logit_shift: float

    def placebo_share(self, mean_share: float) -> float:
        """This person's placebo share among people of that mean; where nobody has any, neither do they.

        Exact for the mean of the source, 0.17; for another the same spread on the logit stands in.
        """
        return shifted_on_logit(mean_share, self.placebo_logit_shift) if mean_share > 0 else 0.0


def draw(
    person: Person, *, seed: int, index: int, sessions: int, options: AbstractSet[Option] = frozenset()
) -> Draw:
    """Number `index` of the people who look like this person. The same for any chunking and any process.

    Raises:
        ValueError: fewer than one session, or a seed or index out of range.
    """
    if sessions < 1:
        raise ValueError(f"A draw is for at least one session, got {sessions}.")
    z = _numbers(PERSON_DEVIATES, seed=seed, index=index, session=0)
    typical = typical_individual(person, options=options)
    uptake = _uptake(typical.uptakes[0], z)
    days = [
        _numbers(SESSION_DEVIATES, seed=seed, index=index, session=number)
        for number in range(1, sessions + 1)
    ]
    individual = replace(
        typical,
        s=_disposition(typical.s, z),
        r=_disposition(typical.r, z),
        uptakes=tuple(_on_the_day(uptake, day) for day in days),
        sensitivity=_sensitivity(typical.sensitivity, z),
        pressure_days=tuple(_pressure_on_the_day(day) for day in days),
    )
    return Draw(individual=individual, response_e=_response_e(z), placebo_logit_shift=_placebo(z))


def _numbers(names: tuple[str, ...], *, seed: int, index: int, session: int) -> dict[str, float]:
    version = f"{MODEL_ID} {VERSION}"
    numbers = deviates(version=version, seed=seed, index=index, session=session, count=len(names))
    return dict(zip(names, numbers, strict=True))


def _factor(estimate: Estimate, z: float) -> float:
    """A log-normal factor of median 1; 1.0 where the source gives no spread."""
    return exp(log_sd(estimate.between_subject_cv or 0.0) * z)


def _correlated(first: float, second: float, correlation: float) -> float:
    return correlation * first + sqrt(1.0 - correlation**2) * second


def _disposition(typical: Disposition, z: Deviates) -> Disposition:
    """S and R of one person move together: clearance is fully correlated, and it is one body."""
    moved = dict(z)
    moved["v1_l"] = _correlated(z["cl_l_h"], z["v1_l"], CL_V1_CORRELATION.value)
    return replace(
        typical,
        **{
            name: getattr(typical, name) * _factor(S_DISPOSITION[name], moved[name])
            for name in SPREAD_DISPOSITION
        },
    )


def _on_logit(share: float, estimate: Estimate, z: float) -> float:
    return shifted_on_logit(share, (estimate.between_subject_logit_sd or 0.0) * z)


def _uptake(typical: Uptake, z: Deviates) -> Uptake:
    s, r = SWALLOWED["escapes_liver_s"], SWALLOWED["escapes_liver_r"]
    muscle, nasal = INTRAMUSCULAR["absorbed_share"], NASAL["absorbed_share"]
    mouth_sd = MUCOSA["uptake_per_min"].between_subject_logit_sd or 0.0
    return replace(
        typical,
        muscle_share=_on_logit(typical.muscle_share, muscle, z["muscle_share"]),
        muscle_ka_per_h=typical.muscle_ka_per_h * _factor(INTRAMUSCULAR["ka_per_h"], z["muscle_ka"]),
        mucosal_logit_shift=mouth_sd * z["mucosal_share"],
        kg_per_h=typical.kg_per_h * _factor(SWALLOWED["kg_per_h"], z["kg"]),
        escapes_liver_s=_on_logit(typical.escapes_liver_s, s, z["escapes_liver"]),
        escapes_liver_r=_on_logit(typical.escapes_liver_r, r, z["escapes_liver"]),
        nasal_share=_on_logit(typical.nasal_share, nasal, z["nasal_share"]),
        nasal_ka_per_h=typical.nasal_ka_per_h * _factor(NASAL["ka_per_h"], z["nasal_ka"]),
        nasal_kg_per_h=typical.nasal_kg_per_h * _factor(NASAL["kg_per_h"], z["nasal_kg"]),
    )


def _on_the_day(usual: Uptake, z: Deviates) -> Uptake:
    """Absorption in one session. The share in the mouth is spread by its rate, and so stays a share."""
    mouth_sd = log_sd(MUCOSA["uptake_per_min"].between_session_cv or 0.0)
    gut_sd = log_sd(SWALLOWED["kg_per_h"].between_session_cv or 0.0)
    return replace(
        usual,
        mucosal_uptake_per_min=usual.mucosal_uptake_per_min * exp(mouth_sd * z["mucosal_uptake"]),
        kg_per_h=usual.kg_per_h * exp(gut_sd * z["kg"]),
    )


def _pressure_on_the_day(z: Deviates) -> float:
    usual = acute_table.PRESSURE_ON_THE_DAY
    return usual.value * exp(log_sd(usual.between_session_cv or 0.0) * z["pressure"])


def _sensitivity(typical: Sensitivity, z: Deviates) -> Sensitivity:
    """Pressures rise together. The attenuated share is spread on its logit, where 30 % of it is this SD."""
    share = typical.attenuated_share
    logit_sd = (acute_table.ATTENUATED_SHARE.between_subject_cv or 0.0) / (1.0 - share)
    pressure = _factor(acute_table.SYSTOLIC_MAXIMUM, z["pressure"])
    rate_sd = acute_table.HEART_RATE_MAXIMUM.between_subject_sd or 0.0
    sedation_sd = acute_table.SEDATION_LOGIT.between_subject_sd or 0.0
    nausea_sd = acute_table.NAUSEA_LOGIT.between_subject_sd or 0.0
    return Sensitivity(
        c50_ng_ml=typical.c50_ng_ml * _factor(acute_table.C50_NG_ML, z["c50"]),
        cadss_maximum=typical.cadss_maximum * _factor(acute_table.CADSS_MAXIMUM, z["cadss_maximum"]),
        attenuated_share=shifted_on_logit(share, logit_sd * z["attenuated_share"]),
        systolic_maximum_mmhg=typical.systolic_maximum_mmhg * pressure,
        diastolic_maximum_mmhg=typical.diastolic_maximum_mmhg * pressure,
        heart_rate_maximum_per_min=typical.heart_rate_maximum_per_min + rate_sd * z["heart_rate"],
        sedation_logit=typical.sedation_logit + sedation_sd * z["sedation"],
        nausea_logit=typical.nausea_logit + nausea_sd * z["nausea"],
    )


def _response_e(z: Deviates) -> float:
    """How strongly the symptoms answer: a little more in those who dissociate more, and little in a third."""
    common = _correlated(z["cadss_maximum"], z["response_e"], CADSS_RESPONSE_CORRELATION.value)
    resistant = NormalDist().cdf(z["resistant"]) < slow_table.RESISTANT_SHARE.value
    response_e = slow_table.RESPONSE_E.value * _factor(slow_table.RESPONSE_E, common)
    return response_e * (slow_table.RESISTANT_FACTOR.value if resistant else 1.0)


def _placebo(z: Deviates) -> float:
    shift = slow_table.PLACEBO_LOGIT_SHIFT
    return shift.value + (shift.between_subject_sd or 0.0) * z["placebo"]
