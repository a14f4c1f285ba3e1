"""The form's fields on blood pressure, sedation, dissociation and breathing: read off the series."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from ajar.pathway.discharge.gates import ALERT
from ajar.pathway.discharge.series import (
    Episode,
    Point,
    Pressure,
    V,
    after,
    episode,
    last_before,
    pressure,
    series,
    vital,
)
from ajar.pathway.discharge.series import dissociation as cadss
from ajar.pathway.discharge.series import sedation as moaas
from ajar.pathway.dosing.session import Session
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.observations.vitals import DissociationRated
from ajar.pathway.paperwork.rems_chart import Chart, Filled
from ajar.pathway.paperwork.told import clock_text, yes_no

AT_40_MIN: Final = (30, 50)  # field 22, design default
STILL_AT_MIN: Final = 120  # fields 24 and 25: still present at 2 hours?
DEPRESSED: Final = (90.0, 8.0)
"""SpO2 below and breaths per minute below: ALM-4 and ALM-5, design default."""


def _pressure(point: Point[Pressure] | None, missing: str) -> Filled:
    if point is None:
        return Filled(missing=missing)
    value = point.value
    return Filled(text=f"{value.systolic_mmhg:g} / {value.diastolic_mmhg:g} mmHg", entries=(point.entry,))


def pressure_before(chart: Chart) -> Filled:
    """Field 21."""
    points = series(chart.ours, pressure)
    return _pressure(last_before(points, chart.session.first_dose_at), "not recorded before the dose")


def pressure_at_40(session: Session, entries: Sequence[Entry]) -> Point[Pressure] | None:
    """The pressure nearest to 40 minutes after the first device, within 30 to 50."""
    starts_at = session.first_dose_at
    if starts_at is None:
        return None
    earliest, latest = (starts_at + timedelta(minutes=minute) for minute in AT_40_MIN)
    near = [point for point in series(entries, pressure) if earliest <= point.at <= latest]
    target = starts_at + timedelta(minutes=40)
    return min(near, key=lambda point: abs(point.at - target), default=None)


def pressure_40(chart: Chart) -> Filled:
    """Field 22."""
    return _pressure(
        pressure_at_40(chart.session, chart.ours), "none 30 to 50 minutes after the first device"
    )


def pressure_after(chart: Chart) -> Filled:
    """Field 23."""
    given_at, ends_at = chart.session.last_drug_at, chart.session.closed_at
    points = [p for p in after(series(chart.ours, pressure), given_at) if ends_at is None or p.at <= ends_at]
    return _pressure(points[-1] if points else None, "not recorded before leaving")


def _since_dose(chart: Chart, points: Sequence[Point[V]]) -> tuple[Point[V], ...]:
    return after(points, chart.session.first_dose_at)


def _episode_text(chart: Chart, seen: Episode[V]) -> str:
    text = f"yes: from {clock_text(seen.onset.at, chart.zone)}"
    if seen.resolved is None:
        return f"{text}, not seen to resolve"
    two_hours = (chart.session.first_dose_at or seen.onset.at) + timedelta(minutes=STILL_AT_MIN)
    until = f"{text} to {clock_text(seen.resolved.at, chart.zone)}"
    if seen.resolved.at <= two_hours:
        return f"{until}; at 2 hours: no"
    return f"{until}; at 2 hours: {'yes' if seen.last.at >= two_hours else 'not rated then'}"


def _episode_entries(seen: Episode[V]) -> tuple[Entry, ...]:
    return (seen.onset.entry, seen.resolved.entry) if seen.resolved else (seen.onset.entry,)


def sedation(chart: Chart) -> Filled:
    """Field 24."""
    points = _since_dose(chart, series(chart.ours, moaas))
    if not points:
        return Filled(missing="MOAA/S was not rated after the dose")
    seen = episode(points, lambda moaa_s: moaa_s < ALERT)
    if seen is None:
        return Filled(text="no: MOAA/S 5 throughout", entries=tuple(p.entry for p in points))
    lowest = min(point.value for point in points)
    return Filled(
        text=f"{_episode_text(chart, seen)}; lowest MOAA/S {lowest}", entries=_episode_entries(seen)
    )


def dissociation(chart: Chart) -> Filled:
    """Any rise over the rating before the dose counts; it is over when a rating is back there."""
    points = series(chart.ours, cadss)
    since = _since_dose(chart, points)
    if not since:
        return Filled(missing="CADSS-6 was not rated after the dose")
    before = last_before(points, chart.session.first_dose_at)
    baseline = before.value.total if before else 0

    def risen(rating: DissociationRated) -> bool:
        return rating.total > baseline or rating.distress

    seen = episode(since, risen)
    if seen is None:
        return Filled(text=f"no: CADSS-6 not above {baseline}", entries=tuple(p.entry for p in since))
    peak = max(point.value.total for point in since)
    text = f"{_episode_text(chart, seen)}; highest CADSS-6 {peak}, before the dose {baseline}"
    return Filled(text=text, entries=_episode_entries(seen))


def respiratory_depression(chart: Chart) -> Filled:
    """Field 26."""
    oxygen = _since_dose(chart, series(chart.ours, vital("spo2_percent")))
    rates = _since_dose(chart, series(chart.ours, vital("respiratory_rate_per_min")))
    if not oxygen:
        return Filled(missing="no oximetry reading after the dose")
    lowest = min(oxygen, key=lambda point: point.value)
    least_spo2, least_rate = DEPRESSED
    slow = [point for point in rates if point.value < least_rate]
    depressed = lowest.value < least_spo2 or bool(slow)
    text = (
        f"{yes_no(depressed)}: lowest SpO2 {lowest.value:g} % at {clock_text(lowest.at, chart.zone)}, "
        f"of {len(oxygen)} measured"
    )
    if slow:
        slowest = min(slow, key=lambda point: point.value)
        text += f"; slowest breathing {slowest.value:g} a minute at {clock_text(slowest.at, chart.zone)}"
    entries = dict.fromkeys((lowest.entry, *(point.entry for point in slow)))
    return Filled(text=text, entries=tuple(entries))
