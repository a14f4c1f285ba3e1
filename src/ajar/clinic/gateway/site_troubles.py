"""All that is wrong with what a site's board depends on: the server's clock and disk, and the devices."""

from datetime import datetime

from ajar.clinic.gateway.serverclock import clock_troubles
from ajar.clinic.gateway.trouble import Trouble, troubles_at
from ajar.clinic.gateway.upkeep import disk_troubles
from ajar.clinic.staff.models import Site


def troubles_of_site(site: Site, *, now: datetime) -> list[Trouble]:
    """In the order in which they are shown."""
    return [*clock_troubles(site, now=now), *disk_troubles(), *troubles_at([site], now=now)]
