"""Facts about a patient outside any visit: complete, finite, and not from the future."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from ajar.pathway.patients.facts import (
    AntidepressantTrialRecorded,
    CodeSystem,
    Coding,
    LabRecorded,
    Person,
    Sex,
    TrialOutcome,
    refuse_future,
)

TSH = Coding(system=CodeSystem.LOINC, code="3016-3", display="TSH")


def trial(**fields):
    known = {
        "drug": "sertraline",
        "max_dose_text": "150 mg",
        "weeks": 8.0,
        "adequate_dose": True,
        "this_episode": True,
        "outcome": TrialOutcome.UNDER_25,
        "stopped_for_intolerance": False,
    }
    return AntidepressantTrialRecorded(**(known | fields))


def lab(**fields):
    return LabRecorded(**({"test": TSH, "value": 1.8, "value_text": "", "unit": "mU/L"} | fields))


@pytest.mark.parametrize(("system", "code"), [(CodeSystem.TEXT, ""), (CodeSystem.RXNORM, "36437")])
def test_a_concept_has_a_display_and_where_it_is_coded_a_code(system, code):
    assert Coding(system=system, code=code, display="sertraline").code == code


@pytest.mark.parametrize(
    ("system", "code", "display", "empty"),
    [(CodeSystem.TEXT, "", " ", "display"), (CodeSystem.SNOMED, "", "Depression", "code")],
)
def test_a_concept_without_words_or_a_coded_one_without_its_code_is_refused(system, code, display, empty):
    with pytest.raises(ValueError, match=f"^{empty} must not be empty"):
        Coding(system=system, code=code, display=display)


@pytest.mark.parametrize("weeks", [0.5, 8, 1040])
def test_a_trial_lasted_some_weeks(weeks):
    assert trial(weeks=weeks).weeks == weeks


@pytest.mark.parametrize("weeks", [0, -1, 1041, float("inf"), float("nan")])
def test_no_trial_lasted_no_time_or_a_lifetime(weeks):
    with pytest.raises(ValueError, match=r"^weeks must be above 0 and at most 1040, got "):
        trial(weeks=weeks)


def test_a_trial_names_its_drug():
    with pytest.raises(ValueError, match=r"^drug must not be empty"):
        trial(drug="")


def test_a_lab_value_is_a_number_or_words():
    assert lab(value=None, value_text="negative").value_text == "negative"
    with pytest.raises(ValueError, match=r"^value_text must not be empty"):
        lab(value=None)
    with pytest.raises(ValueError, match=r"^value must be finite, got inf\.$"):
        lab(value=float("inf"))


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2026, 5, 31), 40), (date(2026, 6, 1), 41), (date(2026, 6, 2), 41)],
)
def test_a_person_grows_older_on_their_birthday(day, age):
    person = Person(patient_id=UUID(int=1), birth_date=date(1985, 6, 1), sex=Sex.OTHER)
    assert person.age_on(day) == age


def test_someone_born_on_a_leap_day_grows_older_on_the_first_of_march():
    person = Person(patient_id=UUID(int=1), birth_date=date(2004, 2, 29), sex=Sex.UNKNOWN)
    assert (person.age_on(date(2026, 2, 28)), person.age_on(date(2026, 3, 1))) == (21, 22)


NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


@pytest.mark.hazard("HAZ-18")
def test_a_happening_ahead_of_the_clock_is_refused_beyond_two_minutes_of_drift():
    refuse_future("happened_at", NOW + timedelta(minutes=2), now=NOW)
    with pytest.raises(ValueError, match=r"^happened_at lies in the future: 2026-03-02T15:02:01\+00:00\.$"):
        refuse_future("happened_at", NOW + timedelta(minutes=2, seconds=1), now=NOW)
    with pytest.raises(ValueError, match=r"^happened_at must carry a time zone"):
        refuse_future("happened_at", datetime(2026, 3, 2, 15, 0), now=NOW)
