"""Payloads are spelled one way and read strictly."""

import json
import re
import time
from dataclasses import fields
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ajar.pathway import kinds
from ajar.pathway.ledger.chain import canonical
from ajar.pathway.ledger.codec import Malformed, decode, decode_value, encode, moment_text
from ajar.pathway.ledger.payload import EnteredInError, payload_class, registered_kinds
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.patients.facts import LabRecorded
from tests.support.payloads import payloads

assert kinds.MODULES  # importing it registers every kind
KINDS = registered_kinds()
by_kind = pytest.mark.parametrize("cls", KINDS, ids=lambda cls: f"{cls.KIND}-v{cls.VERSION}")
freely = settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])

READING = {"systolic_mmhg": 128.0, "diastolic_mmhg": 82.0, "taken_by": "hand", "device_id": ""}


@by_kind
@freely
@given(st.data())
def test_what_was_written_is_read_back_equal(cls, data):
    payload = data.draw(payloads(cls))
    stored = canonical(encode(payload))
    assert decode(payload_class(cls.KIND, cls.VERSION), json.loads(stored)) == payload


@by_kind
@freely
@given(st.data())
def test_the_spelling_of_what_was_read_is_the_spelling_that_was_stored(cls, data):
    stored = canonical(encode(data.draw(payloads(cls))))
    assert canonical(encode(decode(cls, json.loads(stored)))) == stored


@by_kind
def test_an_unknown_field_is_refused_by_name(cls):
    with pytest.raises(Malformed, match="unknown field 'no_such_field'"):
        decode(cls, {"no_such_field": 1})


@pytest.mark.parametrize("cls", [c for c in KINDS if fields(c)], ids=lambda cls: cls.KIND)
@freely
@given(st.data())
def test_no_field_takes_a_value_of_another_type(cls, data):
    stored = encode(data.draw(payloads(cls)))
    name = data.draw(st.sampled_from(sorted(stored)))
    with pytest.raises(Malformed, match=name):
        decode(cls, stored | {name: {"neither": "text nor number"}})


@pytest.mark.parametrize("missing", ["test", "value", "value_text", "unit"])
def test_a_missing_field_is_refused_by_name(missing):
    lab = {
        "test": {"system": "text", "code": "", "display": "TSH"},
        "value": 1.5,
        "value_text": "",
        "unit": "mU/L",
    }
    del lab[missing]
    with pytest.raises(Malformed, match=f"field '{missing}' is missing"):
        decode(LabRecorded, lab)


def test_a_field_with_a_default_may_be_absent_in_what_was_stored_before_it_existed():
    assert decode(VitalsMeasured, READING).at_rest is None


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("systolic_mmhg", "128", "expected a number, got '128'"),
        ("systolic_mmhg", True, "expected a number, got True"),
        ("taken_by", "dog", "expected one of 'hand', 'monitor', 'patient', got 'dog'"),
        ("confirmed_unusual", 1, "expected true or false, got 1"),
        ("device_id", None, "expected text, got None"),
    ],
)
def test_a_wrong_value_is_refused_with_what_was_expected(field, value, words):
    with pytest.raises(Malformed, match=words):
        decode(VitalsMeasured, READING | {field: value})


@pytest.mark.parametrize("data", [None, [], "text", 3])
def test_a_payload_is_an_object(data):
    with pytest.raises(Malformed, match="expected an object"):
        decode(EnteredInError, data)


@pytest.mark.parametrize(
    ("expected", "value", "words"),
    [
        (tuple[int, ...], 5, "expected a list, got 5"),
        (tuple[int, ...], [1, "2"], r"at\[1\]: expected a whole number, got '2'"),
        (datetime, "2026-03-02T10:00:00", "expected a moment with its time zone"),
        (datetime, 5, "expected a moment with its time zone"),
        (date, "2026-02-30", "expected a date"),
        (float, float("inf"), "expected a number"),
        (bytes, b"", "no reader for"),
    ],
)
def test_each_type_says_what_it_expects(expected, value, words):
    with pytest.raises(Malformed, match=words):
        decode_value(expected, value, "at")


def test_a_value_of_several_types_is_read_by_the_first_that_fits():
    assert decode_value(int | str | None, "five", "at") == "five"
    assert decode_value(int | str | None, 5, "at") == 5
    assert decode_value(int | str | None, None, "at") is None
    with pytest.raises(Malformed, match="expected text"):
        decode_value(int | str, 5.5, "at")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a\0b", "Text must not contain the NUL character: not every database can keep it."),
        (float("nan"), "Numbers must be finite, got nan."),
        (float("inf"), "Numbers must be finite, got inf."),
        (b"bytes", "bytes has no place in an entry."),
        (object(), "object has no place in an entry."),
        ({"a": 1}, "dict has no place in an entry."),
        ([1], "list has no place in an entry."),
        (int, "type has no place in an entry."),
    ],
)
def test_what_has_no_place_in_an_entry_is_refused(value, words):
    with pytest.raises(Malformed, match=f"^{re.escape(words)}$"):
        encode(value)


def test_a_text_enumeration_is_stored_as_its_value():
    class Colour(StrEnum):
        GREEN = "green"

    assert encode((Colour.GREEN, date(2026, 3, 2))) == ["green", "2026-03-02"]


@pytest.fixture
def machine_in_new_york(monkeypatch):
    """The machine's own clock runs elsewhere."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("machine_in_new_york")
def test_one_moment_has_one_spelling_wherever_it_was_noted_and_wherever_it_is_written():
    new_york = datetime(2026, 3, 2, 10, 0, tzinfo=timezone(timedelta(hours=-5)))
    assert moment_text(new_york) == "2026-03-02T15:00:00.000000+00:00"


def test_a_moment_without_its_place_is_refused():
    with pytest.raises(Malformed, match=r"^A moment must carry a time zone, got 2026-03-02T10:00:00\.$"):
        moment_text(datetime(2026, 3, 2, 10, 0))
