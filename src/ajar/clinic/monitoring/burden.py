"""The alarm load of each site in one week, computed from the entries of its sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.rows import entry_of
from ajar.clinic.monitoring.selectors import watchings
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.monitoring.load import Load, SessionLoad, load_of, session_load
from ajar.pathway.monitoring.plans import cadence_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLoad:
    """One site's week."""

    site: Site
    load: Load


def monday_of(day: date) -> date:
    """The Monday of this day's week."""
    return day - timedelta(days=day.weekday())


def loads_in_week(viewer: Account, monday: date, *, now: datetime) -> list[SiteLoad]:
    """Each of the viewer's places, in the week that begins on this Monday of its own clock."""
    return [
        SiteLoad(site=site, load=load_of(sessions_in_week(site, monday, now=now)))
        for site in viewer.sites.filter(telehealth=False)
    ]


def sessions_in_week(site: Site, monday: date, *, now: datetime) -> Iterable[SessionLoad]:
    """The load of each session whose patient arrived in that week, told one after the other."""
    begins = datetime.combine(monday, time(), tzinfo=site.zone)
    ends = datetime.combine(monday + timedelta(days=7), time(), tzinfo=site.zone)
    rows = list(DosingNow.objects.filter(site=site, arrived_at__gte=begins, arrived_at__lt=ends))
    plans = watchings(rows)
    for row in rows:
        watching = plans[row.pk]
        ours = watching.programme
        yield session_load(
            told_of(row),
            limits=ours.alarms,
            plan=cadence_of(row.product, jurisdiction=watching.jurisdiction, cadences=ours.observations),
            now=now,
            needs=watching.needs,
        )


def told_of(row: DosingNow) -> list[Entry]:
    """Everything recorded of one session, in that order."""
    return [entry_of(one) for one in LedgerEntry.objects.filter(encounter_id=row.pk).order_by("seq")]
