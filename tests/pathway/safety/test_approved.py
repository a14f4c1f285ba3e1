"""The dictionary of adverse events, and what grade facts make, as read and approved."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from ajar.pathway.safety.grading import (
    Care,
    Consequences,
    GradeFacts,
    Intake,
    Limits,
    PressureFact,
    grade_generic,
    suggested_grade,
)
from ajar.pathway.safety.policy import DEFAULT_SAFETY
from ajar.pathway.safety.terms import AT_HOME, BLOOD_PRESSURE_INCREASED, BY_NAME
from tests.support.approved import assert_approved

APPROVED: Final = Path(__file__).parent / "approved"
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def pressed(systolic: float, diastolic: float, dose_min_ago: float | None = None) -> GradeFacts:
    dose_at = None if dose_min_ago is None else NOW - timedelta(minutes=dose_min_ago)
    return GradeFacts(
        pressure=PressureFact(systolic_mmhg=systolic, diastolic_mmhg=diastolic, at=NOW, last_dose_at=dose_at)
    )


GRADED: Final = {
    "headache, nothing said": ("Headache", GradeFacts()),
    "headache, only what was needed": ("Headache", GradeFacts(care=Care.LOCAL)),
    "headache, only what it kept from": ("Headache", GradeFacts(limits=Limits.SELF_CARE)),
    "nausea": ("Nausea", GradeFacts(intake=Intake.LESS)),
    "nausea, nothing said": ("Nausea", GradeFacts(care=Care.HOSPITAL)),
    "vomiting": ("Vomiting", GradeFacts(care=Care.HOSPITAL)),
    "vomiting, nothing said": ("Vomiting", GradeFacts()),
    "liver, normal": ("Liver injury", GradeFacts(alt_times_upper_limit=1)),
    "liver, raised": ("Liver injury", GradeFacts(alt_times_upper_limit=1.1)),
    "liver, nothing said": ("Liver injury", GradeFacts()),
    "pressure, normal": ("Hypertension", pressed(119, 79)),
    "pressure, raised": ("Hypertension", pressed(119, 80)),
    "pressure, the last minute of the hours after a dose": ("Hypertension", pressed(190, 110, 240)),
    "pressure, a minute later": ("Hypertension", pressed(190, 110, 241)),
    "pressure, before the dose": ("Hypertension", pressed(190, 110, -1)),
    "pressure, not measured": ("Hypertension", GradeFacts()),
    "the rise of a dose": (BLOOD_PRESSURE_INCREASED, pressed(190, 110, 40)),
}


def test_the_dictionary_is_what_was_approved() -> None:
    assert_approved(APPROVED / "terms.json", {**BY_NAME, "at home": AT_HOME})


def test_what_is_said_of_a_grade_is_what_was_approved() -> None:
    said: dict[str, object] = {name: suggested_grade(term, facts) for name, (term, facts) in GRADED.items()}
    said["death"] = grade_generic(Consequences(care=Care.NONE, fatal=True))
    said["the clinic's window"] = DEFAULT_SAFETY
    assert_approved(APPROVED / "grades.json", said)
