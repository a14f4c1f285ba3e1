"""A forecast as the pages get it: quantiles of many people over time, in numbers and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ajar.pharmacology.estimates import Status
from ajar.pharmacology.forecast import Band, Forecast
from ajar.pharmacology.regimen import DosingSession, Route
from ajar.pharmacology.u1.symptoms import PHQ9_MOST

HOURS_NAMED: Final = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
DAYS_NAMED: Final = 7
MOST_WEEKS_NAMED: Final = 12
LEAVES_BELOW_MMHG: Final = 10.0
"""A pressure is not drawn from zero, where nobody is; this much room is left under the resting value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantiles:
    """Where people are at each time: the edges of 90 % and of 50 % of them, and the middle one."""

    low: tuple[float, ...]
    lower: tuple[float, ...]
    middle: tuple[float, ...]
    upper: tuple[float, ...]
    high: tuple[float, ...]

    def at(self, index: int) -> tuple[float, ...]:
        """The five of one time, from low to high."""
        return tuple(row[index] for row in (self.low, self.lower, self.middle, self.upper, self.high))

    @property
    def rows(self) -> tuple[tuple[float, ...], ...]:
        """All five, from low to high."""
        return self.low, self.lower, self.middle, self.upper, self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A time named on the axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """One output as a fan. `times`, `doses` and `measured` count in the unit of `ticks`.

    The upright axis runs from `least` to `most`; where `most` is None the drawing chooses. `given_over` is
    how long a dose takes on the time axis: 0 for a moment; `dose_word` says what happens then.
    `digits` are the decimals worth reading.
    """

    name: str | Promise
    unit: str
    status: Status
    direction: str | Promise
    caption: str
    times: tuple[float, ...]
    quantiles: Quantiles
    ticks: Sequence[Tick]
    doses: tuple[float, ...]
    dose_word: str | Promise
    given_over: float = 0.0
    least: float = 0.0
    most: float | None = None
    digits: int = 0
    measured: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.times) for row in self.quantiles.rows):
            raise ValueError("Every quantile needs one value for each time.")
        if any(later <= earlier for earlier, later in pairwise(self.times)) or not self.times:
            raise ValueError("A fan needs times, and they rise.")

    @property
    def height(self) -> int:
        """Where the middle person stands highest: the index of that time."""
        middle = self.quantiles.middle
        return middle.index(max(middle))

    @property
    def rows(self) -> list[tuple[str, tuple[float, ...]]]:
        """The named times with their quantiles, for the table."""
        return [(tick.label, self.quantiles.at(nearest(self.times, tick.at))) for tick in self.ticks]


def nearest(times: Sequence[float], at: float) -> int:
    """The index of the time closest to this one."""
    return min(range(len(times)), key=lambda index: abs(times[index] - at))


def room_fans(seen: Forecast, session: DosingSession, *, systolic_mmhg: float | None) -> tuple[Fan, ...]:
    """Dissociation, pressure and concentration over the hours of a session.

    The rise of pressure is put on top of the person's own resting systolic pressure where there is one.
    """
    pressure = _("Rise of systolic pressure") if systolic_mmhg is None else _("Systolic pressure")
    named = (
        ("cadss", _("Dissociation"), _("points"), 0.0),
        ("sbp_rise_mmhg", pressure, "mmHg", systolic_mmhg or 0.0),
        ("ketamine_venous_ng_ml", _("Ketamine in venous blood"), "ng/mL", 0.0),
    )
    return tuple(
        _room_fan(seen[output], session, name=name, unit=unit, added=added)
        for output, name, unit, added in named
    )


def _room_fan(band: Band, session: DosingSession, *, name: str, unit: str, added: float) -> Fan:
    times = tuple(float(at) - session.start_h for at in band.times_h)
    quantiles = quantiles_of(band, added=added)
    peak = quantiles.middle.index(max(quantiles.middle))
    low, lower, _middle, upper, high = (f"{value:.0f}" for value in quantiles.at(peak))
    caption = _(
        "At its height, about %(minutes)s min after the start, half of people like this one are between "
        "%(lower)s and %(upper)s %(unit)s, and 9 in 10 between %(low)s and %(high)s."
    ) % {
        "minutes": round(times[peak] * 60),
        "lower": lower,
        "upper": upper,
        "low": low,
        "high": high,
        "unit": unit,
    }
    return Fan(
        name=name,
        unit=unit,
        status=band.status,
        direction=_("↑ higher = more"),
        caption=caption,
        times=times,
        quantiles=quantiles,
        ticks=[Tick(at=at, label=f"{at:g} h") for at in HOURS_NAMED],
        doses=tuple(event.start_h - session.start_h for event in session.events),
        dose_word=dose_word(session),
        given_over=session.events[-1].duration_h,
        least=added and min(quantiles.low) - LEAVES_BELOW_MMHG,
    )


def course_fan(band: Band, days: Sequence[float], *, measured: tuple[tuple[float, float], ...]) -> Fan:
    """PHQ-9 over the sessions and the weeks after, with what was measured since the baseline."""
    times = tuple(float(at) / 24.0 for at in band.times_h)
    quantiles = quantiles_of(band, added=0.0)
    return Fan(
        name="PHQ-9",
        unit=_("points"),
        status=band.status,
        direction=_("↑ higher = more symptoms"),
        caption=_course_caption(times, quantiles, last=nearest(times, days[-1])),
        times=times,
        quantiles=quantiles,
        ticks=_weeks_named(times[-1]),
        doses=tuple(days),
        dose_word=_("dose"),
        most=PHQ9_MOST,
        measured=measured,
    )


def _course_caption(times: Sequence[float], quantiles: Quantiles, *, last: int) -> str:
    low, lower, _middle, upper, high = (f"{value:.0f}" for value in quantiles.at(last))
    return _(
        "By the last session half of people like this one score between %(lower)s and %(upper)s, 9 in 10 "
        "between %(low)s and %(high)s; %(weeks)s weeks later without another dose, half between "
        "%(later_lower)s and %(later_upper)s."
    ) % {
        "low": low,
        "lower": lower,
        "upper": upper,
        "high": high,
        "later_lower": f"{quantiles.lower[-1]:.0f}",
        "later_upper": f"{quantiles.upper[-1]:.0f}",
        "weeks": round((times[-1] - times[last]) / DAYS_NAMED),
    }


def _weeks_named(last_day: float) -> list[Tick]:
    """Every week, or every second and so on where there are more than a dozen."""
    every = DAYS_NAMED * (1 + int(last_day) // (DAYS_NAMED * MOST_WEEKS_NAMED))
    return [
        Tick(at=float(day), label=_("week %(n)s") % {"n": day // DAYS_NAMED})
        for day in range(0, int(last_day) + 1, every)
    ]


def dose_word(session: DosingSession) -> str:
    """What a mark on the time axis stands for."""
    match session.events[0].route:
        case Route.INTRAVENOUS:
            return _("infusion")
        case Route.SUBLINGUAL:
            return _("in the mouth")
        case _other:
            return _("dose")


def quantiles_of(band: Band, *, added: float) -> Quantiles:
    """The five rows of a band in plain numbers, each with the same number added."""
    low, lower, middle, upper, high = (
        tuple(float(value) + added for value in row) for row in band.quantiles.values()
    )
    return Quantiles(low=low, lower=lower, middle=middle, upper=upper, high=high)
