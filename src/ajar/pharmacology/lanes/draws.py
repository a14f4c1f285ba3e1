"""The same numbers as `ajar.pharmacology.chance`, compiled: Philox4x64-10 and the inverse normal.

Philox: Salmon 2011 (SC '11, doi:10.1145/2063384.2063405), as numpy's generator of that name.
Inverse normal: Wichura 1988, algorithm AS 241 (Appl Stat 37:477), as Python's `statistics.NormalDist`.
What varies, by how much and by which law comes in as arrays (`lanes.bodies`): no number of the model is here.
"""

from math import erf, exp, log, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.kernel import exact

ROUNDS: Final = 10
MULTIPLIERS: Final = (np.uint64(0xD2E7470EE14C6C93), np.uint64(0xCA5A826395121157))
WEYL: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B))
LOW: Final = np.uint64(0xFFFFFFFF)
HALF: Final = np.uint64(32)
UNUSED_BITS: Final = np.uint64(11)

LOG_NORMAL: Final = 0
ON_LOGIT: Final = 1
ADDED: Final = 2
"""The laws by which a deviate moves a parameter."""

CENTRE: Final = (
    (2.50908_09287_30122_6727e3, 3.34305_75583_58812_8105e4, 6.72657_70927_00870_0853e4,
     4.59219_53931_54987_1457e4, 1.37316_93765_50946_1125e4, 1.97159_09503_06551_4427e3,
     1.33141_66789_17843_7745e2, 3.38713_28727_96366_6080e0),
    (5.22649_52788_52854_5610e3, 2.87290_85735_72194_2674e4, 3.93078_95800_09271_0610e4,
     2.12137_94301_58659_5867e4, 5.39419_60214_24751_1077e3, 6.87187_00749_20579_0830e2,
     4.23133_30701_60091_1252e1, 1.0),
)  # fmt: skip
SHOULDER: Final = (
    (7.74545_01427_83414_07640e-4, 2.27238_44989_26918_45833e-2, 2.41780_72517_74506_11770e-1,
     1.27045_82524_52368_38258e0, 3.64784_83247_63204_60504e0, 5.76949_72214_60691_40550e0,
     4.63033_78461_56545_29590e0, 1.42343_71107_49683_57734e0),
    (1.05075_00716_44416_84324e-9, 5.47593_80849_95344_94600e-4, 1.51986_66563_61645_71966e-2,
     1.48103_97642_74800_74590e-1, 6.89767_33498_51000_04550e-1, 1.67638_48301_83803_84940e0,
     2.05319_16266_37758_82187e0, 1.0),
)  # fmt: skip
TAIL: Final = (
    (2.01033_43992_92288_13265e-7, 2.71155_55687_43487_57815e-5, 1.24266_09473_88078_43860e-3,
     2.65321_89526_57612_30930e-2, 2.96560_57182_85048_91230e-1, 1.78482_65399_17291_33580e0,
     5.46378_49111_64114_36990e0, 6.65790_46435_01103_77720e0),
    (2.04426_31033_89939_78564e-15, 1.42151_17583_16445_88870e-7, 1.84631_83175_10054_68180e-5,
     7.86869_13114_56132_59100e-4, 1.48753_61290_85061_48525e-2, 1.36929_88092_27358_05310e-1,
     5.99832_20655_58879_37690e-1, 1.0),
)  # fmt: skip
"""Numerators and denominators of AS 241, highest power first."""


@exact
def high_half(a: np.uint64, b: np.uint64) -> np.uint64:
    """The upper 64 bits of a product."""
    a_low, a_high = a & LOW, a >> HALF
    b_low, b_high = b & LOW, b >> HALF
    cross = a_high * b_low + ((a_low * b_low) >> HALF)
    other = a_low * b_high + (cross & LOW)
    return a_high * b_high + (cross >> HALF) + (other >> HALF)


@exact
def philox(counter: NDArray[np.uint64], key: NDArray[np.uint64], into: NDArray[np.uint64]) -> None:
    """Four numbers of one counter value."""
    a, b, c, d = counter[0], counter[1], counter[2], counter[3]
    first, second = key[0], key[1]
    for _ in range(ROUNDS):
        high_a, low_a = high_half(MULTIPLIERS[0], a), MULTIPLIERS[0] * a
        high_c, low_c = high_half(MULTIPLIERS[1], c), MULTIPLIERS[1] * c
        a, b, c, d = high_c ^ b ^ first, low_c, high_a ^ d ^ second, low_a
        first, second = first + WEYL[0], second + WEYL[1]
    into[0], into[1], into[2], into[3] = a, b, c, d


@exact
def inverse_normal(p: float) -> float:
    """The standard normal number below which a share `p` lies."""
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return _polynomial(CENTRE[0], r) * q / _polynomial(CENTRE[1], r)
    r = sqrt(-log(p if q <= 0.0 else 1.0 - p))
    if r <= 5.0:
        x = _polynomial(SHOULDER[0], r - 1.6) / _polynomial(SHOULDER[1], r - 1.6)
    else:
        x = _polynomial(TAIL[0], r - 5.0) / _polynomial(TAIL[1], r - 5.0)
    return -x if q < 0.0 else x


@exact
def _polynomial(coefficients: tuple[float, ...], r: float) -> float:
    value = coefficients[0]
    for power in range(1, 8):
        value = value * r + coefficients[power]
    return value


@exact
def normal_numbers(
    key: NDArray[np.uint64], index: int, block: int, count: int, raw: NDArray[np.uint64], into: FloatArray
) -> None:
    """The first `count` standard normal numbers of a subject from this counter block on.

    numpy steps the counter before it draws, so that the first numbers are those of the next value. `raw` has
    eight places: the counter and what Philox makes of it.
    """
    counter, made = raw[:4], raw[4:]
    for place in range(count):
        if place % 4 == 0:
            counter[0], counter[1] = np.uint64(block + 1 + place // 4), np.uint64(index)
            counter[2], counter[3] = np.uint64(0), np.uint64(0)
            philox(counter, key, made)
        into[place] = inverse_normal((float(made[place % 4] >> UNUSED_BITS) + 0.5) * 2.0**-53)


@exact
def move(row: FloatArray, moves: FloatArray, z: FloatArray) -> None:
    """Move parameters of a row. A move is (which parameter, which deviate, by which law, spread)."""
    for one in range(len(moves)):
        target, law = int(moves[one, 0]), int(moves[one, 2])
        value, by = row[target], moves[one, 3] * z[int(moves[one, 1])]
        if law == LOG_NORMAL:
            row[target] = value * exp(by)
        elif law == ON_LOGIT:
            row[target] = 1.0 / (1.0 + exp(-(log(value / (1.0 - value)) + by)))
        else:
            row[target] = value + by


@exact
def mix(z: FloatArray, mixes: FloatArray) -> None:
    """Correlate deviates. A mix is (which deviate, with which, their correlation)."""
    for one in range(len(mixes)):
        target, correlation = int(mixes[one, 0]), mixes[one, 2]
        z[target] = correlation * z[int(mixes[one, 1])] + sqrt(1.0 - correlation * correlation) * z[target]


@exact
def resistant(z: float, share: float) -> bool:
    """Whether this deviate falls into the share of people who hardly answer."""
    return 0.5 * (1.0 + erf(z / sqrt(2.0))) < share


@exact
def draw_people(
    key: NDArray[np.uint64],
    start: int,
    blocks_a_session: int,
    mixes: FloatArray,
    body_moves: FloatArray,
    uptake_moves: FloatArray,
    day_moves: FloatArray,
    resistance: FloatArray,
    bodies: FloatArray,
    uptakes: FloatArray,
) -> None:
    """Move the typical rows in `bodies` [n, columns] and `uptakes` [n, sessions, columns] to people from
    `start`.

    `resistance` is (which column, which deviate, the share of people, the factor, how many deviates a person
    has, how many a session).
    """
    raw = np.empty(8, dtype=np.uint64)
    answers, hardly = int(resistance[0]), int(resistance[1])
    count, count_a_day = int(resistance[4]), int(resistance[5])
    z, day = np.empty(count), np.empty(count_a_day)
    for one in range(len(bodies)):
        normal_numbers(key, start + one, 0, count, raw, z)
        hardly_z = z[hardly]
        mix(z, mixes)
        move(bodies[one], body_moves, z)
        if resistant(hardly_z, resistance[2]):
            bodies[one, answers] *= resistance[3]
        move(uptakes[one, 0], uptake_moves, z)
        for session in range(uptakes.shape[1] - 1, -1, -1):
            uptakes[one, session] = uptakes[one, 0]
            normal_numbers(key, start + one, (session + 1) * blocks_a_session, count_a_day, raw, day)
            move(uptakes[one, session], day_moves, day)
