"""heyoka: Taylor's method, eight people in the lanes of one integrator, dense output as exact."""

from collections.abc import Callable
from typing import Any, Final

import heyoka as hy
import numpy as np

from ajar.pharmacology.exponential import FloatArray
from benchmarks.engine.equations import THRESHOLD, System
from benchmarks.engine.workload import Piece, Task

BATCH: Final = 8


def by_heyoka(task: Task, *, tol: float) -> Callable[[int], FloatArray]:
    """Lanes of people; the bend of the chain is an event, so that every step is smooth."""
    integrator = _integrator(task.system, tol)
    switch = len(task.system.parameters)

    def run(people: int) -> FloatArray:
        blocks = -(-people // BATCH)
        out = np.empty((blocks * BATCH, len(task.times_h), len(task.read)))
        for block in range(blocks):
            lanes = np.minimum(np.arange(block * BATCH, (block + 1) * BATCH), people - 1)
            integrator.set_time(0.0)
            integrator.state[:] = 0.0
            integrator.pars[switch:] = 0.0
            some = out[block * BATCH : (block + 1) * BATCH]
            for piece in task.pieces:
                integrator.pars[:switch] = task.parameters[lanes].T
                integrator.pars[:2] *= piece.running
                _advance(integrator, piece, some, task.rows)
        return out[:people]

    return run


def _advance(integrator: Any, piece: Piece, out: FloatArray, read: Any) -> None:
    grid = np.ascontiguousarray(np.repeat(piece.times_h[:, np.newaxis], BATCH, axis=1))
    _, seen = integrator.propagate_grid(grid)
    asked = piece.rows >= 0
    out[:, piece.rows[asked]] = np.moveaxis(seen[asked][:, read], 2, 0)


def _integrator(system: System, tol: float) -> Any:
    """Parameters are run-time parameters; the last one says whether glutamate is above its threshold."""
    symbols = dict(zip(system.states, hy.make_vars(*system.states), strict=True))
    switch = len(system.parameters)
    names: dict[str, Any] = {name: hy.par[row] for row, name in enumerate(system.parameters)}
    names |= symbols | {"positive": lambda x: hy.par[switch] * x}
    equations = [(symbols[state], rate) for state, rate in system.evaluated(names).items()]
    start = np.zeros((len(equations), BATCH))
    if "G" not in symbols:
        return hy.taylor_adaptive_batch(equations, start, tol=tol, pars=np.zeros((switch, BATCH)))

    def crossed(integrator: Any, direction: int, lane: int) -> bool:
        integrator.pars[switch, lane] = 1.0 if direction > 0 else 0.0
        return True

    bend = hy.t_event_batch(symbols["G"] - THRESHOLD, callback=crossed)
    return hy.taylor_adaptive_batch(
        equations, start, tol=tol, pars=np.zeros((switch + 1, BATCH)), t_events=[bend]
    )
