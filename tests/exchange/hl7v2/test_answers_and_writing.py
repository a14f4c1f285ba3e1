"""Acknowledgements both ways, and messages as a monitor writes them."""

from datetime import UTC, datetime

import hl7
import pytest
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.parser import parse_message
from hypothesis import given
from hypothesis import strategies as st

from ajar.exchange.hl7v2.acknowledgement import (
    HELD_BACK,
    AckCode,
    Acknowledged,
    Answer,
    answer_to,
    read_ack,
    write_ack,
)
from ajar.exchange.hl7v2.message import STANDARD, open_message
from ajar.exchange.hl7v2.observations import parse
from ajar.exchange.hl7v2.outcome import Accepted, Refusal, RefusalKind
from ajar.exchange.hl7v2.writer import BPM, MMHG, PERCENT, Monitor, Observed, write_oru

NOW = datetime(2026, 3, 2, 19, 15, tzinfo=UTC)
MONITOR = Monitor(application="REPLAY", facility="WEST|CLINIC", device_id="MON-1")
OBSERVED = (
    Observed(code="147842^MDC_ECG_HEART_RATE^MDC", unit=BPM, value=72.5),
    Observed(code="150021^MDC_PRESS_BLD_NONINV_SYS^MDC", unit=MMHG, value=128),
    Observed(code="150022^MDC_PRESS_BLD_NONINV_DIA^MDC", unit=MMHG, value=82),
    Observed(code="150456^MDC_PULS_OXIM_SAT_O2^MDC", unit=PERCENT, value=None),
)


def written(patient_id: str = "AJ-4839-2057", control_id: str = "R-1") -> str:
    return write_oru(
        OBSERVED,
        monitor=MONITOR,
        control_id=control_id,
        patient_id=patient_id,
        room="Room 2",
        observed_at=NOW,
        sent_at=NOW,
    )


def test_what_is_written_reads_back_with_its_gaps() -> None:
    found = parse(written(), now=NOW, site_zone=UTC)
    assert isinstance(found, Accepted)
    (one,) = found.sets
    assert one.payload is not None
    assert one.payload.values() == {
        "heart_rate_bpm": 72.5,
        "systolic_mmhg": 128,
        "diastolic_mmhg": 82,
    }
    assert [lost.vital_sign for lost in one.lost] == ["spo2_percent"]
    assert (found.header.facility, found.patient_ids) == (
        "WEST|CLINIC",
        ("AJ-4839-2057",),
    )
    assert found.device_ids[0] == "MON-1"


def test_a_monitor_that_was_told_no_patient_names_none() -> None:
    found = parse(written(patient_id=""), now=NOW, site_zone=UTC)
    assert isinstance(found, Accepted)
    assert found.patient_ids == ()


def test_acceptance_names_the_message_and_has_no_error() -> None:
    header = open_message(written()).header
    raw = write_ack(Answer(code=AckCode.ACCEPTED), header=header, ack_id="1", now=NOW)
    assert "ERR" not in raw
    assert read_ack(raw) == Acknowledged(code=AckCode.ACCEPTED, control_id="R-1", because="")
    theirs = hl7.parse(raw)
    assert str(theirs.extract_field("MSA", 1, 1)) == "AA"
    assert str(theirs.extract_field("MSH", 1, 9, 1, 2)) == "R01"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (RefusalKind.MALFORMED, AckCode.REJECTED),
        (RefusalKind.TRUNCATED, AckCode.REJECTED),
        (RefusalKind.TOO_LARGE, AckCode.REJECTED),
        (RefusalKind.WRONG_TYPE, AckCode.REJECTED),
        (RefusalKind.UNKNOWN_CODES, AckCode.ERROR),
        (RefusalKind.UNKNOWN_UNIT, AckCode.ERROR),
        (RefusalKind.IMPOSSIBLE_VALUE, AckCode.ERROR),
        (RefusalKind.FUTURE_DATED, AckCode.ERROR),
        (RefusalKind.WITHDRAWAL, AckCode.ERROR),
    ],
)
def test_a_refusal_is_answered_with_its_reason(kind: RefusalKind, code: AckCode) -> None:
    answer = answer_to(Refusal(kind=kind, because="Heart rate | 999\r\nis too high."))
    back = read_ack(write_ack(answer, header=open_message(written()).header, ack_id="2", now=NOW))
    assert back == Acknowledged(code=code, control_id="R-1", because="Heart rate | 999  is too high.")


def test_an_unreadable_message_is_rejected_without_a_control_id() -> None:
    answer = answer_to(Refusal(kind=RefusalKind.MALFORMED, because="The message is empty."))
    back = read_ack(write_ack(answer, header=None, ack_id="3", now=NOW))
    assert back == Acknowledged(code=AckCode.REJECTED, control_id="", because="The message is empty.")


def test_a_message_without_a_place_is_held_back() -> None:
    answer = Answer(code=AckCode.ERROR, because="No device of this name is known.", error=HELD_BACK)
    raw = write_ack(answer, header=open_message(written()).header, ack_id="4", now=NOW)
    assert "ERR|||204^Unknown key identifier^HL70357|E||||No device" in raw


@pytest.mark.parametrize("raw", ["", "MSH|^~\\&|A|B|C||2026||ACK|7|P|2.6\r", written()])
def test_what_is_no_acknowledgement_is_refused(raw: str) -> None:
    assert isinstance(read_ack(raw), Refusal)


def test_another_acknowledgement_code_is_refused() -> None:
    raw = "MSH|^~\\&|A|B|C||2026||ACK|7|P|2.6\rMSA|CA|7\r"
    refusal = read_ack(raw)
    assert isinstance(refusal, Refusal)
    assert "AA, AE or AR" in refusal.because


def test_a_second_validator_finds_our_messages_well_formed() -> None:
    theirs = parse_message(written(), validation_level=VALIDATION_LEVEL.TOLERANT)
    assert theirs.name == "ORU_R01"
    assert theirs.validate()
    header = open_message(written()).header
    answer = answer_to(Refusal(kind=RefusalKind.FUTURE_DATED, because="The device clock is ahead."))
    acknowledgement = parse_message(write_ack(answer, header=header, ack_id="5", now=NOW))
    assert acknowledgement.validate()
    assert acknowledgement.msa.msa_1.value == "AE"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_text_survives_escaping(text: str) -> None:
    assert STANDARD.unescape(STANDARD.escaped(text)) == text


@given(st.text(max_size=60))
def test_reading_anything_as_an_acknowledgement_never_raises(raw: str) -> None:
    assert isinstance(read_ack(raw), Acknowledged | Refusal)
