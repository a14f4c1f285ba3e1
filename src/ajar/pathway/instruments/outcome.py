"""What comes of answers: a total, or why there is none; a screen's verdict; a triage colour; a warning."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range of totals and its name. A total on an edge that two bands share belongs to the lower one."""

    id: str
    label: str
    lowest: float
    highest: float


def total_text(total: float) -> str:
    """A total as people write it: whole where it is whole, else with two decimals at most."""
    return f"{round(total, 2):.10g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A total that may be reported. `filled` names the items that were filled with the mean.

    `notes` say what a reader must know beside the number.
    """

    instrument_id: str
    total: float
    band: Band
    filled: tuple[int, ...] = ()
    subscales: Mapping[str, float] = field(default_factory=dict, hash=False)
    notes: tuple[str, ...] = ()

    @property
    def prorated(self) -> bool:
        """Was any item filled in?"""
        return bool(self.filled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscored:
    """No total, and the items (counted from 1) that would have been needed."""

    instrument_id: str
    missing: tuple[int, ...]
    because: str
    subscales: Mapping[str, float] = field(default_factory=dict, hash=False)


class Level(StrEnum):
    """How pressing a triage is, by the colour on its form."""

    NONE = "none"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Triaged:
    """A colour instead of a total, with the items (counted from 1) that led to it and what to do."""

    instrument_id: str
    level: Level
    because: tuple[int, ...]
    action: str
    source: str


Outcome = Scored | Unscored | Triaged


class Verdict(StrEnum):
    """What a screen says. Unknown is never negative."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEEDS_INFORMATION = "needs information"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """A screen's verdict, the rule in words, and its source. Never a diagnosis."""

    verdict: Verdict
    rule: str
    source: str
    verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A safety item that was answered above its threshold."""

    instrument_id: str
    item: int
    answer: int
    about: str
    urgent: bool
    rule_id: str
    source: str
