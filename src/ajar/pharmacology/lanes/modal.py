"""Sessions by sums of exponentials, the quickest form of U1's linear part: parts for eight people at a
time, and
then each drawn by itself.

Differences of rates are divided by, so near rates cost digits: their parts are large and cancel. Whoever is
drawn here is looked at afterwards, and where a part was so large that it cost too many digits,
`lanes.propagate` does the same without a difference, more slowly.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.cascade import DEPOTS, MODES, OF_KM, RATES, SOUND, fill_body
from ajar.pharmacology.lanes.kernel import LANES, fast
from ajar.pharmacology.lanes.parts import (
    BLOOD,
    CURVES,
    DECAYS,
    DIRECT,
    GUT,
    LARGEST,
    PART_ROWS,
    D,
    fill_decays,
    fill_flows,
    fill_parts,
    shift_curves,
)
from ajar.pharmacology.lanes.propagate import DISPOSITION, KA, KG, OUTPUTS
from ajar.pharmacology.lanes.waves import DOUBLINGS, WAVE, draw, fill_waves

LARGEST_PART: Final = 4000.0
"""A part this many times the peak of its curve costs some 1e-12 of the peak: 1e-9 of a thousandth of it."""

STEPS: Final = DOUBLINGS + 1
"""Times over which a person's modes decay: 1, 2, 4 … steps of the grid, and a block of them."""

CURVE: Final = OUTPUTS * MODES
HEAD: Final = STEPS * DECAYS + OUTPUTS + 3
"""What is kept of a body: decays, the largest part of each output, 1 / km, whether it is sound, whether
fed.
"""

LANE_WORK: Final = (PART_ROWS + MODES + DECAYS) * LANES
"""Size of the work space of `prepare`."""

TABLE: Final = MODES * WAVE
"""Size of a table of exponentials."""


@fast
def take_inflow(
    moment: int,
    port: int,
    row: int,
    enantiomer: int,
    people: NDArray[np.int64],
    ports: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    amounts: FloatArray,
    w: FloatArray,
) -> None:
    """What runs into a port from a moment on."""
    for lane in range(LANES):
        w[row * LANES + lane] = 0.0
    for given in range(len(ports)):
        if ports[given] == port and starts[given] <= moment < stops[given]:
            for lane in range(LANES):
                w[row * LANES + lane] += amounts[people[lane], enantiomer, given]


@fast
def take_at_once(
    moment: int,
    port: int,
    enantiomer: int,
    people: NDArray[np.int64],
    ports: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    amounts: FloatArray,
    w: FloatArray,
) -> None:
    """What is put into a depot at a moment."""
    for given in range(len(ports)):
        if ports[given] == port and starts[given] == moment == stops[given]:
            for lane in range(LANES):
                w[D * LANES + lane] += amounts[people[lane], enantiomer, given]


@fast
def load(
    enantiomer: int,
    group: int,
    people: NDArray[np.int64],
    dispositions: FloatArray,
    depots: FloatArray,
    w: FloatArray,
) -> int:
    """The parameters of these people, a row each, and nothing else. Whether there are depots."""
    w[:] = 0.0
    fed = 0
    for lane in range(LANES):
        for place in range(len(DISPOSITION)):
            w[place * LANES + lane] = dispositions[people[lane], enantiomer, place]
        for place in range(4):
            w[(DEPOTS + place) * LANES + lane] = depots[people[lane], enantiomer, group, place]
        if (
            depots[people[lane], enantiomer, group, KA] > 0.0
            or depots[people[lane], enantiomer, group, KG] > 0.0
        ):
            fed = 1
    return fed


@fast
def keep_head(
    w: FloatArray, fed: int, step_h: float, exponents: FloatArray, decays: FloatArray, heads: FloatArray
) -> None:
    """What drawing needs of the bodies [lanes, HEAD]."""
    for step in range(STEPS):
        fill_decays(w, step_h * (1 << step), exponents, decays)
        for row in range(DECAYS):
            for lane in range(LANES):
                heads[lane, step * DECAYS + row] = decays[row * LANES + lane]
    rest = STEPS * DECAYS
    for lane in range(LANES):
        for output in range(OUTPUTS):
            heads[lane, rest + output] = w[(LARGEST + output) * LANES + lane]
        heads[lane, rest + OUTPUTS] = 1.0 / w[(RATES + OF_KM) * LANES + lane]
        heads[lane, rest + OUTPUTS + 1], heads[lane, rest + OUTPUTS + 2] = w[SOUND * LANES + lane], float(fed)


@fast
def prepare(
    enantiomer: int,
    group: int,
    people: NDArray[np.int64],
    moments_h: FloatArray,
    firsts: NDArray[np.int64],
    ports: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    amounts: FloatArray,
    dispositions: FloatArray,
    depots: FloatArray,
    molar: FloatArray,
    start_h: float,
    step_h: float,
    space: FloatArray,
    heads: FloatArray,
    curves: FloatArray,
) -> None:
    """The parts of eight people's outputs from each moment on: `heads` [lanes, HEAD], `curves` [lanes,
    moments,
    CURVE].
    """
    w, exponents = space[: PART_ROWS * LANES], space[PART_ROWS * LANES : (PART_ROWS + MODES) * LANES]
    decays, last_moment = space[(PART_ROWS + MODES) * LANES :], len(moments_h) - 1
    fed = load(enantiomer, group, people, dispositions, depots, w)
    fill_body(w, fed)
    fill_flows(w, molar[0], molar[1], molar[2])
    for moment in range(last_moment + 1):
        take_at_once(moment, 1 + 2 * group, enantiomer, people, ports, starts, stops, amounts, w)
        if group == 0:
            take_inflow(moment, 0, BLOOD, enantiomer, people, ports, starts, stops, amounts, w)
        take_inflow(moment, 1 + 2 * group, DIRECT, enantiomer, people, ports, starts, stops, amounts, w)
        take_inflow(moment, 2 + 2 * group, GUT, enantiomer, people, ports, starts, stops, amounts, w)
        if moment < last_moment:
            fill_decays(w, moments_h[moment + 1] - moments_h[moment], exponents, decays)
        fill_parts(w, decays, fed)
        late_h = start_h + firsts[moment] * step_h - moments_h[moment]
        if firsts[moment + 1] > firsts[moment]:
            if late_h > 0.0:
                fill_decays(w, late_h, exponents, decays)
                shift_curves(w, decays)
            for place in range(CURVE):
                for lane in range(LANES):
                    curves[lane, moment, place] = w[(CURVES + place) * LANES + lane]
    keep_head(w, fed, step_h, exponents, decays, heads)


@fast
def begin_drawing(
    heads: FloatArray, head: int, step_h: float, known: FloatArray, new: FloatArray, waves: FloatArray
) -> None:
    """Fill in the table for one enantiomer of one person by one group of depots, where that can be drawn."""
    rest = head + STEPS * DECAYS
    if heads[rest + OUTPUTS + 1] == 1.0:
        fill_waves(heads, head, step_h, int(heads[rest + OUTPUTS + 2]), known, new, waves)


@fast
def draw_output(
    output: int,
    heads: FloatArray,
    head: int,
    curves: FloatArray,
    curve: int,
    firsts: NDArray[np.int64],
    c: FloatArray,
    waves: FloatArray,
    out: FloatArray,
) -> bool:
    """One output on the grid. `out` has a `MARGIN` behind that, which is written to as well.

    `heads` and `curves` are flat, those of this body begin at `head` and `curve`. Nothing is sliced from
    here on:
    a slice counts who holds the array, and that count waits until all that was written is in memory.

    False: parts were so large that they cost digits, and somebody else should do it.
    """
    rest, peak = head + STEPS * DECAYS, 0.0
    if heads[rest + OUTPUTS + 1] != 1.0:
        return False
    for moment in range(len(firsts) - 1):
        points = firsts[moment + 1] - firsts[moment]
        if points > 0:
            for mode in range(MODES):
                c[mode] = curves[curve + moment * CURVE + output * MODES + mode]
            peak = draw(
                output, c, waves, heads, rest - DECAYS, heads[rest + OUTPUTS], points, peak, out,
                firsts[moment],
            )  # fmt: skip
    return float(heads[rest + output]) <= LARGEST_PART * peak
