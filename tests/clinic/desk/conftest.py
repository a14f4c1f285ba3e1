"""A chart with something in it, and the client of each role."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.patients.services import open_encounter
from ajar.clinic.scheduling.models import Appointment
from ajar.clinic.scheduling.services import appointment_type
from ajar.pathway.careplan.entries import SessionPlanned
from ajar.pathway.ledger.entry import Author, Entry, NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.scheduling.types import CONSULTATION

Chart = Callable[..., list[Entry]]
Plan = Callable[..., DosingNow]
Book = Callable[..., Appointment]


@pytest.fixture
def chart(patient: Patient, by: Author, now: datetime) -> Chart:
    """`chart(*payloads)` records facts in the New York patient's chart, an hour ago unless told."""

    def recorded(*payloads: Payload, hours_ago: float = 1, author: Author = by) -> list[Entry]:
        happened_at = now - timedelta(hours=hours_ago)
        new = [NewEntry(payload=payload, happened_at=happened_at) for payload in payloads]
        return append(new, patient_id=patient.pk, expected=ANYWHERE, by=author, now=happened_at)

    return recorded


@pytest.fixture
def plan(patient: Patient, by: Author, now: datetime) -> Plan:
    """`plan(starts_at)` plans a dosing session."""

    def planned(starts_at: datetime, *, whose: Patient = patient, number: int = 1) -> DosingNow:
        session = open_encounter(patient=whose, site=whose.site, kind=Encounter.Kind.DOSING, now=now)
        payload = SessionPlanned(
            course_id=uuid4(),
            number=number,
            product="ketamine_iv",
            dose_mg=35,
            starts_at=starts_at,
            site=whose.site.name,
            phase="induction",
        )
        new = NewEntry(payload=payload, happened_at=now, encounter_id=session.pk)
        append([new], patient_id=whose.pk, expected=ANYWHERE, by=by, now=now)
        return DosingNow.objects.get(pk=session.pk)

    return planned


@pytest.fixture
def book(patient: Patient, now: datetime) -> Book:
    """`book(starts_at)` books a consultation."""

    def booked(starts_at: datetime, **fields: object) -> Appointment:
        kind = appointment_type(CONSULTATION.slug)
        known = {
            "type": kind,
            "patient": patient,
            "site": patient.site,
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=kind.length_min),
            "booked_at": now,
        }
        return Appointment.objects.create(**(known | fields))

    return booked
