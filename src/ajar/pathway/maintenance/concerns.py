"""What the long-term watch has found: results that ask for something now, each with its rule and source."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from ajar.pathway.instruments.outcome import total_text
from ajar.pathway.maintenance.surveillance import (
    DEFAULT_SURVEILLANCE,
    SurveillancePolicy,
    Watched,
)
from ajar.pathway.staff.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One finding of the watch, and what it asks for."""

    id: str
    because: str
    action: str
    owner: Role
    rule_id: str
    source: str
    verified: bool
    rulebook_version: str = ""  # of the policy; `concerns` says it


Rule = Callable[[Watched, SurveillancePolicy, date], Concern | None]


def concerns(
    watched: Watched, *, today: date, policy: SurveillancePolicy = DEFAULT_SURVEILLANCE
) -> tuple[Concern, ...]:
    """Every concern that stands, in the order of the rules."""
    found = [rule(watched, policy, today) for rule in RULES]
    noted = [_noted(check_id, words, policy) for check_id, words in sorted(watched.concerns_noted.items())]
    stand = (*(one for one in found if one is not None), *noted)
    return tuple(replace(one, rulebook_version=policy.version) for one in stand)


def _bladder_pain(watched: Watched, policy: SurveillancePolicy, _today: date) -> Concern | None:
    if not watched.bpic or watched.bpic[-1][1] < policy.bpic_from:
        return None
    return _bladder(f"BPIC-SS {total_text(watched.bpic[-1][1])}, the line is {policy.bpic_from:g}.")


def _bladder_rise(watched: Watched, policy: SurveillancePolicy, _today: date) -> Concern | None:
    """The rise is counted from the first ICSI of the chart, the baseline."""
    if len(watched.icsi) < 2:  # a rise takes two
        return None
    first, last = watched.icsi[0][1], watched.icsi[-1][1]
    if last - first < policy.icsi_rise:
        return None
    return _bladder(f"ICSI rose from {total_text(first)} to {total_text(last)}; {policy.icsi_rise:g} count.")


def _bladder(because: str) -> Concern:
    return Concern(
        id="bladder",
        because=because,
        action="Hold the next dose; urinalysis; urology.",
        owner=Role.PRESCRIBER,
        rule_id="CA-15",
        source="cut [BPICSS] (score from general knowledge, verify)",
        verified=False,
    )


def _pressure(watched: Watched, policy: SurveillancePolicy, _today: date) -> Concern | None:
    high, low = policy.pressure_above
    last = watched.pressures[-policy.pressure_visits :]
    if len(last) < policy.pressure_visits or not all(s > high or d > low for _on, s, d in last):
        return None
    read = ", ".join(f"{s:g}/{d:g} on {on.isoformat()}" for on, s, d in last)
    return Concern(
        id="pressure",
        because=f"Above {high:g}/{low:g} at {policy.pressure_visits} visits running: {read}.",
        action="Refer for blood-pressure control before the next booking.",
        owner=Role.PRESCRIBER,
        rule_id="ELG-BP5",
        source="design default",
        verified=True,
    )


def _misuse(watched: Watched, policy: SurveillancePolicy, today: date) -> Concern | None:
    recent = [(on, sign) for on, sign in watched.signs if (today - on).days <= policy.misuse_within_days]
    if len(recent) < policy.misuse_signs:
        return None
    read = "; ".join(f"{sign} ({on.isoformat()})" for on, sign in recent)
    return Concern(
        id="misuse",
        because=f"{len(recent)} signs within {policy.misuse_within_days} days: {read}.",
        action="Talk about it; drug screen; review the plan and any home supply.",
        owner=Role.PRESCRIBER,
        rule_id="LAB-2",
        source="[LOPEZ]; [VA-HM]; the count of signs is a design default",
        verified=True,
    )


def _weight(watched: Watched, policy: SurveillancePolicy, _today: date) -> Concern | None:
    """Against the weight at the first dose of the course, by which its dose was worked out."""
    began = watched.course_began
    before = [kg for on, kg in watched.weights_kg if began is not None and on <= began]
    if not before:
        return None
    first, last = before[-1], watched.weights_kg[-1][1]
    change = 100 * (last - first) / first
    if abs(change) < policy.weight_change_percent:
        return None
    return Concern(
        id="weight",
        because=f"Weight {first:g} kg at the course's first dose, {last:g} kg now ({change:+.0f} %).",
        action="Work the dose out anew; look for the reason.",
        owner=Role.PRESCRIBER,
        rule_id="LAB-9",
        source="design default",
        verified=True,
    )


def _noted(check_id: str, words: str, policy: SurveillancePolicy) -> Concern:
    check = policy.check(check_id)
    return Concern(
        id=f"noted-{check_id}",
        because=f"{check.name}, last result: {words}",
        action="The prescriber reviews it before the next dose.",
        owner=Role.PRESCRIBER,
        rule_id=check.rule_id,
        source=check.source,
        verified=check.verified,
    )


RULES: Final[tuple[Rule, ...]] = (_bladder_pain, _bladder_rise, _pressure, _misuse, _weight)
"""Every rule, in the order in which its finding is read."""
