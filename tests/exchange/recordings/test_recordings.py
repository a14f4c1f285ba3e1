"""Recordings of others: timed rows, drop-outs apart from measurements, and what is no recording."""

from contextlib import suppress
from pathlib import Path
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.exchange.recordings.csvfile import read_csv
from ajar.exchange.recordings.rows import BadRecording, Channel, excerpt
from ajar.exchange.recordings.wfdb import read_wfdb

INVENTED = Path(__file__).parents[2] / "fixtures" / "vitals" / "invented_session.csv"
REAL = Path(__file__).parents[4] / "shared" / "real" / "vitals"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real recording is not beside the repository")


def test_an_invented_session_gives_an_hour_of_rows_with_its_drop_outs() -> None:
    found = read_csv(INVENTED.read_text().splitlines())
    assert len(found.rows) == 61
    assert found.ignored == ("PLETH PI",)
    assert found.rows[0].measured[Channel.CUFF_SYSTOLIC] == 122
    assert Channel.CUFF_SYSTOLIC not in found.rows[1].measured
    assert [row.elapsed_s for row in found.rows if Channel.SPO2 in row.dropped] == [
        1260,
        1320,
        1380,
    ]
    assert [row.elapsed_s for row in found.rows if Channel.CUFF_SYSTOLIC in row.dropped] == [1800]


def test_a_channel_without_any_value_was_not_connected() -> None:
    found = read_csv(["elapsed_s,HR [bpm],ABPSys [mmHg]", "0,70,0", "60,71,"])
    assert found.unconnected == {Channel.ARTERIAL_SYSTOLIC}
    assert [row.dropped for row in found.rows] == [frozenset(), frozenset()]


def test_an_excerpt_keeps_its_own_time_and_what_is_connected_in_it() -> None:
    whole = read_csv(["elapsed_s,HR [bpm],SpO2 [%]", "0,70,98", "60,71,0", "120,0,0", "180,72,0"])
    part = excerpt(whole, start_min=1, minutes=2)
    assert [row.elapsed_s for row in part.rows] == [60, 120]
    assert part.unconnected == {Channel.SPO2}
    assert [row.dropped for row in part.rows] == [frozenset(), {Channel.HEART_RATE}]
    assert [row.elapsed_s for row in excerpt(whole, start_min=2, minutes=None).rows] == [120, 180]
    with pytest.raises(BadRecording, match="from 0 to 3 minutes"):
        excerpt(whole, start_min=4, minutes=None)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "first column"),
        (["time,HR [bpm]", "0,1"], "first column"),
        (["elapsed_s,note", "0,1"], "No column holds a vital sign"),
        (["elapsed_s,HR [Hz]", "0,1"], "expected the unit bpm"),
        (["elapsed_s,HR [bpm]"], "no rows"),
        (["elapsed_s,HR [bpm]", "0,70,3"], "Row 2 has 3 cells; expected 2"),
        (["elapsed_s,HR [bpm]", ",70"], "Row 2 has no time"),
        (["elapsed_s,HR [bpm]", "0,fast"], "Row 2: expected a number, got 'fast'"),
        (["elapsed_s,HR [bpm]", "0,-3"], "from 0 up"),
        (["elapsed_s,HR [bpm]", "0,nan"], "from 0 up"),
        (["elapsed_s,HR [bpm]", "60,70", "60,71"], "Time must rise"),
        (["elapsed_s,HR [bpm]", '0,"7'], "not CSV"),
    ],
)
def test_what_is_no_recording_is_refused_with_its_row(lines: list[str], words: str) -> None:
    with pytest.raises(BadRecording, match=words.replace("[", r"\[")):
        read_csv(lines)


@given(st.lists(st.text(alphabet="elapsd_,HR [bpm]0159.-\"'\n\x00é", max_size=30), max_size=6))
def test_reading_any_table_gives_a_recording_or_its_own_refusal(
    lines: list[str],
) -> None:
    with suppress(BadRecording):
        read_csv(["elapsed_s,HR [bpm]", *lines])


SAMPLES = [(700, 120), (-32768, -32768), (0, 131)]
HEADER = f"""made_up 2 0.0166666666667/125 3 10:00:00 01/01/2026
made_up.dat 16 10/bpm 16 0 700 {(700 - 32768 + 65536) % 65536} 0 HR
made_up.dat 16 1(0)/mmHg 16 0 120 {(120 - 32768 + 131 + 65536) % 65536} 0 NBPSys
# <age>: 40
"""
DATA = pack("<6h", *(value for pair in SAMPLES for value in pair))


def test_format_16_gives_numbers_in_their_unit_and_time() -> None:
    found = read_wfdb(HEADER, DATA)
    assert [row.elapsed_s for row in found.rows] == [0, 60, 120]
    assert found.rows[0].measured == {
        Channel.HEART_RATE: 70,
        Channel.CUFF_SYSTOLIC: 120,
    }
    assert found.rows[1].dropped == {Channel.HEART_RATE}
    assert found.rows[2].dropped == {Channel.HEART_RATE}


def test_signals_without_a_place_are_named_and_ignored() -> None:
    assert read_wfdb(HEADER.replace("NBPSys", "CVP"), DATA).ignored == ("CVP",)


@pytest.mark.parametrize(
    ("header", "data", "words"),
    [
        ("", DATA, "first line names"),
        ("made_up 2", DATA, "first line names"),
        (
            HEADER.replace("made_up 2 ", "made_up 3 "),
            DATA,
            "names 3 signals and describes 2",
        ),
        ("made_up 0 1 3\n", b"", "names 0 signals"),
        (HEADER.replace("0.0166666666667", "0"), DATA, "rate must be above 0"),
        (
            HEADER.replace("0.0166666666667", "1.2.3"),
            DATA,
            "Expected a number in the header",
        ),
        (
            HEADER.replace("0.0166666666667", "9" * 400),
            DATA,
            "Expected a finite number",
        ),
        (HEADER.replace(" 16 10/bpm", " 212 10/bpm"), DATA, "format 16"),
        (HEADER.replace("10/bpm", "0/bpm"), DATA, "has no gain"),
        (HEADER.replace("10/bpm", "10/Hz"), DATA, "expected the unit bpm"),
        (HEADER, DATA[:-1], "has 11 bytes; the header says 12"),
        (HEADER, DATA[:-2] + b"\0\0", "do not match their checksum"),
    ],
)
def test_a_damaged_wfdb_recording_is_refused(header: str, data: bytes, words: str) -> None:
    with pytest.raises(BadRecording, match=words):
        read_wfdb(header, data)


@needs_real
def test_the_real_recording_reads_the_same_as_csv_and_as_published() -> None:
    (header,) = REAL.glob("*.hea")
    (samples,) = REAL.glob("*.dat")
    published = read_wfdb(header.read_text(), samples.read_bytes())
    table = read_csv((REAL / "s00001.csv").read_text().splitlines())
    assert table == published
    assert len(table.rows) == 1936
    assert sum(Channel.CUFF_SYSTOLIC in row.measured for row in table.rows) == 152
    assert sum(Channel.HEART_RATE in row.dropped for row in table.rows) == 46
    assert sum(Channel.SPO2 in row.dropped for row in table.rows) == 363
