"""Hypersensitivity to esketamine, ketamine or an excipient: CI-04."""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate, Fact
from ajar.pathway.evaluation.concepts import Concept, Evidence, Holds
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength
from ajar.pathway.evaluation.medicines import ingredients_in
from ajar.pathway.evaluation.products import BY_MOUTH, Setting
from ajar.pathway.evaluation.rules.rule import Rule, Stop, ruling_on
from ajar.pathway.patients.facts import AllergyRecorded, CodeSystem

REACTION: Final = Concept(question_id="ketamine_hypersensitivity")

SUBSTANCES: Final = frozenset({"ketamine", "esketamine"})
SUBSTANCE_CODES: Final = frozenset({(CodeSystem.RXNORM, "6130"), (CodeSystem.SNOMED, "373464007")})
"""Ketamine, clinical.md 8.6, from general knowledge, verify."""


def _allergic(setting: Setting) -> Stop:
    """The labels of the spray and of the injection say so; a compounded product has no label."""
    return Stop(
        yes="An allergic reaction to the drug or to something in the product.",
        no="No allergic reaction known.",
        strength=Strength.HARD_STOP,
        effect=Outcome.CONTRAINDICATED,
        standing=Standing.POLICY if setting.product in BY_MOUTH else Standing.LABEL,
    )


def _hypersensitivity(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    evidence = REACTION.look_up(candidate, setting.now)
    recorded = [fact for fact in candidate.allergies if _is_to_the_drug(fact)]
    if recorded and evidence.holds is not Holds.YES:
        conflict = "The history answer is no." if evidence.holds is Holds.NO else ""
        evidence = Evidence(
            holds=Holds.YES,
            datum=f"allergy: {recorded[-1].payload.substance.display}",
            happened_at=recorded[-1].happened_at,
            recorded_at=recorded[-1].recorded_at,
            conflict=conflict,
        )
    return (ruling_on(evidence, REACTION, _allergic(setting)),)


def _is_to_the_drug(fact: Fact[AllergyRecorded]) -> bool:
    if not fact.payload.active:
        return False
    substance = fact.payload.substance
    return (substance.system, substance.code) in SUBSTANCE_CODES or bool(
        SUBSTANCES.intersection(ingredients_in(substance.display))
    )


RULES: Final = (
    Rule(
        id="CI-04",
        title="Hypersensitivity to ketamine, esketamine or an excipient",
        source="[USPI19 §4]; [EUSPC25 4.3]",
        reads=frozenset({"answers", "allergies", "conditions"}),
        judge=_hypersensitivity,
        standing=Standing.LABEL,
    ),
)
