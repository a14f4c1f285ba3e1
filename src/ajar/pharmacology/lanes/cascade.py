"""U1's linear part as sums of exponentials, eight people at a time: the rates, and what is divided by.

Between two moments at which something starts or stops, every state is a sum over modes. The system is a
cascade,
so a state's part in a mode is its source's part over the difference of the two rates. A mode is a constant,
an
exponential for each rate, or one of two that come of the two equal metabolism delays: t exp(-km t), and
what two
delays in a row hold of the fastest exponential of blood. That one is a mode of its own because the delays are
often as quick as it is: there is no difference of those two rates to divide by.

Everything is in one flat array of rows, a number a lane. The rows have constant places, so that the
compiler sees
that they are apart, and each function is one pass over the lanes.
"""

from math import sqrt
from typing import Final

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.kernel import LANES, fast, within
from ajar.pharmacology.lanes.propagate import (
    CL,
    CLH,
    CLN,
    DISPOSITION,
    KE0,
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

(
    ONE, OF_A, OF_B, OF_C, OF_KA, OF_KG, OF_KT, OF_KM, T_KM, D_KM, OF_N, OF_NN, OF_H, OF_HH, OF_KV, OF_KE0,
) = range(16)  # fmt: skip
"""The modes: constant; blood; depots; delays: plain, times t, and after blood; norketamine; HNK; venous;
site.
"""

MODES: Final = 16

DEPOTS: Final = len(DISPOSITION)
"""Row of a group's ka, kg, kt and the share that passes the liver, after those of the disposition."""

RATES: Final = DEPOTS + 4
SHARES: Final = RATES + MODES
"""How much of what comes in goes by the mode of a state that has several: at the place of the mode."""

GAPS: Final = SHARES + MODES
"""1 / (rate - rate of a mode), a row of modes for each rate."""

CUBIC: Final = GAPS + MODES * MODES
"""The coefficients of the cubic, highest first."""

SOUND: Final = CUBIC + 3
"""1.0 where the three rates of blood are the roots; 0.0 where somebody else should look for them."""

BODY_ROWS: Final = SOUND + 1
"""Rows that hold a body; `lanes.parts` goes on from there."""

STEPS: Final = 12
"""Newton steps for the fastest rate, from above it: five reach the last digit where rates are a tenth
apart.
"""

POLISHES: Final = 2
ROOTED: Final = 1e-12
"""The roots' sum and products are the coefficients to this share, or they are not the roots."""

TOUCHING: Final = 1e-30
"""What stands for a difference of equal rates: the part becomes so large that nobody takes it for a
number.
"""


@within
def inverse(apart: float) -> float:
    """One over a difference."""
    return 1.0 / (apart if apart != 0.0 else TOUCHING)


@within
def nearer(x: float, a2: float, a1: float, a0: float) -> float:
    """One Newton step to a root of x³ - a2 x² + a1 x - a0."""
    value, slope = ((x - a2) * x + a1) * x - a0, (3.0 * x - 2.0 * a2) * x + a1
    return x - value * inverse(slope)


@fast
def fill_cubic(w: FloatArray) -> None:
    """What the three rates of blood are the roots of; and where to look for the fastest, their sum."""
    for lane in range(LANES):
        v1 = 1.0 / w[V1 * LANES + lane]
        k21, k31 = w[Q2 * LANES + lane] / w[V2 * LANES + lane], w[Q3 * LANES + lane] / w[V3 * LANES + lane]
        k10, k12, k13 = w[CL * LANES + lane] * v1, w[Q2 * LANES + lane] * v1, w[Q3 * LANES + lane] * v1
        a2 = k10 + k12 + k13 + k21 + k31
        w[CUBIC * LANES + lane] = w[(RATES + OF_A) * LANES + lane] = a2
        w[(CUBIC + 1) * LANES + lane] = k10 * (k21 + k31) + k21 * k31 + k12 * k31 + k13 * k21
        w[(CUBIC + 2) * LANES + lane] = k10 * k21 * k31


@fast
def polish(w: FloatArray, mode: int) -> None:
    """One Newton step for one of the rates."""
    row = np.uint64((RATES + mode) * LANES)
    for lane in range(np.uint64(LANES)):
        a2, a1 = w[np.uint64(CUBIC * LANES) + lane], w[np.uint64((CUBIC + 1) * LANES) + lane]
        w[row + lane] = nearer(w[row + lane], a2, a1, w[np.uint64((CUBIC + 2) * LANES) + lane])


@fast
def part_cubic(w: FloatArray) -> None:
    """The other two rates from the fastest."""
    for lane in range(LANES):
        fastest = w[(RATES + OF_A) * LANES + lane]
        rest, product = w[CUBIC * LANES + lane] - fastest, w[(CUBIC + 2) * LANES + lane] / fastest
        middle = 0.5 * (rest + sqrt(max(rest * rest - 4.0 * product, 0.0)))
        w[(RATES + OF_B) * LANES + lane], w[(RATES + OF_C) * LANES + lane] = middle, product / middle


@fast
def check_cubic(w: FloatArray) -> None:
    """Whether these are the roots."""
    for lane in range(LANES):
        x, y = w[(RATES + OF_A) * LANES + lane], w[(RATES + OF_B) * LANES + lane]
        z, a2 = w[(RATES + OF_C) * LANES + lane], w[CUBIC * LANES + lane]
        a1, a0 = w[(CUBIC + 1) * LANES + lane], w[(CUBIC + 2) * LANES + lane]
        off = max(abs(x + y + z - a2) / a2, abs(x * y + x * z + y * z - a1) / a1)
        off = max(off, abs(x * y * z - a0) / a0)
        w[SOUND * LANES + lane] = 1.0 if off < ROOTED else 0.0


@fast
def blood_rates(w: FloatArray) -> None:
    """The three rates of blood and its tissues, fastest first."""
    fill_cubic(w)
    for _ in range(STEPS):
        polish(w, OF_A)
    part_cubic(w)
    for _ in range(POLISHES):
        polish(w, OF_B)
        polish(w, OF_C)
    check_cubic(w)


@within
def pair_rates(w: FloatArray, lane: int, out: float, through: float, back: float, mode: int) -> None:
    """The two rates of a metabolite and its tissue, and how much goes by each."""
    total, product = out + through + back, out * back
    faster = 0.5 * (total + sqrt(max(total * total - 4.0 * product, 0.0)))
    slower = product / faster
    w[(RATES + mode) * LANES + lane], w[(RATES + mode + 1) * LANES + lane] = faster, slower
    over = inverse(slower - faster)
    w[(SHARES + mode) * LANES + lane] = (back - faster) * over
    w[(SHARES + mode + 1) * LANES + lane] = (slower - back) * over


@fast
def other_rates(w: FloatArray) -> None:
    """Depots, delays, read-outs and metabolites. A depot that is not there has the rate 0.0."""
    for lane in range(LANES):
        w[(RATES + ONE) * LANES + lane] = 0.0
        for depot in range(3):
            w[(RATES + OF_KA + depot) * LANES + lane] = w[(DEPOTS + depot) * LANES + lane]
        w[(RATES + OF_KM) * LANES + lane] = w[(RATES + T_KM) * LANES + lane] = 2.0 / w[MTT * LANES + lane]
        w[(RATES + D_KM) * LANES + lane] = 2.0 / w[MTT * LANES + lane]
        w[(RATES + OF_KV) * LANES + lane] = w[KV * LANES + lane]
        w[(RATES + OF_KE0) * LANES + lane] = w[KE0 * LANES + lane]
        n1, h1 = 1.0 / w[VN1 * LANES + lane], 1.0 / w[VH1 * LANES + lane]
        n2, h2 = w[QN * LANES + lane] / w[VN2 * LANES + lane], w[QH * LANES + lane] / w[VH2 * LANES + lane]
        pair_rates(w, lane, w[CLN * LANES + lane] * n1, w[QN * LANES + lane] * n1, n2, OF_N)
        pair_rates(w, lane, w[CLH * LANES + lane] * h1, w[QH * LANES + lane] * h1, h2, OF_H)


@fast
def blood_shares(w: FloatArray) -> None:
    """How much of what comes into blood goes by each of its modes."""
    for lane in range(LANES):
        k21, k31 = w[Q2 * LANES + lane] / w[V2 * LANES + lane], w[Q3 * LANES + lane] / w[V3 * LANES + lane]
        x, y = w[(RATES + OF_A) * LANES + lane], w[(RATES + OF_B) * LANES + lane]
        z = w[(RATES + OF_C) * LANES + lane]
        w[(SHARES + OF_A) * LANES + lane] = (k21 - x) * (k31 - x) * inverse((y - x) * (z - x))
        w[(SHARES + OF_B) * LANES + lane] = (k21 - y) * (k31 - y) * inverse((z - y) * (x - y))
        w[(SHARES + OF_C) * LANES + lane] = (k21 - z) * (k31 - z) * inverse((x - z) * (y - z))


@fast
def fill_gap(w: FloatArray, own: int, mode: int) -> None:
    """One row of the differences."""
    a, b = np.uint64((RATES + own) * LANES), np.uint64((RATES + mode) * LANES)
    to = np.uint64((GAPS + own * MODES + mode) * LANES)
    for lane in range(np.uint64(LANES)):
        w[to + lane] = inverse(w[a + lane] - w[b + lane])


def _gaps(given: tuple[int, ...]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Which state's rate meets which modes, (own, mode), where these come into blood."""
    blood = (*given, OF_A, OF_B, OF_C)
    delayed = (*given, OF_B, OF_C)
    meets = dict.fromkeys((OF_A, OF_B, OF_C), given) | dict.fromkeys((OF_KV, OF_KE0), blood)
    meets[OF_KM] = delayed
    meets |= dict.fromkeys((OF_N, OF_NN), (*blood, OF_KM))
    meets |= dict.fromkeys((OF_H, OF_HH), (*blood, OF_KM, OF_N, OF_NN))
    return np.array([(own, mode) for own, modes in meets.items() for mode in modes])


MEETING: Final = _gaps((ONE, OF_KA, OF_KG, OF_KT))
MEETING_BLOOD: Final = _gaps((ONE,))
"""With depots, and without."""


@fast
def fill_body(w: FloatArray, fed: int) -> None:
    """Everything that does not depend on what is given. `fed`: there are depots."""
    blood_rates(w)
    other_rates(w)
    blood_shares(w)
    meeting = MEETING if fed else MEETING_BLOOD
    for one in range(len(meeting)):
        fill_gap(w, meeting[one, 0], meeting[one, 1])
    if fed:
        for lane in range(LANES):
            apart = w[(RATES + OF_KT) * LANES + lane] - w[(RATES + OF_KG) * LANES + lane]
            w[(GAPS + OF_KT * MODES + OF_KG) * LANES + lane] = inverse(apart)
