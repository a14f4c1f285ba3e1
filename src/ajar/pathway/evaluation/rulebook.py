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
    blood_pressure,
    capacity,
    diagnoses,
    heart_and_brain,
    hypersensitivity,
    interactions,
    liver,
    mind_cautions,
    other_organs,
    pregnancy,
    pressure_hazard,
    psychiatric,
    resistance,
    substances,
    vascular,
)
from ajar.pathway.evaluation.rules.rule import Rule

RULEBOOK_VERSION: Final = "evaluation 2026.2"

RULEBOOK: Final[tuple[Rule, ...]] = (
    *vascular.RULES,
    *hypersensitivity.RULES,
    *pressure_hazard.RULES,
    *heart_and_brain.RULES,
    *capacity.RULES,
    *psychiatric.RULES,
    *mind_cautions.RULES,
    *pregnancy.RULES,
    *liver.RULES,
    *other_organs.RULES,
    *substances.RULES,
    *age.RULES,
    *blood_pressure.RULES,
    *resistance.RULES,
    *interactions.RULES,
    *diagnoses.RULES,
)


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
    )
    return _with_acceptance(bare, candidate) if bare.acceptable else bare


def _with_acceptance(finding: Finding, candidate: Candidate) -> Finding:
    """The finding with its acceptance, if the datum it was accepted on is still the one it stands on."""
    for fact in reversed(candidate.acceptances):
        accepted = fact.payload
        given_on = (accepted.rule_id, accepted.datum, accepted.rulebook_version)
        if given_on == (finding.rule_id, finding.datum_key, finding.rulebook_version):
            return replace(
                finding, accepted=accepted, accepted_by=fact.recorded_by, accepted_at=fact.recorded_at
            )
    return finding
