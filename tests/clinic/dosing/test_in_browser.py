"""The routes in Chromium, on a tablet and a phone: a nurse gives the drug, and axe finds nothing."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ajar.clinic.dosing import forecasting
from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.gateway.resolving import bind_device
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product
from ajar.pathway.observations.vitals import VitalsMeasured
from tests.clinic.dosing.routes import WITH_CHAPERONE, PlanDay, handed_out, taken_at_clinic
from tests.clinic.dosing.scenario import Day, make_room
from tests.support.browser import CheckPage
from tests.support.people import BACKEND, PIN

OVERHANG_PX = "page => page.scrollWidth - page.clientWidth"


@pytest.fixture
def served(committed_db: None, clock: time_machine.Traveller) -> Iterator[str]:
    """The clinic's address, served by a thread of this process on the test's own database."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture
def at_work(served: str, page: Page, nurse: Account) -> Page:
    """The nurse's browser."""
    client = Client()
    client.force_login(nurse, backend=BACKEND)
    cookie = client.cookies["ajar-session"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": served}])
    return page


def look(page: Page, axe: CheckPage, address: str) -> None:
    """Nothing overhangs at any width, and axe finds nothing."""
    for width_px in (820, 390):
        page.set_viewport_size({"width": width_px, "height": 900})
        page.goto(address)
        assert page.locator("html").evaluate(OVERHANG_PX) <= 0, f"{address} scrolls sideways at {width_px} px"
    axe(page)


def address_of(served: str, day: Day) -> str:
    return f"{served}/encounters/{day.encounter_id}/"


def test_a_nurse_injects_into_a_muscle(
    at_work: Page, served: str, plan: PlanDay, room: Room, axe: CheckPage
) -> None:
    day = plan(Product.KETAMINE_IM).ready(room)
    look(at_work, axe, address_of(served, day))
    at_work.get_by_label("Volume in the syringe").fill("0.7")
    at_work.get_by_label("Where, such as left deltoid").fill("left deltoid")
    at_work.get_by_role("button", name="Injected now: 35 mg").click()
    expect(at_work.get_by_role("heading", name="The whole dose is in")).to_be_visible()
    at_work.get_by_role("button", name="End the dose: 35 mg given").click()
    expect(at_work.locator(".session-steps [aria-current=step]")).to_have_text("Observed")


def test_a_patient_is_moved_to_a_chair_by_keyboard_alone(
    at_work: Page, served: str, plan: PlanDay, room: Room, axe: CheckPage
) -> None:
    day, chair = plan(Product.KETAMINE_IM).ready(room), make_room(room.site, "Chair 1", 2)
    make_room(room.site, "Room 3", 3)
    for device, place in (("MON-1", room), ("MON-2", chair)):
        bind_device(device=device, room=place, by="I", now=day.now)
    at_work.set_viewport_size({"width": 820, "height": 1180})
    at_work.goto(address_of(served, day))
    at_work.get_by_role("link", name="Move to another room").press("Enter")
    expect(at_work.get_by_label("Chair 1 · monitor MON-2")).to_be_in_viewport()
    axe(at_work)
    for key in ("Tab", "Space", "Tab", "Space", "Tab"):  # the first room, and the monitor along
        at_work.keyboard.press(key)
    at_work.keyboard.type("a longer recovery")
    at_work.keyboard.press("Tab")
    at_work.keyboard.press("Enter")
    expect(at_work.get_by_role("alert")).to_contain_text("Chair 1 has a monitor of its own, MON-2")
    assert at_work.locator("html").evaluate(OVERHANG_PX) <= 0
    axe(at_work)
    along = at_work.get_by_label("The monitor goes along: MON-1")
    expect(along).to_be_checked()
    along.press("Space")
    along.press("Enter")
    expect(at_work.locator(".session-who")).to_contain_text("Chair 1")
    assert session_now(day.encounter_id).stays[-1].room_name == "Chair 1"


def test_a_nurse_watches_a_lozenge_at_home(
    at_work: Page, served: str, plan: PlanDay, room: Room, axe: CheckPage
) -> None:
    taken_at_clinic(plan(Product.KETAMINE_SL_CLINIC), room)
    day = handed_out(plan(Product.KETAMINE_SL_HOME).ordered())
    at_work.goto(address_of(served, day))
    at_work.get_by_role("button", name="Alma Quist is seen by video").click()
    look(at_work, axe, address_of(served, day))
    day.vitals().asked(home=WITH_CHAPERONE).checked_alone().confirmed()
    at_work.goto(address_of(served, day))
    at_work.get_by_role("button", name="Placed now: 100 mg").click()
    at_work.get_by_label("Held in the mouth").fill("10")
    at_work.get_by_label("Spat out").check()
    at_work.get_by_role("button", name="End the dose: 100 mg given").click()
    expect(at_work.locator(".session-steps [aria-current=step]")).to_have_text("Observed")
    assert session_now(day.encounter_id).stage is Stage.OBSERVED


def test_what_the_rems_asks_is_said_and_can_be_put_on_file(
    at_work: Page, served: str, plan: PlanDay, axe: CheckPage
) -> None:
    day = plan(Product.ESKETAMINE_IN, rems=False)
    for address in (address_of(served, day), f"{served}/patients/{day.patient.pk}/rems/"):
        look(at_work, axe, address)
    look(at_work, axe, f"{served}/rems/certifications/")


def test_the_corridor_freezes_itself_and_a_new_pressure_lands_on_it(
    at_work: Page,
    served: str,
    infusion: Day,
    room: Room,
    axe: CheckPage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forecasting, "PEOPLE", 20)
    infusion.note(VitalsMeasured(weight_kg=70.0))
    day = infusion.ready(room)
    at_work.goto(address_of(served, day))
    expect(at_work.get_by_text("Not for therapy decisions")).to_be_visible(timeout=120_000)
    summary = at_work.locator("#corridor summary").first
    summary.click()
    look(at_work, axe, address_of(served, day))
    summary.click()
    day.started().after(12).vitals(systolic_mmhg=139.0)
    told = "document.dispatchEvent(new CustomEvent('ajar:heard', {detail: {values: {systolic_mmhg: 139}}}))"
    at_work.evaluate(told)
    expect(at_work.locator("#corridor circle.chart-point")).to_have_count(1)
    expect(at_work.locator("#corridor [data-corridor-said]")).to_have_text("The corridor shows a new value.")
    assert summary.evaluate("one => one.parentElement.open && document.activeElement === one")


def scans(page: Page, code: str) -> None:
    """A keyboard wedge: it types into the lot's field, Ctrl+] for the separator, and Enter."""
    page.get_by_label("Lot, as printed").focus()
    for typed in re.split("(\x1d)", code):
        page.keyboard.press("Control+]") if typed == "\x1d" else page.keyboard.type(typed)
    page.keyboard.press("Enter")


def test_a_scanner_types_lot_and_expiry_and_its_enter_sends_nothing(
    at_work: Page, served: str, spray: Day, room: Room, axe: CheckPage
) -> None:
    spray.arrived(room).vitals().asked().ordered()
    at_work.set_viewport_size({"width": 390, "height": 900})
    at_work.goto(address_of(served, spray))
    lot, expiry = at_work.get_by_label("Lot, as printed"), at_work.get_by_label("Expires")
    said = at_work.locator("[data-scan-said]")
    scans(at_work, "01003420231131081727113010KT77")
    expect(said).to_contain_text("This package is Ketamine 10 mg/mL, 20 mL vial (PRD-02)")
    expect(lot).to_be_focused()
    assert at_work.locator("html").evaluate(OVERHANG_PX) <= 0
    axe(at_work)
    scans(at_work, "AB12345")  # a person types; what was refused is selected, and typed over
    expect(expiry).to_be_focused()
    lot.clear()
    scans(at_work, "]d201003504580280271727113010AB123\x1d21S9")
    expect(said).to_have_text("Lot AB123, expires 30 Nov 2027.")
    expect(lot).to_have_value("AB123")
    expect(at_work.get_by_label("Second person", exact=True)).to_be_focused()
    axe(at_work)
    scans(at_work, "01003504580280271728053110CD456")  # the next package replaces both
    expect(said).to_have_text("Lot CD456, expires 31 May 2028.")
    expect(expiry).to_have_value("2028-05-31")
    assert session_now(spray.encounter_id).check is None
    at_work.get_by_label("Second person", exact=True).select_option(index=1)
    at_work.get_by_label("Signing PIN of the second person").fill(PIN)
    at_work.get_by_role("button", name="Checked by both: 56 mg").click()
    expect(at_work.get_by_text("Lot CD456, checked by")).to_be_visible()
