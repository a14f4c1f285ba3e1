"""A patient may stop being asked, and may come back to it (features.md H14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import EnteredInError, Payload, entry_kind


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnairesStopped(Payload):
    """The patient does not want to be sent questionnaires. `words` is what they said; nobody has to."""

    KIND: ClassVar[str] = "questionnaires.stopped"
    DECISIVE: ClassVar[bool] = False

    words: str


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnairesResumed(Payload):
    """The patient wants to be asked again."""

    KIND: ClassVar[str] = "questionnaires.resumed"
    DECISIVE: ClassVar[bool] = False

    words: str


STOP_KINDS: Final = (QuestionnairesStopped.KIND, QuestionnairesResumed.KIND, EnteredInError.KIND)
"""The kinds of entry that `stopped_since` reads."""


def stopped_since(entries: Iterable[Entry]) -> datetime | None:
    """Since when the patient is not asked; None where they are. `entries` come in chain order."""
    since = None
    for entry in effective(entries):
        if isinstance(entry.payload, QuestionnairesStopped):
            since = since or entry.happened_at
        elif isinstance(entry.payload, QuestionnairesResumed):
            since = None
    return since
