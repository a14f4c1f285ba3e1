"""Sums of exponentials on a grid: a point is a few multiply-adds with a table that all outputs share."""

from math import exp
from typing import Final

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.cascade import (
    CE,
    CV,
    HH,
    MODES,
    NN,
    OF_A,
    OF_B,
    OF_C,
    OF_H,
    OF_HH,
    OF_KA,
    OF_KE0,
    OF_KG,
    OF_KM,
    OF_KT,
    OF_KV,
    OF_N,
    OF_NN,
    ONE,
    ROOM,
    T_KM,
    A,
    B,
    C,
    H,
    N,
)
from ajar.pharmacology.lanes.kernel import fast
from ajar.pharmacology.lanes.propagate import OUTPUTS

WAVE: Final = 128
"""Grid points of a block: the table of a block stays in the first cache."""

FORGOTTEN: Final = 1e-20
"""A part this much smaller than the largest is nothing, and need not be drawn any more."""


@fast
def shift(curves: FloatArray, decay: FloatArray, by_h: float, largest: FloatArray) -> None:
    """The parts of the outputs, counted from so many hours later; `decay` is exp(-rate hours)."""
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
    """exp(-rate k step) for the points k of a block, by doubling, and for a whole block.

    The row of t exp(-km t) is times t. `known` are the rates of the table as it stands: most of R are as
    those of S.
    """
    for mode in range(MODES):
        if known[mode] == rates[mode]:
            continue
        known[mode] = rates[mode]
        row, count = np.uint64(mode * WAVE), 1
        waves[row] = 1.0
        while count < WAVE:
            factor = exp(
                -rates[mode] * step_h * count
            )  # not the square of the last: that would double its error
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
def draw_metabolites(
    waves: FloatArray, c: FloatArray, out: FloatArray, grid: int, place: int, points: int
) -> None:
    """Norketamine and hydroxynorketamine on the points of a block, where no depot feeds them any more."""
    first, second = np.uint64(2 * grid + place), np.uint64(3 * grid + place)
    a, b, g = np.uint64(OF_A * WAVE), np.uint64(OF_B * WAVE), np.uint64(OF_C * WAVE)
    m, t = np.uint64(OF_KM * WAVE), np.uint64(T_KM * WAVE)
    u, w, h, i = (
        np.uint64(OF_N * WAVE),
        np.uint64(OF_NN * WAVE),
        np.uint64(OF_H * WAVE),
        np.uint64(OF_HH * WAVE),
    )
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
