"""The outputs of U1 that the kernels have, of people drawn by number: the fast inside of `members`."""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Final

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.acute import EFFECTIVE, SERIES, UNEVEN, AcuteSessions, acute_sessions, effects
from ajar.pharmacology.lanes.bodies import Bodies, drawn_bodies
from ajar.pharmacology.lanes.courses import MOST_STRESS, OUTPUTS, CourseSymptoms, courses
from ajar.pharmacology.members import Asked
from ajar.pharmacology.regimen import Route
from ajar.pharmacology.u1.slow_table import RESPONSE_E
from ajar.pharmacology.u1.symptoms import MADRS_MOST, Symptoms

POTENT: Final = "potent_ng_ml"
PLASMA: Final = tuple(name for name in SERIES if name != POTENT)
IN_THE_ROOM: Final = (
    "cadss",
    "sbp_rise_mmhg",
    "dbp_rise_mmhg",
    "heart_rate_rise_per_min",
    "nmda_block",
    "sedation_probability",
    "deeper_sedation_probability",
)
PRESSURES: Final = ("sbp_rise_mmhg", "dbp_rise_mmhg")
WEEKS: Final = tuple(name for name in OUTPUTS if name != POTENT)
SCORES: Final = ("madrs", "madrs_change", "phq9")
"""Outputs that exist only where a baseline is known."""

CELLS: Final = 400_000
"""People times times that are worked on at once: ten outputs of them are 32 MB."""

LARGEST_STEP_H: Final = 0.25
"""The kernel of sessions is made for fine grids: from a dose to the next point it goes by a series whose cost
grows with the hours. Coarser grids are filled in to this, and what was not asked for is left out."""


def answers(asked: Asked) -> bool:
    """Whether the kernels have every output asked for, at these times and in these circumstances."""
    symptoms = asked.circumstances.symptoms
    weeks = {name for name in WEEKS if symptoms is not None or name not in SCORES}
    wanted = set(asked.outputs)
    if not wanted <= {*PLASMA, *IN_THE_ROOM, *weeks}:
        return False
    if wanted & weeks and symptoms is not None and symptoms.stress > MOST_STRESS:
        return False
    return wanted <= weeks or _uniform(asked.times_h)


def _uniform(times_h: FloatArray) -> bool:
    if len(times_h) < 2:
        return False
    evenly = np.linspace(times_h[0], times_h[-1], len(times_h))
    step_h = (times_h[-1] - times_h[0]) / (len(times_h) - 1)
    return bool((np.abs(times_h - evenly) <= UNEVEN * step_h / 2.0).all())


def member_curves(asked: Asked, *, start: int, count: int) -> dict[str, FloatArray]:
    """Each output of people `start` to `start + count - 1` [count, times]."""
    seen = {name: np.empty((count, len(asked.times_h))) for name in asked.outputs}
    points = len(asked.times_h) * (_parts(asked.times_h) if _of(asked, (*PLASMA, *IN_THE_ROOM)) else 1)
    size = max(1, CELLS // points)
    for first in range(0, count, size):
        some = slice(first, min(first + size, count))
        for name, values in _block(asked, start + some.start, some.stop - some.start).items():
            seen[name][some] = values
    return seen


def _block(asked: Asked, start: int, count: int) -> dict[str, FloatArray]:
    bodies = drawn_bodies(
        asked.person,
        seed=asked.seed,
        start=start,
        count=count,
        sessions=sessions_that_differ(asked),
        options=asked.circumstances.options,
    )
    return body_curves(asked, bodies)


def body_curves(asked: Asked, bodies: Bodies) -> dict[str, FloatArray]:
    """Each output of these bodies [n, times]; their symptoms answer by their own columns."""
    return {**_acute(asked, bodies), **_weeks(asked, bodies)}


def sessions_that_differ(asked: Asked) -> int:
    """How many sessions need numbers of their own: absorption differs by the day, and so do pressures."""
    absorbed = any(event.route is not Route.INTRAVENOUS for event in asked.regimen.events)
    return len(asked.regimen.sessions) if absorbed or _of(asked, PRESSURES) else 1


def _of(asked: Asked, names: Iterable[str]) -> list[str]:
    known = set(names)
    return [name for name in asked.outputs if name in known]


def _parts(times_h: FloatArray) -> int:
    """Into how many each step of a grid is divided."""
    step_h = float(times_h[-1] - times_h[0]) / (len(times_h) - 1)
    return max(1, ceil(step_h / LARGEST_STEP_H))


def _acute(asked: Asked, bodies: Bodies) -> Mapping[str, FloatArray]:
    plasma, room = _of(asked, PLASMA), _of(asked, IN_THE_ROOM)
    if not plasma and not room:
        return {}
    parts = _parts(asked.times_h)
    grid_h = np.linspace(asked.times_h[0], asked.times_h[-1], (len(asked.times_h) - 1) * parts + 1)
    needed = (*EFFECTIVE, "s_norketamine_ng_ml") if room else ()
    outputs = tuple(dict.fromkeys((*plasma, *needed)))
    fine = acute_sessions(asked.regimen, bodies, times_h=grid_h, outputs=outputs)
    seen = AcuteSessions(
        regimen=asked.regimen,
        times_h=asked.times_h,
        outputs=fine.outputs,
        values=fine.values[:, :, ::parts],
    )
    felt = effects(seen, bodies, room, options=asked.circumstances.options) if room else {}
    return {name: seen[name] for name in plasma} | felt


def _weeks(asked: Asked, bodies: Bodies) -> Mapping[str, FloatArray]:
    names = _of(asked, WEEKS)
    if not names:
        return {}
    seen = courses(
        asked.regimen,
        bodies,
        symptoms=_symptoms(asked, bodies),
        times_h=asked.times_h,
        outputs=names,
    )
    return {name: seen[name] for name in names}


def _symptoms(asked: Asked, bodies: Bodies) -> CourseSymptoms:
    """Where no baseline is known nobody's symptoms are, and everyone answers as `u1.weeks` says."""
    given = asked.circumstances.symptoms
    if given is not None:
        return CourseSymptoms.of(given, bodies)
    same = np.ones(len(bodies))
    unread = Symptoms(madrs_baseline=MADRS_MOST, response_e=RESPONSE_E.value, placebo_share=0.0, stress=0.0)
    return CourseSymptoms(
        madrs_baseline=unread.madrs_baseline * same,
        response_e=unread.response_e * same,
        placebo_share=unread.placebo_share * same,
        stress=unread.stress * same,
    )
