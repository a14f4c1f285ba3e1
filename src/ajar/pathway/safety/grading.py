"""A CTCAE v5 grade from facts, or why there is none: nothing is graded from a guess (clinical.md 4.9).

A blood pressure within the hours after a dose is never graded from its numbers: those rises would all come
out as grade 2 or 3 (trap 27). They are told as "Blood pressure increased" with peak and duration.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import isfinite
from typing import Final

from ajar.pathway.safety.policy import DEFAULT_SAFETY, SafetyPolicy
from ajar.pathway.safety.terms import BLOOD_PRESSURE_INCREASED, HYPERTENSION


class Care(StrEnum):
    """What was done about it."""

    NONE = "nothing was needed"
    LOCAL = "something was given or done here"
    HOSPITAL = "hospital"
    URGENT = "urgent, life-saving"


class Limits(StrEnum):
    """What the person could not do because of it (activities of daily living)."""

    NOTHING = "nothing"
    INSTRUMENTAL = "shopping, cooking, using the telephone"
    SELF_CARE = "washing, dressing, eating"


class Intake(StrEnum):
    """Eating and drinking under nausea."""

    APPETITE_LOSS = "less appetite only"
    LESS = "eats and drinks less"
    INADEQUATE = "eats and drinks too little"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What can be said: a grade of 1 to 5, or None, and why."""

    value: int | None
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What any event led to."""

    care: Care
    limits: Limits = Limits.NOTHING
    fatal: bool = False


CARE_GRADES: Final[Mapping[Care, int]] = {Care.NONE: 1, Care.LOCAL: 2, Care.HOSPITAL: 3, Care.URGENT: 4}
LIMITS_GRADES: Final[Mapping[Limits, int]] = {
    Limits.NOTHING: 1,
    Limits.INSTRUMENTAL: 2,
    Limits.SELF_CARE: 3,
}


def grade_generic(facts: Consequences) -> Grade:
    """The worse of what was needed and what it kept the person from [CTCAE5]."""
    if facts.fatal:
        return Grade(value=5, because="Death.")
    value = max(CARE_GRADES[facts.care], LIMITS_GRADES[facts.limits])
    return Grade(value=value, because=f"Needed: {facts.care}; kept from: {facts.limits}.")


NAUSEA_GRADES: Final[Mapping[Intake, int]] = {Intake.APPETITE_LOSS: 1, Intake.LESS: 2, Intake.INADEQUATE: 3}


def grade_nausea(intake: Intake) -> Grade:
    """By what the person eats and drinks (anchors from general knowledge, verify)."""
    return Grade(value=NAUSEA_GRADES[intake], because=f"Nausea: {intake}.")


def grade_vomiting(care: Care) -> Grade:
    """By what it took: nothing, fluids as an outpatient, hospital (from general knowledge, verify)."""
    return Grade(value=CARE_GRADES[care], because=f"Vomiting; needed: {care}.")


ALT_STEPS: Final = ((20.0, 4), (5.0, 3), (3.0, 2), (1.0, 1))
"""Above so many times the upper limit of normal: grade. From general knowledge, verify."""


def grade_liver(alt_times_upper_limit: float) -> Grade:
    """By ALT as a multiple of the laboratory's upper limit of normal.

    Raises:
        ValueError: the multiple is not a positive number.
    """
    if not (isfinite(alt_times_upper_limit) and alt_times_upper_limit > 0):
        raise ValueError(f"ALT is a positive multiple of the upper limit, got {alt_times_upper_limit}.")
    datum = f"ALT {alt_times_upper_limit:g} times the upper limit of normal."
    for bound, value in ALT_STEPS:
        if alt_times_upper_limit > bound:
            return Grade(value=value, because=datum)
    return Grade(value=None, because=f"{datum} That is normal.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PressureFact:
    """One blood pressure in mmHg, when it was taken, and the dose that came last before it, if any."""

    systolic_mmhg: float
    diastolic_mmhg: float
    at: datetime
    last_dose_at: datetime | None


HYPERTENSION_STEPS: Final = ((160.0, 100.0, 3), (140.0, 90.0, 2), (120.0, 80.0, 1))
"""From these numbers on, either of them: grade [CTCAE-HTN]. Grade 4 is a judgement, never a number."""


def grade_hypertension(fact: PressureFact, policy: SafetyPolicy = DEFAULT_SAFETY) -> Grade:
    """By the numbers, outside the hours after a dose; within them never (trap 27)."""
    if _within_dosing_rise(fact, policy):
        return Grade(
            value=None,
            because=f"Within {policy.dosing_rise_min} min after a dose: report as blood pressure increased, "
            "with its peak and duration.",
        )
    datum = f"{fact.systolic_mmhg:g}/{fact.diastolic_mmhg:g} mmHg."
    for systolic, diastolic, value in HYPERTENSION_STEPS:
        if fact.systolic_mmhg >= systolic or fact.diastolic_mmhg >= diastolic:
            return Grade(value=value, because=datum)
    return Grade(value=None, because=f"{datum} That is normal.")


def _within_dosing_rise(fact: PressureFact, policy: SafetyPolicy) -> bool:
    if fact.last_dose_at is None:
        return False
    return timedelta(0) <= fact.at - fact.last_dose_at <= timedelta(minutes=policy.dosing_rise_min)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeFacts:
    """What is known of one event; None: not said."""

    care: Care | None = None
    limits: Limits | None = None
    intake: Intake | None = None
    alt_times_upper_limit: float | None = None
    pressure: PressureFact | None = None


def _generic(facts: GradeFacts, _: SafetyPolicy) -> Grade:
    if facts.care is None and facts.limits is None:
        return Grade(value=None, because="Say what was needed, or what it kept the person from.")
    return grade_generic(Consequences(care=facts.care or Care.NONE, limits=facts.limits or Limits.NOTHING))


def _nausea(facts: GradeFacts, _: SafetyPolicy) -> Grade:
    if facts.intake is None:
        return Grade(value=None, because="Say how the person eats and drinks.")
    return grade_nausea(facts.intake)


def _vomiting(facts: GradeFacts, _: SafetyPolicy) -> Grade:
    if facts.care is None:
        return Grade(value=None, because="Say what was needed.")
    return grade_vomiting(facts.care)


def _liver(facts: GradeFacts, _: SafetyPolicy) -> Grade:
    if facts.alt_times_upper_limit is None:
        return Grade(value=None, because="Say how many times the upper limit of normal ALT is.")
    return grade_liver(facts.alt_times_upper_limit)


def _hypertension(facts: GradeFacts, policy: SafetyPolicy) -> Grade:
    if facts.pressure is None:
        return Grade(value=None, because="No blood pressure is recorded.")
    return grade_hypertension(facts.pressure, policy)


def _never(_: GradeFacts, __: SafetyPolicy) -> Grade:
    return Grade(value=None, because="Told with its peak and its duration, never by a grade (trap 27).")


GRADED_BY: Final[Mapping[str, Callable[[GradeFacts, SafetyPolicy], Grade]]] = {
    BLOOD_PRESSURE_INCREASED: _never,
    HYPERTENSION: _hypertension,
    "Nausea": _nausea,
    "Vomiting": _vomiting,
    "Liver injury": _liver,
}
"""Terms whose grade follows from facts of their own; every other follows what it led to."""


def suggested_grade(term: str, facts: GradeFacts, policy: SafetyPolicy = DEFAULT_SAFETY) -> Grade:
    """The grade that these facts make, for a clinician to take or not; None with what is missing."""
    return GRADED_BY.get(term, _generic)(facts, policy)
