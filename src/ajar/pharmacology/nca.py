"""Non-compartmental quantities, as pharmacometricians compute them.

Areas are linear while a curve rises and logarithmic while it falls. The terminal slope is that of the
straight line through the logarithms of the last points, as many of them as fit best (adjusted R squared),
without the peak. These are the conventions of the field's programs (WinNonlin, PKNCA). What cannot be had
from a curve is None, and why is said.

    found = nca(times_h, values_ng_ml, dose_mg=35.0, infusion_h=40 / 60)
    found.clearance_over_f_l_h, found.doubts
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf, log
from typing import Final

import numpy as np

from ajar.pharmacology.exponential import FloatArray

NG_ML_PER_MG_L: Final = 1000.0

TERMINAL_POINTS: Final = 3
"""Fewest points for a terminal slope (the usual convention of non-compartmental analysis)."""

SAME_FIT: Final = 1e-4
"""Fits whose adjusted R squared differ by less are as good, and the longer one is taken (the same)."""

LEAST_FIT: Final = 0.9
MOST_EXTRAPOLATED: Final = 0.2
LEAST_SPAN: Final = 2.0
"""Below this adjusted R squared, above this extrapolated share of the area, or over fewer half-lives than
this, the terminal slope is doubted (the usual acceptance criteria)."""


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


def aumc_ng_h2_ml(times_h: FloatArray, values_ng_ml: FloatArray) -> float:
    """Area under time times the curve, over the grid, by the same rule as the area.

    Raises:
        ValueError: as `peak`.
    """
    _refuse(times_h, values_ng_ml)
    points = zip(times_h.tolist(), values_ng_ml.tolist(), strict=True)
    return sum(_moment(*before, *after) for before, after in pairwise(points))


def _moment(from_h: float, first: float, until_h: float, second: float) -> float:
    if not 0.0 < second < first:
        step_h = until_h - from_h
        return step_h * (from_h * (2.0 * first + second) + until_h * (first + 2.0 * second)) / 6.0
    rate_per_h = log(first / second) / (until_h - from_h)
    return (from_h * first - until_h * second) / rate_per_h + (first - second) / rate_per_h**2


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalSlope:
    """The straight line through the logarithms of the last points."""

    lambda_z_per_h: float
    points: int
    from_h: float
    until_h: float
    adjusted_r2: float
    clast_predicted_ng_ml: float

    @property
    def half_life_h(self) -> float:
        """Terminal half-life."""
        return log(2.0) / self.lambda_z_per_h

    @property
    def span_half_lives(self) -> float:
        """How many half-lives the points of the line cover."""
        return (self.until_h - self.from_h) / self.half_life_h


def terminal_slope(times_h: FloatArray, values_ng_ml: FloatArray) -> TerminalSlope:
    """The best line through the last points above zero after the peak; of those as good, the longest.

    Raises:
        ValueError: as `peak`; fewer than three points above zero after it, or none of the lines falls.
    """
    at_peak = peak(times_h, values_ng_ml).tmax_h
    kept = (times_h > at_peak) & (values_ng_ml > 0)
    hours, logs = times_h[kept], np.log(values_ng_ml[kept])
    if len(hours) < TERMINAL_POINTS:
        raise ValueError(f"A terminal slope needs {TERMINAL_POINTS} points above zero after the peak.")
    lines = [_line(hours[-points:], logs[-points:]) for points in range(TERMINAL_POINTS, len(hours) + 1)]
    falling = [line for line in lines if line.lambda_z_per_h > 0]
    if not falling:
        raise ValueError("The curve does not fall after its peak, so it has no terminal slope.")
    best = max(line.adjusted_r2 for line in falling)
    return [line for line in falling if line.adjusted_r2 >= best - SAME_FIT][-1]


def _line(hours: FloatArray, logs: FloatArray) -> TerminalSlope:
    count = len(hours)
    centred_h, centred = hours - hours.mean(), logs - logs.mean()
    slope_per_h = float(centred_h @ centred / (centred_h @ centred_h))
    left = centred - slope_per_h * centred_h
    scatter = float(centred @ centred)
    r2 = 1.0 - float(left @ left) / scatter if scatter > 0 else 0.0
    return TerminalSlope(
        lambda_z_per_h=-slope_per_h,
        points=count,
        from_h=float(hours[0]),
        until_h=float(hours[-1]),
        adjusted_r2=1.0 - (1.0 - r2) * (count - 1) / (count - 2),
        clast_predicted_ng_ml=float(np.exp(logs.mean() + slope_per_h * centred_h[-1])),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Nca:
    """One curve after one dose. What needs a terminal slope is None where there is none.

    `clearance_over_f_l_h` and `volume_z_over_f_l` are of the share F that reaches the blood. The mean
    residence time is that of the drug in the body: half the infusion is taken off; by another route it
    includes the time of absorption. `doubts` says in words what the usual criteria hold against it.
    """

    dose_mg: float
    infusion_h: float
    cmax_ng_ml: float
    tmax_h: float
    clast_ng_ml: float
    tlast_h: float
    auc_last_ng_h_ml: float
    aumc_last_ng_h2_ml: float
    terminal: TerminalSlope | None
    half_life_h: float | None
    auc_to_infinity_ng_h_ml: float | None
    extrapolated_share: float | None
    clearance_over_f_l_h: float | None
    volume_z_over_f_l: float | None
    mean_residence_h: float | None
    doubts: tuple[str, ...]


def nca(times_h: FloatArray, values_ng_ml: FloatArray, *, dose_mg: float, infusion_h: float = 0.0) -> Nca:
    """Every quantity of one curve after one dose; times count from its start.

    A value below the limit of quantification is written as 0: zeros after the last value above it are left
    out, the others count as they stand.

    Raises:
        ValueError: as `peak`; no value above zero, a dose that is not above zero, a negative infusion.
    """
    if not (0 < dose_mg < inf and 0 <= infusion_h < inf):
        raise ValueError(f"A dose is above 0 mg and takes 0 h or more, got {dose_mg} mg in {infusion_h} h.")
    if peak(times_h, values_ng_ml).cmax_ng_ml == 0:
        raise ValueError("No value is above zero, so there is nothing to compute.")
    last = int(np.flatnonzero(values_ng_ml)[-1])
    hours, values = times_h[: last + 1], values_ng_ml[: last + 1]
    try:
        line = terminal_slope(hours, values)
    except ValueError as problem:
        return _without_tail(hours, values, dose_mg=dose_mg, infusion_h=infusion_h, doubts=(str(problem),))
    return _extrapolated(_without_tail(hours, values, dose_mg=dose_mg, infusion_h=infusion_h), line)


def _without_tail(
    hours: FloatArray,
    values: FloatArray,
    *,
    dose_mg: float,
    infusion_h: float,
    doubts: tuple[str, ...] = (),
) -> Nca:
    highest = peak(hours, values)
    return Nca(
        dose_mg=dose_mg,
        infusion_h=infusion_h,
        cmax_ng_ml=highest.cmax_ng_ml,
        tmax_h=highest.tmax_h,
        clast_ng_ml=float(values[-1]),
        tlast_h=float(hours[-1]),
        auc_last_ng_h_ml=auc_ng_h_ml(hours, values),
        aumc_last_ng_h2_ml=aumc_ng_h2_ml(hours, values),
        terminal=None,
        half_life_h=None,
        auc_to_infinity_ng_h_ml=None,
        extrapolated_share=None,
        clearance_over_f_l_h=None,
        volume_z_over_f_l=None,
        mean_residence_h=None,
        doubts=doubts,
    )


def _extrapolated(seen: Nca, line: TerminalSlope) -> Nca:
    """With the tail from the last value seen, falling at the terminal slope."""
    rate_per_h = line.lambda_z_per_h
    tail = seen.clast_ng_ml / rate_per_h
    area = seen.auc_last_ng_h_ml + tail
    moment = seen.aumc_last_ng_h2_ml + seen.tlast_h * tail + tail / rate_per_h
    clearance_l_h = seen.dose_mg * NG_ML_PER_MG_L / area
    return replace(
        seen,
        terminal=line,
        half_life_h=line.half_life_h,
        auc_to_infinity_ng_h_ml=area,
        extrapolated_share=tail / area,
        clearance_over_f_l_h=clearance_l_h,
        volume_z_over_f_l=clearance_l_h / rate_per_h,
        mean_residence_h=moment / area - seen.infusion_h / 2.0,
        doubts=tuple(_doubts(line, tail / area)),
    )


def _doubts(line: TerminalSlope, extrapolated: float) -> Iterator[str]:
    if line.adjusted_r2 < LEAST_FIT:
        yield f"the adjusted R squared of the terminal line is {line.adjusted_r2:.3f}, under {LEAST_FIT:g}"
    if extrapolated > MOST_EXTRAPOLATED:
        yield f"{extrapolated:.0%} of the area is extrapolated, more than {MOST_EXTRAPOLATED:.0%}"
    if line.span_half_lives < LEAST_SPAN:
        yield f"the terminal line covers {line.span_half_lives:.2g} half-lives, fewer than {LEAST_SPAN:g}"


def _refuse(times_h: FloatArray, values_ng_ml: FloatArray) -> None:
    if len(times_h) == 0 or times_h.shape != values_ng_ml.shape:
        raise ValueError(f"One value a time is needed, got {times_h.shape} and {values_ng_ml.shape}.")
    if not np.isfinite(times_h).all() or (np.diff(times_h) <= 0).any():
        raise ValueError("Times must be finite and rising.")
    if not ((values_ng_ml >= 0) & (values_ng_ml < inf)).all():
        raise ValueError("Concentrations must be finite and not negative.")
