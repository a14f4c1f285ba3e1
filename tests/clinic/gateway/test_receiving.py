"""A device's message is recorded, or held with its reason; never lost and never recorded twice."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway import services
from ajar.clinic.gateway.models import MAX_RAW_CHARS, Held, Quarantined
from ajar.clinic.gateway.recording import reference_of
from ajar.clinic.gateway.resolving import bind_device, unbind_device
from ajar.clinic.gateway.selectors import binding_of
from ajar.clinic.gateway.services import cut_off, receive, refuse_delivery, too_large
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Room
from ajar.exchange.hl7v2.acknowledgement import AckCode, Acknowledged, read_ack
from ajar.exchange.hl7v2.outcome import Header
from ajar.pathway.ledger.entry import AuthorKind, Source
from ajar.pathway.observations.vitals import SignalLost, VitalsMeasured
from tests.clinic.gateway.conftest import DEVICE, Begin, Oru, from_device
from tests.support.database import Together


def answer(raw: str, now: datetime) -> Acknowledged:
    found = read_ack(receive(raw=raw, now=now))
    assert isinstance(found, Acknowledged)
    return found


def the_held() -> Quarantined:
    return Quarantined.objects.get()


def test_a_reading_is_recorded_in_the_session_in_the_devices_room(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    told = answer(oru(pressure=(128, 82), patient_id=running.patient.mrn), now)
    assert (told.code, told.control_id) == (AckCode.ACCEPTED, "C-1")
    (entry,) = from_device(running)
    assert isinstance(entry.payload, VitalsMeasured)
    assert entry.payload.values() == {
        "systolic_mmhg": 128,
        "diastolic_mmhg": 82,
        "heart_rate_bpm": 72,
        "spo2_percent": 97,
    }
    assert (entry.happened_at, entry.recorded_at) == (now, now)
    assert (entry.source, entry.source_ref) == (Source.DEVICE, "hl7:B40|NEW YORK|C-1")
    assert (entry.recorded_by.kind, entry.recorded_by.id) == (AuthorKind.DEVICE, DEVICE)
    assert not Quarantined.objects.exists()


def test_a_drop_out_is_recorded_as_a_gap_beside_what_was_measured(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    assert answer(oru(spo2=None), now).code is AckCode.ACCEPTED
    vitals, gap = from_device(running)
    assert isinstance(vitals.payload, VitalsMeasured)
    assert vitals.payload.values() == {"heart_rate_bpm": 72}
    assert isinstance(gap.payload, SignalLost)
    assert [lost.vital_sign for lost in gap.payload.lost] == ["spo2_percent"]
    assert gap.source_ref == "hl7:B40|NEW YORK|C-1#2"


@pytest.mark.hazard("HAZ-08")
def test_a_message_delivered_twice_is_acknowledged_twice_and_recorded_once(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    for minutes in (0, 5):
        told = answer(oru(spo2=None), now + timedelta(minutes=minutes))
        assert told.code is AckCode.ACCEPTED
    assert len(from_device(running)) == 2


def test_a_duplicate_after_the_session_ended_is_acknowledged_and_not_held(
    running: DosingNow, oru: Oru, now: datetime, leave: Callable[[DosingNow, datetime], None]
) -> None:
    answer(oru(), now)
    leave(running, now + timedelta(minutes=1))
    assert answer(oru(), now + timedelta(minutes=20)).code is AckCode.ACCEPTED
    assert not Quarantined.objects.exists()


@pytest.mark.hazard("HAZ-08")
def test_one_message_delivered_over_many_connections_at_once_is_recorded_once(
    committed_db: None, running: DosingNow, oru: Oru, now: datetime, together: Together[str]
) -> None:
    raw = oru()
    for told in together(8, lambda _: receive(raw=raw, now=now)):
        assert isinstance(told, str)
        assert "MSA|AA|C-1" in told
    assert len(from_device(running)) == 1


@pytest.mark.hazard("HAZ-08")
@pytest.mark.parametrize("seen_at_last", [True, False])
def test_a_duplicate_that_slips_past_the_first_look_is_stopped_by_the_database(
    running: DosingNow, oru: Oru, now: datetime, monkeypatch: pytest.MonkeyPatch, seen_at_last: bool
) -> None:
    answer(oru(), now)
    looks = iter([None, services.ACCEPTED if seen_at_last else None])
    monkeypatch.setattr(services, "_recorded_before", lambda _: next(looks))
    monkeypatch.setattr(services, "unseen", list)
    monkeypatch.setattr(services, "all_seen", lambda _: False)
    with nullcontext() if seen_at_last else pytest.raises(IntegrityError):
        assert answer(oru(), now).code is AckCode.ACCEPTED
    assert len(from_device(running)) == 1


@pytest.mark.parametrize("later", [{"heart_rate": 90}, {"at": "later"}])
def test_a_control_id_that_comes_back_with_other_readings_is_held(
    running: DosingNow, oru: Oru, now: datetime, later: dict[str, object]
) -> None:
    changed = {"at": now + timedelta(minutes=3)} if "at" in later else later
    answer(oru(), now)
    told = answer(oru(**changed), now + timedelta(minutes=3))
    assert told.code is AckCode.ERROR
    assert the_held().kind == Held.REUSED_ID
    assert len(from_device(running)) == 1


@pytest.mark.hazard("HAZ-18")
def test_readings_out_of_order_keep_their_own_time(running: DosingNow, oru: Oru, now: datetime) -> None:
    for control_id, minutes in (("C-2", 1), ("C-1", 6), ("C-3", 0)):
        told = answer(oru(control_id=control_id, at=now - timedelta(minutes=minutes)), now)
        assert told.code is AckCode.ACCEPTED
    assert [entry.happened_at for entry in from_device(running)] == [
        now - timedelta(minutes=minutes) for minutes in (1, 6, 0)
    ]


@pytest.mark.hazard("HAZ-09")
@pytest.mark.hazard("HAZ-18")
def test_a_late_reading_goes_to_the_patient_who_was_in_the_room_when_it_was_taken(
    begin: Begin,
    leave: Callable[[DosingNow, datetime], None],
    patient: Patient,
    miami_patient: Patient,
    room: Room,
    monitor: str,
    oru: Oru,
    now: datetime,
) -> None:
    morning = begin(patient, room, now - timedelta(hours=4))
    leave(morning, now - timedelta(hours=2))
    noon = begin(miami_patient, room, now - timedelta(hours=1))
    answer(oru(control_id="late", at=now - timedelta(hours=3)), now)
    answer(oru(control_id="prompt"), now)
    assert [entry.source_ref[-4:] for entry in from_device(morning)] == ["late"]
    assert [entry.source_ref[-6:] for entry in from_device(noon)] == ["prompt"]


# --- what is held --------------------------------------------------------------------------------


def held_as(raw: str, now: datetime, kind: Held, words: str, code: AckCode = AckCode.ERROR) -> Acknowledged:
    before = LedgerEntry.objects.filter(source="device").count()
    told = answer(raw, now)
    held = the_held()
    assert (told.code, held.kind) == (code, kind)
    assert words in held.because
    assert held.raw == raw
    assert held.status == Quarantined.Status.OPEN
    assert LedgerEntry.objects.filter(source="device").count() == before
    return told


def test_a_device_that_stands_nowhere_is_held_until_someone_says_where(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    told = held_as(oru(device="MON-9"), now, Held.UNKNOWN_DEVICE, "MON-9")
    assert told.because == "No room is known for this device."
    assert the_held().site is None


@pytest.mark.hazard("HAZ-09")
def test_readings_of_another_patient_are_held_and_the_sender_learns_no_name(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    told = held_as(oru(patient_id="AJ-0000-0000"), now, Held.WRONG_PATIENT, running.patient.mrn)
    assert running.patient.mrn not in told.because
    assert the_held().site == running.site


@pytest.mark.hazard("HAZ-09")
def test_readings_in_an_empty_room_are_held(room: Room, monitor: str, oru: Oru, now: datetime) -> None:
    held_as(oru(), now, Held.EMPTY_ROOM, "Nobody was being treated in Room 2")


def test_a_monitor_left_on_in_an_empty_room_without_any_value_is_no_work_for_anyone(
    room: Room, monitor: str, oru: Oru, now: datetime
) -> None:
    assert answer(oru(heart_rate=None, spo2=None), now).code is AckCode.ACCEPTED
    assert not Quarantined.objects.exists()


@pytest.mark.hazard("HAZ-09")
def test_a_reading_taken_before_this_patient_arrived_is_held(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    held_as(oru(at=now - timedelta(minutes=31)), now, Held.OUTSIDE_VISIT, "was not there")


def test_a_reading_more_than_twelve_hours_old_is_held(
    begin: Begin, patient: Patient, room: Room, monitor: str, oru: Oru, now: datetime
) -> None:
    begin(patient, room, now - timedelta(hours=20))
    held_as(oru(at=now - timedelta(hours=13)), now, Held.OUTSIDE_VISIT, "more than 12 hours ago")


@pytest.mark.hazard("HAZ-09")
def test_a_reading_that_fits_two_visits_to_one_room_is_held(
    running: DosingNow,
    begin: Begin,
    leave: Callable[[DosingNow, datetime], None],
    miami_patient: Patient,
    room: Room,
    oru: Oru,
    now: datetime,
) -> None:
    leave(running, now)
    begin(miami_patient, room, now - timedelta(minutes=10))
    held_as(oru(at=now - timedelta(minutes=5)), now, Held.OUTSIDE_VISIT, "Room 2")


@pytest.mark.hazard("HAZ-09")
def test_a_monitor_that_says_another_room_is_held(
    running: DosingNow, other_room: Room, oru: Oru, now: datetime
) -> None:
    held_as(oru(room="room 3"), now, Held.WRONG_ROOM, "known to stand in Room 2")


def test_a_room_name_that_the_site_does_not_know_decides_nothing(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    assert answer(oru(room="OR7"), now).code is AckCode.ACCEPTED


@pytest.mark.hazard("HAZ-18")
def test_a_reading_dated_in_the_future_is_held_with_how_far_the_clock_is_ahead(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    held_as(oru(at=now + timedelta(hours=3)), now, Held.FUTURE_DATED, "clock is ahead by 3 h")


@pytest.mark.hazard("HAZ-10")
def test_an_impossible_value_is_held_in_words_a_nurse_understands(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    told = held_as(oru(spo2=140), now, Held.IMPOSSIBLE_VALUE, "Oxygen saturation 140 % cannot be right")
    assert "140" in told.because


@pytest.mark.hazard("HAZ-10")
def test_an_impossible_pressure_is_held(running: DosingNow, oru: Oru, now: datetime) -> None:
    held_as(oru(pressure=(80, 120)), now, Held.IMPOSSIBLE_VALUE, "Blood pressure 80/120")


def test_an_unusual_pressure_is_recorded(running: DosingNow, oru: Oru, now: datetime) -> None:
    assert answer(oru(pressure=(200, 118)), now).code is AckCode.ACCEPTED


def test_a_malformed_message_is_rejected_and_kept(running: DosingNow, now: datetime) -> None:
    held_as("Dear clinic, the pressure is fine.", now, Held.MALFORMED, "begins with MSH", AckCode.REJECTED)


def test_a_message_cut_off_is_rejected_and_kept(running: DosingNow, oru: Oru, now: datetime) -> None:
    raw = oru()
    told = held_as(raw[: raw.rindex("|||||R")], now, Held.TRUNCATED, "inside its last", AckCode.REJECTED)
    assert told.control_id == "C-1"


def test_another_kind_of_message_is_rejected_and_kept(running: DosingNow, oru: Oru, now: datetime) -> None:
    raw = oru().replace("ORU^R01^ORU_R01", "ADT^A01")
    held_as(raw, now, Held.WRONG_TYPE, "ADT^A01", AckCode.REJECTED)


def test_an_enormous_delivery_is_answered_and_only_its_beginning_kept(oru: Oru, now: datetime) -> None:
    refusal = too_large(10_000_000, 1_048_576)
    beginning = oru() + "OBX|" * 300_000
    told = read_ack(refuse_delivery(beginning=beginning, refusal=refusal, size_chars=10_000_000, now=now))
    assert isinstance(told, Acknowledged)
    assert (told.code, told.control_id) == (AckCode.REJECTED, "C-1")
    held = the_held()
    assert (len(held.raw), held.size_chars, held.truncated) == (MAX_RAW_CHARS, 10_000_000, True)
    assert held.because == "The message has 10000000 bytes; at most 1048576 are read."


def test_a_delivery_without_a_header_is_kept_with_what_came(now: datetime) -> None:
    told = read_ack(refuse_delivery(beginning="\x00noise", refusal=cut_off(), size_chars=6, now=now))
    assert isinstance(told, Acknowledged)
    assert told.control_id == ""
    assert the_held().raw == "�noise"


def test_the_same_held_message_again_is_counted_not_kept_twice(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    for minutes in range(3):
        answer(oru(spo2=140), now + timedelta(minutes=minutes))
    held = the_held()
    assert (held.times_received, held.received_at) == (3, now)
    assert held.last_received_at == now + timedelta(minutes=2)


# --- devices and references ----------------------------------------------------------------------


def test_a_device_stands_in_one_room_at_a_time(
    room: Room, other_room: Room, monitor: str, now: datetime
) -> None:
    moved = bind_device(device=monitor, room=other_room, by="Ines Admin", now=now)
    assert bind_device(device=monitor, room=other_room, by="Ines Admin", now=now) == moved
    before, after = binding_of([monitor], at=now - timedelta(days=1)), binding_of([monitor], at=now)
    assert before is not None
    assert after is not None
    assert (before.room, after.room) == (room, other_room)
    unbind_device(binding=moved, now=now + timedelta(hours=1))
    assert binding_of([monitor], at=now + timedelta(hours=1)) is None


def test_the_most_specific_name_of_a_device_decides(room: Room, other_room: Room, now: datetime) -> None:
    bind_device(device="B40", room=other_room, by="Ines Admin", now=now)
    bind_device(device="MON-1", room=room, by="Ines Admin", now=now)
    found = binding_of(["MON-1", "B40"], at=now)
    assert found is not None
    assert found.room == room


def test_a_very_long_sender_still_has_a_reference_that_fits() -> None:
    header = Header(
        control_id="9" * 200,
        application="A" * 200,
        application_id="",
        facility="",
        message_type="ORU",
        trigger="R01",
        version="2.6",
        sent_at_text="",
    )
    assert len(reference_of(header)) < 80
