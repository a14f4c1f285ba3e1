"""How a frozen forecast fared: coverage of its bands, error of its middle, and a proper score.

The score is the weighted interval score of Bracher, Ray, Gneiting and Reich (2021, PLOS Comput Biol 17,
e1008618), made from the interval score of Gneiting and Raftery (2007, J Am Stat Assoc 102:359): twice the
mean of the pinball losses of the five quantiles, which nears the CRPS as quantiles are added. Lower is
better; nobody does better in the long run than by naming their true quantiles.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Final

from ajar.pathway.dosing.forecast import (
    ForecastFrozen,
    FrozenBand,
    Observed,
    Output,
    OutputScore,
)
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.observations.vitals import DissociationRated, VitalsMeasured

SCORING_VERSION: Final = "1"
"""Changes with anything below that changes a score."""

LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The quantiles of a frozen band."""

EVERY_MIN: Final = 5.0
"""One observation for each five minutes, the first: a monitor that sends one a second is not 300 witnesses
(design default, the flowsheet's column)."""

CADSS_MOST: Final = 92.0
CADSS_6_MOST: Final = 24.0
CADSS_OF_SIX: Final = CADSS_MOST / CADSS_6_MOST
"""The six items run from 0 to 24, the whole scale from 0 to 92 (clinical.md DIS-1, DIS-2). Reading one off
the other in proportion is range arithmetic that nobody has validated: a design default, said where shown."""

SCALES: Final[Mapping[Output, str]] = {
    Output.DISSOCIATION: "CADSS-6 x 92/24, in proportion, not validated",
}

STEPS: Final[Mapping[Output, float]] = {Output.DISSOCIATION: CADSS_OF_SIX, Output.SYSTOLIC: 1.0}
"""The smallest step in which each is charted. The quantile of a rounded value is the rounded quantile, so a
band is compared in these steps: a charted 0 is not below a forecast of 0.2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A band at one moment, from low to high."""

    low: float
    lower: float
    middle: float
    upper: float
    high: float

    @property
    def values(self) -> tuple[float, float, float, float, float]:
        """The five, in the order of LEVELS."""
        return self.low, self.lower, self.middle, self.upper, self.high

    def holds_50(self, value: float) -> bool:
        """Is it where half of people are?"""
        return self.lower <= value <= self.upper

    def holds_90(self, value: float) -> bool:
        """Is it where nine in ten people are?"""
        return self.low <= value <= self.high


def spread_at(minutes: Sequence[float], band: FrozenBand, minute: float) -> Spread | None:
    """The band at this minute, straight between the forecast's own; None outside them."""
    if not minutes or not minutes[0] <= minute <= minutes[-1]:
        return None
    after = min(bisect_right(minutes, minute), len(minutes) - 1)
    before = max(after - 1, 0)
    width = minutes[after] - minutes[before]
    share = (minute - minutes[before]) / width if width else 0.0
    low, lower, middle, upper, high = (row[before] * (1 - share) + row[after] * share for row in band.rows)
    return Spread(low=low, lower=lower, middle=middle, upper=upper, high=high)


def charted_at(minutes: Sequence[float], band: FrozenBand, minute: float) -> Spread | None:
    """The same in the steps in which it is charted."""
    spread, step = spread_at(minutes, band, minute), STEPS.get(band.output)
    if spread is None or step is None:
        return spread
    low, lower, middle, upper, high = (round(value / step) * step for value in spread.values)
    return Spread(low=low, lower=lower, middle=middle, upper=upper, high=high)


def interval_score(value: float, *, low: float, high: float, outside: float) -> float:
    """Its width, and a penalty for lying outside that grows as fewer should (`outside`: 0.1 for 90 %)."""
    return (high - low) + 2.0 / outside * (max(low - value, 0.0) + max(value - high, 0.0))


def weighted_interval_score(value: float, spread: Spread) -> float:
    """The two bands and the middle as one number, in the unit of the value."""
    half = interval_score(value, low=spread.lower, high=spread.upper, outside=0.5)
    most = interval_score(value, low=spread.low, high=spread.high, outside=0.1)
    return (0.5 * abs(value - spread.middle) + 0.25 * half + 0.05 * most) / 2.5


def thinned(observed: Iterable[Observed]) -> tuple[Observed, ...]:
    """The first of each five minutes, the earliest first."""
    kept: dict[int, Observed] = {}
    for one in sorted(observed, key=lambda one: one.minute):
        kept.setdefault(int(one.minute // EVERY_MIN), one)
    return tuple(kept.values())


def observations(entries: Iterable[Entry], *, first_dose_at: datetime) -> dict[Output, tuple[Observed, ...]]:
    """What was seen of each output after the first drug, of entries in chain order, thinned."""
    seen: dict[Output, list[Observed]] = {output: [] for output in Output}
    for entry in effective(entries):
        minute = (entry.happened_at - first_dose_at).total_seconds() / 60.0
        for output, value in _told(entry).items():
            if minute > 0:  # the value before the drug is what the forecast stands on
                seen[output].append(Observed(minute=minute, value=value, entry_id=entry.id))
    return {output: thinned(found) for output, found in seen.items()}


def _told(entry: Entry) -> dict[Output, float]:
    match entry.payload:
        case VitalsMeasured(systolic_mmhg=float() | int() as systolic):
            return {Output.SYSTOLIC: float(systolic)}
        case DissociationRated() as rated:
            return {Output.DISSOCIATION: rated.total * CADSS_OF_SIX}
        case _:
            return {}


def scores_of(forecast: ForecastFrozen, seen: Mapping[Output, Sequence[Observed]]) -> tuple[OutputScore, ...]:
    """Each band against what was observed within its time."""
    return tuple(_score(forecast.minutes, band, seen.get(band.output, ())) for band in forecast.bands)


def _score(minutes: Sequence[float], band: FrozenBand, seen: Sequence[Observed]) -> OutputScore:
    placed = [(one, spread) for one in seen if (spread := charted_at(minutes, band, one.minute)) is not None]
    return OutputScore(
        output=band.output,
        unit=band.unit,
        scale=SCALES.get(band.output, ""),
        number=len(placed),
        inside_50=sum(spread.holds_50(one.value) for one, spread in placed),
        inside_90=sum(spread.holds_90(one.value) for one, spread in placed),
        mean_error=_mean([one.value - spread.middle for one, spread in placed]),
        interval_score=_mean([weighted_interval_score(one.value, spread) for one, spread in placed]),
        observations=tuple(one for one, _ in placed),
    )


def _mean(values: Sequence[float]) -> float | None:
    return round(fmean(values), 3) if values else None
