"""An integration session: four headings shared with the team, and the therapist's own note apart."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from ajar.pathway.ledger.payload import Payload, entry_kind, said


class Purpose(StrEnum):
    """What the session was for (clinical.md INT-1 to INT-5)."""

    PREPARATION = "preparation"
    DOSING = "dosing"
    INTEGRATION = "integration"
    POST_SERIES = "post_series"
    BOOSTER = "booster"


class RiskRating(StrEnum):
    """The therapist's rating of risk to self or others (clinical.md 5.3, note elements)."""

    NOT_ASKED = "not_asked"
    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"

    @property
    def calls(self) -> bool:
        """Must a prescriber hear of it today?"""
        return self in (RiskRating.MODERATE, RiskRating.HIGH)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrationHeld(Payload):
    """What therapist and patient agreed to share, under the mission's four headings (S11).

    `minutes` is how long it lasted; the envelope says when it began.
    """

    KIND: ClassVar[str] = "integration.held"
    DECISIVE: ClassVar[bool] = False

    dosing_encounter_id: UUID | None
    minutes: int
    attendees: str
    insights: str
    emotions: str
    thought_patterns: str
    change: str
    home_practice: str
    patient_may_read: bool
    purpose: Purpose = Purpose.INTEGRATION

    def __post_init__(self) -> None:
        if not 1 <= self.minutes <= 300:
            raise ValueError(f"An integration session lasts 1 to 300 minutes, got {self.minutes}.")
        if not any(text.strip() for text in self.headings):
            raise ValueError("Write something under at least one of the four headings.")
        if self.purpose is Purpose.PREPARATION and self.dosing_encounter_id is not None:
            raise ValueError("A preparation session comes before the doses; it follows none.")

    @property
    def headings(self) -> tuple[str, str, str, str]:
        """The four texts in their order."""
        return (self.insights, self.emotions, self.thought_patterns, self.change)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHeld(IntegrationHeld):
    """As before, with the elements of the note and what of the checklists was covered (clinical.md 5.3).

    `covered` are ids of checklist lines. `adherence_percent` is how much of the practice at home was
    done, 0 to 100; None where nobody asked.
    """

    VERSION: ClassVar[int] = 2

    session_type: str
    intention: str
    themes: str
    affect: str
    risk: RiskRating
    scales: str
    plan: str
    covered: tuple[str, ...]
    adherence_percent: int | None

    def __post_init__(self) -> None:
        IntegrationHeld.__post_init__(self)
        said("session_type", self.session_type)
        if self.adherence_percent is not None and not 0 <= self.adherence_percent <= 100:
            raise ValueError(f"Adherence runs from 0 to 100 %, got {self.adherence_percent}.")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateNoteWritten(Payload):
    """A psychotherapy note, kept apart from the record: only its author reads it."""

    KIND: ClassVar[str] = "integration.private-note"
    PRIVATE: ClassVar[bool] = True
    DECISIVE: ClassVar[bool] = False

    text: str

    def __post_init__(self) -> None:
        said("note", self.text)
