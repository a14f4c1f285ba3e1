"""The electrocardiogram: who needs one, and what an abnormal one leads to: LAB-5."""

from collections.abc import Iterable
from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import (
    DECOMPENSATED_HEART,
    HEART_RISK,
    RECENT_CARDIOVASCULAR_EVENT,
    STROKE_OR_TIA,
    TREATED_HYPERTENSION,
    Concept,
    Evidence,
    Holds,
)
from ajar.pathway.evaluation.findings import Ruling
from ajar.pathway.evaluation.policy import WhoIsTested
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.laboratory import ECG, QTC, Result, is_normal, present
from ajar.pathway.evaluation.rules.rule import NEEDS, Rule
from ajar.pathway.evaluation.rules.ruling import asks, defers, passes

RISKS: Final[tuple[Concept, ...]] = (
    TREATED_HYPERTENSION,
    DECOMPENSATED_HEART,
    RECENT_CARDIOVASCULAR_EVENT,
    STROKE_OR_TIA,
)
"""Besides the question on heart disease itself; the list is a design default."""


def _ecg(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    tracing = ECG.latest(candidate)
    if tracing is not None and is_normal(tracing) is False:
        until = "Until cardiology has read it and cleared the treatment."
        return (defers("The ECG is not normal.", ECG.words(tracing), until, tracing),)
    risk = HEART_RISK.look_up(candidate, setting.now)
    told = () if risk.holds in (Holds.YES, Holds.NO) else (_untold(risk),)
    if _is_needed(risk, candidate, setting):
        return (*told, _recorded(tracing, candidate, setting))
    return told or (passes("No ECG is needed: no cardiac risk, and not of the age for it.", risk.datum),)


def _is_needed(risk: Evidence, candidate: Candidate, setting: Setting) -> bool:
    policy = setting.policy
    if policy.ecg is WhoIsTested.ALL or candidate.age_on(setting.now.date()) >= policy.ecg_from_years:
        return True
    return risk.holds is Holds.YES or any(_known(RISKS, candidate, setting))


def _known(concepts: Iterable[Concept], candidate: Candidate, setting: Setting) -> Iterable[bool]:
    return (concept.look_up(candidate, setting.now).holds is Holds.YES for concept in concepts)


def _untold(risk: Evidence) -> Ruling:
    because = NEEDS[risk.holds].format(question=HEART_RISK.question.wording)
    return asks(because, "Ask the question.", f"heart risk: {risk.datum}", fill_in="history-heart_risk")


def _recorded(tracing: Result | None, candidate: Candidate, setting: Setting) -> Ruling:
    holds_days = setting.policy.ecg_holds_days
    test = QTC if tracing is None and QTC.latest(candidate) else ECG
    result, asked = present(test, candidate, setting, holds_days=holds_days)
    if asked is not None:
        return asked
    if test is ECG and result is not None and is_normal(result) is None:
        return asks("The ECG does not say normal or abnormal.", "Say which.", ECG.words(result), result)
    return passes("An ECG is recorded.", test.words(result) if result else "", result)


RULES: Final = (
    Rule(
        id="LAB-5",
        title="Electrocardiogram",
        source="[CPSBC21] (everybody); otherwise cardiac risk or age, a design default",
        reads=frozenset({"labs", "answers", "conditions", "person"}),
        judge=_ecg,
    ),
)
