"""What sessions come to, without keeping their curves."""

from math import log

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.kernel import fast
from ajar.pharmacology.lanes.propagate import OUTPUTS
from ajar.pharmacology.lanes.sessions import WORK, fill_person


@fast
def log_mean(first: float, second: float) -> float:
    """Mean of a curve that falls exponentially from the one to the other; by its series where they are
    close.
    """
    middle = (first + second) / 2.0
    x = (first - second) / (first + second)
    if x < 0.05:
        y = x * x
        return middle / (1.0 + y * (1 / 3 + y * (1 / 5 + y * (1 / 7 + y * (1 / 9 + y * (1 / 11 + y / 13))))))
    return (first - second) / log(first / second)


@fast
def summarise(
    s: FloatArray, r: FloatArray, of_s: float, of_r: float, start_h: float, step_h: float, into: FloatArray
) -> None:
    """Highest value, when first, and area (linear while it rises, logarithmic while it falls) of a weighted
    sum.
    """
    before = of_s * s[0] + of_r * r[0]
    highest, at, area = before, 0, 0.0
    for k in range(1, len(s)):
        value = of_s * s[k] + of_r * r[k]
        area += log_mean(before, value) if 0.0 < value < before else (before + value) / 2.0
        if value > highest:
            highest, at = value, k
        before = value
    into[0], into[1], into[2] = highest, start_h + at * step_h, area * step_h


@fast
def fill_summaries(
    moments_h: FloatArray,
    firsts: NDArray[np.int64],
    ports: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    amounts: FloatArray,
    dispositions: FloatArray,
    depots: FloatArray,
    molar: FloatArray,
    start_h: float,
    step_h: float,
    grid: int,
    series: FloatArray,
    out: FloatArray,
) -> None:
    """Highest value, time and area [n, series, 3] of series (which output, times S, times R); no curve is
    kept.
    """
    large = np.zeros(WORK)
    curves = np.empty(2 * OUTPUTS * grid)
    for one in range(len(out)):
        fill_person(
            moments_h, firsts, ports, starts, stops, amounts[one], dispositions[one], depots[one], molar,
            start_h, step_h, grid, large, curves,
        )  # fmt: skip
        for which in range(len(series)):
            s = int(series[which, 0]) * grid
            r = s + OUTPUTS * grid
            summarise(
                curves[s : s + grid], curves[r : r + grid], series[which, 1], series[which, 2], start_h,
                step_h, out[one, which],
            )  # fmt: skip
