"""A patient goes on in another room: what follows, what is refused, and what the page offers."""

import json
import re
from datetime import datetime
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from ajar.clinic.dosing import services
from ajar.clinic.dosing.models import DosingNow, RoomStay
from ajar.clinic.dosing.readmodel import SessionsNow, session_of
from ajar.clinic.dosing.selectors import rooms_for, session_now, sessions_in_room_at
from ajar.clinic.dosing.services import Monitor, NotReady
from ajar.clinic.gateway.models import DeviceBinding
from ajar.clinic.gateway.resolving import bind_device
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.selectors import all_encounter_entries, decision_position
from ajar.clinic.ledger.services import ANYWHERE, StaleLedger, correct
from ajar.clinic.ledger.upkeep import rebuild
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.dosing.session import fold
from ajar.pathway.dosing.stage import NotInRoom
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.chain import canonical
from ajar.pathway.staff.roles import Role
from tests.clinic.dosing.routes import PlanDay
from tests.clinic.dosing.scenario import Day, make_room, plan_day
from tests.support.people import SignIn, make_patient


@pytest.fixture
def chair(new_york: Site) -> Room:
    """A chair to recover in."""
    return make_room(new_york, "Chair 1", 2)


@pytest.fixture
def beside(nurse: Account, prescriber: Account, second: Account, new_york: Site, now: datetime) -> Day:
    """Another patient of this site, planned for now."""
    return plan_day(
        patient=make_patient(new_york, now, given_name="Bram", family_name="Oder"),
        nurse=nurse,
        prescriber=prescriber,
        second=second,
        product=Product.KETAMINE_IV,
        now=now,
    )


def move(day: Day, room: Room, **said: object) -> None:
    told = {"by": day.nurse, "now": day.now, "expected": ANYWHERE} | said
    services.move_patient(encounter_id=day.encounter_id, room=room, **told)  # type: ignore[arg-type]


def in_room(room: Room, day: Day) -> list[str]:
    return [row.patient.name for row in sessions_in_room_at(room.pk, day.now)]


def test_the_new_room_is_held_the_old_one_is_free_and_each_moment_keeps_its_room(
    infusion: Day, beside: Day, room: Room, chair: Room, new_york: Site
) -> None:
    infusion.arrived(room)
    later = infusion.after(20)
    move(later, chair, because=" a longer recovery ")
    row = DosingNow.objects.get(pk=infusion.encounter_id)
    assert (row.room_id, row.room_name, row.stage) == (chair.pk, "Chair 1", "arrived")
    assert rooms_for(new_york) == [room]
    assert all_encounter_entries(infusion.encounter_id)[-1].payload.because == "a longer recovery"  # type: ignore[attr-defined]
    beside.after(25).arrived(room)
    assert in_room(room, infusion.after(19)) == ["Alma Quist"]
    assert in_room(room, later) == []
    assert in_room(room, infusion.after(25)) == ["Bram Oder"]
    assert in_room(chair, infusion.after(19)) == []
    assert in_room(chair, later) == ["Alma Quist"]
    services.cancel_session(
        encounter_id=infusion.encounter_id,
        because="no escort",
        by=infusion.nurse,
        now=infusion.after(40).now,
        expected=ANYWHERE,
    )
    assert in_room(chair, infusion.after(40)) == ["Alma Quist"]
    assert in_room(chair, infusion.after(41)) == []
    assert session_now(infusion.encounter_id) == fold(all_encounter_entries(infusion.encounter_id))
    kept = SessionsNow().snapshot()
    rebuild(lambda _done, _total: None)
    assert SessionsNow().snapshot() == kept


def test_a_move_to_the_wrong_room_that_is_corrected_was_never_there(
    infusion: Day, room: Room, chair: Room, new_york: Site
) -> None:
    infusion.arrived(room)
    move(infusion.after(10), chair)
    (moved,) = [
        one for one in all_encounter_entries(infusion.encounter_id) if one.payload.KIND == "patient.moved"
    ]
    correct(
        entry=moved,
        payload=None,
        reason="another patient",
        by=author_of(infusion.nurse),
        now=infusion.after(11).now,
    )
    assert in_room(chair, infusion.after(10)) == []
    assert in_room(room, infusion.after(10)) == ["Alma Quist"]
    assert rooms_for(new_york) == [chair]


@pytest.mark.hazard("HAZ-13")
def test_what_is_refused_moves_nobody_and_writes_nothing(
    infusion: Day, beside: Day, room: Room, chair: Room, miami: Site, new_york: Site
) -> None:
    with pytest.raises(NotInRoom, match="this session is in stage planned"):
        move(infusion, chair)
    infusion.arrived(room)
    office = Room.objects.create(site=new_york, name="Office", kind=Room.Kind.CONSULT)
    unused = Room.objects.create(site=new_york, name="Old room", active=False)
    seen = decision_position(infusion.patient.pk)
    beside.after(1).arrived(chair)
    before = LedgerEntry.objects.count()
    refusals: list[tuple[Room, dict[str, object], str]] = [
        (room, {}, "is in Room 1 already"),
        (make_room(miami, "Room 9"), {}, "Room 9 belongs to another site"),
        (office, {}, "Office is no treatment room in use"),
        (unused, {}, "Old room is no treatment room in use"),
        (chair, {}, "Chair 1 is taken. Choose another room"),
    ]
    for target, said, words in refusals:
        with pytest.raises(NotReady, match=words):
            move(infusion.after(2), target, **said)
    free = make_room(new_york, "Room 4", 4)
    with pytest.raises(NotReady, match="came to Room 1 later"):
        move(infusion.after(2), free, happened_at=infusion.after(-1).now)
    with pytest.raises(ValueError, match="future"):
        move(infusion.after(2), free, happened_at=infusion.after(30).now)
    with pytest.raises(StaleLedger):
        move(infusion.after(2), free, expected=seen - 1)
    assert LedgerEntry.objects.count() == before
    services.cancel_session(
        encounter_id=beside.encounter_id,
        because="x",
        by=beside.nurse,
        now=beside.after(5).now,
        expected=ANYWHERE,
    )
    with pytest.raises(NotReady, match="Chair 1 is taken"):  # it was, at the time that is said
        move(infusion.after(6), chair, happened_at=infusion.after(4).now)
    with pytest.raises(NotInRoom, match="this session is in stage cancelled"):
        move(beside.after(6), room)
    move(infusion.after(6), chair, happened_at=infusion.after(5).now)
    assert session_now(infusion.encounter_id).stays[-1].since == infusion.after(5).now


def test_nobody_arrives_in_a_room_of_another_site(infusion: Day, miami: Site) -> None:
    with pytest.raises(NotReady, match="Room 9 belongs to another site"):
        infusion.arrived(make_room(miami, "Room 9"))


@pytest.mark.hazard("HAZ-09")
def test_the_monitor_goes_along_only_when_asked_to_and_never_beside_another(
    infusion: Day, room: Room, chair: Room, new_york: Site
) -> None:
    for device in ("MON-1", "MON-2"):
        bind_device(device=device, room=room, by="I", now=infusion.now)
    infusion.arrived(room)
    move(infusion.after(5), chair)
    assert {one.room for one in DeviceBinding.objects.filter(bound_until=None)} == {room}
    with pytest.raises(ValueError, match="No monitor stands in the room that the patient leaves"):
        move(infusion.after(6), room, monitor=Monitor.GOES_ALONG)
    assert session_now(infusion.encounter_id).room_name == "Chair 1"
    move(infusion.after(7), room)
    bind_device(device="MON-3", room=chair, by="I", now=infusion.now)
    with pytest.raises(ValueError, match="Chair 1 has a monitor of its own, MON-3"):
        move(infusion.after(8), chair, monitor=Monitor.GOES_ALONG)
    away = make_room(new_york, "Room 4", 4)
    move(infusion.after(9), away, monitor=Monitor.GOES_ALONG)
    standing = DeviceBinding.objects.filter(bound_until=None, room=away)
    assert [(one.device, one.bound_from, one.bound_by) for one in standing] == [
        ("MON-1", infusion.after(9).now, infusion.nurse.printed_name),
        ("MON-2", infusion.after(9).now, infusion.nurse.printed_name),
    ]


@pytest.fixture
def at_work(client: Client, as_role: SignIn, clock: time_machine.Traveller) -> Client:
    """The nurse's browser, on a clock that stands still."""
    return as_role(client, Role.NURSE)


def page_of(browser: Client, day: Day, part: str = "") -> str:
    return browser.get(f"/encounters/{day.encounter_id}/{part}").content.decode()


def post(browser: Client, day: Day, **data: object) -> tuple[int, str]:
    told = {"expected": decision_position(day.patient.pk), **data}
    answer = browser.post(f"/encounters/{day.encounter_id}/move/", told)
    return answer.status_code, answer.content.decode()


def test_the_page_offers_the_free_rooms_and_keeps_what_was_typed(
    at_work: Client, infusion: Day, beside: Day, room: Room, chair: Room
) -> None:
    assert "Move to another room" not in page_of(at_work, infusion)
    infusion.arrived(room)
    assert "The monitor goes along" not in page_of(at_work, infusion)
    make_room(room.site, "Room 3", 3)
    for device, place in (("MON-1", room), ("MON-2", chair)):
        bind_device(device=device, room=place, by="I", now=infusion.now)
    page = page_of(at_work, infusion)
    assert "Move Alma Quist there" in page
    assert "Chair 1 · monitor MON-2" in page
    assert "Room 3 · no monitor is known there" in page
    assert "The monitor goes along: MON-1" in page
    assert not re.search(r'name="along"[^>]*checked', page)
    status, refused = post(at_work, infusion, room=chair.pk, along="on", because="broken lamp")
    assert status == 422
    assert "Chair 1 has a monitor of its own, MON-2" in refused
    assert 'value="broken lamp"' in refused
    assert "Choose the room that the patient is moved to" in post(at_work, infusion)[1]
    assert post(at_work, infusion, room=chair.pk, expected=1)[0] == 409  # someone decided something since
    beside.arrived(chair)
    Room.objects.filter(name="Room 3").update(active=False)
    assert "That room is not free any more" in post(at_work, infusion, room=chair.pk)[1]
    assert "No other treatment room of this site is free" in page_of(at_work, infusion)


def test_a_move_is_in_the_flowsheet_the_replay_and_the_note(
    at_work: Client, as_role: SignIn, infusion: Day, room: Room, chair: Room
) -> None:
    infusion.arrived(room)
    assert post(at_work, infusion, room=chair.pk, because="broken lamp")[0] == 302
    page = page_of(at_work, infusion)
    assert "session 1 · New York · Chair 1" in page
    assert " Room 1</label>" in page  # where nobody has placed a monitor, none is spoken of
    flowsheet = page_of(at_work, infusion, "flowsheet/")
    assert "Moved to Chair 1: broken lamp" in flowsheet
    assert 'class="unseen"> Moved' not in flowsheet  # a wrong move is followed by another, not corrected
    assert "Moved to Chair 1: broken lamp" in page_of(at_work, infusion, "replay/")
    assert "to Chair 1: broken lamp" in page_of(at_work, infusion, "note/")
    desk = as_role(Client(), Role.FRONT_DESK)
    assert post(desk, infusion, room=room.pk)[0] == 403


def test_a_dose_at_home_offers_no_move(plan: PlanDay, client: Client, as_role: SignIn, room: Room) -> None:
    day = plan(Product.KETAMINE_SL_HOME)
    with pytest.raises(NotInRoom):
        move(day, room)


def test_sessions_kept_before_anybody_could_be_moved_are_told_as_a_rebuild_would(
    infusion: Day, beside: Day, room: Room
) -> None:
    infusion.arrived(room)
    kept = SessionsNow().snapshot()
    RoomStay.objects.all().delete()
    for row in DosingNow.objects.all():
        before = {name: value for name, value in json.loads(row.state).items() if name != "stays"}
        DosingNow.objects.filter(pk=row.pk).update(state=canonical(before))
        assert session_of(DosingNow.objects.get(pk=row.pk)).stays == ()
    import_module("ajar.clinic.dosing.migrations.0004_room_stays").fill(apps, None)
    assert SessionsNow().snapshot() == kept
