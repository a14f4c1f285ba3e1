"""Cautions of mental health: CA-04, CA-12, CA-13. (CA-14: body.py.)"""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import (
    BORDERLINE,
    PSYCHOSIS_IN_FAMILY,
    RECENT_SUICIDE_ATTEMPT,
    Evidence,
    Holds,
)
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength
from ajar.pathway.evaluation.policy import Exclusion
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.age import ADULT_FROM, YOUNG_ADULT_TO
from ajar.pathway.evaluation.rules.rule import Rule, Stop, always, by_policy, concept_rule, ruling_on


def _family(setting: Setting) -> Stop:
    excluded = setting.policy.family_psychosis is Exclusion.EXCLUDE
    words = "A close relative has a psychosis: "
    stop = Stop(
        yes=words
        + ("this programme excludes it." if excluded else "some programmes exclude this. Watch for it."),
        no="No psychosis in the close family known.",
        strength=Strength.CAUTION,
        effect=Outcome.ELIGIBLE_WITH_CAUTION,
        standing=Standing.POLICY if excluded else None,
    )
    return by_policy(setting.policy.family_psychosis, stop, specialist="a psychiatrist")


WATCHED: Final = Stop(
    yes="C-SSRS at every visit, and a safety plan.",
    no="No recent suicide attempt known.",
    strength=Strength.CAUTION,
    effect=Outcome.ELIGIBLE_WITH_CAUTION,
)


def _suicidality(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    """An attempt, or the age of the boxed warning: the same care for both."""
    evidence = RECENT_SUICIDE_ATTEMPT.look_up(candidate, setting.now)
    age = candidate.age_on(setting.now.date())
    if evidence.holds is Holds.NO and ADULT_FROM <= age <= YOUNG_ADULT_TO:
        evidence = Evidence(holds=Holds.YES, datum=f"age {age} years")
    return (ruling_on(evidence, RECENT_SUICIDE_ATTEMPT, WATCHED),)


RULES: Final = (
    concept_rule(
        id="CA-04",
        title="Primary psychosis in the family",
        concept=PSYCHOSIS_IN_FAMILY,
        source="[YALE-BPD]; [PSYON]",
        stop_for=_family,
    ),
    Rule(
        id="CA-12",
        title="Recent suicide attempt, or age 18 to 24",
        source="[USPI21]; the 12 months are a design default",
        reads=frozenset({"answers", "conditions", "person"}),
        judge=_suicidality,
    ),
    concept_rule(
        id="CA-13",
        title="Borderline personality disorder",
        concept=BORDERLINE,
        source="[FINE23]",
        stop_for=always(
            Stop(
                yes="Link with DBT; dissociation can weigh more.",
                no="No borderline personality disorder known.",
                strength=Strength.CAUTION,
                effect=Outcome.ELIGIBLE_WITH_CAUTION,
            )
        ),
    ),
)
