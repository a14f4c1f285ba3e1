"""What is seen and done while the patient is watched, beside the readings themselves."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final

from ajar.pathway.ledger.payload import Payload, entry_kind, said

MOST_PAUSED_S: Final = 120
"""A sound rests two minutes at most (practice.md 4.1, rule 5)."""


class Severity(StrEnum):
    """As the nurse grades it at the chair; CTCAE grading is a later, separate act (trap 27)."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class Priority(StrEnum):
    """How soon someone must come (IEC 60601-1-8 as monitors implement it, practice.md 4.1)."""

    rank: int
    """0 is the most pressing."""

    def __new__(cls, word: str, rank: int) -> "Priority":
        """A priority with its word and its rank."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.rank = rank
        return member

    HIGH = "high", 0
    MEDIUM = "medium", 1
    LOW = "low", 2


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class EventNoted(Payload):
    """Something happened: nausea, distress, a change of music, an antiemetic given."""

    KIND: ClassVar[str] = "event.noted"
    DECISIVE: ClassVar[bool] = False

    event: str  # a term of monitoring/events.py, or free text
    severity: Severity | None
    action: str
    note: str = ""
    serious: bool = False

    def __post_init__(self) -> None:
        said("event", self.event)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmAcknowledged(Payload):
    """Someone has seen it. Acknowledged is not resolved."""

    KIND: ClassVar[str] = "alarm.acknowledged"
    DECISIVE: ClassVar[bool] = False

    alarm: str  # the condition's key, such as "ALM-1 systolic_mmhg"
    priority: Priority
    message: str


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmResolved(Payload):
    """What was done about it."""

    KIND: ClassVar[str] = "alarm.resolved"
    DECISIVE: ClassVar[bool] = False

    alarm: str
    priority: Priority
    message: str
    action: str

    def __post_init__(self) -> None:
        said("action", self.action)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmEscalated(Payload):
    """Nobody had seen a high alarm in time: the next person was told, by name."""

    KIND: ClassVar[str] = "alarm.escalated"
    DECISIVE: ClassVar[bool] = False

    alarm: str
    priority: Priority
    message: str
    rung: str  # whom the policy names, such as "the prescriber on duty"
    told: str  # the person; "" where the site has none
    unseen_since: datetime
    version: str

    def __post_init__(self) -> None:
        said("rung", self.rung)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rested:
    """One alarm whose sound rests, at the priority it had then."""

    alarm: str
    priority: Priority


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class SoundPaused(Payload):
    """Someone let the sound of this room rest, for so many seconds, for what stood then."""

    KIND: ClassVar[str] = "alarm.sound_paused"
    DECISIVE: ClassVar[bool] = False

    lasts_s: float
    covers: tuple[Rested, ...]

    def __post_init__(self) -> None:
        if not 0 < self.lasts_s <= MOST_PAUSED_S:
            raise ValueError(
                f"lasts_s must be above 0 and at most {MOST_PAUSED_S:g} seconds, got {self.lasts_s:g}."
            )
