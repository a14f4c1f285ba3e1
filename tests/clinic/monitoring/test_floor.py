"""The floor: what is passed on, what rests, what a tile says, and how a shift is handed over."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db.models import QuerySet
from django.test import Client

from ajar.clinic.gateway import timers
from ajar.clinic.gateway.resolving import bind_device
from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.ledger.upkeep import rebuild
from ajar.clinic.monitoring import services
from ajar.clinic.monitoring.escalating import on_duty, pass_on
from ajar.clinic.monitoring.handover import HandOverRefused, accept_hand_over, kept_hand_overs, sign_hand_over
from ajar.clinic.monitoring.models import HandOver, SignsNow, Unseen
from ajar.clinic.monitoring.selectors import standing_alarms
from ajar.clinic.monitoring.sounding import NothingSounds, pause_sound, pauses_of
from ajar.clinic.scheduling.models import Room
from ajar.clinic.scheduling.services import rename_room
from ajar.clinic.staff.authors import device_author
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.staff.services import SignatureRefused
from ajar.clinic.tasks.models import Task
from ajar.pathway.ledger.entry import NewEntry, Source
from ajar.pathway.monitoring.entries import AlarmEscalated, SoundPaused
from ajar.pathway.monitoring.escalation import Rung
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.staff.roles import Role
from tests.clinic.dosing.scenario import Day, make_room
from tests.support.people import PIN, SignIn, Staff

BOARD = "/board/new-york/"


@pytest.fixture
def at_work(client: Client, as_role: SignIn, clock: time_machine.Traveller) -> Client:
    """The nurse's browser, on a clock that stands still."""
    return as_role(client, Role.NURSE)


@pytest.fixture
def running(infusion: Day, room: Room) -> Day:
    """An infusion that has just begun."""
    return infusion.ready(room).started()


def escalations(day: Day) -> list[AlarmEscalated]:
    return [
        entry.payload
        for entry in all_encounter_entries(day.encounter_id)
        if isinstance(entry.payload, AlarmEscalated)
    ]


def open_escalations() -> QuerySet[Task]:
    return Task.objects.filter(kind=services.ALARM_UNSEEN, done_at=None)


@pytest.mark.hazard("HAZ-32")
def test_a_high_alarm_that_nobody_sees_goes_to_the_prescriber_and_then_to_the_director(
    at_work: Client, running: Day, staff: Staff, clock: time_machine.Traveller
) -> None:
    running.vitals(systolic_mmhg=204.0, diastolic_mmhg=110.0)
    assert pass_on(now=running.now) == 0
    running.after(1).vitals()  # over, and still unseen
    assert pass_on(now=running.after(1.9).now) == 0
    assert pass_on(now=running.after(2).now) == 1
    assert pass_on(now=running.after(2.1).now) == 0
    (told,) = escalations(running)
    prescriber, director = staff[Role.PRESCRIBER], staff[Role.MEDICAL_DIRECTOR]
    assert (told.rung, told.told) == (Rung.PRESCRIBER, prescriber.titled_name)
    (task,) = open_escalations()
    assert (task.owner, task.urgency) == (prescriber, Task.Urgency.URGENT)
    assert "SBP was 204" in task.title
    clock.shift(timedelta(minutes=2))
    page = at_work.get(BOARD).content.decode()
    assert f"told {prescriber.titled_name}" in page
    assert "over, not seen yet" in page
    assert pass_on(now=running.after(5).now) == 1
    assert [one.told for one in escalations(running)] == [prescriber.titled_name, director.titled_name]
    assert open_escalations().get().owner == director


def test_seen_from_its_tile_an_alarm_is_passed_on_no_further(
    at_work: Client, running: Day, room: Room, clock: time_machine.Traveller
) -> None:
    running.vitals(systolic_mmhg=204.0, diastolic_mmhg=110.0)
    pass_on(now=running.now)
    pass_on(now=running.after(3).now)
    clock.shift(timedelta(minutes=3))
    (alarm, *_) = standing_alarms(running.encounter_id, now=running.after(3).now)
    url = f"{BOARD}{room.pk}/record/"
    tile = at_work.post(url, {"alarm": alarm.key}, headers={"X-Requested-With": "fetch"}).content.decode()
    assert f"seen by {running.nurse.titled_name}" in tile
    assert "SBP 204" in tile  # acknowledged is not resolved
    assert not Unseen.objects.filter(alarm=alarm.key).exists()
    assert not open_escalations().filter(title__contains="SBP").exists()
    assert at_work.post(url, {"alarm": "no such alarm"}).status_code == 302
    assert at_work.post(f"{BOARD}{running.encounter_id}/record/", {"alarm": ""}).status_code == 404


def test_a_site_without_a_prescriber_tells_its_director_and_one_without_either_says_so(
    at_work: Client, running: Day, new_york: Site, staff: Staff
) -> None:
    staff[Role.PRESCRIBER].sites.clear()
    assert on_duty(new_york, Rung.PRESCRIBER, now=running.now) == staff[Role.MEDICAL_DIRECTOR]
    staff[Role.MEDICAL_DIRECTOR].sites.clear()
    running.vitals(systolic_mmhg=204.0, diastolic_mmhg=110.0)
    pass_on(now=running.now - timedelta(minutes=3))
    pass_on(now=running.now)
    assert escalations(running)[0].told == ""
    assert "nobody to tell at this site" in at_work.get(BOARD).content.decode()


@pytest.mark.hazard("HAZ-32")
def test_a_pause_is_an_entry_with_who_and_ends_by_itself(
    at_work: Client, running: Day, new_york: Site, clock: time_machine.Traveller
) -> None:
    with pytest.raises(NothingSounds):
        pause_sound(site=new_york, by=running.nurse, now=running.now)
    assert at_work.post(f"{BOARD}pause/").status_code == 302
    running.vitals(systolic_mmhg=204.0, diastolic_mmhg=110.0)
    assert at_work.post(f"{BOARD}pause/", headers={"X-Requested-With": "fetch"}).status_code == 204
    entry = all_encounter_entries(running.encounter_id)[-1]
    assert isinstance(entry.payload, SoundPaused)
    assert (entry.payload.lasts_s, entry.recorded_by.name) == (120, running.nurse.titled_name)
    page = at_work.get(BOARD).content.decode()
    assert "&quot;until&quot;: &quot;2026-03-02T15:02:00+00:00&quot;" in page
    assert "SBP 204 ≥ 200" in page  # colour and words stay
    assert pauses_of([running.encounter_id], now=running.after(1.9).now)
    assert not pauses_of([running.encounter_id], now=running.after(2).now)


def test_a_tile_says_how_long_the_patient_has_been_alone(
    at_work: Client, running: Day, room: Room, clock: time_machine.Traveller
) -> None:
    device = NewEntry(
        payload=VitalsMeasured(heart_rate_bpm=80.0),
        happened_at=running.after(5).now,
        encounter_id=running.encounter_id,
        source=Source.DEVICE,
    )
    told_at = running.after(5).now
    append([device], patient_id=running.patient.pk, expected=ANYWHERE, by=device_author("M-1"), now=told_at)
    assert SignsNow.objects.get().attended_at == running.now  # a monitor is no company
    clock.shift(timedelta(minutes=7))
    page = at_work.get(BOARD).content.decode()
    assert "Alone since" in page
    assert "7 min</span>" in page
    at_work.post(f"{BOARD}{room.pk}/record/")
    assert SignsNow.objects.get().attended_at == running.after(7).now
    entry = all_encounter_entries(running.encounter_id)[-1]
    services.take_back(entry=entry, reason="another room", by=running.nurse, now=running.after(8).now)
    assert SignsNow.objects.get().attended_at == running.now
    rebuild(lambda _done, _total: None)
    assert SignsNow.objects.get().attended_at == running.now


@pytest.mark.hazard("HAZ-11")
def test_a_device_that_falls_silent_is_a_technical_alarm(
    at_work: Client, running: Day, room: Room, clock: time_machine.Traveller
) -> None:
    bind_device(device="M-1", room=room, by="a test", now=running.now)
    assert "M-1 has told nothing of this session" in at_work.get(BOARD).content.decode()
    told = NewEntry(
        payload=VitalsMeasured(spo2_percent=98.0, heart_rate_bpm=80.0),
        happened_at=running.now,
        encounter_id=running.encounter_id,
        source=Source.DEVICE,
    )
    append([told], patient_id=running.patient.pk, expected=ANYWHERE, by=device_author("M-1"), now=running.now)
    assert standing_alarms(running.encounter_id, now=running.after(0.9).now) == ()
    silent = standing_alarms(running.encounter_id, now=running.after(1).now)
    assert [(one.key, one.priority, one.technical) for one in silent] == [
        ("SILENT spo2_percent", "low", True),
        ("SILENT heart_rate_bpm", "low", True),
    ]
    clock.shift(timedelta(minutes=2))
    page = at_work.get(BOARD).content.decode()
    assert "No oxygen saturation from M-1" in page.replace("Oxygen", "oxygen")
    assert 'data-continuous="spo2_percent heart_rate_bpm"' in page
    running.after(2).vitals()  # a person measures it now
    assert standing_alarms(running.encounter_id, now=running.after(4).now) == ()


def test_a_medium_alarm_that_is_over_leaves_a_quiet_line(at_work: Client, running: Day) -> None:
    running.vitals(systolic_mmhg=184.0)
    running.after(1).vitals()
    with time_machine.travel(running.after(2).now, tick=False):
        page = at_work.get(BOARD).content.decode()
    assert "SBP was 184 ≥ 180, now 124" in page
    assert "data-worst" not in page


def test_the_wall_has_initials_and_nothing_to_press(at_work: Client, running: Day) -> None:
    running.vitals(systolic_mmhg=204.0, diastolic_mmhg=110.0)
    page = at_work.get(f"{BOARD}?display=wall").content.decode()
    assert 'data-display="wall"' in page
    rooms = page[page.index("data-rooms>") :]
    assert running.patient.initials in rooms
    for word in (running.patient.family_name, running.nurse.printed_name, "<button", "<a "):
        assert word not in rooms
    piece = at_work.get(f"{BOARD}?rooms=1&display=wall").content.decode()
    assert "<button" not in piece
    assert "?display=wall" in piece
    assert "The bedside monitor is the primary alarm" in page


def test_a_shift_is_signed_by_who_leaves_and_accepted_by_who_comes(
    at_work: Client, running: Day, new_york: Site, second: Account
) -> None:
    running.vitals(systolic_mmhg=204.0, diastolic_mmhg=110.0)
    url = f"{BOARD}hand-over/"
    assert "SBP 204 ≥ 200" in at_work.get(url).content.decode()
    assert at_work.post(url, {"notes": "x", "pin": "0000"}).status_code == 422
    assert at_work.post(url, {"notes": "Her sister waits outside.", "pin": PIN}).status_code == 302
    row = HandOver.objects.get()
    page = at_work.get(url).content.decode()
    assert "Her sister waits outside." in page
    assert "Not accepted yet" in page
    assert "Accept this shift" not in page  # not one's own
    with pytest.raises(HandOverRefused, match="Somebody else"):
        accept_hand_over(hand_over_id=row.pk, site=new_york, pin=PIN, by=running.nurse, now=running.now)
    other = Client()
    other.force_login(second, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert other.post(f"{url}{row.pk}/accept/", {"accept-pin": "0000"}).status_code == 422
    assert other.post(f"{url}{row.pk}/accept/", {"accept-pin": PIN}).status_code == 302
    (kept,) = kept_hand_overs(new_york)
    assert (kept.row.accepted_name, kept.whole) == (second.titled_name, True)
    assert kept.rooms[0].patient == running.patient.initials
    assert "systolic" not in kept.row.notes
    with pytest.raises(HandOverRefused, match="accepted this already"):
        accept_hand_over(hand_over_id=row.pk, site=new_york, pin=PIN, by=second, now=running.now)
    HandOver.objects.update(summary=row.summary.replace("204", "104"))
    assert not kept_hand_overs(new_york)[0].whole
    with pytest.raises(SignatureRefused):
        sign_hand_over(site=new_york, notes="", pin="0000", by=second, now=running.now)


def test_an_administrator_renames_a_room(
    client: Client, as_role: SignIn, clock: time_machine.Traveller, new_york: Site, room: Room
) -> None:
    make_room(new_york, "Room 2", 2)
    admin = as_role(client, Role.ADMINISTRATOR)
    url = "/rooms/new-york/"
    assert admin.get("/rooms/").url == url  # type: ignore[attr-defined]
    assert admin.post(url, {"room": room.pk, "name": "room 2"}).status_code == 422
    assert admin.post(url, {"room": room.pk, "name": "  Garden   room "}).status_code == 302
    assert "Garden room" in admin.get(url).content.decode()
    with pytest.raises(ValueError, match="1 to 40"):
        rename_room(room=room, name=" ")


def test_the_alarm_load_of_a_week_is_computed_from_the_entries(
    client: Client, as_role: SignIn, running: Day, clock: time_machine.Traveller
) -> None:
    running.vitals(systolic_mmhg=204.0, diastolic_mmhg=90.0)
    (alarm,) = [
        one for one in standing_alarms(running.encounter_id, now=running.now) if one.signal == "systolic_mmhg"
    ]
    services.acknowledge_alarm(
        encounter_id=running.encounter_id, alarm=alarm, by=running.nurse, now=running.after(1).now
    )
    clock.shift(timedelta(minutes=3))
    director = as_role(client, Role.MEDICAL_DIRECTOR)
    page = director.get("/alarm-load/?week=2026-03-04").content.decode()
    assert "1 min 0 s" in page
    assert "0 % (0)" in page
    assert "1, 0, 0" in page
    assert "–" in director.get("/alarm-load/?week=2025-01-06").content.decode()
    assert director.get("/alarm-load/?week=soon").status_code == 200


def test_the_server_goes_on_looking_round_after_trouble(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def trouble(*, now: datetime) -> int:
        raise LookupError(f"nothing at {now}")

    monkeypatch.setattr(timers, "pass_on", trouble)
    monkeypatch.setattr(timers, "close_old_connections", lambda: None)
    timers.look_round()
    assert "could not be passed on" in caplog.text
