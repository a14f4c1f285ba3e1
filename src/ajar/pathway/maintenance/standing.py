"""Where a patient stands in the programme: one step, and the next thing to do, from the chart alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ajar.pathway.careplan.entries import CourseOrdered, CourseStopped, SessionCancelled, SessionPlanned
from ajar.pathway.consent.entries import ConsentSigned, ConsentWithdrawn, Signatory
from ajar.pathway.discharge.entries import LeftAgainstAdvice, Released
from ajar.pathway.evaluation.entries import EvaluationSigned, HistoryAnswered
from ajar.pathway.evaluation.findings import Outcome
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.patients.facts import AntidepressantTrialRecorded


class Step(StrEnum):
    """A step of the programme, in its order."""

    SCREENED = "screened"
    EVALUATING = "in evaluation"
    NOT_ELIGIBLE = "not eligible now"
    CONSENTING = "consent open"
    PLANNING = "plan open"
    IN_COURSE = "in course"
    COURSE_DONE = "course done"
    STOPPED = "course stopped"


NEXT: Final = {
    Step.SCREENED: "Evaluate at the consultation.",
    Step.EVALUATING: "Complete and sign the evaluation.",
    Step.NOT_ELIGIBLE: "Look again when the reason for waiting has ended.",
    Step.CONSENTING: "Sign consent: patient and prescriber.",
    Step.PLANNING: "Order the course.",
    Step.IN_COURSE: "Give the next session.",
    Step.COURSE_DONE: "Follow the scores; see whether a booster is due.",
    Step.STOPPED: "Follow the scores.",
}
STEP_KINDS: Final = tuple(
    payload.KIND
    for payload in (
        HistoryAnswered,
        AntidepressantTrialRecorded,
        EvaluationSigned,
        ConsentSigned,
        ConsentWithdrawn,
        CourseOrdered,
        CourseStopped,
        SessionPlanned,
        SessionCancelled,
        Released,
        LeftAgainstAdvice,
        EnteredInError,
    )
)
"""The kinds of entry that `standing` reads: enough to list many patients without their readings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A step, with sessions given and planned where a course was ordered."""

    step: Step
    sessions_given: int = 0
    sessions_ordered: int = 0

    @property
    def words(self) -> str:
        """Such as 'in course, 3 of 6'."""
        if self.sessions_ordered:
            return f"{self.step}, {self.sessions_given} of {self.sessions_ordered}"
        return str(self.step)

    @property
    def next_step(self) -> str:
        """What to do next, in words."""
        return NEXT[self.step]


def standing(entries: Iterable[Entry]) -> Standing:
    """Read the step from a patient's entries, given in chain order."""
    told = effective(entries)
    courses = [e.payload for e in told if isinstance(e.payload, CourseOrdered)]
    if courses:
        return _of_course(told, courses[-1])
    return Standing(step=_before_course(told))


def _of_course(told: Sequence[Entry], course: CourseOrdered) -> Standing:
    of_course = {
        e.encounter_id
        for e in told
        if isinstance(e.payload, SessionPlanned) and e.payload.course_id == course.course_id
    }
    given = of_course & {e.encounter_id for e in told if isinstance(e.payload, Released | LeftAgainstAdvice)}
    called_off = of_course & {e.encounter_id for e in told if isinstance(e.payload, SessionCancelled)}
    if any(isinstance(e.payload, CourseStopped) and e.payload.course_id == course.course_id for e in told):
        step = Step.STOPPED
    elif len(given | called_off) >= course.sessions:
        step = Step.COURSE_DONE
    else:
        step = Step.IN_COURSE if _both_signed(told) else Step.CONSENTING
    return Standing(step=step, sessions_given=len(given), sessions_ordered=course.sessions)


def _before_course(told: Sequence[Entry]) -> Step:
    signed = [e.payload for e in told if isinstance(e.payload, EvaluationSigned)]
    if signed:
        if not Outcome(signed[-1].outcome).is_eligible:
            return Step.NOT_ELIGIBLE
        return Step.PLANNING if _both_signed(told) else Step.CONSENTING
    asked = any(isinstance(e.payload, HistoryAnswered | AntidepressantTrialRecorded) for e in told)
    return Step.EVALUATING if asked else Step.SCREENED


def _both_signed(told: Sequence[Entry]) -> bool:
    signatories: set[Signatory] = set()
    for entry in told:
        match entry.payload:
            case ConsentSigned(signatory=who):
                signatories.add(who)
            case ConsentWithdrawn():
                signatories.clear()
    return signatories == set(Signatory)
