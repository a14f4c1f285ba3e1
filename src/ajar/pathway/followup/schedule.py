"""When a questionnaire is asked again: counted from the last dose, and never too soon after the last answer.

Each dose starts the count anew, so that a score can be read as so many days after a dose. An asking that
comes sooner after the last answer than the recall window allows is marked, not hidden (clinical.md MBC-5):
it may be asked knowingly, and its score says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final

from ajar.pathway.followup.scores import BASELINE_WITHIN
from ajar.pathway.instruments.instrument import Instrument, Sourced
from ajar.pathway.ledger.payload import aware

BASELINE: Final = "baseline"

DAYS_AFTER_DOSE: Final = (
    Sourced(value=1, source="practice.md 4.3, point 10 (1, 3, 7, 14 days after each dose)"),
    Sourced(value=7, source="practice.md 4.3, point 10; 2.10 (every 7 days for 28)"),
    Sourced(value=14, source="practice.md 4.3, point 10; 2.10 (every 7 days for 28)"),
    Sourced(value=21, source="practice.md 2.10 (every 7 days for 28)"),
    Sourced(value=28, source="practice.md 2.10 (every 7 days for 28)"),
)
THEN_EVERY_DAYS: Final = Sourced(value=14, source="practice.md 2.10 (then every 14)")
ENDS_AFTER_DAYS: Final = Sourced(
    value=182, source="design default: half a year after the last dose", verified=False
)
ASKED_DAYS: Final = DAYS_AFTER_DOSE + tuple(
    Sourced(value=day, source=THEN_EVERY_DAYS.source)
    for day in range(
        int(DAYS_AFTER_DOSE[-1].value + THEN_EVERY_DAYS.value),
        int(ENDS_AFTER_DAYS.value + THEN_EVERY_DAYS.value) + 1,
        int(THEN_EVERY_DAYS.value),
    )
)
"""The days after a dose on which to ask; the last one only closes the window before it."""
BASELINE_SOURCE: Final = "practice.md 4.2, point 4 (first the person's own past); clinical.md MBC-3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One time at which to ask, in the patient's own days. Both ends of the window belong to it."""

    occasion: str
    due_on: date
    closes_on: date
    overlapping: bool
    source: str

    def is_open(self, day: date) -> bool:
        """May it be answered on that day?"""
        return self.due_on <= day <= self.closes_on


def next_asking(
    instrument: Instrument,
    *,
    doses: Sequence[datetime],
    answered: Sequence[datetime],
    zone: tzinfo,
    now: datetime,
) -> Asking | None:
    """The next time to ask that does not overlap with the last answer; None once the count has ended.

    `doses` are when each dose began, `answered` when this instrument was answered, `zone` is where the
    patient counts days.
    """
    coming = askings(instrument, doses=doses, answered=answered, zone=zone, now=now)
    return next((asking for asking in coming if not asking.overlapping), None)


def askings(
    instrument: Instrument,
    *,
    doses: Sequence[datetime],
    answered: Sequence[datetime],
    zone: tzinfo,
    now: datetime,
) -> tuple[Asking, ...]:
    """Every asking that is still open or to come, the earliest first, overlapping ones marked."""
    aware("now", now)
    today = now.astimezone(zone).date()
    answered_on = sorted(moment.astimezone(zone).date() for moment in answered)
    if not doses:
        return _baseline(answered_on, today)
    dosed_on = max(doses).astimezone(zone).date()
    found = (
        _after_dose(instrument, len(doses), dosed_on, window, answered_on) for window in pairwise(ASKED_DAYS)
    )
    return tuple(
        asking
        for asking in found
        if asking.closes_on >= today and not any(asking.is_open(day) for day in answered_on)
    )


def _baseline(answered_on: Sequence[date], today: date) -> tuple[Asking, ...]:
    if answered_on and today - answered_on[-1] <= BASELINE_WITHIN:
        return ()
    closes_on = today + BASELINE_WITHIN
    asking = Asking(
        occasion=BASELINE, due_on=today, closes_on=closes_on, overlapping=False, source=BASELINE_SOURCE
    )
    return (asking,)


def _after_dose(
    instrument: Instrument,
    number: int,
    dosed_on: date,
    window: tuple[Sourced, Sourced],
    answered_on: Sequence[date],
) -> Asking:
    asked, following = window
    due_on = dosed_on + timedelta(days=asked.value)
    before = [day for day in answered_on if day <= due_on]
    return Asking(
        occasion=f"after dose {number}, day {asked.value:g}",
        due_on=due_on,
        closes_on=dosed_on + timedelta(days=following.value - 1),
        overlapping=bool(before) and due_on - before[-1] < instrument.least_interval,
        source=asked.source,
    )
