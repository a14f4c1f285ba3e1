"""The patient's screen in Chromium: a key, a finger, a ring and a lost network."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ajar.clinic.bedside.links import path_of
from ajar.clinic.bedside.models import PatientScreen
from ajar.clinic.bedside.services import Wishes, make_screen
from ajar.clinic.monitoring.selectors import standing_alarms
from ajar.clinic.monitoring.services import acknowledge_alarm
from ajar.pathway.evaluation.products import Product
from ajar.pathway.staff.roles import Role
from tests.clinic.dosing.scenario import Day, make_room, plan_day
from tests.support.browser import CheckPage
from tests.support.people import make_account

pytestmark = pytest.mark.hazard("HAZ-30")


@pytest.fixture
def served(committed_db: None) -> Iterator[str]:
    """The clinic's address, served by a thread of this process on the test's own database."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture
def day(served, patient, nurse, prescriber, new_york) -> Day:
    second = make_account(Role.NURSE, new_york, name="Ines Calder")
    arrived_at = timezone.now() - timedelta(minutes=5)
    planned = plan_day(
        patient=patient,
        nurse=nurse,
        prescriber=prescriber,
        second=second,
        product=Product.KETAMINE_IV,
        now=arrived_at,
    )
    return planned.arrived(make_room(new_york)).vitals()


def call_of(day):
    return [alarm for alarm in standing_alarms(day.encounter_id, now=timezone.now()) if alarm.id == "MON-9"]


@pytest.fixture
def shown(served, day, page: Page) -> Iterator[Page]:
    """The screen with everything a patient may want on it; it complains of nothing."""
    wishes = Wishes(asks_for_taps=True, shows_intention=True, shows_music=True)
    screen = make_screen(encounter=day.encounter, wishes=wishes, by=day.nurse, now=timezone.now())
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": 390, "height": 844})
    page.clock.install()
    page.goto(served + path_of(screen))
    page.clock.run_for(3000)
    yield page
    assert complaints == []


def test_a_key_or_a_finger_calls_and_the_screen_answers(shown: Page, day, axe: CheckPage):
    words, target = shown.locator("[data-words]"), shown.get_by_role("button", name="Help")
    box = target.bounding_box()
    assert box is not None
    assert (box["width"] >= 360, box["height"] >= 400) == (True, True)
    axe(shown)
    the_ring_is_tapped(shown)
    assert call_of(day) == []

    shown.keyboard.press("Space")
    expect(words).to_have_text("Help is coming")
    [alarm] = call_of(day)
    axe(shown)
    acknowledge_alarm(encounter_id=day.encounter_id, alarm=alarm, by=day.nurse, now=timezone.now())
    shown.clock.run_for(2100)
    expect(words).to_have_text("Someone has seen your call and is coming")
    target.click()  # again: nobody came
    expect(words).to_have_text("Help is coming")
    assert [alarm.seen_by for alarm in call_of(day)] == [""]
    assert PatientScreen.objects.get().taps == 1
    the_network_is_lost_and_found(shown)


def the_ring_is_tapped(shown: Page) -> None:
    shown.clock.fast_forward("05:00")
    ring = shown.get_by_role("button", name="Tap when the ring glows")
    expect(ring).to_be_enabled()
    ring.click()
    expect(ring).to_be_disabled()


def the_network_is_lost_and_found(shown: Page) -> None:
    words = shown.locator("[data-words]")
    shown.context.set_offline(True)
    for _ in range(5):
        shown.clock.run_for(2000)
    expect(words).to_have_text("No connection: call out if you need someone")
    shown.context.set_offline(False)
    shown.clock.run_for(2100)
    expect(words).to_have_text("Help is coming")
