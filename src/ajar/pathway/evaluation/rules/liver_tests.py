"""The liver panel and what raised enzymes lead to: LAB-3, CA-10."""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.findings import Ruling, Standing
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.laboratory import ALP, ALT, AST, GGT, Result, Test, each_present, too_old
from ajar.pathway.evaluation.rules.rule import Rule
from ajar.pathway.evaluation.rules.ruling import asks, defers, passes, warns

PANEL: Final = (ALT, AST, ALP, GGT)
ENZYMES: Final = (ALT, AST)
LABS: Final = frozenset({"labs"})


def _panel(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    holds_days = setting.policy.liver_holds_days
    if asked := each_present(PANEL, candidate, setting, holds_days=holds_days):
        return asked
    results = (test.latest(candidate) for test in PANEL)
    oldest = min((found for found in results if found), key=lambda found: found.happened_at)
    return (passes(f"The liver panel is within {holds_days} days.", "ALT, AST, ALP, GGT", oldest),)


def _enzymes(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    return tuple(_enzyme(test, candidate, setting) for test in ENZYMES)


def _enzyme(test: Test, candidate: Candidate, setting: Setting) -> Ruling:
    result = test.latest(candidate)
    if result is None:
        return asks(f"{test.name} is not recorded.", f"Record: {test.name}.", f"{test.name}: none")
    times = _times_normal(test, result)
    if times is None:
        because = f"{test.name} cannot be judged without a number in U/L and the upper limit of normal."
        return asks(
            because, f"Record {test.name} with its upper limit of normal.", test.words(result), result
        )
    return _against_limits(test, result, times, setting)


def _times_normal(test: Test, result: Result) -> float | None:
    value, upper = test.number(result), result.payload.upper_normal
    return value / upper if value is not None and upper else None


def _against_limits(test: Test, result: Result, times: float, setting: Setting) -> Ruling:
    policy, datum = setting.policy, f"{test.words(result)}, {times:.1f} times the upper limit"
    if times > policy.liver_defer_times_normal:
        because = f"{test.name} above {policy.liver_defer_times_normal:g} times the upper limit of normal."
        until = f"Until {test.name} is at or below {policy.liver_defer_times_normal:g} times on a repeat."
        return defers(because, datum, until, result)
    if too_old(result, setting, policy.liver_holds_days):
        because = f"{test.name} is older than {policy.liver_holds_days} days."
        return asks(because, f"Repeat: {test.name}.", datum, result)
    if times >= policy.liver_recheck_times_normal:
        return warns(f"{test.name} is raised: check it again before repeated dosing.", datum, result)
    return passes(f"{test.name} is not raised.", datum, result)


RULES: Final = (
    Rule(
        id="LAB-3",
        title="Liver panel",
        source="[CPSBC21]; [KETALAR-INP] (warning); cadence from general knowledge, verify",
        reads=LABS,
        judge=_panel,
    ),
    Rule(
        id="CA-10",
        title="Raised liver enzymes",
        source="[KETALAR-INP] (liver injury is a label warning); the cut-offs are a design default",
        reads=LABS,
        judge=_enzymes,
        standing=Standing.DESIGN_DEFAULT,
    ),
)
