"""What the rules suggest about the frequency: taper, stop, step back, justify again. Never an order."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from ajar.pathway.followup.scores import ScorePoint
from ajar.pathway.instruments.outcome import total_text
from ajar.pathway.ledger.payload import aware
from ajar.pathway.maintenance.booster import MaintenanceState
from ajar.pathway.maintenance.policies import MaintenancePolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One suggestion with what it stands on."""

    rule_id: str
    says: str
    because: str
    source: str
    verified: bool
    rulebook_version: str = ""  # of the policy; `advice` says it


Rule = Callable[[MaintenanceState, MaintenancePolicy, date], Advice | None]


def advice(state: MaintenanceState, policy: MaintenancePolicy, *, now: datetime) -> tuple[Advice, ...]:
    """Every suggestion that applies to a course whose induction is over, in the order of the rules."""
    aware("now", now)
    if len(state.doses) < max(1, state.sessions_planned) or state.stopped_because:
        return ()
    today = now.astimezone(state.zone).date()
    found = [rule(state, policy, today) for rule in RULES]
    return tuple(replace(one, rulebook_version=policy.version) for one in found if one is not None)


def _futility(state: MaintenanceState, policy: MaintenancePolicy, _today: date) -> Advice | None:
    fall = _best_fall_percent(state)
    if fall is None or fall >= policy.futile_below_percent:
        return None
    return Advice(
        rule_id="ADJ-6",
        says="Stop, and offer alternatives (ECT, TMS, medicines).",
        because=f"The best fall since the induction is {total_text(fall)} %, below "
        f"{policy.futile_below_percent:g} %.",
        source="IV-18 (design default); [HCP-TRD]",
        verified=True,
    )


def _partial(state: MaintenanceState, policy: MaintenancePolicy, _today: date) -> Advice | None:
    fall = _best_fall_percent(state)
    if fall is None or not policy.futile_below_percent <= fall < policy.least_fall_percent:
        return None
    return Advice(
        rule_id="IV-18",
        says="A partial response: continuing is a decision, not the default.",
        because=f"The best fall since the induction is {total_text(fall)} %.",
        source="design default; Spravato analogue SPR-T3",
        verified=True,
    )


def _taper(state: MaintenanceState, policy: MaintenancePolicy, _today: date) -> Advice | None:
    fall = _fall_percent(state, state.scores.latest)
    if fall is None or fall < policy.least_fall_percent:
        return None
    return Advice(
        rule_id="ADJ-5",
        says="Keep the dose and widen the interval, to the lowest frequency that holds the response.",
        because=f"The response holds: a fall of {total_text(fall)} % at the last score.",
        source="[MIMS-MY-D]; [PHIL19]; SPR-T5 [MPR]; [HCP-DOS]",
        verified=True,
    )


def _step_back(state: MaintenanceState, policy: MaintenancePolicy, today: date) -> Advice | None:
    """Worse after missed sessions: the denser schedule before may be taken up again."""
    interval = _interval_days(state, policy)
    last = max(state.doses).astimezone(state.zone).date()
    missed = (today - last).days // interval - 1
    if missed < policy.step_back_after_missed or not _worse_since(state):
        return None
    return Advice(
        rule_id="SPR-T9",
        says="Worse after missed sessions: a step back to the denser schedule may be considered.",
        because=f"{missed} intervals of {interval} days have passed without a dose.",
        source="[RENEW] (secondary); detail from general knowledge, verify",
        verified=False,
    )


def _justify(state: MaintenanceState, policy: MaintenancePolicy, today: date) -> Advice | None:
    since = (
        state.interval_set_on or sorted(state.doses)[state.sessions_planned - 1].astimezone(state.zone).date()
    )
    if (today - since).days < policy.rejustify_every_days:
        return None
    return Advice(
        rule_id="SPR-T5",
        says="Justify the frequency again: the lowest that holds response or remission.",
        because=f"Last set or justified {(today - since).days} days ago; asked for every "
        f"{policy.rejustify_every_days} days.",
        source="[MPR]; [HCP-DOS]: periodically; the days are a design default",
        verified=True,
    )


def _continue(state: MaintenanceState, policy: MaintenancePolicy, today: date) -> Advice | None:
    improved_on = _improved_on(state, policy)
    until = improved_on + timedelta(days=policy.continue_at_least_days) if improved_on else today
    if improved_on is None or not policy.continue_at_least_days or today >= until:
        return None
    return Advice(
        rule_id="SPR-T10",
        says=f"The EU text continues at least until {until.isoformat()}.",
        because=f"Symptoms improved on {improved_on.isoformat()}; at least "
        f"{policy.continue_at_least_days} days after that.",
        source="[MIMS-HK] (EU text; the US label has no such rule)",
        verified=True,
    )


RULES: Final[tuple[Rule, ...]] = (_futility, _partial, _taper, _step_back, _justify, _continue)


def _after_induction(state: MaintenanceState) -> list[ScorePoint]:
    last = sorted(state.doses)[state.sessions_planned - 1]
    return [point for point in state.scores.points if point.total is not None and point.answered_at > last]


def _fall_percent(state: MaintenanceState, point: ScorePoint | None) -> float | None:
    baseline = state.scores.baseline
    if baseline is None or not baseline.total or point is None or point.total is None:
        return None
    return 100 * (baseline.total - point.total) / baseline.total


def _best_fall_percent(state: MaintenanceState) -> float | None:
    falls = [_fall_percent(state, point) for point in _after_induction(state)]
    return max((fall for fall in falls if fall is not None), default=None)


def _improved_on(state: MaintenanceState, policy: MaintenancePolicy) -> date | None:
    """The day of the first score that was a response."""
    for point in state.scores.points:
        fall = _fall_percent(state, point)
        if fall is not None and fall >= policy.least_fall_percent:
            return point.answered_at.astimezone(state.zone).date()
    return None


def _interval_days(state: MaintenanceState, policy: MaintenancePolicy) -> int:
    number = max(1, len(state.doses) - state.sessions_planned)
    return state.interval_days or policy.step(number).interval_days


def _worse_since(state: MaintenanceState) -> bool:
    """Is the last score, taken after the last dose, worse than the best one before it?"""
    last_dose = max(state.doses)
    totals = [(point.answered_at, point.total) for point in state.scores.points if point.total is not None]
    before = [total for at, total in totals if at <= last_dose]
    after = [total for at, total in totals if at > last_dose]
    return bool(before and after) and after[-1] > min(before)
