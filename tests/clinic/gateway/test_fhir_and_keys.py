"""Observations posted by FHIR with a key: recorded, held or refused; and what is said of devices."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway.keys import key_shown, make_key, revoke_key
from ajar.clinic.gateway.models import DeviceKey, DeviceState, Held, Quarantined
from ajar.clinic.gateway.observing import NO_KEY, Reply, receive_posted
from ajar.clinic.gateway.pace import METER, Pace
from ajar.clinic.gateway.resolving import assign, bind_device, says
from ajar.clinic.gateway.services import receive
from ajar.clinic.gateway.trouble import troubles_at
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account, Site
from ajar.exchange.fhir.from_device import MAX_POST_BYTES
from ajar.pathway.ledger.entry import Source
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.staff.roles import Role
from tests.clinic.gateway.conftest import DEVICE, Oru, from_device
from tests.exchange.fhir.test_from_device import coded, observation, part
from tests.support.people import SignIn

pytestmark = pytest.mark.usefixtures("fresh_memory")


@pytest.fixture
def key(new_york: Site, staff: dict[Role, Account], now: datetime) -> DeviceKey:
    """A key of New York's gateway."""
    made, _ = make_key(name="Gateway", site=new_york, device="", by=staff[Role.ADMINISTRATOR], now=now)
    return made


def reading(now: datetime, **changes: Any) -> dict[str, Any]:
    return observation(**({"effectiveDateTime": now.isoformat()} | changes))


def post(resource: object, key: DeviceKey, now: datetime) -> Reply:
    return receive_posted(data=json.dumps(resource).encode(), key=key, now=now)


def words(reply: Reply) -> str:
    return str(reply.body["issue"][0]["diagnostics"])


@pytest.mark.hazard("HAZ-08")
def test_a_posted_panel_is_recorded_once_in_the_session_of_its_devices_room(
    running: DosingNow, key: DeviceKey, now: datetime
) -> None:
    panel = reading(
        now,
        code=coded("85354-9"),
        valueQuantity=None,
        component=[part("8480-6", 128), part("8462-4", 82)],
        subject={"identifier": {"value": running.patient.mrn}},
    )
    for _ in range(2):
        assert post(panel, key, now).status == 201
    (entry,) = from_device(running)
    assert isinstance(entry.payload, VitalsMeasured)
    assert entry.payload.values() == {"systolic_mmhg": 128, "diastolic_mmhg": 82}
    assert (entry.source, entry.source_ref) == (Source.DEVICE, "fhir:urn:clinic:gateway|r-1")
    other = panel | {"component": [part("8480-6", 150), part("8462-4", 82)]}
    assert (post(other, key, now).status, Quarantined.objects.get().kind) == (202, Held.REUSED_ID)


@pytest.mark.parametrize(
    ("changes", "status", "kind", "said"),
    [
        ({"device": {"identifier": {"value": "MON-9"}}}, 202, Held.UNKNOWN_DEVICE, "No room is known"),
        ({"subject": {"reference": "Patient/x"}}, 202, Held.WRONG_PATIENT, "does not belong"),
        ({"valueQuantity": {"value": 72, "unit": "beats"}}, 202, Held.UNKNOWN_UNIT, "a unit such as /min"),
        ({"status": "entered-in-error"}, 202, Held.WITHDRAWAL, "takes back"),
        ({"identifier": []}, 422, Held.MALFORMED, "expected identifier"),
        ({"resourceType": "Patient"}, 422, Held.WRONG_TYPE, "Expected an Observation"),
    ],
)
def test_what_is_not_recorded_is_kept_for_a_person_and_the_sender_is_told_why(
    running: DosingNow, key: DeviceKey, now: datetime, changes: Any, status: int, kind: Held, said: str
) -> None:
    reply = post(reading(now, **changes), key, now)
    held = Quarantined.objects.get()
    assert (reply.status, held.kind) == (status, kind)
    assert said in words(reply)
    assert held.site == running.site
    assert from_device(running) == []


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"pulse 72", 400), (b"x" * (MAX_POST_BYTES + 1), 413), (b'{"resourceType": "Bundle"}', 422)],
)
def test_a_body_that_is_no_observation_is_refused_and_kept(
    key: DeviceKey, now: datetime, data: bytes, status: int
) -> None:
    assert receive_posted(data=data, key=key, now=now).status == status
    held = Quarantined.objects.get()
    assert held.site == key.site
    assert says(held) == []


def test_a_held_observation_is_read_and_assigned_by_a_person(
    running: DosingNow, key: DeviceKey, nurse: Account, now: datetime
) -> None:
    post(reading(now, device={"identifier": {"value": "MON-9"}}), key, now)
    held = Quarantined.objects.get()
    assert "heart rate 72 /min" in says(held)[0]
    (entry,) = assign(held=held, encounter_id=running.encounter_id, reason="it was hers", by=nurse, now=now)
    assert entry.happened_at == now


def test_a_batch_is_answered_entry_by_entry(running: DosingNow, key: DeviceKey, now: datetime) -> None:
    entries = [{"resource": reading(now)}, {"resource": {"resourceType": "Device"}}]
    reply = post({"resourceType": "Bundle", "type": "batch", "entry": entries}, key, now)
    assert (reply.status, reply.body["type"]) == (200, "batch-response")
    assert [one["response"]["status"] for one in reply.body["entry"]] == ["201", "422"]


def test_a_key_speaks_for_its_device_and_its_site_alone(
    running: DosingNow, key: DeviceKey, miami: Site, now: datetime
) -> None:
    key.device = DEVICE
    assert post(reading(now, device=None), key, now).status == 201
    reply = post(reading(now, device={"identifier": {"value": "MON-2"}}), key, now)
    assert (reply.status, "MON-1 alone" in words(reply)) == (403, True)
    away = DeviceKey(name="Miami", site=miami)
    assert post(reading(now + timedelta(seconds=1)), away, now).status == 202
    assert len(from_device(running)) == 1


# --- over HTTP -----------------------------------------------------------------------------------------


def test_an_administrator_makes_a_key_it_is_shown_once_works_and_is_revoked(
    running: DosingNow, client: Client, as_role: SignIn, now: datetime, clock: Any, new_york: Site
) -> None:
    as_role(client, Role.ADMINISTRATOR)
    address = reverse("gateway:keys")
    assert client.post(address, {"name": "", "site": ""}).status_code == 422
    page = client.post(address, {"name": "Gateway", "site": new_york.pk, "device": ""})
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert secret not in client.get(address).content.decode()
    made = DeviceKey.objects.get()
    assert secret not in made.digest

    def send(value: float, **headers: str) -> Any:
        body = json.dumps(reading(now, valueQuantity={"value": value, "code": "/min"}))
        return Client().post("/fhir/Observation", body, content_type="application/fhir+json", headers=headers)

    shown = {"Authorization": f"Bearer {secret}"}
    answer = send(72, **shown)
    assert (answer.status_code, answer.headers["Content-Type"]) == (201, "application/fhir+json")
    big = b" " * 3_000_000
    assert Client().post("/fhir/", big, content_type="application/json", headers=shown).status_code == 413
    client.post(reverse("gateway:revoke", args=[made.pk]))
    assert "Revoked" in client.get(address).content.decode()
    refused = send(73, **shown)
    assert refused.status_code == 401
    assert refused.json()["issue"][0]["diagnostics"] == NO_KEY.words
    assert len(from_device(running)) == 1


def test_what_is_no_key_opens_nothing(key: DeviceKey, staff: dict[Role, Account], now: datetime) -> None:
    for shown in (
        "",
        "Bearer",
        "Bearer ",
        "Basic abc",
        "Bearer abc",
        f"Bearer {key.digest}",
        "Bearer \udcff",
    ):
        assert key_shown(shown) is None
    for minutes in (0, 1):
        revoke_key(key=key, by=staff[Role.ADMINISTRATOR], now=now + timedelta(minutes=minutes))
    key.refresh_from_db()
    assert key.revoked_at == now


def test_whoever_sends_too_fast_is_told_to_wait(
    running: DosingNow, key: DeviceKey, client: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(METER, "pace", Pace(per_s=0, burst=0))
    monkeypatch.setattr("ajar.clinic.gateway.fhir_views.key_shown", lambda _: key)
    for resource in (reading(now), {"resourceType": "Observation"}):
        answer = client.post("/fhir/Observation", json.dumps(resource), content_type="application/json")
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert not Quarantined.objects.exists()


# --- what is said --------------------------------------------------------------------------------------


@pytest.mark.hazard("HAZ-18")
def test_the_board_and_the_page_of_devices_say_what_is_wrong_with_a_device(
    running: DosingNow, room: Room, client: Client, as_role: SignIn, now: datetime, clock: Any, oru: Oru
) -> None:
    bind_device(device="MON-2", room=room, by="Ines Admin", now=now)
    DeviceState.objects.create(device=DEVICE, clock_ahead_s=3660, clock_wrong_since=now)
    DeviceState.objects.create(
        device="MON-2", flood_from=now - timedelta(minutes=2), flood_last_at=now, turned_away=120
    )
    DeviceState.objects.create(device="ELSEWHERE", clock_ahead_s=3660)
    clock_is_wrong = "Its clock is 61 min ahead; its times are not used until somebody sets it."
    flood = "120 messages were turned away in 3 min"
    as_role(client, Role.NURSE)
    slug = running.site.slug
    for address in (
        reverse("monitoring:board", args=[slug]),
        reverse("monitoring:board", args=[slug]) + "?rooms=1",
        reverse("gateway:troubles", args=[slug]),
        reverse("gateway:quarantine"),
    ):
        page = client.get(address).content.decode()
        assert "MON-1, Room 2:" in page
        assert clock_is_wrong in page
        assert flood in page
        assert "ELSEWHERE" not in page
    DeviceState.objects.create(device="STRAY", flood_from=now, flood_last_at=now, turned_away=7)
    assert "STRAY, in no room:" in client.get(reverse("gateway:quarantine")).content.decode()
    later = troubles_at([running.site], now=now + timedelta(minutes=2))
    assert [one.words for one in later] == [clock_is_wrong]


def test_a_monitors_own_alarms_can_be_looked_up(
    running: DosingNow, client: Client, as_role: SignIn, oru: Oru, now: datetime, clock: Any
) -> None:
    receive(raw=oru().replace("ORU^R01^ORU_R01", "ORU^R40^ORU_R40"), now=now)
    as_role(client, Role.NURSE)
    page = client.get(reverse("gateway:quarantine"))
    assert "MON-1 alarmed" in page.content.decode()
    assert (page.context["count"], list(page.context["resolved"])) == (0, [])
    held = client.get(reverse("gateway:held", args=[Quarantined.objects.get().pk]))
    assert "in no chart" in held.content.decode()
