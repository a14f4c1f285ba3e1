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
    """The range of ordinary care with its counts, and how many sessions people came to."""
    words = _range_words(seen)
    if (came := seen.attendance) is None:
        return words
    return f"{words} " + _("People came to %(mean)s (SD %(sd)s) sessions of %(planned)s planned.") % {
        "mean": f"{came.mean_sessions.value:g}",
        "sd": f"{came.mean_sessions.between_subject_sd:g}",
        "planned": came.planned_words,
    }


def _range_words(seen: Outlook) -> str:
    low, high = seen.range
    if low is high:
        return _("In ordinary care %(share)s of %(n)s people completed.") % {
            "share": percent(low.share),
            "n": low.people,
        }
    return _(
        "In ordinary care from %(low)s (of %(n_low)s people) to %(high)s (of %(n_high)s) completed, "
        "depending on where they were counted."
    ) % {
        "low": percent(low.share),
        "n_low": low.people,
        "high": percent(high.share),
        "n_high": high.people,
    }
