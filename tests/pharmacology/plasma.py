"""Peaks and areas of a simulated curve, and a slow, plain solver to judge the exact one."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

FloatArray = NDArray[np.float64]


def grid(hours: float, step_s: float = 10.0) -> FloatArray:
    """From zero, evenly."""
    return np.linspace(0.0, hours, round(hours * 3600.0 / step_s) + 1)


def peak(times_h: FloatArray, values: FloatArray) -> tuple[float, float]:
    """The highest value and when it is reached (h)."""
    at = int(values.argmax())
    return float(values[at]), float(times_h[at])


def area(times_h: FloatArray, values: FloatArray) -> float:
    """By trapezoids: value times hours."""
    return float(np.trapezoid(values, times_h))


def judged(
    rate: Callable[[float, FloatArray], Sequence[float]],
    *,
    given: Mapping[float, Sequence[float]],
    breaks: Sequence[float],
    times: FloatArray,
) -> FloatArray:
    """Every state at every time, by a general solver at tight tolerance, stopped where the input changes.

    `given` is what is in each state at once, from when; the first of it is at 0.
    """
    stops = sorted({*given, *breaks, float(times[-1])})
    state = np.zeros(len(given[0.0]))
    seen = np.empty((len(times), len(state)))
    for low, high in pairwise(stops):
        state = state + np.asarray(given.get(low, 0.0))
        inside = (times >= low) & (times < high)
        solved = solve_ivp(
            # The input is that of the open interval, whichever side of its ends the solver looks at.
            lambda t, y, low=low, high=high: rate(min(max(t, low + 1e-12), high - 1e-12), y),
            (low, high),
            state,
            dense_output=True,
            method="DOP853",
            rtol=1e-11,
            atol=1e-13,
        )
        seen[inside] = solved.sol(times[inside]).T
        state = solved.y[:, -1]
    seen[-1] = state
    return seen
