"""A questionnaire as it was answered: the items, never only the total (clinical.md MBC-1)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from ajar.pathway.ledger.payload import Payload, entry_kind, said


class Mode(StrEnum):
    """Who held the pen. Modes are never mixed silently on one line (practice.md pain 25)."""

    SELF_WEB = "self_web"  # own phone or computer, by link or quiz
    SELF_PORTAL = "self_portal"
    KIOSK = "kiosk"
    STAFF_READ = "staff_read"
    CLINICIAN = "clinician"

    @property
    def label(self) -> str:
        """The mode as people say it."""
        return self.value.replace("_", " ")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireAnswered(Payload):
    """Item answers in the instrument's own order; None is an unanswered item, not a zero."""

    KIND: ClassVar[str] = "questionnaire.answered"
    DECISIVE: ClassVar[bool] = False

    instrument: str  # the instrument's id, such as "phq-9"
    instrument_version: str
    language: str  # BCP 47
    mode: Mode
    items: tuple[int | None, ...]
    recall: str  # such as "2 weeks"
    occasion: str  # why it was asked: "screening", "baseline", "after dose 3, day 7"

    def __post_init__(self) -> None:
        said("instrument", self.instrument)
        said("language", self.language)
        if not self.items:
            raise ValueError("A questionnaire needs at least one item.")
