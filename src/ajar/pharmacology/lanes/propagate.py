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

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.kernel import fast

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

STATES: Final = 20
WIDE: Final = 24
"""A row of a matrix, filled up to three registers of eight; the depots have the first for themselves."""

OUTPUTS: Final = 5
"""Arterial, venous, norketamine, hydroxynorketamine, effect site."""

SHOWN: Final = (A1, CV, N1, H1, CE)
PARENT: Final = (DIRECT, GUT, D, G, L, BLOOD, A1, A2, A3)
FEEDS: Final = (
    PARENT, (*PARENT, CV), (*PARENT, M1, M2, N1, N2), (*PARENT, M1, M2, N1, N2, H1, H2), (*PARENT, CE),
)  # fmt: skip
"""Which states an output comes from."""

FED: Final = np.array([[state in feeds for state in range(STATES)] for feeds in FEEDS])
SHOWN_STATES: Final = np.array(SHOWN)
ROWS: Final = np.array(
    [D, D, G, G, L, L, A1, A1, A1, A1, A1, A1, A2, A2, A3, A3, CV, CV, CE, CE, M1, M1, M1, M2, M2, N1, N1, N1,
     N2, N2, H1, H1, H1, H2, H2]
)  # fmt: skip
COLUMNS: Final = np.array(
    [DIRECT, D, GUT, G, G, L, BLOOD, D, L, A1, A2, A3, A1, A2, A1, A3, A1, CV,
     A1, CE, A1, L, M1, M1, M2, M2, N1, N2, N1, N2, N1, H1, H2, H1, H2]
)  # fmt: skip
"""Where the matrix is not zero; `fill_matrix` gives its entries in this order."""

POWERS: Final = 7
BLOCK: Final = 2 ** (POWERS - 1)
"""Grid points of a block; exp(A h) is kept to the powers 1, 2, 4 … of it."""

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


@fast
def add_run(into: FloatArray, at: int, factor: float, source: FloatArray, other: int, count: int) -> None:
    """So many numbers plus `factor` times so many others. Unsigned places need no look at their sign."""
    a, b = np.uint64(at), np.uint64(other)
    for k in range(np.uint64(count)):
        into[a + k] += factor * source[b + k]


@fast
def apply(
    entries: FloatArray, fastest: float, by: float, low: int, matrices: FloatArray, term: int, to: int
) -> None:
    """(A + q) times a matrix and `by`, into another."""
    for place in range(low * WIDE, STATES * WIDE):
        matrices[to + place] = matrices[term + place] * (fastest * by)
    for one in range(len(entries)):
        if ROWS[one] >= low and COLUMNS[one] >= low:
            row, column = to + ROWS[one] * WIDE + low, term + COLUMNS[one] * WIDE + low
            add_run(matrices, row, entries[one] * by, matrices, column, WIDE - low)


@fast
def fill_exponential(
    entries: FloatArray, fastest: float, step_h: float, low: int, into: FloatArray, terms: FloatArray
) -> None:
    """exp(A h) as [states, WIDE], flat. `terms` has room for two such matrices."""
    size = STATES * WIDE
    halvings = max(0, int(ceil(log2(fastest * step_h / LARGEST))))  # noqa: RUF046 - a float to numba
    small_h = step_h / 2.0**halvings
    term, following = 0, size
    terms[:] = 0.0
    for state in range(low, STATES):
        terms[state * WIDE + state] = exp(-fastest * small_h)
    for place in range(size):
        into[place] = terms[place]
    for order in range(1, TERMS + 1):
        by = small_h / order
        apply(entries, fastest, by, low, terms, term, following)
        term, following = following, term
        add_run(into, low * WIDE, 1.0, terms, term + low * WIDE, size - low * WIDE)
    for _ in range(halvings):
        for place in range(size):
            terms[place] = into[place]
        multiply(terms, 0, low, into, 0)


@fast
def multiply(matrices: FloatArray, at: int, low: int, into: FloatArray, to: int) -> None:
    """The square of one of these matrices, which are sparse: nothing comes from further on than the next
    state.
    """
    for row in range(low, STATES):
        start = np.uint64(to + row * WIDE)
        for column in range(np.uint64(WIDE)):
            into[start + column] = 0.0
        for column in range(low, min(row + 3, STATES)):
            factor = matrices[at + row * WIDE + column]
            if factor != 0.0:
                add_run(into, to + row * WIDE + low, factor, matrices, at + column * WIDE + low, WIDE - low)


@fast
def fill_powers(low: int, powers: FloatArray) -> None:
    """exp(A h) to the powers 2, 4, 8 … after the first, one matrix behind the other."""
    size = STATES * WIDE
    for power in range(1, POWERS):
        multiply(powers, (power - 1) * size, low, powers, power * size)


@fast
def fill_table(powers: FloatArray, scales: FloatArray, low: int, table: FloatArray) -> None:
    """r_o exp(A h k) for each output, state and point of a block: [outputs, states, BLOCK], flat."""
    size = STATES * WIDE
    for output in range(OUTPUTS):
        for state in range(low, STATES):
            if FED[output, state]:
                row = (output * STATES + state) * BLOCK
                for k in range(BLOCK):
                    table[row + k] = 0.0
        table[(output * STATES + SHOWN_STATES[output]) * BLOCK] = scales[output]
        for power in range(POWERS - 1):
            for state in range(low, STATES):
                if FED[output, state]:
                    double_row(powers, power * size, output, state, 1 << power, low, table)


@fast
def double_row(
    powers: FloatArray, step: int, output: int, state: int, count: int, low: int, table: FloatArray
) -> None:
    """The next `count` points of one row of the table, from the first `count` of the rows that lead there."""
    at = (output * STATES + state) * BLOCK + count
    for through in range(max(low, state - 2), STATES):
        factor = powers[step + through * WIDE + state]
        if factor != 0.0 and FED[output, through]:
            add_run(table, at, factor, table, (output * STATES + through) * BLOCK, count)


@fast
def forward(powers: FloatArray, step: int, x: FloatArray, following: FloatArray) -> None:
    """The state after one of the kept steps."""
    for state in range(STATES):
        row, total = np.uint64(step + state * WIDE), 0.0
        for column in range(np.uint64(STATES)):
            total += powers[row + column] * x[column]
        following[state] = total
    for state in range(STATES):
        x[state] = following[state]


@fast
def forward_steps(powers: FloatArray, steps: int, x: FloatArray, following: FloatArray) -> None:
    """The state after any number of grid steps."""
    size = STATES * WIDE
    while steps >= BLOCK:
        forward(powers, (POWERS - 1) * size, x, following)
        steps -= BLOCK
    for power in range(POWERS - 1):
        if (steps >> power) & 1:
            forward(powers, power * size, x, following)


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
