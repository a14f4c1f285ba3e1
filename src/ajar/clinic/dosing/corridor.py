"""The corridor on the session page: the frozen bands, and what was measured landing on them.

It never reads the engine: what is drawn is the entry that was frozen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ajar.clinic.careplan.expected import session_given
from ajar.clinic.careplan.fans import HOURS_NAMED, LEAVES_BELOW_MMHG, Fan, Quantiles, Tick, dose_word
from ajar.clinic.careplan.models_in_words import readable
from ajar.clinic.dosing.freezing import frozen_forecast, scored_of
from ajar.clinic.dosing.page import Part, Seen, register_last_part
from ajar.clinic.dosing.sightings import sightings
from ajar.clinic.staff.policy import Action
from ajar.pathway.dosing.forecast import (
    ForecastFrozen,
    FrozenBand,
    ModelPeak,
    Observed,
    Output,
    OutputScore,
)
from ajar.pathway.dosing.forecast_scoring import CADSS_MOST, CADSS_OF_SIX, charted_at, observations
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product
from ajar.pharmacology.estimates import Status

NAMES: Final[Mapping[Output, str | Promise]] = {
    Output.KETAMINE: gettext_lazy("Ketamine in venous blood"),
    Output.DISSOCIATION: gettext_lazy("Dissociation (CADSS)"),
    Output.SYSTOLIC: gettext_lazy("Systolic pressure"),
}

PLACES: Final = (
    gettext_lazy("outside the band of 9 in 10"),
    gettext_lazy("inside the band of 9 in 10"),
    gettext_lazy("where half of people are"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One measured value in words: what was charted, when, and where in the band it lies."""

    at: datetime
    text: str
    place: str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One output: its fan with the points on it, the points in words, and its score once there is one."""

    fan: Fan
    sightings: tuple[Sighting, ...]
    score: OutputScore | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """How far the admissible models lie apart, for levels that may be compared."""

    measured: str
    models: int
    lowest_ng_ml: float
    highest_ng_ml: float


def corridor(seen: Seen) -> Part | None:
    """The part of the page from the check on; before it, there is no dose to forecast."""
    session = seen.session
    if session.order is None or session.stage is Stage.CANCELLED or not seen.may(Action.SEE_FORECAST):
        return None
    return Part(template="dosing/corridor.html", context=corridor_of(seen))


def corridor_of(seen: Seen) -> dict[str, Any]:
    """What the part shows, and the piece of it that is fetched again when something was measured."""
    session = seen.session
    entry = frozen_forecast(session)
    may_freeze = seen.may(Action.RUN_SESSION) and session.check is not None and not session.acts
    context: dict[str, Any] = {"frozen": entry, "may_freeze": may_freeze and session.closed_at is None}
    if entry is None or not isinstance(entry.payload, ForecastFrozen):
        return context
    forecast = entry.payload
    return context | {
        "forecast": forecast,
        "curves": curves(forecast, session),
        "peaks": [(readable(peak.model), peak) for peak in forecast.models],
        "apart": apart(forecast.models),
        "version": f"{readable(forecast.model)} {forecast.model_version}",
    }


def curves(forecast: ForecastFrozen, session: Session) -> list[Curve]:
    """Every band with what was seen of it."""
    seen, scores = _seen(session), _scores(session)
    return [
        _curve(forecast, band, seen.get(band.output, ()), session, scores.get(band.output))
        for band in forecast.bands
    ]


def _seen(session: Session) -> Mapping[Output, Sequence[Observed]]:
    if session.first_dose_at is None:
        return {}
    return observations(sightings(session.encounter_id), first_dose_at=session.first_dose_at)


def _scores(session: Session) -> dict[Output, OutputScore]:
    scored = scored_of(session.encounter_id) if session.closed_at is not None else None
    return {one.output: one for one in scored.outputs} if scored else {}


def _curve(
    forecast: ForecastFrozen,
    band: FrozenBand,
    seen: Sequence[Observed],
    session: Session,
    score: OutputScore | None,
) -> Curve:
    inside = [one for one in seen if charted_at(forecast.minutes, band, one.minute) is not None]
    first = session.first_dose_at
    return Curve(
        fan=_fan(forecast, band, inside),
        sightings=tuple(_sighting(forecast, band, one, first) for one in inside if first is not None),
        score=score,
    )


def _sighting(forecast: ForecastFrozen, band: FrozenBand, one: Observed, first: datetime) -> Sighting:
    spread = charted_at(forecast.minutes, band, one.minute)
    place = 0 if spread is None else spread.holds_90(one.value) + spread.holds_50(one.value)
    text = f"{one.value:.0f} {band.unit}"
    if band.output is Output.DISSOCIATION:
        text = _("CADSS-6 %(six)s of 24, drawn at %(all)s of 92") % {
            "six": f"{one.value / CADSS_OF_SIX:.0f}",
            "all": f"{one.value:.0f}",
        }
    return Sighting(at=first + timedelta(minutes=one.minute), text=text, place=PLACES[place])


def _fan(forecast: ForecastFrozen, band: FrozenBand, seen: Sequence[Observed]) -> Fan:
    """The band in hours. The axis holds every measured value: none is drawn at an edge."""
    given = session_given(
        Product(forecast.product), forecast.dose_mg, duration_min=forecast.duration_min or 0.0
    )
    quantiles = Quantiles(low=band.p05, lower=band.p25, middle=band.p50, upper=band.p75, high=band.p95)
    values = [one.value for one in seen]
    times = tuple(minute / 60.0 for minute in forecast.minutes)
    return Fan(
        name=NAMES[band.output],
        unit=band.unit,
        status=Status(band.status),
        direction=_("↑ higher = more"),
        caption=_caption(times, quantiles, band.unit),
        times=times,
        quantiles=quantiles,
        ticks=[Tick(at=at, label=f"{at:g} h") for at in HOURS_NAMED],
        doses=tuple(event.start_h for event in given.events),
        dose_word=dose_word(given),
        given_over=given.events[-1].duration_h,
        least=_least(band, values),
        most=_most(band, values),
        measured=tuple((one.minute / 60.0, one.value) for one in seen),
    )


def _least(band: FrozenBand, values: Iterable[float]) -> float:
    """A pressure is not drawn from zero, where nobody is."""
    if band.output is not Output.SYSTOLIC:
        return 0.0
    return max(min([*band.p05, *values]) - LEAVES_BELOW_MMHG, 0.0)


def _most(band: FrozenBand, values: Sequence[float]) -> float | None:
    """None leaves it to the drawing: where nothing lies above the band."""
    highest = max(values, default=0.0)
    if highest <= max(band.p95):
        return None
    if band.output is Output.DISSOCIATION:
        return CADSS_MOST
    return highest + LEAVES_BELOW_MMHG


def _caption(times: Sequence[float], quantiles: Quantiles, unit: str) -> str:
    peak = quantiles.middle.index(max(quantiles.middle))
    low, lower, _middle, upper, high = (f"{value:.0f}" for value in quantiles.at(peak))
    return _(
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


def apart(peaks: Iterable[ModelPeak]) -> list[Apart]:
    """Models of the same thing in blood from the same place, side by side."""
    found: dict[str, list[float]] = {}
    for peak in peaks:
        found.setdefault(peak.measured, []).append(peak.peak_ng_ml)
    return [
        Apart(measured=measured, models=len(values), lowest_ng_ml=min(values), highest_ng_ml=max(values))
        for measured, values in found.items()
        if len(values) > 1
    ]


register_last_part("corridor", corridor)
