"""The dictionary, and grades that follow from facts or are not given at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.monitoring.events import TERMS as NOTED
from ajar.pathway.safety.grading import (
    Care,
    Consequences,
    GradeFacts,
    Intake,
    Limits,
    PressureFact,
    grade_generic,
    grade_hypertension,
    grade_liver,
    suggested_grade,
)
from ajar.pathway.safety.policy import DEFAULT_SAFETY, SafetyPolicy
from ajar.pathway.safety.terms import BLOOD_PRESSURE_INCREASED, BY_NAME, FROM_EVENT, TERMS

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def fact(systolic: float, diastolic: float, minutes_after_dose: float | None) -> PressureFact:
    dose_at = None if minutes_after_dose is None else NOW - timedelta(minutes=minutes_after_dose)
    return PressureFact(systolic_mmhg=systolic, diastolic_mmhg=diastolic, at=NOW, last_dose_at=dose_at)


def test_every_term_has_a_source_and_words_for_every_grade() -> None:
    assert len(BY_NAME) == len(TERMS)
    for term in TERMS:
        assert term.source
        assert set(term.anchors) == ({1, 2, 3, 4, 5} if term.graded else set())


@pytest.mark.parametrize(
    ("name", "drug", "placebo"),
    [
        ("Dizziness", 38.3, 13.8),
        ("Headache", 20.3, 20.4),
        ("Vertigo", 25.0, 5.5),
        ("Hypertension", 11.5, 4.0),
    ],
)
def test_expected_frequencies_come_with_their_comparison(name: str, drug: float, placebo: float) -> None:
    rate = BY_NAME[name].rates[0]
    assert (rate.drug_percent, rate.placebo_percent) == (drug, placebo)
    assert rate.source in ("[ASP-T2]", "[SUS-T3]")


def test_what_could_not_be_traced_says_so() -> None:
    assert [term.name for term in TERMS if not term.verified] == ["Nausea", "Vomiting", "Liver injury"]


def test_what_is_noted_at_the_chair_suggests_a_term_of_the_dictionary() -> None:
    assert set(FROM_EVENT) <= set(NOTED)
    assert set(FROM_EVENT.values()) <= set(BY_NAME)


@pytest.mark.parametrize(
    ("care", "limits", "grade"),
    [
        (Care.NONE, Limits.NOTHING, 1),
        (Care.LOCAL, Limits.NOTHING, 2),
        (Care.NONE, Limits.INSTRUMENTAL, 2),
        (Care.HOSPITAL, Limits.NOTHING, 3),
        (Care.LOCAL, Limits.SELF_CARE, 3),
        (Care.URGENT, Limits.NOTHING, 4),
    ],
)
def test_the_worse_of_care_and_limits_counts(care: Care, limits: Limits, grade: int) -> None:
    assert grade_generic(Consequences(care=care, limits=limits)).value == grade


def test_death_is_grade_5_whatever_was_done() -> None:
    assert grade_generic(Consequences(care=Care.NONE, fatal=True)).value == 5


@pytest.mark.parametrize(
    ("systolic", "diastolic", "grade"),
    [
        (119, 79, None), (120, 79, 1), (119, 80, 1), (139, 89, 1), (140, 89, 2), (130, 90, 2), (159, 99, 2),
        (160, 80, 3), (130, 100, 3), (230, 140, 3),
    ],
)  # fmt: skip
def test_hypertension_is_graded_by_either_number_and_never_4(
    systolic: float, diastolic: float, grade: int | None
) -> None:
    assert grade_hypertension(fact(systolic, diastolic, None)).value == grade
    assert grade_hypertension(fact(systolic, diastolic, 241)).value == grade


@pytest.mark.hazard("HAZ-06")
@given(
    systolic=st.floats(60, 260),
    diastolic=st.floats(30, 160),
    minute=st.floats(0, DEFAULT_SAFETY.dosing_rise_min),
)
@pytest.mark.hazard("HAZ-27")
def test_no_pressure_in_the_hours_after_a_dose_is_ever_graded(
    systolic: float, diastolic: float, minute: float
) -> None:
    grade = grade_hypertension(fact(systolic, diastolic, minute))
    assert grade.value is None
    assert "blood pressure increased" in grade.because


@pytest.mark.parametrize(
    ("times", "grade"),
    [(0.5, None), (1.0, None), (1.1, 1), (3.0, 1), (3.1, 2), (5.0, 2), (5.1, 3), (20.0, 3), (20.1, 4)],
)
def test_liver_injury_is_graded_by_alt(times: float, grade: int | None) -> None:
    assert grade_liver(times).value == grade


@pytest.mark.parametrize("times", [0, -1, float("nan"), float("inf")])
def test_an_impossible_alt_is_refused(times: float) -> None:
    with pytest.raises(ValueError, match="positive multiple"):
        grade_liver(times)


@pytest.mark.parametrize(
    ("term", "facts", "grade", "words"),
    [
        ("Nausea", GradeFacts(intake=Intake.APPETITE_LOSS), 1, "less appetite"),
        ("Nausea", GradeFacts(intake=Intake.LESS), 2, "less"),
        ("Nausea", GradeFacts(intake=Intake.INADEQUATE), 3, "too little"),
        ("Nausea", GradeFacts(care=Care.HOSPITAL), None, "eats and drinks"),
        ("Vomiting", GradeFacts(care=Care.NONE), 1, "nothing was needed"),
        ("Vomiting", GradeFacts(care=Care.LOCAL), 2, "given or done here"),
        ("Vomiting", GradeFacts(care=Care.HOSPITAL), 3, "hospital"),
        ("Vomiting", GradeFacts(), None, "what was needed"),
        ("Liver injury", GradeFacts(alt_times_upper_limit=4), 2, "ALT 4 times"),
        ("Liver injury", GradeFacts(), None, "how many times"),
        ("Hypertension", GradeFacts(pressure=fact(165, 90, None)), 3, "165/90"),
        ("Hypertension", GradeFacts(pressure=fact(165, 90, 40)), None, "report as blood pressure increased"),
        ("Hypertension", GradeFacts(), None, "No blood pressure"),
        (BLOOD_PRESSURE_INCREASED, GradeFacts(pressure=fact(165, 90, 40)), None, "trap 27"),
        ("Headache", GradeFacts(), None, "Say what was needed"),
        ("Headache", GradeFacts(care=Care.LOCAL), 2, "Needed"),
        ("Headache", GradeFacts(limits=Limits.SELF_CARE), 3, "washing"),
    ],
)
def test_a_grade_is_suggested_from_the_terms_own_facts_or_what_is_missing_is_said(
    term: str, facts: GradeFacts, grade: int | None, words: str
) -> None:
    suggested = suggested_grade(term, facts)
    assert suggested.value == grade
    assert words in suggested.because


def test_a_clinics_own_hours_after_a_dose_count() -> None:
    own, facts = replace(DEFAULT_SAFETY, dosing_rise_min=30), GradeFacts(pressure=fact(165, 90, 40))
    assert (
        suggested_grade("Hypertension", facts).value,
        suggested_grade("Hypertension", facts, own).value,
    ) == (
        None,
        3,
    )


@pytest.mark.parametrize(
    "name", ["dosing_rise_min", "rise_systolic_mmhg", "rise_diastolic_mmhg", "serious_within_h"]
)
def test_a_policy_without_a_window_or_a_mark_is_refused(name: str) -> None:
    values = {
        "version": "x", "dosing_rise_min": 1, "rise_systolic_mmhg": 1.0, "rise_diastolic_mmhg": 1.0,
        "serious_within_h": 1,
    }  # fmt: skip
    with pytest.raises(ValueError, match=name):
        SafetyPolicy(**(values | {name: 0}))  # type: ignore[arg-type]
