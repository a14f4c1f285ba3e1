"""What sessions come to, without keeping their curves."""

from math import log

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.cascade import MODES
from ajar.pharmacology.lanes.exactly import EXACT_WORK
from ajar.pharmacology.lanes.kernel import LANES, fast, holding
from ajar.pharmacology.lanes.modal import CURVE, HEAD, LANE_WORK, TABLE
from ajar.pharmacology.lanes.sessions import draw_person, prepare_all, take_people
from ajar.pharmacology.lanes.stores import aligned
from ajar.pharmacology.lanes.waves import MARGIN


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
def summarise(curve: FloatArray, start_h: float, step_h: float, into: FloatArray) -> None:
    """Highest value, when first, and area (linear while it rises, logarithmic while it falls) of a curve."""
    before = curve[0]
    highest, at, area = before, 0, 0.0
    for k in range(1, len(curve)):
        value = curve[k]
        area += log_mean(before, value) if 0.0 < value < before else (before + value) / 2.0
        if value > highest:
            highest, at = value, k
        before = value
    into[0], into[1], into[2] = highest, start_h + at * step_h, area * step_h


@holding
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
    asked: NDArray[np.int64],
    weights: FloatArray,
    grid: int,
    out: FloatArray,
) -> None:
    """Highest value, time and area [n, rows, 3] of what is asked; no curve is kept."""
    groups, moments, people = depots.shape[2], len(moments_h), np.zeros(LANES, dtype=np.int64)
    lanes, large, line = aligned(LANE_WORK), aligned(EXACT_WORK), aligned(grid + MARGIN)
    heads, curves = np.zeros((groups, 2, LANES, HEAD)), np.zeros((groups, 2, LANES, moments, CURVE))
    known, c, waves, rows = np.zeros(MODES), aligned(MODES), aligned(TABLE), np.zeros(out.shape[1] * grid)
    sheet = np.zeros(out.shape[1] * grid)
    all_heads, all_curves = heads.reshape(-1), curves.reshape(-1)
    for block in range(0, len(out), LANES):
        take_people(block, len(out), people)
        prepare_all(
            people, moments_h, firsts, ports, starts, stops, amounts, dispositions, depots, molar, start_h,
            step_h, lanes, heads, curves,
        )  # fmt: skip
        for lane in range(min(LANES, len(out) - block)):
            draw_person(
                moments_h, firsts, ports, starts, stops, amounts, dispositions, depots, molar, start_h,
                step_h,
                asked, weights, block + lane, lane, all_heads, all_curves, known, c, waves, large, line,
                sheet, rows,
                0, -1,
            )  # fmt: skip
            for row in range(out.shape[1]):
                summarise(rows[row * grid : (row + 1) * grid], start_h, step_h, out[block + lane, row])
