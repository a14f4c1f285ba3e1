"""A device's Observation is read into the same sets as its HL7 message, or refused in words."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.exchange.fhir.answers import Told, batch_response, operation_outcome
from ajar.exchange.fhir.from_device import (
    MAX_ENTRIES,
    MAX_POST_BYTES,
    OpenedObservation,
    Posted,
    open_observation,
    posted,
    read_observation,
)
from ajar.exchange.hl7v2.outcome import Accepted, Refusal, RefusalKind

NOW = datetime(2026, 3, 2, 19, 15, 30, tzinfo=UTC)
AT = "2026-03-02T14:15:00-05:00"


def quantity(value: object, unit: str, **more: object) -> dict[str, object]:
    return {"value": value, "code": unit, "system": "http://unitsofmeasure.org", **more}


def coded(code: str, system: str = "http://loinc.org") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def observation(**changes: Any) -> dict[str, Any]:
    """A heart rate; a change to None takes the field away."""
    whole = {
        "resourceType": "Observation",
        "identifier": [{"system": "urn:clinic:gateway", "value": "r-1"}],
        "status": "final",
        "code": coded("8867-4"),
        "device": {"identifier": {"value": "MON-1"}},
        "effectiveDateTime": AT,
        "valueQuantity": quantity(72, "/min"),
    } | changes
    return {name: value for name, value in whole.items() if value is not None}


def read(resource: dict[str, Any]) -> Accepted | Refusal:
    opened = open_observation(resource, device="KEY-DEVICE")
    return read_observation(opened, now=NOW) if isinstance(opened, OpenedObservation) else opened


def values(resource: dict[str, Any]) -> list[dict[str, float]]:
    found = read(resource)
    assert isinstance(found, Accepted), found
    return [one.payload.values() if one.payload else {} for one in found.sets]


def part(code: str, value: object, unit: str = "mm[Hg]") -> dict[str, Any]:
    return {"code": coded(code), "valueQuantity": quantity(value, unit)}


@pytest.mark.parametrize(
    ("code", "unit", "value", "kept"),
    [
        ("8867-4", "/min", 72, {"heart_rate_bpm": 72}),
        ("9279-1", "/min", 14, {"respiratory_rate_per_min": 14}),
        ("2708-6", "%", 97, {"spo2_percent": 97}),
        ("59408-5", "%", 97, {"spo2_percent": 97}),
        ("8310-5", "[degF]", 98.6, {"temperature_c": 37.0}),
        ("29463-7", "kg", 70, {"weight_kg": 70}),
        ("8302-2", "cm", 170, {"height_cm": 170}),
    ],
)
def test_each_vital_sign_has_its_place(code: str, unit: str, value: float, kept: dict[str, float]) -> None:
    assert values(observation(code=coded(code), valueQuantity=quantity(value, unit))) == [kept]


def test_an_mdc_code_counts_as_well() -> None:
    code = coded("149530", "urn:iso:std:iso:11073:10101")
    assert values(observation(code=code)) == [{"heart_rate_bpm": 72}]


def test_a_blood_pressure_panel_gives_its_pair_and_leaves_its_mean() -> None:
    parts = [
        part("8480-6", 17.1, "kPa"),
        part("8462-4", 80),
        part("8478-0", 96),
        part("1-1", 1),
        {"code": {}},
    ]
    panel = observation(code=coded("85354-9"), valueQuantity=None, component=parts)
    found = read(panel)
    assert isinstance(found, Accepted)
    assert values(panel) == [{"systolic_mmhg": 128.3, "diastolic_mmhg": 80}]
    assert [(one.code, one.because) for one in found.left] == [
        ("8478-0", "mean pressure is not kept in the chart"),
        ("1-1", "unknown code"),
        ("(no code)", "unknown code"),
    ]


def test_a_value_beside_components_is_read_too() -> None:
    both = observation(component=[part("2708-6", 97, "%")])
    assert values(both) == [{"heart_rate_bpm": 72, "spo2_percent": 97}]


def test_it_says_whom_and_what_it_comes_from() -> None:
    subject = {"reference": "Patient/p1", "identifier": {"value": "AJ-1"}}
    found = read(observation(subject=subject, issued=AT, device={"reference": "Device/MON-2"}))
    assert isinstance(found, Accepted)
    assert found.patient_ids == ("AJ-1",)
    assert found.device_ids == ("MON-2", "KEY-DEVICE")
    assert (found.header.facility, found.header.control_id) == ("urn:clinic:gateway", "r-1")
    assert found.header.sent_at_text == "20260302191500.000+0000"
    assert found.sets[0].happened_at == datetime(2026, 3, 2, 19, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"valueQuantity": quantity(0, "/min")}, "drop-out"),
        ({"valueQuantity": None, "dataAbsentReason": {"text": "sensor off"}}, "no value"),
    ],
)
def test_a_drop_out_is_a_gap(changes: dict[str, Any], because: str) -> None:
    found = read(observation(**changes))
    assert isinstance(found, Accepted)
    assert because in found.sets[0].lost[0].because


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"resourceType": "Patient"}, RefusalKind.WRONG_TYPE, "Expected an Observation, got 'Patient'"),
        ({"identifier": None}, RefusalKind.MALFORMED, "expected identifier with a value"),
        ({"identifier": [{"value": "a\x00"}]}, RefusalKind.MALFORMED, "control characters"),
        ({"issued": "yesterday"}, RefusalKind.MALFORMED, "issued: expected a moment"),
        ({"effectiveDateTime": None}, RefusalKind.MALFORMED, "effectiveDateTime: expected a moment"),
        ({"effectiveDateTime": "2026-03-02"}, RefusalKind.MALFORMED, "got '2026-03-02'"),
        ({"effectiveDateTime": "2026-02-30T10:00:00Z"}, RefusalKind.MALFORMED, "no such day"),
        ({"effectiveDateTime": "2026-03-02T10:00:00"}, RefusalKind.MALFORMED, "not a FHIR date"),
        ({"status": None}, RefusalKind.MALFORMED, "status is final or preliminary, got ''"),
        ({"status": "corrected"}, RefusalKind.WITHDRAWAL, "takes back"),
        ({"code": coded("1-1")}, RefusalKind.UNKNOWN_CODES, "1-1"),
        ({"code": coded("8867-4", "urn:other")}, RefusalKind.UNKNOWN_CODES, "8867-4"),
        ({"valueQuantity": quantity(72, "")}, RefusalKind.UNKNOWN_UNIT, "expected a unit such as /min"),
        ({"valueQuantity": quantity(72, "mm[Hg]")}, RefusalKind.UNKNOWN_UNIT, "got 'mm[Hg]'"),
        ({"valueQuantity": quantity(72, "/min", system="urn:x")}, RefusalKind.UNKNOWN_UNIT, "UCUM or MDC"),
        ({"valueQuantity": quantity(72, "/min", comparator=">")}, RefusalKind.MALFORMED, "got '>72'"),
        ({"valueQuantity": quantity("72", "/min")}, RefusalKind.MALFORMED, "no number"),
        ({"valueQuantity": None, "valueString": "72"}, RefusalKind.MALFORMED, "got valueString"),
        ({"valueQuantity": quantity(900, "/min")}, RefusalKind.IMPOSSIBLE_VALUE, "cannot be right"),
        ({"effectiveDateTime": "2026-03-02T23:15:30Z"}, RefusalKind.FUTURE_DATED, "ahead by 4 h"),
    ],
)
def test_everything_else_is_refused_in_words(changes: dict[str, Any], kind: RefusalKind, words: str) -> None:
    found = read(observation(**changes))
    assert isinstance(found, Refusal)
    assert found.kind == kind
    assert words in found.because


# --- bodies ----------------------------------------------------------------------------------------


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def test_a_body_holds_one_observation_or_a_batch() -> None:
    one = observation()
    assert posted(body(one)) == Posted(observations=(one,), batch=False)
    batch = {"resourceType": "Bundle", "type": "batch", "entry": [{"resource": one}, "?"]}
    assert posted(body(batch)) == Posted(observations=(one, {}), batch=True)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not JSON"),
        (b"[]", "Expected a FHIR Bundle"),
        (b" " * (MAX_POST_BYTES + 1), "at most"),
        (body({"resourceType": "Bundle", "type": "transaction"}), "of type batch, got 'transaction'"),
        (body({"resourceType": "Bundle", "type": "batch"}), "1 to 500 entries"),
        (body({"resourceType": "Bundle", "type": "batch", "entry": []}), "1 to 500 entries"),
        (
            body({"resourceType": "Bundle", "type": "batch", "entry": [{}] * (MAX_ENTRIES + 1)}),
            "1 to 500 entries",
        ),
    ],
)
def test_a_body_that_holds_neither_is_refused_in_words(data: bytes, words: str) -> None:
    found = posted(data)
    assert isinstance(found, Refusal)
    assert words in found.because


LEAF = st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.integers(-(10**400), 10**400)
JSON = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner)
)


@given(st.sampled_from(sorted(observation())), JSON)
def test_whatever_stands_in_a_field_it_is_read_or_refused_in_words(field: str, value: object) -> None:
    found = read(observation(**{field: value}))
    assert isinstance(found, Accepted) or found.because


@given(st.sampled_from(["value", "code", "unit", "system", "comparator"]), JSON)
def test_whatever_stands_in_a_quantity_no_unit_is_guessed(field: str, value: object) -> None:
    found = read(observation(valueQuantity=quantity(72, "/min") | {field: value}))
    if isinstance(found, Accepted):
        assert all(set(one.payload.values()) == {"heart_rate_bpm"} for one in found.sets if one.payload)
    else:
        assert found.because


# --- answers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "severity"), [(201, "information"), (202, "warning"), (422, "error")])
def test_an_answer_says_how_bad_it_is(status: int, severity: str) -> None:
    told = Told(status=status, code="value", words="Words.")
    outcome = operation_outcome(told)
    assert outcome["issue"] == [{"severity": severity, "code": "value", "diagnostics": "Words."}]
    (entry,) = batch_response([told])["entry"]
    assert entry["response"] == {"status": str(status), "outcome": outcome}


def test_a_reading_just_ahead_is_taken() -> None:
    soon = (NOW + timedelta(seconds=90)).isoformat()
    assert values(observation(effectiveDateTime=soon)) == [{"heart_rate_bpm": 72}]
