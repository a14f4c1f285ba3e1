"""What the engine is asked about a patient, and what the pages say of its answer."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from ajar.clinic.careplan import expected as asking
from ajar.clinic.careplan.causes_in_words import cause_rows
from ajar.clinic.careplan.expected import (
    baseline_among,
    doses_of,
    resting_systolic,
    scores_of,
    session_of,
    subject_of,
    usual_session,
)
from ajar.clinic.careplan.outlook import even_times, placebo_shares
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Site
from ajar.pathway.careplan.course import courses_of
from ajar.pathway.careplan.regimens import KETAMINE_IV_INDUCTION, REGIMENS, SPRAVATO_TRD
from ajar.pathway.evaluation.products import Product
from ajar.pathway.instruments.answers import Mode, QuestionnaireAnswered
from ajar.pathway.instruments.phq9 import PHQ9
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.staff.roles import Role
from ajar.pharmacology.causes import Situation, decomposition
from ajar.pharmacology.models import PRESENTATIONS
from ajar.pharmacology.person import Ancestry, Person
from ajar.pharmacology.regimen import Route

pytestmark = pytest.mark.usefixtures("clock")


def answered(total: int) -> QuestionnaireAnswered:
    """A PHQ-9 that adds up to this total."""
    threes, rest = divmod(total, 3)
    items = (3,) * threes + ((rest,) if rest else ())
    return QuestionnaireAnswered(
        instrument=PHQ9.id,
        instrument_version=PHQ9.version,
        language="en",
        mode=Mode.SELF_WEB,
        items=items + (0,) * (9 - len(items)),
        recall=PHQ9.recall,
        occasion="baseline",
    )


@pytest.fixture(autouse=True)
def few_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """As few as a band may have: what is tested is the page, not its last digit."""
    monkeypatch.setattr("ajar.clinic.careplan.outlook.PEOPLE_IN_A_SESSION", 20)
    monkeypatch.setattr("ajar.clinic.careplan.outlook.PEOPLE_IN_A_COURSE", 20)


@pytest.fixture
def doctor(client: Client, as_role: Any) -> Client:
    return as_role(client, Role.PRESCRIBER)


def address(patient: Patient, asked: str = "") -> str:
    return f"/patients/{patient.pk}/plan/expected/{asked}"


DRIP = "?regimen=KETAMINE_IV_INDUCTION&first_dose_mg=35&later_dose_mg=35&sessions=2"


@pytest.mark.parametrize("product", Product)
def test_every_product_of_the_clinic_is_one_that_the_engine_knows(product):
    given, route, drug = asking.GIVEN[product]
    assert route in PRESENTATIONS[given].routes
    assert PRESENTATIONS[given].drug is drug


@pytest.mark.parametrize("regimen", REGIMENS.values(), ids=lambda one: one.id)
def test_every_regimen_has_a_usual_session_and_a_day_for_each(regimen):
    assert usual_session(regimen).events
    days = regimen.nominal_days(regimen.most_sessions)
    assert len(days) == regimen.most_sessions
    assert days[0] == 0
    assert all(later > earlier for earlier, later in pairwise(days))


def test_nominal_days_are_those_of_the_label():
    assert KETAMINE_IV_INDUCTION.nominal_days(6) == (0, 3, 7, 10, 14, 17)
    assert SPRAVATO_TRD.nominal_days(14)[8:] == (28, 35, 42, 49, 56, 70)


def test_a_spray_is_its_devices_and_a_drip_its_minutes():
    spray = session_of(SPRAVATO_TRD, 84)
    drip = session_of(KETAMINE_IV_INDUCTION, 35, start_h=24)
    assert [event.route for event in spray.events] == [Route.NASAL] * 3
    assert drip.events[0].duration_h == pytest.approx(40 / 60)
    assert drip.start_h == 24


def test_a_dose_that_is_no_number_of_devices_is_refused():
    with pytest.raises(ValueError, match="not a whole number"):
        session_of(SPRAVATO_TRD, 60)


def test_an_ordered_course_is_asked_about_as_it_is_planned(course: UUID, cleared: Patient):
    planned = doses_of(courses_of(all_entries(cleared.pk))[0], SPRAVATO_TRD)
    assert planned is not None
    assert (planned.next_number, planned.next_dose_mg) == (1, 56)
    assert planned.doses_mg == (56, *(84,) * 7)
    assert planned.days[:3] == pytest.approx((0, 3, 7))


def test_the_chart_says_who_the_person_is(cleared: Patient, now: datetime):
    seen = subject_of(cleared, on=now.date())
    assert seen.person is not None
    assert (seen.person.weight_kg, seen.person.hypertension, seen.missing) == (110, None, ())


@pytest.mark.hazard("HAZ-22")
def test_without_a_weight_nothing_is_guessed(patient: Patient, now: datetime):
    seen = subject_of(patient, on=now.date())
    assert seen.person is None
    assert seen.missing == ("the weight: none is recorded",)


def test_a_weight_that_no_model_knows_is_said(patient: Patient, told: Any, now: datetime):
    told(VitalsMeasured(weight_kg=200))
    seen = subject_of(patient, on=now.date())
    assert seen.person is None
    assert "known for a weight of 39 to 170 kg" in seen.missing[0]


def test_pressure_stands_on_a_reading_before_the_drug(patient: Patient, told: Any):
    assert resting_systolic(patient) is None
    told(VitalsMeasured(systolic_mmhg=128, diastolic_mmhg=80), VitalsMeasured(heart_rate_bpm=70))
    seen = resting_systolic(patient)
    assert seen is not None
    assert seen.value == 128


def test_a_baseline_is_from_the_four_weeks_before(patient: Patient, told: Any, now: datetime):
    told(answered(17))
    scores = scores_of(patient)
    assert [one.total for one in scores] == [17]
    assert baseline_among(scores, first_dose_at=now + timedelta(days=28)) == scores[0]
    assert baseline_among(scores, first_dose_at=now + timedelta(days=29)) is None
    assert baseline_among(scores, first_dose_at=now - timedelta(days=1)) is None


@pytest.mark.parametrize("start_h", [0.0, 72.0, 73.1, 200 * 24.0])
def test_a_session_starts_on_its_own_grid(start_h):
    times = even_times(start_h)
    assert min(abs(times - start_h)) < 1e-9
    assert times[-1] >= start_h + 3.9


def test_the_placebo_effect_is_spread_as_published_and_never_harms():
    shares = placebo_shares()
    assert min(shares) == 0
    assert shares[9] < 0.17 < shares[10]


def test_causes_are_told_in_words_and_add_up():
    usual = session_of(KETAMINE_IV_INDUCTION, 35)
    person = Person(weight_kg=50, age_years=70, hypertension=True, ancestry=Ancestry.JAPANESE)
    here = Situation(person=person, session=session_of(KETAMINE_IV_INDUCTION, 40), number=3)
    rows = cause_rows(decomposition(here, usual_session=usual), here)
    words = [row.words for row in rows]
    assert words[0].startswith("The usual")
    assert "Weight: 50 kg, not 70" in words
    assert "Age: 70 years" in words
    assert "Dose: 40 mg" in words
    assert "High blood pressure, treated or not" in words
    assert any(word.startswith("Session 3") for word in words)
    parts = sum(float(row.ketamine.replace("\u2212", "-")) for row in rows[:-1])
    assert parts == pytest.approx(float(rows[-1].ketamine), abs=2)


@pytest.mark.hazard("HAZ-22")
def test_the_page_shows_session_course_models_and_limits(
    doctor: Client, course: UUID, cleared: Patient, told: Any
):
    told(VitalsMeasured(systolic_mmhg=128, diastolic_mmhg=80), answered(17))
    page = doctor.get(address(cleared)).content.decode()
    for words in (
        "The expected session",
        "Session 1, 56 mg",
        "Not approved for therapy decisions",
        "A forecast is not a measured value",
        "128 mmHg",
        "Why it differs from the usual session",
        "Perez Ruixo 2021",
        "Models that do not apply, and why",
        "The expected course",
        "PHQ-9 of 17",
        "from 45\u00a0% (of 169 people) to 85\u00a0% (of 210) completed",
        "evidence.md",
    ):
        assert words in page


def test_what_is_missing_is_named_and_nothing_is_drawn(doctor: Client, patient: Patient, equipped: Site):
    page = doctor.get(address(patient, DRIP)).content.decode()
    assert "No forecast without the weight: none is recorded." in page
    assert "No PHQ-9 from the four weeks before the first dose" in page
    assert "fan-outer" not in page


def test_a_course_can_be_asked_about_before_it_is_ordered(doctor: Client, cleared: Patient, told: Any):
    told(answered(0))
    page = doctor.get(address(cleared, DRIP)).content.decode()
    assert "Session 1, 35 mg" in page
    assert "only the rise is shown" in page
    assert "there are no symptoms whose course could be forecast" in page


@pytest.mark.parametrize(
    "asked",
    [
        "?regimen=KETAMINE_IV_INDUCTION",
        "?regimen=X&first_dose_mg=35&later_dose_mg=35&sessions=2",
        "?regimen=KETAMINE_IV_INDUCTION&first_dose_mg=nan&later_dose_mg=35&sessions=2",
        "?regimen=KETAMINE_IV_INDUCTION&first_dose_mg=35&later_dose_mg=-1&sessions=2",
        "?regimen=KETAMINE_IV_INDUCTION&first_dose_mg=35&later_dose_mg=35&sessions=7",
    ],
)
def test_a_question_that_makes_no_sense_is_refused(doctor: Client, cleared: Patient, asked: str):
    answer = doctor.get(address(cleared, asked))
    assert answer.status_code == 422
    assert "Expected a regimen" in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("?regimen=SPRAVATO_TRD&first_dose_mg=60&later_dose_mg=84&sessions=2", "not a whole number"),
        (
            "?regimen=KETAMINE_IV_INDUCTION&first_dose_mg=9000&later_dose_mg=35&sessions=2",
            "meant in another unit",
        ),
    ],
)
def test_a_dose_that_the_engine_does_not_know_is_refused_in_words(
    doctor: Client, cleared: Patient, asked: str, says: str
):
    page = doctor.get(address(cleared, asked)).content.decode()
    assert "No forecast for this dose." in page
    assert says in page


def test_without_a_course_the_page_says_what_to_do(doctor: Client, cleared: Patient):
    assert "No course is running" in doctor.get(address(cleared)).content.decode()


def test_the_plan_brings_the_forecast_to_those_who_dose(
    client: Client, as_role: Any, course: UUID, cleared: Patient
):
    nurse = as_role(client, Role.NURSE).get(f"/patients/{cleared.pk}/plan/").content.decode()
    assert f'hx-get="{address(cleared)}"' in nurse
    desk = as_role(client, Role.FRONT_DESK).get(f"/patients/{cleared.pk}/plan/").content.decode()
    assert address(cleared) not in desk
