"""The clock of the machine that serves: said on the board, accepted with a PIN, remembered."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from ajar.clinic.clock import CLOCK, boot_id, counted_s
from ajar.clinic.gateway import serverclock, upkeep
from ajar.clinic.gateway.models import ClockJump, ServerClock
from ajar.clinic.gateway.serverclock import accept_time, keep_time, note_time, two_clocks
from ajar.clinic.gateway.site_troubles import troubles_of_site
from ajar.clinic.staff.models import Site
from ajar.pathway.staff.roles import Role
from tests.support.people import PIN, SignIn, Staff

PAGE = "/board/new-york/clock/"


@pytest.fixture(autouse=True)
def _machines_clock() -> Iterator[None]:
    yield
    CLOCK.stop()


@pytest.fixture
def moved(new_york: Site, clock: time_machine.Traveller) -> time_machine.Traveller:
    """The server keeps time, and the machine's clock was put forward by an hour."""
    keep_time()
    note_time()
    clock.shift(timedelta(hours=1))
    note_time()
    return clock


@pytest.mark.hazard("HAZ-37")
def test_the_board_says_it_and_the_page_shows_both_times(
    moved: time_machine.Traveller, new_york: Site, staff: Staff, as_role: SignIn, client: Client
) -> None:
    words = [trouble.words for trouble in troubles_of_site(new_york, now=CLOCK.now())]
    assert "At 10:00 it was moved: it is 60 min ahead." in words[0]
    nurse = as_role(client, Role.NURSE)
    page = nurse.get(PAGE).content.decode()
    assert "10:00" in page
    assert "11:00" in page
    assert "Compare the two" in nurse.get("/board/new-york/").content.decode()


def test_it_is_said_once_and_is_over_when_the_clock_is_set_right(moved: time_machine.Traveller) -> None:
    note_time()
    assert ClockJump.objects.filter(ended_at=None).count() == 1
    moved.shift(-timedelta(hours=1))
    note_time()
    assert not ClockJump.objects.filter(ended_at=None).exists()
    assert two_clocks() is None
    assert ServerClock.objects.get().at == timezone.now()


def test_only_a_signing_pin_accepts_the_new_time(
    moved: time_machine.Traveller, new_york: Site, staff: Staff, as_role: SignIn, client: Client
) -> None:
    nurse = as_role(client, Role.NURSE)
    assert nurse.post(PAGE, {"pin": ""}).status_code == 422
    assert nurse.post(PAGE, {"pin": "1111"}).status_code == 422
    assert two_clocks() is not None
    assert nurse.post(PAGE, {"pin": PIN}).status_code == 302
    assert two_clocks() is None
    assert CLOCK.now() == timezone.now()
    said = troubles_of_site(new_york, now=CLOCK.now())
    assert [f"{staff[Role.NURSE].titled_name} said that it is right" in one.words for one in said] == [True]
    client.cookies.clear()  # an hour passed for the sign-in too
    again = as_role(client, Role.NURSE).post(PAGE, {"pin": PIN})
    assert [str(one) for one in get_messages(again.wsgi_request)][-1].startswith("The machine's clock agrees")


def test_another_process_on_the_machine_follows_what_was_accepted(
    moved: time_machine.Traveller, staff: Staff
) -> None:
    ClockJump.objects.filter(ended_at=None).update(
        ended_at=CLOCK.now(), accepted_by=staff[Role.NURSE], accepted_name="Ada Brandt, RN"
    )
    note_time()
    assert two_clocks() is None
    assert ClockJump.objects.count() == 1


def test_another_process_may_find_the_jump_first(
    new_york: Site, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_time()
    clock.shift(timedelta(hours=1))
    ClockJump.objects.create(host=serverclock.host(), found_at=CLOCK.now(), by_s=3600.0)
    monkeypatch.setattr(ClockJump.objects, "filter", lambda **_: ClockJump.objects.none())  # not seen yet
    note_time()
    assert ClockJump.objects.count() == 1
    assert ServerClock.objects.count() == 1


def test_a_second_jump_like_an_accepted_one_is_asked_about_again(
    moved: time_machine.Traveller, staff: Staff
) -> None:
    accept_time(pin=PIN, by=staff[Role.NURSE])
    for hours in (-1, -1):
        moved.shift(timedelta(hours=hours))
        note_time()
        assert two_clocks() is not None
        accept_time(pin=PIN, by=staff[Role.NURSE])


def test_a_restart_carries_on_and_finds_the_jump_again(moved: time_machine.Traveller) -> None:
    begun = CLOCK.now()
    CLOCK.stop()
    row = ServerClock.objects.get()
    assert row.boot_id == boot_id()
    assert 0 <= counted_s() - row.counted_s < 60
    keep_time()
    assert abs(CLOCK.now() - begun) < timedelta(seconds=60)
    assert two_clocks() is not None or not boot_id()


def test_a_clock_moved_twice_is_two_jumps(moved: time_machine.Traveller) -> None:
    moved.shift(timedelta(hours=2))
    note_time()
    assert [round(jump.by_s / 3600) for jump in ClockJump.objects.order_by("found_at", "by_s")] == [1, 3]
    assert ClockJump.objects.filter(ended_at=None).count() == 1


def test_what_cannot_be_written_is_said_until_it_can(new_york: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError

    monkeypatch.setattr(upkeep, "close_old_connections", lambda: None)  # it would end this test's data
    assert upkeep.look() is None
    monkeypatch.setattr(upkeep, "note_time", refuse)
    first = upkeep.look()
    assert first is not None
    assert "the database does not take it" in first.words
    again = upkeep.look()
    assert again is not None
    assert again.since == first.since
    monkeypatch.setattr(upkeep, "note_time", serverclock.note_time)
    assert upkeep.look() is None


@pytest.mark.parametrize(("free", "words"), [(0, "the disk is full"), (2, "the database does not take it")])
def test_a_full_disk_is_called_that(free: int, words: str) -> None:
    said = upkeep.unkept(timezone.now(), free_mb=free)
    assert said is not None
    assert words in said.words


def test_a_disk_that_is_nearly_full_is_said_in_time(new_york: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, count in ((None, 0), (upkeep.NEARLY_FULL_MB, 0), (upkeep.NEARLY_FULL_MB - 1, 1)):
        monkeypatch.setattr(upkeep, "free_mb", lambda free=free: free)
        assert len(troubles_of_site(new_york, now=timezone.now())) == count
