"""The board's sound, its pause and its lost connection in a real browser, and axe on the pages beside it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ajar.clinic.monitoring.services import note_event
from ajar.pathway.evaluation.products import Product
from ajar.pathway.staff.roles import Role
from tests.clinic.dosing.scenario import make_room, plan_day
from tests.support.browser import CheckPage
from tests.support.people import make_account, make_patient, make_site


@pytest.fixture
def served(committed_db: None) -> Iterator[LiveServer]:
    """The pages on a port of their own; it has no live stream, as after a cut."""
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


def test_sound_is_off_until_asked_for_rests_with_a_countdown_and_is_seen_from_the_tile(
    page: Page, client: Client, served: LiveServer, axe: CheckPage
) -> None:
    site, began = make_site("New York"), timezone.now() - timedelta(minutes=10)
    nurse, prescriber = make_account(Role.NURSE, site), make_account(Role.PRESCRIBER, site)
    day = plan_day(
        patient=make_patient(site, began),
        nurse=nurse,
        prescriber=prescriber,
        second=make_account(Role.NURSE, site, name="Ines Calder"),
        product=Product.KETAMINE_IV,
        now=began,
    )
    day.ready(make_room(site)).started()
    note_event(encounter_id=day.encounter_id, event="cyanosis", by=nurse, now=timezone.now())
    client.force_login(nurse, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies["ajar-session"].value
    page.context.add_cookies([{"name": "ajar-session", "value": cookie, "url": served.url}])

    page.goto(f"{served.url}/board/new-york/")
    expect(page.locator("[data-lost]")).to_contain_text("Look at the bedside monitors.")
    page.get_by_role("button", name="Sound is off on this screen. Turn it on").click()
    expect(page.get_by_role("button", name="Sound is on. Turn it off")).to_be_visible()
    page.get_by_role("button", name="Pause the sound for 2 minutes").click()
    expect(page.locator("[data-sound-left]")).to_have_text(
        re.compile(rf"Sound paused 1:\d\d · {nurse.titled_name}")
    )
    axe(page)
    page.get_by_role("button", name=re.compile("^Seen")).click()
    expect(page.locator("[data-tile]")).to_contain_text(f"seen by {nurse.titled_name}")
    expect(page.get_by_role("button", name="Sound is on. Turn it off")).to_be_visible()  # no page was loaded
    page.goto(f"{served.url}/board/new-york/?display=wall")
    expect(page.locator("[data-tile]")).to_contain_text("Cyanosis")
    axe(page)
    page.goto(f"{served.url}/board/new-york/hand-over/")
    expect(page.get_by_role("heading", name="As it stands now")).to_be_visible()
    axe(page)
