"""A body with these values of its parameters: what the readable model and the kernels both take."""

from collections.abc import Mapping
from dataclasses import replace
from math import log
from typing import Final

from ajar.pharmacology.fit.prior import Prior
from ajar.pharmacology.u1.absorption import Uptake, shifted_on_logit
from ajar.pharmacology.u1.acute import Sensitivity
from ajar.pharmacology.u1.disposition import Disposition
from ajar.pharmacology.u1.individual import Individual

Values = Mapping[str, float]

DISPOSITION: Final = ("cl_l_h", "v1_l", "ke0_per_h")
UPTAKE: Final = (
    "muscle_ka_per_h",
    "nasal_ka_per_h",
    "nasal_kg_per_h",
    "kg_per_h",
    "muscle_share",
    "nasal_share",
    "escapes_liver_s",
    "mucosal_logit_shift",
)
KINETIC: Final = (*DISPOSITION, *UPTAKE)
"""The parameters on which concentrations depend."""

SENSITIVITY: Final = (
    "c50_ng_ml",
    "cadss_maximum",
    "attenuated_share",
    "systolic_maximum_mmhg",
    "heart_rate_maximum_per_min",
    "sedation_logit",
    "nausea_logit",
)


def body_of(prior: Prior, values: Values, *, pressure_days: tuple[float, ...]) -> Individual:
    """The typical person with these values in place of theirs; S and R of one person move together."""
    typical = prior.typical
    factors = {name: values[name] / getattr(typical.s, name) for name in DISPOSITION if name in values}
    return replace(
        typical,
        s=_moved(typical.s, factors),
        r=_moved(typical.r, factors),
        uptakes=(_uptake(typical.uptakes[0], values),),
        sensitivity=_sensitivity(typical.sensitivity, values),
        pressure_days=pressure_days,
    )


def _moved(typical: Disposition, factors: Values) -> Disposition:
    return replace(typical, **{name: getattr(typical, name) * factor for name, factor in factors.items()})


def _uptake(typical: Uptake, values: Values) -> Uptake:
    changed = {name: values[name] for name in UPTAKE if name in values}
    if "escapes_liver_s" in changed:
        shift = _logit(changed["escapes_liver_s"]) - _logit(typical.escapes_liver_s)
        changed["escapes_liver_r"] = shifted_on_logit(typical.escapes_liver_r, shift)
    return replace(typical, **changed)


def _sensitivity(typical: Sensitivity, values: Values) -> Sensitivity:
    changed = {name: values[name] for name in SENSITIVITY}
    together = changed["systolic_maximum_mmhg"] / typical.systolic_maximum_mmhg
    return replace(typical, **changed, diastolic_maximum_mmhg=typical.diastolic_maximum_mmhg * together)


def _logit(share: float) -> float:
    return log(share / (1.0 - share))
