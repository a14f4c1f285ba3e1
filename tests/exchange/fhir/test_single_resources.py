"""Resource by resource: what is taken, and what is left and why."""

import json
from copy import deepcopy
from typing import Any

import pytest

from ajar.pathway.patients.facts import (
    AllergyRecorded,
    CodeSystem,
    Coding,
    ConditionRecorded,
    ConditionStatus,
    LabRecorded,
    MedicationRecorded,
)
from tests.exchange.fhir.making import (
    MINE,
    PATIENT,
    bundle,
    condition,
    lab,
    observation,
    payload_of,
    reason_for,
    record,
    request,
    status,
)


@pytest.mark.parametrize(
    ("resource", "because"),
    [
        (condition(subject={}), "it does not say whose it is"),
        (condition(subject={"reference": "Patient/p2"}), "it is about another patient"),
        (condition(subject={"reference": "urn:uuid:p2"}), "it is about another patient"),
        (condition(subject={"reference": "http://a.example/fhir/Patient/p2"}), "it is about another patient"),
        (condition(verificationStatus=status("entered-in-error")), "entered in error"),
        (condition(verificationStatus=status("refuted")), "it was refuted"),
        (condition(clinicalStatus=status("odd")), "its clinical status 'odd' is not one of FHIR's"),
        (condition(code={}), "it has neither a code nor a text"),
        (condition(onsetDateTime="soon"), "'soon' is not a FHIR date"),
        (condition(onsetDateTime="2019-02-29"), "there is no such day as 2019-02-29"),
        (condition(recordedDate="2019-02-28T25:00:00Z"), "there is no such moment as 2019-02-28T25:00:00Z"),
        (
            condition(recordedDate="0001-01-01T00:00:00+14:00"),
            "there is no such moment as 0001-01-01T00:00:00+14:00",
        ),
        (condition(recordedDate="2027-01-01"), "it is dated in the future (2027-01-01)"),
        (condition(id=None), "it has no id, so it could not be recognised when read again"),
        (condition(id="a b"), "it has no id, so it could not be recognised when read again"),
        (request(status="entered-in-error"), "entered in error"),
        (request(status="draft"), "its status 'draft' does not mean that it was taken"),
        (request(intent="proposal"), "it is not an order to take something"),
        (request(doNotPerform=True), "it is not an order to take something"),
        (request(medicationCodeableConcept=None), "it names no medicine"),
        (
            request(medicationCodeableConcept=None, medicationReference={"reference": "Medication/m9"}),
            "the medicine it points to is not in the file",
        ),
        (
            request(medicationCodeableConcept=None, medicationReference={"reference": "#m9"}),
            "the medicine it points to is not in the file",
        ),
        (
            {
                "resourceType": "AllergyIntolerance",
                "patient": MINE,
                "verificationStatus": status("entered-in-error"),
            },
            "entered in error",
        ),
        (
            {"resourceType": "AllergyIntolerance", "patient": MINE, "verificationStatus": status("refuted")},
            "it was refuted",
        ),
        (observation("29463-7", status="entered-in-error"), "entered in error"),
        (observation("29463-7", status="preliminary"), "its status is 'preliminary', not final"),
        (observation("44261-6"), "a PHQ-9 total without its items"),
        (observation("70274-6"), "a GAD-7 total without its items"),
        (observation("29463-7"), "weight: it has no value"),
        (observation("29463-7", valueQuantity={"value": True, "code": "kg"}), "weight: it has no value"),
        (
            observation("29463-7", valueQuantity={"value": 70, "code": "stone"}),
            "weight: expected a unit such as kg, got 'stone'",
        ),
        (
            observation("29463-7", valueQuantity={"value": 900, "code": "kg"}),
            "Weight 900 kg cannot be right: expected 25 to 350",
        ),
        (
            observation("8480-6", valueQuantity={"value": 120, "unit": "mmHg"}),
            "Blood pressure needs both numbers, such as 128/82",
        ),
        (observation("8478-0", valueQuantity={"value": 90}), "the chart has no place for it"),
        (observation("72166-2"), "the chart has no place for it"),
        (lab(), "it has no value"),
        (lab(valueQuantity={"value": 10**400}), "it has no value"),
        ({"resourceType": "Device"}, "resources of this type are not read"),
        ({"resourceType": 7}, "it is no resource"),
    ],
)  # fmt: skip
def test_what_is_not_taken_says_why(resource: dict[str, Any], because: str) -> None:
    assert reason_for(resource) == because


def test_a_number_beyond_all_bounds_is_no_value() -> None:
    raw = json.dumps(bundle({**lab(valueQuantity={"value": 12345}), "id": "r", "subject": MINE}))
    found = record(raw.replace("12345", "1e999").encode())
    assert found.report.left[0].because == "it has no value"


def test_a_resource_asked_to_be_deleted_is_left() -> None:
    value = bundle(condition(id="c", subject=MINE))
    value["entry"][1]["request"] = {"method": "DELETE"}
    assert record(value).report.left[0].because == "the bundle asks to DELETE it"


@pytest.mark.parametrize(
    "reference",
    [
        "Patient/p1",
        "urn:uuid:p1",
        "https://a.example/fhir/Patient/p1",
        "Patient/p1/_history/3",
        "urn:full",
    ],
)
def test_a_patient_is_recognised_under_every_name_of_theirs(reference: str) -> None:
    value = bundle(condition(id="c", subject={"reference": reference}))
    value["entry"][0]["fullUrl"] = "urn:full"
    assert record(value).report.taken == {"Patient": 1, "Condition": 1}


def test_a_resource_without_its_own_id_is_known_by_its_address() -> None:
    value = bundle(condition(subject=MINE))
    value["entry"][1]["fullUrl"] = "urn:uuid:c7"
    assert record(value).facts[0].source_ref == "fhir:Condition/c7"


def test_a_patient_without_id_is_known_by_their_address() -> None:
    value = bundle(condition(id="c", subject={"reference": "urn:full"}))
    value["entry"][0] = {"fullUrl": "urn:full", "resource": {**PATIENT, "id": None}}
    assert record(value).report.taken["Condition"] == 1


def test_the_same_resource_twice_is_taken_once() -> None:
    one = condition(id="c", subject=MINE)
    found = record(bundle(one, deepcopy(one)))
    assert found.report.taken["Condition"] == 1
    assert [left.because for left in found.report.left] == ["it stands in the file twice and was taken once"]


def test_one_id_for_two_contents_is_taken_neither_way() -> None:
    found = record(
        bundle(
            condition(id="c", subject=MINE),
            condition(id="c", subject=MINE, recordedDate="2020-01-01"),
        )
    )
    assert found.facts == ()
    assert {left.because for left in found.report.left} == {
        "the same id stands for different contents, so none was taken"
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ConditionStatus.ACTIVE),
        ({"abatementDateTime": "2020-01-01"}, ConditionStatus.RESOLVED),
        ({"clinicalStatus": status("relapse")}, ConditionStatus.ACTIVE),
        ({"clinicalStatus": status("remission")}, ConditionStatus.REMISSION),
        ({"clinicalStatus": status("inactive")}, ConditionStatus.RESOLVED),
    ],
)
def test_a_conditions_state_is_kept_as_the_rules_need_it(
    fields: dict[str, Any], expected: ConditionStatus
) -> None:
    found = payload_of(condition(**fields))
    assert isinstance(found, ConditionRecorded)
    assert found.status is expected


def test_an_unconfirmed_condition_says_so() -> None:
    found = payload_of(condition(verificationStatus=status("provisional")))
    assert isinstance(found, ConditionRecorded)
    assert found.note == "verification status: provisional"


def test_a_code_of_an_unknown_system_is_kept_as_its_text() -> None:
    found = payload_of(condition(code={"coding": [{"system": "urn:x", "code": "1", "display": "Low mood"}]}))
    assert isinstance(found, ConditionRecorded)
    assert found.condition == Coding(system=CodeSystem.TEXT, code="", display="Low mood")


def test_a_medicine_with_an_atc_code_keeps_it() -> None:
    atc = {"system": "http://www.whocc.no/atc", "code": "N06AB06", "display": "sertraline"}
    found = payload_of(request(medicationCodeableConcept={"coding": [atc]}))
    assert isinstance(found, MedicationRecorded)
    assert found.medicine == Coding(system=CodeSystem.ATC, code="N06AB06", display="sertraline")


@pytest.mark.parametrize(
    ("dosage", "expected"),
    [
        ([], ""),
        ([{"asNeededBoolean": True}], "as needed"),
        (
            [
                {
                    "doseAndRate": [{"doseQuantity": {"value": 50, "unit": "mg"}}],
                    "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
                }
            ],
            "50 mg, 2 times per 1 d",
        ),
    ],
)
def test_a_dosage_is_kept_in_words(dosage: list[Any], expected: str) -> None:
    found = payload_of(request(dosageInstruction=dosage))
    assert isinstance(found, MedicationRecorded)
    assert (found.dose_text, found.route_text) == (expected, "")


@pytest.mark.parametrize(
    ("state", "active"),
    [("on-hold", True), ("unknown", True), ("completed", False), ("stopped", False)],
)
def test_a_medicine_of_unknown_state_counts_as_taken(state: str, active: bool) -> None:
    found = payload_of(request(status=state))
    assert isinstance(found, MedicationRecorded)
    assert found.active is active


@pytest.mark.parametrize("name", ["#m1", "Medication/m1"])
def test_a_medicine_is_found_inside_the_request_or_the_file(name: str) -> None:
    medicine = {"resourceType": "Medication", "id": "m1", "code": {"text": "Diazepam"}}
    asked = request(
        id="r",
        subject=MINE,
        medicationCodeableConcept=None,
        medicationReference={"reference": name},
        contained=[medicine],
    )
    payload = record(bundle(asked, medicine)).facts[0].payload
    assert isinstance(payload, MedicationRecorded)
    assert payload.medicine.display == "Diazepam"


def test_a_past_allergy_is_not_active() -> None:
    found = payload_of(
        {
            "resourceType": "AllergyIntolerance",
            "patient": MINE,
            "code": {"text": "Nuts"},
            "clinicalStatus": status("resolved"),
            "reaction": [{"manifestation": [{}]}],
        }
    )
    assert found == AllergyRecorded(
        substance=Coding(system=CodeSystem.TEXT, code="", display="Nuts"),
        reaction="",
        active=False,
    )


@pytest.mark.parametrize(
    ("fields", "value", "words"),
    [
        ({"valueQuantity": {"value": 5, "comparator": "<", "unit": "U/L"}}, None, "<5"),
        ({"valueString": "not detected"}, None, "not detected"),
        ({"valueCodeableConcept": {"text": "negative"}}, None, "negative"),
        (
            {
                "valueQuantity": {"value": 5, "unit": "U/L"},
                "referenceRange": [{"low": {"value": 1}}],
            },
            5.0,
            "",
        ),
    ],
)
def test_a_laboratory_value_is_a_number_or_words(
    fields: dict[str, Any], value: float | None, words: str
) -> None:
    found = payload_of(lab(**fields))
    assert isinstance(found, LabRecorded)
    assert (found.value, found.value_text, found.upper_normal) == (value, words, None)
