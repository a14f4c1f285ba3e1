"""diffrax: JAX solvers over `vmap`, float64, compiled once; steps restart where infusions start and end."""

from collections.abc import Callable
from typing import Any, Final

import diffrax
import jax
import jax.numpy as jnp
import numpy as np

from ajar.pharmacology.exponential import FloatArray
from benchmarks.engine.workload import Task

MOST_STEPS: Final = 200_000


def by_diffrax(task: Task, *, rtol: float, atol: float, batch: int) -> Callable[[int], FloatArray]:
    """Tsit5 for a session, Kvaerno5 for the stiff course, `batch` people side by side."""
    config: Any = jax.config
    config.update("jax_enable_x64", True)
    solve = jax.jit(jax.vmap(_solve(task, rtol, atol)))

    def run(people: int) -> FloatArray:
        parts = []
        for first in range(0, people, batch):
            lanes = np.minimum(np.arange(first, first + batch), people - 1)
            parts.append(np.asarray(solve(task.parameters[lanes])))
        return np.concatenate(parts)[:people]

    return run


def _solve(task: Task, rtol: float, atol: float) -> Callable[[Any], Any]:
    fill, states = task.system.as_python("rhs", lambda x: jnp.maximum(x, 0.0)), len(task.system.states)
    edges = np.array([piece.times_h[0] for piece in task.pieces])
    running = np.array([float(piece.running) for piece in task.pieces])
    solver = diffrax.Kvaerno5() if task.name == "course" else diffrax.Tsit5()

    def field(t: Any, y: Any, p: Any) -> Any:
        on = jnp.asarray(running)[jnp.searchsorted(jnp.asarray(edges), t, side="right") - 1]
        dy: list[Any] = [None] * states
        fill(t, y, dy, [p[row] * on if row < 2 else p[row] for row in range(len(task.system.parameters))])
        return jnp.stack(dy)

    def solve(p: Any) -> Any:
        steps = diffrax.ClipStepSizeController(
            diffrax.PIDController(rtol=rtol, atol=atol), jump_ts=jnp.asarray(edges[1:])
        )
        done = diffrax.diffeqsolve(
            diffrax.ODETerm(field),
            solver,
            t0=task.times_h[0],
            t1=task.times_h[-1],
            dt0=0.01,
            y0=jnp.zeros(states),
            args=p,
            saveat=diffrax.SaveAt(ts=jnp.asarray(task.times_h)),
            stepsize_controller=steps,
            max_steps=MOST_STEPS,
            adjoint=diffrax.ForwardMode(),
        )
        return done.ys[:, task.rows]

    return solve
