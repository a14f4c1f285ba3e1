"""A questionnaire as it was answered: the items, never only the total (clinical.md MBC-1)."""

from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import ClassVar

from ajar.pathway.ledger.payload import Payload, entry_kind, said


class Mode(StrEnum):
    """Who held the pen. Modes are never mixed silently on one line (practice.md pain 25)."""

    SELF_WEB = "self_web"  # own phone or computer, by link or quiz
    SELF_PORTAL = "self_portal"
    KIOSK = "kiosk"
    STAFF_READ = "staff_read"
    CLINICIAN = "clinician"
    PHONE = "phone"  # asked by staff over the telephone or by video

    @property
    def label(self) -> str:
        """The mode as people say it."""
        return self.value.replace("_", " ")


class TextFrom(StrEnum):
    """Whose printed words the person answering saw."""

    SHIPPED = "shipped"  # the text that comes with the program
    CLINIC = "clinic"  # a text that the clinic put in under its own permission
    ELSEWHERE = "elsewhere"  # paper, an interview guide: only item numbers were on the screen


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireAnswered(Payload):
    """Item answers in the instrument's own order; None is an unanswered item, not a zero.

    Read for entries of the first years; what is recorded now is a `QuestionnaireRecorded`.
    """

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


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireRecorded(QuestionnaireAnswered):
    """As before, and what a later reader needs to judge the answers (clinical.md MBC-1).

    `recall_days` is the recall window in days, 0 for an observation of now. `licence` is the standing of
    the instrument's licence when it was answered, `attribution` names whose text it was.
    """

    VERSION: ClassVar[int] = 2

    recall_days: float
    licence: str
    text_from: TextFrom
    attribution: str
    rulebook_version: str

    def __post_init__(self) -> None:
        QuestionnaireAnswered.__post_init__(self)
        said("licence", self.licence)
        said("rulebook_version", self.rulebook_version)
        if not 0 <= self.recall_days < inf:
            raise ValueError(f"recall_days must be 0 or more, got {self.recall_days}.")
        if self.text_from is TextFrom.CLINIC:
            said("attribution of the clinic's own text", self.attribution)
