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

from ajar.pathway.followup.cadence import DEFAULT_CADENCE, AskingCadence
from ajar.pathway.instruments.instrument import Instrument, Sourced
from ajar.pathway.ledger.payload import aware

BASELINE: Final = "baseline"

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
    cadence: AskingCadence = DEFAULT_CADENCE,
) -> Asking | None:
    """The next time to ask that does not overlap with the last answer; None once the count has ended.

    `doses` are when each dose began, `answered` when this instrument was answered, `zone` is where the
    patient counts days.
    """
    coming = askings(instrument, doses=doses, answered=answered, zone=zone, now=now, cadence=cadence)
    return next((asking for asking in coming if not asking.overlapping), None)


def askings(
    instrument: Instrument,
    *,
    doses: Sequence[datetime],
    answered: Sequence[datetime],
    zone: tzinfo,
    now: datetime,
    cadence: AskingCadence = DEFAULT_CADENCE,
) -> tuple[Asking, ...]:
    """Every asking that is still open or to come, the earliest first, overlapping ones marked."""
    aware("now", now)
    today = now.astimezone(zone).date()
    answered_on = sorted(moment.astimezone(zone).date() for moment in answered)
    if not doses:
        return _baseline(answered_on, today, cadence)
    dosed_on = max(doses).astimezone(zone).date()
    windows = pairwise(cadence.asked_days)
    found = (_after_dose(instrument, len(doses), dosed_on, window, answered_on) for window in windows)
    return tuple(
        asking
        for asking in found
        if asking.closes_on >= today and not any(asking.is_open(day) for day in answered_on)
    )


def _baseline(answered_on: Sequence[date], today: date, cadence: AskingCadence) -> tuple[Asking, ...]:
    if answered_on and today - answered_on[-1] <= cadence.baseline_within:
        return ()
    closes_on = today + cadence.baseline_within
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
