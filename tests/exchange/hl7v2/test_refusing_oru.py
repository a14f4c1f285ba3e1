"""Every reason to refuse a message, and laws that hold for any text."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ajar.exchange.hl7v2.message import (
    MAX_HEADER_FIELD_CHARS,
    MAX_MESSAGE_CHARS,
)
from ajar.exchange.hl7v2.observations import open_oru
from ajar.exchange.hl7v2.outcome import Accepted, Refusal, RefusalKind
from ajar.pathway.observations.vitals import VitalsMeasured
from tests.exchange.hl7v2.making import (
    DIASTOLIC,
    EXAMPLES,
    HR,
    NOW,
    SYSTOLIC,
    accepted,
    message,
    oru,
    read,
    refused,
)

B40 = "MSH|^~\\&|MON|WEST|AJAR||20260302141500-0500||ORU^R01|C1|P|2.6\r"


@pytest.mark.parametrize(
    ("raw", "kind", "words"),
    [
        ("", RefusalKind.MALFORMED, "empty"),
        ("\r\n \r", RefusalKind.MALFORMED, "empty"),
        ("hello", RefusalKind.MALFORMED, "begins with MSH"),
        ("MSH", RefusalKind.TRUNCATED, "inside its header"),
        ("MSH|^~\\&", RefusalKind.TRUNCATED, "inside its header"),
        ("MSH|^~\\&|MON|WEST", RefusalKind.TRUNCATED, "before its control id"),
        ("MSH|^^\\&|MON", RefusalKind.MALFORMED, "five different characters"),
        ("MSH^~\\&|MON|||||||||", RefusalKind.MALFORMED, "begins with MSH"),
        (
            "MSH|^~\\&|MON|WEST|A||2026||ORU^R01||P|2.6",
            RefusalKind.MALFORMED,
            "no control id",
        ),
        (
            f"MSH|^~\\&|{'x' * 251}|W|A||2026||ORU^R01|1|P|2.6",
            RefusalKind.MALFORMED,
            "more than 250",
        ),
        (B40 + "obx|1", RefusalKind.MALFORMED, "segment name"),
        (B40 + B40, RefusalKind.MALFORMED, "more than one message"),
        (B40 + "OBX|1|NM|\x00", RefusalKind.MALFORMED, "control characters"),
        ("x" * (MAX_MESSAGE_CHARS + 1), RefusalKind.TOO_LARGE, "at most"),
        (B40, RefusalKind.TRUNCATED, "before its first observation"),
        (B40.replace("ORU^R01", "ADT^A01"), RefusalKind.WRONG_TYPE, "'ADT^A01'"),
        (
            oru("8867-4^HR^LN||72|/min"),
            RefusalKind.TRUNCATED,
            "inside its last observation",
        ),
        (oru("8867-4^HR^LN||72|/min", HR), RefusalKind.MALFORMED, "no status"),
        (
            oru("8867-4^HR^LN||fast|/min|||||F"),
            RefusalKind.MALFORMED,
            "expected a number, got 'fast'",
        ),
        (
            oru("8867-4^HR^LN||72~80|/min|||||F"),
            RefusalKind.MALFORMED,
            "expected a number",
        ),
        (
            oru("8867-4^HR^LN||1e2|/min|||||F"),
            RefusalKind.MALFORMED,
            "expected a number",
        ),
        (
            oru("8867-4^HR^LN||72|/min|||||Q"),
            RefusalKind.MALFORMED,
            "not an observation status",
        ),
        (
            oru("8867-4^HR^LN||72|/min|||||F|||2026"),
            RefusalKind.MALFORMED,
            "Observation time",
        ),
        (
            oru("8867-4^HR^LN||72|/min|||||F|||202613021414"),
            RefusalKind.MALFORMED,
            "no such moment",
        ),
        (
            oru("8867-4^HR^LN||72|mmHg|||||F"),
            RefusalKind.UNKNOWN_UNIT,
            "a unit such as /min, got 'mmHg'",
        ),
        (
            oru("8867-4^HR^LN||72||||||F"),
            RefusalKind.UNKNOWN_UNIT,
            "a unit such as /min, got ''",
        ),
        (oru("1234^X^MDC||1|%|||||F"), RefusalKind.UNKNOWN_CODES, "1234"),
        (oru("8867-4^HR^99LOCAL||72|/min|||||F"), RefusalKind.UNKNOWN_CODES, "8867-4"),
        (oru("||72|/min|||||F"), RefusalKind.UNKNOWN_CODES, "(no code)"),
        (oru("8867-4^HR^LN||72|/min|||||C"), RefusalKind.WITHDRAWAL, "takes back"),
        (oru("8867-4^HR^LN||72|/min|||||D"), RefusalKind.WITHDRAWAL, "takes back"),
        (
            oru("59408-5^SpO2^LN||140|%|||||F"),
            RefusalKind.IMPOSSIBLE_VALUE,
            "Oxygen saturation 140 %",
        ),
        (
            oru(HR, "8480-6^S^LN||80|mmHg|||||F", "8462-4^D^LN||120|mmHg|||||F"),
            RefusalKind.IMPOSSIBLE_VALUE,
            "Blood pressure 80/120",
        ),
        (
            oru("8867-4^HR^LN||-5|/min|||||F"),
            RefusalKind.IMPOSSIBLE_VALUE,
            "Heart rate -5",
        ),
        (
            oru("8867-4^HR^LN||72|/min|||||F|||20260302181530-0500"),
            RefusalKind.FUTURE_DATED,
            "ahead by 4 h",
        ),
        (
            oru("8867-4^HR^LN||72|/min|||||F|||20260304151730-0500"),
            RefusalKind.FUTURE_DATED,
            "ahead by 2 d 1 h 2 min",
        ),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_kind_and_words(
    raw: str, kind: RefusalKind, words: str
) -> None:
    refusal = refused(raw)
    assert refusal.kind is kind
    assert words in refusal.because


@pytest.mark.hazard("HAZ-09")
def test_two_patients_in_one_message_are_refused() -> None:
    raw = message("b40").replace("PV1|", "PID|||AJ-0000-0000^^^AJAR^MR\rPV1|", 1)
    assert "more than one patient" in refused(raw).because


def test_the_same_patient_twice_is_one_patient() -> None:
    assert accepted(message("b40").replace("PV1|", "PID|||AJ-4839-2057\rPV1|", 1)).patient_ids


@pytest.mark.hazard("HAZ-18")
def test_a_device_clock_may_drift_by_two_minutes() -> None:
    raw = oru("8867-4^HR^LN||72|/min|||||F|||20260302141730-0500")
    assert accepted(raw).sets[0].happened_at - NOW == timedelta(minutes=2)


@pytest.mark.hazard("HAZ-10")
def test_an_impossible_value_holds_the_whole_message_back_and_keeps_the_rest_at_hand() -> None:
    refusal = refused(oru(HR, SYSTOLIC, DIASTOLIC, "59408-5^SpO2^LN||140|%|||||F"))
    assert refusal.salvage is not None
    (one,) = refusal.salvage.sets
    assert one.payload is not None
    assert one.payload.values() == {
        "systolic_mmhg": 128,
        "diastolic_mmhg": 82,
        "heart_rate_bpm": 72,
    }
    assert one.impossible[0].vital_sign == "spo2_percent"
    assert refusal.header is not None
    assert refusal.header.control_id == "C1"


def test_the_headers_zone_holds_for_times_without_one() -> None:
    raw = oru("8867-4^HR^LN||72|/min|||||F|||20260302201455", head="20260302201500+0100")
    assert accepted(raw).sets[0].happened_at == datetime(2026, 3, 2, 19, 14, 55, tzinfo=UTC)


def test_without_any_time_of_observation_the_headers_time_holds() -> None:
    raw = "\r".join(line for line in oru(HR).split("\r") if not line.startswith("OBR"))
    assert accepted(raw).sets[0].happened_at == datetime(2026, 3, 2, 19, 15, tzinfo=UTC)


def test_other_delimiters_and_escapes_are_understood() -> None:
    raw = (
        "MSH$*%!?$A!S!B$$$$20260302141500-0500$$ORU*R01$C!T!1$P$2.6\n"
        "PID$$$MRN!F!7*x%MRN-8\n"
        "OBX$1$NM$8867-4*HR*LN$$72$/min$$$$$F\n"
    )
    found = accepted(raw)
    assert found.header.application == "A*B"
    assert found.header.control_id == "C?1"
    assert found.patient_ids == ("MRN$7", "MRN-8")


def test_an_unknown_escape_stays_as_it_is_written() -> None:
    raw = oru(HR).replace("|MON|", "|MON\\.sp999999999\\|")
    assert accepted(raw).header.application == "MON\\.sp999999999\\"


def test_opening_does_not_need_the_zone() -> None:
    opened = open_oru(message("b40"))
    assert not isinstance(opened, Refusal)
    assert opened.device_ids == ("080019FFFE2A3B4C", "GE-B40")


def test_a_location_field_that_is_empty_is_no_location() -> None:
    assert accepted(oru(HR).replace("OBR|", "PV1||I|\rOBR|", 1)).location is None


@given(st.sampled_from(EXAMPLES), st.integers(min_value=0, max_value=2500))
def test_no_beginning_of_a_message_gives_a_value_that_the_whole_message_does_not(name: str, end: int) -> None:
    whole = message(name)
    now = datetime(2026, 3, 2, 19, 15, 30, tzinfo=UTC)
    full, part = accepted(whole, now), read(whole[:end], now)
    if isinstance(part, Accepted):
        known = {item for one in full.sets if one.payload for item in one.payload.values().items()}
        arterial = {
            ("systolic_mmhg", 131.0),
            ("diastolic_mmhg", 78.0),
            ("heart_rate_bpm", 71.0),
        }
        found = {item for one in part.sets if one.payload for item in one.payload.values().items()}
        assert found <= known | arterial
        assert {one.happened_at for one in part.sets} <= {one.happened_at for one in full.sets}


PIECES = st.sampled_from(
    ["MSH|^~\\&|", "\rOBX|", "\rOBR|", "\rPID|", "|", "^", "~", "\\", "&", "\\F\\", "ORU^R01", "8867-4",
     "20260302141500-0500", "9999", "72", "mm[Hg]", "F", "X", "\r", "\x00", "é", "150021^^MDC", "/min", "1"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join)))
@example("MSH|^~\\&|" + "|" * 20)
@example(oru(HR).replace("20260302141455-0500", "20260302141455-9999"))
@example(oru(HR).replace("20260302141455-0500", "00010101000000+2300"))
@example(oru(HR, head="20260302141500-2500"))
@example(oru(HR, head="99991231235959-2300").replace("20260302141455-0500", ""))
def test_reading_anything_gives_an_outcome_and_never_an_error(raw: str) -> None:
    assert isinstance(read(raw), Accepted | Refusal)


@given(st.integers(0, 30), st.sampled_from(EXAMPLES), st.text(max_size=8))
def test_changing_any_place_of_a_message_gives_an_outcome(place: int, name: str, junk: str) -> None:
    raw = message(name)
    at = place * len(raw) // 30
    assert isinstance(read(raw[:at] + junk + raw[at + 1 :]), Accepted | Refusal)


def test_a_control_id_longer_than_the_standard_allows_is_refused() -> None:
    raw = oru(HR).replace("|C1|", f"|{'9' * (MAX_HEADER_FIELD_CHARS + 1)}|")
    assert refused(raw).kind is RefusalKind.MALFORMED


def test_every_accepted_set_can_be_recorded_as_it_is() -> None:
    (one,) = accepted(oru(HR, SYSTOLIC, DIASTOLIC)).sets
    assert one.payload is not None
    assert replace(one.payload, device_id="x") == VitalsMeasured(
        systolic_mmhg=128,
        diastolic_mmhg=82,
        heart_rate_bpm=72,
        taken_by=one.payload.taken_by,
        device_id="x",
    )
