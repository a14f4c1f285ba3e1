"""A reading belongs to whoever was in its device's room at its own time, whoever was moved since."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.services import Monitor, move_patient
from ajar.clinic.gateway.models import Held, Quarantined
from ajar.clinic.gateway.resolving import bind_device
from ajar.clinic.gateway.services import receive
from ajar.clinic.gateway.telling import tell
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.services import ANYWHERE
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account, Site
from tests.clinic.gateway.conftest import DEVICE, Begin, Oru, from_device
from tests.support.people import make_patient

MIN = timedelta(minutes=1)
Moved = Callable[..., object]


@pytest.fixture
def other_patient(new_york: Site, now: datetime) -> Patient:
    """Somebody else of this site."""
    return make_patient(new_york, now, given_name="Bram", family_name="Oder")


@pytest.fixture
def move(nurse: Account) -> Moved:
    """`move(session, room, at)`: a nurse moves the patient at that moment."""

    def moved(session: DosingNow, room: Room, at: datetime, monitor: Monitor = Monitor.STAYS) -> object:
        return move_patient(
            encounter_id=session.pk, room=room, monitor=monitor, by=nurse, now=at, expected=ANYWHERE
        )

    return moved


def taken_at(session: DosingNow, now: datetime) -> list[float]:
    """When the readings in this chart were taken, in minutes before now."""
    return [(entry.happened_at - now) / MIN for entry in from_device(session)]


@pytest.fixture
def send(oru: Oru, now: datetime) -> Callable[..., None]:
    """`send(-5)`: a reading of that minute arrives now."""

    def sent(minute: float, device: str = DEVICE, patient_id: str = "") -> None:
        at = now + minute * MIN
        told = {"device": device, "patient_id": patient_id, "control_id": f"{device}{minute}"}
        receive(raw=oru(at=at, room="", **told), now=now)

    return sent


@pytest.mark.hazard("HAZ-09")
@pytest.mark.hazard("HAZ-18")
def test_a_late_reading_from_before_the_move_goes_to_who_was_there_then(
    running: DosingNow,
    begin: Begin,
    other_patient: Patient,
    room: Room,
    other_room: Room,
    move: Moved,
    send: Callable[..., None],
    now: datetime,
) -> None:
    send(-20)
    move(running, other_room, now - 15 * MIN)
    after = begin(other_patient, room, now - 10 * MIN)
    for minute in (-16, -15.001, -9, 0):
        send(minute)
    assert taken_at(running, now) == [-20, -16, pytest.approx(-15, abs=0.1)]
    assert taken_at(after, now) == [-9, 0]
    assert not Quarantined.objects.exists()
    send(-15)  # at the very moment of the move she has left, and nobody has come yet
    send(-12)
    held = list(Quarantined.objects.order_by("received_at", "because").values_list("kind", flat=True))
    assert held == [Held.OUTSIDE_VISIT, Held.OUTSIDE_VISIT]
    send(-17, patient_id=other_patient.mrn)
    assert Quarantined.objects.filter(kind=Held.WRONG_PATIENT).count() == 1
    assert taken_at(running, now)[:3] == [-20, -16, pytest.approx(-15, abs=0.1)]  # nothing placed has moved


@pytest.mark.hazard("HAZ-09")
def test_after_a_move_the_new_rooms_own_monitor_speaks_of_the_patient_and_the_old_one_of_nobody(
    running: DosingNow, other_room: Room, move: Moved, send: Callable[..., None], now: datetime
) -> None:
    bind_device(device="MON-2", room=other_room, by="I", now=now - 60 * MIN)
    move(running, other_room, now - 10 * MIN)
    send(-5, "MON-2")
    send(-4)
    send(-12, "MON-2")
    assert taken_at(running, now) == [-5]
    held = Quarantined.objects.order_by("because")
    assert [one.kind for one in held] == [Held.OUTSIDE_VISIT, Held.EMPTY_ROOM]
    assert "when the patient now in Room 3 was not there" in held[0].because
    assert "Nobody was being treated in Room 2" in held[1].because


@pytest.mark.hazard("HAZ-09")
def test_a_monitor_that_goes_along_stays_with_its_patient_across_both_rooms(
    running: DosingNow,
    begin: Begin,
    other_patient: Patient,
    room: Room,
    other_room: Room,
    move: Moved,
    send: Callable[..., None],
    now: datetime,
) -> None:
    move(running, other_room, now - 10 * MIN, Monitor.GOES_ALONG)
    after = begin(other_patient, room, now - 8 * MIN)
    for minute in (-12, -10, -5):
        send(minute)
    assert taken_at(running, now) == [-12, -10, -5]
    assert taken_at(after, now) == []
    assert not Quarantined.objects.exists()


@pytest.mark.hazard("HAZ-09")
def test_there_and_back_again_is_the_same_patient_and_not_the_time_between(
    running: DosingNow,
    begin: Begin,
    leave: Callable[[DosingNow, datetime], None],
    other_patient: Patient,
    room: Room,
    other_room: Room,
    move: Moved,
    send: Callable[..., None],
    now: datetime,
) -> None:
    move(running, other_room, now - 20 * MIN)
    between = begin(other_patient, room, now - 18 * MIN)
    leave(between, now - 14 * MIN)
    move(running, room, now - 10 * MIN)
    for minute in (-25, -16, -5):
        send(minute)
    assert taken_at(running, now) == [-25, -5]
    assert taken_at(between, now) == [-16]


def test_a_move_is_told_to_every_open_page_and_says_nothing_private(
    running: DosingNow, other_room: Room, move: Moved, now: datetime
) -> None:
    move(running, other_room, now)
    (told,) = tell(LedgerEntry.objects.filter(kind="patient.moved"))
    assert b"event: stage" in told.wire
    assert not told.clinical
    assert b"Room" not in told.bare
