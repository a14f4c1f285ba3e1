"""The devices' troubles on the board, which stands on a lower floor and knows no gateway."""

from typing import Any

from django import template
from django.utils import timezone

from ajar.clinic.gateway.trouble import troubles_at
from ajar.clinic.staff.models import Site

register = template.Library()


@register.inclusion_tag("gateway/troubles.html")
def device_troubles(site: Site) -> dict[str, Any]:
    """What is wrong with the devices of a site now, asked again every few seconds while the page is open."""
    return {"site": site, "troubles": troubles_at([site], now=timezone.now())}
