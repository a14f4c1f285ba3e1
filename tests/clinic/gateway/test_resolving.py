"""What people do with held messages: assign with a reason, set aside with a reason, once."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway.models import DeviceBinding, Held, Quarantined
from ajar.clinic.gateway.resolving import ResolutionRefused, assign, bind_device, dismiss, says
from ajar.clinic.gateway.services import receive
from ajar.clinic.scheduling.models import Room
from ajar.clinic.scheduling.services import add_room
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.ledger.entry import AuthorKind, Source
from ajar.pathway.observations.vitals import SignalLost, VitalsMeasured
from ajar.pathway.staff.roles import Role
from tests.clinic.gateway.conftest import Oru, from_device
from tests.support.people import SignIn, Staff


@pytest.fixture
def wrong_patient(running: DosingNow, oru: Oru, now: datetime) -> Quarantined:
    """A reading held because the monitor was told another patient."""
    receive(raw=oru(patient_id="AJ-0000-0000"), now=now)
    return Quarantined.objects.get()


def test_a_held_reading_is_recorded_in_the_session_a_person_names(
    wrong_patient: Quarantined, running: DosingNow, nurse: Account, now: datetime
) -> None:
    later = now + timedelta(minutes=10)
    (entry,) = assign(
        held=wrong_patient,
        encounter_id=running.encounter_id,
        reason="The monitor still had the name of the morning.",
        by=nurse,
        now=later,
    )
    assert from_device(running) == [entry]
    assert (entry.happened_at, entry.recorded_at) == (now, later)
    assert (entry.source, entry.source_ref) == (Source.DEVICE, "hl7:B40|NEW YORK|C-1")
    assert (entry.recorded_by.kind, entry.recorded_by.name) == (AuthorKind.STAFF, nurse.titled_name)
    assert "name of the morning" in entry.reason
    wrong_patient.refresh_from_db()
    assert wrong_patient.status == Quarantined.Status.ASSIGNED
    assert (wrong_patient.resolved_by, wrong_patient.resolved_at) == (nurse, later)
    assert wrong_patient.encounter_id == running.encounter_id


@pytest.mark.hazard("HAZ-10")
def test_of_an_impossible_reading_the_rest_is_recorded_and_the_impossible_is_a_gap(
    running: DosingNow, oru: Oru, nurse: Account, now: datetime
) -> None:
    receive(raw=oru(spo2=140), now=now)
    assign(
        held=Quarantined.objects.get(),
        encounter_id=running.encounter_id,
        reason="Probe artefact.",
        by=nurse,
        now=now,
    )
    vitals, gap = (entry.payload for entry in from_device(running))
    assert isinstance(vitals, VitalsMeasured)
    assert vitals.values() == {"heart_rate_bpm": 72}
    assert isinstance(gap, SignalLost)
    assert gap.lost[0].because.startswith("Oxygen saturation 140 %")


@pytest.mark.hazard("HAZ-18")
def test_a_reading_from_a_clock_ahead_is_recorded_when_it_was_received(
    running: DosingNow, oru: Oru, nurse: Account, now: datetime
) -> None:
    receive(raw=oru(at=now + timedelta(hours=3)), now=now)
    (entry,) = assign(
        held=Quarantined.objects.get(),
        encounter_id=running.encounter_id,
        reason="Clock on Berlin time.",
        by=nurse,
        now=now + timedelta(hours=1),
    )
    assert entry.happened_at == now


def refused(held: Quarantined, session: DosingNow, by: Account, now: datetime, reason: str = "Mine.") -> str:
    with pytest.raises(ResolutionRefused) as problem:
        assign(held=held, encounter_id=session.encounter_id, reason=reason, by=by, now=now)
    return str(problem.value)


def test_without_a_reason_nothing_is_resolved(
    wrong_patient: Quarantined, running: DosingNow, nurse: Account, now: datetime
) -> None:
    assert "Write why" in refused(wrong_patient, running, nurse, now, reason=" ")
    with pytest.raises(ResolutionRefused, match="Write why"):
        dismiss(held=[wrong_patient], reason="", by=nurse, now=now)


def test_a_message_is_resolved_once(
    wrong_patient: Quarantined, running: DosingNow, nurse: Account, now: datetime
) -> None:
    dismiss(held=[wrong_patient], reason="Test of the monitor.", by=nurse, now=now)
    assert "resolved this message before: dismissed" in refused(wrong_patient, running, nurse, now)


@pytest.mark.hazard("HAZ-08")
def test_a_message_is_not_recorded_a_second_time_by_hand(
    wrong_patient: Quarantined, running: DosingNow, oru: Oru, nurse: Account, now: datetime
) -> None:
    receive(raw=oru(), now=now)
    assert "in a chart already" in refused(wrong_patient, running, nurse, now)


def test_an_unreadable_message_cannot_be_assigned(running: DosingNow, nurse: Account, now: datetime) -> None:
    receive(raw="not a message", now=now)
    assert "Nothing in this message" in refused(Quarantined.objects.get(), running, nurse, now)


def test_a_message_of_which_only_the_beginning_is_kept_cannot_be_assigned(
    running: DosingNow, oru: Oru, nurse: Account, now: datetime
) -> None:
    receive(raw=oru(spo2=140) + "ZZZ|" + "x" * 100_000, now=now)
    assert "Nothing in this message" in refused(Quarantined.objects.get(), running, nurse, now)


def test_a_session_of_another_site_is_not_among_the_choices(
    wrong_patient: Quarantined, running: DosingNow, miami_staff: Staff, now: datetime
) -> None:
    assert "Choose one of the sessions" in refused(wrong_patient, running, miami_staff[Role.NURSE], now)


def test_a_held_message_says_what_it_holds_in_words(running: DosingNow, oru: Oru, now: datetime) -> None:
    receive(raw=oru(heart_rate=None, spo2=140), now=now)
    (line,) = says(Quarantined.objects.get())
    assert line == (
        "02 Mar 10:00:00 EST: heart rate: the device could not obtain it; "
        "Oxygen saturation 140 % cannot be right: expected 40 to 100."
    )
    receive(raw=oru(device="MON-9"), now=now)
    assert says(Quarantined.objects.get(kind=Held.UNKNOWN_DEVICE)) == [
        "02 Mar 15:00:00 UTC: heart rate 72 /min; oxygen saturation 97 %"
    ]


# --- pages ---------------------------------------------------------------------------------------


@pytest.fixture
def signed_in(client: Client, as_role: SignIn, clock: object) -> Client:
    """The nurse's browser."""
    return as_role(client, Role.NURSE)


def test_the_list_shows_what_waits_with_its_reason(signed_in: Client, wrong_patient: Quarantined) -> None:
    page = signed_in.get(reverse("gateway:quarantine")).content.decode()
    assert "Waiting for a person (1)" in page
    assert "Another patient" in page
    assert "MON-1" in page


def test_the_page_of_a_message_shows_it_as_it_came_and_harmless(
    signed_in: Client, running: DosingNow, now: datetime
) -> None:
    receive(raw="MSH|^~\\&|<script>alert(1)</script>", now=now)
    page = signed_in.get(reverse("gateway:held", args=[Quarantined.objects.get().pk])).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "The message ends inside its header" in page


def test_a_nurse_assigns_a_message_on_its_page(
    signed_in: Client, wrong_patient: Quarantined, running: DosingNow
) -> None:
    page = signed_in.get(reverse("gateway:held", args=[wrong_patient.pk])).content.decode()
    assert running.patient.mrn in page
    answer = signed_in.post(
        reverse("gateway:assign", args=[wrong_patient.pk]),
        {"encounter": str(running.encounter_id), "reason": "Name of the morning."},
    )
    assert answer.status_code == 302
    assert len(from_device(running)) == 1
    listed = signed_in.get(reverse("gateway:quarantine")).content.decode()
    assert "Nothing is held" in listed
    assert "Name of the morning." in listed


def test_what_was_typed_stays_when_assigning_is_refused(
    signed_in: Client, wrong_patient: Quarantined, running: DosingNow, oru: Oru, now: datetime
) -> None:
    url = reverse("gateway:assign", args=[wrong_patient.pk])
    missing = signed_in.post(url, {"reason": "Name of the morning."})
    assert missing.status_code == 422
    assert "Name of the morning." in missing.content.decode()
    receive(raw=oru(), now=now)
    twice = signed_in.post(url, {"encounter": str(running.encounter_id), "reason": "Again."})
    assert twice.status_code == 422
    assert "in a chart already" in twice.content.decode()


def test_a_nurse_sets_a_message_aside_with_the_others_like_it(
    signed_in: Client, wrong_patient: Quarantined, oru: Oru, nurse: Account, now: datetime
) -> None:
    receive(raw=oru(patient_id="AJ-0000-0000", control_id="C-2"), now=now)
    receive(raw="unlike it", now=now)
    url = reverse("gateway:dismiss", args=[wrong_patient.pk])
    assert signed_in.post(url, {"reason": ""}).status_code == 422
    assert signed_in.post(url, {"reason": "Monitor test.", "others": "on"}).status_code == 302
    statuses = Quarantined.objects.order_by("kind").values_list("kind", "status", "resolution")
    assert set(statuses) == {
        (Held.WRONG_PATIENT, "dismissed", "Monitor test."),
        (Held.MALFORMED, "open", ""),
    }
    assert signed_in.post(url, {"reason": "Again."}).status_code == 422
    page = signed_in.get(reverse("gateway:held", args=[wrong_patient.pk])).content.decode()
    assert nurse.titled_name in page


def test_a_message_of_another_site_is_not_found(
    client: Client, wrong_patient: Quarantined, miami_staff: Staff
) -> None:
    client.force_login(miami_staff[Role.NURSE], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("gateway:held", args=[wrong_patient.pk])).status_code == 404
    assert "Nothing is held" in client.get(reverse("gateway:quarantine")).content.decode()


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.THERAPIST, Role.PATIENT])
def test_the_quarantine_is_for_those_who_may_resolve_it(
    client: Client, as_role: SignIn, role: Role, wrong_patient: Quarantined
) -> None:
    assert as_role(client, role).get(reverse("gateway:quarantine")).status_code == 403


def test_a_nurse_says_where_a_device_stands(signed_in: Client, room: Room) -> None:
    signed_in.post(reverse("gateway:bind"), {"device": " MON-7 ", "room": str(room.pk)})
    binding = DeviceBinding.objects.get()
    assert (binding.device, binding.room) == ("MON-7", room)
    signed_in.post(reverse("gateway:unbind", args=[binding.pk]))
    binding.refresh_from_db()
    assert binding.bound_until is not None


def test_a_device_without_a_name_stands_nowhere(signed_in: Client, room: Room, now: datetime) -> None:
    answer = signed_in.post(reverse("gateway:bind"), {"device": "", "room": str(room.pk)}, follow=True)
    assert "Give the device" in answer.content.decode()
    with pytest.raises(ResolutionRefused, match="identifier"):
        bind_device(device=" ", room=room, by="Ines Admin", now=now)


def test_a_device_of_another_site_is_not_taken_over(room: Room, miami: Site, now: datetime) -> None:
    elsewhere = add_room(site=miami, name="Heron", kind=Room.Kind.TREATMENT)
    bind_device(device="MON-77", room=elsewhere, by="Luz Admin", now=now)
    with pytest.raises(ResolutionRefused, match="Someone there has to take it away first"):
        bind_device(device="MON-77", room=room, by="Ines Admin", now=now)
    assert DeviceBinding.objects.get(device="MON-77", bound_until=None).room == elsewhere
