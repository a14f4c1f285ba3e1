"""Many sessions on one uniform grid, and what they come to, by the tables of `lanes.propagate`."""

from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.kernel import fast
from ajar.pharmacology.lanes.propagate import (
    BLOCK,
    BLOOD,
    DIRECT,
    FED,
    GUT,
    KA,
    ON_GRID_H,
    OUTPUTS,
    POWERS,
    ROWS,
    SHOWN_STATES,
    STATES,
    V1,
    VH1,
    VN1,
    WIDE,
    D,
    G,
    L,
    fill_exponential,
    fill_matrix,
    fill_powers,
    fill_table,
    forward_hours,
    forward_steps,
)

GONE: Final = 1e-15
"""A depot with less than this share of what was given is empty."""

WORK: Final = len(ROWS) + OUTPUTS + (POWERS + 2) * STATES * WIDE + OUTPUTS * STATES * BLOCK + 5 * WIDE
"""Size of the work space of `fill_person`."""


@fast
def turn(
    moment: int,
    group: int,
    ports: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    amounts: FloatArray,
    x: FloatArray,
) -> None:
    """At a moment: what is instant is in its depot, and what runs from now on runs."""
    x[BLOOD] = x[DIRECT] = x[GUT] = 0.0
    for given in range(len(ports)):
        depot = ports[given] - 1 - 2 * group
        if ports[given] == 0 and group == 0:
            depot = BLOOD
        if depot in (BLOOD, DIRECT, GUT):
            if starts[given] == moment and stops[given] == moment:
                x[depot + D] += amounts[given]
            elif starts[given] <= moment < stops[given]:
                x[depot] += amounts[given]


@fast
def write(
    out: FloatArray,
    place: int,
    points: int,
    table: FloatArray,
    output: int,
    low: int,
    x: FloatArray,
    adds: int,
    chosen: NDArray[np.uint64],
    weights: FloatArray,
) -> None:
    """One output in one block, five states at a time."""
    count = 0
    for state in range(low, STATES):
        if FED[output, state] and x[state] != 0.0:
            chosen[count], weights[count] = (output * STATES + state) * BLOCK, x[state]
            count += 1
    while count == 0 or count % 5:
        chosen[count], weights[count] = (output * STATES + SHOWN_STATES[output]) * BLOCK, 0.0
        count += 1
    start = np.uint64(place)
    for at in range(0, count, 5):
        a, b, c, d, e = chosen[at], chosen[at + 1], chosen[at + 2], chosen[at + 3], chosen[at + 4]
        of_a, of_b, of_c, of_d, of_e = (
            weights[at],
            weights[at + 1],
            weights[at + 2],
            weights[at + 3],
            weights[at + 4],
        )
        if at == 0 and adds == 0:
            for k in range(np.uint64(points)):
                sum_ab = of_a * table[a + k] + of_b * table[b + k]
                out[start + k] = sum_ab + of_c * table[c + k] + of_d * table[d + k] + of_e * table[e + k]
        else:
            for k in range(np.uint64(points)):
                sum_ab = out[start + k] + of_a * table[a + k] + of_b * table[b + k]
                out[start + k] = sum_ab + of_c * table[c + k] + of_d * table[d + k] + of_e * table[e + k]


@fast
def stretch(
    first: int,
    last: int,
    grid: int,
    powers: FloatArray,
    table: FloatArray,
    x: FloatArray,
    following: FloatArray,
    low: int,
    given: float,
    out: FloatArray,
    adds: int,
    chosen: NDArray[np.uint64],
    weights: FloatArray,
) -> None:
    """All outputs on the grid points from `first` to before `last`; the state goes from the one to the
    other.
    """
    at = first
    while at < last:
        points = min(BLOCK, last - at)
        for depot in range(D, L + 1):
            if x[depot] < GONE * given:
                x[depot] = 0.0
        for output in range(OUTPUTS):
            place = output * grid + at
            write(out, place, points, table, output, low, x, adds, chosen, weights)
        forward_steps(powers, points, x, following)
        at += points


@fast
def run(
    moments_h: FloatArray,
    firsts: NDArray[np.int64],
    group: int,
    ports: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    amounts: FloatArray,
    entries: FloatArray,
    fastest: float,
    low: int,
    start_h: float,
    step_h: float,
    grid: int,
    powers: FloatArray,
    table: FloatArray,
    work: FloatArray,
    chosen: NDArray[np.uint64],
    out: FloatArray,
) -> None:
    """One enantiomer of one person by one group of depots, written, or added where there was a group
    before.
    """
    x, term, following = work[:WIDE], work[WIDE : 2 * WIDE], work[2 * WIDE : 3 * WIDE]
    kept, weights = work[3 * WIDE : 4 * WIDE], work[4 * WIDE :]
    x[:] = 0.0
    given = 0.0
    last_moment = len(moments_h) - 1
    for moment in range(last_moment + 1):
        turn(moment, group, ports, starts, stops, amounts, x)
        given = max(given, x[D] + x[G] + x[DIRECT] + x[GUT])
        now_h, first, last = moments_h[moment], firsts[moment], firsts[moment + 1]
        if last > first:
            forward_hours(entries, fastest, start_h + first * step_h - now_h, x, term, following)
            now_h = start_h + last * step_h
            # The stretch ends a step behind its last point; a moment inside that step is reached from there.
            beyond = moment < last_moment and now_h > moments_h[moment + 1] + ON_GRID_H
            kept[:] = x
            stretch(first, last, grid, powers, table, x, following, low, given, out, group, chosen, weights)
            if beyond:
                x[:] = kept
                forward_steps(powers, last - 1 - first, x, following)
                now_h -= step_h
        if moment < last_moment:
            forward_hours(entries, fastest, moments_h[moment + 1] - now_h, x, term, following)


@fast
def fill_person(
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
    large: FloatArray,
    chosen: NDArray[np.uint64],
    out: FloatArray,
) -> None:
    """Both enantiomers of one person: `out` is [2 x outputs, grid], flat. `large` is the work space."""
    size, entries = STATES * WIDE, large[: len(ROWS)]
    scales, large = large[len(ROWS) : len(ROWS) + OUTPUTS], large[len(ROWS) + OUTPUTS :]
    powers, terms = large[: POWERS * size], large[POWERS * size : (POWERS + 2) * size]
    table = large[(POWERS + 2) * size : (POWERS + 2) * size + OUTPUTS * STATES * BLOCK]
    work = large[(POWERS + 2) * size + OUTPUTS * STATES * BLOCK :]
    for enantiomer in range(2):
        p = dispositions[enantiomer]
        scales[0] = molar[0] / p[V1]
        scales[1] = scales[4] = molar[0]
        scales[2], scales[3] = molar[1] / p[VN1], molar[2] / p[VH1]
        ours = out[enantiomer * OUTPUTS * grid : (enantiomer + 1) * OUTPUTS * grid]
        for output in range(OUTPUTS):
            ours[output * grid : output * grid + firsts[0]] = 0.0
        for group in range(depots.shape[1]):
            low = DIRECT if depots[enantiomer, group, KA] > 0.0 else BLOOD
            fastest = fill_matrix(p, depots[enantiomer, group], entries)
            fill_exponential(entries, fastest, step_h, low, powers[:size], terms)
            fill_powers(low, powers)
            fill_table(powers, scales, low, table)
            run(
                moments_h,
                firsts,
                group,
                ports,
                starts,
                stops,
                amounts[enantiomer],
                entries,
                fastest,
                low,
                start_h,
                step_h,
                grid,
                powers,
                table,
                work,
                chosen,
                ours,
            )


@fast
def fill_sessions(
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
    out: FloatArray,
) -> None:
    """Everyone's outputs [n, 2 x outputs, grid]. From `firsts` on the grid is at or after a moment."""
    large, chosen = np.zeros(WORK), np.empty(WIDE, dtype=np.uint64)
    for one in range(len(out)):
        fill_person(
            moments_h,
            firsts,
            ports,
            starts,
            stops,
            amounts[one],
            dispositions[one],
            depots[one],
            molar,
            start_h,
            step_h,
            out.shape[2],
            large,
            chosen,
            out[one].reshape(-1),
        )


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
    large, chosen = np.zeros(WORK), np.empty(WIDE, dtype=np.uint64)
    curves = np.empty(2 * OUTPUTS * grid)
    for one in range(len(out)):
        fill_person(
            moments_h,
            firsts,
            ports,
            starts,
            stops,
            amounts[one],
            dispositions[one],
            depots[one],
            molar,
            start_h,
            step_h,
            grid,
            large,
            chosen,
            curves,
        )
        for which in range(len(series)):
            s = int(series[which, 0]) * grid
            r = s + OUTPUTS * grid
            summarise(
                curves[s : s + grid],
                curves[r : r + grid],
                series[which, 1],
                series[which, 2],
                start_h,
                step_h,
                out[one, which],
            )
