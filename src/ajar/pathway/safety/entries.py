"""An adverse event as it is recorded: what, since when, how bad, what was done, how it ended, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from ajar.pathway.ledger.payload import Payload, aware, entry_kind, said
from ajar.pathway.safety.terms import BY_NAME, OTHER


class Outcome(StrEnum):
    """How it stands (FHIR AdverseEvent.outcome, as far as needed here)."""

    RESOLVED = "resolved"
    RESOLVING = "resolving"
    ONGOING = "ongoing"
    LASTING_EFFECTS = "resolved with lasting effects"
    FATAL = "fatal"
    UNKNOWN = "not known"


class Relatedness(StrEnum):
    """Whether the drug did it, in the clinician's judgement. Four steps are a design default."""

    RELATED = "related"
    POSSIBLE = "possibly related"
    UNLIKELY = "unlikely"
    UNRELATED = "not related"


class Seriousness(StrEnum):
    """Why an event is serious: the standard regulatory reasons (from general knowledge, verify)."""

    DEATH = "death"
    LIFE_THREATENING = "life-threatening"
    HOSPITAL = "hospital admission or a longer stay"
    DISABILITY = "lasting or significant disability"
    CONGENITAL = "congenital anomaly"
    IMPORTANT = "another medically important event"


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseEventRecorded(Payload):
    """One adverse event. A later entry that supersedes it says how it went on.

    `grade` is CTCAE v5, 1 to 5, by a clinician's judgement; None for a rise of blood pressure with the dose,
    which is told by `note` with its peak and duration and never by a grade (trap 27).
    """

    KIND: ClassVar[str] = "adverse-event.recorded"
    DECISIVE: ClassVar[bool] = False

    term: str  # of safety/terms.py
    grade: int | None
    onset_at: datetime
    ended_at: datetime | None
    action: str
    outcome: Outcome
    relatedness: Relatedness
    seriousness: Seriousness | None  # None: not serious
    note: str
    dictionary_version: str

    def __post_init__(self) -> None:
        if self.term not in BY_NAME:
            raise ValueError(
                f"{self.term!r} is not in the adverse-event dictionary; choose a term or {OTHER!r}."
            )
        aware("onset_at", self.onset_at)
        if self.ended_at is not None:
            aware("ended_at", self.ended_at)
            if self.ended_at < self.onset_at:
                raise ValueError("An event cannot end before it began.")
        said("what was done", self.action)
        if self.term == OTHER:
            said("what happened", self.note)
        self._refuse_wrong_grade()

    def _refuse_wrong_grade(self) -> None:
        if not BY_NAME[self.term].graded:
            if self.grade is not None:
                raise ValueError(
                    f"{self.term} is told with its peak and duration and has no grade (trap 27)."
                )
            said("peak and duration", self.note)
        elif self.grade not in (1, 2, 3, 4, 5):
            raise ValueError(f"A grade is 1 to 5, got {self.grade}.")
        dead = (self.grade == 5, self.outcome is Outcome.FATAL, self.seriousness is Seriousness.DEATH)
        if any(dead) and not all(dead):
            raise ValueError("Death is grade 5, outcome fatal and serious: all three, or none.")
        if self.grade is not None and self.grade >= 4 and self.seriousness is None:
            raise ValueError("A life-threatening event is serious: say why.")

    @property
    def serious(self) -> bool:
        """Must it be reported at once?"""
        return self.seriousness is not None
