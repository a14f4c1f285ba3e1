"""Entered without a network: kept, shown, sent once. Quick events and corrections on the flowsheet."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.monitoring import services
from ajar.clinic.monitoring.once import SentBefore
from ajar.clinic.patients.models import Encounter
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account
from ajar.pathway.monitoring.entries import EventNoted, Severity
from ajar.pathway.observations.vitals import DissociationRated, SedationRated, VitalsMeasured
from ajar.pathway.staff.roles import Role
from tests.clinic.discharge.telling import Told
from tests.clinic.dosing.scenario import Day
from tests.support.browser import CheckPage
from tests.support.people import BACKEND, SignIn


@pytest.fixture
def running(infusion: Day, room: Room) -> Day:
    """An infusion that has just begun."""
    return infusion.ready(room).started()


@pytest.fixture
def at_work(client: Client, as_role: SignIn, clock: time_machine.Traveller) -> Client:
    """The nurse's browser."""
    return as_role(client, Role.NURSE)


def url(day: Day, rest: str) -> str:
    return f"/encounters/{day.encounter_id}/{rest}"


def events(encounter_id: object) -> list[EventNoted]:
    told = [entry.payload for entry in all_encounter_entries(encounter_id)]  # type: ignore[arg-type]
    return [payload for payload in told if isinstance(payload, EventNoted)]


@pytest.mark.hazard("HAZ-08")
def test_a_second_copy_of_a_form_records_nothing_and_another_fact_under_its_key_is_refused(
    running: Day,
) -> None:
    key = uuid4().hex
    said = {"encounter_id": running.encounter_id, "by": running.nurse, "once": key}
    first = services.note_event(event="nausea", now=running.now, **said)  # type: ignore[arg-type]
    again = services.note_event(event="nausea", now=running.after(10).now, **said)  # type: ignore[arg-type]
    assert again == first
    assert len(events(running.encounter_id)) == 1
    with pytest.raises(SentBefore):
        services.rate_sedation(moaa_s=4, now=running.after(10).now, **said)  # type: ignore[arg-type]
    services.note_event(event="nausea", now=running.after(11).now, **(said | {"once": uuid4().hex}))  # type: ignore[arg-type]
    assert len(events(running.encounter_id)) == 2


@pytest.mark.hazard("HAZ-07")
def test_what_a_tablet_kept_is_told_with_both_times_and_under_its_own_name(
    at_work: Client, running: Day, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=10))
    kept = {"X-Requested-With": "keep"}
    tapped = running.after(2).now.isoformat()
    typed = {"systolic_mmhg": "128", "diastolic_mmhg": "82", "once": "k1", "tapped_at": tapped}
    mine = {**typed, "author": str(running.nurse.pk)}
    for _ in range(2):
        answer = at_work.post(url(running, "vitals/"), mine, headers=kept)
        assert (answer.status_code, answer.json()) == (200, {"saved": True})
    newest = all_encounter_entries(running.encounter_id)[-1]
    assert newest.happened_at == running.after(2).now
    assert newest.recorded_at == running.after(10).now
    refused = at_work.post(url(running, "vitals/"), {**typed, "author": "x", "once": "k2"}, headers=kept)
    assert refused.status_code == 422
    assert "Somebody else entered this" in refused.json()["refused"][0]
    for wrong in ("soon", "2026-03-02T10:00"):
        answer = at_work.post(url(running, "sedation/"), {"moaa_s": "4", "tapped_at": wrong}, headers=kept)
        assert "cannot be read" in answer.json()["refused"][0]
    high = {"systolic_mmhg": "204", "diastolic_mmhg": "110", "once": "k3"}
    asked = at_work.post(url(running, "vitals/"), high, headers=kept).json()
    assert asked["ask"] == "204/110"
    right = at_work.post(url(running, "vitals/"), {**high, "confirmed": asked["ask"]}, headers=kept)
    assert right.json() == {"saved": True}


def test_a_quick_event_is_one_tap_on_the_flowsheet_with_how_long_ago_it_was(
    at_work: Client, running: Day, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=10))
    page = at_work.get(url(running, "flowsheet/")).content.decode()
    for name in (
        "nausea",
        "distressing dissociation",
        "reassurance given",
        "music changed",
        "antiemetic given",
    ):
        assert f'name="event" value="{name}"' in page
    answer = at_work.post(url(running, "events/?back=flowsheet"), {"event": "nausea", "ago_min": "5"})
    assert answer.url == url(running, "flowsheet/")  # type: ignore[attr-defined]
    assert all_encounter_entries(running.encounter_id)[-1].happened_at == running.after(5).now


@pytest.mark.hazard("HAZ-12")
def test_every_kind_of_value_is_corrected_from_the_flowsheet_and_the_old_one_stays_struck(
    at_work: Client, running: Day
) -> None:
    told = {"encounter_id": running.encounter_id, "by": running.second, "now": running.now}
    kinds = (
        (services.rate_sedation(moaa_s=3, **told), {"moaa_s": "4"}, SedationRated(moaa_s=4)),  # type: ignore[arg-type]
        (
            services.rate_dissociation(items=(1, 1, 1, 1, 1, 1), distress=True, **told),  # type: ignore[arg-type]
            {**{f"item_{n}": "0" for n in (1, 2, 6, 7, 15, 22)}, "distress": "no"},
            DissociationRated(items=(0, 0, 0, 0, 0, 0), distress=False),
        ),
        (
            services.note_event(event="headache", severity=Severity.MILD, **told),  # type: ignore[arg-type]
            {"event": "dizziness", "severity": "moderate"},
            EventNoted(event="dizziness", severity=Severity.MODERATE, action=""),
        ),
    )
    sheet = at_work.get(url(running, "flowsheet/")).content.decode()
    for entry, typed, expected in kinds:
        address = url(running, f"correct/{entry.id}/?back=flowsheet")
        assert address in sheet
        assert at_work.get(address).status_code == 200
        done = at_work.post(address, {**typed, "reason": "typed wrongly"})
        assert done.url == url(running, "flowsheet/")  # type: ignore[attr-defined]
        newest = all_encounter_entries(running.encounter_id)[-1]
        assert (newest.payload, newest.supersedes, newest.happened_at) == (
            expected,
            entry.id,
            entry.happened_at,
        )
    sheet = " ".join(at_work.get(url(running, "flowsheet/")).content.decode().split())
    for old in ("3", "6, distress", "Headache, mild"):
        assert f"<s>{old}</s>" in sheet
    assert f"by {running.second.titled_name}; replaced by {running.nurse.titled_name}," in sheet


@pytest.fixture
def served(committed_db: None) -> Iterator[str]:
    """The clinic's address, served by a thread of this process on the test's own database."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.mark.hazard("HAZ-07")
@pytest.mark.hazard("HAZ-08")
def test_a_tablet_without_network_keeps_what_is_entered_says_so_and_sends_it_once(
    served: str, page: Page, session: Encounter, nurse: Account, axe: CheckPage
) -> None:
    Told(encounter=session, by=nurse, start=timezone.now() - timedelta(minutes=30)).dosed()
    client = Client()
    client.force_login(nurse, backend=BACKEND)
    cookie = client.cookies["ajar-session"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": served}])
    page.goto(f"{served}/encounters/{session.pk}/")
    before = len(all_encounter_entries(session.pk))
    page.context.set_offline(True)
    page.get_by_role("button", name="Nausea").click()
    unsaved = page.get_by_role("region", name="Not yet saved")
    expect(unsaved.get_by_role("listitem")).to_have_count(1)
    page.locator("#id_systolic_mmhg").fill("128")
    page.locator("#id_diastolic_mmhg").fill("82")
    page.locator("#id_diastolic_mmhg").press("Enter")
    expect(unsaved.get_by_role("listitem")).to_have_count(2)
    expect(unsaved).to_contain_text("Vital signs: 128, 82 not yet saved")
    axe(page)
    assert len(all_encounter_entries(session.pk)) == before
    kept = page.evaluate("localStorage.getItem('ajar-not-yet-saved')")
    page.context.set_offline(False)
    expect(unsaved).to_be_hidden(timeout=15_000)
    page.evaluate(
        "kept => localStorage.setItem('ajar-not-yet-saved', kept)", kept
    )  # as if no answer had come
    page.reload()
    expect(page.get_by_role("region", name="Not yet saved")).to_be_hidden(timeout=15_000)
    told = all_encounter_entries(session.pk)[before:]
    assert sorted(entry.payload.KIND for entry in told) == ["event.noted", "vitals.measured"]
    assert all(entry.happened_at < entry.recorded_at for entry in told)
    measured = next(entry.payload for entry in told if isinstance(entry.payload, VitalsMeasured))
    assert (measured.systolic_mmhg, measured.diastolic_mmhg) == (128, 82)
