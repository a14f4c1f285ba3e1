"""The staff calendar: a day as rows of rooms and people over quarter hours, and a week as a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from ajar.clinic.scheduling.models import Appointment, Hold, Resource
from ajar.clinic.scheduling.selectors import (
    appointments_at,
    day_span,
    holds_at,
    resources_at,
    taken_by_resource,
)
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.scheduling.availability import WEEKDAYS_8_TO_18, moment
from ajar.pathway.scheduling.spans import Span, peak_load

QUARTER: Final = timedelta(minutes=15)
HOUR: Final = timedelta(hours=1)
QUARTERS_IN_HOUR: Final = HOUR // QUARTER
IN_ROWS: Final = (Resource.Kind.ROOM, Resource.Kind.PRESCRIBER, Resource.Kind.THERAPIST)
DAYS_IN_WEEK: Final = 7
REACH: Final = timedelta(weeks=52 * 10)
"""How far the calendar can be turned either way (design default)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A stretch of a row: free, or held. `quarters` is its width; `on_hour` says where the hour line is."""

    quarters: int
    hold: Hold | None = None
    elsewhere: str = ""
    on_hour: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One room or person over the day."""

    resource: Resource
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How many sessions the nurses on duty watch at most within an hour, and how many they may."""

    busy: int
    capacity: int

    @property
    def full(self) -> bool:
        """Is there nobody left to watch one more?"""
        return self.busy >= self.capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A day of one site."""

    site: Site
    day: date
    hours: tuple[datetime, ...]
    rows: tuple[Row, ...]
    watched: tuple[Watch, ...]
    watchers: int
    appointments: int

    @property
    def before(self) -> date:
        """The day before."""
        return self.day - timedelta(days=1)

    @property
    def after(self) -> date:
        """The day after."""
        return self.day + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDay:
    """One day of the week list."""

    day: date
    appointments: tuple[Appointment, ...]


def day_view(site: Site, day: date, *, viewer: Account) -> DayView:
    """A day as a table. The hours reach as far as its appointments do."""
    appointments = list(appointments_at(site, day_span(site, day), viewer=viewer))
    shown = shown_hours(site, day, appointments)
    resources = [one for kind in IN_ROWS for one in resources_at(site, kind)]
    holds = list(holds_at(resources, shown))
    monitors = list(resources_at(site, Resource.Kind.MONITOR))
    hours = tuple(shown.starts_at + HOUR * number for number in range(round(shown.length / HOUR)))
    return DayView(
        site=site,
        day=day,
        hours=hours,
        rows=tuple(
            Row(
                resource=one, cells=cells([hold for hold in holds if hold.resource_id == one.pk], shown, site)
            )
            for one in resources
        ),
        watched=watched(monitors, hours),
        watchers=len(monitors),
        appointments=len(appointments),
    )


def shown_hours(site: Site, day: date, appointments: Iterable[Appointment]) -> Span:
    """From opening to closing, and on to the whole hour where an appointment reaches further."""
    first = moment(day, WEEKDAYS_8_TO_18.opens, site.zone)
    last = moment(day, WEEKDAYS_8_TO_18.closes, site.zone)
    for one in appointments:
        while one.starts_at < first:
            first -= HOUR
        while one.ends_at > last:
            last += HOUR
    return Span(starts_at=first, ends_at=last)


def cells(holds: Sequence[Hold], shown: Span, site: Site) -> tuple[Cell, ...]:
    """A row's cells in order; together they fill the day exactly."""
    found: list[Cell] = []
    reached, end = 0, round(shown.length / QUARTER)
    for hold in sorted(holds, key=lambda one: one.starts_at):
        first = max((hold.starts_at - shown.starts_at) // QUARTER, reached)
        last = min(-((shown.starts_at - hold.ends_at) // QUARTER), end)
        if last <= first:
            continue
        found += free(reached, first)
        away = hold.appointment.site
        found.append(Cell(quarters=last - first, hold=hold, elsewhere="" if away == site else away.name))
        reached = last
    return (*found, *free(reached, end))


def free(first: int, last: int) -> list[Cell]:
    """Free quarters from one quarter of the day up to another; the day shown begins on a whole hour."""
    return [Cell(quarters=1, on_hour=number % QUARTERS_IN_HOUR == 0) for number in range(first, last)]


def watched(monitors: Sequence[Resource], hours: Iterable[datetime]) -> tuple[Watch, ...]:
    """Hour by hour, the most sessions watched at one moment against what the nurses may watch."""
    capacity = sum(monitor.capacity for monitor in monitors)
    return tuple(Watch(busy=_busy(monitors, hour), capacity=capacity) for hour in hours)


def _busy(monitors: Sequence[Resource], hour: datetime) -> int:
    during = Span(starts_at=hour, ends_at=hour + HOUR)
    taken = taken_by_resource(monitors, during=during)
    return peak_load([span for spans in taken.values() for span in spans], during=during)


def week_list(site: Site, day: date, *, viewer: Account) -> list[WeekDay]:
    """The week of a day, Monday first, with every appointment."""
    monday = day - timedelta(days=day.weekday())
    week = day_span(site, monday, number=DAYS_IN_WEEK)
    appointments = appointments_at(site, week, viewer=viewer).order_by("starts_at")
    by_day = {
        on: tuple(group)
        for on, group in groupby(appointments, key=lambda one: _local_day(one.starts_at, site))
    }
    return [
        WeekDay(day=on, appointments=by_day.get(on, ()))
        for on in (monday + timedelta(days=number) for number in range(DAYS_IN_WEEK))
    ]


def _local_day(at: datetime, site: Site) -> date:
    return at.astimezone(site.zone).date()


def asked_day(text: str, *, today: date) -> date:
    """The day in an address, or today where it is none, or lies where no calendar reaches."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs(day - today) <= REACH else today
