"""Is a device's clock right? Told from what it says the time is, against when its messages arrive.

One message proves nothing: it may have waited on its way. Several that are off by the same span do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """How far a clock may be off, and what is steady. All are design defaults.

    `tolerance` is the same as for a reading dated in the future. Samples are taken at least `apart`, so
    that messages which waited together and come at once do not look like a wrong clock.
    """

    tolerance: timedelta = timedelta(minutes=2)
    steady: timedelta = timedelta(seconds=20)
    samples: int = 5
    apart: timedelta = timedelta(seconds=15)


DEFAULT_CLOCK_RULE: Final = ClockRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """When a message arrived, and how far ahead of that the device said it was (negative: behind)."""

    arrived_at: datetime
    ahead: timedelta


def with_sample(
    known: Sequence[Sample], new: Sample, rule: ClockRule = DEFAULT_CLOCK_RULE
) -> tuple[Sample, ...]:
    """The newest samples, oldest first; one that comes too soon after the last changes nothing.

    Where the arrival jumps back (the server's own clock was set), what was known counts no more.
    """
    if not known or new.arrived_at < known[-1].arrived_at:
        return (new,)
    if new.arrived_at - known[-1].arrived_at < rule.apart:
        return tuple(known)
    return (*known, new)[-rule.samples :]


def steadily_ahead(samples: Sequence[Sample], rule: ClockRule = DEFAULT_CLOCK_RULE) -> timedelta | None:
    """By how much the clock is wrong (negative: behind); None while it is right or not known."""
    if len(samples) < rule.samples:
        return None
    spans = [sample.ahead for sample in samples]
    if max(spans) - min(spans) > rule.steady:
        return None
    ahead = timedelta(seconds=median(span.total_seconds() for span in spans))
    return ahead if off(ahead, rule) else None


def off(ahead: timedelta, rule: ClockRule = DEFAULT_CLOCK_RULE) -> bool:
    """Is this more than a clock may be off?"""
    return abs(ahead) > rule.tolerance


def span_words(ahead: timedelta) -> str:
    """How far a clock is off, in words: '61 min ahead', '3 min behind'."""
    minutes = round(abs(ahead.total_seconds()) / 60)
    return f"{minutes} min {'ahead' if ahead > timedelta(0) else 'behind'}"
