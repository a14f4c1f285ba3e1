"""A record as a whole: the person, the facts, the report; and files that are refused."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ajar.exchange.fhir.outcome import BundleRefusalKind
from ajar.exchange.fhir.tree import MAX_BUNDLE_BYTES
from ajar.pathway.ledger.entry import Source
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import (
    AllergyRecorded,
    CodeSystem,
    Coding,
    ConditionRecorded,
    ConditionStatus,
    LabRecorded,
    MedicationRecorded,
    Sex,
)
from tests.exchange.fhir.making import (
    FIXTURES,
    MINE,
    NEW_YORK,
    NOW,
    PATIENT,
    bundle,
    condition,
    example,
    record,
    refusal,
    status,
)


def test_a_record_gives_the_person_the_facts_and_a_report() -> None:
    found = record(example())
    assert found.patient.given_name == "Zoë Ångström"
    assert found.patient.family_name == "Пример-Nuñez"
    assert (found.patient.birth_date, found.patient.sex) == (
        date(1984, 2, 29),
        Sex.FEMALE,
    )
    assert (found.patient.phone, found.patient.email) == ("555-0100", "zoe@example.org")
    assert (found.patient.reference, found.patient.language) == (
        "urn:example:records|EX-0001",
        "es",
    )
    assert found.report.taken == {
        "Patient": 1,
        "AllergyIntolerance": 1,
        "Condition": 2,
        "MedicationRequest": 2,
        "Observation": 4,
    }
    assert found.report.left_by_reason() == [
        (
            "CarePlan",
            "it speaks of suicide and is of a type that is not read: read it in the source",
            1,
        ),
        ("Condition", "entered in error", 1),
        ("Encounter", "resources of this type are not read", 1),
        ("Medication", "resources of this type are not read", 1),
        (
            "Observation",
            "Oxygen saturation 140 % cannot be right: expected 40 to 100",
            1,
        ),
        ("Observation", "a PHQ-9 total without its items", 1),
        ("Observation", "the chart has no place for it", 1),
    ]
    assert [one.resource_type for one in found.report.to_read_by_a_person] == ["CarePlan"]


def test_every_fact_names_the_resource_it_came_from_once() -> None:
    facts = record(example()).facts
    references = [fact.source_ref for fact in facts]
    assert len(set(references)) == len(references) == 9
    assert references[0] == "fhir:Condition/7a7d0f3e-0000-4000-8000-000000000003"
    assert {fact.source for fact in facts} == {Source.IMPORT}


def test_the_facts_say_what_the_record_says() -> None:
    (
        depression,
        sinusitis,
        sertraline,
        diazepam,
        penicillin,
        weight,
        height,
        pressure,
        creatinine,
    ) = (fact.payload for fact in record(example()).facts)
    assert depression == ConditionRecorded(
        condition=Coding(
            system=CodeSystem.SNOMED,
            code="370143000",
            display="Major depression disorder",
        ),
        status=ConditionStatus.ACTIVE,
        onset_on=date(2019, 3, 4),
        abated_on=None,
    )
    assert isinstance(sinusitis, ConditionRecorded)
    assert (sinusitis.onset_on, sinusitis.abated_on) == (None, date(2012, 6, 1))
    assert sinusitis.note == "onset 2012-05"
    assert sertraline == MedicationRecorded(
        medicine=Coding(
            system=CodeSystem.RXNORM,
            code="312938",
            display="Sertraline 100 MG Oral Tablet",
        ),
        active=True,
        dose_text="one tablet in the morning",
        route_text="oral",
        started_on=date(2024, 1, 10),
        ended_on=None,
    )
    assert isinstance(diazepam, MedicationRecorded)
    assert (diazepam.medicine.display, diazepam.active) == (
        "Diazepam 10 MG Oral Tablet",
        False,
    )
    assert diazepam.ended_on == date(2021, 6, 5)
    assert isinstance(penicillin, AllergyRecorded)
    assert (penicillin.substance.code, penicillin.reaction, penicillin.active) == (
        "91936005",
        "hives",
        True,
    )
    assert weight == VitalsMeasured(weight_kg=68.4)
    assert height == VitalsMeasured(height_cm=171.0)
    assert pressure == VitalsMeasured(systolic_mmhg=124, diastolic_mmhg=81)
    assert isinstance(creatinine, LabRecorded)
    assert (creatinine.value, creatinine.unit, creatinine.upper_normal) == (
        0.8,
        "mg/dL",
        1.1,
    )


def test_a_fact_happened_when_the_record_says_and_a_bare_date_begins_at_the_site() -> None:
    moments = {fact.payload.KIND: fact.happened_at for fact in record(example()).facts}
    assert moments["vitals.measured"] == datetime(2025, 6, 1, 7, 30, tzinfo=UTC)
    (bare,) = record(bundle(condition(id="c", subject=MINE, recordedDate="2025-06-01"))).facts
    assert bare.happened_at == datetime(2025, 6, 1, tzinfo=NEW_YORK)
    (unknown,) = record(bundle(condition(id="c", subject=MINE))).facts
    assert unknown.happened_at == NOW
    (fine,) = record(
        bundle(condition(id="c", subject=MINE, recordedDate="2025-06-01T07:30:00.1234567Z"))
    ).facts
    assert fine.happened_at == datetime(2025, 6, 1, 7, 30, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (b"\xff\xfe{}", BundleRefusalKind.NOT_JSON, "not UTF-8"),
        (b"MSH|^~\\&|", BundleRefusalKind.NOT_JSON, "not JSON"),
        (b'{"a": NaN}', BundleRefusalKind.NOT_JSON, "NaN is not a JSON number"),
        (b"[" * 100_000, BundleRefusalKind.NOT_JSON, "nested too deeply"),
        (
            b'{"a":' * 70 + b"1" + b"}" * 70,
            BundleRefusalKind.NOT_JSON,
            "nested too deeply",
        ),
        (b"[]", BundleRefusalKind.NOT_A_BUNDLE, "got a JSON list"),
        (PATIENT, BundleRefusalKind.NOT_A_BUNDLE, "got 'Patient'"),
        ({}, BundleRefusalKind.NOT_A_BUNDLE, "got 'None'"),
        (
            {**bundle(), "type": "history"},
            BundleRefusalKind.NOT_A_BUNDLE,
            "got 'history'",
        ),
        ({**bundle(), "entry": "none"}, BundleRefusalKind.NO_PATIENT, "no Patient"),
        (
            bundle({**PATIENT, "id": "p2"}),
            BundleRefusalKind.SEVERAL_PATIENTS,
            "2 Patients",
        ),
        (
            bundle(patient={**PATIENT, "name": []}),
            BundleRefusalKind.UNUSABLE_PATIENT,
            "no name",
        ),
        (
            bundle(patient={**PATIENT, "name": [{"given": "Ada"}]}),
            BundleRefusalKind.UNUSABLE_PATIENT,
            "no name",
        ),
        (
            bundle(patient={**PATIENT, "name": [{"family": "x" * 81}]}),
            BundleRefusalKind.UNUSABLE_PATIENT,
            "more than 80",
        ),
        (
            bundle(patient={**PATIENT, "name": [{"family": "x" * 2001}]}),
            BundleRefusalKind.UNUSABLE_PATIENT,
            "more than 2000",
        ),
        (
            bundle(patient={**PATIENT, "name": [{"family": "a\u0000b"}]}),
            BundleRefusalKind.UNUSABLE_PATIENT,
            "control characters",
        ),
        (
            bundle(patient={**PATIENT, "birthDate": "1980"}),
            BundleRefusalKind.UNUSABLE_PATIENT,
            "full date",
        ),
        (
            bundle(patient={**PATIENT, "birthDate": "1980-02-30"}),
            BundleRefusalKind.UNUSABLE_PATIENT,
            "no such day",
        ),
        (
            bundle(patient={**PATIENT, "birthDate": "May 1980"}),
            BundleRefusalKind.UNUSABLE_PATIENT,
            "not a FHIR date",
        ),
        (
            bundle(patient={**PATIENT, "identifier": [], "id": None}),
            BundleRefusalKind.UNUSABLE_PATIENT,
            "no identifier",
        ),
        (
            bundle(patient={**PATIENT, "deceasedBoolean": True}),
            BundleRefusalKind.DECEASED,
            "patient died;",
        ),
        (
            (FIXTURES / "deceased.json").read_bytes(),
            BundleRefusalKind.DECEASED,
            "died on 2020-01-02",
        ),
        (
            {
                "resourceType": "Bundle",
                "type": "transaction",
                "entry": [{"resource": PATIENT, "request": {"method": "DELETE"}}],
            },
            BundleRefusalKind.UNUSABLE_PATIENT,
            "asks to DELETE",
        ),
    ],
)
def test_a_file_that_is_no_usable_record_is_refused_whole(
    value: Any, kind: BundleRefusalKind, words: str
) -> None:
    found = refusal(value)
    assert found.kind is kind
    assert words in found.because


def test_an_enormous_file_is_refused_unread() -> None:
    assert refusal(b" " * (MAX_BUNDLE_BYTES + 1)).kind is BundleRefusalKind.TOO_LARGE


def test_a_patient_who_is_stated_to_live_is_taken() -> None:
    assert record(bundle(patient={**PATIENT, "deceasedBoolean": False})).patient.family_name == "Example"


@pytest.mark.parametrize(
    ("fields", "attribute", "expected"),
    [
        ({"name": [{"text": "Ada Example"}]}, "family_name", "Ada Example"),
        ({"name": [{"given": ["Ada"]}]}, "given_name", "Ada"),
        (
            {
                "name": [
                    {"use": "nickname", "family": "A"},
                    {"use": "usual", "family": "B"},
                ]
            },
            "family_name",
            "B",
        ),
        ({"name": [{"use": "official"}, {"family": "B"}]}, "family_name", "B"),
        ({"gender": "other"}, "sex", Sex.OTHER),
        ({"gender": "robot"}, "sex", Sex.UNKNOWN),
        ({"identifier": []}, "reference", "Patient/p1"),
        ({"identifier": [{"system": "urn:x"}, {"value": "9"}]}, "reference", "|9"),
        ({"telecom": [{"system": "phone", "value": "1" * 33}]}, "phone", ""),
        ({"telecom": [{"system": "email", "value": "not an address"}]}, "email", ""),
        ({"communication": [{"preferred": True}]}, "language", ""),
        (
            {
                "communication": [
                    {"language": status("en")},
                    {"language": status("es"), "preferred": True},
                ]
            },
            "language",
            "es",
        ),
    ],
)
def test_a_person_is_read_as_far_as_the_record_says(
    fields: dict[str, Any], attribute: str, expected: object
) -> None:
    assert getattr(record(bundle(patient={**PATIENT, **fields})).patient, attribute) == expected
