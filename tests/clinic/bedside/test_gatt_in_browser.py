"""Packets of the standard Bluetooth services, decoded by the page's own module in Chromium."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

import ajar.clinic.bedside

MODULE = (Path(ajar.clinic.bedside.__file__).parent / "static/bedside/gatt.js").read_text()

SFLOATS = {
    "FE07": None,
    "FF07": None,
    "0008": None,
    "0108": None,
    "0208": None,  # the special values
    "0000": 0,
    "7800": 120,
    "FF0F": -1,
    "D2F4": 123.4,
    "6EF0": 11,
    "0CE0": 0.12,
    "0110": 10,
    "0D20": 1300,
    "FD07": 2045,
    "0308": -2045,
}

BP = {
    "plain, mmHg": (
        "00 7C00 4E00 5D00",
        {
            "systolicMmhg": 124,
            "diastolicMmhg": 78,
            "meanMmhg": 93,
            "at": None,
            "pulseBpm": None,
            "user": None,
            "problems": [],
        },
    ),
    "kPa": ("01 A5F0 68F0 7CF0", {"systolicMmhg": 123.76, "diastolicMmhg": 78.01, "meanMmhg": 93.01}),
    "everything": (
        "1E 7C00 4E00 5D00 EA07 03 02 0A 05 07 4800 02 0D00",
        {
            "at": "2026-03-02T10:05:07",
            "pulseBpm": 72,
            "user": 2,
            "problems": ["body moved", "irregular pulse", "pulse above the cuff's range"],
        },
    ),
    "the cuff failed": ("00 FF07 FF07 FF07", {"systolicMmhg": None, "diastolicMmhg": None}),
    "no user, no date, reserved bits": (
        "EA 7C00 4E00 5D00 0000 00 00 00 00 00 FF",
        {"at": None, "user": None, "problems": []},
    ),
    "pulse too low, wrong position": (
        "10 7C00 4E00 5D00 3000",
        {"problems": ["wrong position", "pulse below the cuff's range"]},
    ),
}
SPOT = {
    "plain": ("00 6100 4800", {"spo2Percent": 97, "pulseBpm": 72, "at": None, "problems": []}),
    "everything": (
        "0F D2F3 4800 EA07 03 02 0A 05 07 8001 20 08 00 0CF0",
        {
            "spo2Percent": 97.8,
            "at": "2026-03-02T10:05:07",
            "problems": ["low perfusion", "sensor not on the finger"],
            "pulseAmplitudePercent": 1.2,
        },
    ),
    "its clock is not set": ("11 6100 4800 EA07 03 02 0A 05 07", {"at": None}),
    "not on the finger": (
        "02 FF07 FF07 0080",
        {"spo2Percent": None, "pulseBpm": None, "problems": ["invalid"]},
    ),
}
CONTINUOUS = {
    "plain": (
        "00 6100 4800",
        {"spo2Percent": 97, "pulseBpm": 72, "fast": None, "slow": None, "problems": []},
    ),
    "everything": (
        "1F 6100 4800 6000 4900 5F00 4A00 2001 00 00 80 0CF0",
        {
            "fast": {"spo2Percent": 96, "pulseBpm": 73},
            "slow": {"spo2Percent": 95, "pulseBpm": 74},
            "problems": ["still measuring"],
            "pulseAmplitudePercent": 1.2,
        },
    ),
}
DECODERS = {"bloodPressure": BP, "oximeterSpot": SPOT, "oximeterContinuous": CONTINUOUS}
MALFORMED = [
    ("bloodPressure", ""),
    ("bloodPressure", "00"),
    ("bloodPressure", "00 7C00 4E00 5D"),
    ("bloodPressure", "02 7C00 4E00 5D00 EA07 03 02 0A 05"),
    ("bloodPressure", "10 7C00 4E00 5D00 01"),
    ("bloodPressure", "02 7C00 4E00 5D00 EA07 02 1E 0A 05 07"),  # the 30th of February
    ("bloodPressure", "02 7C00 4E00 5D00 EA07 03 02 18 05 07"),  # 24 o'clock
    ("oximeterSpot", "00 6100 48"),
    ("oximeterSpot", "04 6100 4800 0000"),
    ("oximeterSpot", "08 6100 4800"),
    ("oximeterContinuous", "03 6100 4800 6000 4900"),
    ("oximeterContinuous", "04 6100 4800 20"),
]
AT_1010 = "2026-03-02T10:10:00"
FIELDS = [
    (
        "bloodPressure",
        "06 7C00 4E00 5D00 EA07 03 02 0A 05 07 4800",
        {"values": {"systolic_mmhg": 124, "diastolic_mmhg": 78, "heart_rate_bpm": 72}, "why": []},
    ),
    (
        "bloodPressure",
        "01 A5F0 68F0 7CF0",
        {"values": {"systolic_mmhg": 124, "diastolic_mmhg": 78}, "why": []},
    ),
    ("bloodPressure", "02 7C00 4E00 5D00 EA07 03 02 07 05 07", {"values": {}, "why": ["old"]}),
    ("bloodPressure", "00 7C00 FF07 5D00", {"values": {}, "why": ["no value"]}),
    ("bloodPressure", "10 7C00 4E00 5D00 0200", {"values": {}, "why": ["cuff too loose"]}),
    (
        "bloodPressure",
        "14 7C00 4E00 5D00 4800 0400",
        {"values": {"systolic_mmhg": 124, "diastolic_mmhg": 78, "heart_rate_bpm": 72}, "why": []},
    ),
    ("oximeterSpot", "00 6100 FF07", {"values": {"spo2_percent": 97}, "why": []}),
    ("oximeterContinuous", "00 FF07 4800", {"values": {}, "why": ["no value"]}),
    ("oximeterContinuous", "04 6100 4800 2000", {"values": {}, "why": ["still measuring"]}),
]


def in_page(page: Page, expression: str, argument: Any) -> Any:
    """Evaluate with the module's exports in `gatt` and `bytes(hex)` at hand."""
    names = re.findall(r"export (?:class|function|const) (\w+)", MODULE)
    source = f"{re.sub(r'^export ', '', MODULE, flags=re.MULTILINE)}; return {{ {', '.join(names)} }};"
    bytes_of = (
        "(hex) => new DataView(Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], "
        "(two) => parseInt(two, 16)).buffer)"
    )
    wrapped = f"([source, argument]) => {{ const gatt = new Function(source)(); const bytes = {bytes_of}; "
    return page.evaluate(f"{wrapped} return ({expression})(argument); }}", [source, argument])


@pytest.mark.hazard("HAZ-31")
def test_every_packet_is_decoded_as_the_specification_says(page: Page):
    read = in_page(page, "(all) => all.map((hex) => gatt.sfloat(bytes(hex).getUint16(0, true)))", [*SFLOATS])
    assert dict(zip(SFLOATS, read, strict=True)) == SFLOATS

    for decoder, packets in (
        ("bloodPressure", BP),
        ("oximeterSpot", SPOT),
        ("oximeterContinuous", CONTINUOUS),
    ):
        decode = f"(all) => all.map((hex) => gatt.{decoder}(bytes(hex)))"
        found = in_page(page, decode, [hex_ for hex_, _ in packets.values()])
        for (name, (_, expected)), got in zip(packets.items(), found, strict=True):
            kept = {key: got[key] for key in expected}
            assert kept == pytest.approx(expected, abs=0.01) if name == "kPa" else kept == expected, name

    refuse = (
        "(all) => all.map(([decoder, hex]) => { try { return gatt[decoder](bytes(hex)); } "
        "catch (error) { return error instanceof gatt.Malformed; } })"
    )
    assert in_page(page, refuse, MALFORMED) == [True] * len(MALFORMED)


@pytest.mark.hazard("HAZ-31")
def test_only_a_finished_measurement_of_now_fills_the_form(page: Page):
    fill = f"(all) => all.map(([name, hex]) => gatt.fieldsOf(gatt[name](bytes(hex)), new Date('{AT_1010}')))"
    found = in_page(page, fill, [[decoder, hex_] for decoder, hex_, _ in FIELDS])
    assert found == [expected for _, _, expected in FIELDS]
