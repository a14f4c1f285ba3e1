"""Going home in Chromium: the button says what it will do, the criteria follow, and axe finds nothing."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ajar.clinic.dosing.selectors import session_now
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.observations.vitals import VitalsMeasured
from tests.clinic.discharge.telling import Told
from tests.support.browser import CheckPage
from tests.support.people import BACKEND


@pytest.fixture
def served(committed_db: None) -> Iterator[str]:
    """The clinic's address, served by a thread of this process on the test's own database."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture
def told(served, session, nurse) -> Told:
    told = Told(encounter=session, by=nurse, start=timezone.now() - timedelta(minutes=127))
    return told.watched(until=126)


@pytest.fixture
def at_work(served, page: Page, nurse) -> Page:
    client = Client()
    client.force_login(nurse, backend=BACKEND)
    cookie = client.cookies["ajar-session"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": served}])
    return page


@pytest.mark.parametrize("width_px", [390, 1440])
def test_a_nurse_confirms_recovery_and_releases_to_a_named_person(
    at_work, served, told, session, axe: CheckPage, width_px
):
    at_work.set_viewport_size({"width": width_px, "height": 900})
    complaints: list[str] = []
    at_work.on("pageerror", lambda error: complaints.append(str(error)))
    at_work.on("console", lambda message: complaints.append(message.text))
    at_work.goto(f"{served}/encounters/{session.pk}/discharge/")
    axe(at_work)
    at_work.get_by_role("button", name="Confirm: Alma Quist has recovered").click()

    button = at_work.locator("#release-button")
    expect(button).to_have_text(re.compile(r"Release: choose to whom,\s+\d\d:\d\d E[SD]T"))
    at_work.get_by_label("Rosa Garland").check()
    expect(button).to_have_text(re.compile(r"Release to Rosa Garland,\s+\d\d:\d\d E[SD]T"))
    at_work.get_by_label("Somebody else", exact=True).check()
    at_work.get_by_label("Name, if somebody else").fill("Tomas Lind")
    expect(button).to_have_text(re.compile(r"Release to Tomas Lind,\s+\d\d:\d\d E[SD]T"))
    axe(at_work)

    at_work.get_by_label("Who this is to the patient").fill("brother")
    at_work.get_by_label("The patient", exact=True).check()
    at_work.get_by_label("The person who takes them home").check()
    at_work.get_by_label("Without the minimum stay").fill("95")
    button.click()
    expect(at_work.get_by_role("heading", name="This session is closed")).to_be_visible()
    assert session_now(session.pk).stage is Stage.DISCHARGED
    for address in ("note", "rems"):
        at_work.goto(f"{served}/encounters/{session.pk}/{address}/")
        axe(at_work)
        assert at_work.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert complaints == []


def test_the_criteria_follow_what_is_recorded_without_a_reload(at_work, served, told, session):
    at_work.goto(f"{served}/encounters/{session.pk}/discharge/")
    confirm = at_work.get_by_role("button", name="Confirm: Alma Quist has recovered")
    expect(confirm).to_be_visible()
    told.tell(126.5, VitalsMeasured(spo2_percent=88))
    for place in ("#criteria", "#gates"):  # the list, and the strip that comes with it
        expect(at_work.locator(place).get_by_text("Oxygen is too low.")).to_be_visible(timeout=20_000)
    expect(confirm).to_be_hidden()


def test_a_patient_signs_a_consent_on_a_phone(served, page: Page, patient, axe: CheckPage):
    client = Client()
    client.force_login(patient.account, backend=BACKEND)
    cookie = client.cookies["ajar-session"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": served}])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{served}/patients/{patient.pk}/consent/")
    axe(page)
    page.get_by_role("link", name="Read and sign").first.click()
    axe(page)
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    page.get_by_label("Your full name").fill("Alma Quist")
    page.get_by_role("button", name="Sign as Alma Quist").click()
    expect(page.get_by_text("Waits for the prescriber")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Read or print what was signed").click()
    axe(page)
