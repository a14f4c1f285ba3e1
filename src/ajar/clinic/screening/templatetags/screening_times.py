"""Times of slots and appointments by the clock of their own site, with its zone."""

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ajar.clinic.scheduling.models import Appointment, Slot

register = template.Library()


@register.simple_tag
def slot_time(slot: Slot | Appointment) -> SafeString:
    """<time>Tuesday 3 March, 15:42 EST</time>."""
    local = slot.starts_at.astimezone(slot.site.zone)
    words = f"{date_format(local, 'l j F')}, {local:%H:%M} {local.tzname()}"
    return format_html('<time datetime="{}">{}</time>', slot.starts_at.isoformat(), words)


@register.simple_tag
def slot_clock(slot: Slot | Appointment) -> SafeString:
    """<time>15:42 EST</time>."""
    local = slot.starts_at.astimezone(slot.site.zone)
    words = f"{local:%H:%M} {local.tzname()}"
    return format_html('<time datetime="{}">{}</time>', slot.starts_at.isoformat(), words)
