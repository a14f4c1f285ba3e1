"""A dose at home in Chromium: a cuff is read, a bad packet fills nothing in, a lost clinic is said."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ajar.clinic.monitoring.selectors import vitals_now
from tests.clinic.dosing.scenario import Day
from tests.support.browser import CheckPage
from tests.support.people import BACKEND

CUFF = """
class Characteristic extends EventTarget { async startNotifications() { window.cuff = this; } }
const service = { getCharacteristic: async (uuid) => { window.asked = uuid; return new Characteristic(); } };
const server = { getPrimaryService: async () => service };
Object.defineProperty(navigator, "bluetooth", { value: {
  requestDevice: async ({ filters }) => {
    window.filters = filters; return { name: "Cuff 7", gatt: { connect: async () => server } };
  },
} });
window.tell = (hex) => {
  const bytes = Uint8Array.from(hex.match(/../g), (two) => parseInt(two, 16));
  window.cuff.value = new DataView(bytes.buffer);
  window.cuff.dispatchEvent(new Event("characteristicvaluechanged"));
};
"""


@pytest.fixture
def now() -> datetime:
    """The real clock: the browser has no other."""
    return timezone.now() - timedelta(minutes=4)


@pytest.fixture
def served(committed_db: None) -> Iterator[str]:
    """The clinic's address, served by a thread of this process on the test's own database."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.mark.hazard("HAZ-31")
def test_a_cuff_is_read_by_bluetooth_and_a_bad_packet_fills_nothing_in(
    served, home_day: Day, patient, page: Page, axe: CheckPage
):
    home_day.arrived(None)
    client = Client()
    client.force_login(patient.account, backend=BACKEND)
    cookie = client.cookies["ajar-session"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": served}])
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(CUFF)
    page.clock.install()
    page.goto(f"{served}/me/home-session/")
    expect(page.get_by_role("heading", name="Do not take the lozenge yet")).to_be_visible()
    expect(page.get_by_text("This page has lost the clinic.")).to_be_hidden()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.get_by_role("button", name="Read the cuff by Bluetooth").click()
    told, upper = page.locator("[data-home-told]"), page.get_by_label("Upper number")
    expect(told).to_have_text("Measure now: the value appears here by itself.")
    assert page.evaluate("[window.filters[0].services[0], window.asked]") == [0x1810, 0x2A35]
    for packet in ("007C00", "00FF07FF07FF07"):
        page.evaluate("(hex) => tell(hex)", packet)
        expect(told).to_have_text("The device says that this was no good measurement. Measure again.")
        expect(upper).to_have_value("")
    page.evaluate("(hex) => tell(hex)", "047C004E005D004800")
    expect(upper).to_have_value("124")
    page.get_by_role("button", name="Send these values").click()
    expect(page.get_by_text("124/78 mmHg")).to_be_visible()
    newest = vitals_now(home_day.encounter_id).latest("heart_rate_bpm")
    assert newest is not None
    assert newest.value == 72

    page.context.set_offline(True)
    for _ in range(4):
        page.clock.run_for(10_000)
    expect(page.get_by_text("This page has lost the clinic.")).to_be_visible()
