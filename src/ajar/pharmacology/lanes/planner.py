"""Where a course is stepped, for everyone alike, and the weights of each size of step.

Every equation of the slow chain but two is y' = k (f - y), with an f that what stands above it in the chain
gives. On a step f is taken as the parabola through its start, middle and end, and the integral of that with
exp(-k t) is exact: what it weighs depends on the size of the step alone. No step is too long for stability,
only for a parabola, so steps are short where something starts or stops and longer with the hours since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.u1 import slow_table as table
from ajar.pharmacology.u1.slow import LN2, SAME_MOMENT_H

GRADES: Final = (
    (0.25, 1 / 48),
    (0.5, 1 / 24),
    (2.0, 1 / 12),
    (6.0, 1 / 5),
    (12.0, 1 / 3),
    (24.0, 0.5),
    (48.0, 1.0),
    (96.0, 2.0),
    (np.inf, 12.0),
)
"""Hours since something last started or stopped, and the largest step until then: a modelling choice that
`lanes.courses.certify` checks."""

WEIGHED: Final = (
    table.GLUTAMATE_HALF_LIFE,
    table.DRIVE_HALF_LIFE,
    table.TRANSLATION_HALF_LIFE,
    table.MATURATION_HALF_LIFE,
    table.MOOD_HALF_LIFE,
    table.INFLAMMATION_HALF_LIFE,
)
"""Whose weights a row of `Plan.weights` holds: eight numbers each, for the middle and for the end."""

NODES: Final = 64
"""Points of the Gauss-Legendre rule for the weights: exact to rounding for k h up to 100."""

SHIFT_H: Final = 1e-12
"""Steps that differ by less are one size: no hour of a year is known better."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """Steps between `nodes_h`; what happens at each node; and the sizes of step with their weights.

    `sizes` [steps] says which of `sizes_h`; `weights` [sizes, 8 x WEIGHED]. `events` [nodes] is the moment of
    the intake at a node, `opened` the session that starts there, `asked` the time that is recorded there; -1:
    none.
    """

    nodes_h: FloatArray
    sizes: NDArray[np.int64]
    sizes_h: FloatArray
    weights: FloatArray
    events: NDArray[np.int64]
    opened: NDArray[np.int64]
    asked: NDArray[np.int64]


def plan_of(
    moments_h: FloatArray, starts_h: Sequence[float], times_h: FloatArray, *, halvings: int = 0
) -> Plan:
    """A plan through every moment of the intake and every asked time, each step halved so many times."""
    happens = moments_h[moments_h < times_h[-1] - SAME_MOMENT_H]
    corners_h = np.sort(np.concatenate([times_h, happens]))
    corners_h = corners_h[np.diff(corners_h, prepend=-np.inf) > SAME_MOMENT_H]
    nodes_h = _nodes(corners_h, happens, 2**halvings)
    steps_h = np.round(np.diff(nodes_h) / SHIFT_H) * SHIFT_H
    sizes_h, sizes = np.unique(steps_h, return_inverse=True)
    started = np.array([start_h for start_h in starts_h if start_h < times_h[-1] - SAME_MOMENT_H])
    return Plan(
        nodes_h=nodes_h,
        sizes=sizes.astype(np.int64),
        sizes_h=sizes_h,
        weights=weights_of(sizes_h),
        events=_at_nodes(nodes_h, happens),
        opened=_at_nodes(nodes_h, started),
        asked=_at_nodes(nodes_h, times_h),
    )


def _nodes(corners_h: FloatArray, happens: FloatArray, parts: int) -> FloatArray:
    """The corners, the grades between them, and even steps between those."""
    ends = np.array([until_h for until_h, _ in GRADES])
    largest = np.array([step_h for _, step_h in GRADES])
    grades = (happens[:, np.newaxis] + ends[np.newaxis, :-1]).ravel()
    inside = (grades > corners_h[0]) & (grades < corners_h[-1])
    bends = np.sort(np.concatenate([corners_h, _not_near(grades[inside], corners_h)]))
    bends = bends[np.diff(bends, prepend=-np.inf) > SAME_MOMENT_H]
    last = np.searchsorted(happens, bends[:-1] + SAME_MOMENT_H, side="right") - 1
    since_h = np.where(last < 0, np.inf, bends[:-1] - happens[np.maximum(last, 0)])
    most_h = largest[np.searchsorted(ends, since_h + SAME_MOMENT_H, side="right").clip(max=len(ends) - 1)]
    steps = np.maximum(np.ceil(np.diff(bends) / most_h - SAME_MOMENT_H), 1).astype(np.int64) * parts
    within = np.arange(steps.sum()) - np.repeat(np.cumsum(steps) - steps, steps)
    nodes = np.repeat(bends[:-1], steps) + within * np.repeat(np.diff(bends) / steps, steps)
    return np.append(nodes, bends[-1])


def _not_near(times_h: FloatArray, corners_h: FloatArray) -> FloatArray:
    after = np.searchsorted(corners_h, times_h).clip(1, len(corners_h) - 1)
    nearest = np.minimum(np.abs(times_h - corners_h[after]), np.abs(times_h - corners_h[after - 1]))
    return np.compress(nearest > SAME_MOMENT_H, times_h)


def _at_nodes(nodes_h: FloatArray, times_h: FloatArray) -> NDArray[np.int64]:
    """Which of the times is at each node; -1: none."""
    at = np.full(len(nodes_h), -1, dtype=np.int64)
    at[np.searchsorted(nodes_h, times_h - 2 * SAME_MOMENT_H)] = np.arange(len(times_h))
    return at


def weights_of(sizes_h: FloatArray) -> FloatArray:
    """For each size and each of `WEIGHED`: decay, start, middle, end for the middle; and the same for the
    end.
    """
    rates = LN2 / np.array([half_life.value for half_life in WEIGHED])
    points, gauss = np.polynomial.legendre.leggauss(NODES)
    u = (points + 1.0) / 2.0
    weights = np.empty((len(sizes_h), len(rates), 8))
    for half, until in enumerate((0.5, 1.0)):
        z = rates * sizes_h[:, np.newaxis] * until
        kernel = z[:, :, np.newaxis] * np.exp(-z[:, :, np.newaxis] * (1.0 - u)) * (gauss / 2.0)
        s = u * until
        parabolas = np.array([(1 - s) * (1 - 2 * s), 4 * s * (1 - s), s * (2 * s - 1)])
        weights[:, :, 4 * half] = np.exp(-z)
        weights[:, :, 4 * half + 1 : 4 * half + 4] = kernel @ parabolas.T
    return weights.reshape(len(sizes_h), -1)
