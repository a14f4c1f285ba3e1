"""The next booster after a finished course, or every reason why there is none.

Benefit is judged before anything continues: Spravato's review gate (clinical.md SPR-T3) and its
counterpart for racemic ketamine (IV-18). Intervals: SPR-T4 and SPR-T5 for Spravato; for racemic
ketamine weekly consolidation (IV-15), then an individual interval (IV-16) for which the programme's
usual month (IV-14) is only where the conversation starts. No answer here is an order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from ajar.pathway.followup.scores import CourseOfScores, ScorePoint, day_text
from ajar.pathway.instruments.score import Scored, total_text
from ajar.pathway.ledger.payload import aware


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From the nth maintenance dose on (counted from 1), this many days between doses."""

    from_dose: int
    interval_days: int
    phase: str
    rule_id: str
    source: str
    design_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenancePolicy:
    """A clinic's rules for one product, with sourced defaults."""

    product: str
    induction_doses: int
    benefit_rule_id: str
    benefit_source: str
    least_fall_percent: float
    judged_within_days: int  # after the last induction dose
    score_at_most_days_old: int
    evaluation_at_most_days_old: int
    steps: tuple[Step, ...]

    def step(self, dose_number: int) -> Step:
        """The step in force for the nth maintenance dose."""
        return [step for step in self.steps if step.from_dose <= dose_number][-1]


ESKETAMINE_MAINTENANCE: Final = MaintenancePolicy(
    product="esketamine_in",
    induction_doses=8,  # SPR-T2
    benefit_rule_id="SPR-T3",
    benefit_source="[EPOC]; [HCP-TRD]; cut of 50 % is a design default",
    least_fall_percent=50,
    judged_within_days=28,
    score_at_most_days_old=28,
    evaluation_at_most_days_old=365,
    steps=(
        Step(
            from_dose=1,
            interval_days=7,
            phase="weekly, weeks 5 to 8",
            rule_id="SPR-T4",
            source="[MPR]; [HCP-TRD]",
            design_default=False,
        ),
        Step(
            from_dose=5,
            interval_days=14,
            phase="every 2 weeks (or weekly), from week 9",
            rule_id="SPR-T5",
            source="[MPR]; [HCP-DOS]; the wider interval first is a design default",
            design_default=True,
        ),
    ),
)

RACEMIC_IV_MAINTENANCE: Final = MaintenancePolicy(
    product="ketamine_iv",
    induction_doses=6,  # IV-13
    benefit_rule_id="IV-18",
    benefit_source="design default; Spravato analogue SPR-T3",
    least_fall_percent=50,
    judged_within_days=28,
    score_at_most_days_old=28,
    evaluation_at_most_days_old=365,
    steps=(
        Step(
            from_dose=1,
            interval_days=7,
            phase="weekly consolidation, 4 doses",
            rule_id="IV-15",
            source="[PHIL19]",
            design_default=False,
        ),
        Step(
            from_dose=5,
            interval_days=30,
            phase="monthly, to be individualised",
            rule_id="IV-16",
            source="[AND-4]; [CANMAT21] level 3; the month is the programme's (IV-14), a design default",
            design_default=True,
        ),
    ),
)

POLICIES: Final = {policy.product: policy for policy in (ESKETAMINE_MAINTENANCE, RACEMIC_IV_MAINTENANCE)}

CEILING_AFTER: Final = timedelta(days=60)
CEILING_WINDOW: Final = timedelta(days=7)
CEILING_DOSES: Final = 2
"""IV-17: still needing more than twice a week after two months [LOPEZ] (secondary)."""


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
    unfinished = _unfinished(state)
    if unfinished is not None:
        return NoBooster(reasons=(unfinished,))
    checks = (
        _benefit(state, policy),
        _fresh_score(state, policy, today),
        _consent(state, today),
        _evaluation(state, policy, today),
        _ceiling(state, now),
    )
    reasons = tuple(reason for reason in checks if reason is not None)
    return NoBooster(reasons=reasons) if reasons else _due(state, policy)


def _due(state: MaintenanceState, policy: MaintenancePolicy) -> BoosterDue:
    number = max(0, len(state.doses) - state.sessions_planned) + 1
    step = policy.step(number)
    last = max(state.doses).astimezone(state.zone).date()
    return BoosterDue(
        on=last + timedelta(days=step.interval_days),
        phase=step.phase,
        because=f"{step.interval_days} days after the last dose on {day_text(last)}: {step.phase}.",
        rule_id=step.rule_id,
        source=step.source,
        design_default=step.design_default,
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
    baseline = state.scores.baseline
    after = _after_induction(state, policy)
    if baseline is None or baseline.total is None or not after:
        because = (
            state.scores.baseline_because if baseline is None else "No score after the course was finished."
        )
        return Reason(
            rule_id=policy.benefit_rule_id,
            because=because,
            until="Score the questionnaire; the prescriber judges the benefit.",
            source=policy.benefit_source,
        )
    best = min(point.total for point in after if point.total is not None)
    if (baseline.total - best) * 100 >= policy.least_fall_percent * baseline.total > 0:
        return None
    return Reason(
        rule_id=policy.benefit_rule_id,
        because=f"No response: from {total_text(baseline.total)} to {total_text(best)} at best.",
        until="The prescriber reviews the plan; continuing is not the default.",
        source=policy.benefit_source,
    )


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


def _ceiling(state: MaintenanceState, now: datetime) -> Reason | None:
    recent = [dose for dose in state.doses if now - dose <= CEILING_WINDOW]
    if now - min(state.doses) <= CEILING_AFTER or len(recent) <= CEILING_DOSES:
        return None
    return Reason(
        rule_id="IV-17",
        because=f"{len(recent)} doses in the last 7 days, more than two months after the first.",
        until="The prescriber reviews the need; the advice is to stop.",
        source="[LOPEZ] (secondary)",
    )
