"""An integration session: four headings shared with the team, and the therapist's own note apart."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ajar.pathway.ledger.payload import Payload, entry_kind, said


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrationHeld(Payload):
    """What therapist and patient agreed to share, under the mission's four headings (S11)."""

    KIND: ClassVar[str] = "integration.held"

    dosing_encounter_id: UUID | None
    minutes: int
    attendees: str
    insights: str
    emotions: str
    thought_patterns: str
    change: str
    home_practice: str
    patient_may_read: bool

    def __post_init__(self) -> None:
        if not 1 <= self.minutes <= 300:
            raise ValueError(f"An integration session lasts 1 to 300 minutes, got {self.minutes}.")
        if not any((self.insights, self.emotions, self.thought_patterns, self.change)):
            raise ValueError("Write something under at least one of the four headings.")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateNoteWritten(Payload):
    """A psychotherapy note, kept apart from the record: only its author reads it."""

    KIND: ClassVar[str] = "integration.private-note"
    PRIVATE: ClassVar[bool] = True

    text: str

    def __post_init__(self) -> None:
        said("note", self.text)
