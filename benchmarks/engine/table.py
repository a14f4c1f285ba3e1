"""Engine and peers on the same two tasks: people a second on one core, and how far off."""

import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import process_time
from typing import Final

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.acute import NAMES, acute_sessions
from ajar.pharmacology.lanes.courses import CourseSymptoms, courses
from benchmarks.engine.by_diffrax import by_diffrax
from benchmarks.engine.by_heyoka import by_heyoka
from benchmarks.engine.by_numba import by_numbalsoda, by_odeint, by_solve_ivp, course_reference
from benchmarks.engine.by_roadrunner import by_roadrunner
from benchmarks.engine.workload import (
    JUDGED,
    SYMPTOMS,
    Task,
    course_task,
    error_of,
    session_reference,
    session_task,
    shown,
)

REPEATS: Final = 5
REPEAT_S: Final = 1.5
"""How long one repeat of a peer may take: as many people as fit, and at least those judged."""

PEOPLE: Final = 10_000
SESSIONS_AT_ONCE: Final = 1_000
"""Sessions share one output array of 115 MB, filled ten times."""

COURSES: Final = 4_000

Run = Callable[[int], FloatArray]
Form = Callable[[Task], Run]

PEERS: Final[dict[str, Form]] = {
    "numbalsoda LSODA 1e-6": partial(by_numbalsoda, rtol=1e-6, atol=1e-9),
    "numbalsoda LSODA 1e-10": partial(by_numbalsoda, rtol=1e-10, atol=1e-12),
    "heyoka, batches of 8, 1e-6": partial(by_heyoka, tol=1e-6),
    "heyoka, batches of 8, 1e-9": partial(by_heyoka, tol=1e-9),
    "heyoka, batches of 8, 1e-16": partial(by_heyoka, tol=1e-16),
    "libroadrunner CVODE 1e-6": partial(by_roadrunner, rtol=1e-6, atol=1e-9),
    "scipy odeint, numba, 1e-6": partial(by_odeint, rtol=1e-6, atol=1e-9),
    "scipy solve_ivp LSODA, numba, 1e-6": partial(by_solve_ivp, rtol=1e-6, atol=1e-9),
    "diffrax, vmap, 1e-6": partial(by_diffrax, rtol=1e-6, atol=1e-9, batch=8),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One engine on one task."""

    engine: str
    people_per_s: float
    error: float
    seconds: float


@contextmanager
def one_core() -> Iterator[None]:
    """This process on one processor, where the system lets us choose."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def median_s(work: Callable[[], object], *, repeats: int = REPEATS) -> float:
    """The median of a few runs, in seconds of the processor: what else the machine does counts less."""
    taken = []
    for _ in range(repeats):
        begun = process_time()
        work()
        taken.append(process_time() - begun)
    return median(taken)


def report() -> Iterator[str]:
    """Both tables, line by line as they are ready."""
    yield f"python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    with one_core():
        session = session_task(PEOPLE)
        ours, written_s = our_session(session)
        yield from _table(session, session_reference(session), ours)
        taken_s = PEOPLE / ours.people_per_s
        yield f"  writing that output once takes {written_s:.2f} s, ours {taken_s / written_s:.1f} times that"
        yield "  (target: within 3 times)"
        course = course_task(COURSES)
        reference = shown(course, course_reference(course))
        yield from _table(course, reference, our_course(course, reference))


def _table(task: Task, reference: FloatArray, ours: Line) -> Iterator[str]:
    yield f"\n{TITLES[task.name]}; one core, median of {REPEATS}, processor time"
    yield f"  {'engine':36}{'people/s':>10}{'max error':>12}{'ours is':>12}"
    yield _row(ours, ours)
    fastest = 0.0
    for name, form in PEERS.items():
        line = measured(name, form(task), task, reference)
        fastest = max(fastest, line.people_per_s)
        yield _row(line, ours)
    yield f"  against the fastest peer: {ours.people_per_s / fastest:.0f} times (target: at least 40)"


TITLES: Final = {
    "session": "A session: both enantiomers, 35 mg over 40 min, 24 h by the minute, ten outputs",
    "course": "A course: 8 doses in 4 weeks and 6 boosters, 32 weeks, MADRS every day",
}


def _row(line: Line, ours: Line) -> str:
    ratio = ours.people_per_s / line.people_per_s
    return f"  {line.engine:36}{line.people_per_s:10,.0f}{line.error:12.1e}{ratio:10.0f} x"


def measured(name: str, run: Run, task: Task, reference: FloatArray) -> Line:
    """A peer: compiled and judged first, then timed on as many people as fit."""
    error = error_of(task, shown(task, run(JUDGED)), reference)
    begun = process_time()
    run(JUDGED)
    each_s = (process_time() - begun) / JUDGED
    people = int(np.clip(REPEAT_S / each_s, JUDGED, len(task.bodies))) // JUDGED * JUDGED
    seconds = median_s(lambda: run(people), repeats=REPEATS if each_s * JUDGED < REPEAT_S else 1)
    return Line(engine=name, people_per_s=people / seconds, error=error, seconds=seconds)


def our_session(task: Task) -> tuple[Line, float]:
    """Ours, from bodies to concentrations; and the time of writing the same output once."""
    out = np.empty((SESSIONS_AT_ONCE, len(NAMES), len(task.times_h)))
    parts = [
        task.bodies.some(slice(first, first + SESSIONS_AT_ONCE))
        for first in range(0, PEOPLE, SESSIONS_AT_ONCE)
    ]

    def everyone() -> None:
        for some in parts:
            acute_sessions(task.regimen, some, times_h=task.times_h, out=out)

    def written() -> None:
        for row in range(len(parts)):
            out.fill(float(row))

    everyone()
    few = acute_sessions(task.regimen, task.bodies.some(slice(0, JUDGED)), times_h=task.times_h)
    error = error_of(task, few.values, session_reference(task))
    seconds = median_s(everyone)
    line = Line(engine="ajar", people_per_s=PEOPLE / seconds, error=error, seconds=seconds)
    return line, median_s(written)


def our_course(task: Task, reference: FloatArray) -> Line:
    """Ours, from bodies to MADRS."""
    symptoms = CourseSymptoms.of(SYMPTOMS, task.bodies)

    def everyone() -> FloatArray:
        return courses(
            task.regimen, task.bodies, symptoms=symptoms, times_h=task.times_h, outputs=("madrs",)
        )["madrs"]

    error = error_of(task, everyone()[:JUDGED, np.newaxis], reference)
    seconds = median_s(everyone)
    return Line(engine="ajar", people_per_s=COURSES / seconds, error=error, seconds=seconds)
