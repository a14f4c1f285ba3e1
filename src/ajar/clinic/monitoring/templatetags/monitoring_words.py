"""Words of the monitoring room for templates."""

from datetime import datetime, timedelta
from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ajar.pathway.observations.vitals import BOUNDS, VitalsMeasured

register = template.Library()


@register.filter
def vitals_words(vitals: VitalsMeasured) -> str:
    """'142/88 mmHg, 80 /min, 97 %'."""
    values = vitals.values()
    low = values.pop("diastolic_mmhg", None)
    high = values.pop("systolic_mmhg", None)
    words = [f"{value:g} {BOUNDS[name].unit}" for name, value in values.items()]
    pressure = [] if high is None or low is None else [f"{high:g}/{low:g} mmHg"]
    return ", ".join([*pressure, *words])


@register.filter
def short_age(at: datetime, now: datetime) -> str:
    """'12 s', '6 min', '1 h 5 min': as static/monitoring/live.js counts on."""
    seconds = max(now - at, timedelta(0)) // timedelta(seconds=1)
    if seconds < 60:
        return f"{seconds} s"
    minutes = seconds // 60
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


@register.filter
def spaced(word: str) -> str:
    """'rate_changed' as people write it."""
    return str(word).replace("_", " ")


@register.filter
def split_bar(words: str) -> list[str]:
    """'a|b' as a list."""
    return words.split("|")


@register.simple_tag
def once() -> SafeString:
    """The form's own key: whoever sends it twice records it once (monitoring/once.py)."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid4())


@register.filter
def initials(name: str) -> str:
    """'Dana Ruiz, RN' as 'D.R.': for a wall that many read."""
    parts = str(name).split(",")[0].split()
    return "".join(f"{part[0]}." for part in (parts[0], parts[-1])[: len(parts)]) if parts else ""


@register.filter
def waited(seconds: float) -> str:
    """'45 s', '3 min 5 s'."""
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"
