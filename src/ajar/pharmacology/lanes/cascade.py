"""U1's linear part as sums of exponentials: the rates, and how much of each is in every state.

Between two moments at which something starts or stops, every state is a sum over modes: a constant, an
exponential for each rate, and one t exp(-km t) for the two equal metabolism delays. The system is a cascade,
so a state's part in a mode is its source's part over the difference of the two rates.
"""

from math import acos, cos, exp, pi, sqrt
from typing import Final

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.kernel import fast
from ajar.pharmacology.lanes.propagate import (
    CL,
    CLH,
    CLN,
    FH,
    FM,
    KA,
    KE0,
    KG,
    KT,
    KV,
    MTT,
    Q2,
    Q3,
    QH,
    QN,
    V1,
    V2,
    V3,
    VH1,
    VH2,
    VN1,
    VN2,
)

ONE, OF_KA, OF_KG, OF_KT, OF_A, OF_B, OF_C, OF_KV, OF_KE0, OF_KM, T_KM, OF_N, OF_NN, OF_H, OF_HH = range(15)
"""The modes: constant; depots; blood; venous; effect site; delays, plain and times t; norketamine; HNK."""

MODES: Final = 15
ROOM: Final = 16
"""A row of parts, filled up to two registers of eight."""

D, G, L, A, B, C, CV, CE, M1, M2, N, NN, H, HH = range(14)
"""What is carried from moment to moment: depots, modes of blood, read-outs, delays, modes of metabolites."""

CARRIED: Final = 14


@fast
def blood_rates(p: FloatArray, rates: FloatArray) -> None:
    """The three rates of blood and its tissues: roots of a cubic by angles, each then polished twice."""
    k21, k31 = p[Q2] / p[V2], p[Q3] / p[V3]
    k10, k12, k13 = p[CL] / p[V1], p[Q2] / p[V1], p[Q3] / p[V1]
    a2 = k10 + k12 + k13 + k21 + k31
    a1 = k10 * (k21 + k31) + k21 * k31 + k12 * k31 + k13 * k21
    a0 = k10 * k21 * k31
    slope, level = a1 - a2 * a2 / 3.0, a1 * a2 / 3.0 - a0 - 2.0 * a2 * a2 * a2 / 27.0
    radius = 2.0 * sqrt(-slope / 3.0)
    angle = acos(max(-1.0, min(1.0, 3.0 * level / (slope * radius)))) / 3.0
    for root in range(3):
        x = a2 / 3.0 + radius * cos(angle - 2.0 * pi * root / 3.0)
        for _ in range(3):
            x -= (((x - a2) * x + a1) * x - a0) / ((3.0 * x - 2.0 * a2) * x + a1)
        rates[OF_A + root] = x


@fast
def pair_rates(out: float, through: float, back: float, rates: FloatArray, place: int) -> None:
    """The two rates of a metabolite and its tissue."""
    total, product = out + through + back, out * back
    rates[place] = 0.5 * (total + sqrt(total * total - 4.0 * product))
    rates[place + 1] = product / rates[place]


@fast
def fill_rates(p: FloatArray, depots: FloatArray, rates: FloatArray) -> None:
    """The rate of each mode, 1/h; 0.0 for the constant and where there is no such depot."""
    rates[ONE] = 0.0
    rates[OF_KA], rates[OF_KG], rates[OF_KT] = depots[KA], depots[KG], depots[KT]
    blood_rates(p, rates)
    rates[OF_KV], rates[OF_KE0] = p[KV], p[KE0]
    rates[OF_KM] = rates[T_KM] = 2.0 / p[MTT]
    pair_rates(p[CLN] / p[VN1], p[QN] / p[VN1], p[QN] / p[VN2], rates, OF_N)
    pair_rates(p[CLH] / p[VH1], p[QH] / p[VH1], p[QH] / p[VH2], rates, OF_H)


@fast
def far(one: float, other: float, apart: float) -> bool:
    """Far enough apart to divide by their difference; a depot that is not there is far from everything."""
    return one == 0.0 or other == 0.0 or abs(one - other) > apart * max(one, other)


@fast
def separated(rates: FloatArray, apart: float) -> bool:
    """Does every rate differ by this share from all that feed it?"""
    if not far(rates[OF_KG], rates[OF_KT], apart):
        return False
    for fed in range(OF_A, MODES):
        last = OF_A
        if fed >= OF_N:
            last = OF_N if fed < OF_H else OF_H
        elif fed >= OF_KV:
            last = OF_KV
        for feeding in range(OF_KA, last):
            read_out = OF_KV <= feeding <= OF_KE0  # nothing is fed by these
            if not read_out and not far(rates[fed], rates[feeding], apart):
                return False
    return far(rates[OF_A], rates[OF_B], apart) and far(rates[OF_B], rates[OF_C], apart)


@fast
def fill_gaps(rates: FloatArray, gaps: FloatArray) -> None:
    """1 / (rate - rate of a mode) for each mode's own rate, row by row; 0.0 where a state's own mode is."""
    for own in range(OF_A, MODES):
        row = np.uint64(own * ROOM)
        for mode in range(np.uint64(MODES)):
            apart = rates[own] - rates[mode]
            gaps[row + mode] = 1.0 / apart if apart != 0.0 else 0.0
        gaps[own * ROOM + T_KM] = 0.0


@fast
def follow(
    parts: FloatArray,
    state: int,
    own: int,
    source: FloatArray,
    gaps: FloatArray,
    rates: FloatArray,
    start: float,
) -> None:
    """The parts of a state fed by `source`: all but that in its own mode, then that."""
    row, gap = np.uint64(state * ROOM), np.uint64(own * ROOM)
    for mode in range(np.uint64(MODES)):
        parts[row + mode] = source[mode] * gaps[gap + mode]
    if source[T_KM] != 0.0:
        apart = rates[own] - rates[T_KM]
        parts[row + np.uint64(T_KM)] = source[T_KM] / apart
        parts[row + np.uint64(OF_KM)] -= source[T_KM] / (apart * apart)
    at = state * ROOM
    depots = parts[at] + parts[at + OF_KA] + (parts[at + OF_KG] + parts[at + OF_KT])
    blood = parts[at + OF_A] + parts[at + OF_B] + (parts[at + OF_C] + parts[at + OF_KM])
    rest = parts[at + OF_N] + parts[at + OF_NN] + (parts[at + OF_H] + parts[at + OF_HH])
    parts[at + own] = start - (depots + blood + (rest + (parts[at + OF_KV] + parts[at + OF_KE0])))


@fast
def fill_depots(x: FloatArray, direct: float, gut: float, rates: FloatArray, parts: FloatArray) -> None:
    """Depots, from what is in them and what runs into them."""
    parts[: 3 * ROOM] = 0.0
    ka, kg, kt = rates[OF_KA], rates[OF_KG], rates[OF_KT]
    if ka > 0.0:
        parts[D * ROOM + ONE] = direct / ka
        parts[D * ROOM + OF_KA] = x[D] - direct / ka
    if kg > 0.0:
        parts[G * ROOM + ONE] = gut / kg
        parts[G * ROOM + OF_KG] = x[G] - gut / kg
        parts[L * ROOM + ONE] = gut / kt
        parts[L * ROOM + OF_KG] = kg * (x[G] - gut / kg) / (kt - kg)
        parts[L * ROOM + OF_KT] = x[L] - gut / kt - parts[L * ROOM + OF_KG]


@fast
def fill_blood(
    p: FloatArray,
    x: FloatArray,
    blood: float,
    escapes: float,
    rates: FloatArray,
    gaps: FloatArray,
    parts: FloatArray,
    work: FloatArray,
) -> None:
    """Blood by its three modes, and its read-outs. `work` ends as the amount in blood."""
    source = work[ROOM : 2 * ROOM]
    for mode in range(MODES):
        work[mode] = rates[OF_KA] * parts[D * ROOM + mode] + rates[OF_KT] * escapes * parts[L * ROOM + mode]
    work[ONE] += blood
    k21, k31 = p[Q2] / p[V2], p[Q3] / p[V3]
    for one in range(3):
        rate = rates[OF_A + one]
        other, third = rates[OF_A + (one + 1) % 3], rates[OF_A + (one + 2) % 3]
        share = (k21 - rate) * (k31 - rate) / ((other - rate) * (third - rate))
        for mode in range(MODES):
            source[mode] = share * work[mode]
        follow(parts, A + one, OF_A + one, source, gaps, rates, x[A + one])
    for mode in range(MODES):
        work[mode] = parts[A * ROOM + mode] + parts[B * ROOM + mode] + parts[C * ROOM + mode]
    for state, own in ((CV, OF_KV), (CE, OF_KE0)):
        for mode in range(MODES):
            source[mode] = rates[own] / p[V1] * work[mode]
        follow(parts, state, own, source, gaps, rates, x[state])


@fast
def fill_pair(
    x: FloatArray,
    place: int,
    own: int,
    back: float,
    rates: FloatArray,
    gaps: FloatArray,
    parts: FloatArray,
    work: FloatArray,
) -> None:
    """A metabolite by its two modes, from what feeds it in `work`, which ends as its amount."""
    source = work[ROOM : 2 * ROOM]
    for one in range(2):
        rate, other = rates[own + one], rates[own + 1 - one]
        share = (back - rate) / (other - rate)
        for mode in range(MODES):
            source[mode] = share * work[mode]
        follow(parts, place + one, own + one, source, gaps, rates, x[place + one])
    for mode in range(MODES):
        work[mode] = parts[place * ROOM + mode] + parts[(place + 1) * ROOM + mode]


@fast
def fill_metabolites(
    p: FloatArray,
    x: FloatArray,
    escapes: float,
    rates: FloatArray,
    gaps: FloatArray,
    parts: FloatArray,
    work: FloatArray,
) -> None:
    """The two delays, norketamine and hydroxynorketamine, from the amount in blood in `work`."""
    km, source = rates[OF_KM], work[ROOM : 2 * ROOM]
    for mode in range(MODES):
        source[mode] = p[CL] / p[V1] * work[mode] + rates[OF_KT] * (1.0 - escapes) * parts[L * ROOM + mode]
    follow(parts, M1, OF_KM, source, gaps, rates, x[M1])
    for mode in range(MODES):
        source[mode] = km * parts[M1 * ROOM + mode]
    follow(parts, M2, OF_KM, source, gaps, rates, x[M2])
    parts[M2 * ROOM + T_KM] = km * parts[M1 * ROOM + OF_KM]
    for mode in range(MODES):
        work[mode] = p[FM] * km * parts[M2 * ROOM + mode]
    fill_pair(x, N, OF_N, p[QN] / p[VN2], rates, gaps, parts, work)
    for mode in range(MODES):
        work[mode] *= p[FH] * p[CLN] / p[VN1]
    fill_pair(x, H, OF_H, p[QH] / p[VH2], rates, gaps, parts, work)


@fast
def advance(parts: FloatArray, rates: FloatArray, by_h: float, x: FloatArray, decay: FloatArray) -> None:
    """What is carried, after so many hours without a change of input."""
    for mode in range(MODES):
        decay[mode] = exp(-rates[mode] * by_h)
    decay[T_KM] *= by_h
    for state in range(CARRIED):
        total = 0.0
        for mode in range(MODES):
            total += parts[state * ROOM + mode] * decay[mode]
        x[state] = total
