"""Eight people at a time along a plan: what goes in, the steps of `lanes.chain`, and what is recorded."""

from math import exp
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.chain import (
    DECAYS,
    LEFT,
    MODES,
    OFF_R,
    OFF_S,
    OWN_R_END,
    OWN_S_MID,
    PEAK,
    ROWS,
    C,
    begin,
    step,
)
from ajar.pharmacology.lanes.kernel import LANES, fast, holding
from ajar.pharmacology.lanes.site import SHARED

OWN: Final = 6
"""Rows of a group of depots: ka, kg and kt of S, then of R."""

KEPT: Final = 2 * SHARED
"""Row of the decays for the synapses, after those of the shared modes and before those of the depots."""

GONE_NG_ML: Final = 1e-9
"""A depot's mode below this is over: a hundred thousand millionth of what blocks half."""


@fast
def give(
    event: int,
    ports: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    people: NDArray[np.int64],
    amounts: FloatArray,
    rates: FloatArray,
    own_rates: FloatArray,
    weights: FloatArray,
    running: NDArray[np.int64],
    work: FloatArray,
    own: FloatArray,
) -> None:
    """At a moment of the intake: boluses are there, and inflows start or stop.

    `running` counts the inflows under way: of all, and then of each group; a group that was used is at 0 or
    more.
    """
    for given in range(len(ports)):
        if starts[given] == event or stops[given] == event:
            group = (ports[given] - 1) // 2 if ports[given] > 0 else -1
            sign = (1 if starts[given] == event else 0) - (1 if stops[given] == event else 0)
            running[0] += sign
            if group >= 0:
                running[1 + group] = max(running[1 + group], 0) + sign
            for lane in range(LANES):
                one = people[lane]
                for enantiomer in range(2):
                    put(
                        float(sign),
                        amounts[one, enantiomer, given],
                        group,
                        enantiomer,
                        lane,
                        rates[one, enantiomer],
                        own_rates[one],
                        weights[one, enantiomer, ports[given]],
                        work,
                        own,
                    )
    if running[0] == 0:
        for lane in range(LANES):
            work[OFF_S * LANES + lane] = work[OFF_R * LANES + lane] = 0.0


@fast
def put(
    sign: float,
    amount: float,
    group: int,
    enantiomer: int,
    lane: int,
    rates: FloatArray,
    own_rates: FloatArray,
    weights: FloatArray,
    work: FloatArray,
    own: FloatArray,
) -> None:
    """One input of one lane: an amount (sign 0), or a rate that starts (1) or stops (-1)."""
    rest = 0.0
    for mode in range(SHARED):
        place = (MODES + SHARED * enantiomer + mode) * LANES + lane
        if sign == 0.0:
            work[place] += amount * weights[mode]
        else:
            moved = sign * amount * weights[mode] / rates[mode]
            work[place] -= moved
            rest += moved
    if group >= 0:
        for depot in range(3):
            weight = amount * weights[SHARED + depot]
            place = (OWN * group + 3 * enantiomer + depot) * LANES + lane
            if weight != 0.0 and sign == 0.0:
                own[place] += weight
            elif weight != 0.0:
                moved = sign * weight / own_rates[group, depot]
                own[place] -= moved
                rest += moved
    work[(OFF_S + enantiomer) * LANES + lane] += rest


@fast
def fill_decays(
    size: int,
    group: int,
    half_h: float,
    people: NDArray[np.int64],
    rates: FloatArray,
    own_rates: FloatArray,
    losses: FloatArray,
    decays: FloatArray,
) -> None:
    """What half a step of this size leaves of the shared modes (group -1) or of those of a group."""
    for lane in range(LANES):
        one = people[lane]
        if group < 0:
            for mode in range(2 * SHARED):
                rate = rates[one, mode // SHARED, mode % SHARED]
                decays[size, mode * LANES + lane] = exp(-rate * half_h)
            decays[size, KEPT * LANES + lane] = exp(-losses[one] * half_h)
        else:
            for depot in range(3):
                place = (KEPT + 1 + 3 * group + depot) * LANES + lane
                decays[size, place] = exp(-own_rates[one, group, depot] * half_h)


@fast
def take_size(decays: FloatArray, size: int, work: FloatArray) -> None:
    """Lay out the decays of a size of step for the lanes."""
    for place in range(2 * SHARED * LANES):
        work[DECAYS * LANES + place] = decays[size, place]
    for lane in range(LANES):
        work[LEFT * LANES + lane] = decays[size, KEPT * LANES + lane]


@fast
def add_own(group: int, decays: FloatArray, size: int, work: FloatArray, own: FloatArray) -> None:
    """A group of depots over a step: what it adds to both effect sites at its middle and its end."""
    for mode in range(OWN):
        row, decay = (OWN * group + mode) * LANES, (KEPT + 1 + 3 * group + mode % 3) * LANES
        to = (OWN_S_MID + mode // 3) * LANES
        for lane in range(LANES):
            middle = own[row + lane] * decays[size, decay + lane]
            end = middle * decays[size, decay + lane]
            own[row + lane] = end
            work[to + lane] += middle
            work[to + 2 * LANES + lane] += end


@fast
def add_depots(
    running: NDArray[np.int64], decays: FloatArray, size: int, work: FloatArray, own: FloatArray
) -> None:
    """What all depots in use add over a step."""
    if len(running) > 1:
        for place in range(OWN_S_MID * LANES, (OWN_R_END + 1) * LANES):
            work[place] = 0.0
    for group in range(len(running) - 1):
        if running[1 + group] >= 0:
            add_own(group, decays, size, work, own)


@fast
def retire(groups: int, running: NDArray[np.int64], own: FloatArray) -> None:
    """Depots that have emptied are over: each lane by itself, and the group when every lane is."""
    for group in range(groups):
        if running[1 + group] == 0:
            left = 0
            for place in range(OWN * group * LANES, OWN * (group + 1) * LANES):
                if abs(own[place]) < GONE_NG_ML:
                    own[place] = 0.0
                else:
                    left += 1
            if left == 0:
                running[1 + group] = -1


@fast
def record(
    people: NDArray[np.int64],
    lanes: int,
    at: int,
    wanted: NDArray[np.int64],
    work: FloatArray,
    out: FloatArray,
) -> None:
    """The wanted rows at an asked time."""
    for lane in range(lanes):
        for row in range(len(wanted)):
            out[people[lane], row, at] = work[wanted[row] * LANES + lane]


@fast
def close(people: NDArray[np.int64], lanes: int, session: int, work: FloatArray, peaks: FloatArray) -> None:
    """The peak of the session that ends here, -1 being none, and that of the next from now on."""
    for lane in range(LANES):
        if session >= 0 and lane < lanes:
            peaks[people[lane], session] = work[PEAK * LANES + lane]
        work[PEAK * LANES + lane] = work[C * LANES + lane]


@fast
def prepare(
    size: int,
    half_h: float,
    people: NDArray[np.int64],
    rates: FloatArray,
    own_rates: FloatArray,
    losses: FloatArray,
    running: NDArray[np.int64],
    known: NDArray[np.bool_],
    decays: FloatArray,
) -> None:
    """Fill in the decays of a size of step that are needed for the first time."""
    for group in range(-1, own_rates.shape[1]):
        if not known[size, 1 + group] and (group < 0 or running[1 + group] >= 0):
            fill_decays(size, group, half_h, people, rates, own_rates, losses, decays)
            known[size, 1 + group] = True


@fast
def walk(
    people: NDArray[np.int64],
    lanes: int,
    sizes: NDArray[np.int64],
    sizes_h: FloatArray,
    size_weights: FloatArray,
    circuit_left: FloatArray,
    events: NDArray[np.int64],
    opened: NDArray[np.int64],
    asked: NDArray[np.int64],
    ports: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    amounts: FloatArray,
    rates: FloatArray,
    own_rates: FloatArray,
    weights: FloatArray,
    losses: FloatArray,
    numbers: FloatArray,
    wanted: NDArray[np.int64],
    work: FloatArray,
    own: FloatArray,
    running: NDArray[np.int64],
    known: NDArray[np.bool_],
    decays: FloatArray,
    out: FloatArray,
    peaks: FloatArray,
) -> None:
    """One block of lanes from the first node to the last."""
    groups, last_size = own_rates.shape[1], -1
    for node in range(len(sizes)):
        if asked[node] >= 0:
            record(people, lanes, asked[node], wanted, work, out)
            retire(groups, running, own)
        if opened[node] >= 0:
            close(people, lanes, opened[node] - 1, work, peaks)
            retire(groups, running, own)
        if events[node] >= 0:
            give(
                events[node], ports, starts, stops, people, amounts, rates, own_rates, weights, running,
                work, own,
            )  # fmt: skip
        size = sizes[node]
        if size != last_size or events[node] >= 0:
            prepare(
                size, sizes_h[size] / 2.0, people, rates, own_rates, losses, running, known, decays,
            )  # fmt: skip
            take_size(decays, size, work)
            last_size = size
        add_depots(running, decays, size, work, own)
        step(work, size_weights[size], sizes_h[size], circuit_left[size], numbers)
    record(people, lanes, asked[len(sizes)], wanted, work, out)
    close(people, lanes, peaks.shape[1] - 1, work, peaks)


@holding
def fill_courses(
    sizes: NDArray[np.int64],
    sizes_h: FloatArray,
    size_weights: FloatArray,
    circuit_left: FloatArray,
    events: NDArray[np.int64],
    opened: NDArray[np.int64],
    asked: NDArray[np.int64],
    ports: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    amounts: FloatArray,
    rates: FloatArray,
    own_rates: FloatArray,
    weights: FloatArray,
    losses: FloatArray,
    numbers: FloatArray,
    wanted: NDArray[np.int64],
    out: FloatArray,
    peaks: FloatArray,
) -> None:
    """Everyone's rows of the work space [n, wanted, times] and peaks of the potent concentration [n,
    sessions].

    The lanes of a last block that nobody is left for repeat its first person, and are not recorded.
    """
    groups = own_rates.shape[1]
    work, own = np.zeros(ROWS * LANES), np.zeros(max(groups, 1) * OWN * LANES)
    running, known = (
        np.zeros(1 + groups, dtype=np.int64),
        np.zeros((len(sizes_h), 1 + groups), dtype=np.bool_),
    )
    decays = np.zeros((len(sizes_h), (KEPT + 1 + 3 * groups) * LANES))
    people = np.zeros(LANES, dtype=np.int64)
    for block in range(0, len(amounts), LANES):
        lanes = min(LANES, len(amounts) - block)
        for lane in range(LANES):
            people[lane] = block + (lane if lane < lanes else 0)
        begin(work)
        own[:] = 0.0
        running[:] = -1
        running[0] = 0
        known[:] = False
        walk(
            people, lanes, sizes, sizes_h, size_weights, circuit_left, events, opened, asked, ports, starts,
            stops, amounts, rates, own_rates, weights, losses, numbers, wanted, work, own, running, known,
            decays, out, peaks,
        )  # fmt: skip
