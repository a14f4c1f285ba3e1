"""The weeks after: a hypothetical chain from receptor block to symptoms (pharmacology.md 4.3).

Only what is measured in people is called established. No link from glutamate, BDNF, synapses, the
default-mode network or cytokines to symptoms is proven in people; those curves illustrate.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import log
from typing import Final

import numpy as np

from ajar.pharmacology.estimates import Status
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.u1 import slow_table as table

STATES: Final = {
    "G": Status.PLAUSIBLE,
    "T": Status.PLAUSIBLE,
    "M": Status.PLAUSIBLE,
    "P1": Status.PLAUSIBLE,
    "P2": Status.PLAUSIBLE,
    "S": Status.PLAUSIBLE,
    "F": Status.UNPROVEN,
    "A": Status.UNPROVEN,
    "I": Status.UNPROVEN,
}
"""The states of the chain, in order: glutamate, AMPA/BDNF drive, mTORC1, two maturation delays, synapses,
fast circuit, acute mood, cytokines. All rest at 0, but cytokines, a share of their baseline, at 1."""

SAME_MOMENT_H: Final = 1e-7
"""Moments closer than this (a third of a millisecond) differ by rounding only."""

LN2: Final = log(2.0)
AT_REST: Final = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)

ChainState = tuple[float, ...]


def change_per_h(x: ChainState, block: float, c_ng_ml: float, stress: float) -> ChainState:
    """The rates of the nine states, as printed."""
    g, t, m, p1, p2, s, f, a, i = x
    released = (
        table.GLUTAMATE_GAIN.value
        * block
        * max(1.0 - block / table.GLUTAMATE_ZERO_BLOCK.value, table.GLUTAMATE_LEAST.value)
    )
    return (
        LN2 / table.GLUTAMATE_HALF_LIFE.value * (released - g),
        LN2 / table.DRIVE_HALF_LIFE.value * (max(g - table.DRIVE_THRESHOLD.value, 0.0) - t),
        LN2 / table.TRANSLATION_HALF_LIFE.value * (t / (t + table.TRANSLATION_HALF_DRIVE.value) - m),
        LN2 / table.MATURATION_HALF_LIFE.value * (m - p1),
        LN2 / table.MATURATION_HALF_LIFE.value * (p1 - p2),
        table.SYNAPSE_GAIN_PER_H.value * p2 * (1.0 - s)
        - LN2 / table.SYNAPSE_HALF_LIFE.value * (1.0 + stress) * s,
        table.CIRCUIT_GAIN_PER_H.value * m * (1.0 - f) - LN2 / table.CIRCUIT_HALF_LIFE.value * f,
        LN2 / table.MOOD_HALF_LIFE.value * (c_ng_ml / (table.MOOD_C50_NG_ML.value + c_ng_ml) - a),
        LN2 / table.INFLAMMATION_HALF_LIFE.value * (1.0 - table.INFLAMMATION_FALL.value * block - i),
    )


def step_times(times_h: FloatArray, kinks_h: Sequence[float]) -> FloatArray:
    """Where the chain is stepped: on every asked time and every kink of the input, and between them evenly.

    `kinks_h`, in order, are the moments at which doses start and end.
    """
    kinks = np.asarray([kink_h for kink_h in kinks_h if kink_h < times_h[-1]])
    corners = np.unique(np.concatenate([times_h, _apart(kinks, times_h)]))
    pieces = [corners[:1]]
    for start_h, end_h in pairwise(corners.tolist()):
        since_dose_h = start_h - max(kinks[kinks <= start_h], default=-np.inf)
        largest_h = table.FINE_STEP_H if since_dose_h < table.FINE_FOR_H else table.COARSE_STEP_H
        steps = max(1, int(np.ceil((end_h - start_h) / largest_h - 1e-9)))
        pieces.append(np.linspace(start_h, end_h, steps + 1)[1:])
    return np.concatenate(pieces)


def _apart(kinks: FloatArray, times_h: FloatArray) -> FloatArray:
    """The kinks that are not, but for rounding, an asked time or the kink before."""
    from_times_h = np.abs(kinks[:, np.newaxis] - times_h).min(axis=1)
    from_last_h = np.diff(kinks, prepend=-np.inf)
    apart = np.minimum(from_times_h, from_last_h) > SAME_MOMENT_H
    return np.compress(apart, kinks)


def with_midpoints(steps_h: FloatArray) -> FloatArray:
    """The same times with the middle of each step between them, where the rule looks too."""
    both = np.empty(2 * len(steps_h) - 1)
    both[0::2], both[1::2] = steps_h, (steps_h[:-1] + steps_h[1:]) / 2.0
    return both


def run_chain(
    steps_h: FloatArray, *, block: FloatArray, potent_ng_ml: FloatArray, stress: float
) -> dict[str, FloatArray]:
    """Every state at every step, from rest, by the classical fourth-order rule on fixed steps.

    The block (0-1) and the potent concentration are those at `with_midpoints(steps_h)`.
    """
    blocks, concentrations_ng_ml = block.tolist(), potent_ng_ml.tolist()
    state: ChainState = AT_REST
    seen = [state]
    for row, step_h in enumerate(np.diff(steps_h).tolist()):
        at = slice(2 * row, 2 * row + 3)
        state = _stepped(state, step_h, blocks[at], concentrations_ng_ml[at], stress)
        seen.append(state)
    return dict(zip(STATES, np.asarray(seen).T, strict=True))


def _stepped(
    x: ChainState, step_h: float, block: list[float], c_ng_ml: list[float], stress: float
) -> ChainState:
    half_h = step_h / 2.0
    k1 = change_per_h(x, block[0], c_ng_ml[0], stress)
    k2 = change_per_h(_moved(x, k1, half_h), block[1], c_ng_ml[1], stress)
    k3 = change_per_h(_moved(x, k2, half_h), block[1], c_ng_ml[1], stress)
    k4 = change_per_h(_moved(x, k3, step_h), block[2], c_ng_ml[2], stress)
    sixth_h = step_h / 6.0
    return tuple(
        value + sixth_h * (a + 2.0 * b + 2.0 * c + d)
        for value, a, b, c, d in zip(x, k1, k2, k3, k4, strict=True)
    )


def _moved(x: ChainState, rate: ChainState, by_h: float) -> ChainState:
    return tuple(value + by_h * slope for value, slope in zip(x, rate, strict=True))
