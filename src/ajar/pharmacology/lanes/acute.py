"""Sessions of many people on a uniform grid of times: the fast form of `u1.model.exposure`.

people = drawn_bodies(person, seed=7, start=0, count=10_000, sessions=1)
seen = acute_sessions(regimen, people, times_h=minutes(hours=24.0))
seen["s_ketamine_arterial_ng_ml"]  # [people, times]
effects(seen, people, ("cadss", "sbp_rise_mmhg"))
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.bodies import SENSITIVITY, UPTAKE, Bodies
from ajar.pharmacology.lanes.intake import Intake, intake_of
from ajar.pharmacology.lanes.propagate import ON_GRID_H
from ajar.pharmacology.lanes.sessions import ADDED, fill_sessions
from ajar.pharmacology.lanes.totals import fill_summaries
from ajar.pharmacology.molecules import HYDROXYNORKETAMINE_G_MOL, KETAMINE_G_MOL, NORKETAMINE_G_MOL
from ajar.pharmacology.regimen import Regimen
from ajar.pharmacology.u1 import acute
from ajar.pharmacology.u1.acute import Sensitivity
from ajar.pharmacology.u1.acute_table import R_POTENCY
from ajar.pharmacology.u1.disposition import Option
from ajar.pharmacology.u1.pk import NG_ML_PER_MG_L

CURVES: Final = (
    "ketamine_arterial_ng_ml",
    "ketamine_venous_ng_ml",
    "norketamine_ng_ml",
    "hydroxynorketamine_ng_ml",
    "effect_site_ng_ml",
)
NAMES: Final = (*(f"s_{name}" for name in CURVES), *(f"r_{name}" for name in CURVES))
"""The outputs of `AcuteSessions`, in order, where no others are asked for."""

EFFECTIVE: Final = ("s_effect_site_ng_ml", "r_effect_site_ng_ml")
"""What the acute effects come from."""

MOLAR: Final = NG_ML_PER_MG_L * np.array(
    [1.0, NORKETAMINE_G_MOL / KETAMINE_G_MOL, HYDROXYNORKETAMINE_G_MOL / KETAMINE_G_MOL]
)
"""From mg of ketamine over L to ng/mL of ketamine, norketamine and hydroxynorketamine."""

UNEVEN: Final = 1e-9
"""How far a step of a uniform grid may be from the first, as a share of it (rounding)."""

STREAMED_BYTES: Final = 4 * 1024 * 1024
"""A larger output leaves the caches before anybody reads it, so it is not put there."""

SERIES: Final[Mapping[str, tuple[float, float, float]]] = {
    **{name: (float(row), 1.0, 1.0) for row, name in enumerate(CURVES)},
    **{f"s_{name}": (float(row), 1.0, 0.0) for row, name in enumerate(CURVES)},
    **{f"r_{name}": (float(row), 0.0, 1.0) for row, name in enumerate(CURVES)},
    "potent_ng_ml": (float(CURVES.index("effect_site_ng_ml")), 1.0, R_POTENCY.value),
}
"""What can be summarised: which output, times that of S, times that of R."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AcuteSessions:
    """`values` [n, outputs, times] in ng/mL, of a regimen at `times_h`."""

    regimen: Regimen
    times_h: FloatArray
    outputs: tuple[str, ...]
    values: FloatArray

    def __getitem__(self, name: str) -> FloatArray:
        """One output of everyone [n, times]; that without `s_` or `r_` is the sum of both.

        Raises:
            KeyError: no such output, or it was not asked for; the message lists them.
        """
        _known([name])
        if name in self.outputs:
            return self.values[:, self.outputs.index(name)]
        row, of_s, of_r = SERIES[name]
        one = CURVES[int(row)]
        if (of_s != 0.0 and of_r != 0.0) and {f"s_{one}", f"r_{one}"} <= set(self.outputs):
            return of_s * self[f"s_{one}"] + of_r * self[f"r_{one}"]
        raise KeyError(f"Output {name!r} was not asked for; there are: {', '.join(self.outputs)}.")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Summaries:
    """Of each name and person: the highest value, when it is first reached, and the area; each [n] by
    name.
    """

    cmax: Mapping[str, FloatArray]
    tmax_h: Mapping[str, FloatArray]
    auc: Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Grid:
    start_h: float
    step_h: float
    count: int


def acute_sessions(
    regimen: Regimen,
    bodies: Bodies,
    *,
    times_h: FloatArray,
    outputs: Sequence[str] = NAMES,
    out: FloatArray | None = None,
) -> AcuteSessions:
    """The concentrations of everyone at the times of a uniform grid, into `out` [n, outputs, times] where
    given.

    `outputs` are any of `SERIES`; what is not asked for is not worked out.

    Raises:
        KeyError: an output that is not in `SERIES`.
        ValueError: a grid that is not uniform, or an `out` of another shape, type or layout.
    """
    _known(outputs)
    grid, intake = _grid(times_h), intake_of(regimen, bodies)
    shape = (len(bodies), len(outputs), grid.count)
    values = np.empty(shape) if out is None else out
    if values.shape != shape or values.dtype != np.float64 or not values.flags.c_contiguous:
        raise ValueError(
            f"The output is a contiguous float64 array of {shape}, got {values.dtype} {values.shape}."
        )
    asked, weights = _asked(outputs)
    streams = int(values.nbytes > STREAMED_BYTES and values.flags.aligned)
    fill_sessions(*_shared(intake, bodies, grid), grid.start_h, grid.step_h, asked, weights, streams, values)
    return AcuteSessions(regimen=regimen, times_h=times_h, outputs=tuple(outputs), values=values)


def summaries(regimen: Regimen, bodies: Bodies, *, times_h: FloatArray, names: Sequence[str]) -> Summaries:
    """Peaks and areas over a uniform grid, as `nca` has them, without keeping the curves.

    Raises:
        KeyError: a name that is not in `SERIES`.
        ValueError: as `acute_sessions`.
    """
    _known(names)
    grid, intake = _grid(times_h), intake_of(regimen, bodies)
    out = np.empty((len(bodies), len(names), 3))
    shared = _shared(intake, bodies, grid)
    fill_summaries(*shared, grid.start_h, grid.step_h, *_asked(names), grid.count, out)
    kinds = [{name: out[:, row, kind] for row, name in enumerate(names)} for kind in range(3)]
    return Summaries(cmax=kinds[0], tmax_h=kinds[1], auc=kinds[2])


def _known(names: Sequence[str]) -> None:
    unknown = [name for name in names if name not in SERIES]
    if unknown:
        raise KeyError(f"There is no output {unknown[0]!r}; there are: {', '.join(SERIES)}.")


def _asked(names: Sequence[str]) -> tuple[NDArray[np.int64], FloatArray]:
    """For the kernel: (enantiomer, output, row, whether it is added there), and what it is taken times.

    What comes first into a row is taken as it is: every series has S once, or R once and no S.
    """
    asked, weights = [], []
    for row, name in enumerate(names):
        output, *shares = SERIES[name]
        parts = [(enantiomer, share) for enantiomer, share in enumerate(shares) if share != 0.0]
        for place, (enantiomer, share) in enumerate(parts):
            asked.append((enantiomer, int(output), row, ADDED if place else 0))
            weights.append(share)
    return np.array(asked, dtype=np.int64).reshape(-1, 4), np.array(weights)


def _grid(times_h: FloatArray) -> _Grid:
    if times_h.ndim != 1 or len(times_h) < 2 or not np.isfinite(times_h).all():
        raise ValueError("A uniform grid has at least two times, all finite.")
    start_h, step_h = float(times_h[0]), float(times_h[-1] - times_h[0]) / (len(times_h) - 1)
    evenly = start_h + step_h * np.arange(len(times_h))
    if step_h <= 0 or (np.abs(times_h - evenly) > UNEVEN * step_h).any():
        raise ValueError("The times of a session are a uniform grid, rising.")
    return _Grid(start_h=start_h, step_h=step_h, count=len(times_h))


def _shared(
    intake: Intake, bodies: Bodies, grid: _Grid
) -> tuple[
    FloatArray,
    NDArray[np.int64],
    NDArray[np.int64],
    NDArray[np.int64],
    NDArray[np.int64],
    FloatArray,
    FloatArray,
    FloatArray,
    FloatArray,
]:
    """What both kernels take first."""
    places = np.ceil((intake.moments_h - grid.start_h - ON_GRID_H) / grid.step_h)
    firsts = np.append(np.clip(places, 0, grid.count), grid.count).astype(np.int64)
    depots = intake.depots if intake.depots.shape[2] else np.zeros((len(bodies), 2, 1, 4))
    return (
        intake.moments_h,
        firsts,
        intake.ports,
        intake.starts,
        intake.stops,
        intake.amounts,
        bodies.dispositions,
        depots,
        MOLAR,
    )


def sensitivity_of(bodies: Bodies) -> Sensitivity:
    """Everyone's sensitivity as columns [n, 1], for the pointwise maps of `u1.acute`, which take arrays as
    well.
    """
    return Sensitivity(**{name: cast(float, bodies.column(name)[:, np.newaxis]) for name in SENSITIVITY})


def effects(
    seen: AcuteSessions, bodies: Bodies, names: Sequence[str], *, options: AbstractSet[Option] = frozenset()
) -> dict[str, FloatArray]:
    """Acute effects of everyone [n, times], by the maps of `u1.acute`.

    Names: cadss, sbp_rise_mmhg, dbp_rise_mmhg, heart_rate_rise_per_min, nmda_block, sedation_probability,
    deeper_sedation_probability, potent_ng_ml. They come from the outputs in `EFFECTIVE`, and pressure from
    S-norketamine where an option says so.

    Raises:
        KeyError: a name that is none of these.
    """
    c, body = seen["potent_ng_ml"], sensitivity_of(bodies)
    opposes = Option.NORKETAMINE_OPPOSES_PRESSURE in options

    def rise(maximum_mmhg: float) -> FloatArray:
        opposing = seen["s_norketamine_ng_ml"] if opposes else np.zeros_like(c)
        usual = acute.pressure_rise_mmhg(c, maximum_mmhg=maximum_mmhg, opposing_norketamine_ng_ml=opposing)
        return usual * _pressure_days(seen, bodies)

    maps: dict[str, Callable[[], FloatArray]] = {
        "cadss": lambda: acute.cadss(c, body, attenuated=attenuated(seen.regimen, body, seen.times_h)),
        "sbp_rise_mmhg": lambda: rise(body.systolic_maximum_mmhg),
        "dbp_rise_mmhg": lambda: rise(body.diastolic_maximum_mmhg),
        "heart_rate_rise_per_min": lambda: acute.heart_rate_rise_per_min(c, body),
        "nmda_block": lambda: acute.occupancy(seen["s_effect_site_ng_ml"], seen["r_effect_site_ng_ml"]),
        "sedation_probability": lambda: acute.sedation_probability(c, body),
        "deeper_sedation_probability": lambda: acute.deeper_sedation_probability(c, body),
        "potent_ng_ml": lambda: c,
    }
    unknown = [name for name in names if name not in maps]
    if unknown:
        raise KeyError(f"There is no effect {unknown[0]!r}; there are: {', '.join(maps)}.")
    return {name: maps[name]() for name in names}


def attenuations(starts_h: Sequence[float], sensitivity: Sensitivity) -> FloatArray:
    """What is left of the dissociation in each session [n, sessions]."""
    left = [acute.attenuation(earlier, sensitivity) for earlier in acute.earlier_sessions(starts_h)]
    return np.concatenate([np.asarray(one) for one in left], axis=1)


def attenuated(regimen: Regimen, sensitivity: Sensitivity, times_h: FloatArray) -> FloatArray:
    """What is left of it at each time [n, times]: that of the session under way or just past."""
    starts_h = [session.start_h for session in regimen.sessions]
    return attenuations(starts_h, sensitivity)[:, _session_at(starts_h, times_h)]


def _pressure_days(seen: AcuteSessions, bodies: Bodies) -> FloatArray:
    """How strongly pressure answers at each time [n, times], over the person's usual."""
    session = _session_at([session.start_h for session in seen.regimen.sessions], seen.times_h)
    days = bodies.uptakes[:, :, UPTAKE.index("pressure_day")]
    return days[:, np.minimum(session, days.shape[1] - 1)]


def _session_at(starts_h: Sequence[float], times_h: FloatArray) -> NDArray[np.intp]:
    return np.maximum(np.searchsorted(starts_h, times_h, side="right") - 1, 0)
