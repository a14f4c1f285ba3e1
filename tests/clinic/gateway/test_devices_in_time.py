"""Devices that move, repeat themselves, run by a wrong clock, send without end, or send many at once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway import services
from ajar.clinic.gateway.clocks import MOST_DEVICES, ClockWatch, waited, wrong_by
from ajar.clinic.gateway.models import DeviceBinding, DeviceState, Held, Quarantined, SeenReading
from ajar.clinic.gateway.pace import METER, Meter, Pace
from ajar.clinic.gateway.recording import forget_seen
from ajar.clinic.gateway.resolving import ResolutionRefused, assign, bind_device
from ajar.clinic.gateway.services import receive, receive_delivery
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account
from ajar.exchange.deviceclock import Sample
from ajar.exchange.hl7v2.acknowledgement import AckCode, Acknowledged, read_ack
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.staff.roles import Role
from tests.clinic.gateway.conftest import DEVICE, Begin, Oru, from_device
from tests.support.database import Together
from tests.support.people import SignIn

MIN = timedelta(minutes=1)


def answer(raw: str, now: datetime) -> Acknowledged:
    found = read_ack(receive(raw=raw, now=now))
    assert isinstance(found, Acknowledged)
    return found


def sent(raw: str, at: datetime) -> str:
    """The message as a device sends it whose clock says `at`."""
    head, _, rest = raw.partition("||ORU^R01")
    return f"{head.rpartition('|')[0]}|{at:%Y%m%d%H%M%S}+0000||ORU^R01{rest}"


# --- where it stood then -----------------------------------------------------------------------------


@pytest.mark.hazard("HAZ-09")
@pytest.mark.hazard("HAZ-18")
def test_a_late_reading_goes_to_the_room_its_device_stood_in_when_it_was_taken(
    running: DosingNow, begin: Begin, miami_patient: Patient, other_room: Room, oru: Oru, now: datetime
) -> None:
    beside = begin(miami_patient, other_room, now - 25 * MIN)
    bind_device(device=DEVICE, room=other_room, by="Ines Admin", now=now - 10 * MIN)
    answer(oru(control_id="late", at=now - 20 * MIN, room=""), now)
    answer(oru(control_id="new", room=""), now)
    assert [entry.source_ref[-4:] for entry in from_device(running)] == ["late"]
    assert [entry.source_ref[-3:] for entry in from_device(beside)] == ["new"]


@pytest.mark.hazard("HAZ-09")
def test_a_reading_from_before_the_device_stood_anywhere_is_held(
    begin: Begin, patient: Patient, room: Room, oru: Oru, now: datetime
) -> None:
    session = begin(patient, room, now - 30 * MIN)
    bind_device(device=DEVICE, room=room, by="Ines Admin", now=now - 10 * MIN)
    assert answer(oru(at=now - 15 * MIN), now).code is AckCode.ERROR
    held = Quarantined.objects.get()
    assert held.kind == Held.UNKNOWN_DEVICE
    assert "MON-1 stood in no room at" in held.because
    assert from_device(session) == []


@pytest.mark.hazard("HAZ-09")
def test_readings_taken_while_a_device_was_moved_are_held(
    running: DosingNow, other_room: Room, oru: Oru, now: datetime
) -> None:
    bind_device(device=DEVICE, room=other_room, by="Ines Admin", now=now - 10 * MIN)
    second = oru(at=now).split("\r", 3)[3]
    assert answer(oru(at=now - 20 * MIN) + second, now).code is AckCode.ERROR
    assert "was moved to another room" in Quarantined.objects.get().because


@pytest.mark.hazard("HAZ-09")
def test_a_person_may_say_since_when_a_device_stands_somewhere_but_never_in_two_places(
    begin: Begin, patient: Patient, room: Room, other_room: Room, oru: Oru, now: datetime
) -> None:
    session = begin(patient, room, now - 30 * MIN)
    bind = partial(bind_device, device=DEVICE, by="Ines Admin", now=now)
    bound = bind(room=room, since=now - 10 * MIN)
    assert bind(room=room, since=now - 20 * MIN).pk == bound.pk
    assert bind(room=room, since=now - 5 * MIN).bound_from == now - 20 * MIN
    answer(oru(at=now - 15 * MIN), now)
    assert len(from_device(session)) == 1
    with pytest.raises(ResolutionRefused, match="still to come"):
        bind(room=room, since=now + MIN)
    with pytest.raises(ResolutionRefused, match="known to have stood in"):
        bind(room=other_room, since=now - 25 * MIN)
    bind(room=other_room, since=now - 5 * MIN)
    with pytest.raises(ResolutionRefused, match="Expected a time from"):
        bind(room=room, since=now - 10 * MIN)


def test_the_form_takes_a_time_by_the_clock_of_the_site(
    client: Client, as_role: SignIn, room: Room, clock: Traveller, now: datetime
) -> None:
    as_role(client, Role.NURSE)
    since = (now - 20 * MIN).astimezone(room.site.zone)
    data = {"device": DEVICE, "room": room.pk, "since": f"{since:%Y-%m-%dT%H:%M}"}
    client.post(reverse("gateway:bind"), data)
    assert DeviceBinding.objects.get().bound_from == since.replace(second=0, microsecond=0)
    bind_device(device=DEVICE, room=Room.objects.create(site=room.site, name="Room 9"), by="I", now=now)
    assert "Where devices stood before" in client.get(reverse("gateway:quarantine")).content.decode()


# --- the same reading again --------------------------------------------------------------------------


@pytest.mark.hazard("HAZ-08")
def test_the_same_reading_under_another_message_id_is_written_once(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    for control_id in ("C-1", "C-2"):
        assert answer(oru(control_id=control_id, spo2=None), now).code is AckCode.ACCEPTED
    assert answer(oru(control_id="C-3", spo2=None, at=now + MIN), now + MIN).code is AckCode.ACCEPTED
    assert [entry.happened_at for entry in from_device(running)] == [now, now, now + MIN, now + MIN]
    assert not Quarantined.objects.exists()


@pytest.mark.hazard("HAZ-08")
def test_a_message_recorded_before_readings_were_remembered_is_known_by_its_id(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    answer(oru(), now)
    SeenReading.objects.all().delete()
    assert answer(oru(), now).code is AckCode.ACCEPTED
    assert len(from_device(running)) == 1


@pytest.mark.hazard("HAZ-08")
def test_one_reading_under_many_ids_over_many_connections_at_once_is_written_once(
    committed_db: None, running: DosingNow, oru: Oru, now: datetime, together: Together[str]
) -> None:
    for told in together(6, lambda number: receive(raw=oru(control_id=f"C-{number}"), now=now)):
        assert isinstance(told, str)
        assert "MSA|AA|C-" in told
    assert len(from_device(running)) == 1


@pytest.mark.hazard("HAZ-08")
def test_a_reading_that_slips_past_the_first_look_is_stopped_by_the_database(
    running: DosingNow, oru: Oru, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(oru(control_id="C-1"), now)
    monkeypatch.setattr(services, "unseen", list)
    assert answer(oru(control_id="C-2"), now).code is AckCode.ACCEPTED
    assert len(from_device(running)) == 1


@pytest.mark.hazard("HAZ-08")
def test_a_held_reading_that_is_in_the_chart_meanwhile_is_not_assigned_again(
    running: DosingNow, oru: Oru, nurse: Account, now: datetime
) -> None:
    answer(oru(control_id="C-1", device="MON-9"), now)
    bind_device(device="MON-9", room=Room.objects.get(pk=str(running.room_id)), by="Ines Admin", now=now)
    answer(oru(control_id="C-2", device="MON-9"), now)
    held = Quarantined.objects.get()
    with pytest.raises(ResolutionRefused, match="in a chart already"):
        assign(held=held, encounter_id=running.encounter_id, reason="seen", by=nurse, now=now)


def test_what_can_no_longer_come_again_is_forgotten(running: DosingNow, oru: Oru, now: datetime) -> None:
    answer(oru(), now)
    assert forget_seen(now=now + timedelta(hours=47)) == 0
    assert forget_seen(now=now + timedelta(hours=49)) == 1
    assert not SeenReading.objects.exists()


# --- the device's clock ------------------------------------------------------------------------------


def by_its_clock(oru: Oru, ahead: timedelta, arrivals: list[datetime], old: timedelta) -> list[Acknowledged]:
    """Messages of a device whose clock is `ahead`, each with a reading made `old` before it was sent."""
    return [
        answer(sent(oru(control_id=f"K-{at:%H%M%S}", at=at + ahead - old), at + ahead), at) for at in arrivals
    ]


@pytest.mark.hazard("HAZ-18")
@pytest.mark.parametrize("ahead_min", [61, -61])
def test_a_clock_that_is_steadily_wrong_is_said_and_its_times_are_not_used(
    running: DosingNow, oru: Oru, now: datetime, ahead_min: int
) -> None:
    ahead = ahead_min * MIN
    arrivals = [now + 15 * number * timedelta(seconds=1) for number in range(6)]
    told = by_its_clock(oru, ahead, arrivals, timedelta(0))
    assert [one.code for one in told[:4]] == [AckCode.ERROR] * 4
    assert [one.code for one in told[4:]] == [AckCode.ACCEPTED] * 2
    state = DeviceState.objects.get(pk=DEVICE)
    assert state.clock_ahead_s == ahead_min * 60
    fifth, last = from_device(running)
    assert (fifth.happened_at, last.happened_at) == (arrivals[4], arrivals[5])
    assert f"61 min {'ahead' if ahead_min > 0 else 'behind'}" in last.reason
    assert f"The device said {arrivals[5] + ahead:%Y-%m-%d %H:%M:%S} UTC." in last.reason
    again = sent(oru(control_id="K-" + f"{arrivals[5]:%H%M%S}", at=arrivals[5] + ahead), arrivals[5] + ahead)
    assert answer(again, arrivals[5] + MIN).code is AckCode.ACCEPTED
    assert len(from_device(running)) == 2


@pytest.mark.hazard("HAZ-18")
def test_a_reading_that_waited_in_a_device_with_a_wrong_clock_is_held(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    DeviceState.objects.create(device=DEVICE, clock_ahead_s=3660, clock_wrong_since=now)
    (told,) = by_its_clock(oru, 61 * MIN, [now], 10 * MIN)
    assert told.code is AckCode.ERROR
    held = Quarantined.objects.get()
    assert held.kind == Held.WRONG_CLOCK
    assert "MON-1's clock is 61 min ahead" in held.because


def test_without_a_time_of_sending_a_reading_may_have_waited() -> None:
    assert waited([], None)


@pytest.mark.hazard("HAZ-18")
def test_a_clock_that_was_set_counts_again(running: DosingNow, oru: Oru, now: datetime) -> None:
    DeviceState.objects.create(device=DEVICE, clock_ahead_s=3660, clock_wrong_since=now)
    answer(oru(at=now - MIN), now)
    assert DeviceState.objects.get(pk=DEVICE).clock_ahead_s is None
    (entry,) = from_device(running)
    assert (entry.happened_at, entry.reason) == (now - MIN, "")


@pytest.mark.hazard("HAZ-18")
def test_a_wrong_clock_set_to_another_wrong_time_is_said_anew(db: None, now: datetime) -> None:
    DeviceState.objects.create(device=DEVICE, clock_ahead_s=3660, clock_wrong_since=now)
    assert wrong_by(DEVICE, None, now=now) == 61 * MIN
    for number in range(5):
        at = now + number * MIN
        found = wrong_by(DEVICE, at - 30 * MIN, now=at)
    assert found == -30 * MIN
    assert wrong_by("OTHER", None, now=now) is None


@pytest.mark.hazard("HAZ-18")
def test_readings_that_waited_out_a_cut_network_are_no_wrong_clock(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    for minutes in range(10, 0, -1):
        made_at = now - minutes * MIN
        told = answer(sent(oru(control_id=f"W-{minutes}", at=made_at), made_at), now)
        assert told.code is AckCode.ACCEPTED
    assert [entry.happened_at for entry in from_device(running)] == [now - m * MIN for m in range(10, 0, -1)]
    assert not DeviceState.objects.exists()


# --- a device that sends without end -------------------------------------------------------------------


@pytest.mark.hazard("HAZ-08")
def test_a_flood_is_turned_away_in_words_while_others_go_on_and_nothing_acknowledged_is_lost(
    running: DosingNow, oru: Oru, now: datetime, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    bind_device(device="MON-2", room=room, by="Ines Admin", now=now - MIN)
    monkeypatch.setattr(METER, "pace", Pace(per_s=2, burst=3))
    flood = [oru(control_id=f"F-{n}", heart_rate=60 + n, at=now - timedelta(seconds=n)) for n in range(8)]
    told = [answer(raw, now) for raw in flood]
    taken = [one.control_id for one in told if one.code is AckCode.ACCEPTED]
    assert taken == ["F-0", "F-1", "F-2"]
    assert "more than 2 messages a second" in told[-1].because
    assert answer(oru(control_id="M-1", device="MON-2"), now).code is AckCode.ACCEPTED
    assert [entry.source_ref[-3:] for entry in from_device(running)] == [*taken, "M-1"]
    assert not Quarantined.objects.exists()
    again = [answer(raw, now + timedelta(seconds=6 + n)) for n, raw in enumerate(flood)]
    assert {one.code for one in again} == {AckCode.ACCEPTED}
    assert len(from_device(running)) == len(flood) + 1
    state = DeviceState.objects.get(pk=DEVICE)
    assert (state.flood_from, state.turned_away) == (now, 1)


def test_a_flood_of_what_cannot_be_read_fills_no_quarantine(
    oru: Oru, now: datetime, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(METER, "pace", Pace(per_s=0, burst=2))
    for number in range(5):
        answer(oru(control_id=f"C-{number}").replace("ORU^R01^ORU_R01", "ADT^A01"), now)
        receive(raw=f"noise {number}", now=now)
    assert Quarantined.objects.count() == 4
    assert set(DeviceState.objects.values_list("device", flat=True)) == {
        "B40 · NEW YORK",
        services.NAMELESS,
    }


def test_a_flood_is_written_down_every_few_seconds_and_begins_anew_after_a_pause(
    running: DosingNow, oru: Oru, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(METER, "pace", Pace(per_s=0, burst=0))
    alarm = oru().replace("ORU^R01^ORU_R01", "ORU^R40^ORU_R40")
    for seconds, count in ((0, 1), (1, 1), (6, 3), (120, 1)):
        told = answer(alarm, now + timedelta(seconds=seconds))
        assert told.code is AckCode.ERROR
        assert DeviceState.objects.get(pk=DEVICE).turned_away == count


def test_what_is_kept_in_memory_is_bounded(now: datetime) -> None:
    meter, clocks = Meter(Pace(burst=1)), ClockWatch()
    for number in range(MOST_DEVICES + 1):
        meter.admits(f"D-{number}", now=now)
        clocks.heard(f"D-{number}", Sample(arrived_at=now, ahead=MIN))
    assert meter.admits("D-0", now=now)
    assert meter.to_write("D-1", now=now) == 0
    assert not meter.admits("D-4096", now=now)


# --- many at once, and alarms --------------------------------------------------------------------------


@pytest.mark.hazard("HAZ-07")
def test_a_batch_is_recorded_message_by_message_and_answered_together(
    running: DosingNow, oru: Oru, now: datetime
) -> None:
    good = [oru(control_id=f"B-{n}", at=now - n * MIN) for n in range(2)]
    bad = oru(control_id="B-9", spo2=140)
    batch = "BHS|^~\\&|MON\r" + "".join([good[0], bad, good[1]]) + "BTS|3\r"
    told = receive_delivery(raw=batch, now=now)
    assert [line.split("|")[1:3] for line in told.split("\r") if line.startswith("MSA")] == [
        ["AA", "B-0"],
        ["AE", "B-9"],
        ["AA", "B-1"],
    ]
    assert told.endswith("BTS|3\r")
    assert len(from_device(running)) == 2
    assert Quarantined.objects.get().kind == Held.IMPOSSIBLE_VALUE


def test_a_batch_cut_off_on_the_way_is_refused_whole(running: DosingNow, oru: Oru, now: datetime) -> None:
    told = receive_delivery(raw="BHS|^~\\&|MON\r" + oru() + "BTS|2\r", now=now)
    assert "MSA|AR" in told
    assert from_device(running) == []
    assert Quarantined.objects.get().kind == Held.TRUNCATED


def test_a_single_message_is_answered_by_itself(running: DosingNow, oru: Oru, now: datetime) -> None:
    assert receive_delivery(raw=oru(), now=now).startswith("MSH|")


def test_a_monitors_own_alarm_is_acknowledged_kept_and_waits_for_nobody(
    running: DosingNow, oru: Oru, now: datetime, leave: Callable[[DosingNow, datetime], None]
) -> None:
    alarm = oru().replace("ORU^R01^ORU_R01", "ORU^R40^ORU_R40")
    for minutes in (0, 1):
        assert answer(alarm, now + minutes * MIN).code is AckCode.ACCEPTED
    held = Quarantined.objects.get()
    assert (held.kind, held.status, held.times_received) == (Held.ALARM, Quarantined.Status.DISMISSED, 2)
    assert held.because.startswith("MON-1 alarmed: ")
    assert "in no chart" in held.resolution
    assert held.site == running.site
    assert from_device(running) == []
    assert answer(alarm.replace("MON-1", "MON-7"), now).code is AckCode.ACCEPTED


def test_values_stay_as_the_device_sent_them(running: DosingNow, oru: Oru, now: datetime) -> None:
    answer(oru(heart_rate=71), now)
    (entry,) = from_device(running)
    assert isinstance(entry.payload, VitalsMeasured)
    assert entry.payload.heart_rate_bpm == 71
