"""What to expect of this person next, as bands: bodies drawn from their posterior, given a regimen.

A next session is asked about as the regimen so far and one session more, so that what was attenuated stays
so. What differs from day to day is drawn anew for every session that was not yet, or has no pressures.
"""

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp, log
from typing import Final

import numpy as np

from ajar.pharmacology.chance import deviates, log_sd
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.fit.body import body_of
from ajar.pharmacology.fit.posterior import Posterior
from ajar.pharmacology.fit.prior import day_name
from ajar.pharmacology.forecast import FEWEST_PEOPLE, QUANTILES, Forecast, band_of
from ajar.pharmacology.members import KERNELS, Asked, glanced
from ajar.pharmacology.regimen import Regimen, Route
from ajar.pharmacology.u1.absorption import Uptake
from ajar.pharmacology.u1.acute_table import PRESSURE_ON_THE_DAY
from ajar.pharmacology.u1.model import course_of
from ajar.pharmacology.u1.parameters import MODEL_ID, MUCOSA, SWALLOWED, VERSION
from ajar.pharmacology.u1.population import SESSION_DEVIATES, Draw
from ajar.pharmacology.u1.slow_table import RESPONSE_E

BODIES: Final = "ajar.pharmacology.lanes.bodies"

_STREAM: Final = f"{MODEL_ID} {VERSION} posterior, days"

HELD: Final = (
    "What is held is the same in every draw: where little was recorded, a band is narrower than of people "
    "like this one."
)

Day = Mapping[str, float]


def forecast_of(
    posterior: Posterior,
    regimen: Regimen,
    *,
    times_h: FloatArray,
    outputs: Sequence[str],
    draws: int,
    seed: int,
) -> Forecast:
    """Quantiles of these outputs (names of U1's curves) over draws from a person's posterior.

    Raises:
        OutsideDomain: U1 does not know this route, product or amount.
        ValueError: too few draws, or times as in `simulate`.
        KeyError: an output U1 does not have.
    """
    if draws < FEWEST_PEOPLE:
        raise ValueError(f"A band needs at least {FEWEST_PEOPLE} draws, got {draws}.")
    asked = Asked(
        regimen=regimen,
        person=posterior.history.person,
        seed=seed,
        times_h=times_h,
        outputs=tuple(outputs),
        circumstances=posterior.history.circumstances,
    )
    glance = glanced(asked)
    seen = _curves(asked, people_of(posterior, regimen, count=draws, seed=seed))
    bands = {
        name: band_of(glance.curves[name], asked.times_h, np.quantile(seen[name], QUANTILES, axis=0))
        for name in outputs
    }
    return Forecast(
        model_id=MODEL_ID,
        model_version=VERSION,
        people=draws,
        seed=seed,
        bands=bands,
        notes=(*glance.notes, *posterior.notes, HELD),
    )


def people_of(posterior: Posterior, regimen: Regimen, *, count: int, seed: int) -> list[Draw]:
    """Bodies drawn from a posterior, with days of their own for a regimen. The same for the same seed.

    `response_e` of a draw multiplies that of the circumstances, as in `simulate_member`.

    Raises:
        ValueError: fewer than one, or a seed out of range.
    """
    values = posterior.prior.values(posterior.draws(count=count, seed=seed))
    absorbed = any(event.route is not Route.INTRAVENOUS for event in regimen.events)
    was = _sessions_that_were(posterior.history.regimen, regimen)
    people = []
    for index in range(count):
        days = _days(seed, index, len(regimen.sessions))
        own = {name: float(of[index]) for name, of in values.items()}
        pressures = tuple(
            own[day_name(number)] if number <= was and day_name(number) in own else _pressure(day)
            for number, day in enumerate(days, start=1)
        )
        people.append(_person(posterior, own, pressures, absorbing=days if absorbed else []))
    return people


def _sessions_that_were(past: Regimen, asked: Regimen) -> int:
    """With how many of its sessions a regimen begins like the past."""
    alike = [was == now for was, now in zip(past.sessions, asked.sessions, strict=False)]
    return alike.index(False) if False in alike else len(alike)


def _person(
    posterior: Posterior,
    values: Mapping[str, float],
    pressures: tuple[float, ...],
    *,
    absorbing: Sequence[Day],
) -> Draw:
    body = body_of(posterior.prior, values, pressure_days=pressures)
    if absorbing:
        body = replace(body, uptakes=tuple(_absorbing(body.uptakes[0], day) for day in absorbing))
    given = posterior.history.circumstances.symptoms
    usual = given.response_e if given and given.response_e > 0 else RESPONSE_E.value
    shift = 0.0
    if given and "placebo_share" in values:
        shift = _logit(values["placebo_share"]) - _logit(given.placebo_share)
    answer = values.get("response_e", usual) / usual
    return Draw(individual=body, response_e=answer, placebo_logit_shift=shift)


def _logit(share: float) -> float:
    return log(share / (1.0 - share))


def _days(seed: int, index: int, sessions: int) -> list[Day]:
    """What each session of a draw adds."""
    size = len(SESSION_DEVIATES)
    numbers = deviates(version=_STREAM, seed=seed, index=index, session=0, count=size * sessions)
    return [
        dict(zip(SESSION_DEVIATES, numbers[size * row : size * (row + 1)], strict=True))
        for row in range(sessions)
    ]


def _absorbing(usual: Uptake, day: Day) -> Uptake:
    mouth_sd = log_sd(MUCOSA["uptake_per_min"].between_session_cv or 0.0)
    gut_sd = log_sd(SWALLOWED["kg_per_h"].between_session_cv or 0.0)
    return replace(
        usual,
        mucosal_uptake_per_min=usual.mucosal_uptake_per_min * exp(mouth_sd * day["mucosal_uptake"]),
        kg_per_h=usual.kg_per_h * exp(gut_sd * day["kg"]),
    )


def _pressure(day: Day) -> float:
    usual = PRESSURE_ON_THE_DAY
    return usual.value * exp(log_sd(usual.between_session_cv or 0.0) * day["pressure"])


def _curves(asked: Asked, people: Sequence[Draw]) -> dict[str, FloatArray]:
    """Each output of everyone [n, times], by the kernels where they can."""
    kernels, bodies = importlib.import_module(KERNELS), importlib.import_module(BODIES)
    if kernels.answers(asked):
        seen: dict[str, FloatArray] = kernels.body_curves(asked, bodies.bodies_of(people))
        return seen
    return one_by_one(asked, people)


def one_by_one(asked: Asked, people: Sequence[Draw]) -> dict[str, FloatArray]:
    """The same by the readable model."""
    seen = [_course(asked, one) for one in people]
    return {name: np.stack([one[name] for one in seen]) for name in asked.outputs}


def _course(asked: Asked, one: Draw) -> Mapping[str, FloatArray]:
    given = asked.circumstances.symptoms
    if given is not None:
        given = replace(
            given,
            response_e=given.response_e * one.response_e,
            placebo_share=one.placebo_share(given.placebo_share),
        )
    theirs = replace(asked.circumstances, symptoms=given)
    course = course_of(asked.regimen, one.individual, times_h=asked.times_h, circumstances=theirs)
    return {name: course[name] for name in asked.outputs}
