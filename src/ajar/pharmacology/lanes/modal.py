"""One person by sums of exponentials: the quickest form of U1's linear part.

Differences of rates are divided by, so near rates cost digits: their parts are large and cancel. Whoever is
drawn here is looked at afterwards, and where a part was so large that it cost too many digits,
`lanes.propagate` does the same without a difference, more slowly.
"""

from math import exp
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.cascade import (
    CARRIED,
    MODES,
    ROOM,
    D,
    advance,
    fill_blood,
    fill_depots,
    fill_gaps,
    fill_metabolites,
)
from ajar.pharmacology.lanes.kernel import fast
from ajar.pharmacology.lanes.propagate import OUTPUTS
from ajar.pharmacology.lanes.waves import WAVE, draw, fill_curves, fill_waves, note_parts, shift

APART: Final = 0.05
"""Rates that differ by less than this share of the larger one may cost digits."""

TOUCHING: Final = 1e-6
"""By less than this, they cost all."""

LARGEST_PART: Final = 4000.0
"""A part this many times the peak of its curve costs some 1e-12 of the peak: 1e-9 of a thousandth of it."""

MODAL_WORK: Final = (CARRIED + OUTPUTS + 8 + MODES) * ROOM + (MODES + 1) * WAVE
"""Size of the work space of `run_modal`. It keeps the table of exponentials from one call to the next."""


@fast
def inflow(
    moment: int,
    port: int,
    ports: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    amounts: FloatArray,
) -> float:
    """What runs into a port from a moment on."""
    total = 0.0
    for given in range(len(ports)):
        if ports[given] == port and starts[given] <= moment < stops[given]:
            total += amounts[given]
    return total


@fast
def at_once(
    moment: int,
    port: int,
    ports: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    amounts: FloatArray,
) -> float:
    """What is put into a port at a moment."""
    total = 0.0
    for given in range(len(ports)):
        if ports[given] == port and starts[given] == moment == stops[given]:
            total += amounts[given]
    return total


@fast
def costly(largest: FloatArray, peaks: FloatArray) -> bool:
    """Was a part so large that its curve lost too many digits?"""
    lost = False
    for output in range(OUTPUTS):
        lost = lost or largest[output] > LARGEST_PART * peaks[output]
    return lost


@fast
def fill_parts(
    p: FloatArray,
    x: FloatArray,
    blood: float,
    direct: float,
    gut: float,
    escapes: float,
    rates: FloatArray,
    gaps: FloatArray,
    parts: FloatArray,
    work: FloatArray,
) -> None:
    """The parts of every state from a moment on, from what is there and what runs in."""
    fill_depots(x, direct, gut, rates, parts)
    fill_blood(p, x, blood, escapes, rates, gaps, parts, work)
    fill_metabolites(p, x, escapes, rates, gaps, parts, work)


@fast
def reach(curves: FloatArray, rates: FloatArray, by_h: float, largest: FloatArray, decay: FloatArray) -> None:
    """The parts of the outputs, counted from the first grid point so many hours after the moment."""
    note_parts(curves, rates, largest)
    if by_h > 0.0:
        for mode in range(MODES):
            decay[mode] = exp(-rates[mode] * by_h)
        shift(curves, decay, by_h, largest)


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

    False: parts were so large that they cost digits, and somebody else should do it. What was added to a
    curve cannot be taken back, so a second group is not asked afterwards: its rates must be `APART` before.
    """
    parts, space = space[: CARRIED * ROOM], space[CARRIED * ROOM :]
    curves, space = space[: OUTPUTS * ROOM], space[OUTPUTS * ROOM :]
    work, block, x = space[: 2 * ROOM], space[2 * ROOM : 3 * ROOM], space[3 * ROOM : 4 * ROOM]
    decay, waves = space[4 * ROOM : 5 * ROOM], space[5 * ROOM : 5 * ROOM + (MODES + 1) * WAVE]
    space = space[5 * ROOM + (MODES + 1) * WAVE :]
    largest, peaks, space = space[:ROOM], space[ROOM : 2 * ROOM], space[2 * ROOM :]
    known, gaps = space[:ROOM], space[ROOM:]
    largest[:] = peaks[:] = 0.0
    fill_waves(rates, step_h, known, waves, block)
    fill_gaps(rates, gaps)
    x[:] = 0.0
    port, last_moment = 1 + 2 * group, len(moments_h) - 1
    for moment in range(last_moment + 1):
        x[D] += at_once(moment, port, ports, starts, stops, amounts)
        blood = 0.0 if group else inflow(moment, 0, ports, starts, stops, amounts)
        direct = inflow(moment, port, ports, starts, stops, amounts)
        gut = inflow(moment, port + 1, ports, starts, stops, amounts)
        fill_parts(p, x, blood, direct, gut, escapes, rates, gaps, parts, work)
        if firsts[moment + 1] > firsts[moment]:
            fill_curves(parts, scales, curves)
            late_h = start_h + firsts[moment] * step_h - moments_h[moment]
            reach(curves, rates, late_h, largest, decay)
            draw(
                curves, waves, block, step_h * WAVE, firsts[moment], firsts[moment + 1], grid, out, group,
                largest, peaks,
            )  # fmt: skip
        if moment < last_moment:
            advance(parts, rates, moments_h[moment + 1] - moments_h[moment], x, decay)
    return group > 0 or not costly(largest, peaks)
