"""The page a nurse lives on, as a browser would use it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from ajar.clinic.dosing.page import next_step
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.ledger.selectors import decision_position
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.staff.roles import Role
from tests.clinic.dosing.scenario import Day
from tests.support.people import PIN, SignIn, Staff


@pytest.fixture
def at_work(client: Client, as_role: SignIn, clock: time_machine.Traveller) -> Client:
    """The nurse's browser, on a clock that stands still."""
    return as_role(client, Role.NURSE)


def url(day: Day, step: str = "") -> str:
    return f"/encounters/{day.encounter_id}/{f'{step}/' if step else ''}"


def post(client: Client, day: Day, step: str, **data: object) -> object:
    return client.post(url(day, step), {"expected": decision_position(day.patient.pk), **data})


def test_the_whole_day_on_one_page(
    at_work: Client,
    as_role: SignIn,
    infusion: Day,
    room: Room,
    second: Account,
    clock: time_machine.Traveller,
) -> None:
    assert b"is here: take the room" in at_work.get(url(infusion)).content
    post(at_work, infusion, "arrive", room=room.pk)
    infusion.vitals()
    answers = dict.fromkeys(
        (
            "intoxication_signs",
            "new_medicines",
            "new_symptoms",
            "suicidal_thoughts_since_last_visit",
            "could_be_pregnant",
            "stimulant_today",
            "will_drive",
        ),
        "no",
    )
    told = {"last_solids_at": "2026-03-01T22:00", "last_liquids_at": "2026-03-02T07:00"}
    post(at_work, infusion, "readiness", escort_name="Jonas", escort_phone="1", **answers, **told)
    page = at_work.get(url(infusion)).content.decode()
    assert "Waits for the prescriber" in page
    prescribing = as_role(Client(), Role.PRESCRIBER)
    assert "Sign the order for Alma Quist" in prescribing.get(url(infusion)).content.decode()
    post(prescribing, infusion, "order", amount_mg="35", duration_min="40", pin=PIN)
    checked = {"lot": "LOT-7", "expires_on": "2030-01-31", "second": second.pk, "pin": PIN} | {
        "concentration_mg_per_ml": "10"
    }
    post(at_work, infusion, "check", **checked)
    assert "is ready for the dose" in at_work.get(url(infusion)).content.decode()
    post(at_work, infusion, "confirm")
    page = at_work.get(url(infusion)).content.decode()
    assert "Start the infusion: 35 mg over 40 min, 52.5 mg/h" in page
    post(at_work, infusion, "start", line_site="left forearm")
    assert session_now(infusion.encounter_id).stage is Stage.DOSING
    clock.shift(timedelta(minutes=10))
    post(at_work, infusion, "change", act="paused", because="nausea")
    post(at_work, infusion, "change", act="resumed", because="better")
    post(at_work, infusion, "bolus", amount_mg="1", because="by protocol")
    assert "Bolus 1 mg" in at_work.get(url(infusion)).content.decode()
    for _ in range(2):
        clock.shift(timedelta(minutes=15))
        assert "End the infusion" in at_work.get(url(infusion)).content.decode()
    post(at_work, infusion, "end", because="")
    session = session_now(infusion.encounter_id)
    assert (session.stage, session.total_mg) == (Stage.OBSERVED, 35.0)
    assert next_step(session, ()) == "observe"


def test_a_spray_page_counts_its_devices(
    at_work: Client, spray: Day, room: Room, clock: time_machine.Traveller
) -> None:
    spray.ready(room)
    assert "Device 1 of 2 is used now" in at_work.get(url(spray)).content.decode()
    post(at_work, spray, "device")
    refused = post(at_work, spray, "device")
    assert refused.status_code == 422  # type: ignore[attr-defined]
    assert b"5 minutes of rest" in refused.content  # type: ignore[attr-defined]
    clock.shift(timedelta(minutes=5))
    post(at_work, spray, "device")
    assert "End the dose: 56 mg given" in at_work.get(url(spray)).content.decode()
    post(at_work, spray, "end")
    assert session_now(spray.encounter_id).total_mg == 56.0


def test_what_stands_in_the_way_is_shown_with_rule_and_source_and_accepted_with_a_pin(
    at_work: Client, as_role: SignIn, infusion: Day, room: Room
) -> None:
    infusion.arrived(room).vitals().asked(new_symptoms=True)
    page = at_work.get(url(infusion)).content.decode()
    assert "New symptoms since the last visit" in page
    assert "DAY-6b" in page
    assert "A prescriber can accept this" in page
    prescribing = as_role(Client(), Role.PRESCRIBER)
    wrong = post(prescribing, infusion, "accept", rule_id="DAY-6b", because="a cold", pin="9999")
    assert b"not the signing PIN" in wrong.content  # type: ignore[attr-defined]
    post(prescribing, infusion, "accept", rule_id="DAY-6b", because="a cold", pin=PIN)
    assert "Accepted by" in at_work.get(url(infusion)).content.decode()


def test_a_refused_form_keeps_what_was_typed(at_work: Client, infusion: Day, room: Room) -> None:
    infusion.arrived(room).vitals().asked().ordered()
    answer = post(at_work, infusion, "check", lot="LOT-77", expires_on="2026-01-01", second="", pin="1")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert b'value="LOT-77"' in answer.content  # type: ignore[attr-defined]


@pytest.mark.hazard("HAZ-13")
def test_a_page_that_is_behind_is_answered_in_words(at_work: Client, infusion: Day, room: Room) -> None:
    behind = decision_position(infusion.patient.pk)
    infusion.arrived(room)
    answer = at_work.post(url(infusion, "cancel"), {"expected": behind, "because": "no escort"})
    assert answer.status_code == 409
    assert b"Someone else changed this chart" in answer.content


def test_a_session_is_cancelled_with_its_reason(at_work: Client, infusion: Day) -> None:
    post(at_work, infusion, "cancel", because="no escort")
    page = at_work.get(url(infusion)).content.decode()
    assert "This session was cancelled" in page
    assert "is here: take the room" not in page


@pytest.mark.hazard("HAZ-15")
def test_the_front_desk_receives_a_patient_without_reading_the_chart(
    client: Client, as_role: SignIn, clock: time_machine.Traveller, infusion: Day, room: Room
) -> None:
    desk = as_role(client, Role.FRONT_DESK)
    assert desk.get(url(infusion)).status_code == 403
    answer = post(desk, infusion, "arrive", room=room.pk)
    assert answer.url == "/today/"  # type: ignore[attr-defined]
    assert session_now(infusion.encounter_id).stage is Stage.ARRIVED
    again = post(desk, infusion, "arrive", room="")
    assert again.url == "/today/"  # type: ignore[attr-defined]


@pytest.mark.hazard("HAZ-15")
def test_a_session_elsewhere_does_not_exist(
    client: Client, as_role: SignIn, infusion: Day, miami_staff: Staff
) -> None:
    client.force_login(miami_staff[Role.NURSE], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(url(infusion)).status_code == 404


def test_no_room_free_says_what_to_do(
    at_work: Client, infusion: Day, spray: Day, room: Room, patient: Patient
) -> None:
    spray.arrived(room)
    assert "No room is free" in at_work.get(url(infusion)).content.decode()
