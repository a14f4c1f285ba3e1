"""Invented lives: where each synthetic patient stands when the clinic opens. Pure data."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ajar.pathway.evaluation.products import Product


class Chapter(StrEnum):
    """How far a story goes."""

    BOOKED = "booked a consultation"
    AT_RISK = "booked, with a risk answer"
    EVALUATING = "evaluation begun"
    DEFERRED = "waits for a lower blood pressure"
    CONTRAINDICATED = "cannot be treated"
    CONSENT_OPEN = "evaluated"
    PLAN_OPEN = "consented"
    IN_COURSE = "in course"
    TODAY = "session today"
    DONE = "course done"
    WITHDRAWN = "consent withdrawn"


class Today(StrEnum):
    """How far today's session has got."""

    PLANNED = "planned"
    ARRIVED = "arrived"
    DOSING = "dosing"
    OBSERVED = "observed"
    RELEASED = "released"


class Answer(StrEnum):
    """How scores move over a course."""

    REMITS = "remits"
    RESPONDS = "responds"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One patient's story. `sessions` are those given before today."""

    chapter: Chapter
    site: str
    product: Product = Product.KETAMINE_IV
    sessions: int = 0
    today: Today | None = None
    answer: Answer = Answer.RESPONDS
    days_since_course: int = 0
    signs_in: bool = False
    language: str = "en"


IV, NASAL = Product.KETAMINE_IV, Product.ESKETAMINE_IN
IM, LOZENGE = Product.KETAMINE_IM, Product.KETAMINE_SL_CLINIC
NY, MI = "new-york", "miami"

PLOTS: Final[tuple[Plot, ...]] = (
    # Today's sessions: the board is never empty.
    Plot(chapter=Chapter.TODAY, site=NY, product=IV, sessions=2, today=Today.DOSING),
    Plot(
        chapter=Chapter.TODAY, site=NY, product=NASAL, sessions=4, today=Today.OBSERVED, answer=Answer.PARTLY
    ),
    Plot(chapter=Chapter.TODAY, site=NY, product=IV, sessions=0, today=Today.ARRIVED, signs_in=True),
    Plot(chapter=Chapter.TODAY, site=NY, product=NASAL, sessions=1, today=Today.RELEASED),
    Plot(
        chapter=Chapter.TODAY,
        site=MI,
        product=NASAL,
        sessions=2,
        today=Today.OBSERVED,
        language="es",
        signs_in=True,
    ),
    Plot(chapter=Chapter.TODAY, site=MI, product=IV, sessions=1, today=Today.ARRIVED),
    Plot(chapter=Chapter.TODAY, site=MI, product=IV, sessions=3, today=Today.PLANNED),
    # In course.
    Plot(chapter=Chapter.IN_COURSE, site=NY, product=IV, sessions=1),
    Plot(chapter=Chapter.IN_COURSE, site=NY, product=IV, sessions=3, answer=Answer.REMITS),
    Plot(chapter=Chapter.IN_COURSE, site=NY, product=NASAL, sessions=5, answer=Answer.PARTLY),
    Plot(chapter=Chapter.IN_COURSE, site=NY, product=NASAL, sessions=0),
    Plot(chapter=Chapter.IN_COURSE, site=MI, product=IV, sessions=4, answer=Answer.NOT, language="es"),
    Plot(chapter=Chapter.IN_COURSE, site=MI, product=NASAL, sessions=3),
    Plot(chapter=Chapter.IN_COURSE, site=MI, product=IV, sessions=0),
    # Course done.
    Plot(chapter=Chapter.DONE, site=NY, product=IV, sessions=6, days_since_course=9, answer=Answer.REMITS),
    Plot(chapter=Chapter.DONE, site=NY, product=IV, sessions=6, days_since_course=24, signs_in=True),
    Plot(chapter=Chapter.DONE, site=NY, product=IV, sessions=6, days_since_course=15, answer=Answer.NOT),
    Plot(chapter=Chapter.DONE, site=MI, product=IV, sessions=6, days_since_course=12, answer=Answer.PARTLY),
    Plot(chapter=Chapter.DONE, site=MI, product=IV, sessions=6, days_since_course=31, language="es"),
    Plot(chapter=Chapter.DONE, site=NY, product=IV, sessions=6, days_since_course=45, answer=Answer.REMITS),
    # Before the course.
    Plot(chapter=Chapter.PLAN_OPEN, site=NY, product=IV),
    Plot(chapter=Chapter.PLAN_OPEN, site=MI, product=NASAL),
    Plot(chapter=Chapter.PLAN_OPEN, site=NY, product=NASAL),
    Plot(chapter=Chapter.CONSENT_OPEN, site=NY, product=IV, signs_in=True),
    Plot(chapter=Chapter.CONSENT_OPEN, site=MI, product=NASAL, language="es"),
    Plot(chapter=Chapter.CONSENT_OPEN, site=NY, product=NASAL),
    Plot(chapter=Chapter.EVALUATING, site=NY, product=IV),
    Plot(chapter=Chapter.EVALUATING, site=NY, product=NASAL),
    Plot(chapter=Chapter.EVALUATING, site=MI, product=IV),
    Plot(chapter=Chapter.EVALUATING, site=MI, product=NASAL),
    Plot(chapter=Chapter.DEFERRED, site=NY, product=NASAL),
    Plot(chapter=Chapter.DEFERRED, site=MI, product=IV),
    Plot(chapter=Chapter.CONTRAINDICATED, site=NY, product=IV),
    Plot(chapter=Chapter.WITHDRAWN, site=MI, product=IV),
    # At the door.
    Plot(chapter=Chapter.BOOKED, site=NY),
    Plot(chapter=Chapter.BOOKED, site=MI, language="es"),
    Plot(chapter=Chapter.BOOKED, site=NY),
    Plot(chapter=Chapter.BOOKED, site=MI),
    Plot(chapter=Chapter.AT_RISK, site=NY),
    Plot(chapter=Chapter.AT_RISK, site=MI),
    # The other ways to give it, today.
    Plot(chapter=Chapter.TODAY, site=NY, product=IM, sessions=2, today=Today.OBSERVED),
    Plot(chapter=Chapter.TODAY, site=MI, product=LOZENGE, sessions=1, today=Today.DOSING),
)

BASELINE: Final = (2, 3, 2, 2, 1, 3, 2, 1, 1)
"""PHQ-9 answers before the first dose, shifted a little from patient to patient."""

KEEPS: Final = {Answer.REMITS: 0.15, Answer.RESPONDS: 0.40, Answer.PARTLY: 0.65, Answer.NOT: 0.95}
"""The share of the baseline total that is left at the end of the course; invented, not from any trial."""


def baseline_answers(index: int) -> tuple[int, ...]:
    """PHQ-9 answers of patient `index` before the first dose."""
    return tuple(
        min(3, max(0, answer + (1 if (index + n) % 7 == 0 else 0))) for n, answer in enumerate(BASELINE)
    )


def answers_after(index: int, answer: Answer, done: float) -> tuple[int, ...]:
    """PHQ-9 answers when the share `done` (0 to 1) of the course is behind the patient."""
    keeps = 1 - (1 - KEEPS[answer]) * done
    start = baseline_answers(index)
    wanted, answers = round(sum(start) * keeps), list(start)
    for n in sorted(range(len(answers)), key=lambda n: (n + index) % len(answers)) * 3:
        if sum(answers) <= wanted:
            break
        answers[n] = max(0, answers[n] - 1)
    return tuple(answers)
