"""From a forecast to its drawing."""

from collections.abc import Sequence

from django import template

from ajar.clinic.careplan.fans import Fan
from ajar.clinic.web.fan_charts import NARROW, SMALL, WIDE, FanDrawing, fan_drawing

register = template.Library()


@register.simple_tag
def small_fan(fan: Fan) -> Sequence[FanDrawing]:
    """One drawing, for several fans side by side."""
    return [fan_drawing(fan, SMALL)]


@register.simple_tag
def large_fan(fan: Fan) -> Sequence[FanDrawing]:
    """Two drawings, for wide and for narrow places; the page shows the one that fits."""
    return [fan_drawing(fan, frame) for frame in (WIDE, NARROW)]


@register.filter
def spread(values: Sequence[float], digits: int) -> str:
    """First and last of some values, as "4 to 52"."""
    return f"{values[0]:.{digits}f}–{values[-1]:.{digits}f}"
