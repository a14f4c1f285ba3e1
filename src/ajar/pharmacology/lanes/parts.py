"""How much of each mode is in every state from a moment on, eight people at a time (`lanes.cascade`).

One mode after the other runs down the cascade; what of a state is not in the modes that feed it is in its
own.
Nothing is kept but what the outputs show of it (the curves) and what each state will hold at the next moment.
"""

from typing import Final

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.cascade import (
    BODY_ROWS,
    D_KM,
    DEPOTS,
    GAPS,
    MODES,
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
    RATES,
    SHARES,
    T_KM,
)
from ajar.pharmacology.lanes.exponentials import fill_delayed, fill_exponentials
from ajar.pharmacology.lanes.kernel import LANES, fast, within
from ajar.pharmacology.lanes.propagate import CL, CLN, FH, FM, KE0, KV, OUTPUTS, V1, VH1, VN1

D, G, L, A, B, C, CV, CE, M1, M2, N, NN, H, HH = range(BODY_ROWS, BODY_ROWS + 14)
"""Rows of what is carried from moment to moment: depots, modes of blood, read-outs, delays, metabolites."""

BLOOD: Final = HH + 1
DIRECT: Final = BLOOD + 1
GUT: Final = DIRECT + 1
"""Rows of what runs in, mg/h."""

TO_V, TO_E, TO_M, TO_N, TO_H = range(GUT + 1, GUT + 6)
"""Rows of what a state gets of an amount of its source, 1/h."""

SCALES: Final = TO_H + 1
"""From the state behind each output to ng/mL."""

SOURCE: Final = SCALES + OUTPUTS
IN_BLOOD: Final = SOURCE + 7
LIVER: Final = IN_BLOOD + 7
"""By mode: what comes into blood, what is there, and what comes to the metabolites past it."""

SUMS: Final = LIVER + 7
NEXT: Final = SUMS + 14
"""Of each carried state, less `D` of it: what the modes that feed it sum to, now and at the next moment."""

DELAYED: Final = NEXT + 14
"""What the two delays and then each metabolite have of the three modes of delay: D, T and plain."""

LARGEST: Final = DELAYED + 3
"""The largest part in each output so far."""

CURVES: Final = LARGEST + OUTPUTS
"""The parts of the outputs, a row of modes each."""

PART_ROWS: Final = CURVES + OUTPUTS * MODES

ONCE: Final = MODES
TWICE: Final = MODES + 1
DECAYS: Final = MODES + 2
"""Rows of the decays over a time: of the modes (of `T_KM` times t, of `D_KM` as `TWICE`), and of one delay
and
two delays after the fastest rate of blood."""


@fast
def fill_decays(w: FloatArray, by_h: float, exponents: FloatArray, decays: FloatArray) -> None:
    """What is left of each mode after so many hours."""
    for place in range(np.uint64(MODES * LANES)):
        exponents[place] = -by_h * w[np.uint64(RATES * LANES) + place]
    fill_exponentials(exponents[: MODES * LANES], decays[: MODES * LANES])
    fill_delayed(w, RATES + OF_A, RATES + OF_KM, by_h, decays, OF_A, OF_KM, decays[ONCE * LANES :])
    for lane in range(np.uint64(LANES)):
        decays[np.uint64(T_KM * LANES) + lane] *= by_h
        decays[np.uint64(D_KM * LANES) + lane] = decays[np.uint64(TWICE * LANES) + lane]


@fast
def fill_flows(
    w: FloatArray, of_ketamine: float, of_norketamine: float, of_hydroxynorketamine: float
) -> None:
    """What each state gets of its source, and the scales of the outputs."""
    for lane in range(LANES):
        v1, vn1 = 1.0 / w[V1 * LANES + lane], 1.0 / w[VN1 * LANES + lane]
        w[TO_V * LANES + lane], w[TO_E * LANES + lane] = w[KV * LANES + lane] * v1, w[KE0 * LANES + lane] * v1
        w[TO_M * LANES + lane] = w[CL * LANES + lane] * v1
        w[TO_N * LANES + lane] = w[FM * LANES + lane] * w[(RATES + OF_KM) * LANES + lane]
        w[TO_H * LANES + lane] = w[FH * LANES + lane] * w[CLN * LANES + lane] * vn1
        w[SCALES * LANES + lane] = of_ketamine * v1
        w[(SCALES + 1) * LANES + lane] = w[(SCALES + 4) * LANES + lane] = of_ketamine
        w[(SCALES + 2) * LANES + lane] = of_norketamine * vn1
        w[(SCALES + 3) * LANES + lane] = of_hydroxynorketamine / w[VH1 * LANES + lane]


@fast
def empty_depots(w: FloatArray, decays: FloatArray) -> None:
    """Depots, from what is in them and what runs into them, and what comes of them by mode."""
    for lane in range(LANES):
        ka, kg = w[(RATES + OF_KA) * LANES + lane], w[(RATES + OF_KG) * LANES + lane]
        kt, escapes = w[(RATES + OF_KT) * LANES + lane], w[(DEPOTS + 3) * LANES + lane]
        of_ka, of_kg = decays[OF_KA * LANES + lane], decays[OF_KG * LANES + lane]
        direct = w[DIRECT * LANES + lane] / (ka if ka > 0.0 else 1.0)
        gut, liver = (
            w[GUT * LANES + lane] / (kg if kg > 0.0 else 1.0),
            w[GUT * LANES + lane] / (kt if kt > 0.0 else 1.0),
        )
        from_direct, from_gut = w[D * LANES + lane] - direct, w[G * LANES + lane] - gut
        through = kg * from_gut * w[(GAPS + OF_KT * MODES + OF_KG) * LANES + lane]
        own = w[L * LANES + lane] - liver - through
        w[D * LANES + lane], w[G * LANES + lane] = direct + from_direct * of_ka, gut + from_gut * of_kg
        w[L * LANES + lane] = liver + through * of_kg + own * decays[OF_KT * LANES + lane]
        w[(SOURCE + ONE) * LANES + lane] = w[BLOOD * LANES + lane] + ka * direct + escapes * kt * liver
        w[(SOURCE + OF_KA) * LANES + lane] = ka * from_direct
        w[(SOURCE + OF_KG) * LANES + lane] = escapes * kt * through
        w[(SOURCE + OF_KT) * LANES + lane] = escapes * kt * own
        w[(LIVER + ONE) * LANES + lane] = (1.0 - escapes) * kt * liver
        w[(LIVER + OF_KG) * LANES + lane] = (1.0 - escapes) * kt * through
        w[(LIVER + OF_KT) * LANES + lane] = (1.0 - escapes) * kt * own


@within
def into_blood(w: FloatArray, decays: FloatArray, mode: int) -> None:
    """One mode of what comes into blood, in the three modes of blood."""
    for lane in range(LANES):
        source, decay = w[(SOURCE + mode) * LANES + lane], decays[mode * LANES + lane]
        a = w[(SHARES + OF_A) * LANES + lane] * source * w[(GAPS + OF_A * MODES + mode) * LANES + lane]
        b = w[(SHARES + OF_B) * LANES + lane] * source * w[(GAPS + OF_B * MODES + mode) * LANES + lane]
        c = w[(SHARES + OF_C) * LANES + lane] * source * w[(GAPS + OF_C * MODES + mode) * LANES + lane]
        w[(IN_BLOOD + mode) * LANES + lane] = a + b + c
        w[(SUMS + A - D) * LANES + lane] += a
        w[(SUMS + B - D) * LANES + lane] += b
        w[(SUMS + C - D) * LANES + lane] += c
        w[(NEXT + A - D) * LANES + lane] += a * decay
        w[(NEXT + B - D) * LANES + lane] += b * decay
        w[(NEXT + C - D) * LANES + lane] += c * decay


@within
def keep_own(w: FloatArray, decays: FloatArray, state: int, mode: int, lane: int) -> float:
    """What of a state is in its own mode; and the state as it will be."""
    own: float = w[state * LANES + lane] - w[(SUMS + state - D) * LANES + lane]
    w[state * LANES + lane] = w[(NEXT + state - D) * LANES + lane] + own * decays[mode * LANES + lane]
    return own


@fast
def fill_blood(w: FloatArray, decays: FloatArray, fed: int) -> None:
    """Blood by its modes."""
    for place in range(SUMS * LANES, DELAYED * LANES):
        w[place] = 0.0
    if fed:
        empty_depots(w, decays)
        into_blood(w, decays, OF_KA)
        into_blood(w, decays, OF_KG)
        into_blood(w, decays, OF_KT)
    else:
        for lane in range(LANES):
            w[(SOURCE + ONE) * LANES + lane], w[(LIVER + ONE) * LANES + lane] = w[BLOOD * LANES + lane], 0.0
    into_blood(w, decays, ONE)
    for lane in range(LANES):
        w[(IN_BLOOD + OF_A) * LANES + lane] = keep_own(w, decays, A, OF_A, lane)
        w[(IN_BLOOD + OF_B) * LANES + lane] = keep_own(w, decays, B, OF_B, lane)
        w[(IN_BLOOD + OF_C) * LANES + lane] = keep_own(w, decays, C, OF_C, lane)


@within
def add_part(w: FloatArray, decays: FloatArray, state: int, mode: int, lane: int, part: float) -> None:
    """A part of a state in a mode that feeds it."""
    w[(SUMS + state - D) * LANES + lane] += part
    w[(NEXT + state - D) * LANES + lane] += part * decays[mode * LANES + lane]


@within
def show(w: FloatArray, output: int, mode: int, lane: int, part: float) -> None:
    """A part of the state behind an output."""
    w[(CURVES + output * MODES + mode) * LANES + lane] = part * w[(SCALES + output) * LANES + lane]


@within
def read_out(w: FloatArray, decays: FloatArray, mode: int) -> None:
    """One mode of blood in blood's three outputs."""
    for lane in range(LANES):
        blood = w[(IN_BLOOD + mode) * LANES + lane]
        venous = w[TO_V * LANES + lane] * blood * w[(GAPS + OF_KV * MODES + mode) * LANES + lane]
        effect = w[TO_E * LANES + lane] * blood * w[(GAPS + OF_KE0 * MODES + mode) * LANES + lane]
        add_part(w, decays, CV, mode, lane, venous)
        add_part(w, decays, CE, mode, lane, effect)
        show(w, 0, mode, lane, blood)
        show(w, 1, mode, lane, venous)
        show(w, 4, mode, lane, effect)


@within
def metabolise(w: FloatArray, decays: FloatArray, mode: int) -> None:
    """One mode of blood and liver, but blood's fastest, through the delays into the metabolites."""
    for lane in range(LANES):
        made = w[TO_M * LANES + lane] * w[(IN_BLOOD + mode) * LANES + lane] + w[(LIVER + mode) * LANES + lane]
        delay = w[(GAPS + OF_KM * MODES + mode) * LANES + lane]
        first = made * delay
        second = w[(RATES + OF_KM) * LANES + lane] * first * delay
        made = w[TO_N * LANES + lane] * second
        n = made * w[(SHARES + OF_N) * LANES + lane] * w[(GAPS + OF_N * MODES + mode) * LANES + lane]
        nn = made * w[(SHARES + OF_NN) * LANES + lane] * w[(GAPS + OF_NN * MODES + mode) * LANES + lane]
        made = w[TO_H * LANES + lane] * (n + nn)
        h = made * w[(SHARES + OF_H) * LANES + lane] * w[(GAPS + OF_H * MODES + mode) * LANES + lane]
        hh = made * w[(SHARES + OF_HH) * LANES + lane] * w[(GAPS + OF_HH * MODES + mode) * LANES + lane]
        add_part(w, decays, M1, mode, lane, first)
        add_part(w, decays, M2, mode, lane, second)
        add_part(w, decays, N, mode, lane, n)
        add_part(w, decays, NN, mode, lane, nn)
        add_part(w, decays, H, mode, lane, h)
        add_part(w, decays, HH, mode, lane, hh)
        show(w, 2, mode, lane, n + nn)
        show(w, 3, mode, lane, h + hh)


@fast
def fill_delays(w: FloatArray, decays: FloatArray) -> None:
    """The delays: what blood's fastest mode gives them is a mode of its own, and needs no difference of
    rates.
    """
    for lane in range(LANES):
        km, fastest = (
            w[(RATES + OF_KM) * LANES + lane],
            w[TO_M * LANES + lane] * w[(IN_BLOOD + OF_A) * LANES + lane],
        )
        w[(NEXT + M1 - D) * LANES + lane] += fastest * decays[ONCE * LANES + lane]
        plain = keep_own(w, decays, M1, OF_KM, lane)
        w[DELAYED * LANES + lane], w[(DELAYED + 1) * LANES + lane] = km * fastest, km * plain
        w[(NEXT + M2 - D) * LANES + lane] += km * fastest * decays[TWICE * LANES + lane]
        w[(NEXT + M2 - D) * LANES + lane] += km * plain * decays[T_KM * LANES + lane]
        w[(DELAYED + 2) * LANES + lane] = keep_own(w, decays, M2, OF_KM, lane)


@within
def of_delays(
    w: FloatArray, decays: FloatArray, made: float, state: int, own: int, output: int, lane: int
) -> None:
    """What a metabolite has of the three modes of delay, by one of its two modes: added to its output."""
    gap = w[(GAPS + own * MODES + OF_KM) * LANES + lane]
    d = made * w[DELAYED * LANES + lane] * w[(GAPS + own * MODES + OF_A) * LANES + lane]
    t = (made * w[(DELAYED + 1) * LANES + lane] - d) * gap
    e = (made * w[(DELAYED + 2) * LANES + lane] - t) * gap
    w[(NEXT + state - D) * LANES + lane] += d * decays[D_KM * LANES + lane] + t * decays[T_KM * LANES + lane]
    add_part(w, decays, state, OF_KM, lane, e)
    at = (CURVES + output * MODES) * LANES + lane
    w[at + D_KM * LANES] += d
    w[at + T_KM * LANES] += t
    w[at + OF_KM * LANES] += e


@within
def clear_delays(w: FloatArray, output: int, lane: int) -> None:
    """Before `of_delays`."""
    at = (CURVES + output * MODES) * LANES + lane
    w[at + D_KM * LANES] = w[at + T_KM * LANES] = w[at + OF_KM * LANES] = 0.0


@within
def hand_delays(w: FloatArray, output: int, lane: int) -> None:
    """What the two modes have together feeds the next; and is shown."""
    at, scale = (CURVES + output * MODES) * LANES + lane, w[(SCALES + output) * LANES + lane]
    w[DELAYED * LANES + lane], w[(DELAYED + 1) * LANES + lane] = w[at + D_KM * LANES], w[at + T_KM * LANES]
    w[(DELAYED + 2) * LANES + lane] = w[at + OF_KM * LANES]
    w[at + D_KM * LANES] *= scale
    w[at + T_KM * LANES] *= scale
    w[at + OF_KM * LANES] *= scale


@fast
def fill_norketamine(w: FloatArray, decays: FloatArray) -> None:
    """Norketamine's part in the modes of delay and in its own; and hydroxynorketamine's in those."""
    for lane in range(LANES):
        clear_delays(w, 2, lane)
        made = w[TO_N * LANES + lane]
        of_delays(w, decays, made * w[(SHARES + OF_N) * LANES + lane], N, OF_N, 2, lane)
        of_delays(w, decays, made * w[(SHARES + OF_NN) * LANES + lane], NN, OF_NN, 2, lane)
        hand_delays(w, 2, lane)
        n, nn = keep_own(w, decays, N, OF_N, lane), keep_own(w, decays, NN, OF_NN, lane)
        show(w, 2, OF_N, lane, n)
        show(w, 2, OF_NN, lane, nn)
        made = w[TO_H * LANES + lane]
        one, two = made * w[(SHARES + OF_H) * LANES + lane], made * w[(SHARES + OF_HH) * LANES + lane]
        h, hh = (
            one * n * w[(GAPS + OF_H * MODES + OF_N) * LANES + lane],
            two * n * w[(GAPS + OF_HH * MODES + OF_N) * LANES + lane],
        )
        add_part(w, decays, H, OF_N, lane, h)
        add_part(w, decays, HH, OF_N, lane, hh)
        show(w, 3, OF_N, lane, h + hh)
        h, hh = (
            one * nn * w[(GAPS + OF_H * MODES + OF_NN) * LANES + lane],
            two * nn * w[(GAPS + OF_HH * MODES + OF_NN) * LANES + lane],
        )
        add_part(w, decays, H, OF_NN, lane, h)
        add_part(w, decays, HH, OF_NN, lane, hh)
        show(w, 3, OF_NN, lane, h + hh)


@fast
def fill_hydroxynorketamine(w: FloatArray, decays: FloatArray) -> None:
    """Its part in the modes of delay and in its own."""
    for lane in range(LANES):
        clear_delays(w, 3, lane)
        made = w[TO_H * LANES + lane]
        of_delays(w, decays, made * w[(SHARES + OF_H) * LANES + lane], H, OF_H, 3, lane)
        of_delays(w, decays, made * w[(SHARES + OF_HH) * LANES + lane], HH, OF_HH, 3, lane)
        hand_delays(w, 3, lane)
        show(w, 3, OF_H, lane, keep_own(w, decays, H, OF_H, lane))
        show(w, 3, OF_HH, lane, keep_own(w, decays, HH, OF_HH, lane))


@fast
def note_parts(w: FloatArray) -> None:
    """The largest part of each output so far."""
    for output in range(OUTPUTS):
        to = np.uint64((LARGEST + output) * LANES)
        for mode in range(MODES):
            row = np.uint64((CURVES + output * MODES + mode) * LANES)
            times = 1 if mode == T_KM else 2 if mode == D_KM else 0
            for lane in range(np.uint64(LANES)):
                per = 1.0 / w[np.uint64((RATES + OF_KM) * LANES) + lane]
                part = abs(w[row + lane]) * (1.0 if times == 0 else per if times == 1 else per * per)
                w[to + lane] = max(w[to + lane], part)


@fast
def fill_parts(w: FloatArray, decays: FloatArray, fed: int) -> None:
    """The parts of all outputs from a moment on, and every state as it will be when `decays` have passed."""
    fill_blood(w, decays, fed)
    if fed:
        read_out(w, decays, OF_KA)
        read_out(w, decays, OF_KG)
        read_out(w, decays, OF_KT)
        metabolise(w, decays, OF_KA)
        metabolise(w, decays, OF_KG)
        metabolise(w, decays, OF_KT)
    read_out(w, decays, ONE)
    read_out(w, decays, OF_A)
    read_out(w, decays, OF_B)
    read_out(w, decays, OF_C)
    metabolise(w, decays, ONE)
    metabolise(w, decays, OF_B)
    metabolise(w, decays, OF_C)
    for lane in range(LANES):
        show(w, 1, OF_KV, lane, keep_own(w, decays, CV, OF_KV, lane))
        show(w, 4, OF_KE0, lane, keep_own(w, decays, CE, OF_KE0, lane))
    fill_delays(w, decays)
    fill_norketamine(w, decays)
    fill_hydroxynorketamine(w, decays)
    note_parts(w)


@fast
def shift_curves(w: FloatArray, decays: FloatArray) -> None:
    """The parts of the outputs, counted from later on."""
    for output in range(OUTPUTS):
        at = np.uint64((CURVES + output * MODES) * LANES)
        for lane in range(np.uint64(LANES)):
            d, t = w[at + np.uint64(D_KM * LANES) + lane], w[at + np.uint64(T_KM * LANES) + lane]
            e, decay = w[at + np.uint64(OF_KM * LANES) + lane], decays[np.uint64(OF_KM * LANES) + lane]
            late = t * decays[np.uint64(T_KM * LANES) + lane] + d * decays[np.uint64(TWICE * LANES) + lane]
            w[at + np.uint64(OF_KM * LANES) + lane] = e * decay + late
            w[at + np.uint64(T_KM * LANES) + lane] = t * decay + d * decays[np.uint64(ONCE * LANES) + lane]
            w[at + np.uint64(D_KM * LANES) + lane] = d * decays[np.uint64(OF_A * LANES) + lane]
        for mode in range(MODES):
            if not OF_KM <= mode <= D_KM:
                row = np.uint64(mode * LANES)
                for lane in range(np.uint64(LANES)):
                    w[at + row + lane] *= decays[row + lane]
