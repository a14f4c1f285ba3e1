"""Spans of time and how many of them overlap: the rule behind every hold.

Spans are half-open: one that ends at 10:00 leaves room for one that starts at 10:00.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ajar.pathway.ledger.payload import aware


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """From a moment up to, not including, a later one; kept in UTC."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        aware("starts_at", self.starts_at)
        aware("ends_at", self.ends_at)
        # In UTC, because two times of one zone are compared by their wall clocks, which repeat in autumn.
        object.__setattr__(self, "starts_at", self.starts_at.astimezone(UTC))
        object.__setattr__(self, "ends_at", self.ends_at.astimezone(UTC))
        if self.ends_at <= self.starts_at:
            raise ValueError(f"A span must end after it starts, got {self.starts_at} to {self.ends_at}.")

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.ends_at - self.starts_at

    def overlaps(self, other: "Span") -> bool:
        """Do the two share any moment?"""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def covers(self, moment: datetime) -> bool:
        """Does the moment lie in it?"""
        return self.starts_at <= moment < self.ends_at


def peak_load(taken: Iterable[Span], *, during: Span) -> int:
    """The most spans of `taken` that run at one moment of `during`.

    Two holds that follow each other load a nurse once, not twice, so overlaps are counted at each
    moment and not over the whole stretch. The load can only rise where a span starts.
    """
    inside = [span for span in taken if span.overlaps(during)]
    moments = [max(span.starts_at, during.starts_at) for span in inside]
    return max((sum(span.covers(moment) for span in inside) for moment in moments), default=0)


def has_room(taken: Sequence[Span], *, during: Span, capacity: int) -> bool:
    """May one more hold be taken during this span?"""
    return peak_load(taken, during=during) < capacity
