"""The replay page: one moment at a time, by plain links, with what was known then and under which limits."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ajar.clinic.governance.models import SignedConfiguration
from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.monitoring import services
from ajar.clinic.patients.models import Encounter
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account
from ajar.pathway.governance.configuration import ConfigurationRefused
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.staff.roles import Role
from tests.clinic.discharge.telling import Told
from tests.clinic.dosing.scenario import Day
from tests.support.browser import CheckPage
from tests.support.people import BACKEND, SignIn


@pytest.fixture
def told(infusion: Day, room: Room) -> Day:
    """A pressure of 204 at minute 10, corrected to 124 at minute 12."""
    running = infusion.ready(room).started()
    running.after(10).vitals(systolic_mmhg=204.0, diastolic_mmhg=86.0)
    services.correct_reading(
        entry=all_encounter_entries(running.encounter_id)[-1],
        corrected=VitalsMeasured(systolic_mmhg=124.0, diastolic_mmhg=86.0),
        reason="typed 204 for 124",
        by=running.second,
        now=running.after(12).now,
    )
    return running


def page(client: Client, day: Day, rest: str = "") -> str:
    found = client.get(f"/encounters/{day.encounter_id}/replay/{rest}")
    assert found.status_code == 200
    return re.sub(r"\s+", " ", found.content.decode())


@pytest.mark.hazard("HAZ-12")
def test_a_moment_shows_what_was_known_then_and_what_became_of_it(
    client: Client, as_role: SignIn, told: Day
) -> None:
    at_work = as_role(client, Role.THERAPIST)
    number = len(all_encounter_entries(told.encounter_id))
    then = page(at_work, told, f"?moment={number - 1}")
    assert "<b>204/86</b>" in then
    assert "SBP 204 ≥ 200" in then
    assert f"corrected later to 124/86 by {told.second.titled_name}" in then
    assert "typed 204 for 124" in then
    assert "limits then in force: 2026-11" in then
    assert "0:10 h since the first dose" in then
    assert 'rel="prev"' in then
    assert then.count("data-moment=") == number + 1  # every entry is a plain link; the part names its own
    last = page(at_work, told)
    assert "SBP 204 ≥ 200" not in last
    assert "<s>204/86</s>" in last
    assert 'rel="next"' not in last
    part = page(at_work, told, "?moment=1&known=1")
    assert "<html" not in part
    assert 'rel="prev"' not in part
    for wrong in ("0", "x", str(number + 1)):
        assert at_work.get(f"/encounters/{told.encounter_id}/replay/?moment={wrong}").status_code == 404
    assert (
        f"/encounters/{told.encounter_id}/replay/"
        in at_work.get(f"/encounters/{told.encounter_id}/flowsheet/").content.decode()
    )


def test_limits_that_can_no_longer_be_read_give_way_to_the_present_ones_and_the_page_says_so(
    client: Client, as_role: SignIn, told: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_: object) -> None:
        raise ConfigurationRefused(["written for another release"])

    monkeypatch.setattr("ajar.clinic.monitoring.replaying.programme_at", unreadable)
    assert "can no longer be read; computed with the present ones" in page(as_role(client, Role.NURSE), told)


def test_a_configuration_signed_afterwards_changes_no_earlier_moment(
    client: Client, as_role: SignIn, told: Day
) -> None:
    SignedConfiguration.objects.create(
        version="later",
        text="not read for a moment before it",
        digest="",
        signed_by=told.prescriber,
        printed_name="x",
        meaning="x",
        signed_at=told.after(60).now,
    )
    assert "limits then in force: 2026-11" in page(as_role(client, Role.NURSE), told)


@pytest.fixture
def served(committed_db: None) -> Iterator[str]:
    """The clinic's address, served by a thread of this process on the test's own database."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


def test_the_slider_is_moved_by_keys_and_a_value_is_corrected_from_the_flowsheet(
    served: str, page: Page, session: Encounter, nurse: Account, axe: CheckPage
) -> None:
    told = Told(encounter=session, by=nurse, start=timezone.now() - timedelta(minutes=60)).dosed()
    told.tell(30, VitalsMeasured(systolic_mmhg=138, diastolic_mmhg=88))
    client = Client()
    client.force_login(nurse, backend=BACKEND)
    cookie = client.cookies["ajar-session"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": served}])
    page.goto(f"{served}/encounters/{session.pk}/replay/")
    heading = page.locator("#known-title")
    expect(heading).to_contain_text("Blood pressure 138/88")
    axe(page)
    slider = page.get_by_role("slider", name="Moment")
    slider.press("ArrowLeft")
    expect(heading).to_contain_text("Dose ended")
    slider.press("Home")
    expect(heading).to_contain_text("Session planned")
    page.get_by_role("link", name="Later").press("Enter")
    expect(heading).to_contain_text("Patient arrived")
    expect(page.get_by_role("link", name="Later")).to_be_focused()

    page.goto(f"{served}/encounters/{session.pk}/flowsheet/")
    page.get_by_text("The same as a table; correct a value here").click()
    page.get_by_role("link", name="Correct Blood pressure 138/88").click()
    axe(page)
    page.get_by_label("Systolic").fill("128")
    page.get_by_label("Reason for the correction").fill("typed 138 for 128")
    page.get_by_role("button", name="Record the correction").click()
    page.get_by_text("The same as a table; correct a value here").click()
    expect(page.locator("s", has_text="138/88")).to_be_visible()
    axe(page)
