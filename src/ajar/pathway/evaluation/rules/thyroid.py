"""The thyroid test: LAB-6. An overactive thyroid that is known stops by CI-22."""

from typing import Final

from ajar.pathway.evaluation.candidate import Candidate
from ajar.pathway.evaluation.concepts import THYROID_HISTORY, Evidence, Holds
from ajar.pathway.evaluation.findings import Ruling, Standing
from ajar.pathway.evaluation.products import Setting
from ajar.pathway.evaluation.rules.laboratory import TSH, Result, present
from ajar.pathway.evaluation.rules.rule import NEEDS, Rule
from ajar.pathway.evaluation.rules.ruling import asks, defers, passes, warns

LOWEST_MIU_L: Final = 0.4  # usual lower limit of TSH, from general knowledge, verify


def _tsh(candidate: Candidate, setting: Setting) -> tuple[Ruling, ...]:
    result, asked = present(TSH, candidate, setting, holds_days=setting.policy.thyroid_holds_days)
    if result is not None and (value := TSH.number(result)) is not None and value < LOWEST_MIU_L:
        until = "Until thyroid function is normal (CI-22)."
        because = f"TSH below {LOWEST_MIU_L:g} mIU/L: the thyroid may be overactive."
        return (defers(because, TSH.words(result), until, result),)
    history = THYROID_HISTORY.look_up(candidate, setting.now)
    told = () if history.holds in (Holds.YES, Holds.NO) else (_untold(history),)
    if _is_needed(history, candidate, setting):
        return (*told, asked if asked is not None else _read(result))
    return told or (passes("No thyroid disease, and no fast pulse: no TSH is needed.", history.datum),)


def _is_needed(history: Evidence, candidate: Candidate, setting: Setting) -> bool:
    rates = candidate.heart_rates()
    fast = bool(rates) and (rates[-1].payload.heart_rate_bpm or 0.0) > setting.policy.fast_bpm
    return fast or history.holds is Holds.YES


def _untold(history: Evidence) -> Ruling:
    because = NEEDS[history.holds].format(question=THYROID_HISTORY.question.wording)
    return asks(because, "Ask the question.", f"thyroid: {history.datum}", fill_in="history-thyroid_history")


def _read(result: Result | None) -> Ruling:
    if result is None or TSH.number(result) is None:
        return asks("The TSH is no number in mIU/L.", "Record the TSH as a number in mIU/L.", seen=result)
    upper = result.payload.upper_normal
    value = TSH.number(result)
    if upper and value is not None and value > upper:
        return warns(
            "TSH is high: an underactive thyroid can look like depression.", TSH.words(result), result
        )
    return passes("TSH is not low.", TSH.words(result), result)


RULES: Final = (
    Rule(
        id="LAB-6",
        title="Thyroid test",
        source="clinical.md LAB-6 (design default); CI-22 [EUPIL]; limit from general knowledge, verify",
        reads=frozenset({"labs", "answers", "conditions", "vitals"}),
        judge=_tsh,
        standing=Standing.DESIGN_DEFAULT,
        verified=False,
    ),
)
