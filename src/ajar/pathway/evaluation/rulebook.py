"""The rule book of the evaluation, and judging a candidate by it.

A judgement keeps the version; an acceptance counts only under the version it was given under, because a
newer rule may ask something else.
"""

from dataclasses import replace
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.findings import Finding, Judgement, Ruling
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules import (
    age,
    bladder,
    blood_pressure,
    body,
    capacity,
    cognition,
    conditions,
    diagnoses,
    drug_screen,
    electrocardiogram,
    heart_and_brain,
    home,
    hypersensitivity,
    hypertension,
    indication,
    interactions,
    liver,
    liver_tests,
    mind_cautions,
    other_organs,
    pregnancy,
    pressure_hazard,
    psychiatric,
    renal,
    resistance,
    sleep_apnoea,
    substances,
    thyroid,
    vascular,
)
from ajar.pathway.evaluation.rules.rule import Rule

RULEBOOK_VERSION: Final = "evaluation 2026.3"

RULEBOOK: Final[tuple[Rule, ...]] = (
    *indication.RULES,
    *conditions.RULES,
    *home.RULES,
    *vascular.RULES,
    *hypersensitivity.RULES,
    *pressure_hazard.RULES,
    *heart_and_brain.RULES,
    *capacity.RULES,
    *cognition.RULES,
    *psychiatric.RULES,
    *mind_cautions.RULES,
    *pregnancy.RULES,
    *liver.RULES,
    *liver_tests.RULES,
    *renal.RULES,
    *electrocardiogram.RULES,
    *thyroid.RULES,
    *other_organs.RULES,
    *bladder.RULES,
    *sleep_apnoea.RULES,
    *body.RULES,
    *substances.RULES,
    *drug_screen.RULES,
    *age.RULES,
    *blood_pressure.RULES,
    *hypertension.RULES,
    *resistance.RULES,
    *interactions.RULES,
    *diagnoses.RULES,
)
"""In the order of the visit: what for, whether it is safe, what the tests say, what else is taken."""


def rule_named(rule_id: str) -> Rule:
    """The rule that answers this id of clinical.md.

    Raises:
        LookupError: there is none; the message lists those there are.
    """
    for rule in RULEBOOK:
        if rule_id in rule.ids:
            return rule
    known = ", ".join(one for rule in RULEBOOK for one in rule.ids)
    raise LookupError(f"There is no rule {rule_id!r}; there are: {known}.")


def judge(candidate: Candidate, setting: Setting) -> Judgement:
    """Every rule's answer for this candidate, product, jurisdiction and moment; passes are kept."""
    findings = tuple(
        _finding(rule, ruling, candidate, setting)
        for rule in RULEBOOK
        if rule.applies(setting)
        for ruling in rule.judge(candidate, setting)
    )
    return Judgement(
        product=setting.product,
        jurisdiction=setting.jurisdiction,
        rulebook_version=RULEBOOK_VERSION,
        judged_at=setting.now,
        findings=findings,
        indication=setting.indication,
        payer=setting.payer,
        policy_version=setting.policy.version,
    )


def _finding(rule: Rule, ruling: Ruling, candidate: Candidate, setting: Setting) -> Finding:
    bare = Finding(
        rule_id=rule.id,
        title=rule.title,
        ruling=ruling,
        standing=ruling.standing or rule.standing,
        source=rule.source,
        verified=rule.verified,
        product=setting.product,
        jurisdiction=setting.jurisdiction,
        rulebook_version=RULEBOOK_VERSION,
        policy_version=setting.policy.version,
    )
    return _with_acceptance(bare, candidate) if candidate.acceptances and bare.acceptable else bare


def _with_acceptance(finding: Finding, candidate: Candidate) -> Finding:
    """The finding with its acceptance, if the datum it was accepted on is still the one it stands on.

    So is the version: another rulebook or another policy asks again. What was accepted before policies had
    versions names the rulebook's alone.
    """
    versions = (finding.produced_by, finding.rulebook_version)
    for fact in reversed(candidate.acceptances):
        accepted = fact.payload
        same = (accepted.rule_id, accepted.datum) == (finding.rule_id, finding.datum_key)
        if same and accepted.rulebook_version in versions:
            return replace(
                finding, accepted=accepted, accepted_by=fact.recorded_by, accepted_at=fact.recorded_at
            )
    return finding
