"""Small FHIR resources and bundles, and how they read at a fixed time."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ajar.exchange.fhir.bundle import read_bundle
from ajar.exchange.fhir.outcome import BundleRefusal, PatientRecord
from ajar.pathway.ledger.payload import Payload

FIXTURES = Path(__file__).parents[2] / "fixtures" / "fhir"
REAL = Path(__file__).parents[4] / "shared" / "real" / "fhir"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [{"system": "urn:records", "value": "7"}],
    "name": [{"family": "Example", "given": ["Ada"]}],
    "birthDate": "1980-05-06",
}
MINE = {"reference": "Patient/p1"}
DEPRESSION = {
    "coding": [{"system": "http://snomed.info/sct", "code": "370143000"}],
    "text": "Depression",
}


def read(value: Any) -> PatientRecord | BundleRefusal:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_bundle(data, now=NOW, zone=NEW_YORK)


def record(value: Any) -> PatientRecord:
    found = read(value)
    assert isinstance(found, PatientRecord), found
    return found


def refusal(value: Any) -> BundleRefusal:
    found = read(value)
    assert isinstance(found, BundleRefusal), found
    return found


def bundle(*resources: Any, patient: Any = PATIENT) -> dict[str, Any]:
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [{"resource": one} for one in (patient, *resources)],
    }


def example() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FIXTURES / "zoe_example.json").read_text())
    return found


def payload_of(resource: dict[str, Any]) -> Payload:
    (fact,) = record(bundle({"id": "r1", "subject": MINE, **resource})).facts
    return fact.payload


def reason_for(resource: dict[str, Any]) -> str:
    found = record(bundle({"id": "r1", "subject": MINE, **resource}))
    assert found.facts == ()
    (left,) = found.report.left
    return left.because


def condition(**fields: Any) -> dict[str, Any]:
    return {"resourceType": "Condition", "code": DEPRESSION, **fields}


def request(**fields: Any) -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": "Sertraline"},
        **fields,
    }


def observation(code: str, **fields: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        **fields,
    }


def lab(**fields: Any) -> dict[str, Any]:
    return observation("38483-4", category=[{"coding": [{"code": "laboratory"}]}], **fields)


def status(code: str) -> dict[str, Any]:
    return {"coding": [{"code": code}]}
