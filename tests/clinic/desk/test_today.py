"""The day: whose page it is, where it begins and ends, and what it offers to whom."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from ajar.clinic.desk.selectors import day_of
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.scheduling.models import Appointment
from ajar.clinic.tasks.services import open_task
from ajar.pathway.careplan.entries import SessionCancelled
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.staff.roles import CLINICIANS, STAFF, Role

MIDNIGHT = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
"""The beginning of Monday 2 March 2026 in New York."""


@pytest.fixture
def starts_shown(nurse, new_york, now):
    """When the sessions of the day begin, from midnight in hours."""

    def shown(at=now, site=new_york):
        day = day_of(nurse, site=site, now=at)
        return [(one.starts_at - day.starts_at) / timedelta(hours=1) for one in day.sessions]

    return shown


@pytest.mark.parametrize("role", sorted(STAFF))
def test_everyone_who_works_here_sees_the_day_of_their_site(client, as_role, clock, role):
    page = as_role(client, role).get("/today/")
    assert page.status_code == 200
    assert "Today · New York" in page.content.decode()


def test_a_patient_is_sent_to_their_own_page(client, as_role, clock):
    answer = as_role(client, Role.PATIENT).get("/today/")
    assert answer.headers["Location"] == "/me/"


class TestTheDayOfASite:
    @pytest.mark.parametrize(
        ("minutes_after_midnight", "shown"),
        [(-1, False), (0, True), (1, True), (24 * 60 - 1, True), (24 * 60, False)],
    )
    def test_it_runs_from_midnight_to_midnight_by_its_own_clock(
        self, starts_shown, plan, minutes_after_midnight, shown
    ):
        plan(MIDNIGHT + timedelta(minutes=minutes_after_midnight))
        assert bool(starts_shown()) == shown

    def test_late_in_the_evening_it_is_still_the_same_day_though_utc_is_a_day_further(
        self, starts_shown, plan
    ):
        plan(MIDNIGHT + timedelta(hours=10))
        assert starts_shown(at=MIDNIGHT + timedelta(hours=23, minutes=59)) == [10]
        assert starts_shown(at=MIDNIGHT + timedelta(hours=24)) == []

    @pytest.mark.parametrize(
        ("noon", "last_hour"),
        [
            (datetime(2026, 3, 8, 16, 0, tzinfo=UTC), datetime(2026, 3, 9, 3, 0, tzinfo=UTC)),  # 23 hours
            (datetime(2026, 11, 1, 17, 0, tzinfo=UTC), datetime(2026, 11, 2, 4, 0, tzinfo=UTC)),  # 25 hours
        ],
    )
    def test_it_is_as_long_as_the_clocks_make_it(self, starts_shown, plan, noon, last_hour):
        plan(last_hour)
        plan(last_hour + timedelta(hours=1))
        assert len(starts_shown(at=noon)) == 1

    def test_a_cancelled_session_is_gone_and_the_rest_stand_in_order(
        self, plan, starts_shown, patient, by, now
    ):
        for hours in (14, 9, 11):
            session = plan(MIDNIGHT + timedelta(hours=hours))
        cancelled = SessionCancelled(because="a cold")
        new = NewEntry(payload=cancelled, happened_at=now, encounter_id=session.encounter_id)
        append([new], patient_id=patient.pk, expected=ANYWHERE, by=by, now=now)
        assert starts_shown() == [9, 14]

    def test_another_sites_day_is_not_shown(self, plan, starts_shown, miami, miami_patient):
        plan(MIDNIGHT + timedelta(hours=10), whose=miami_patient)
        assert starts_shown() == starts_shown(site=miami) == []

    def test_without_a_site_there_is_nothing_to_show(self, plan, book, starts_shown, nurse, now):
        plan(MIDNIGHT + timedelta(hours=10))
        book(MIDNIGHT + timedelta(hours=12))
        day = day_of(nurse, site=None, now=now)
        assert (day.sessions, day.appointments, day.starts_at.tzinfo) == ([], [], UTC)


class TestOtherAppointments:
    def test_they_are_listed_without_sessions_and_without_what_was_cancelled(
        self, book, nurse, new_york, now
    ):
        seen = book(MIDNIGHT + timedelta(hours=12))
        book(MIDNIGHT + timedelta(hours=13), encounter_id=uuid4())
        book(MIDNIGHT + timedelta(hours=14), status=Appointment.Status.CANCELLED, cancelled_at=now)
        book(MIDNIGHT + timedelta(hours=24))
        assert day_of(nurse, site=new_york, now=now).appointments == [seen]

    def test_the_page_names_patient_and_purpose(self, client, as_role, clock, book, now):
        book(now + timedelta(hours=2))
        words = as_role(client, Role.FRONT_DESK).get("/today/").content.decode()
        assert "Alma Quist" in words
        assert "12:00" in words


@pytest.mark.hazard("HAZ-15")
@pytest.mark.parametrize("role", sorted(STAFF))
def test_product_and_dose_are_shown_to_those_who_may_open_the_session(
    client, as_role, clock, plan, role, now
):
    session = plan(now + timedelta(hours=1))
    words = as_role(client, role).get("/today/").content.decode()
    assert "Alma Quist" in words
    assert ("35 mg" in words) == (role in CLINICIANS)
    assert (f"/encounters/{session.encounter_id}/" in words) == (role in CLINICIANS)


@pytest.fixture
def tasks(patient, now):
    """Something for the nurses, which quotes the chart, and something for the front desk."""

    def opened(title, role):
        return open_task(
            kind="call-back", title=title, because="", owner_role=role, due_at=now, now=now, patient=patient
        )

    return opened("Call about item 9", Role.NURSE), opened("Find a time", Role.FRONT_DESK)


@pytest.mark.hazard("HAZ-15")
@pytest.mark.parametrize("path", ["/today/", "/tasks/", "/patients/{}/"])
@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.ADMINISTRATOR])
def test_a_clinicians_task_is_not_shown_to_who_may_not_read_the_chart(
    client, as_role, clock, tasks, patient, path, role
):
    words = as_role(client, role).get(path.format(patient.pk)).content.decode()
    assert "Call about item 9" not in words
    assert "Find a time" in words or path == "/today/"


@pytest.mark.hazard("HAZ-14")
def test_every_clinician_of_the_site_sees_a_clinicians_task_whoever_owns_it(
    client, as_role, clock, tasks, patient
):
    for role in sorted(CLINICIANS):
        words = as_role(client, role).get(f"/patients/{patient.pk}/").content.decode()
        assert "Call about item 9" in words, role
