"""Reading monitors' messages: four makers' formats and drop-outs."""

from datetime import UTC, datetime

import hl7
import pytest

from ajar.exchange.hl7v2.message import (
    open_message,
)
from ajar.pathway.observations.vitals import Lost
from tests.exchange.hl7v2.making import EXAMPLES, HR, SYSTOLIC, accepted, message, oru, values


def test_a_ge_b40_message_gives_the_cuff_pressure_and_says_what_dropped_out() -> None:
    found = accepted(message("b40"))
    assert values(found) == [
        {
            "systolic_mmhg": 128,
            "diastolic_mmhg": 82,
            "heart_rate_bpm": 72,
            "spo2_percent": 97,
        }
    ]
    (one,) = found.sets
    assert one.happened_at == datetime(2026, 3, 2, 19, 14, 55, tzinfo=UTC)
    assert one.lost == (
        Lost(
            vital_sign="respiratory_rate_per_min",
            because="the device could not obtain it",
        ),
    )
    assert one.payload is not None
    assert one.payload.device_id == "080019FFFE2A3B4C"
    assert found.header.control_id == "B40-000017"
    assert found.patient_ids == ("AJ-4839-2057",)
    assert found.location is not None
    assert (found.location.room, found.location.bed) == ("Room 2", "Chair")
    assert {one.code: one.because for one in found.left} == {
        "69965": "unknown code",
        "150035": "mean arterial pressure is not kept in the chart",
        "150023": "mean cuff pressure is not kept in the chart",
        "systolic arterial pressure": "another systolic pressure was taken at this moment",
        "diastolic arterial pressure": "another diastolic pressure was taken at this moment",
        "pulse rate": "another heart rate was taken at this moment",
    }


def test_a_philips_efficia_message_takes_its_zone_from_the_site_and_the_cuff_its_own_time() -> None:
    found = accepted(message("efficia"))
    assert values(found) == [
        {"systolic_mmhg": 134, "diastolic_mmhg": 80},
        {"heart_rate_bpm": 76, "spo2_percent": 96},
    ]
    assert [one.happened_at for one in found.sets] == [
        datetime(2026, 3, 2, 19, 12, tzinfo=UTC),
        datetime(2026, 3, 2, 19, 14, 30, tzinfo=UTC),
    ]
    assert found.device_ids == ("US0042", "EFFICIA-CM")


def test_a_continua_cuff_in_kilopascal_is_kept_in_mmhg() -> None:
    found = accepted(message("continua"), datetime(2026, 3, 2, 15, 15, tzinfo=UTC))
    assert values(found) == [{"systolic_mmhg": 120.0, "diastolic_mmhg": 78.0, "heart_rate_bpm": 60}]
    assert found.location is None


def test_a_plain_loinc_sender_in_fahrenheit_is_kept_in_celsius() -> None:
    found = accepted(message("loinc"))
    assert values(found)[0]["temperature_c"] == 37.0
    assert found.patient_ids == ("AJ-4839-2057", "999-00-0000")
    assert found.device_ids == ("VITALS-HUB",)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_hl7_package_sees_the_same_header_and_values(name: str) -> None:
    raw = message(name)
    theirs, ours = hl7.parse(raw), open_message(raw)
    assert ours.header.control_id == str(theirs.extract_field("MSH", 1, 10))
    assert [obx.text(3) for obx in ours.every("OBX")] == [
        obx.extract_field(1, 3) for obx in theirs.segments("OBX")
    ]
    assert [obx.raw(5) for obx in ours.every("OBX") if obx.text(2) == "NM"] == [
        obx.extract_field(1, 5) for obx in theirs.segments("OBX") if obx.extract_field(1, 2) == "NM"
    ]


@pytest.mark.parametrize(
    ("observation", "because"),
    [
        ("59408-5^SpO2^LN||97|%|||||X", "the device could not obtain it"),
        ("59408-5^SpO2^LN||8388607|%|||||X", "the device could not obtain it"),
        ("59408-5^SpO2^LN|||%|||||F", "the device sent no value"),
        ("59408-5^SpO2^LN||0|%|||||F", "the device sent 0, which is a drop-out"),
        ("59408-5^SpO2^LN||0.0|%|||||F", "the device sent 0, which is a drop-out"),
        ("59408-5^SpO2^LN||||||||I", "the device was still measuring"),
        ("59408-5^SpO2^LN||||||||N", "the device was not asked for it"),
    ],
)
def test_a_drop_out_is_a_gap_and_never_a_measurement(observation: str, because: str) -> None:
    (one,) = accepted(oru(HR, observation)).sets
    assert one.payload is not None
    assert one.payload.values() == {"heart_rate_bpm": 72}
    assert one.lost == (Lost(vital_sign="spo2_percent", because=because),)


def test_a_message_of_drop_outs_alone_is_taken_as_what_it_is() -> None:
    (one,) = accepted(oru("8867-4^HR^LN|||/min|||||X")).sets
    assert one.payload is None
    assert one.lost[0].vital_sign == "heart_rate_bpm"


def test_half_a_blood_pressure_is_a_gap() -> None:
    (one,) = accepted(oru(HR, SYSTOLIC)).sets
    assert one.payload is not None
    assert "systolic_mmhg" not in one.payload.values()
    assert one.lost == (Lost(vital_sign="systolic_mmhg", because="it came without its other number"),)
    (other,) = accepted(oru(HR, SYSTOLIC, "8462-4^D^LN|||mm[Hg]|||||X")).sets
    assert {lost.vital_sign for lost in other.lost} == {
        "systolic_mmhg",
        "diastolic_mmhg",
    }


def test_the_arterial_line_stands_in_when_the_cuff_did_not_measure() -> None:
    found = accepted(
        oru(
            "150021^S^MDC|||266016|||||X",
            "150022^D^MDC|||266016|||||X",
            "150033^S^MDC||131|266016|||||R",
            "150034^D^MDC||78|266016|||||R",
        )
    )
    assert values(found) == [{"systolic_mmhg": 131, "diastolic_mmhg": 78}]
    assert found.sets[0].lost == ()


def test_a_second_code_in_the_alternate_place_is_understood() -> None:
    assert values(accepted(oru("77^Puls^99LOCAL^8867-4^HR^LN||72|/min|||||F"))) == [{"heart_rate_bpm": 72}]
