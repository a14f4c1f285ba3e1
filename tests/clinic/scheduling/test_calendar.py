"""The day and the week as staff see them."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.calendar import Watch, cells, day_view, week_list
from ajar.clinic.scheduling.models import Resource, Room, Slot
from ajar.clinic.scheduling.services import book, book_slot
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.scheduling.spans import Span
from ajar.pathway.staff.roles import Role
from tests.clinic.scheduling.conftest import at

pytestmark = pytest.mark.usefixtures("clock")
SHOWN = Span(starts_at=at(3, 13), ends_at=at(3, 23))
HERE = SimpleNamespace(name="New York")


def hold(first_min: int, length_min: int, site: Any = HERE) -> Any:
    starts_at = SHOWN.starts_at + timedelta(minutes=first_min)
    return SimpleNamespace(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=length_min),
        appointment=SimpleNamespace(site=site),
    )


@given(st.lists(st.builds(hold, st.integers(-100, 650), st.integers(5, 200)), max_size=6))
def test_whatever_is_held_the_cells_fill_the_day_exactly(holds: list[Any]):
    assert sum(cell.quarters for cell in cells(holds, SHOWN, HERE)) == 40  # type: ignore[arg-type]


def test_a_hold_covers_every_quarter_it_touches():
    found = cells([hold(20, 50)], SHOWN, HERE)  # type: ignore[arg-type]

    assert [cell.quarters for cell in found[:3]] == [1, 4, 1]
    assert [cell.hold is not None for cell in found[:3]] == [False, True, False]


def test_what_is_held_at_another_site_says_only_where():
    [away] = [cell for cell in cells([hold(0, 60, SimpleNamespace(name="Miami"))], SHOWN, HERE) if cell.hold]  # type: ignore[arg-type]

    assert away.elsewhere == "Miami"


@pytest.fixture
def busy_day(
    treatment_room: Room,
    watcher: Resource,
    patient: Patient,
    new_york: Site,
    slots: list[Slot],
    now: datetime,
) -> None:
    """A dosing session from 9:00 to 11:45 in room 1, and a consultation at 10:00."""
    book(
        type_slug="dosing",
        patient=patient,
        site=new_york,
        span=Span(starts_at=at(3, 14), ends_at=at(3, 16, 45)),
        resources=[treatment_room.resource, watcher],
        now=now,
        by=None,
    )
    book_slot(slot_id=slots[1].pk, patient=patient, now=now)


@pytest.mark.usefixtures("busy_day")
def test_a_day_shows_rooms_people_and_how_many_are_watched(new_york: Site, nurse: Account):
    view = day_view(new_york, date(2026, 3, 3), viewer=nurse)

    assert [row.resource.name for row in view.rows] == ["Room 1", "New York Prescriber"]
    assert [cell.quarters for cell in view.rows[0].cells if cell.hold] == [11]
    assert [one.busy for one in view.watched[:5]] == [0, 1, 1, 1, 0]
    assert not view.watched[1].full
    assert Watch(busy=2, capacity=2).full


@pytest.mark.usefixtures("busy_day")
def test_a_day_reaches_as_far_as_its_appointments(
    new_york: Site, nurse: Account, patient: Patient, treatment_room: Room, now: datetime
):
    for first, last in ((at(3, 11, 30), at(3, 12)), (at(3, 22, 30), at(4, 0, 15))):
        span = Span(starts_at=first, ends_at=last)
        resources = [treatment_room.resource]
        book(
            type_slug="dosing",
            patient=patient,
            site=new_york,
            span=span,
            resources=resources,
            now=now,
            by=None,
        )
    view = day_view(new_york, date(2026, 3, 3), viewer=nurse)

    assert view.hours[0] == at(3, 11)
    assert view.hours[-1] == at(4, 0)


@pytest.mark.usefixtures("busy_day")
def test_a_week_starts_on_monday_and_shows_nothing_to_other_sites(
    new_york: Site, nurse: Account, miami_staff
):
    week = week_list(new_york, date(2026, 3, 5), viewer=nurse)
    far = week_list(new_york, date(2026, 3, 5), viewer=miami_staff[Role.NURSE])

    assert [day.day for day in week][::6] == [date(2026, 3, 2), date(2026, 3, 8)]
    assert [len(day.appointments) for day in week] == [0, 2, 0, 0, 0, 0, 0]
    assert not any(day.appointments for day in far)


@pytest.mark.usefixtures("busy_day")
@pytest.mark.parametrize(
    "query", ["?day=2026-03-03", "?day=2026-03-03&site=new-york", "?day=2026-03-03&site=miami"]
)
def test_the_page_shows_the_day_in_the_sites_own_clock(client: Client, as_role, query: str):
    page = as_role(client, Role.FRONT_DESK).get(f"/calendar/{query}").content.decode()

    assert "Alma Quist" in page
    assert "09:00 EST" in page
    assert "1 of 2" in page


def test_an_address_without_a_sensible_day_shows_today(client: Client, as_role, slots):
    assert "today" in as_role(client, Role.NURSE).get("/calendar/?day=someday").content.decode()


def test_a_site_without_rooms_and_a_person_without_sites_are_told_what_to_do(client: Client, as_role, staff):
    nurse = as_role(client, Role.NURSE)
    assert "No rooms or bookable people here yet" in nurse.get("/calendar/").content.decode()

    staff[Role.NURSE].sites.clear()
    assert "You work at no site yet" in nurse.get("/calendar/").content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-02", "9999-12-31", "9999-12-30"])
def test_a_day_at_the_end_of_time_shows_today(client: Client, as_role, slots, day: str):
    page = as_role(client, Role.NURSE).get("/calendar/", {"site": "new-york", "day": day})
    assert "· today" in page.content.decode()
