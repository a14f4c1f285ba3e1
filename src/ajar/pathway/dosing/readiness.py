"""Is this patient ready to be dosed today? Asked every time, never carried over (clinical.md 3.6, FSM-2).

Each rule gives one finding with its reason, the datum and the source. What nobody asked is not a pass:
it needs information, and a session does not begin while anything that blocks stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ajar.pathway.dosing.day import DayOfDose as DayOfDose
from ajar.pathway.dosing.day import DayRule
from ajar.pathway.dosing.day_rules import DAY_RULES as DAY_RULES
from ajar.pathway.dosing.policy import READINESS_POLICY, ReadinessPolicy
from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.entries import FindingAccepted
from ajar.pathway.evaluation.findings import Finding, Ruling, Verdict
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules import blood_pressure
from ajar.pathway.evaluation.rules.rule import Rule


def produced_by(policy: ReadinessPolicy) -> str:
    """What findings under this policy keep as their version."""
    return f"readiness {policy.version}"


def judge_readiness(
    day: DayOfDose, setting: Setting, policy: ReadinessPolicy = READINESS_POLICY
) -> tuple[Finding, ...]:
    """Every rule's answer today; what stands in the way comes first."""
    bare = [*_of_the_day(day, setting, policy), *_of_the_pressure(day, setting, policy)]
    found = [_with_acceptance(finding, day.acceptances) for finding in bare]
    return tuple(sorted(found, key=lambda finding: finding.page_order))


def in_the_way(findings: Iterable[Finding]) -> list[Finding]:
    """What keeps the session from beginning: stops that nobody accepted, and whatever is not known."""
    blocking = (Verdict.STOP, Verdict.NEEDS_INFORMATION)
    return [finding for finding in findings if finding.stands and finding.verdict in blocking]


def cancels(findings: Iterable[Finding]) -> str:
    """Why the session is cancelled today, where a sign of intoxication was seen (DAY-5); else nothing."""
    seen = [one for one in findings if one.rule_id == "DAY-5" and one.verdict is Verdict.STOP]
    return f"{seen[0].title} (DAY-5)." if seen else ""


def _of_the_day(day: DayOfDose, setting: Setting, policy: ReadinessPolicy) -> list[Finding]:
    return [
        _finding(rule, rule.judge(day, setting, policy), setting, policy)
        for rule in DAY_RULES
        if setting.product in rule.products and day.person.sex in rule.sexes
    ]


def _of_the_pressure(day: DayOfDose, setting: Setting, policy: ReadinessPolicy) -> list[Finding]:
    today = Candidate(person=day.person, vitals=day.vitals)
    return [
        _finding(rule, ruling, setting, policy)
        for rule in blood_pressure.RULES
        if rule.applies(setting)
        for ruling in rule.judge(today, setting)
    ]


def _finding(rule: DayRule | Rule, ruling: Ruling, setting: Setting, policy: ReadinessPolicy) -> Finding:
    return Finding(
        rule_id=rule.id,
        title=rule.title,
        ruling=ruling,
        standing=ruling.standing or rule.standing,
        source=rule.source,
        verified=rule.verified,
        product=setting.product,
        jurisdiction=setting.jurisdiction,
        rulebook_version=produced_by(policy),
    )


def _with_acceptance(finding: Finding, acceptances: Sequence[Fact[FindingAccepted]]) -> Finding:
    """Accepted only on the very datum it stands on: a newer answer or reading asks again."""
    if not finding.acceptable:
        return finding
    for fact in reversed(acceptances):
        given_on = (fact.payload.rule_id, fact.payload.datum, fact.payload.rulebook_version)
        if given_on == (finding.rule_id, finding.datum_key, finding.rulebook_version):
            return replace(
                finding, accepted=fact.payload, accepted_by=fact.recorded_by, accepted_at=fact.recorded_at
            )
    return finding
