"""What may differ in this person, how widely, and which records say something about it (pharmacology.md 4.5).

A parameter is a standard deviate z that is moved onto its own scale. The deviates are normal with variance 1
and the correlations that 4.5 keeps. Disposition and what is absorbed are in it only where a level was
measured; absorption rates and ke0 only where a reading shows how fast something came.
"""

from collections.abc import Callable, Mapping, Sequence
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


SPREAD: Final[Mapping[Scale, Callable[[Estimate], float | None]]] = {
    Scale.LOG: lambda estimate: log_sd(estimate.between_subject_cv or 0.0),
    Scale.LOGIT: lambda estimate: estimate.between_subject_logit_sd,
    Scale.ADDED: lambda estimate: estimate.between_subject_sd,
}
"""The SD of a parameter on its scale, from the spread that its source prints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A parameter that U1's own tables know: where its spread stands, and what tells of it.

    `routes` are those that have it; empty: every route.
    """

    label: str
    unit: str
    scale: Scale
    estimate: Estimate
    informed_by: frozenset[Kind]
    routes: frozenset[Route] = frozenset()

    def around(self, name: str, typical: float) -> Parameter:
        """The parameter of somebody whose like have this median."""
        return Parameter(
            name=name,
            label=self.label,
            unit=self.unit,
            scale=self.scale,
            typical=typical,
            sd=SPREAD[self.scale](self.estimate) or 0.0,
            informed_by=self.informed_by,
        )


def _row(label: str, unit: str, scale: Scale, estimate: Estimate, informed_by: frozenset[Kind] | Kind) -> Row:
    kinds = frozenset({informed_by}) if isinstance(informed_by, Kind) else informed_by
    return Row(label=label, unit=unit, scale=scale, estimate=estimate, informed_by=kinds)


def _by_route(
    label: str,
    unit: str,
    scale: Scale,
    estimate: Estimate,
    informed_by: frozenset[Kind],
    routes: frozenset[Route],
) -> Row:
    return Row(label=label, unit=unit, scale=scale, estimate=estimate, informed_by=informed_by, routes=routes)


LOG, LOGIT, ADDED = Scale.LOG, Scale.LOGIT, Scale.ADDED
MUSCLE: Final = frozenset({Route.INTRAMUSCULAR, Route.SUBCUTANEOUS})
MOUTH: Final = frozenset({Route.SUBLINGUAL, Route.ORAL})
TONGUE: Final = frozenset({Route.SUBLINGUAL})
NOSE: Final = frozenset({Route.NASAL})
RISE: Final = VITALS | {Kind.CADSS}

BASELINES: Final[Mapping[str, Row]] = {
    "sbp_baseline_mmhg": _row(
        "Usual systolic pressure", "mm[Hg]", ADDED, table.SYSTOLIC_BASELINE, Kind.SYSTOLIC
    ),
    "dbp_baseline_mmhg": _row(
        "Usual diastolic pressure", "mm[Hg]", ADDED, table.DIASTOLIC_BASELINE, Kind.DIASTOLIC
    ),
    "heart_rate_baseline_per_min": _row(
        "Usual pulse", "/min", ADDED, table.HEART_RATE_BASELINE, Kind.HEART_RATE
    ),
}
ANTICIPATION: Final = _row(
    "Systolic rise before a session", "mm[Hg]", ADDED, table.ANTICIPATORY, Kind.SYSTOLIC
)

ANSWERS: Final[Mapping[str, Row]] = {
    "systolic_maximum_mmhg": _row(
        "Largest systolic rise (the diastolic goes with it)",
        "mm[Hg]",
        LOG,
        acute_table.SYSTOLIC_MAXIMUM,
        PRESSURES,
    ),
    "heart_rate_maximum_per_min": _row(
        "Largest pulse change", "/min", ADDED, acute_table.HEART_RATE_MAXIMUM, Kind.HEART_RATE
    ),
    "c50_ng_ml": _row(
        "Concentration of half the dissociation", "ng/mL", LOG, acute_table.C50_NG_ML, Kind.CADSS
    ),
    "cadss_maximum": _row(
        "Largest dissociation, CADSS", "{score}", LOG, acute_table.CADSS_MAXIMUM, Kind.CADSS
    ),
    "attenuated_share": _row(
        "Dissociation lost over sessions", "1", LOGIT, table.ATTENUATED_SHARE, Kind.CADSS
    ),
    "sedation_logit": _row("Tendency to sedation", "logit", ADDED, acute_table.SEDATION_LOGIT, Kind.SEDATION),
    "nausea_logit": _row("Tendency to nausea", "logit", ADDED, acute_table.NAUSEA_LOGIT, Kind.NAUSEA),
}
"""How strongly the person answers in the room: free always, without a record as wide as in everyone."""

KE0: Final = _row("Rate into the effect site, ke0", "1/h", LOG, S_DISPOSITION["ke0_per_h"], VITALS)

RATES: Final[Mapping[str, Row]] = {
    "muscle_ka_per_h": _by_route(
        "Absorption rate from muscle", "1/h", LOG, INTRAMUSCULAR["ka_per_h"], RISE, MUSCLE
    ),
    "nasal_ka_per_h": _by_route("Absorption rate from the nose", "1/h", LOG, NASAL["ka_per_h"], RISE, NOSE),
    "nasal_kg_per_h": _by_route(
        "Absorption rate of what is swallowed from the nose", "1/h", LOG, NASAL["kg_per_h"], RISE, NOSE
    ),
    "kg_per_h": _by_route("Absorption rate from the gut", "1/h", LOG, SWALLOWED["kg_per_h"], RISE, MOUTH),
}
"""What the shape of a rise tells, if anything does."""

DISPOSITION: Final[Mapping[str, Row]] = {
    "cl_l_h": _row("Clearance, CL", "L/h", LOG, S_DISPOSITION["cl_l_h"], LEVELS),
    "v1_l": _row("Central volume, V1", "L", LOG, S_DISPOSITION["v1_l"], LEVELS),
}
SHARES: Final[Mapping[str, Row]] = {
    "muscle_share": _by_route(
        "Share absorbed from muscle", "1", LOGIT, INTRAMUSCULAR["absorbed_share"], LEVELS, MUSCLE
    ),
    "nasal_share": _by_route("Share absorbed in the nose", "1", LOGIT, NASAL["absorbed_share"], LEVELS, NOSE),
    "escapes_liver_s": _by_route(
        "Share that passes the liver", "1", LOGIT, SWALLOWED["escapes_liver_s"], LEVELS, MOUTH
    ),
    "mucosal_logit_shift": _by_route(
        "Share absorbed in the mouth, from the usual", "logit", ADDED, table.MOUTH, LEVELS, TONGUE
    ),
}
"""Only a blood level tells these from sensitivity."""


def _baselines(history: History) -> list[Parameter]:
    """Where the person's readings start from. No source prints a mean: the first reading is the middle."""
    found = []
    for name, row in BASELINES.items():
        of_it = (record.value for record in history.records if record.kind in row.informed_by)
        first = next(of_it, None)
        if first is not None:
            found.append(row.around(name, first))
    if Kind.SYSTOLIC in history.kinds:
        usual = acute_table.ANTICIPATORY_SYSTOLIC.value
        found.append(ANTICIPATION.around("anticipatory_systolic_mmhg", usual))
    return found


def _sensitivity(typical: Individual) -> list[Parameter]:
    body = typical.sensitivity
    return [row.around(name, getattr(body, name)) for name, row in ANSWERS.items()]


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
    shared = Parameter(
        name="placebo_share",
        label="Share of symptoms that goes without the drug",
        unit="1",
        scale=Scale.LOGIT,
        typical=share,
        sd=shift.between_subject_sd or 0.0,
        informed_by=SCORES,
    )
    return [*answering, shared]


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


def _of_routes(history: History, typical: Individual, rows: Mapping[str, Row]) -> list[Parameter]:
    routes = frozenset(event.route for event in history.regimen.events)
    uptake = typical.uptakes[0]
    return [row.around(name, getattr(uptake, name)) for name, row in rows.items() if row.routes & routes]


def _rates(history: History, typical: Individual) -> list[Parameter]:
    """ke0 and absorption rates."""
    ke0 = KE0.around("ke0_per_h", typical.s.ke0_per_h)
    return [ke0, *_of_routes(history, typical, RATES)]


def _levels(history: History, typical: Individual) -> list[Parameter]:
    """CL, V1 and what is absorbed."""
    found = [row.around(name, getattr(typical.s, name)) for name, row in DISPOSITION.items()]
    return [*found, *_of_routes(history, typical, SHARES)]
