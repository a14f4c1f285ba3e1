"""Linear compartment models, advanced exactly.

A model is a matrix with named states: dx/dt = A x + u(t), time in hours. Inputs are instant amounts (`Bolus`)
and constant rates between two moments (`Inflow`), so u is piecewise constant and every step is exact:

    exp([[A, u], [0, 0]] h) = [[exp(A h), what u adds in h], [0, 1]]

(pharmacology.md 4.4). This needs no distinct eigenvalues: a chain of equal transit rates is no special case.

Example: one compartment of 10 L cleared at 5 L/h, given 100 mg over half an hour.

    model = CompartmentModel.of({"central": {"central": -5.0 / 10.0}})
    inputs = [Inflow(state="central", rate_per_h=200.0, from_h=0.0, until_h=0.5)]
    amounts = trajectory(model, inputs=inputs, times_h=np.linspace(0.0, 24.0, 1441))
    concentration_mg_l = amounts[:, model.index("central")] / 10.0
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Final, Self

import numpy as np

from ajar.pharmacology.exponential import FloatArray, matrix_exponential

STEPS_KEPT: Final = 4096
"""How many different steps a model remembers: a uniform grid needs a handful, an irregular one no memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bolus:
    """An amount that is in a state at once. Its unit is the state's."""

    state: str
    amount: float
    at_h: float

    def __post_init__(self) -> None:
        if not (isfinite(self.amount) and self.amount >= 0):
            raise ValueError(f"A bolus is a finite amount, zero or more, got {self.amount}.")
        if not isfinite(self.at_h):
            raise ValueError(f"A bolus is given at a finite time, got {self.at_h} h.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inflow:
    """A constant rate into a state from one moment until another. Its unit is the state's, an hour."""

    state: str
    rate_per_h: float
    from_h: float
    until_h: float

    def __post_init__(self) -> None:
        if not (isfinite(self.rate_per_h) and self.rate_per_h >= 0):
            raise ValueError(f"An inflow is a finite rate, zero or more, got {self.rate_per_h} an hour.")
        if not (isfinite(self.from_h) and isfinite(self.until_h) and self.from_h < self.until_h):
            raise ValueError(f"An inflow ends after it starts, got {self.from_h} h to {self.until_h} h.")


@dataclass(frozen=True, slots=True, eq=False)
class CompartmentModel:
    """dx/dt = A x + u: the names of the states and the matrix A, in 1/h."""

    states: tuple[str, ...]
    matrix_per_h: FloatArray
    _steps: dict[tuple[float, bytes], tuple[FloatArray, FloatArray]] = field(
        default_factory=dict, repr=False, init=False
    )

    def __post_init__(self) -> None:
        size = len(self.states)
        if size == 0 or len(set(self.states)) != size:
            raise ValueError(f"A model has states with different names, got {self.states}.")
        if self.matrix_per_h.shape != (size, size):
            raise ValueError(f"{size} states need a {size} x {size} matrix, got {self.matrix_per_h.shape}.")
        if not np.isfinite(self.matrix_per_h).all():
            raise ValueError("Every rate of a compartment model must be finite.")
        self.matrix_per_h.setflags(write=False)

    @classmethod
    def of(cls, equations: Mapping[str, Mapping[str, float]]) -> Self:
        """A model written as its equations: for each state, the coefficient (1/h) of every state in its rate.

        Raises:
            ValueError: an equation names a state that has none of its own.
        """
        states = tuple(equations)
        matrix = np.zeros((len(states), len(states)))
        for row, coefficients in enumerate(equations.values()):
            for name, rate_per_h in coefficients.items():
                if name not in equations:
                    raise ValueError(f"State {name!r} has no equation; there are: {', '.join(states)}.")
                matrix[row, states.index(name)] += rate_per_h
        return cls(states, matrix)

    def index(self, state: str) -> int:
        """Which column of a trajectory this state is.

        Raises:
            ValueError: the model has no such state.
        """
        if state not in self.states:
            raise ValueError(f"The model has no state {state!r}; it has: {', '.join(self.states)}.")
        return self.states.index(state)

    def advance(self, state: FloatArray, inflow_per_h: FloatArray, step_h: float) -> FloatArray:
        """The state after `step_h` hours of a constant inflow. Steps are kept by (step, inflow)."""
        key = (step_h, inflow_per_h.tobytes())
        if key not in self._steps:
            if len(self._steps) >= STEPS_KEPT:
                self._steps.clear()
            self._steps[key] = self._step(inflow_per_h, step_h)
        propagator, added = self._steps[key]
        following: FloatArray = propagator @ state + added
        return following

    def _step(self, inflow_per_h: FloatArray, step_h: float) -> tuple[FloatArray, FloatArray]:
        size = len(self.states)
        # The inflow enters at unit size: a large rate would only cost squarings, and with them digits.
        scale = float(np.abs(inflow_per_h).max()) or 1.0
        augmented = np.zeros((size + 1, size + 1))
        augmented[:size, :size] = self.matrix_per_h
        augmented[:size, size] = inflow_per_h / scale
        exponential = matrix_exponential(augmented * step_h)
        return exponential[:size, :size], exponential[:size, size] * scale


def trajectory(
    model: CompartmentModel,
    *,
    inputs: Sequence[Bolus | Inflow],
    times_h: FloatArray,
) -> FloatArray:
    """Every state at every time: one row a time, one column a state, from empty before the first input.

    A point at the very moment of a bolus shows the state after it. Exact at each point, whatever the grid.

    Raises:
        ValueError: times that are not finite and rising, or an input into a state the model does not have.
    """
    _refuse_disorder(times_h)
    moments = _moments(inputs, times_h)
    rates = _rates(model, inputs, moments)
    jumps = _jumps(model, inputs)
    state = np.zeros(len(model.states))
    seen = np.empty((len(moments), len(model.states)))
    for row, moment in enumerate(moments):
        if row:
            # Rounded to 1e-12 h, so that equal steps of a grid are one step and not thousands.
            state = model.advance(state, rates[row - 1], round(moment - moments[row - 1], 12))
        for column, amount in jumps.get(moment, ()):
            state[column] += amount
        seen[row] = state
    return seen[np.searchsorted(np.asarray(moments), times_h)]


def _refuse_disorder(times_h: FloatArray) -> None:
    if times_h.ndim != 1 or len(times_h) == 0:
        raise ValueError("A trajectory needs a list of at least one time.")
    if not np.isfinite(times_h).all() or (np.diff(times_h) <= 0).any():
        raise ValueError("The times of a trajectory must be finite and rising.")


def _moments(inputs: Sequence[Bolus | Inflow], times_h: FloatArray) -> list[float]:
    """Where something starts, stops or is looked at, in order; nothing after the last look matters."""
    last_h = float(times_h[-1])
    moments = {float(time_h) for time_h in times_h}
    for given in inputs:
        moments.update((given.at_h,) if isinstance(given, Bolus) else (given.from_h, given.until_h))
    return sorted(moment for moment in moments if moment <= last_h)


def _rates(model: CompartmentModel, inputs: Sequence[Bolus | Inflow], moments: list[float]) -> FloatArray:
    """The inflow into every state from each moment until the next."""
    rates = np.zeros((len(moments), len(model.states)))
    starts = np.asarray(moments)
    for given in inputs:
        if isinstance(given, Inflow):
            running = (starts >= given.from_h) & (starts < given.until_h)
            rates[running, model.index(given.state)] += given.rate_per_h
    return rates


def _jumps(model: CompartmentModel, inputs: Sequence[Bolus | Inflow]) -> dict[float, list[tuple[int, float]]]:
    jumps: dict[float, list[tuple[int, float]]] = {}
    for given in inputs:
        if isinstance(given, Bolus):
            jumps.setdefault(given.at_h, []).append((model.index(given.state), given.amount))
    return jumps
