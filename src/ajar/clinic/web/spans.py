"""How long ago and how long until, in the words the screens use.

The same templates are handed to the browser (see `age_words` in templatetags/ajar_ui.py), so a value that
ages on an open page says what a reload would say.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MINUTE_S: Final = 60
HOUR_S: Final = 3_600
DAY_S: Final = 86_400
SOON_MIN: Final = 5
"""A due time this close is announced (design default)."""
GRACE_MIN: Final = 5
"""Minutes past its interval after which a value is overdue (practice.md 4.1, rule 9)."""

AGO: Final[dict[str, Promise]] = {
    "now": _("just now"),
    "min": _("{m} min ago"),
    "h": _("{h} h {m} min ago"),
    "d": _("{d} d ago"),
}
LEFT: Final[dict[str, Promise]] = {
    "now": _("now"),
    "min": _("in {m} min"),
    "h": _("in {h} h {m} min"),
    "d": _("in {d} d"),
}
LATE: Final[dict[str, Promise]] = {
    "now": _("now"),
    "min": _("{m} min late"),
    "h": _("{h} h {m} min late"),
    "d": _("{d} d late"),
}


class Freshness(StrEnum):
    """What the age of a value means for whoever reads it."""

    FRESH = "fresh"
    STALE = "stale"
    OVERDUE = "overdue"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A due time seen from now."""

    state: str
    words: str


def _fill(words: dict[str, Promise], span: timedelta) -> str:
    """The largest unit that fits, rounded down; seconds are never shown."""
    span_s = int(span.total_seconds())
    unit = next(
        (
            name
            for name, at_least_s in (("d", 2 * DAY_S), ("h", HOUR_S), ("min", MINUTE_S))
            if span_s >= at_least_s
        ),
        "now",
    )
    minutes = span_s % HOUR_S // MINUTE_S
    return str(words[unit]).format(d=span_s // DAY_S, h=span_s // HOUR_S, m=minutes)


def age(at: datetime, *, now: datetime) -> str:
    """'6 min ago'. A moment in the future (a device with a wrong clock) reads as 'just now'."""
    return _fill(AGO, max(now - at, timedelta(0)))


def due(at: datetime, *, now: datetime) -> Due:
    """'in 4 min' or '6 min late', with the state that the page marks."""
    if now - at >= timedelta(minutes=1):
        return Due(state="late", words=_fill(LATE, now - at))
    state = "soon" if at - now <= timedelta(minutes=SOON_MIN) else "ahead"
    return Due(state=state, words=_fill(LEFT, max(at - now, timedelta(0))))


def freshness(at: datetime | None, *, due_after_min: float | None, now: datetime) -> Freshness:
    """Fresh within its interval, stale for the grace minutes, then overdue. No interval: always fresh."""
    if at is None:
        return Freshness.ABSENT
    if due_after_min is None or now - at <= timedelta(minutes=due_after_min):
        return Freshness.FRESH
    late = now - at > timedelta(minutes=due_after_min + GRACE_MIN)
    return Freshness.OVERDUE if late else Freshness.STALE
