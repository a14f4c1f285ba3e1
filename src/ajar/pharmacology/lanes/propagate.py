"""U1's linear part on a uniform grid: a point costs a few multiply-adds, and no exponential.

The fourteen equations of `u1.pk.model_of`, with the rates of inflow as three more states, are one matrix A
whose entries off the diagonal are not negative. So exp(A h) = exp(-q h) exp((A + q) h) is a sum of terms that
are all positive, and so are its products: nothing cancels, whatever rates are equal, and there is no special
case.

For an output o the row r_o exp(A h k) is kept for a block of grid points k, by doubling; in a block the
output is that table times the state at its first point, and the state goes from block to block by one
multiplication.
"""

from math import ceil, exp, log2
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.kernel import fast, within

DISPOSITION: Final = (
    "v1_l",
    "v2_l",
    "v3_l",
    "cl_l_h",
    "q2_l_h",
    "q3_l_h",
    "kv_per_h",
    "mtt_h",
    "fm",
    "vn1_l",
    "vn2_l",
    "cln_l_h",
    "qn_l_h",
    "fh",
    "vh1_l",
    "vh2_l",
    "clh_l_h",
    "qh_l_h",
    "ke0_per_h",
)
"""The order of a disposition's parameters in an array: part of the compiled code, which is cached by file."""

V1, V2, V3, CL, Q2, Q3, KV, MTT, FM, VN1, VN2, CLN, QN, FH, VH1, VH2, CLH, QH, KE0 = range(len(DISPOSITION))
KA, KG, KT, ESCAPES = range(4)
"""A group of depots: its rates, 0.0 where there is no such depot, and the share that passes the liver."""

DIRECT, GUT, D, G, L = range(5)
BLOOD, A1, A2, A3, CV, CE, M1, M2, N1, N2, H1, H2 = range(8, 20)
"""The states: three rates of inflow, and those of U1. Without depots all from `BLOOD` on are a system
alone."""

EMPTY: Final = 5
"""A place among them that nothing is ever in."""

STATES: Final = 20
WIDE: Final = 24
"""A row of a matrix, filled up to three registers of eight; the depots have the first for themselves."""

OUTPUTS: Final = 5
"""Arterial, venous, norketamine, hydroxynorketamine, effect site."""

ROWS: Final = np.array(
    [D, D, G, G, L, L, A1, A1, A1, A1, A1, A1, A2, A2, A3, A3, CV, CV, CE, CE, M1, M1, M1, M2, M2, N1, N1, N1,
     N2, N2, H1, H1, H1, H2, H2]
)  # fmt: skip
COLUMNS: Final = np.array(
    [DIRECT, D, GUT, G, G, L, BLOOD, D, L, A1, A2, A3, A1, A2, A1, A3, A1, CV,
     A1, CE, A1, L, M1, M1, M2, M2, N1, N2, N1, N2, N1, H1, H2, H1, H2]
)  # fmt: skip
"""Where the matrix is not zero; `fill_matrix` gives its entries in this order."""


def _reaches() -> NDArray[np.bool_]:
    """Which state (row) ever holds something of what was in which (column)."""
    reaches = np.eye(STATES, dtype=np.bool_)
    reaches[ROWS, COLUMNS] = True
    for _ in range(STATES):
        reaches = reaches @ reaches
    return reaches


REACHES: Final = _reaches()
SHOWN: Final = np.array([A1, CV, N1, H1, CE])
"""The state that each output shows."""

FOUR: Final = 4
"""Terms that are added up at once, in registers."""


def _fours(filled: NDArray[np.bool_], low: int) -> NDArray[np.int64]:
    """The entries of a matrix that may not be zero: row, 1 where it goes on, and four columns of it at a
    time.
    """
    fours = []
    for row in (*range(low, EMPTY), *range(BLOOD, STATES)):
        columns = [column for column in np.flatnonzero(filled[row]) if column >= low]
        for first in range(0, len(columns), FOUR):
            some = columns[first : first + FOUR]
            fours.append((row, int(first > 0), *some, *[EMPTY] * (FOUR - len(some))))
    return np.array(fours)


def _generator() -> NDArray[np.bool_]:
    filled = np.eye(STATES, dtype=np.bool_)
    filled[ROWS, COLUMNS] = True
    return filled


GENERATOR: Final = _fours(_generator(), 0)
GENERATOR_OF_BLOOD: Final = _fours(_generator(), BLOOD)
PRODUCTS: Final = _fours(REACHES, 0)
PRODUCTS_OF_BLOOD: Final = _fours(REACHES, BLOOD)
"""Of A and of exp(A h); and the same without depots."""

POWERS: Final = 7
BLOCK: Final = 2 ** (POWERS - 1)
"""Grid points of a block; exp(A h) is kept to the powers 1, 2, 4 … of it."""


def _sums(low: int) -> NDArray[np.int64]:
    """What the rows of the table of powers are added up from, four terms at a time.

    The row, 1 where it goes on, four other rows, and what of the power's matrix each is taken times.
    """
    sums: list[tuple[int, ...]] = []
    for output, shown in enumerate(SHOWN.tolist()):
        for state in np.flatnonzero(REACHES[shown]).tolist():
            filled = REACHES[:, state] & REACHES[shown] & (state >= low)
            through = np.flatnonzero(filled).tolist()
            for first in range(0, len(through), FOUR):
                some: list[int] = [*through[first : first + FOUR], *[EMPTY] * FOUR][:FOUR]
                rows = [(output * STATES + on) * BLOCK for on in some]
                sums.append(
                    (
                        (output * STATES + state) * BLOCK,
                        int(first > 0),
                        *rows,
                        *[on * WIDE + state for on in some],
                    )
                )
    return np.array(sums)


SUMS: Final = _sums(0)
SUMS_OF_BLOOD: Final = _sums(BLOOD)

TERMS: Final = 11
LARGEST: Final = 0.25
"""Terms of the series up to this q h: what is left out is below 1e-16."""

ON_GRID_H: Final = 1e-11
"""Moments nearer to a grid point than this (a rounding error of the hours of a year) are on it."""


@fast
def fill_matrix(p: FloatArray, depots: FloatArray, entries: FloatArray) -> float:
    """The entries of A, 1/h, in the order of `ROWS`. Gives q, the fastest rate."""
    ka, kg, kt, escapes = depots[KA], depots[KG], depots[KT], depots[ESCAPES]
    k12, k13, k21, k31 = p[Q2] / p[V1], p[Q3] / p[V1], p[Q2] / p[V2], p[Q3] / p[V3]
    k10, km = p[CL] / p[V1], 2.0 / p[MTT]
    n12, n21, n10 = p[QN] / p[VN1], p[QN] / p[VN2], p[CLN] / p[VN1]
    h12, h21, h10 = p[QH] / p[VH1], p[QH] / p[VH2], p[CLH] / p[VH1]
    for place, value in enumerate((
        1.0, -ka, 1.0, -kg, kg, -kt,
        1.0, ka, kt * escapes, -(k10 + k12 + k13), k21, k31, k12, -k21, k13, -k31,
        p[KV] / p[V1], -p[KV], p[KE0] / p[V1], -p[KE0],
        k10, kt * (1.0 - escapes), -km, km, -km,
        p[FM] * km, -(n10 + n12), n21, n12, -n21,
        p[FH] * n10, -(h10 + h12), h21, h12, -h21,
    )):  # fmt: skip
        entries[place] = value
    fastest = 0.0
    for one in range(len(entries)):
        fastest = max(fastest, -entries[one])
    return fastest


@within
def add_row(into: FloatArray, row: int, factor: float, source: FloatArray, other: int, low: int) -> None:
    """A row of a matrix plus so many times another. Unsigned places need no look at their sign, and lengths
    that are known while compiling need no rest.
    """
    a, b = np.uint64(row + low), np.uint64(other + low)
    if low == 0:
        for k in range(np.uint64(WIDE)):
            into[a + k] += factor * source[b + k]
    else:
        for k in range(np.uint64(WIDE - BLOOD)):
            into[a + k] += factor * source[b + k]


@within
def add_four(
    into: FloatArray, at: int, keep: float, source: FloatArray,
    first: int, of_first: float, second: int, of_second: float,
    third: int, of_third: float, fourth: int, of_fourth: float, count: int,
) -> None:  # fmt: skip
    """So many numbers, kept or not, plus four others times something."""
    t, a, b, c, d = np.uint64(at), np.uint64(first), np.uint64(second), np.uint64(third), np.uint64(fourth)
    for k in range(np.uint64(count)):
        total = keep * into[t + k] + of_first * source[a + k] + of_second * source[b + k]
        into[t + k] = total + of_third * source[c + k] + of_fourth * source[d + k]


@fast
def multiply(
    fours: NDArray[np.int64],
    left: FloatArray,
    of_left: int,
    by: float,
    matrices: FloatArray,
    right: int,
    low: int,
    to: int,
) -> None:
    """A product of two of these matrices, times `by`, where `fours` says what of the left one is not zero."""
    for one in range(len(fours)):
        mine, keep = of_left + fours[one, 0] * WIDE, float(fours[one, 1])
        of_a, of_b = left[mine + fours[one, 2]] * by, left[mine + fours[one, 3]] * by
        of_c, of_d = left[mine + fours[one, 4]] * by, left[mine + fours[one, 5]] * by
        at, other = to + fours[one, 0] * WIDE + low, right + low
        a, b = other + fours[one, 2] * WIDE, other + fours[one, 3] * WIDE
        c, d = other + fours[one, 4] * WIDE, other + fours[one, 5] * WIDE
        if low == 0:  # lengths that are known while compiling need no rest
            add_four(matrices, at, keep, matrices, a, of_a, b, of_b, c, of_c, d, of_d, WIDE)
        else:
            add_four(matrices, at, keep, matrices, a, of_a, b, of_b, c, of_c, d, of_d, WIDE - BLOOD)


@fast
def fill_exponential(
    entries: FloatArray, fastest: float, step_h: float, low: int, powers: FloatArray, terms: FloatArray
) -> None:
    """exp(A h) as [states, WIDE], flat, first in `powers`. `terms` has room for three such matrices.

    The series is summed from its end: 1 + B (1 + B / 2 (1 + B / 3 …)).
    """
    size = STATES * WIDE
    generator = terms[2 * size :]
    halvings = max(0, int(ceil(log2(fastest * step_h / LARGEST))))  # noqa: RUF046 - a float to numba
    small_h = step_h / 2.0**halvings
    generator[:] = 0.0
    terms[: 2 * size] = 0.0
    for state in range(STATES):
        generator[state * WIDE + state] = fastest * small_h
        terms[state * WIDE + state] = 1.0
    for one in range(len(entries)):
        generator[ROWS[one] * WIDE + COLUMNS[one]] += entries[one] * small_h
    fours = GENERATOR if low == 0 else GENERATOR_OF_BLOOD
    here, there = 0, size
    for order in range(TERMS, 0, -1):
        multiply(fours, generator, 0, 1.0 / order, terms, here, low, there)
        for state in range(STATES):
            terms[there + state * WIDE + state] += 1.0
        here, there = there, here
    shrink = exp(-fastest * small_h)
    for place in range(size):
        terms[here + place] *= shrink
    fours = PRODUCTS if low == 0 else PRODUCTS_OF_BLOOD
    for _ in range(halvings):
        multiply(fours, terms, here, 1.0, terms, here, low, there)
        here, there = there, here
    for place in range(size):
        powers[place] = terms[here + place]


@fast
def fill_powers(low: int, powers: FloatArray) -> None:
    """exp(A h) to the powers 2, 4, 8 … after the first, one matrix behind the other."""
    size, fours = STATES * WIDE, PRODUCTS if low == 0 else PRODUCTS_OF_BLOOD
    for power in range(1, POWERS):
        before = (power - 1) * size
        multiply(fours, powers, before, 1.0, powers, before, low, before + size)


@fast
def fill_table(powers: FloatArray, scales: FloatArray, low: int, table: FloatArray) -> None:
    """r_o exp(A h k) for each output, state and point of a block: [outputs, states, BLOCK], flat."""
    for output in range(OUTPUTS):
        for state in range(STATES):
            table[(output * STATES + state) * BLOCK] = 0.0
        table[(output * STATES + SHOWN[output]) * BLOCK] = scales[output]
    sums = SUMS if low == 0 else SUMS_OF_BLOOD
    for power in range(POWERS - 1):
        add_points(sums, powers, power * STATES * WIDE, table, 1 << power)


@fast
def add_points(sums: NDArray[np.int64], powers: FloatArray, step: int, table: FloatArray, count: int) -> None:
    """The next `count` points of every row of the table, from the first of the others."""
    for one in range(len(sums)):
        row, keep = sums[one, 0] + count, float(sums[one, 1])
        a, b, c, d = sums[one, 2], sums[one, 3], sums[one, 4], sums[one, 5]
        of_a, of_b = powers[step + sums[one, 6]], powers[step + sums[one, 7]]
        of_c, of_d = powers[step + sums[one, 8]], powers[step + sums[one, 9]]
        if count == 32:
            add_four(table, row, keep, table, a, of_a, b, of_b, c, of_c, d, of_d, 32)
        elif count == 16:
            add_four(table, row, keep, table, a, of_a, b, of_b, c, of_c, d, of_d, 16)
        elif count == 8:
            add_four(table, row, keep, table, a, of_a, b, of_b, c, of_c, d, of_d, 8)
        else:
            add_four(table, row, keep, table, a, of_a, b, of_b, c, of_c, d, of_d, count)


@within
def forward(columns: FloatArray, step: int, low: int, x: FloatArray, following: FloatArray) -> None:
    """The state after one of the kept steps, by columns (`turn_over`)."""
    for state in range(WIDE):
        following[state] = 0.0
    for column in range(low, STATES):
        add_row(following, 0, x[column], columns, step + column * WIDE, low)
    for state in range(WIDE):
        x[state] = following[state]


@fast
def turn_over(powers: FloatArray, low: int, columns: FloatArray) -> None:
    """The same matrices by columns: [powers, from which state, WIDE to which], flat."""
    size = STATES * WIDE
    for power in range(0, POWERS * size, size):
        for row in range(low, STATES):
            for column in range(low, STATES):
                columns[power + column * WIDE + row] = powers[power + row * WIDE + column]


@fast
def forward_steps(columns: FloatArray, steps: int, low: int, x: FloatArray, following: FloatArray) -> None:
    """The state after any number of grid steps."""
    size = STATES * WIDE
    while steps >= BLOCK:
        forward(columns, (POWERS - 1) * size, low, x, following)
        steps -= BLOCK
    for power in range(POWERS - 1):
        if (steps >> power) & 1:
            forward(columns, power * size, low, x, following)


@fast
def forward_hours(
    entries: FloatArray, fastest: float, by_h: float, x: FloatArray, term: FloatArray, following: FloatArray
) -> None:
    """The state after any time: the series, applied to the state."""
    if by_h <= ON_GRID_H:
        return
    parts = max(1, int(ceil(fastest * by_h / LARGEST)))  # noqa: RUF046 - a float to numba
    part_h = by_h / parts
    for _ in range(parts):
        for state in range(STATES):
            term[state] = x[state] = x[state] * exp(-fastest * part_h)
        for order in range(1, TERMS + 1):
            by = part_h / order
            for state in range(STATES):
                following[state] = term[state] * (fastest * by)
            for one in range(len(entries)):
                following[ROWS[one]] += entries[one] * by * term[COLUMNS[one]]
            for state in range(STATES):
                term[state] = following[state]
                x[state] += following[state]
