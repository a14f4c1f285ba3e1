"""A patient who is moved: what the board, the tasks and a call for help say of the room."""

from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from ajar.clinic.bedside.services import Wishes, call_for_help, make_screen
from ajar.clinic.dosing.services import move_patient
from ajar.clinic.gateway.resolving import bind_device
from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.ledger.services import ANYWHERE
from ajar.clinic.monitoring.escalating import pass_on
from ajar.clinic.monitoring.services import ALARM_UNSEEN
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Site
from ajar.clinic.tasks.models import Task
from ajar.pathway.monitoring.entries import EventNoted
from ajar.pathway.staff.roles import Role
from tests.clinic.dosing.scenario import Day, make_room, plan_day
from tests.support.people import SignIn, make_patient

BOARD = "/board/new-york/"


@pytest.fixture
def at_work(client: Client, as_role: SignIn, clock: time_machine.Traveller) -> Client:
    """The nurse's browser, on a clock that stands still."""
    return as_role(client, Role.NURSE)


@pytest.fixture
def chair(new_york: Site) -> Room:
    """A chair to recover in."""
    return make_room(new_york, "Chair 1", 2)


def move(day: Day, room: Room) -> None:
    move_patient(encounter_id=day.encounter_id, room=room, by=day.nurse, now=day.now, expected=ANYWHERE)


def tile(browser: Client, room: Room) -> str:
    return browser.get(f"{BOARD}{room.pk}/").content.decode()


def test_the_board_shows_the_patient_in_the_new_room_and_the_old_one_empty(
    at_work: Client, infusion: Day, room: Room, chair: Room
) -> None:
    infusion.ready(room).started()
    bind_device(device="MON-2", room=chair, by="I", now=infusion.now)
    hers = f'data-encounter="{infusion.encounter_id}"'
    assert hers in tile(at_work, room)
    assert "Empty" in tile(at_work, chair)
    move(infusion, chair)
    assert "Empty" in tile(at_work, room)
    assert hers in tile(at_work, chair)
    assert "MON-2 has told nothing of this session" in tile(at_work, chair)
    assert at_work.get(BOARD).content.decode().count(hers) == 1


@pytest.mark.hazard("HAZ-30")
def test_a_call_for_help_after_the_move_comes_from_the_new_room(
    at_work: Client, infusion: Day, room: Room, chair: Room
) -> None:
    infusion.arrived(room)
    screen = make_screen(encounter=infusion.encounter, wishes=Wishes(), by=infusion.nurse, now=infusion.now)
    move(infusion, chair)
    call_for_help(screen=screen, press=uuid4(), now=infusion.now)
    assert "Patient asks for help" in tile(at_work, chair)
    assert "Patient asks for help" not in tile(at_work, room)


@pytest.mark.hazard("HAZ-32")
def test_an_alarm_that_was_passed_on_names_the_room_where_the_patient_is_now(
    infusion: Day, room: Room, chair: Room
) -> None:
    infusion.ready(room).started().vitals(systolic_mmhg=204.0, diastolic_mmhg=110.0)
    pass_on(now=infusion.now)
    pass_on(now=infusion.after(3).now)
    told = Task.objects.filter(kind=ALARM_UNSEEN, done_at=None)
    assert {task.title.partition(",")[0] for task in told} == {"Room 1"}
    move(infusion.after(3), chair)
    assert pass_on(now=infusion.after(3.1).now) == 0
    assert {task.title.partition(",")[0] for task in told.all()} == {"Chair 1"}


@pytest.mark.hazard("HAZ-09")
def test_a_tile_drawn_before_the_move_records_nothing_for_who_came_after(
    at_work: Client, infusion: Day, room: Room, chair: Room, new_york: Site
) -> None:
    infusion.arrived(room)
    drawn = {"encounter": str(infusion.encounter_id)}
    assert f'name="encounter" value="{infusion.encounter_id}"' in tile(at_work, room)
    move(infusion, chair)
    patient = make_patient(new_york, infusion.now, given_name="Bram", family_name="Oder")
    after = plan_day(
        patient=patient,
        nurse=infusion.nurse,
        prescriber=infusion.prescriber,
        second=infusion.second,
        product=infusion.product,
        now=infusion.now,
    ).arrived(room)
    url, fetch = f"{BOARD}{room.pk}/record/", {"X-Requested-With": "fetch"}
    assert at_work.post(url, drawn, headers=fetch).status_code == 409
    answer = at_work.post(url, drawn, follow=True).content.decode()
    assert "Another patient is in that room now" in answer
    assert not looked_in(after)
    assert not looked_in(infusion)
    at_work.post(url, {"encounter": str(after.encounter_id)})
    assert looked_in(after)
    at_work.post(f"{BOARD}{chair.pk}/record/", drawn)
    assert looked_in(infusion)


def looked_in(day: Day) -> bool:
    return any(isinstance(entry.payload, EventNoted) for entry in all_encounter_entries(day.encounter_id))
