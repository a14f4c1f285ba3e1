"""Conditions that are no indication of their own: IND-4 to IND-7 (clinical.md 7)."""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import DEPRESSION_NOW
from ajar.pathway.evaluation.findings import Outcome, Ruling, Standing, Strength, Verdict
from ajar.pathway.evaluation.policy import Exclusion
from ajar.pathway.evaluation.products import Indication, Setting
from ajar.pathway.evaluation.rules.rule import Rule
from ajar.pathway.evaluation.rules.ruling import defers, warns
from ajar.pathway.evaluation.rules.wanted import Wanted, ruling_on_wanted

BESIDE: Final = Wanted(
    concept=DEPRESSION_NOW,
    about="depression",
    yes="For the depression beside it, which is recorded.",
    no="For this condition alone it is not indicated: only for a depression beside it.",
    until="Until a depression beside it is diagnosed and recorded.",
)


def _only_beside_depression(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    return (ruling_on_wanted(BESIDE, candidate, setting),)


def _attention(_candidate: Candidate, _setting: Setting) -> tuple[Ruling, ...]:
    because = "For ADHD alone it is not indicated: there is no direct evidence."
    until = "Until another condition is chosen that it is indicated for."
    return (defers(because, Indication.ADHD.label, until),)


def _psychosis(_candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    datum = Indication.PSYCHOSIS.label
    policy = "This is the programme's policy, not a label contraindication."
    if setting.policy.psychosis is Exclusion.EXCLUDE:
        return (
            Ruling(
                verdict=Verdict.STOP,
                strength=Strength.HARD_STOP,
                effect=Outcome.CONTRAINDICATED,
                because=f"Psychosis is not treated with ketamine here. {policy}",
                datum=datum,
            ),
        )
    if setting.policy.psychosis is Exclusion.SPECIALIST:
        until = "Until a psychiatrist has interviewed the patient and signed off."
        return (defers(f"Psychosis needs a psychiatrist's interview first. {policy}", datum, until),)
    return (warns(f"The evidence for psychosis is a hypothesis only. {policy}", datum),)


NO_FACT: Final[frozenset[str]] = frozenset()

RULES: Final = (
    Rule(
        id="IND-4",
        title="Only for depression beside it",
        source="clinical.md 7 rows 6 and 7: [FINE23]; [YALE-BPD]; [ED22]; [AN21]",
        reads=frozenset({"answers", "conditions"}),
        judge=_only_beside_depression,
        standing=Standing.LITERATURE,
        indications=frozenset({Indication.BORDERLINE, Indication.EATING}),
    ),
    Rule(
        id="IND-5",
        title="ADHD alone",
        source="clinical.md 7 row 8: [SEED]; [SPP-STIM]",
        reads=NO_FACT,
        judge=_attention,
        standing=Standing.LITERATURE,
        indications=frozenset({Indication.ADHD}),
    ),
    Rule(
        id="IND-6",
        title="Psychosis as the reason for treatment",
        source="clinical.md 7 row 9: [SEED]; [USPI19 §5.2]; CONFLICT with [VER-PSY] (trap 5)",
        reads=NO_FACT,
        judge=_psychosis,
        standing=Standing.POLICY,
        indications=frozenset({Indication.PSYCHOSIS}),
    ),
)
