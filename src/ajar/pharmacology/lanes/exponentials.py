"""exp for many numbers at once, and the response of two delays to one exponential.

The compiler's own exp is a call a number. This one is straight arithmetic over an array, which vectorises:
x = k ln 2 + r, a polynomial for exp(r), and 2^k put together from its bits; right to two units in the last
place.
"""

from typing import Final

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.kernel import LANES, fast, within

PER_LN2: Final = 1.4426950408889634
LN2_HIGH: Final = 0.6931471803691238
LN2_LOW: Final = 1.9082149292705877e-10
"""ln 2 in two parts: the first has few enough bits that whole numbers times it are exact."""

ROUNDING: Final = 6755399441055744.0
"""1.5 times 2^52: added to a number, the whole number nearest to it is in the last bits."""

BIAS: Final = np.int64(1023)
FRACTION_BITS: Final = np.int64(52)
LEAST: Final = -700.0
"""exp of less is as good as nothing, 1e-304."""

NEAR: Final = 1.0
"""Up to this difference of exponents (rate times time) a series is taken, and beyond it the difference
itself.
"""


@within
def reduced(x: float, whole: float) -> float:
    """exp(x - whole ln 2), by its series to the 13th power."""
    r = (x - whole * LN2_HIGH) - whole * LN2_LOW
    high = 1 / 5040 + r * (1 / 40320 + r * (1 / 362880 + r * (1 / 3628800 + r * (1 / 39916800 + r * (
        1 / 479001600 + r / 6227020800)))))  # fmt: skip
    low: float = 1.0 + r * (
        1.0 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * high)))))
    )
    return low


@fast
def fill_exponentials(x: FloatArray, into: FloatArray) -> None:
    """Exp of every number, none above 700. What was in `x` is used up."""
    count, bits = np.uint64(len(x)), into.view(np.int64)
    for k in range(count):
        exponent = max(x[k], LEAST)
        shifted = exponent * PER_LN2 + ROUNDING
        into[k] = shifted
        x[k] = reduced(exponent, shifted - ROUNDING)
    for k in range(count):
        bits[k] = (bits[k] + BIAS) << FRACTION_BITS
    for k in range(count):
        into[k] *= x[k]


@within
def second(z: float) -> float:
    """(exp(z) - 1 - z) / z^2 for z from -1 to 1, by its series."""
    end = 1 / 1307674368000 + z * (1 / 20922789888000 + z * (1 / 355687428096000 + z / 6402373705728000))
    high = 1 / 3628800 + z * (
        1 / 39916800 + z * (1 / 479001600 + z * (1 / 6227020800 + z * (1 / 87178291200 + z * end)))
    )
    low: float = 1 / 2 + z * (1 / 6 + z * (1 / 24 + z * (1 / 120 + z * (1 / 720 + z * (1 / 5040 + z * (
        1 / 40320 + z * (1 / 362880 + z * high)))))))  # fmt: skip
    return low


@fast
def fill_delayed(
    w: FloatArray,
    fed: int,
    delay: int,
    by_h: float,
    decays: FloatArray,
    fed_at: int,
    delay_at: int,
    into: FloatArray,
) -> None:
    """What one delay, and two delays in a row, hold of exp(-fed t), at `by_h`, lane by lane: two rows.

    That is (f - e) / (delay - fed) and ((f - e) / (delay - fed) - t e) / (delay - fed), for f = exp(-fed t)
    and
    e = exp(-delay t), without a difference of near numbers. `fed` and `delay` are the rows of the rates in
    `w`,
    `fed_at` and `delay_at` those of f and e in `decays`.
    """
    a, b = np.uint64(fed * LANES), np.uint64(delay * LANES)
    f, e = np.uint64(fed_at * LANES), np.uint64(delay_at * LANES)
    for lane in range(np.uint64(LANES)):
        apart = w[b + lane] - w[a + lane]
        z = apart * by_h
        late = by_h * decays[e + lane]
        near = max(min(z, NEAR), -NEAR)
        series = second(near)
        far = abs(z) > NEAR
        safe = apart if far else 1.0
        first = (decays[f + lane] - decays[e + lane]) / safe
        into[lane] = first if far else late * (1.0 + near * series)
        into[np.uint64(LANES) + lane] = (first - late) / safe if far else by_h * late * series
