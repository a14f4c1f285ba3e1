"""The way in: what happens in this person with this regimen.

person = Person(weight_kg=70.0)
infusion = intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=40 / 60)
seen = simulate(course(infusion), person, times_h=minutes(hours=24))
seen["ketamine_venous_ng_ml"].max()
"""

from dataclasses import replace
from typing import Final

import numpy as np

from ajar.pharmacology.course import Course
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import Regimen
from ajar.pharmacology.u1.absorption import OutsideDomain, refuse_unknown
from ajar.pharmacology.u1.individual import typical_individual
from ajar.pharmacology.u1.model import Circumstances, course_of
from ajar.pharmacology.u1.population import draw

TYPICAL: Final = Circumstances()
LONGEST_H: Final = 366.0 * 24.0
"""Further than any course was followed; more is hours meant as another unit."""


CLOSEST_H: Final = 1e-6
"""Times nearer to each other than this are one time, written twice with rounding."""


def minutes(*, hours: float) -> FloatArray:
    """A grid of one minute from zero to so many hours.

    Raises:
        ValueError: hours that are not above zero and within a year.
    """
    if not 0 < hours <= LONGEST_H:
        raise ValueError(f"A simulation lasts more than 0 and at most {LONGEST_H:g} h, got {hours} h.")
    return np.arange(round(hours * 60.0) + 1) / 60.0


def simulate(
    regimen: Regimen, person: Person, *, times_h: FloatArray, circumstances: Circumstances = TYPICAL
) -> Course:
    """The typical person of this description by model U1, at the times asked.

    Raises:
        OutsideDomain: U1 has no ground to answer for this person, product or amount.
        ValueError: times that are not finite, rising and zero or later, or that end before the first dose.
    """
    refuse_unknown(regimen, person)
    grid = checked_times(times_h, regimen)
    individual = typical_individual(person, options=circumstances.options)
    return course_of(regimen, individual, times_h=grid, circumstances=circumstances)


def simulate_member(
    regimen: Regimen,
    person: Person,
    *,
    seed: int,
    index: int,
    times_h: FloatArray,
    circumstances: Circumstances = TYPICAL,
) -> Course:
    """Number `index` of the people who look like this person, with their own body and their own answer.

    Raises:
        ValueError: as `simulate`, or a seed or index out of range.
    """
    refuse_unknown(regimen, person)
    grid = checked_times(times_h, regimen)
    sessions = len(regimen.sessions)
    drawn = draw(person, seed=seed, index=index, sessions=sessions, options=circumstances.options)
    given = circumstances.symptoms
    if given is not None:
        given = replace(
            given,
            response_e=given.response_e * drawn.response_e,
            placebo_share=drawn.placebo_share(given.placebo_share),
        )
    theirs = replace(circumstances, symptoms=given)
    return course_of(regimen, drawn.individual, times_h=grid, circumstances=theirs)


def checked_times(times_h: FloatArray, regimen: Regimen) -> FloatArray:
    """A copy of the times, refused where they make no sense.

    Raises:
        ValueError: as `simulate` says.
    """
    grid = np.array(times_h, dtype=np.float64)
    if grid.ndim != 1 or len(grid) == 0:
        raise ValueError("A simulation needs a list of at least one time.")
    if (
        not np.isfinite(grid).all()
        or (np.diff(grid) < CLOSEST_H).any()
        or grid[0] < 0
        or grid[-1] > LONGEST_H
    ):
        raise ValueError(f"Times must be finite, rising, and from 0 to {LONGEST_H:g} h.")
    first_h = regimen.sessions[0].start_h
    if grid[-1] < first_h + CLOSEST_H:
        raise ValueError(
            f"The times end at {grid[-1]:g} h, before the first dose at {first_h:g} h has acted."
        )
    return grid


__all__ = [
    "TYPICAL",
    "Circumstances",
    "OutsideDomain",
    "checked_times",
    "minutes",
    "simulate",
    "simulate_member",
]
