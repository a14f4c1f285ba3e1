"""The server's and devices' troubles on the board, which stands on a lower floor and knows no gateway."""

from typing import Any

from django import template

from ajar.clinic import clock
from ajar.clinic.gateway.site_troubles import troubles_of_site
from ajar.clinic.staff.models import Site

register = template.Library()


@register.inclusion_tag("gateway/troubles.html")
def device_troubles(site: Site) -> dict[str, Any]:
    """What is wrong at this site now, asked again every few seconds while the page is open."""
    return {"site": site, "troubles": troubles_of_site(site, now=clock.now())}
