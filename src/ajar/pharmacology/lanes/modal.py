"""U1's linear part as sums of exponentials: the quickest form of it, where no two of its rates are near each other.

Between two moments at which something starts or stops, every state is a sum over modes: a constant, an exponential
for each rate, and one t exp(-km t) for the two equal metabolism delays. The system is a cascade, so a state's part in
a mode is its source's part over the difference of the two rates. A point of an output is a few multiply-adds with a
table of exponentials that all outputs share; there is no exponential in it.

Differences of rates are divided by, so near rates cost digits: their parts are large and cancel. Whoever is drawn
here is looked at afterwards, and where a part was so large that it cost too many digits, `lanes.propagate` does the
same without a difference, more slowly.
"""

from math import acos, cos, exp, pi, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.kernel import fast
from ajar.pharmacology.lanes.propagate import (
    CL,
    CLH,
    CLN,
    ESCAPES,
    FH,
    FM,
    KA,
    KE0,
    KG,
    KT,
    KV,
    MTT,
    OUTPUTS,
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
WAVE: Final = 128
"""Grid points of a block: the table of a block stays in the first cache."""

ROOM: Final = 16
"""A row of parts, filled up to two registers of eight."""

D, G, L, A, B, C, CV, CE, M1, M2, N, NN, H, HH = range(14)
"""What is carried from moment to moment: depots, the modes of the blood, read-outs, delays, modes of metabolites."""

CARRIED: Final = 14
APART: Final = 0.05
"""Rates that differ by less than this share of the larger one may cost digits; by less than `TOUCHING`, all."""

TOUCHING: Final = 1e-6
LARGEST_PART: Final = 4000.0
"""A part this many times the peak of its curve costs some 1e-12 of the peak: 1e-9 of a thousandth of it."""

FORGOTTEN: Final = 1e-20
"""A part this much smaller than the largest is nothing, and need not be drawn any more."""

MODAL_WORK: Final = (CARRIED + OUTPUTS + 8 + MODES) * ROOM + (MODES + 1) * WAVE
"""Size of the work space of `run_modal`. It keeps the table of exponentials from one call to the next."""


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
            read_out = feeding == OF_KV or feeding == OF_KE0
            if not read_out and not far(rates[fed], rates[feeding], apart):
                return False
    return far(rates[OF_A], rates[OF_B], apart) and far(rates[OF_B], rates[OF_C], apart)


@fast
def fill_gaps(rates: FloatArray, gaps: FloatArray) -> None:
    """1 / (rate - rate of a mode) for each mode's own rate, row by row; 0.0 where a state's own mode is."""
    for own in range(OF_A, MODES):
        row = np.uint64(own * ROOM)
        for mode in range(np.uint64(MODES)):
            gaps[row + mode] = 1.0 / (rates[own] - rates[mode])
        gaps[own * ROOM + own] = gaps[own * ROOM + T_KM] = 0.0
    gaps[OF_KM * ROOM + T_KM] = gaps[T_KM * ROOM + OF_KM] = 0.0


@fast
def follow(
    parts: FloatArray, state: int, own: int, source: FloatArray, gaps: FloatArray, rates: FloatArray, start: float
) -> None:
    """The parts of a state that loses its own rate of itself and is fed by `source`: all but its own mode, then that."""
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
    """Blood by its three modes, and what is read from it: veins, effect site. `work` ends as the amount in blood."""
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


@fast
def shift(curves: FloatArray, decay: FloatArray, by_h: float, largest: FloatArray) -> None:
    """The parts of the outputs, counted from so many hours later; `decay` is exp(-rate hours) of each mode."""
    for output in range(OUTPUTS):
        row = output * ROOM
        curves[row + OF_KM] += curves[row + T_KM] * by_h
        for mode in range(MODES):
            part = curves[row + mode] * decay[mode]
            curves[row + mode] = part if abs(part) > FORGOTTEN * largest[output] else 0.0


@fast
def fill_curves(parts: FloatArray, scales: FloatArray, curves: FloatArray) -> None:
    """The parts of the five outputs, in ng/mL."""
    for mode in range(MODES):
        blood = parts[A * ROOM + mode] + parts[B * ROOM + mode] + parts[C * ROOM + mode]
        curves[mode] = scales[0] * blood
        curves[ROOM + mode] = scales[1] * parts[CV * ROOM + mode]
        curves[2 * ROOM + mode] = scales[2] * (parts[N * ROOM + mode] + parts[NN * ROOM + mode])
        curves[3 * ROOM + mode] = scales[3] * (parts[H * ROOM + mode] + parts[HH * ROOM + mode])
        curves[4 * ROOM + mode] = scales[4] * parts[CE * ROOM + mode]


@fast
def fill_waves(
    rates: FloatArray, step_h: float, known: FloatArray, waves: FloatArray, block: FloatArray
) -> None:
    """exp(-rate k step) for the points k of a block, by doubling, and for a whole block; t exp(-km t) in its row.

    `known` are the rates of the table as it stands: most of R are those of S.
    """
    for mode in range(MODES):
        if known[mode] == rates[mode]:
            continue
        known[mode] = rates[mode]
        row, count = np.uint64(mode * WAVE), 1
        waves[row] = 1.0
        while count < WAVE:
            factor = exp(-rates[mode] * step_h * count)  # not the square of the last: that would double its error
            for k in range(np.uint64(count)):
                waves[row + np.uint64(count) + k] = factor * waves[row + k]
            count *= 2
        block[mode] = exp(-rates[mode] * step_h * WAVE)
        if mode == T_KM:
            for k in range(np.uint64(WAVE)):
                waves[row + k] *= step_h * k


@fast
def draw_blood(waves: FloatArray, c: FloatArray, out: FloatArray, grid: int, place: int, points: int) -> None:
    """Blood, veins and effect site on the points of a block, where no depot feeds them any more."""
    arterial, venous, effect = np.uint64(place), np.uint64(grid + place), np.uint64(4 * grid + place)
    a, b, g = np.uint64(OF_A * WAVE), np.uint64(OF_B * WAVE), np.uint64(OF_C * WAVE)
    v, e = np.uint64(OF_KV * WAVE), np.uint64(OF_KE0 * WAVE)
    a1, a2, a3, a0 = c[OF_A], c[OF_B], c[OF_C], c[ONE]
    v1, v2, v3, v4, v0 = c[ROOM + OF_A], c[ROOM + OF_B], c[ROOM + OF_C], c[ROOM + OF_KV], c[ROOM + ONE]
    e1, e2, e3 = c[4 * ROOM + OF_A], c[4 * ROOM + OF_B], c[4 * ROOM + OF_C]
    e4, e0 = c[4 * ROOM + OF_KE0], c[4 * ROOM + ONE]
    for k in range(np.uint64(points)):
        x, y, z = waves[a + k], waves[b + k], waves[g + k]
        out[arterial + k] = max(a0 + a1 * x + a2 * y + a3 * z, 0.0)
        out[venous + k] = max(v0 + v1 * x + v2 * y + v3 * z + v4 * waves[v + k], 0.0)
        out[effect + k] = max(e0 + e1 * x + e2 * y + e3 * z + e4 * waves[e + k], 0.0)


@fast
def draw_metabolites(waves: FloatArray, c: FloatArray, out: FloatArray, grid: int, place: int, points: int) -> None:
    """Norketamine and hydroxynorketamine on the points of a block, where no depot feeds them any more."""
    first, second = np.uint64(2 * grid + place), np.uint64(3 * grid + place)
    a, b, g = np.uint64(OF_A * WAVE), np.uint64(OF_B * WAVE), np.uint64(OF_C * WAVE)
    m, t = np.uint64(OF_KM * WAVE), np.uint64(T_KM * WAVE)
    u, w, h, i = np.uint64(OF_N * WAVE), np.uint64(OF_NN * WAVE), np.uint64(OF_H * WAVE), np.uint64(OF_HH * WAVE)
    n, r = 2 * ROOM, 3 * ROOM
    n0, n1, n2, n3, n4, n5 = c[n + ONE], c[n + OF_A], c[n + OF_B], c[n + OF_C], c[n + OF_KM], c[n + T_KM]
    n6, n7 = c[n + OF_N], c[n + OF_NN]
    r0, r1, r2, r3, r4, r5 = c[r + ONE], c[r + OF_A], c[r + OF_B], c[r + OF_C], c[r + OF_KM], c[r + T_KM]
    r6, r7, r8, r9 = c[r + OF_N], c[r + OF_NN], c[r + OF_H], c[r + OF_HH]
    for k in range(np.uint64(points)):
        x, y, z, p, q = waves[a + k], waves[b + k], waves[g + k], waves[m + k], waves[t + k]
        f, s = waves[u + k], waves[w + k]
        made = n0 + n1 * x + n2 * y + n3 * z + n4 * p + n5 * q + n6 * f + n7 * s
        out[first + k] = max(made, 0.0)
        next_made = r0 + r1 * x + r2 * y + r3 * z + r4 * p + r5 * q + r6 * f + r7 * s
        out[second + k] = max(next_made + r8 * waves[h + k] + r9 * waves[i + k], 0.0)


@fast
def draw_any(waves: FloatArray, c: FloatArray, out: FloatArray, place: int, points: int, adds: int) -> None:
    """One output on the points of a block, whatever feeds it: by all modes that have a part in it."""
    at, level = np.uint64(place), c[ONE]
    sums = waves[MODES * WAVE :]
    for k in range(np.uint64(points)):
        sums[k] = level
    for mode in range(1, MODES):
        part = c[mode]
        if part != 0.0:
            row = np.uint64(mode * WAVE)
            for k in range(np.uint64(points)):
                sums[k] += part * waves[row + k]
    if adds:
        for k in range(np.uint64(points)):
            out[at + k] += max(sums[k], 0.0)
    else:
        for k in range(np.uint64(points)):
            out[at + k] = max(sums[k], 0.0)


@fast
def fed(curves: FloatArray) -> bool:
    """Does a depot still feed any output?"""
    for output in range(OUTPUTS):
        row = output * ROOM
        if curves[row + OF_KA] != 0.0 or curves[row + OF_KG] != 0.0 or curves[row + OF_KT] != 0.0:
            return True
    return False


@fast
def note_parts(curves: FloatArray, rates: FloatArray, largest: FloatArray) -> None:
    """The largest part of each output so far."""
    for output in range(OUTPUTS):
        row = output * ROOM
        largest[output] = max(largest[output], abs(curves[row + T_KM]) / rates[T_KM])
        for mode in range(MODES):
            if mode != T_KM:
                largest[output] = max(largest[output], abs(curves[row + mode]))


@fast
def note_peaks(out: FloatArray, grid: int, at: int, peaks: FloatArray) -> None:
    """The highest value of each output so far, at some of its points."""
    for output in range(OUTPUTS):
        peaks[output] = max(peaks[output], out[output * grid + at])


@fast
def draw(
    curves: FloatArray,
    waves: FloatArray,
    block: FloatArray,
    block_h: float,
    first: int,
    last: int,
    grid: int,
    out: FloatArray,
    adds: int,
    largest: FloatArray,
    peaks: FloatArray,
) -> None:
    """All outputs on the grid points from `first` to before `last`, block by block."""
    at = first
    while at < last:
        points = min(WAVE, last - at)
        if adds or fed(curves):
            for output in range(OUTPUTS):
                row = output * ROOM
                draw_any(waves, curves[row : row + ROOM], out, output * grid + at, points, adds)
        else:
            draw_blood(waves, curves, out, grid, at, points)
            draw_metabolites(waves, curves, out, grid, at, points)
        note_peaks(out, grid, at, peaks)
        at += points
        note_peaks(out, grid, at - 1, peaks)
        if at < last:
            shift(curves, block, block_h, largest)


@fast
def run_modal(
    moments_h: FloatArray,
    firsts: NDArray[np.int64],
    group: int,
    ports: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    amounts: FloatArray,
    p: FloatArray,
    escapes: float,
    scales: FloatArray,
    rates: FloatArray,
    start_h: float,
    step_h: float,
    grid: int,
    space: FloatArray,
    out: FloatArray,
) -> bool:
    """One enantiomer of one person by one group of depots, written, or added where there was a group before.

    False: parts were so large that they cost digits, and somebody else should do it.
    """
    parts, space = space[: CARRIED * ROOM], space[CARRIED * ROOM :]
    curves, space = space[: OUTPUTS * ROOM], space[OUTPUTS * ROOM :]
    work, block, x = space[: 2 * ROOM], space[2 * ROOM : 3 * ROOM], space[3 * ROOM : 4 * ROOM]
    decay, waves = space[4 * ROOM : 5 * ROOM], space[5 * ROOM : 5 * ROOM + (MODES + 1) * WAVE]
    space = space[5 * ROOM + (MODES + 1) * WAVE :]
    largest, peaks, known, gaps = space[:ROOM], space[ROOM : 2 * ROOM], space[2 * ROOM : 3 * ROOM], space[3 * ROOM :]
    largest[:] = peaks[:] = 0.0
    fill_waves(rates, step_h, known, waves, block)
    fill_gaps(rates, gaps)
    block_h = step_h * WAVE
    x[:] = 0.0
    last_moment = len(moments_h) - 1
    for moment in range(last_moment + 1):
        blood = direct = gut = 0.0
        for given in range(len(ports)):
            depot = ports[given] - 2 * group
            if starts[given] == moment and stops[given] == moment:
                if depot == 1:
                    x[D] += amounts[given]
            elif starts[given] <= moment < stops[given]:
                if ports[given] == 0 and group == 0:
                    blood += amounts[given]
                elif depot == 1:
                    direct += amounts[given]
                elif depot == 2:
                    gut += amounts[given]
        fill_depots(x, direct, gut, rates, parts)
        fill_blood(p, x, blood, escapes, rates, gaps, parts, work)
        fill_metabolites(p, x, escapes, rates, gaps, parts, work)
        first, last = firsts[moment], firsts[moment + 1]
        if last > first:
            fill_curves(parts, scales, curves)
            late_h = start_h + first * step_h - moments_h[moment]
            note_parts(curves, rates, largest)
            if late_h > 0.0:
                for mode in range(MODES):
                    decay[mode] = exp(-rates[mode] * late_h)
                shift(curves, decay, late_h, largest)
            draw(curves, waves, block, block_h, first, last, grid, out, group, largest, peaks)
        if moment < last_moment:
            advance(parts, rates, moments_h[moment + 1] - moments_h[moment], x, decay)
    for output in range(OUTPUTS):
        if largest[output] > LARGEST_PART * peaks[output]:
            return False
    return True
