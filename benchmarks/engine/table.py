"""Engine and peers on the same two tasks: people a second on one core, and how far off."""

import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from math import inf
from statistics import median
from time import process_time
from typing import Final

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.acute import acute_sessions
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
    few_task,
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
IN_TURN: Final = 4_000
"""People of ours that are timed right after each run of a peer, so that both see the same machine."""

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
    """One engine on one task; `ratio` is how many times faster ours was, measured in turns with it."""

    engine: str
    people_per_s: float
    error: float
    ratio: float


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


def taken_s(work: Callable[[], object]) -> float:
    """Seconds of the processor that a call takes: what else the machine does counts less."""
    begun = process_time()
    work()
    return process_time() - begun


def median_s(work: Callable[[], object]) -> float:
    """The median of a few runs."""
    return median(taken_s(work) for _ in range(REPEATS))


def report() -> Iterator[str]:
    """Both tables, line by line as they are ready."""
    yield f"python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    with one_core():
        for session in (session_task(PEOPLE), few_task(PEOPLE)):
            yield from _table(session, session_reference(session), our_sessions(session))
            yield from _written(session)
        course = course_task(COURSES)
        reference = shown(course, course_reference(course))
        yield from _table(course, reference, our_courses(course))


def _table(task: Task, reference: FloatArray, ours: Run) -> Iterator[str]:
    yield f"\n{TITLES[task.name]}"
    yield f"  one core, median of {REPEATS} in processor time, ours in turns with each peer"
    yield f"  {'engine':36}{'people/s':>10}{'max error':>12}{'ours is':>12}"
    error = error_of(task, ours(JUDGED), reference)
    seconds = median_s(lambda: ours(len(task.bodies)))
    yield _row(Line(engine="ajar", people_per_s=len(task.bodies) / seconds, error=error, ratio=1.0))
    least = exact = inf
    for name, form in PEERS.items():
        line = measured(name, form(task), ours, task, reference)
        least = min(least, line.ratio)
        exact = min(exact, line.ratio if line.error <= EXACT[task.name] else inf)
        yield _row(line)
    yield f"  against the fastest peer: {least:.0f} times (target: at least 40)"
    yield f"  against the fastest of those that err by at most {EXACT[task.name]:.0e}: {exact:.0f} times"


EXACT: Final = {"session": 1e-9, "few": 1e-9, "course": 1e-5}
"""The error that is asked for."""

TITLES: Final = {
    "session": "A session: both enantiomers, 35 mg over 40 min, 24 h by the minute, ten outputs",
    "few": "The same session, three outputs: venous ketamine, norketamine, effect site, each the sum of both",
    "course": "A course: 8 doses in 4 weeks and 6 boosters, 32 weeks, MADRS every day",
}


def _row(line: Line) -> str:
    return f"  {line.engine:36}{line.people_per_s:10,.0f}{line.error:12.1e}{line.ratio:10.0f} x"


def measured(name: str, run: Run, ours: Run, task: Task, reference: FloatArray) -> Line:
    """A peer: compiled and judged first, then timed on as many people as fit, in turns with ours."""
    error = error_of(task, shown(task, run(JUDGED)), reference)
    each_s = taken_s(lambda: run(JUDGED)) / JUDGED
    people = int(np.clip(REPEAT_S / each_s, JUDGED, len(task.bodies))) // JUDGED * JUDGED
    rates, ratios = [], []
    for _ in range(REPEATS if each_s * JUDGED < REPEAT_S else 1):
        rates.append(people / taken_s(lambda: run(people)))
        ratios.append(IN_TURN / taken_s(lambda: ours(IN_TURN)) / rates[-1])
    return Line(engine=name, people_per_s=median(rates), error=error, ratio=median(ratios))


def our_sessions(task: Task) -> Run:
    """Ours, from bodies to concentrations, into an array that is used again; hands back the last people."""
    out = np.empty((SESSIONS_AT_ONCE, len(task.outputs), len(task.times_h)))

    def run(people: int) -> FloatArray:
        values = out
        for first in range(0, people, SESSIONS_AT_ONCE):
            some = slice(first, min(first + SESSIONS_AT_ONCE, people))
            values = out[: some.stop - first]
            people_here = task.bodies.some(some)
            acute_sessions(task.regimen, people_here, times_h=task.times_h, outputs=task.outputs, out=values)
        return values

    return run


def _written(task: Task) -> Iterator[str]:
    """Our sessions in turns with writing the same output once, as plainly as numpy can."""
    ours, out = our_sessions(task), np.empty((SESSIONS_AT_ONCE, len(task.outputs), len(task.times_h)))

    def written() -> None:
        for row in range(PEOPLE // SESSIONS_AT_ONCE):
            out.fill(float(row))

    pairs = [(taken_s(written), taken_s(lambda: ours(PEOPLE))) for _ in range(REPEATS)]
    plain_s, times = median(plain for plain, _ in pairs), median(took / plain for plain, took in pairs)
    yield f"  writing that output once takes {plain_s:.3f} s; ours {times:.1f} times that (target: within 3)"


def our_courses(task: Task) -> Run:
    """Ours, from bodies to MADRS."""
    symptoms = CourseSymptoms.of(SYMPTOMS, task.bodies)

    def run(people: int) -> FloatArray:
        some = slice(0, people)
        seen = courses(
            task.regimen,
            task.bodies.some(some),
            symptoms=symptoms.some(some),
            times_h=task.times_h,
            outputs=("madrs",),
        )
        return seen["madrs"][:, np.newaxis]

    return run
