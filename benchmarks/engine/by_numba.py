"""Peers that call compiled right-hand sides: numbalsoda (LSODA, and DOP853 as judge) and scipy."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numba
import numpy as np
from numbalsoda import dop853, lsoda, lsoda_sig
from scipy.integrate import odeint, solve_ivp

from ajar.pharmacology.exponential import FloatArray
from benchmarks.engine.workload import JUDGED, Task

JUDGE_RTOL = 1e-12
JUDGE_ATOL = 1e-14


@numba.njit
def positive(x: float) -> float:
    """What of x is above zero."""
    return max(x, 0.0)


@numba.njit
def many(
    address: int,
    parameters: FloatArray,
    times_h: FloatArray,
    ends: Any,
    running: Any,
    rows: Any,
    read: Any,
    states: int,
    rtol: float,
    atol: float,
    out: FloatArray,
) -> bool:
    """LSODA for everyone, piece by piece, without a step in Python."""
    right = True
    for one in range(len(out)):
        y, start = np.zeros(states), 0
        for piece in range(len(ends)):
            p = parameters[one].copy()
            p[:2] *= running[piece]
            seen, done = lsoda(address, y, times_h[start : ends[piece]], p, rtol, atol, 100000)
            right &= done
            for at in range(len(seen)):
                if rows[start + at] >= 0:
                    for column in range(len(read)):
                        out[one, rows[start + at], column] = seen[at, read[column]]
            y, start = seen[-1].copy(), ends[piece]
    return right


@numba.njit
def judged(
    address: int,
    parameters: FloatArray,
    times_h: FloatArray,
    ends: Any,
    running: Any,
    rows: Any,
    read: Any,
    states: int,
    rtol: float,
    atol: float,
    out: FloatArray,
) -> bool:
    """DOP853 from each point to the next: its dense output loses digits, so it is never asked for any."""
    right = True
    for one in range(len(out)):
        y, start = np.zeros(states), 0
        for piece in range(len(ends)):
            p = parameters[one].copy()
            p[:2] *= running[piece]
            for at in range(start, ends[piece]):
                if at > start:
                    seen, done = dop853(address, y, times_h[at - 1 : at + 1], p, rtol, atol, 100000000)
                    right &= done
                    y = seen[-1].copy()
                if rows[at] >= 0:
                    for column in range(len(read)):
                        out[one, rows[at], column] = y[read[column]]
            start = ends[piece]
    return right


def by_numbalsoda(task: Task, *, rtol: float, atol: float) -> Callable[[int], FloatArray]:
    """LSODA called from a numba loop, its right-hand side a C function: numbalsoda's fastest form."""
    return _compiled(task, many, rtol, atol)


def course_reference(task: Task) -> FloatArray:
    """The judge's states [JUDGED, times, read]."""
    return _compiled(task, judged, JUDGE_RTOL, JUDGE_ATOL)(JUDGED)


def _compiled(task: Task, loop: Any, rtol: float, atol: float) -> Callable[[int], FloatArray]:
    system = task.system
    address = numba.cfunc(lsoda_sig)(system.as_python("rhs", positive)).address
    shared = (
        np.concatenate([piece.times_h for piece in task.pieces]),
        np.cumsum([len(piece.times_h) for piece in task.pieces]),
        np.array([float(piece.running) for piece in task.pieces]),
        np.concatenate([piece.rows for piece in task.pieces]),
        task.rows,
        len(system.states),
    )

    def run(people: int) -> FloatArray:
        out = np.empty((people, len(task.times_h), len(task.read)))
        if not loop(address, task.parameters[:people], *shared, rtol, atol, out):
            raise ArithmeticError("The solver gave up.")
        return out

    return run


@cache
def _returning(task: Task) -> Any:
    fill, states = numba.njit(task.system.as_python("rhs", positive)), len(task.system.states)

    @numba.njit
    def rhs(t: float, y: FloatArray, p: FloatArray) -> FloatArray:
        dy = np.empty(states)
        fill(t, y, dy, p)
        return dy

    return rhs


def by_odeint(task: Task, *, rtol: float, atol: float) -> Callable[[int], FloatArray]:
    """`scipy.integrate.odeint` (LSODA) with a compiled right-hand side."""
    rhs = _returning(task)

    def piece(times_h: FloatArray, y: FloatArray, p: FloatArray) -> FloatArray:
        seen: FloatArray = odeint(
            rhs, y, times_h, args=(p,), tfirst=True, rtol=rtol, atol=atol, mxstep=100000
        )
        return seen

    return _by_pieces(task, piece)


def by_solve_ivp(task: Task, *, rtol: float, atol: float) -> Callable[[int], FloatArray]:
    """`scipy.integrate.solve_ivp` (LSODA) with a compiled right-hand side."""
    rhs = _returning(task)

    def piece(times_h: FloatArray, y: FloatArray, p: FloatArray) -> FloatArray:
        ends = (times_h[0], times_h[-1])
        done = solve_ivp(rhs, ends, y, "LSODA", t_eval=times_h, args=(p,), rtol=rtol, atol=atol)
        seen: FloatArray = done.y.T
        return seen

    return _by_pieces(task, piece)


def _by_pieces(
    task: Task, solve: Callable[[FloatArray, FloatArray, FloatArray], FloatArray]
) -> Callable[[int], FloatArray]:
    def run(people: int) -> FloatArray:
        out = np.empty((people, len(task.times_h), len(task.read)))
        for one in range(people):
            y = np.zeros(len(task.system.states))
            for piece in task.pieces:
                p = task.parameters[one].copy()
                p[:2] *= piece.running
                seen = solve(piece.times_h, y, p)
                asked = piece.rows >= 0
                out[one, piece.rows[asked]] = seen[asked][:, task.rows]
                y = seen[-1]
        return out

    return run
