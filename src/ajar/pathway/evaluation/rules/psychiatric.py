"""Psychosis and mania: CI-07, CI-08, CA-03, CA-05.

CI-07 is programme policy. The US label says "carefully assess", the published cases disagree with
exclusion (CONFLICT [VER-PSY], trap 5), and the page says so. A programme that decides otherwise sets its
policy for everyone; by default it is not accepted patient by patient, so it is a HARD_STOP here.
"""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import BIPOLAR, MANIA_NOW, PSYCHOSIS_NOW, PSYCHOSIS_PAST
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength
from ajar.pathway.evaluation.policy import Exclusion
from ajar.pathway.evaluation.products import NASAL, Jurisdiction, Setting
from ajar.pathway.evaluation.rules.remission import ended_within
from ajar.pathway.evaluation.rules.rule import Rule, Stop, always, by_policy, concept_rule, ruling_on
from ajar.pathway.evaluation.rules.ruling import defers

LABEL_ON_PSYCHOSIS: Final = {
    Jurisdiction.US: "The US label of Spravato says to assess carefully",
    Jurisdiction.EU: "The EU label of Spravato warns of it",
}


def _psychosis(setting: Setting) -> Stop:
    """Programme policy, whatever the product; the label neither excludes nor allows it."""
    label = LABEL_ON_PSYCHOSIS.get(setting.jurisdiction, "No label text for this country was read")
    stop = Stop(
        yes="Ketamine can worsen psychosis. This is the programme's policy, not a label contraindication. "
        f"{label}.",
        no="No active psychosis or schizophrenia known.",
        strength=Strength.HARD_STOP,
        effect=Outcome.CONTRAINDICATED,
    )
    return by_policy(setting.policy.psychosis, stop, specialist="a psychiatrist")


PAST: Final = Stop(
    yes="A psychotic episode in the past, or psychotic depression: a psychiatrist signs off, and nothing in "
    "the last 6 to 12 months.",
    no="No past psychotic episode known.",
    strength=Strength.CAUTION,
    effect=Outcome.ELIGIBLE_WITH_CAUTION,
)


def _past_psychosis(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    months = setting.policy.psychosis_free_months
    said = ruling_on(PSYCHOSIS_PAST.look_up(candidate, setting.now), PSYCHOSIS_PAST, PAST)
    recent = ended_within(PSYCHOSIS_PAST, candidate, setting, months=months)
    if recent is None:
        return (said,)
    until = f"Until {months} months have passed without psychotic symptoms."
    datum = f"{recent.payload.condition.display}, over since {recent.payload.abated_on}"
    return (said, defers(f"A psychotic episode within the last {months} months.", datum, until, recent))


def _bipolar(setting: Setting) -> Stop:
    label = " It is not in Spravato's indication." if setting.product in NASAL else ""
    excluded = setting.policy.bipolar is Exclusion.EXCLUDE
    stop = Stop(
        yes=f"Bipolar disorder: off-label, a mood stabiliser in place, and watched for a switch.{label}"
        if not excluded
        else f"Bipolar disorder: this programme excludes it, as policy.{label}",
        no="No bipolar disorder known.",
        strength=Strength.CAUTION,
        effect=Outcome.ELIGIBLE_WITH_CAUTION,
        standing=Standing.POLICY if excluded else None,
    )
    return by_policy(setting.policy.bipolar, stop, specialist="a psychiatrist")


RULES: Final = (
    concept_rule(
        id="CI-07",
        title="Active psychosis, schizophrenia, schizoaffective disorder",
        concept=PSYCHOSIS_NOW,
        source="[USPI19 §5.2] (careful assessment, no contraindication); [SEED]; [ASRA18-BL]; [TKC]; "
        "CONFLICT with [VER-PSY]",
        standing=Standing.POLICY,
        stop_for=_psychosis,
    ),
    Rule(
        id="CA-03",
        title="Past psychotic episode, or psychotic depression",
        source="[VER-PSY]; interval of 6 to 12 months without symptoms is a design default",
        reads=frozenset({"answers", "conditions"}),
        judge=_past_psychosis,
    ),
    concept_rule(
        id="CI-08",
        title="Current mania or mixed state",
        concept=MANIA_NOW,
        source="[PMC10812090]; [EUPIL]",
        standing=Standing.POLICY,
        stop_for=always(
            Stop(
                yes="Manic or mixed state: ketamine was not studied here and can drive it on.",
                no="No manic or mixed state.",
                strength=Strength.SOFT_STOP,
                effect=Outcome.DEFER,
                until="Until the manic or mixed state is over.",
            )
        ),
    ),
    concept_rule(
        id="CA-05",
        title="Bipolar disorder",
        concept=BIPOLAR,
        source="[TKC]; [VA-HM] excludes it (CONFLICT)",
        stop_for=_bipolar,
    ),
)
