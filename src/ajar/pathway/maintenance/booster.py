"""The next booster after a finished course, or every reason why there is none.

Benefit is judged before anything continues: Spravato's review gate (clinical.md SPR-T3) and its
counterpart for racemic ketamine (IV-18). Intervals: SPR-T4 and SPR-T5 for Spravato; for racemic
ketamine weekly consolidation (IV-15), then an individual interval (IV-16) for which the programme's
usual month (IV-14) is only where the conversation starts. No answer here is an order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from ajar.pathway.followup.scores import CourseOfScores, ScorePoint, day_text
from ajar.pathway.instruments.score import Scored, total_text
from ajar.pathway.ledger.payload import aware
from ajar.pathway.maintenance.policies import MaintenancePolicy as MaintenancePolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceState:
    """What the answer stands on. Dates are where the patient lives; None means not recorded.

    `valid_consent_until` is None also when consent was withdrawn or never given.
    """

    doses: tuple[datetime, ...]
    sessions_planned: int
    course_stopped: bool
    scores: CourseOfScores
    valid_consent_until: date | None
    last_evaluation_on: date | None
    zone: tzinfo
    interval_set_on: date | None = None
    interval_days: int | None = None  # as the prescriber set it; None: as the policy's steps say
    stopped_because: str = ""  # treatment was ended, and why; "" where it was not


@dataclass(frozen=True, slots=True, kw_only=True)
class BoosterDue:
    """When the next booster may be offered, and under which rule."""

    on: date
    phase: str
    because: str
    rule_id: str
    source: str
    design_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason why no booster can be offered, and what would change that."""

    rule_id: str
    because: str
    until: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoBooster:
    """Every reason that stands, the most telling first."""

    reasons: tuple[Reason, ...]


def next_booster(
    state: MaintenanceState, policy: MaintenancePolicy, *, now: datetime
) -> BoosterDue | NoBooster:
    """The next booster of a finished course, or the reasons why there is none.

    A date in the past is not moved to today: an overdue booster should look overdue.
    """
    aware("now", now)
    today = now.astimezone(state.zone).date()
    first = _stopped(state) or _unfinished(state)
    if first is not None:
        return NoBooster(reasons=(first,))
    checks = (
        _benefit(state, policy),
        _fresh_score(state, policy, today),
        _consent(state, today),
        _evaluation(state, policy, today),
        _ceiling(state, policy, now),
    )
    reasons = tuple(reason for reason in checks if reason is not None)
    return NoBooster(reasons=reasons) if reasons else _due(state, policy)


def _due(state: MaintenanceState, policy: MaintenancePolicy) -> BoosterDue:
    number = max(0, len(state.doses) - state.sessions_planned) + 1
    step = policy.step(number)
    last = max(state.doses).astimezone(state.zone).date()
    if state.interval_days is not None:
        return BoosterDue(
            on=last + timedelta(days=state.interval_days),
            phase="as the prescriber set it",
            because=f"{state.interval_days} days after the last dose on {day_text(last)}, as set.",
            rule_id="MNT-INTERVAL",
            source="the prescriber's interval (SPR-T5, SPR-T9, ADJ-5)",
            design_default=False,
        )
    return BoosterDue(
        on=last + timedelta(days=step.interval_days),
        phase=step.phase,
        because=f"{step.interval_days} days after the last dose on {day_text(last)}: {step.phase}.",
        rule_id=step.rule_id,
        source=step.source,
        design_default=step.design_default,
    )


def _stopped(state: MaintenanceState) -> Reason | None:
    if not state.stopped_because:
        return None
    return Reason(
        rule_id="MNT-STOPPED",
        because=f"Treatment was ended: {state.stopped_because}.",
        until="Order a new course after a new evaluation.",
        source="the prescriber's decision",
    )


def _unfinished(state: MaintenanceState) -> Reason | None:
    given = len(state.doses)
    if given == 0:
        because = "No dose has been given yet."
    elif state.course_stopped and given < state.sessions_planned:
        because = f"The course was stopped after {given} of {state.sessions_planned} sessions."
    elif given < state.sessions_planned:
        because = f"The course is not finished: {given} of {state.sessions_planned} sessions given."
    else:
        return None
    return Reason(
        rule_id="MNT-COURSE",
        because=because,
        until="Finish the course, or order a new one.",
        source="design default",
    )


def _benefit(state: MaintenanceState, policy: MaintenancePolicy) -> Reason | None:
    before = state.scores.baseline.total if state.scores.baseline else None
    after = _after_induction(state, policy)
    if not before or not after:
        return Reason(
            rule_id=policy.benefit_rule_id,
            because=_not_judged(state.scores),
            until="Score the questionnaire; the prescriber judges the benefit.",
            source=policy.benefit_source,
        )
    best = min(point.total for point in after if point.total is not None)
    if (before - best) * 100 >= policy.least_fall_percent * before:
        return None
    return Reason(
        rule_id=policy.benefit_rule_id,
        because=f"No response: from {total_text(before)} to {total_text(best)} at best.",
        until="The prescriber reviews the plan; continuing is not the default.",
        source=policy.benefit_source,
    )


def _not_judged(scores: CourseOfScores) -> str:
    if scores.baseline is None:
        return scores.baseline_because
    if scores.baseline.total == 0:
        return "The baseline was 0, so response cannot be judged."
    return "No score after the course was finished."


def _after_induction(state: MaintenanceState, policy: MaintenancePolicy) -> Sequence[ScorePoint]:
    last_induction = sorted(state.doses)[state.sessions_planned - 1]
    until = last_induction + timedelta(days=policy.judged_within_days)
    return [
        point
        for point in state.scores.points
        if isinstance(point.result, Scored) and last_induction < point.answered_at <= until
    ]


def _fresh_score(state: MaintenanceState, policy: MaintenancePolicy, today: date) -> Reason | None:
    latest = state.scores.latest
    limit = policy.score_at_most_days_old
    if latest is None:
        because = "No score has been recorded."
    else:
        day = latest.answered_at.astimezone(state.zone).date()
        if (today - day).days <= limit:
            return None
        because = f"The last score is from {day_text(day)}, more than {limit} days ago."
    return Reason(
        rule_id="MNT-SCORE",
        because=because,
        until="Ask for a new score.",
        source="design default",
    )


def _consent(state: MaintenanceState, today: date) -> Reason | None:
    until = state.valid_consent_until
    if until is not None and until >= today:
        return None
    because = "There is no valid consent." if until is None else f"Consent ended on {day_text(until)}."
    return Reason(
        rule_id="CON-12",
        because=because,
        until="The patient and the prescriber sign the current text.",
        source="clinical.md CON-12, design default",
    )


def _evaluation(state: MaintenanceState, policy: MaintenancePolicy, today: date) -> Reason | None:
    last, limit = state.last_evaluation_on, policy.evaluation_at_most_days_old
    if last is not None and (today - last).days <= limit:
        return None
    because = (
        "No evaluation has been signed."
        if last is None
        else f"The last evaluation is from {day_text(last)}, more than {limit} days ago."
    )
    return Reason(
        rule_id="MNT-EVALUATION",
        because=because,
        until="The prescriber signs a new evaluation.",
        source="design default",
    )


def _ceiling(state: MaintenanceState, policy: MaintenancePolicy, now: datetime) -> Reason | None:
    ceiling = policy.ceiling
    recent = [dose for dose in state.doses if now - dose <= timedelta(days=ceiling.window_days)]
    if now - min(state.doses) <= timedelta(days=ceiling.after_days) or len(recent) <= ceiling.most_doses:
        return None
    return Reason(
        rule_id=ceiling.rule_id,
        because=f"{len(recent)} doses in the last {ceiling.window_days} days, more than "
        f"{ceiling.after_days} days after the first.",
        until="The prescriber reviews the need; the advice is to stop.",
        source=ceiling.source,
    )
