"""A candidate's file: what it may hold, what it becomes, and how it is refused."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.exchange.candidates.checking import MAX_BYTES, Refused
from ajar.exchange.candidates.reading import read_candidate
from ajar.exchange.candidates.schema import schema_of
from ajar.exchange.candidates.tables import ASKED, CANDIDATE
from ajar.pathway.evaluation.entries import Answer
from ajar.pathway.evaluation.history import QUESTIONS
from ajar.pathway.evaluation.products import Indication, Jurisdiction, Product
from ajar.pathway.patients.facts import CodeSystem, TrialOutcome
from tests.workbench.jsonschema import problems

LEAST = {
    "product": "ketamine_iv",
    "jurisdiction": "US",
    "sex": "female",
    "age": 41,
    "planned_date": "2026-12-01",
}
ADULT = {name: value for name, value in LEAST.items() if name != "age"}
EXAMPLES = sorted((Path(__file__).parents[3] / "docs" / "examples" / "candidates").glob("*.json"))


def read(**keys):
    return read_candidate(json.dumps(LEAST | keys).encode())


def refused(data):
    with pytest.raises(Refused) as caught:
        read_candidate(data if isinstance(data, bytes) else json.dumps(data).encode())
    return str(caught.value)


def test_the_least_that_is_asked_leaves_everything_else_unsaid():
    asked = read()
    assert asked.setting.product is Product.KETAMINE_IV
    assert asked.setting.jurisdiction is Jurisdiction.US
    assert asked.setting.indication is None
    assert asked.setting.payer == ""
    assert asked.setting.now == datetime(2026, 12, 1, 12, tzinfo=UTC)
    candidate = asked.candidate
    assert candidate.person.age_on(date(2026, 12, 1)) == 41
    assert (candidate.answers, candidate.conditions, candidate.medicines) == ((), (), ())


def test_every_list_becomes_the_facts_of_a_chart():
    asked = read(
        indication="ptsd",
        payer="va",
        diagnoses=[
            {
                "name": "Ulcer",
                "code": "K25.9",
                "system": "icd-10-cm",
                "status": "resolved",
                "since": "2011-02-03",
            }
        ],
        medicines=[{"name": "lithium", "dose": "300 mg twice a day", "route": "oral", "active": False}],
        allergies=[{"name": "penicillin", "reaction": "rash"}],
        vitals=[{"systolic_mmhg": 120, "diastolic_mmhg": 80, "at_rest": True}],
        labs=[
            {"test": "alt", "value": 30, "upper_normal": 40},
            {"loinc": "5778-6", "text": "yellow"},
            {"test": "urinalysis", "text": "normal"},
        ],
        pregnancy={"status": "not_pregnant", "method": "serum_hcg"},
        antidepressant_trials=[{"drug": "sertraline", "weeks": 8}],
        scores=[
            {"instrument": "phq-9", "answers": [1, 1, 1, 1, 1, 1, 1, 1, None], "mode": "kiosk"},
            {"instrument": "stop-bang", "total": 2},
            {"instrument": "c-ssrs", "level": "yellow"},
        ],
        history={"aneurysm": "yes"},
        medicines_complete=True,
    )
    found = asked.candidate
    assert asked.setting.indication is Indication.PTSD
    assert asked.setting.payer == "va"
    assert found.conditions[0].payload.onset_on == date(2011, 2, 3)
    assert found.medicines[0].payload.dose_text == "300 mg twice a day"
    assert not found.active_medicines()
    assert found.allergies[0].payload.reaction == "rash"
    assert found.vitals[0].payload.at_rest is True
    assert [lab.payload.test.code for lab in found.labs] == ["1742-6", "5778-6", ""]
    assert found.labs[2].payload.test.display == "Urinalysis"
    assert found.labs[0].payload.unit == "U/L"
    assert found.pregnancy[0].payload.method.value == "serum_hcg"
    assert found.trials[0].payload.outcome is TrialOutcome.UNKNOWN
    (answered,) = found.questionnaires
    assert (answered.payload.items[-1], answered.payload.mode.value) == (None, "kiosk")
    assert [(s.payload.instrument, s.payload.total, s.payload.level) for s in found.scores] == [
        ("stop-bang", 2, ""),
        ("c-ssrs", None, "yellow"),
    ]
    answers = {fact.payload.question: fact.payload.answer for fact in found.answers}
    assert answers == {"aneurysm": Answer.YES, "medicines_complete": Answer.YES}


def test_the_other_questions_are_answered_only_where_the_file_says_how():
    asked = read(history={"aneurysm": "unknown"}, history_otherwise="unremarkable", medicines_complete=False)
    answers = {fact.payload.question: fact.payload.answer.value for fact in asked.candidate.answers}
    good = {question.id: question.good.value for question in QUESTIONS}
    assert answers == good | {"aneurysm": "unknown", "medicines_complete": "no"}


def test_the_other_questions_may_be_asked_without_an_answer():
    answers = read(history_otherwise="unknown").candidate.answers
    assert {fact.payload.question for fact in answers} == set(ASKED)
    assert {fact.payload.answer for fact in answers} == {Answer.UNKNOWN}


@pytest.mark.parametrize(
    ("planned", "zone", "readings", "now"),
    [
        ("2026-12-01", "", [], "2026-12-01T12:00:00+00:00"),
        ("2026-12-01", "America/New_York", [], "2026-12-01T12:00:00-05:00"),
        ("2026-12-01T09:30", "", [], "2026-12-01T09:30:00+00:00"),
        ("2026-12-01T09:30+02:00", "America/New_York", [], "2026-12-01T09:30:00+02:00"),
        ("2026-12-01", "", ["2026-12-01T15:10"], "2026-12-01T15:10:00+00:00"),
        ("2026-12-01", "", ["2026-11-30T23:10", "2026-12-01"], "2026-12-01T12:00:00+00:00"),
    ],
)
def test_a_planned_day_is_judged_at_noon_or_at_its_last_reading(planned, zone, readings, now):
    vitals = [{"heart_rate_bpm": 70, "at": at} for at in readings]
    extra = {"time_zone": zone} if zone else {}
    asked = read(planned_date=planned, vitals=vitals, **extra)
    assert asked.setting.now.isoformat() == now


def test_a_diagnosis_by_name_gets_the_code_of_that_name_and_no_other():
    names = ["Schizophrenia", "schizofrenia", "  Heart   Attack "]
    conditions = read(diagnoses=[{"name": name} for name in names]).candidate.conditions
    codes = {fact.payload.condition.display: fact.payload.condition.code for fact in conditions}
    assert codes == {"Schizophrenia": "F20.9", "schizofrenia": "", "  Heart   Attack ": "I21.9"}


@given(st.integers(0, 120), st.dates(date(2024, 1, 1), date(2032, 12, 31)))
def test_the_age_is_that_of_the_planned_day(age, day):
    asked = read(age=age, planned_date=day.isoformat())
    assert asked.candidate.person.age_on(day) == age


def test_a_birth_date_says_the_age_too():
    asked = read_candidate(json.dumps({**ADULT, "birth_date": "1990-12-02"}).encode())
    assert asked.candidate.person.age_on(date(2026, 12, 1)) == 35


REFUSALS = [
    ({}, "product is missing"),
    ([], "the file: expected an object"),
    (LEAST | {"product": "spravato"}, "product: expected one of esketamine_in"),
    (LEAST | {"producd": "x"}, "Did you mean 'product'?"),
    (LEAST | {"zzz": 1}, "zzz: there is no such key. Expected: product"),
    (LEAST | {"age": "41"}, "age: expected a whole number from 0 to 120 years"),
    (LEAST | {"age": 41.5}, "age: expected a whole number"),
    (LEAST | {"age": True}, "age: expected a whole number"),
    (LEAST | {"birth_date": "1980-01-01"}, "either age or birth_date"),
    (LEAST | {"planned_date": "tomorrow"}, "planned_date: expected a day or a moment"),
    (LEAST | {"time_zone": "Mars"}, "time_zone: expected a name such as America/New_York"),
    (LEAST | {"medicines": "none"}, "medicines: expected a list"),
    (LEAST | {"medicines": [{"dose": "1 mg"}]}, "medicines[0].name is missing: ingredient or brand"),
    (LEAST | {"medicines": [{"name": " "}]}, "medicines[0].name: expected text"),
    (LEAST | {"medicines": [{"name": "x", "active": "yes"}]}, "medicines[0].active: expected true or false"),
    (LEAST | {"medicines": [{"name": "x", "code": "1"}]}, "medicines[0]: expected code and system together"),
    (LEAST | {"medicines": [{"name": "x", "since": 3}]}, "medicines[0].since: expected a day"),
    (LEAST | {"vitals": [{"systolic_mmhg": 120}]}, "vitals[0]: Blood pressure needs both numbers"),
    (LEAST | {"vitals": [{"heart_rate_bpm": 900}]}, "heart_rate_bpm: expected a number from 20 to 250 /min"),
    (
        LEAST | {"vitals": [{"heart_rate_bpm": 70, "at": "2026-12-02"}]},
        "vitals[0]: lies after",
    ),
    (LEAST | {"labs": [{"value": 1}]}, "labs[0]: expected either test or loinc"),
    (LEAST | {"labs": [{"test": "alt"}]}, "labs[0]: expected a value"),
    (LEAST | {"labs": [{"test": "alt", "value": 1, "unit": "g"}]}, "expected the unit 'U/L' for ALT"),
    (LEAST | {"history": {"aneurism": "no"}}, "history.aneurism: there is no such key. Did you mean"),
    (LEAST | {"history": {"aneurysm": "maybe"}}, "history.aneurysm: expected one of yes, no, unknown"),
    (LEAST | {"scores": [{"instrument": "phq-9", "answers": [9] * 9}]}, "scores[0]:"),
    (
        LEAST | {"scores": [{"instrument": "phq-9", "answers": [0.5] * 9}]},
        "answers[0]: expected a whole",
    ),
    (LEAST | {"scores": [{"instrument": "phq-9"}]}, "scores[0]: expected either answers, or a total"),
    (LEAST | {"scores": [{"instrument": "moca", "answers": [1]}]}, "scores[0]: the items of moca are not"),
    (LEAST | {"payer": "x" * 3000}, "payer: expected text of at most 2000 characters"),
]


@pytest.mark.parametrize(("document", "words"), REFUSALS)
def test_what_does_not_fit_is_refused_with_its_place(document, words):
    assert words in refused(document)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"{", "not JSON"),
        (b'{"age": NaN}', "NaN is not a JSON number"),
        (b'{"age": 1, "age": 2}', "stands twice"),
        (b"[" * 100_000, "nested too deeply"),
        (b" " * (MAX_BYTES + 1), "at most"),
    ],
)
def test_what_is_no_document_is_refused(data, words):
    assert words in refused(data)


def test_someone_born_after_the_planned_date_is_refused():
    assert "lies after" in refused({**ADULT, "birth_date": "2027-01-01"})


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_keep_to_the_schema_and_can_be_read(path):
    assert not list(problems(json.loads(path.read_text()), schema_of(CANDIDATE)))
    read_candidate(path.read_bytes())


@pytest.mark.parametrize("document", [LEAST | {"product": "x"}, LEAST | {"age": "1"}, LEAST | {"q": 1}, {}])
def test_the_schema_refuses_what_the_reader_refuses(document):
    assert list(problems(deepcopy(document), schema_of(CANDIDATE)))
    refused(document)


def test_a_code_is_taken_as_it_is():
    given = {"name": "heart attack", "code": "I21.3", "system": "icd-10-cm"}
    condition = read(diagnoses=[given]).candidate.conditions[0].payload.condition
    assert (condition.system, condition.code) == (CodeSystem.ICD_10_CM, "I21.3")


def test_a_leap_day_has_birthdays():
    assert read(age=3, planned_date="2028-02-29").candidate.person.birth_date == date(2025, 2, 28)
