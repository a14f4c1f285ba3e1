"""A clinic with running sessions: what every measurement starts from."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone

from ajar.clinic.gateway.replay import Bed
from ajar.clinic.gateway.resolving import bind_device
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.patients.services import open_encounter, register_patient
from ajar.clinic.scheduling.models import Room
from ajar.clinic.scheduling.services import add_room
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.careplan.entries import SessionPlanned
from ajar.pathway.dosing.entries import Act, DrugGiven, PatientArrived, ReadinessConfirmed
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.patients.facts import Sex
from ajar.pathway.staff.roles import Role

BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningSession:
    """One session with a patient in a room and a monitor beside it."""

    encounter_id: UUID
    patient: Patient
    bed: Bed


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The clinic: its site, a signed-in nurse, and the sessions."""

    site: Site
    nurse: Account
    cookie: str
    sessions: tuple[RunningSession, ...]


def open_floor(count: int) -> Floor:
    """Migrate, then start `count` sessions, each ten minutes into its infusion."""
    call_command("migrate", verbosity=0, interactive=False)
    site = Site.objects.create(name="Bench", slug="bench", time_zone="America/New_York")
    nurse = Account.objects.create_user(
        email="nurse@clinic.example", password=None, printed_name="Bench Nurse", role=Role.NURSE.value
    )
    nurse.sites.add(site)
    sessions = tuple(_start(site, nurse, number) for number in range(count))
    return Floor(site=site, nurse=nurse, cookie=signed_in(nurse), sessions=sessions)


def _start(site: Site, nurse: Account, number: int) -> RunningSession:
    now = timezone.now()
    patient = register_patient(
        given_name="Bench",
        family_name=f"Number {number}",
        birth_date=date(1980, 1, 1),
        sex=Sex.FEMALE,
        site=site,
        now=now,
    )
    encounter = open_encounter(patient=patient, site=site, kind=Encounter.Kind.DOSING, now=now)
    room = add_room(site=site, name=f"Room {number + 1}", kind=Room.Kind.TREATMENT, position=number)
    entries = [
        NewEntry(payload=payload, happened_at=at, encounter_id=encounter.pk)
        for payload, at in _told(room, site, now)
    ]
    append(entries, patient_id=patient.pk, expected=ANYWHERE, by=author_of(nurse), now=now)
    device = f"BENCH-{number}"
    bind_device(device=device, room=room, by=nurse.printed_name, now=now - timedelta(hours=1))
    bed = Bed(device_id=device, facility=site.name, room=room.name, patient_id=patient.mrn)
    return RunningSession(encounter_id=encounter.pk, patient=patient, bed=bed)


def _told(room: Room, site: Site, now: datetime) -> list[tuple[Payload, datetime]]:
    plan = SessionPlanned(
        course_id=uuid4(),
        number=1,
        product=Product.KETAMINE_IV.value,
        dose_mg=35.0,
        starts_at=now - timedelta(minutes=30),
        site=site.name,
        phase="Induction",
    )
    given = DrugGiven(
        act=Act.INFUSION_STARTED,
        product=Product.KETAMINE_IV.value,
        amount_mg=None,
        rate_mg_per_h=52.5,
        lot="BENCH",
        expires_on=None,
        line_site="left forearm",
    )
    return [
        (plan, now - timedelta(minutes=40)),
        (PatientArrived(room_id=room.pk, room_name=room.name), now - timedelta(minutes=30)),
        (ReadinessConfirmed(rulebook_version="bench", findings=()), now - timedelta(minutes=12)),
        (given, now - timedelta(minutes=10)),
    ]


def signed_in(account: Account) -> str:
    """A session cookie for this account, as sign-in would set it."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return session.session_key or ""
