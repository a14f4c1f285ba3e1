"""Sums of exponentials on a grid: a point is a few multiply-adds with a table that all outputs share.

An output is drawn block by block from the same table; from block to block only its parts change. Modes that
have
died away are left out: after some hours blood, its tissues and the metabolites' slow modes are all there is.
"""

from typing import Final

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.cascade import (
    D_KM,
    MODES,
    OF_A,
    OF_B,
    OF_C,
    OF_H,
    OF_HH,
    OF_KA,
    OF_KE0,
    OF_KM,
    OF_KT,
    OF_KV,
    OF_N,
    OF_NN,
    ONE,
    T_KM,
)
from ajar.pharmacology.lanes.kernel import fast, within
from ajar.pharmacology.lanes.parts import DECAYS, ONCE, TWICE

DOUBLINGS: Final = 7
WAVE: Final = 2**DOUBLINGS
"""Grid points of a block: the table of a block stays in the first cache."""

MARGIN: Final = 32
"""Points are drawn so many at a time, the last of them maybe for nothing: what comes next is drawn over
them.
"""

FORGOTTEN: Final = 1e-14
"""A part this much smaller than the peak of its curve need not be drawn any more."""

NORKETAMINE: Final = 2
HYDROXYNORKETAMINE: Final = 3
EFFECT_SITE: Final = 4


@within
def whole(points: int) -> int:
    """As many, or a few more, in full registers."""
    return (points + MARGIN - 1) // MARGIN * MARGIN


@within
def highest(a: float, b: float, c: float) -> float:
    """The highest of three."""
    higher = max(a, b)
    return max(higher, c)


@within
def lasting(of_e: float, of_t: float, of_d: float, of_h: float, delay_h: float) -> float:
    """The size of a metabolite's fast parts; `delay_h` is 1 / km, of which t exp(-km t) is at most a
    share.
    """
    return abs(of_e) + delay_h * (abs(of_t) + delay_h * abs(of_d)) + abs(of_h)


@within
def double(waves: FloatArray, row: int, factor: float, count: int) -> None:
    """The next `count` points of a row."""
    a, b = np.uint64(row), np.uint64(row + count)
    for k in range(np.uint64(count)):
        waves[b + k] = factor * waves[a + k]


@fast
def begin_wave(waves: FloatArray, mode: int, decays: FloatArray, at: int) -> None:
    """exp(-rate k step) for the first eight points k. Each doubling has an exponential of its own: the
    square of
    the last would double its error.
    """
    row = mode * WAVE
    one, two, four = decays[at + mode], decays[at + DECAYS + mode], decays[at + 2 * DECAYS + mode]
    waves[row], waves[row + 1], waves[row + 2], waves[row + 3] = 1.0, one, two, one * two
    waves[row + 4], waves[row + 5] = four, four * one
    waves[row + 6], waves[row + 7] = four * two, four * (one * two)


@fast
def end_wave(waves: FloatArray, mode: int, decays: FloatArray, at: int) -> None:
    """The other points of the block."""
    row = mode * WAVE
    double(waves, row, decays[at + 3 * DECAYS + mode], 8)
    double(waves, row, decays[at + 4 * DECAYS + mode], 16)
    double(waves, row, decays[at + 5 * DECAYS + mode], 32)
    double(waves, row, decays[at + 6 * DECAYS + mode], 64)


@within
def double_delayed(waves: FloatArray, decays: FloatArray, at: int, count: int) -> None:
    """The next `count` points of what two delays hold: what they held goes on, and so does what the first
    held.
    """
    d, t, e = np.uint64(D_KM * WAVE), np.uint64(T_KM * WAVE), np.uint64(OF_KM * WAVE)
    fed, once, twice = decays[at + OF_A], decays[at + ONCE], decays[at + TWICE]
    for k in range(np.uint64(count)):
        later = fed * waves[d + k] + once * waves[t + k] + twice * waves[e + k]
        waves[d + np.uint64(count) + k] = later


@fast
def fill_delays(waves: FloatArray, decays: FloatArray, at: int, step_h: float) -> None:
    """The rows of the delays: plain times t, and that of blood's fastest exponential through both."""
    t, e = np.uint64(T_KM * WAVE), np.uint64(OF_KM * WAVE)
    for k in range(np.uint64(WAVE)):
        waves[t + k] = waves[e + k] * (step_h * k)
    waves[D_KM * WAVE] = 0.0
    double_delayed(waves, decays, at, 1)
    double_delayed(waves, decays, at + 1 * DECAYS, 2)
    double_delayed(waves, decays, at + 2 * DECAYS, 4)
    double_delayed(waves, decays, at + 3 * DECAYS, 8)
    double_delayed(waves, decays, at + 4 * DECAYS, 16)
    double_delayed(waves, decays, at + 5 * DECAYS, 32)
    double_delayed(waves, decays, at + 6 * DECAYS, 64)


@fast
def fill_waves(
    decays: FloatArray,
    at: int,
    step_h: float,
    fed: int,
    known: FloatArray,
    new: FloatArray,
    waves: FloatArray,
) -> None:
    """The table of a block. `decays`, from `at` on, are over 1, 2, 4 … steps. `known` says of which modes
    the table is there:
    most of R are as those of S. All begin before any goes on, so that what is read has been written for long.
    """
    for mode in range(OF_A, MODES):
        is_delayed, is_depot = mode in (T_KM, D_KM), OF_KA <= mode <= OF_KT
        new[mode] = not (is_delayed or (is_depot and not fed) or known[mode] == decays[at + mode])
        if new[mode]:
            known[mode] = decays[at + mode]
            begin_wave(waves, mode, decays, at)
    for mode in range(OF_A, MODES):
        if new[mode]:
            end_wave(waves, mode, decays, at)
    fill_delays(waves, decays, at, step_h)


@fast
def shift(c: FloatArray, block: FloatArray, by: int) -> None:
    """The parts of an output, counted from a block later on."""
    d, t, e = c[D_KM], c[T_KM], c[OF_KM]
    for mode in range(MODES):
        c[mode] *= block[by + mode]
    c[OF_KM] = e * block[by + OF_KM] + t * block[by + T_KM] + d * block[by + TWICE]
    c[T_KM] = t * block[by + OF_KM] + d * block[by + ONCE]
    c[D_KM] = d * block[by + OF_A]


@fast
def draw_all(c: FloatArray, waves: FloatArray, out: FloatArray, place: int, points: int) -> None:
    """An output on the points of a block, whatever feeds it: by all modes that have a part in it."""
    at, level = np.uint64(place), c[ONE]
    for k in range(np.uint64(points)):
        out[at + k] = level
    for mode in range(1, MODES):
        part, row = c[mode], np.uint64(mode * WAVE)
        if part != 0.0:
            for k in range(np.uint64(points)):
                out[at + k] += part * waves[row + k]
    for k in range(np.uint64(points)):
        out[at + k] = max(out[at + k], 0.0)


@fast
def draw_blood(
    c: FloatArray,
    waves: FloatArray,
    block: FloatArray,
    by: int,
    own: int,
    peak: float,
    out: FloatArray,
    place: int,
    points: int,
) -> float:
    """Blood, veins or effect site, by the modes of blood and its own: block by block, and later without the
    fastest.

    The parts stay in registers. From an array that was just written number by number they would come only
    when
    everything written before has reached the cache.
    """
    a, b, g, o = np.uint64(OF_A * WAVE), np.uint64(OF_B * WAVE), np.uint64(OF_C * WAVE), np.uint64(own * WAVE)
    level, of_a, of_b, of_g, of_o = c[ONE], c[OF_A], c[OF_B], c[OF_C], c[own]
    by_a, by_b, by_g, by_o = block[by + OF_A], block[by + OF_B], block[by + OF_C], block[by + own]
    done = 0
    while done < points and abs(of_a) > FORGOTTEN * peak:
        at, count = np.uint64(place + done), min(WAVE, points - done)
        for k in range(np.uint64(whole(count))):
            body = level + of_a * waves[a + k] + of_b * waves[b + k] + of_g * waves[g + k]
            out[at + k] = max(body + of_o * waves[o + k], 0.0)
        peak = highest(peak, out[place + done], out[place + done + count - 1])
        of_a, of_b, of_g, of_o = of_a * by_a, of_b * by_b, of_g * by_g, of_o * by_o
        done += WAVE
    while done < points:
        at = np.uint64(place + done)
        for k in range(np.uint64(whole(min(WAVE, points - done)))):
            out[at + k] = max(level + of_b * waves[b + k] + of_g * waves[g + k] + of_o * waves[o + k], 0.0)
        of_b, of_g, of_o = of_b * by_b, of_g * by_g, of_o * by_o
        done += WAVE
    return highest(peak, out[place], 0.0)


@fast
def draw_norketamine(
    c: FloatArray,
    waves: FloatArray,
    block: FloatArray,
    by: int,
    delay_h: float,
    peak: float,
    out: FloatArray,
    place: int,
    points: int,
) -> float:
    """By the modes of blood and delays and its own: block by block, and later without the fast ones."""
    b, g, d = np.uint64(OF_B * WAVE), np.uint64(OF_C * WAVE), np.uint64(D_KM * WAVE)
    t, e = np.uint64(T_KM * WAVE), np.uint64(OF_KM * WAVE)
    n, s = np.uint64(OF_N * WAVE), np.uint64(OF_NN * WAVE)
    level, of_b, of_g, of_d, of_t, of_e = c[ONE], c[OF_B], c[OF_C], c[D_KM], c[T_KM], c[OF_KM]
    of_n, of_s, done = c[OF_N], c[OF_NN], 0
    while done < points and lasting(of_e, of_t, of_d, 0.0, delay_h) > FORGOTTEN * peak:
        at, count = np.uint64(place + done), min(WAVE, points - done)
        for k in range(np.uint64(whole(count))):
            made = level + of_b * waves[b + k] + of_g * waves[g + k] + of_d * waves[d + k]
            made += of_t * waves[t + k] + of_e * waves[e + k]
            out[at + k] = max(made + of_n * waves[n + k] + of_s * waves[s + k], 0.0)
        peak = highest(peak, out[place + done], out[place + done + count - 1])
        of_e = of_e * block[by + OF_KM] + of_t * block[by + T_KM] + of_d * block[by + TWICE]
        of_t, of_d = of_t * block[by + OF_KM] + of_d * block[by + ONCE], of_d * block[by + OF_A]
        of_b, of_g = of_b * block[by + OF_B], of_g * block[by + OF_C]
        of_n, of_s = of_n * block[by + OF_N], of_s * block[by + OF_NN]
        done += WAVE
    while done < points:
        at = np.uint64(place + done)
        for k in range(np.uint64(whole(min(WAVE, points - done)))):
            made = level + of_b * waves[b + k] + of_g * waves[g + k]
            out[at + k] = max(made + of_n * waves[n + k] + of_s * waves[s + k], 0.0)
        of_b, of_g = of_b * block[by + OF_B], of_g * block[by + OF_C]
        of_n, of_s = of_n * block[by + OF_N], of_s * block[by + OF_NN]
        done += WAVE
    return highest(peak, out[place], 0.0)


@fast
def draw_hydroxynorketamine(
    c: FloatArray,
    waves: FloatArray,
    block: FloatArray,
    by: int,
    delay_h: float,
    peak: float,
    out: FloatArray,
    place: int,
    points: int,
) -> float:
    """By the modes of norketamine and its own: block by block, and later without the fast ones."""
    b, g, d = np.uint64(OF_B * WAVE), np.uint64(OF_C * WAVE), np.uint64(D_KM * WAVE)
    t, e = np.uint64(T_KM * WAVE), np.uint64(OF_KM * WAVE)
    n, s = np.uint64(OF_N * WAVE), np.uint64(OF_NN * WAVE)
    h, i = np.uint64(OF_H * WAVE), np.uint64(OF_HH * WAVE)
    level, of_b, of_g, of_d, of_t, of_e = c[ONE], c[OF_B], c[OF_C], c[D_KM], c[T_KM], c[OF_KM]
    of_n, of_s, of_h, of_i, done = c[OF_N], c[OF_NN], c[OF_H], c[OF_HH], 0
    while done < points and lasting(of_e, of_t, of_d, of_h, delay_h) > FORGOTTEN * peak:
        at, count = np.uint64(place + done), min(WAVE, points - done)
        for k in range(np.uint64(whole(count))):
            made = level + of_b * waves[b + k] + of_g * waves[g + k] + of_d * waves[d + k]
            made += of_t * waves[t + k] + of_e * waves[e + k]
            made += of_n * waves[n + k] + of_s * waves[s + k]
            out[at + k] = max(made + of_h * waves[h + k] + of_i * waves[i + k], 0.0)
        peak = highest(peak, out[place + done], out[place + done + count - 1])
        of_e = of_e * block[by + OF_KM] + of_t * block[by + T_KM] + of_d * block[by + TWICE]
        of_t, of_d = of_t * block[by + OF_KM] + of_d * block[by + ONCE], of_d * block[by + OF_A]
        of_b, of_g = of_b * block[by + OF_B], of_g * block[by + OF_C]
        of_n, of_s = of_n * block[by + OF_N], of_s * block[by + OF_NN]
        of_h, of_i, done = of_h * block[by + OF_H], of_i * block[by + OF_HH], done + WAVE
    while done < points:
        at = np.uint64(place + done)
        for k in range(np.uint64(whole(min(WAVE, points - done)))):
            made = level + of_b * waves[b + k] + of_g * waves[g + k]
            out[at + k] = max(made + of_n * waves[n + k] + of_s * waves[s + k] + of_i * waves[i + k], 0.0)
        of_b, of_g = of_b * block[by + OF_B], of_g * block[by + OF_C]
        of_n, of_s = of_n * block[by + OF_N], of_s * block[by + OF_NN]
        of_i, done = of_i * block[by + OF_HH], done + WAVE
    return highest(peak, out[place], 0.0)


@fast
def drop_depots(c: FloatArray, least: float) -> bool:
    """Leave out depots that are over. Are all?"""
    left = 0
    for mode in range(OF_KA, OF_KT + 1):
        if abs(c[mode]) > least:
            left += 1
        else:
            c[mode] = 0.0
    return left == 0


@fast
def draw(
    output: int,
    c: FloatArray,
    waves: FloatArray,
    block: FloatArray,
    by: int,
    delay_h: float,
    points: int,
    peak: float,
    out: FloatArray,
    place: int,
) -> float:
    """An output on so many grid points. `block`, from `by` on: what is left after a block. Gives the
    highest value seen so far, at the ends of blocks.
    """
    done = 0
    while done < points and not drop_depots(c, FORGOTTEN * peak):
        count = min(WAVE, points - done)
        draw_all(c, waves, out, place + done, whole(count))
        peak = highest(peak, out[place + done], out[place + done + count - 1])
        done += count
        if done < points:
            shift(c, block, by)
    if done == points:
        return peak
    if output == NORKETAMINE:
        return draw_norketamine(c, waves, block, by, delay_h, peak, out, place + done, points - done)
    if output == HYDROXYNORKETAMINE:
        return draw_hydroxynorketamine(c, waves, block, by, delay_h, peak, out, place + done, points - done)
    own = OF_KE0 if output == EFFECT_SITE else OF_KV
    return draw_blood(c, waves, block, by, own, peak, out, place + done, points - done)
