"""A room with a monitor, and a patient in it whose session has begun."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway.clocks import CLOCKS
from ajar.clinic.gateway.pace import METER
from ajar.clinic.gateway.resolving import bind_device
from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.patients.services import open_encounter
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Site
from ajar.exchange.hl7v2.writer import BPM, MMHG, PERCENT, Monitor, Observed, write_oru
from ajar.pathway.careplan.entries import SessionPlanned
from ajar.pathway.dosing.entries import PatientArrived, SessionCancelled
from ajar.pathway.ledger.entry import Author, Entry, NewEntry

DEVICE = "MON-1"
HEART_RATE = "147842^MDC_ECG_HEART_RATE^MDC"
SPO2 = "150456^MDC_PULS_OXIM_SAT_O2^MDC"
SYSTOLIC = "150021^MDC_PRESS_BLD_NONINV_SYS^MDC"
DIASTOLIC = "150022^MDC_PRESS_BLD_NONINV_DIA^MDC"

Begin = Callable[[Patient, Room, datetime], DosingNow]
Oru = Callable[..., str]


@pytest.fixture(autouse=True)
def fresh_memory() -> None:
    """No device has sent anything yet in this process."""
    METER.forget()
    CLOCKS.forget()


@pytest.fixture
def room(new_york: Site) -> Room:
    """A treatment room in New York."""
    return Room.objects.create(site=new_york, name="Room 2")


@pytest.fixture
def other_room(new_york: Site) -> Room:
    """The room beside it."""
    return Room.objects.create(site=new_york, name="Room 3")


@pytest.fixture
def monitor(room: Room, now: datetime) -> str:
    """A monitor that has stood in the room for years; its identifier."""
    bind_device(device=DEVICE, room=room, by="Ines Admin", now=now - timedelta(days=3650))
    return DEVICE


@pytest.fixture
def begin(by: Author) -> Begin:
    """`begin(patient, room, at)`: the patient arrived in the room at that moment."""

    def arrive(patient: Patient, room: Room, at: datetime) -> DosingNow:
        encounter = open_encounter(
            patient=patient, site=patient.site, kind=Encounter.Kind.DOSING, now=at - timedelta(days=7)
        )
        plan = SessionPlanned(
            course_id=uuid4(),
            number=1,
            product="ketamine_iv",
            dose_mg=35.0,
            starts_at=at,
            site=patient.site.name,
            phase="acute",
        )
        arrival = PatientArrived(room_id=room.pk, room_name=room.name)
        for payload, moment in ((plan, at - timedelta(days=7)), (arrival, at)):
            new = NewEntry(payload=payload, happened_at=moment, encounter_id=encounter.pk)
            append([new], patient_id=patient.pk, expected=ANYWHERE, by=by, now=moment)
        return DosingNow.objects.get(pk=encounter.pk)

    return arrive


@pytest.fixture
def running(begin: Begin, patient: Patient, room: Room, monitor: str, now: datetime) -> DosingNow:
    """A session whose patient arrived half an hour ago, in the room with the monitor."""
    return begin(patient, room, now - timedelta(minutes=30))


@pytest.fixture
def leave(by: Author) -> Callable[[DosingNow, datetime], None]:
    """`leave(session, at)`: the session ends at that moment."""

    def end(session: DosingNow, at: datetime) -> None:
        new = NewEntry(
            payload=SessionCancelled(because="ended"), happened_at=at, encounter_id=session.encounter_id
        )
        append([new], patient_id=session.patient_id, expected=ANYWHERE, by=by, now=at)

    return end


@pytest.fixture
def oru(now: datetime) -> Oru:
    """`oru(HEART_RATE=72, at=…)`: a message of the monitor, measured at `now` unless said otherwise."""

    def write(
        *,
        heart_rate: float | None = 72,
        spo2: float | None = 97,
        pressure: tuple[float, float] | None = None,
        at: datetime | None = None,
        control_id: str = "C-1",
        patient_id: str = "",
        room: str = "Room 2",
        device: str = DEVICE,
    ) -> str:
        cuff = (
            (
                Observed(code=SYSTOLIC, unit=MMHG, value=pressure[0]),
                Observed(code=DIASTOLIC, unit=MMHG, value=pressure[1]),
            )
            if pressure
            else ()
        )
        return write_oru(
            (
                Observed(code=HEART_RATE, unit=BPM, value=heart_rate),
                Observed(code=SPO2, unit=PERCENT, value=spo2),
                *cuff,
            ),
            monitor=Monitor(application="B40", facility="NEW YORK", device_id=device),
            control_id=control_id,
            patient_id=patient_id,
            room=room,
            observed_at=at or now,
            sent_at=now,
        )

    return write


def from_device(session: DosingNow) -> list[Entry]:
    """What devices recorded in this session, in chain order."""
    return [entry for entry in all_encounter_entries(session.encounter_id) if entry.source == "device"]


def utc(hour: int, minute: int) -> datetime:
    """A moment of the test's Monday."""
    return datetime(2026, 3, 2, hour, minute, tzinfo=UTC)
