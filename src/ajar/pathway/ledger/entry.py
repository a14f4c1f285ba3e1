"""An entry: one fact, when it happened, when and by whom it was recorded, and what it corrects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ajar.pathway.ledger.payload import EnteredInError, Payload, aware, said


class AuthorKind(StrEnum):
    """Who can record."""

    STAFF = "staff"
    PATIENT = "patient"
    DEVICE = "device"
    SYSTEM = "system"


class Source(StrEnum):
    """How the fact arrived."""

    KEYBOARD = "keyboard"
    LINK = "link"  # a questionnaire answered by link, without sign-in
    PORTAL = "portal"
    DEVICE = "device"
    IMPORT = "import"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who recorded, with the printed name as it was then."""

    kind: AuthorKind
    id: str
    name: str

    def __post_init__(self) -> None:
        said("author id", self.id)
        said("author name", self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """A fact about to be recorded. The ledger adds its place, its time of record and its digest.

    `source_ref` names the message or resource it came from; the ledger keeps each reference once,
    so a message delivered twice is recorded once.
    """

    payload: Payload
    happened_at: datetime
    encounter_id: UUID | None = None
    source: Source = Source.KEYBOARD
    source_ref: str = ""
    supersedes: UUID | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        aware("happened_at", self.happened_at)
        if self.supersedes is not None:
            said("the reason for a correction", self.reason)
        elif isinstance(self.payload, EnteredInError):
            raise ValueError("An entered-in-error entry must name the entry it takes back.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A recorded fact in its place in the patient's chain."""

    id: UUID
    patient_id: UUID
    position: int
    encounter_id: UUID | None
    payload: Payload
    happened_at: datetime
    recorded_at: datetime
    recorded_by: Author
    source: Source
    source_ref: str
    supersedes: UUID | None
    reason: str
    previous_digest: str
    digest: str


def effective(entries: Iterable[Entry]) -> list[Entry]:
    """The entries as they stand: each correction in the place of what it corrects.

    `entries` come in chain order. What was entered in error is gone; a corrected entry appears once,
    as corrected, where the first one stood, so that a fold sees the visit in its own order.
    """
    standing: dict[UUID, Entry | None] = {}
    place: dict[UUID, UUID] = {}
    for entry in entries:
        if entry.supersedes is None or entry.supersedes not in place:
            place[entry.id] = entry.id
            standing[entry.id] = entry
            continue
        first = place[entry.supersedes]
        place[entry.id] = first
        standing[first] = None if isinstance(entry.payload, EnteredInError) else entry
    return [entry for entry in standing.values() if entry is not None]


def history_of(entry: Entry, entries: Sequence[Entry]) -> list[Entry]:
    """What `entry` replaced, newest first: the old values stay visible."""
    by_id = {candidate.id: candidate for candidate in entries}
    older: list[Entry] = []
    current = entry
    while current.supersedes is not None and current.supersedes in by_id:
        current = by_id[current.supersedes]
        older.append(current)
    return older
