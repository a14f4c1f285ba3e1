"""What may differ in this person, how widely, and which records say something about it (pharmacology.md 4.5).

A parameter is a standard deviate z that is moved onto its own scale. The deviates are normal with variance 1
and the correlations that 4.5 keeps. Disposition and what is absorbed are in it only where a level was
measured; absorption rates and ke0 only where a reading shows how fast something came.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from math import exp
from typing import Final

import numpy as np

from ajar.pharmacology.chance import log_sd
from ajar.pharmacology.estimates import Estimate
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.fit import table
from ajar.pharmacology.fit.records import LEVELS, PRESSURES, SCORES, VITALS, History, Kind
from ajar.pharmacology.regimen import Route
from ajar.pharmacology.u1 import acute_table, slow_table
from ajar.pharmacology.u1.absorption import shifted_on_logit
from ajar.pharmacology.u1.individual import Individual, typical_individual
from ajar.pharmacology.u1.parameters import (
    CL_V1_CORRELATION,
    INTRAMUSCULAR,
    MUCOSA,
    NASAL,
    S_DISPOSITION,
    SWALLOWED,
)


class Scale(StrEnum):
    """On which scale a parameter is normal between people."""

    LOG = "log-normal"
    LOGIT = "logit-normal"
    ADDED = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One number of a person: its median among people like this one, its SD on its scale, what tells of it.

    `session` is the session, counted from 1, of what differs from day to day.
    """

    name: str
    label: str
    unit: str
    scale: Scale
    typical: float
    sd: float
    informed_by: frozenset[Kind]
    session: int | None = None

    def values(self, deviates: FloatArray) -> FloatArray:
        """The parameter at these deviates."""
        moved = self.sd * deviates
        if self.scale is Scale.LOG:
            return np.asarray(self.typical * np.exp(moved))
        if self.scale is Scale.LOGIT:
            return np.asarray(1.0 / (1.0 + (1.0 - self.typical) / self.typical * np.exp(-moved)))
        return np.asarray(self.typical + moved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A parameter that stays where it is in people like this one, and why."""

    label: str
    because: str


NO_LEVEL: Final = "no blood level: held at the value of people like this one"
NO_READING: Final = "no reading in a session: held at the value of people like this one"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prior:
    """The parameters that are free, the correlation of their deviates, and those that are held."""

    parameters: tuple[Parameter, ...]
    correlation: FloatArray
    held: tuple[Held, ...]
    typical: Individual

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the free parameters, in the order of the deviates."""
        return tuple(parameter.name for parameter in self.parameters)

    def values(self, deviates: FloatArray) -> dict[str, FloatArray]:
        """Every free parameter at deviates [n, parameters]: an array [n] each."""
        return {one.name: one.values(deviates[:, row]) for row, one in enumerate(self.parameters)}


def prior_of(history: History) -> Prior:
    """The prior of a person with this history: the table of 4.5, as far as the records go."""
    typical = typical_individual(history.person, options=history.circumstances.options)
    wanted = list(chain(_baselines(history), _sensitivity(typical), _symptoms(history), _days(history)))
    held: list[Held] = []
    for parameters, because in (
        (_rates(history, typical), NO_READING),
        (_levels(history, typical), NO_LEVEL),
    ):
        for parameter in parameters:
            if parameter.informed_by & history.kinds:
                wanted.append(parameter)
            else:
                held.append(Held(label=parameter.label, because=because))
    held.append(
        Held(
            label="How long a gain lasts",
            because="scores speak of it, but no source prints how it differs between people",
        )
    )
    return Prior(
        parameters=tuple(wanted), correlation=_correlation(wanted), held=tuple(held), typical=typical
    )


def _correlation(parameters: Sequence[Parameter]) -> FloatArray:
    """The correlations worth keeping (4.5); that of CL of S and of R is 1, one parameter moves both."""
    names = [parameter.name for parameter in parameters]
    matrix = np.eye(len(names))
    for first, second, kept in (
        ("cl_l_h", "v1_l", CL_V1_CORRELATION),
        ("cadss_maximum", "response_e", table.CADSS_RESPONSE),
    ):
        if first in names and second in names:
            row, column = names.index(first), names.index(second)
            matrix[row, column] = matrix[column, row] = kept.value
    return matrix


def _log_normal(
    name: str, label: str, unit: str, typical: float, estimate: Estimate, informed_by: frozenset[Kind]
) -> Parameter:
    return Parameter(
        name=name,
        label=label,
        unit=unit,
        scale=Scale.LOG,
        typical=typical,
        sd=log_sd(estimate.between_subject_cv or 0.0),
        informed_by=informed_by,
    )


def _logit_normal(
    name: str, label: str, typical: float, logit_sd: float | None, informed_by: frozenset[Kind]
) -> Parameter:
    return Parameter(
        name=name,
        label=label,
        unit="1",
        scale=Scale.LOGIT,
        typical=typical,
        sd=logit_sd or 0.0,
        informed_by=informed_by,
    )


def _added(
    name: str, label: str, unit: str, typical: float, sd: float | None, informed_by: frozenset[Kind]
) -> Parameter:
    return Parameter(
        name=name,
        label=label,
        unit=unit,
        scale=Scale.ADDED,
        typical=typical,
        sd=sd or 0.0,
        informed_by=informed_by,
    )


def _baselines(history: History) -> list[Parameter]:
    """Where the person's readings start from. No source prints a mean: the first reading is the middle."""
    rows = (
        (Kind.SYSTOLIC, "sbp_baseline_mmhg", "Usual systolic pressure", "mm[Hg]", table.SYSTOLIC_BASELINE_SD),
        (
            Kind.DIASTOLIC,
            "dbp_baseline_mmhg",
            "Usual diastolic pressure",
            "mm[Hg]",
            table.DIASTOLIC_BASELINE_SD,
        ),
        (Kind.HEART_RATE, "heart_rate_baseline_per_min", "Usual pulse", "/min", table.HEART_RATE_BASELINE_SD),
    )
    found = []
    for kind, name, label, unit, sd in rows:
        first = next((record.value for record in history.records if record.kind is kind), None)
        if first is not None:
            found.append(_added(name, label, unit, first, sd.value, frozenset({kind})))
    if Kind.SYSTOLIC in history.kinds:
        found.append(
            _added(
                "anticipatory_systolic_mmhg",
                "Systolic rise before a session",
                "mm[Hg]",
                acute_table.ANTICIPATORY_SYSTOLIC.value,
                table.ANTICIPATORY_SD.value,
                frozenset({Kind.SYSTOLIC}),
            )
        )
    return found


def _sensitivity(typical: Individual) -> list[Parameter]:
    """How strongly the person answers in the room. Without a record each stays as wide as in everyone."""
    body = typical.sensitivity
    cadss, lost = frozenset({Kind.CADSS}), acute_table.ATTENUATED_SHARE
    lost_sd = (lost.between_subject_cv or 0.0) / (1.0 - lost.value)
    pulse, drowsy, sick = (
        acute_table.HEART_RATE_MAXIMUM,
        acute_table.SEDATION_LOGIT,
        acute_table.NAUSEA_LOGIT,
    )
    return [
        _log_normal(
            "systolic_maximum_mmhg",
            "Largest systolic rise (the diastolic goes with it)",
            "mm[Hg]",
            body.systolic_maximum_mmhg,
            acute_table.SYSTOLIC_MAXIMUM,
            PRESSURES,
        ),
        _added(
            "heart_rate_maximum_per_min",
            "Largest pulse change",
            "/min",
            body.heart_rate_maximum_per_min,
            pulse.between_subject_sd,
            frozenset({Kind.HEART_RATE}),
        ),
        _log_normal(
            "c50_ng_ml",
            "Concentration of half the dissociation",
            "ng/mL",
            body.c50_ng_ml,
            acute_table.C50_NG_ML,
            cadss,
        ),
        _log_normal(
            "cadss_maximum",
            "Largest dissociation, CADSS",
            "{score}",
            body.cadss_maximum,
            acute_table.CADSS_MAXIMUM,
            cadss,
        ),
        _logit_normal(
            "attenuated_share", "Dissociation lost over sessions", body.attenuated_share, lost_sd, cadss
        ),
        _added(
            "sedation_logit",
            "Tendency to sedation",
            "logit",
            body.sedation_logit,
            drowsy.between_subject_sd,
            frozenset({Kind.SEDATION}),
        ),
        _added(
            "nausea_logit",
            "Tendency to nausea",
            "logit",
            body.nausea_logit,
            sick.between_subject_sd,
            frozenset({Kind.NAUSEA}),
        ),
    ]


def _symptoms(history: History) -> list[Parameter]:
    given, shift = history.circumstances.symptoms, slow_table.PLACEBO_LOGIT_SHIFT
    response = Parameter(
        name="response_e",
        label="How strongly symptoms answer to the drug, E",
        unit="1",
        scale=Scale.LOG,
        typical=(given.response_e if given else slow_table.RESPONSE_E.value)
        * exp(table.RESPONSE_LOG_SHIFT.value),
        sd=table.RESPONSE_LOG_SD.value,
        informed_by=SCORES,
    )
    answering = [] if given is not None and given.response_e == 0 else [response]
    if given is None or given.placebo_share == 0:
        return answering
    share = shifted_on_logit(given.placebo_share, shift.value)
    placebo = "Share of symptoms that goes without the drug"
    return [
        *answering,
        _logit_normal("placebo_share", placebo, share, shift.between_subject_sd, SCORES),
    ]


def _days(history: History) -> list[Parameter]:
    """How pressure answers on each day that has a pressure, over the person's usual (kappa of 4.5)."""
    usual = acute_table.PRESSURE_ON_THE_DAY
    numbers = sorted({history.session_of(one) for one in history.records if one.kind in PRESSURES})
    return [
        Parameter(
            name=day_name(number),
            label=f"Pressure response of session {number}, over the usual",
            unit="1",
            scale=Scale.LOG,
            typical=usual.value,
            sd=log_sd(usual.between_session_cv or 0.0),
            informed_by=PRESSURES,
            session=number,
        )
        for number in numbers
    ]


def day_name(session: int) -> str:
    """The name of the pressure response of a session, counted from 1."""
    return f"pressure_day_{session}"


def _routes(history: History) -> frozenset[Route]:
    return frozenset(event.route for event in history.regimen.events)


MUSCLE: Final = frozenset({Route.INTRAMUSCULAR, Route.SUBCUTANEOUS})
MOUTH: Final = frozenset({Route.SUBLINGUAL, Route.ORAL})
NOSE: Final = frozenset({Route.NASAL})

RATES: Final[Mapping[str, tuple[frozenset[Route], str, Estimate]]] = {
    "muscle_ka_per_h": (MUSCLE, "Absorption rate from muscle", INTRAMUSCULAR["ka_per_h"]),
    "nasal_ka_per_h": (NOSE, "Absorption rate from the nose", NASAL["ka_per_h"]),
    "nasal_kg_per_h": (NOSE, "Absorption rate of what is swallowed from the nose", NASAL["kg_per_h"]),
    "kg_per_h": (MOUTH, "Absorption rate from the gut", SWALLOWED["kg_per_h"]),
}
"""Absorption rates by the routes that have them; the spreads are those of the routes table."""


def _rates(history: History, typical: Individual) -> list[Parameter]:
    """ke0 and absorption rates: what the shape of a rise tells, if anything."""
    routes, uptake = _routes(history), typical.uptakes[0]
    ke0 = _log_normal(
        "ke0_per_h",
        "Rate into the effect site, ke0",
        "1/h",
        typical.s.ke0_per_h,
        S_DISPOSITION["ke0_per_h"],
        VITALS,
    )
    return [ke0] + [
        _log_normal(name, label, "1/h", getattr(uptake, name), estimate, VITALS | {Kind.CADSS})
        for name, (by, label, estimate) in RATES.items()
        if by & routes
    ]


def _levels(history: History, typical: Individual) -> list[Parameter]:
    """CL, V1 and what is absorbed: only a blood level tells them from sensitivity."""
    routes, uptake = _routes(history), typical.uptakes[0]
    found = [
        _log_normal("cl_l_h", "Clearance, CL", "L/h", typical.s.cl_l_h, S_DISPOSITION["cl_l_h"], LEVELS),
        _log_normal("v1_l", "Central volume, V1", "L", typical.s.v1_l, S_DISPOSITION["v1_l"], LEVELS),
    ]
    shares = (
        (
            "muscle_share",
            MUSCLE,
            "Share absorbed from muscle",
            uptake.muscle_share,
            INTRAMUSCULAR["absorbed_share"],
        ),
        ("nasal_share", NOSE, "Share absorbed in the nose", uptake.nasal_share, NASAL["absorbed_share"]),
        (
            "escapes_liver_s",
            MOUTH,
            "Share that passes the liver",
            uptake.escapes_liver_s,
            SWALLOWED["escapes_liver_s"],
        ),
    )
    found += [
        _logit_normal(name, label, typical_share, estimate.between_subject_logit_sd, LEVELS)
        for name, by, label, typical_share, estimate in shares
        if by & routes
    ]
    if Route.SUBLINGUAL in routes:
        mouth_sd = MUCOSA["uptake_per_min"].between_subject_logit_sd
        shift = "Share absorbed in the mouth, from the usual"
        found.append(_added("mucosal_logit_shift", shift, "logit", 0.0, mouth_sd, LEVELS))
    return found
