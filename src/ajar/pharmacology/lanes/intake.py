"""A regimen as arrays: what goes in where and when, which is the same for everyone, and how much, which is
not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.bodies import Bodies
from ajar.pharmacology.molecules import SHARE, Enantiomer
from ajar.pharmacology.regimen import AfterHold, DosingEvent, Regimen, Route
from ajar.pharmacology.u1.parameters import AFTER_HOLD_INPUT_H, NASAL, ORAL_INPUT_H
from ajar.pharmacology.u1.slow import SAME_MOMENT_H

BLOOD: Final = 0
DIRECT: Final = 1
GUT: Final = 2
"""Ports: blood is 0; a group of depots has one that absorbs directly and one that is swallowed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Intake:
    """What goes in.

    `moments_h` [m], rising, are when anything starts or stops. An input enters `ports` [i] at the moment
    `starts` [i]; it is instant where `stops` [i] is the same moment, and a constant rate until then
    otherwise. `amounts` [n, 2, i] are mg of S and of R, or mg/h. `depots` [n, 2, groups, 4] are the groups'
    ka, kg, kt (1/h) and the share that passes the liver.
    """

    moments_h: FloatArray
    ports: NDArray[np.int64]
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    amounts: FloatArray
    depots: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Given:
    """One input: into which kind of port of which depots, over which time, and how much of the amount [n] or
    1.
    """

    port: int
    group: int
    from_h: float
    until_h: float
    share: FloatArray | float
    event: DosingEvent


def intake_of(regimen: Regimen, bodies: Bodies) -> Intake:
    """The regimen in these bodies, as `u1.absorption` has it."""
    groups: dict[tuple[Route, int], int] = {}
    given: list[_Given] = []
    last = bodies.uptakes.shape[1] - 1
    for number, session in enumerate(regimen.sessions):
        sprayed = 0
        for event in session.events:
            sprayed += event.route is Route.NASAL
            group = -1
            if event.route is not Route.INTRAVENOUS:
                group = groups.setdefault((event.route, min(number, last)), len(groups))
            given.extend(_inputs(event, bodies, group, number, sprayed))
    moments_h = _moments([moment for one in given for moment in (one.from_h, one.until_h)])
    return Intake(
        moments_h=moments_h,
        ports=np.array([one.port + 2 * max(one.group, 0) for one in given]),
        starts=_nearest(moments_h, [one.from_h for one in given]),
        stops=_nearest(moments_h, [one.until_h for one in given]),
        amounts=_amounts(given, len(bodies)),
        depots=_depots(groups, bodies),
    )


def _moments(moments_h: list[float]) -> FloatArray:
    """In order, and those that differ by rounding only as one."""
    kept = [min(moments_h)]
    kept.extend(later for earlier, later in pairwise(sorted(moments_h)) if later - earlier > SAME_MOMENT_H)
    return np.array(kept)


def _nearest(moments_h: FloatArray, asked_h: list[float]) -> NDArray[np.int64]:
    return np.searchsorted(moments_h, np.asarray(asked_h) + SAME_MOMENT_H, side="right").astype(np.int64) - 1


def _amounts(given: list[_Given], people: int) -> FloatArray:
    amounts = np.empty((people, 2, len(given)))
    for place, one in enumerate(given):
        over_h = one.until_h - one.from_h
        amount = one.event.amount_mg / over_h if over_h > 0 else one.event.amount_mg
        for row, enantiomer in enumerate((Enantiomer.S, Enantiomer.R)):
            amounts[:, row, place] = one.share * amount * SHARE[one.event.drug][enantiomer]
    return amounts


def _inputs(event: DosingEvent, bodies: Bodies, group: int, session: int, device: int) -> list[_Given]:
    return _WAYS[event.route](event, bodies, group, session, device)


def _given(
    event: DosingEvent, port: int, group: int, share: FloatArray | float, from_h: float, over_h: float
) -> _Given:
    return _Given(port=port, group=group, from_h=from_h, until_h=from_h + over_h, share=share, event=event)


def _infused(event: DosingEvent, _bodies: Bodies, group: int, _session: int, _device: int) -> list[_Given]:
    return [_given(event, BLOOD, group, 1.0, event.start_h, event.duration_h)]


def _injected(event: DosingEvent, bodies: Bodies, group: int, session: int, _device: int) -> list[_Given]:
    return [_given(event, DIRECT, group, bodies.uptake("muscle_share", session=session), event.start_h, 0.0)]


def _swallowed(event: DosingEvent, _bodies: Bodies, group: int, _session: int, _device: int) -> list[_Given]:
    return [_given(event, GUT, group, 1.0, event.start_h, ORAL_INPUT_H.value)]


def _held(event: DosingEvent, bodies: Bodies, group: int, session: int, _device: int) -> list[_Given]:
    per_min = bodies.uptake("mucosal_uptake_per_min", session=session)
    share = -np.expm1(-per_min * event.duration_h * 60.0)
    shift = bodies.uptake("mucosal_logit_shift", session=session)
    mouth = 1.0 / (1.0 + np.exp(-(np.log(share / (1.0 - share)) + shift)))
    given = [_given(event, DIRECT, group, mouth, event.start_h, event.duration_h)]
    if event.after_hold is AfterHold.SWALLOWED:
        end_h = event.start_h + event.duration_h
        given.append(_given(event, GUT, group, 1.0 - mouth, end_h, AFTER_HOLD_INPUT_H.value))
    return given


def _sprayed(event: DosingEvent, bodies: Bodies, group: int, session: int, device: int) -> list[_Given]:
    later = NASAL["later_device_factor"].value if device > 1 else 1.0
    nose = bodies.uptake("nasal_share", session=session) * later
    past_gut = (1.0 - nose) * NASAL["escapes_gut"].value
    return [
        _given(event, DIRECT, group, nose, event.start_h, 0.0),
        _given(event, GUT, group, past_gut, event.start_h, NASAL["swallowed_input_h"].value),
    ]


_WAYS: Final[dict[Route, Callable[[DosingEvent, Bodies, int, int, int], list[_Given]]]] = {
    Route.INTRAVENOUS: _infused,
    Route.INTRAMUSCULAR: _injected,
    Route.SUBCUTANEOUS: _injected,
    Route.SUBLINGUAL: _held,
    Route.ORAL: _swallowed,
    Route.NASAL: _sprayed,
}


def _depots(groups: dict[tuple[Route, int], int], bodies: Bodies) -> FloatArray:
    depots = np.zeros((len(bodies), 2, len(groups), 4))
    for (route, session), group in groups.items():
        direct, gut, liver, escapes = _RATES[route]
        for place, rate in enumerate((direct, gut, liver)):
            depots[:, :, group, place] = _rate(rate, bodies, session)[:, np.newaxis]
        for row, share in enumerate(escapes):
            depots[:, row, group, 3] = _rate(share, bodies, session)
    return depots


def _rate(of: str | float, bodies: Bodies, session: int) -> FloatArray:
    return bodies.uptake(of, session=session) if isinstance(of, str) else np.full(len(bodies), of)


_INTO_MUSCLE: Final = ("muscle_ka_per_h", 0.0, 0.0, (0.0, 0.0))
_BY_MOUTH: Final = ("mucosal_ka_per_h", "kg_per_h", "kt_per_h", ("escapes_liver_s", "escapes_liver_r"))
_RATES: Final[dict[Route, tuple[str | float, str | float, str | float, tuple[str | float, str | float]]]] = {
    Route.INTRAMUSCULAR: _INTO_MUSCLE,
    Route.SUBCUTANEOUS: _INTO_MUSCLE,
    Route.SUBLINGUAL: _BY_MOUTH,
    Route.ORAL: _BY_MOUTH,
    Route.NASAL: (
        "nasal_ka_per_h",
        "nasal_kg_per_h",
        NASAL["kt_per_h"].value,
        (NASAL["escapes_liver"].value, NASAL["escapes_liver"].value),
    ),
}
"""Where each route's ka, kg, kt and the share of S and of R that passes the liver come from."""
