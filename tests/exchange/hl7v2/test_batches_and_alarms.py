"""Several messages in one delivery, a monitor's own alarms, and what a monitor says about its numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.exchange.hl7v2.alarms import MAX_WORDS_CHARS, MonitorAlarm, read_alarm
from ajar.exchange.hl7v2.batch import Delivery, batch_of_answers, messages_of
from ajar.exchange.hl7v2.message import MAX_MESSAGE_CHARS
from ajar.exchange.hl7v2.outcome import Accepted, Refusal, RefusalKind
from tests.exchange.hl7v2.making import HR, accepted, oru, refused, values

ONE = oru(HR)
FHS, BHS = "FHS|^~\\&|MON\r", "BHS|^~\\&|MON\r"


# --- batches ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        (ONE + ONE, 2),
        (BHS + ONE + "BTS|1\r", 1),
        (BHS + ONE + ONE + "BTS|2|done\r", 2),
        (BHS + ONE + "BTS\r" + BHS + ONE + "BTS|1\r", 2),
        (FHS + BHS + ONE + "BTS|1\r" + BHS + ONE + ONE + "BTS|2\r" + "FTS|2\r", 3),
        (FHS + ONE + "FTS|1\r", 1),
        (FHS + BHS + "BTS|0\r" + "FTS\r", 0),
    ],
)
def test_a_whole_batch_gives_its_messages_in_order(raw: str, count: int) -> None:
    assert messages_of(raw) == Delivery(messages=(ONE,) * count, batch=True)


@pytest.mark.parametrize("raw", [ONE, "", "hello", "MSH", "x" * (MAX_MESSAGE_CHARS + 1)])
def test_what_is_no_batch_stays_as_it_is(raw: str) -> None:
    assert messages_of(raw) == Delivery(messages=(raw,), batch=False)


@pytest.mark.parametrize(
    ("raw", "kind", "words"),
    [
        (BHS + ONE, RefusalKind.TRUNCATED, "does not end"),
        (FHS + BHS + ONE + "BTS|1\r", RefusalKind.TRUNCATED, "does not end"),
        (BHS + ONE + "BTS|2\r", RefusalKind.TRUNCATED, "'2' messages (BTS-1) and holds 1"),
        (FHS + BHS + ONE + "BTS\rFTS|3\r", RefusalKind.TRUNCATED, "'3' batches (FTS-1) and holds 1"),
        (BHS + "PID|1\r" + ONE + "BTS\r", RefusalKind.MALFORMED, "not in order"),
        (BHS + "BTS\r" + ONE, RefusalKind.MALFORMED, "not in order"),
        (ONE + ONE + "FTS\r", RefusalKind.MALFORMED, "not in order"),
    ],
)
def test_a_broken_batch_is_refused_whole_in_words(raw: str, kind: RefusalKind, words: str) -> None:
    found = messages_of(raw)
    assert isinstance(found, Refusal)
    assert found.kind == kind
    assert words in found.because


@given(st.lists(st.sampled_from([FHS, BHS, ONE, "BTS\r", "BTS|1\r", "FTS\r", "PID|1\r", "?"]), max_size=7))
def test_a_delivery_is_taken_apart_without_loss_or_refused_in_words(parts: list[str]) -> None:
    found = messages_of("".join(parts))
    if isinstance(found, Refusal):
        assert found.because
    elif found.batch:
        assert "".join(found.messages).count("MSH|") == parts.count(ONE)


def test_the_answers_of_a_batch_are_a_batch() -> None:
    answers = batch_of_answers(["MSH|a\r", "MSH|b\r"])
    assert answers == "BHS|^~\\&|AJAR\rMSH|a\rMSH|b\rBTS|2\r"


# --- alarms ----------------------------------------------------------------------------------------

HEAD = "MSH|^~\\&|MON^0800|WEST|AJAR||20260302141500-0500||{}|A1|P|2.6\r"
ALARM = HEAD.format("ORU^R40^ORU_R40") + "OBR|1|||196616^MDC_EVT_ALARM^MDC\r"


def test_an_alarm_is_read_into_words() -> None:
    found = read_alarm(
        ALARM
        + "OBX|1|CWE|196616^MDC_EVT_ALARM^MDC|1.0.0.0.1|196670^SpO2 low^MDC||||||F|||||||MON-1\r"
        + "OBX|2|ST|68481^MDC_ATTR_EVENT_PHASE^MDC|1.0.0.0.3|start||||||F\r"
        + "OBX|3|ST|68484^MDC_ATTR_ALARM_PRIORITY^MDC|1.0.0.0.6|PH||||||F\r"
        + "OBX|4|ST|68482^MDC_ATTR_ALARM_STATE^MDC|1.0.0.0.4|||||||F\r"
    )
    assert isinstance(found, MonitorAlarm)
    assert found.words == "SpO2 low; phase start; priority PH"
    assert (found.header.control_id, found.device_ids) == ("A1", ("MON-1", "0800", "MON"))


def test_an_alarm_without_words_says_so_and_an_endless_one_is_cut() -> None:
    silent = read_alarm(ALARM)
    assert silent is not None
    assert silent.words == "an alarm without words"
    endless = read_alarm(ALARM + f"OBX|1|ST|1^X^MDC||{'a' * 999}||||||F\r")
    assert endless is not None
    assert len(endless.words) == MAX_WORDS_CHARS


@pytest.mark.parametrize("raw", ["", ONE, HEAD.format("ORU"), HEAD.format("ADT^R40")])
def test_what_is_no_alarm_is_none(raw: str) -> None:
    assert read_alarm(raw) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_an_alarm(text: str) -> None:
    found = read_alarm(ALARM + text)
    assert found is None or found.words


# --- what a monitor says about its numbers ---------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "because"),
    [
        ("INV", "invalid"),
        ("H~QUES", "questionable"),
        ("NAV", "not available"),
        ("CAL", "calibrated"),
        ("TEST", "test data"),
        ("DEMO", "demonstration data"),
    ],
)
def test_a_number_its_own_device_does_not_stand_by_is_a_gap(marks: str, because: str) -> None:
    (one,) = accepted(oru(f"8867-4^HR^LN||72|/min||{marks}|||F")).sets
    assert one.payload is None
    assert because in one.lost[0].because


@pytest.mark.parametrize("marks", ["", "H", "L~HH", "N"])
def test_an_unusual_number_is_recorded(marks: str) -> None:
    assert values(accepted(oru(f"8867-4^HR^LN||72|/min||{marks}|||F"))) == [{"heart_rate_bpm": 72}]


def cuff(channel: str, high: str, low: str) -> tuple[str, ...]:
    unit = "266016^MDC_DIM_MMHG^MDC"
    return tuple(
        f"{code}^X^MDC|{channel}.{code}|{value}|{unit}|||||F"
        for code, value in (("150021", high), ("150022", low))
        if value
    )


def test_two_cuffs_on_one_device_are_never_mixed() -> None:
    whole = accepted(oru(*cuff("1.1.1", "128", ""), *cuff("1.1.2", "140", "90")))
    assert values(whole) == [{"systolic_mmhg": 140, "diastolic_mmhg": 90}]
    halves = accepted(oru(*cuff("1.1.1", "128", ""), *cuff("1.1.2", "", "90")))
    assert values(halves) == [{}]


def test_a_pressure_in_kilopascal_is_kept_in_millimetres_of_mercury() -> None:
    found = accepted(
        oru("150021^X^MDC||17.1|265987^MDC_DIM_KILO_PASCAL^MDC|||||F", "8462-4^D^LN||10.7|kPa|||||F")
    )
    assert values(found) == [{"systolic_mmhg": 128.3, "diastolic_mmhg": 80.3}]


# --- groups that last ------------------------------------------------------------------------------


def group(begins: str, ends: str, own: str = "") -> str:
    return (
        HEAD.format("ORU^R01")
        + f"OBR|1|||VITALS|||{begins}|{ends}\r"
        + f"OBX|1|NM|{HR}"
        + (f"|||{own}" if own else "")
        + "\r"
    )


@pytest.mark.parametrize(
    ("begins", "ends", "own"),
    [
        ("20260302141400-0500", "20260302141400-0500", ""),
        ("20260302141400-0500", "20260302141500-0500", ""),
        ("20260302140000-0500", "20260302141500-0500", "20260302141400-0500"),
    ],
)
def test_a_short_group_or_an_own_time_says_when(begins: str, ends: str, own: str) -> None:
    found = accepted(group(begins, ends, own))
    assert isinstance(found, Accepted)
    assert found.sets[0].happened_at.minute == 14


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        ("20260302140000-0500", "20260302141500-0500", "its group lasts 15 min"),
        ("20260302141500-0500", "20260302140000-0500", "ends (OBR-8) before it begins"),
        ("20260302141500-0500", "soon", "Expected a moment"),
    ],
)
def test_a_group_that_does_not_say_when_is_refused(begins: str, ends: str, words: str) -> None:
    found = refused(group(begins, ends))
    assert found.kind is RefusalKind.MALFORMED
    assert words in found.because
