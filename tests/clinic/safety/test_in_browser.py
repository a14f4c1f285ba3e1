"""Adverse events in Chromium: on a phone, a tablet and a desk, by keyboard, and axe finds nothing."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ajar.clinic.safety.selectors import report_of
from ajar.pathway.monitoring.entries import EventNoted, Severity
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
    told = Told(encounter=session, by=nurse, start=timezone.now() - timedelta(minutes=127)).dosed()
    told.tell(20, EventNoted(event="nausea", severity=Severity.MODERATE, action="", note="asked for a bowl"))
    told.tell(40, VitalsMeasured(systolic_mmhg=186, diastolic_mmhg=104))
    told.tell(55, VitalsMeasured(systolic_mmhg=130, diastolic_mmhg=84))
    return told


@pytest.mark.parametrize("width_px", [390, 1280])
def test_a_nurse_begins_with_what_was_seen_and_records_it(
    served, page: Page, told, session, patient, nurse, axe: CheckPage, width_px
):
    client = Client()
    client.force_login(nurse, backend=BACKEND)
    cookie = client.cookies["ajar-session"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": served}])
    page.set_viewport_size({"width": width_px, "height": 900})
    page.goto(f"{served}/encounters/{session.pk}/adverse-events/")
    axe(page)
    page.get_by_role("link", name=re.compile("^Begin with this.*Blood pressure increased")).click()
    page.get_by_label("What was done").fill("rested, measured again")
    page.get_by_label("How it stands").select_option("resolved")
    page.get_by_label("Was it the drug?").select_option("related")
    page.get_by_label("Is it serious?").select_option("no")
    page.get_by_role("button", name="Record this event").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name="not graded")).to_be_visible()
    (line,) = report_of(patient, viewer=nurse)
    assert line.event.grade is None
    for address in (f"encounters/{session.pk}/adverse-events/", f"patients/{patient.pk}/adverse-events/"):
        page.goto(f"{served}/{address}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
