"""The quarantine in a real browser: readable at both widths, and axe finds nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway.models import DeviceState, Quarantined
from ajar.clinic.gateway.services import receive
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Room
from ajar.pathway.staff.roles import Role
from tests.clinic.gateway.conftest import Begin, Oru, from_device
from tests.support.browser import CheckPage
from tests.support.people import SignIn


@pytest.fixture
def served(committed_db: None) -> Iterator[LiveServer]:
    """The pages on a port of their own. (pytest-django's own fixture empties the ledger too early.)"""
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture
def signed_in(at_width: Page, client: Client, as_role: SignIn, served: LiveServer) -> Page:
    """The nurse's browser."""
    as_role(client, Role.NURSE)
    cookie = client.cookies["ajar-session"].value
    at_width.context.add_cookies([{"name": "ajar-session", "value": cookie, "url": served.url}])
    return at_width


def test_a_nurse_reads_why_a_message_is_held_and_records_it_where_it_belongs(
    signed_in: Page,
    served: LiveServer,
    axe: CheckPage,
    begin: Begin,
    patient: Patient,
    room: Room,
    monitor: str,
    oru: Oru,
) -> None:
    now = timezone.now()
    session: DosingNow = begin(patient, room, now - timedelta(minutes=30))
    receive(raw=oru(at=now, patient_id="AJ-0000-0000", pressure=(128, 82)), now=now)
    receive(raw=oru(at=now, spo2=140, control_id="C-2"), now=now)
    receive(raw="Dear clinic, the pressure is fine.", now=now)
    receive(raw=oru(control_id="C-3").replace("ORU^R01^ORU_R01", "ORU^R40^ORU_R40"), now=now)
    DeviceState.objects.create(device=monitor, clock_ahead_s=3660, clock_wrong_since=now)
    signed_in.goto(served.url + reverse("monitoring:board", args=[room.site.slug]))
    expect(signed_in.get_by_text("its times are not used until somebody sets it")).to_be_visible()
    axe(signed_in)
    signed_in.goto(served.url + reverse("gateway:quarantine"))
    expect(signed_in.get_by_role("heading", name="Waiting for a person (3)")).to_be_visible()
    axe(signed_in)
    held = Quarantined.objects.get(kind="wrong_patient")
    signed_in.goto(served.url + reverse("gateway:held", args=[held.pk]))
    expect(signed_in.get_by_text("The device says patient AJ-0000-0000")).to_be_visible()
    expect(signed_in.get_by_text("systolic pressure 128 mmHg")).to_be_visible()
    axe(signed_in)
    signed_in.get_by_role("button", name="Record it in this session").click()
    expect(signed_in.get_by_role("heading", name="This can't be saved yet")).to_be_visible()
    axe(signed_in)
    signed_in.get_by_label(patient.mrn).check()
    signed_in.get_by_label("Why it belongs there").fill("The monitor had the name of the morning.")
    signed_in.get_by_role("button", name="Record it in this session").click()
    expect(signed_in.get_by_text("The monitor had the name of the morning.")).to_be_visible()
    assert len(from_device(session)) == 1


def test_an_administrator_copies_a_new_key(
    at_width: Page, client: Client, as_role: SignIn, served: LiveServer, axe: CheckPage, room: Room
) -> None:
    as_role(client, Role.ADMINISTRATOR)
    cookie = client.cookies["ajar-session"].value
    at_width.context.add_cookies([{"name": "ajar-session", "value": cookie, "url": served.url}])
    at_width.goto(served.url + reverse("gateway:keys"))
    at_width.get_by_label("Name of the key").fill("Gateway")
    at_width.get_by_label("Site").select_option(label=room.site.name)
    at_width.get_by_role("button", name="Make the key").click()
    expect(at_width.get_by_text("ajar_")).to_be_visible()
    axe(at_width)
