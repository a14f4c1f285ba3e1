"""Gates of a running course: benefit judged after the series, sessions missed, a frequency that stays high.

SPR-T3 and IV-18 (judge the benefit), SPR-T9 (step back after misses), IV-17 (more than twice a week after two
months), IV-15 and SPR-T4 (regimens that follow a response).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor
from typing import Final

from ajar.pathway.careplan.course import Course
from ajar.pathway.careplan.entries import BenefitReviewed
from ajar.pathway.careplan.guard import Guard, hard, soft
from ajar.pathway.careplan.plan import CoursePlan, LineState
from ajar.pathway.careplan.policy import DEFAULT_DOSE_POLICY, DosePolicy
from ajar.pathway.careplan.regimen import Phase, Regimen
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import Entry, effective

REVIEW_SOURCES: Final = {
    "SPR-T3": "clinical.md SPR-T3 [EPOC]; [HCP-TRD]",
    "IV-18": "clinical.md IV-18, design default; analogue of SPR-T3",
}
WEEK: Final = timedelta(days=7)
FREQUENCY_SOURCE: Final = "clinical.md IV-17 [LOPEZ] (secondary)"
STEP_BACK_SOURCE: Final = "clinical.md SPR-T9 [RENEW] (secondary); detail from general knowledge, verify"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDue:
    """The benefit has to be judged before another dose."""

    after_session: int
    rule_id: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBack:
    """After misses with worse symptoms: the denser rhythm that the prescriber may go back to."""

    phase: Phase
    because: str
    rule_id: str = "SPR-T9"
    source: str = STEP_BACK_SOURCE


def review_rule(product: Product) -> str:
    """Which rule asks for the review."""
    return "SPR-T3" if product is Product.ESKETAMINE_IN else "IV-18"


def review_due(course: Course, regimen: Regimen, reviews: Sequence[BenefitReviewed]) -> ReviewDue | None:
    """Has the series been given without its benefit having been judged?

    Sessions that were called off do not count: the review follows the last session of the series that was
    given, once none of the series is still to come.
    """
    last = regimen.review_after
    if last is None or any(one.after_session >= last for one in reviews):
        return None
    series = [one for one in course.sessions if one.plan.number <= last]
    given = [one for one in series if one.begun and not one.cancelled_because]
    if not given or any(one.movable for one in series):
        return None
    rule_id = review_rule(regimen.product)
    return ReviewDue(after_session=last, rule_id=rule_id, source=REVIEW_SOURCES[rule_id])


def reviews_of(entries: Iterable[Entry], course: Course) -> tuple[BenefitReviewed, ...]:
    """The reviews of one course, in order."""
    return tuple(
        entry.payload
        for entry in effective(entries)
        if isinstance(entry.payload, BenefitReviewed) and entry.payload.course_id == course.order.course_id
    )


def review_guard(regimen: Regimen, reviews: Sequence[BenefitReviewed], *, number: int) -> Guard | None:
    """No dose past the review gate before the benefit was judged, or after it was judged not to go on."""
    last = regimen.review_after
    if last is None or number <= last:
        return None
    rule_id = review_rule(regimen.product)
    judged = [one for one in reviews if one.after_session >= last]
    if not judged:
        because = f"The benefit has to be judged after session {last}, before session {number}."
        return hard(rule_id, because, REVIEW_SOURCES[rule_id])
    if judged[-1].goes_on:
        return None
    return hard(rule_id, f"The review after session {last} said not to go on.", REVIEW_SOURCES[rule_id])


def frequency_alarm(plan: CoursePlan, policy: DosePolicy = DEFAULT_DOSE_POLICY) -> Guard | None:
    """IV-17: more than twice in seven days, more than two months after the first dose."""
    open_at = [line.starts_at for line in plan.standing if line.state is LineState.OPEN]
    every = sorted([given.at for given in plan.before] + [line.starts_at for line in plan.standing])
    late = [at for at in open_at if at - every[0] > timedelta(days=policy.frequency_after_days)]
    if not any(_within_a_week(at, every) > policy.frequency_most_per_week for at in late):
        return None
    because = (
        f"More than {policy.frequency_most_per_week} doses in 7 days, more than "
        f"{policy.frequency_after_days} days "
        "after the first: the advice is to stop."
    )
    return soft("IV-17", because, FREQUENCY_SOURCE)


def _within_a_week(at: datetime, every: Iterable[datetime]) -> int:
    return sum(timedelta(0) <= at - other < WEEK for other in every)


def continuing_guard(
    plan: CoursePlan, fall_percent: float | None, policy: DosePolicy = DEFAULT_DOSE_POLICY
) -> Guard | None:
    """A regimen that follows a response needs doses before it, and a response (IV-15, SPR-T4)."""
    if not plan.regimen.follows_a_response:
        return None
    rule_id = "SPR-T4" if plan.regimen.product is Product.ESKETAMINE_IN else "IV-15"
    if not plan.before:
        return hard(rule_id, "Nothing was given before: it begins with an induction.", plan.regimen.source)
    if fall_percent is None:
        return soft(rule_id, "Whether there was a response is not recorded.", plan.regimen.source)
    if fall_percent < policy.response_percent:
        because = f"The scale fell by {floor(fall_percent)} %; this regimen follows a response."
        return soft(rule_id, because, plan.regimen.source)
    return None


def step_back(regimen: Regimen, *, number: int, missed: int, worsened: bool | None) -> StepBack | None:
    """The denser phase before the one of the next session, if misses came with worse symptoms (SPR-T9)."""
    if missed < 1 or not worsened:
        return None
    phase = regimen.phase_of(number)
    place = regimen.phases.index(phase)
    if place == 0:
        return None
    denser = regimen.phases[place - 1]
    because = f"{missed} missed and worse since: back to {denser.rhythm.split(',')[0]} may be considered."
    return StepBack(phase=denser, because=because)
