"""Many sessions on one uniform grid: eight people are prepared together, and then each is drawn by itself."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.cascade import MODES
from ajar.pharmacology.lanes.exactly import EXACT_WORK, draw_exactly
from ajar.pharmacology.lanes.kernel import LANES, fast, holding
from ajar.pharmacology.lanes.modal import CURVE, HEAD, LANE_WORK, TABLE, begin_drawing, draw_output, prepare
from ajar.pharmacology.lanes.stores import add_line, aligned, copy_line, first_of_line, stream_line
from ajar.pharmacology.lanes.waves import MARGIN

OF_BODY, SHOWN_OUTPUT, INTO_ROW, ADDS = range(4)
"""What an entry of `asked` says: which enantiomer, which output, into which row, and whether it is the first
there (0) or added.
"""

ADDED: Final = 1


@fast
def forget(known: FloatArray, line: FloatArray, zeros: int) -> None:
    """Before a person: no rates of anybody else, and nothing before the first dose."""
    for mode in range(MODES):
        known[mode] = -1.0
    for k in range(zeros):
        line[k] = 0.0


@fast
def sums(asked: NDArray[np.int64]) -> bool:
    """Is anything added up?"""
    found = 0
    for entry in range(len(asked)):
        found += int(asked[entry, ADDS])
    return found > 0


@fast
def hand_over(line: FloatArray, grid: int, out: FloatArray, row: int, first: int) -> None:
    """One curve or several into their rows; past the caches where `first` place begins a cache line."""
    if first < 0:
        copy_line(line, grid, out, row)
    else:
        stream_line(line, grid, out, row, first)


@fast
def add_up(line: FloatArray, grid: int, weight: float, sheet: FloatArray, row: int) -> None:
    """A curve, times its weight, to what is on the sheet; by no weight, in its place."""
    if weight == 0.0:
        copy_line(line, grid, sheet, row)
    else:
        add_line(line, grid, weight, sheet, row)


@fast
def draw_person(
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
    asked: NDArray[np.int64],
    weights: FloatArray,
    one: int,
    lane: int,
    heads: FloatArray,
    curves: FloatArray,
    known: FloatArray,
    c: FloatArray,
    waves: FloatArray,
    large: FloatArray,
    line: FloatArray,
    sheet: FloatArray,
    out: FloatArray,
    place: int,
    first: int,
) -> None:
    """What is asked of one person, from the parts of this lane: rows one behind the other in `out` from
    `place` on.

    Each curve is drawn in `line`, and goes into its row from there. Where anything is added up, times its
    weight, it is on `sheet` first. `first`: as in `stream_line`; -1: somebody reads `out` soon.
    """
    groups, grid = depots.shape[2], firsts[len(firsts) - 1]
    is_sum = groups > 1 or sums(asked)
    forget(known, line, firsts[0])
    for group in range(groups):
        for enantiomer in range(2):
            body = (group * 2 + enantiomer) * LANES + lane
            head, curve = body * HEAD, body * len(moments_h) * CURVE
            begin_drawing(heads, head, step_h, known, c, waves)
            for entry in range(len(asked)):
                if asked[entry, OF_BODY] != enantiomer:
                    continue
                output, row = asked[entry, SHOWN_OUTPUT], asked[entry, INTO_ROW] * grid
                if not draw_output(output, heads, head, curves, curve, firsts, c, waves, line):
                    draw_exactly(
                        moments_h, firsts, group, ports, starts, stops, amounts[one, enantiomer],
                        dispositions[one, enantiomer], depots[one, enantiomer, group], molar, start_h, step_h,
                        output, large, line,
                    )  # fmt: skip
                if is_sum:
                    adds = group > 0 or asked[entry, ADDS] == ADDED
                    add_up(line, grid, weights[entry] if adds else 0.0, sheet, row)
                else:
                    hand_over(line, grid, out, place + row, first)
    if is_sum:
        hand_over(sheet, len(sheet), out, place, first)


@fast
def prepare_all(
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
    """The parts of eight people, of both enantiomers, by every group of depots."""
    for group in range(depots.shape[2]):
        for enantiomer in range(2):
            prepare(
                enantiomer, group, people, moments_h, firsts, ports, starts, stops, amounts, dispositions,
                depots, molar, start_h, step_h, space, heads[group, enantiomer], curves[group, enantiomer],
            )  # fmt: skip


@fast
def take_people(block: int, count: int, people: NDArray[np.int64]) -> None:
    """Who is in the lanes from person `block` on; those that nobody is left for repeat the first."""
    for lane in range(LANES):
        people[lane] = block + (lane if block + lane < count else 0)


@holding
def fill_sessions(
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
    asked: NDArray[np.int64],
    weights: FloatArray,
    streams: int,
    out: FloatArray,
) -> None:
    """What is asked of everyone [n, rows, grid]. From `firsts` on the grid is at or after a moment."""
    groups, moments, people = depots.shape[2], len(moments_h), np.zeros(LANES, dtype=np.int64)
    lanes, large, line = aligned(LANE_WORK), aligned(EXACT_WORK), aligned(out.shape[2] + MARGIN)
    heads, curves = np.zeros((groups, 2, LANES, HEAD)), np.zeros((groups, 2, LANES, moments, CURVE))
    known, c, waves, rows = np.zeros(MODES), aligned(MODES), aligned(TABLE), out.reshape(-1)
    sheet = np.zeros(out.shape[1] * out.shape[2])
    all_heads, all_curves, size = heads.reshape(-1), curves.reshape(-1), out.shape[1] * out.shape[2]
    first = first_of_line(rows) if streams else -1
    for block in range(0, len(out), LANES):
        take_people(block, len(out), people)
        prepare_all(
            people, moments_h, firsts, ports, starts, stops, amounts, dispositions, depots, molar, start_h,
            step_h, lanes, heads, curves,
        )  # fmt: skip
        for lane in range(min(LANES, len(out) - block)):
            draw_person(
                moments_h, firsts, ports, starts, stops, amounts, dispositions, depots, molar, start_h,
                step_h,
                asked, weights, block + lane, lane, all_heads, all_curves, known, c, waves, large, line,
                sheet, rows,
                (block + lane) * size, first,
            )  # fmt: skip
