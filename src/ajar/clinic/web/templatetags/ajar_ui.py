"""Template tags behind the components: icons, ages, due times, clocks with their zone, themes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from ajar.clinic.web.spans import AGO, GRACE_MIN, LATE, LEFT, SOON_MIN, Due, Freshness, age, due, freshness

register = template.Library()

THEMES: Final = ("auto", "light", "dark", "contrast")
THEME_COOKIE: Final = "ajar-theme"
ICONS: Final[Mapping[str, SafeString]] = {
    name: mark_safe(drawing)  # noqa: S308 - drawings written here, nothing from outside
    for name, drawing in {
        "check": '<path d="M4 12l5 6L20 6"/>',
        "stop": '<path d="M8 3h8l5 5v8l-5 5H8l-5-5V8z"/><path d="M8 12h8"/>',
        "precaution": '<path d="M12 3l10 18H2z"/><path d="M12 10v5M12 17.5v1"/>',
        "needs_information": '<circle cx="12" cy="12" r="9"/><path d="M9 9.5a3 3 0 1 1 3 3.5v1.5M12 17v1"/>',
        "info": '<circle cx="12" cy="12" r="9.5"/><path d="M12 11v6M12 7v1"/>',
        "clock": '<circle cx="12" cy="12" r="9.5"/><path d="M12 6v6l4 3"/>',
        "high": '<path d="M12 3l10 18H2z" fill="currentColor"/>',
        "medium": '<path d="M12 2l10 10-10 10L2 12z" fill="currentColor"/>',
        "low": '<circle cx="12" cy="12" r="8" fill="currentColor"/>',
        "undo": '<path d="M9 5L4 10l5 5"/><path d="M4 10h10a6 6 0 0 1 0 12h-3"/>',
        "back": '<path d="M15 4l-8 8 8 8"/>',
        "backspace": '<path d="M8 5h13v14H8l-6-7z"/><path d="M12 9l5 6M17 9l-5 6"/>',
        "hand": '<path d="M7 12V6a1.5 1.5 0 0 1 3 0v5V4a1.5 1.5 0 0 1 3 0v7V6a1.5 1.5 0 0 1 3 0v9"/>'
        '<path d="M16 15a6 6 0 0 1-11 3l-3-5c1-1 3 0 4 1z"/>',
        "open": '<circle cx="12" cy="12" r="8"/>',
        "half": '<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/>',
        "full": '<circle cx="12" cy="12" r="8" fill="currentColor"/>',
        "off": '<circle cx="12" cy="12" r="8"/><path d="M6.5 17.5l11-11"/>',
    }.items()
}
VERDICT_OF_NOTICE: Final = {"success": "done", "error": "stop", "warning": "stop"}
STAGE_LOOK: Final[Mapping[str, tuple[str, str]]] = {
    "planned": ("open", "open"),
    "arrived": ("near", "open"),
    "ready": ("near", "half"),
    "dosing": ("active", "full"),
    "observed": ("active", "half"),
    "recovered": ("near", "check"),
    "discharged": ("done", "check"),
    "cancelled": ("off", "off"),
}
STAGE_WORDS: Final[Mapping[str, Promise]] = {
    "planned": _("Planned"),
    "arrived": _("Arrived"),
    "ready": _("Ready"),
    "dosing": _("Dosing"),
    "observed": _("Observed"),
    "recovered": _("Recovered"),
    "discharged": _("Discharged"),
    "cancelled": _("Cancelled"),
}
GRADES: Final = {"high": 4, "moderate": 3, "low": 2, "very low": 1, "no evidence": 0}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small drawing that never carries meaning alone: hidden from screen readers."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', ICONS[name]
    )


def _chosen_theme(context: Context) -> str:
    request = context.get("request")
    chosen = request.COOKIES.get(THEME_COOKIE, "auto") if request else "auto"
    return chosen if chosen in THEMES else "auto"


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The theme this person chose, else what the device says."""
    return _chosen_theme(context)


@register.simple_tag(takes_context=True)
def floor_theme(context: Context) -> str:
    """Dark on the floor, unless high contrast was asked for."""
    return "contrast" if _chosen_theme(context) == "contrast" else "dark"


@register.simple_tag(takes_context=True)
def age_words(context: Context) -> SafeString:
    """Attributes for <body>: the server's clock and the words for ages, for app.js."""
    spans = {"ago": AGO, "left": LEFT, "late": LATE}
    pairs = [(f"{kind}-{unit}", str(words)) for kind, units in spans.items() for unit, words in units.items()]
    pairs += [("now", context["now"].isoformat()), ("soon-min", str(SOON_MIN)), ("grace-min", str(GRACE_MIN))]
    return format_html_join(" ", 'data-{}="{}"', pairs)


@register.simple_tag(takes_context=True)
def age_of(context: Context, at: datetime) -> SafeString:
    """<time>6 min ago</time>, kept up to date by app.js; the full moment with its zone is in the title."""
    return format_html(
        '<time data-age datetime="{}" title="{}">{}</time>',
        at.isoformat(),
        _day_and_clock(context, at),
        age(at, now=context["now"]),
    )


@register.simple_tag(takes_context=True)
def due_seen(context: Context, at: datetime) -> Due:
    """The due time from now: state and words."""
    return due(at, now=context["now"])


@register.simple_tag(takes_context=True)
def freshness_of(context: Context, at: datetime | None, due_after_min: float | str | None) -> Freshness:
    """Whether a value is still to be trusted as current."""
    minutes = float(due_after_min) if due_after_min not in (None, "") else None
    return freshness(at, due_after_min=minutes, now=context["now"])


def _local(context: Context, at: datetime) -> datetime:
    """In the site's time where a site is known, else in the time zone the view activated."""
    site = context.get("site")
    return timezone.localtime(at, site.zone if site else None)


def _day_and_clock(context: Context, at: datetime) -> str:
    local = _local(context, at)
    return f"{date_format(local, 'D j M Y, H:i')} {local.tzname()}"


@register.simple_tag(takes_context=True)
def clock(context: Context, at: datetime) -> SafeString:
    """<time>15:42 PDT</time>."""
    local = _local(context, at)
    return format_html('<time datetime="{}">{} {}</time>', at.isoformat(), f"{local:%H:%M}", local.tzname())


@register.simple_tag(takes_context=True)
def hour(context: Context, at: datetime) -> SafeString:
    """<time>15:42</time>, where the page has said the zone already."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), _local(context, at).strftime("%H:%M"))


@register.simple_tag(takes_context=True)
def day_and_clock(context: Context, at: datetime) -> SafeString:
    """<time>Tue 3 Mar 2026, 15:42 PST</time>."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), _day_and_clock(context, at))


@register.simple_tag(takes_context=True)
def day_clock(context: Context, at: datetime) -> SafeString:
    """The clock alone where the moment is today, the day as well where it is not."""
    today = _local(context, context["now"]).date()
    return clock(context, at) if _local(context, at).date() == today else day_and_clock(context, at)


@register.simple_tag
def day(on: date) -> SafeString:
    """<time>Tue 3 Mar 2026</time> for a calendar day."""
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), date_format(on, "D j M Y"))


@register.filter
def notice_kind(level_tag: str) -> str:
    """How a message of Django's looks here."""
    return VERDICT_OF_NOTICE.get(level_tag, "info")


@register.filter
def stage_weight(stage: str) -> str:
    """How heavily a stage is drawn: the drug at work weighs most."""
    return STAGE_LOOK[str(stage)][0]


@register.filter
def stage_icon(stage: str) -> str:
    """The drawing beside a stage's name."""
    return STAGE_LOOK[str(stage)][1]


@register.filter
def stage_words(stage: str) -> Promise:
    """A stage's name, as people say it."""
    return STAGE_WORDS[str(stage)]


@register.filter
def grade_dots(grade: str) -> list[bool]:
    """Four dots, filled as far as the evidence goes."""
    filled = GRADES[str(grade).lower()]
    return [position < filled for position in range(4)]


@register.filter
def initials(name: str) -> str:
    """'MG' for 'Maria Garcia'."""
    words = [word for word in str(name).split() if word[:1].isalpha()]
    return "".join(word[0].upper() for word in (words[:1] + words[-1:] if len(words) > 1 else words))


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """A mapping's value for a key, or nothing."""
    return mapping.get(key)
