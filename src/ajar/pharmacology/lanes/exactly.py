"""A session of one person by the tables of `lanes.propagate`: whatever rates are equal, and more slowly."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.kernel import fast, within
from ajar.pharmacology.lanes.propagate import (
    A1,
    A2,
    A3,
    BLOCK,
    BLOOD,
    DIRECT,
    EMPTY,
    GUT,
    H1,
    H2,
    KA,
    M1,
    M2,
    N1,
    N2,
    ON_GRID_H,
    OUTPUTS,
    POWERS,
    ROWS,
    SHOWN,
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
    turn_over,
)

NORKETAMINE: Final = 2
HYDROXYNORKETAMINE: Final = 3
AT_A1, AT_A2, AT_A3, AT_M1, AT_M2, AT_N1, AT_N2 = (
    np.uint64(state * BLOCK) for state in (A1, A2, A3, M1, M2, N1, N2)
)
"""Where a state's row is in the table of an output."""

GONE: Final = 1e-15
"""A depot with less than this share of what was given is empty."""

EXACT_WORK: Final = (
    len(ROWS) + OUTPUTS + (2 * POWERS + 3) * STATES * WIDE + OUTPUTS * STATES * BLOCK + 4 * WIDE + BLOCK
)
"""Size of the work space of `draw_exactly`."""


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
        into_blood = ports[given] == 0 and group == 0
        if into_blood:
            depot = BLOOD
        if into_blood or depot in (DIRECT, GUT):
            if starts[given] == moment and stops[given] == moment:
                x[depot + D] += amounts[given]
            elif starts[given] <= moment < stops[given]:
                x[depot] += amounts[given]


@within
def write_few(out: FloatArray, place: int, table: FloatArray, rows: int, state: int, x: FloatArray) -> None:
    """A block of an output that comes from the body and one more state; `rows` is where its table starts."""
    start, base, more = np.uint64(place), np.uint64(rows), np.uint64(rows + state * BLOCK)
    a, b, c, d = x[A1], x[A2], x[A3], x[state]
    for k in range(np.uint64(BLOCK)):
        body = a * table[base + AT_A1 + k] + b * table[base + AT_A2 + k] + c * table[base + AT_A3 + k]
        out[start + k] = body + d * table[more + k]


@within
def write_norketamine(out: FloatArray, place: int, table: FloatArray, rows: int, x: FloatArray) -> None:
    """A block of norketamine, or the part of hydroxynorketamine that comes from there."""
    start, base = np.uint64(place), np.uint64(rows)
    a, b, c, d, e, f, g = x[A1], x[A2], x[A3], x[M1], x[M2], x[N1], x[N2]
    for k in range(np.uint64(BLOCK)):
        body = a * table[base + AT_A1 + k] + b * table[base + AT_A2 + k] + c * table[base + AT_A3 + k]
        made = d * table[base + AT_M1 + k] + e * table[base + AT_M2 + k]
        out[start + k] = body + made + f * table[base + AT_N1 + k] + g * table[base + AT_N2 + k]


@within
def add_two(
    out: FloatArray, place: int, table: FloatArray, rows: int, first: int, second: int, x: FloatArray
) -> None:
    """What comes from two more states."""
    start, a, b = np.uint64(place), np.uint64(rows + first * BLOCK), np.uint64(rows + second * BLOCK)
    of_a, of_b = x[first], x[second]
    for k in range(np.uint64(BLOCK)):
        out[start + k] += of_a * table[a + k] + of_b * table[b + k]


@fast
def write(out: FloatArray, place: int, table: FloatArray, output: int, low: int, x: FloatArray) -> None:
    """One output in one block."""
    rows = output * STATES * BLOCK
    if output == NORKETAMINE:
        write_norketamine(out, place, table, rows, x)
    elif output == HYDROXYNORKETAMINE:
        write_norketamine(out, place, table, rows, x)
        add_two(out, place, table, rows, H1, H2, x)
    elif output == 0:
        write_few(out, place, table, rows, EMPTY, x)
    else:
        write_few(out, place, table, rows, SHOWN[output], x)
    if low == 0:
        add_two(out, place, table, rows, DIRECT, GUT, x)
        add_two(out, place, table, rows, D, G, x)
        add_two(out, place, table, rows, L, EMPTY, x)
    if x[BLOOD] != 0.0:
        add_two(out, place, table, rows, BLOOD, EMPTY, x)


@fast
def stretch(
    first: int,
    last: int,
    output: int,
    columns: FloatArray,
    table: FloatArray,
    x: FloatArray,
    following: FloatArray,
    low: int,
    given: float,
    line: FloatArray,
    out: FloatArray,
) -> None:
    """An output on the grid points from `first` to before `last`; the state goes from the one to the
    other.
    """
    at = first
    while at < last:
        points = min(BLOCK, last - at)
        for depot in range(D, L + 1):
            if x[depot] < GONE * given:
                x[depot] = 0.0
        empty = low == 0 and x[DIRECT] + x[GUT] + x[D] + x[G] + x[L] == 0.0
        if points == BLOCK:
            write(out, at, table, output, BLOOD if empty else low, x)
        else:
            write(line, 0, table, output, BLOOD if empty else low, x)
            for k in range(points):
                out[at + k] = line[k]
        forward_steps(columns, points, low, x, following)
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
    output: int,
    columns: FloatArray,
    table: FloatArray,
    work: FloatArray,
    out: FloatArray,
) -> None:
    """An output of one enantiomer of one person by one group of depots, on the grid."""
    x, term, following = work[:WIDE], work[WIDE : 2 * WIDE], work[2 * WIDE : 3 * WIDE]
    kept, line = work[3 * WIDE : 4 * WIDE], work[4 * WIDE :]
    x[:] = 0.0
    given = 0.0
    last_moment = len(moments_h) - 1
    for moment in range(last_moment + 1):
        if firsts[moment] == firsts[last_moment + 1]:
            break
        turn(moment, group, ports, starts, stops, amounts, x)
        given = max(given, x[D] + x[G] + x[DIRECT] + x[GUT])
        now_h, first, last = moments_h[moment], firsts[moment], firsts[moment + 1]
        if last > first:
            forward_hours(entries, fastest, start_h + first * step_h - now_h, x, term, following)
            now_h = start_h + last * step_h
            # The stretch ends a step behind its last point; a moment inside that step is reached from there.
            beyond = moment < last_moment and now_h > moments_h[moment + 1] + ON_GRID_H
            for state in range(WIDE):
                kept[state] = x[state]
            stretch(first, last, output, columns, table, x, following, low, given, line, out)
            if beyond:
                for state in range(WIDE):
                    x[state] = kept[state]
                forward_steps(columns, last - 1 - first, low, x, following)
                now_h -= step_h
        if moment < last_moment:
            forward_hours(entries, fastest, moments_h[moment + 1] - now_h, x, term, following)


@fast
def fill_scales(p: FloatArray, molar: FloatArray, scales: FloatArray) -> None:
    """From the state behind each output to ng/mL."""
    scales[0] = molar[0] / p[V1]
    scales[1] = scales[4] = molar[0]
    scales[2], scales[3] = molar[1] / p[VN1], molar[2] / p[VH1]


@fast
def draw_exactly(
    moments_h: FloatArray,
    firsts: NDArray[np.int64],
    group: int,
    ports: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    amounts: FloatArray,
    p: FloatArray,
    depots: FloatArray,
    molar: FloatArray,
    start_h: float,
    step_h: float,
    output: int,
    large: FloatArray,
    out: FloatArray,
) -> None:
    """An output of one enantiomer of one person by one group of depots, whatever rates are equal."""
    size, entries = STATES * WIDE, large[: len(ROWS)]
    scales, large = large[len(ROWS) : len(ROWS) + OUTPUTS], large[len(ROWS) + OUTPUTS :]
    powers, columns = large[: POWERS * size], large[POWERS * size : 2 * POWERS * size]
    terms, large = large[2 * POWERS * size : (2 * POWERS + 3) * size], large[(2 * POWERS + 3) * size :]
    table, work = large[: OUTPUTS * STATES * BLOCK], large[OUTPUTS * STATES * BLOCK :]
    fill_scales(p, molar, scales)
    low = DIRECT if depots[KA] > 0.0 else BLOOD
    fastest = fill_matrix(p, depots, entries)
    fill_exponential(entries, fastest, step_h, low, powers, terms)
    fill_powers(low, powers)
    turn_over(powers, low, columns)
    fill_table(powers, scales, low, table)
    run(
        moments_h, firsts, group, ports, starts, stops, amounts, entries, fastest, low, start_h, step_h,
        output,
        columns, table, work, out,
    )  # fmt: skip
