"""Shares and counts of completed courses, in words."""

from django import template
from django.utils.translation import gettext as _

from ajar.pharmacology.completion import Outlook

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """A share from 0 to 1 as "61 %"."""
    return f"{share * 100:.0f}\u00a0%"


@register.simple_tag
def completion_words(seen: Outlook) -> str:
    """The range of ordinary care, and how many sessions people came to, in one or two sentences."""
    low, high = seen.range
    words = (
        _("In ordinary care %(share)s completed.") % {"share": percent(low)}
        if low == high
        else _(
            "In ordinary care between %(low)s and %(high)s completed, depending on where they were counted."
        )
        % {"low": percent(low), "high": percent(high)}
    )
    if (came := seen.attendance) is None:
        return words
    return f"{words} " + _("People came to %(mean)s (SD %(sd)s) sessions of %(planned)s planned.") % {
        "mean": f"{came.mean_sessions.value:g}",
        "sd": f"{came.mean_sessions.between_subject_sd:g}",
        "planned": came.planned_words,
    }
