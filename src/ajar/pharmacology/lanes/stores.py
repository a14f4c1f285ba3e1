"""Room for numbers at the start of a cache line, and writing past the caches what nobody reads soon.

An output array of many people is far larger than the caches. Writing it in the usual way first fetches
every line
that is about to be overwritten, and pushes out what is worked on; a store that goes past the caches does
neither.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]  # it has no types
from numba import types
from numba.extending import intrinsic, overload

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.kernel import LANES, fast, holding

BYTES: Final = 8
LINE_BYTES: Final = BYTES * LANES
"""A cache line: as many numbers as lanes."""


@holding
def first_of_line(out: FloatArray) -> int:
    """The first place of an array that begins a cache line."""
    return (-(out.ctypes.data // BYTES)) % LANES


@holding
def aligned(size: int) -> FloatArray:
    """Zeros that start with a cache line, so that no register is loaded from two of them."""
    raw = np.zeros(size + LANES)
    skipped = first_of_line(raw)
    return raw[skipped : skipped + size]


def put_past(out: FloatArray, at: int, line: FloatArray, place: int) -> None:
    """A cache line of numbers from `line` into `out`, where it is a whole one."""
    out[at : at + LANES] = line[place : place + LANES]


@intrinsic
def _put_past(  # pragma: no cover  # as below
    _typing: Any, out: Any, at: Any, line: Any, place: Any
) -> Any:
    def generate(  # pragma: no cover  # runs while the compiler does, which a warm cache spares
        context: Any, builder: Any, _signature: Any, given: Any
    ) -> Any:
        to, start, source, first = given
        register = ir.VectorType(ir.DoubleType(), LANES).as_pointer()
        whole = [
            context.make_array(kind)(context, builder, one).data for kind, one in ((out, to), (line, source))
        ]
        store_at, load_at = (
            builder.bitcast(builder.gep(data, [index]), register)
            for data, index in zip(whole, (start, first), strict=True)
        )
        stored = builder.store(builder.load(load_at, align=BYTES), store_at, align=LINE_BYTES)
        stored.set_metadata("nontemporal", builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)]))
        return context.get_dummy_value()

    return types.void(out, at, line, place), generate


@overload(put_past, strict=False)
def _compiled(  # pragma: no cover  # asked by the compiler, which a warm cache spares
    out: Any,  # noqa: ARG001  # numba's form
    at: Any,  # noqa: ARG001
    line: Any,  # noqa: ARG001
    place: Any,  # noqa: ARG001
) -> Callable[..., None]:
    def put(out: FloatArray, at: int, line: FloatArray, place: int) -> None:
        _put_past(out, at, line, place)  # type: ignore[call-arg]  # numba adds the first

    return put


@fast
def copy_line(line: FloatArray, count: int, out: FloatArray, place: int) -> None:
    """A curve into a row."""
    at = np.uint64(place)
    for k in range(np.uint64(count)):
        out[at + k] = line[k]


@fast
def stream_line(line: FloatArray, count: int, out: FloatArray, place: int, first: int) -> None:
    """A curve into a row, past the caches. `first`: the first place of `out` that begins a cache line."""
    done = min((first - place) % LANES, count)
    for k in range(done):
        out[place + k] = line[k]
    while done + LANES <= count:
        put_past(out, place + done, line, done)
        done += LANES
    for k in range(done, count):
        out[place + k] = line[k]


@fast
def add_line(line: FloatArray, count: int, weight: float, out: FloatArray, place: int) -> None:
    """Add a curve, times a weight, to a row."""
    at = np.uint64(place)
    for k in range(np.uint64(count)):
        out[at + k] += weight * line[k]
