"""What an evaluation records beside the facts: history answers, accepted precautions, the conclusion."""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import ClassVar

from ajar.pathway.ledger.payload import Payload, entry_kind, said


class Answer(StrEnum):
    """Missing is not "no": an unasked question has no entry, an unanswerable one says so."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryAnswered(Payload):
    """One history question of evaluation/history.py and its answer."""

    KIND: ClassVar[str] = "history.answered"

    question: str
    answer: Answer
    detail: str = ""

    def __post_init__(self) -> None:
        said("question", self.question)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreReported(Payload):
    """An instrument's result without its items, as somebody else reported it: a total, or a triage colour.

    Where the items are known, `questionnaire.answered` is recorded instead (clinical.md MBC-1).
    `instrument` is an id such as "stop-bang"; `level` is none, yellow, orange or red.
    """

    KIND: ClassVar[str] = "score.reported"

    instrument: str
    total: float | None = None
    level: str = ""
    reported_by: str = ""

    def __post_init__(self) -> None:
        said("instrument", self.instrument)
        if self.total is None and not self.level.strip():
            raise ValueError("A reported score needs a total or a level.")
        if self.total is not None and not isfinite(self.total):
            raise ValueError(f"total must be finite, got {self.total}.")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationAskedFor(Payload):
    """What somebody is evaluated for: the product, what it would treat, and who would pay."""

    KIND: ClassVar[str] = "evaluation.asked-for"
    DECISIVE: ClassVar[bool] = False

    product: str
    indication: str  # a products.Indication value, or "" where nobody has said yet
    payer: str = ""

    def __post_init__(self) -> None:
        said("product", self.product)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class FindingAccepted(Payload):
    """A precaution accepted by a named clinician, with the reason. A HARD_STOP cannot be."""

    KIND: ClassVar[str] = "finding.accepted"

    rule_id: str
    rulebook_version: str
    because: str
    datum: str  # the datum the finding stood on when it was accepted

    def __post_init__(self) -> None:
        said("rule_id", self.rule_id)
        said("because", self.because)


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSigned(Payload):
    """The prescriber's conclusion, with the findings it was reached on."""

    KIND: ClassVar[str] = "evaluation.signed"

    outcome: str  # an evaluation.findings.Outcome value
    indication: str
    product: str
    jurisdiction: str
    rulebook_version: str
    findings: tuple[str, ...]  # rule ids that stood, accepted or not
    summary: str
    meaning: str  # what the signature means (21 CFR 11.50)
