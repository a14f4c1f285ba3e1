"""Non-compartmental quantities, as pharmacometricians compute them."""

from dataclasses import dataclass
from math import inf, log
from typing import Final

import numpy as np

from ajar.pharmacology.exponential import FloatArray

TERMINAL_POINTS: Final = 3
"""Fewest points for a terminal slope (the usual convention of non-compartmental analysis)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """The highest concentration, and when it was first reached."""

    cmax_ng_ml: float
    tmax_h: float


def peak(times_h: FloatArray, values_ng_ml: FloatArray) -> Peak:
    """Cmax and Tmax as observed on the grid.

    Raises:
        ValueError: unequal lengths, no points, or values that are negative or not finite.
    """
    _refuse(times_h, values_ng_ml)
    row = int(values_ng_ml.argmax())
    return Peak(cmax_ng_ml=float(values_ng_ml[row]), tmax_h=float(times_h[row]))


def auc_ng_h_ml(times_h: FloatArray, values_ng_ml: FloatArray) -> float:
    """Area under the curve over the grid: linear while it rises, logarithmic while it falls.

    Raises:
        ValueError: as `peak`.
    """
    _refuse(times_h, values_ng_ml)
    total = 0.0
    for step_h, first, second in zip(np.diff(times_h), values_ng_ml[:-1], values_ng_ml[1:], strict=True):
        falls = 0.0 < second < first
        mean = (first - second) / log(first / second) if falls else (first + second) / 2.0
        total += float(step_h * mean)
    return total


def half_life_h(times_h: FloatArray, values_ng_ml: FloatArray, *, from_h: float) -> float:
    """Terminal half-life: from a straight line through the logarithms from this time on.

    Raises:
        ValueError: as `peak`; fewer than three points above zero, or a curve that does not fall.
    """
    _refuse(times_h, values_ng_ml)
    terminal = (times_h >= from_h) & (values_ng_ml > 0)
    if terminal.sum() < TERMINAL_POINTS:
        raise ValueError(f"A half-life needs {TERMINAL_POINTS} points above zero after {from_h:g} h.")
    centred_h = times_h[terminal] - times_h[terminal].mean()
    slope_per_h = float(centred_h @ np.log(values_ng_ml[terminal]) / (centred_h @ centred_h))
    if slope_per_h >= 0:
        raise ValueError(f"The curve does not fall after {from_h:g} h, so it has no half-life there.")
    return log(2.0) / -slope_per_h


def auc_to_infinity_ng_h_ml(times_h: FloatArray, values_ng_ml: FloatArray, *, from_h: float) -> float:
    """Area under the curve with its tail, extrapolated by the terminal half-life.

    Raises:
        ValueError: as `half_life_h`.
    """
    tail = float(values_ng_ml[-1]) * half_life_h(times_h, values_ng_ml, from_h=from_h) / log(2.0)
    return auc_ng_h_ml(times_h, values_ng_ml) + tail


def time_above_h(times_h: FloatArray, values_ng_ml: FloatArray, *, threshold_ng_ml: float) -> float:
    """Hours above a threshold, with straight lines between the points.

    Raises:
        ValueError: as `peak`.
    """
    _refuse(times_h, values_ng_ml)
    total = 0.0
    above = values_ng_ml - threshold_ng_ml
    for step_h, first, second in zip(np.diff(times_h), above[:-1], above[1:], strict=True):
        low, high = min(first, second), max(first, second)
        share = 0.0 if high <= 0 else 1.0 if low >= 0 else high / (high - low)
        total += float(step_h * share)
    return total


def _refuse(times_h: FloatArray, values_ng_ml: FloatArray) -> None:
    if len(times_h) == 0 or times_h.shape != values_ng_ml.shape:
        raise ValueError(f"One value a time is needed, got {times_h.shape} and {values_ng_ml.shape}.")
    if not np.isfinite(times_h).all() or (np.diff(times_h) <= 0).any():
        raise ValueError("Times must be finite and rising.")
    if not ((values_ng_ml >= 0) & (values_ng_ml < inf)).all():
        raise ValueError("Concentrations must be finite and not negative.")
