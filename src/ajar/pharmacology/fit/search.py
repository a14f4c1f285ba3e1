"""The mode of a posterior: damped Gauss-Newton on standard deviates, then Newton with the whole curvature.

Derivatives are differences between guesses that are predicted together, so that a predictor of many is asked
a few times and not hundreds.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.fit.likelihood import Likelihood
from ajar.pharmacology.fit.predictor import Predictor

GRADIENT_STEP: Final = 1e-4
"""Of a deviate, whose prior SD is 1: errs by 1e-8 of a third derivative, and by rounding of 1e-11."""

CURVATURE_STEP: Final = 2e-3

NEAR: Final = 1e-2
"""Gradient, in units of a prior SD, below which Newton takes over from Gauss-Newton."""

AT_THE_MODE: Final = 1e-5
"""Gradient of a mode: the guess is within this of it, where every curvature is at least the prior's."""

MOST_STEPS: Final = 60
DAMPINGS: Final = ((0.0, 0.5), (2.0, 10.0, 100.0, 1e4))
"""As multiples of the diagonal: the best of the first, and where none goes lower, of the others. Where a
parameter goes with another through a bend, the whole step goes back and forth and a shorter one does not."""


class NoMode(ValueError):
    """The search found no mode; the message says how it ended. Nothing is reported of such a fit."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Objective:
    """Minus the logarithm of the posterior of deviates, but for a constant."""

    predictor: Predictor
    likelihood: Likelihood
    precision: FloatArray

    def __call__(self, deviates: FloatArray) -> FloatArray:
        """Of each of many guesses [n, parameters]: [n]."""
        prior = 0.5 * np.einsum("ni,ij,nj->n", deviates, self.precision, deviates)
        return np.asarray(self.likelihood.minus_log(self.predictor(deviates)) + prior)

    def slope(self, at: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        """The value at one guess, its gradient, and the curvature as Gauss and Newton approximate it."""
        size = len(at)
        steps = GRADIENT_STEP * np.eye(size)
        guesses = np.concatenate([at[np.newaxis], at + steps, at - steps])
        scaled = self.likelihood.scaled(self.predictor(guesses))
        costs = self.likelihood.costs(scaled).sum(axis=1)
        per = 2.0 * GRADIENT_STEP
        prior = self.precision @ at
        gradient = (costs[1 : size + 1] - costs[size + 1 :]) / per + prior
        jacobian = (scaled[1 : size + 1] - scaled[size + 1 :]) / per
        curvature = self.likelihood.information(jacobian, scaled[0]) + self.precision
        return float(costs[0] + 0.5 * at @ prior), gradient, curvature

    def curvature(self, at: FloatArray) -> FloatArray:
        """The whole curvature at one guess [parameters, parameters]."""
        size, step = len(at), CURVATURE_STEP
        rows, columns = np.triu_indices(size, k=1)
        ends = step * np.eye(size)
        pairs = ends[rows] + ends[columns]
        values = self(np.concatenate([at[np.newaxis], at + ends, at - ends, at + pairs, at - pairs]))
        middle, up, down, both_up, both_down = np.split(values, np.cumsum([1, size, size, len(pairs)]))
        single = (up + down - 2.0 * middle) / step**2
        double = (both_up + both_down - 2.0 * middle) / step**2
        matrix = np.diag(single)
        matrix[rows, columns] = matrix[columns, rows] = (double - single[rows] - single[columns]) / 2.0
        return matrix


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mode:
    """Where the posterior is highest, its curvature there, and how it was reached."""

    deviates: FloatArray
    curvature: FloatArray
    gradient: float
    steps: int


def mode_of(objective: Objective, *, start: FloatArray) -> Mode:
    """The mode nearest to a guess [parameters].

    Raises:
        NoMode: the search did not settle, or where it settled is no maximum.
    """
    at, steps = near_mode(objective, start=start)
    curvature = objective.curvature(at)
    if not np.isfinite(curvature).all() or np.linalg.eigvalsh(curvature)[0] <= 0:
        raise NoMode("The search settled where the posterior has no maximum; check the records for a slip.")
    gradient = objective.slope(at)[1]
    while np.abs(gradient).max() >= AT_THE_MODE:
        if steps >= MOST_STEPS:
            left = float(np.abs(gradient).max())
            raise NoMode(f"The search did not settle: a gradient of {left:.2g} was left near the mode.")
        at = at - np.linalg.solve(curvature, gradient)
        gradient = objective.slope(at)[1]
        steps += 1
    return Mode(deviates=at, curvature=curvature, gradient=float(np.abs(gradient).max()), steps=steps)


def near_mode(objective: Objective, *, start: FloatArray) -> tuple[FloatArray, int]:
    """A guess near the mode and how many steps led to it, by damped Gauss-Newton.

    Raises:
        NoMode: the search did not settle.
    """
    at = start
    for step in range(MOST_STEPS // 2):
        value, gradient, curvature = objective.slope(at)
        if np.abs(gradient).max() < NEAR:
            return at, step
        at = _lower(objective, at, value, gradient, curvature)
    raise NoMode(f"The search did not settle in {MOST_STEPS // 2} steps.")


def _lower(
    objective: Objective, at: FloatArray, value: float, gradient: FloatArray, curvature: FloatArray
) -> FloatArray:
    """A guess that is likelier: the whole step where it is, and else the best of shorter ones."""
    diagonal = np.diag(np.diag(curvature))
    for dampings in DAMPINGS:
        guesses = np.stack(
            [at - np.linalg.solve(curvature + damping * diagonal, gradient) for damping in dampings]
        )
        values = objective(guesses)
        best = int(np.argmin(np.where(np.isfinite(values), values, np.inf)))
        if values[best] < value:
            return np.asarray(guesses[best])
    raise NoMode(f"The search did not settle: no step from {value:.6g} went lower.")
