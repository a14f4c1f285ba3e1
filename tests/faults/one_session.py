"""Run in a server's own data: one patient in a room with a monitor, and their session."""

import sys
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from ajar.clinic.gateway.resolving import bind_device
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Encounter
from ajar.clinic.patients.services import open_encounter, register_patient
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.authors import SYSTEM
from ajar.clinic.staff.models import Site
from ajar.pathway.careplan.entries import SessionPlanned
from ajar.pathway.dosing.entries import PatientArrived
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.patients.facts import Sex


def tell() -> None:
    """Store what a running session needs; print its encounter, record number, room and device."""
    now = timezone.now()
    site = Site.objects.create(name="North", slug="north", time_zone="America/New_York")
    room = Room.objects.create(site=site, name="Room 1")
    patient = register_patient(
        given_name="Ada",
        family_name="Example",
        birth_date=date(1980, 5, 6),
        sex=Sex.FEMALE,
        site=site,
        now=now,
    )
    encounter = open_encounter(patient=patient, site=site, kind=Encounter.Kind.DOSING, now=now)
    plan = SessionPlanned(
        course_id=uuid4(),
        number=1,
        product="ketamine_iv",
        dose_mg=35.0,
        starts_at=now,
        site=site.name,
        phase="acute",
    )
    arrival = PatientArrived(room_id=room.pk, room_name=room.name)
    begun = [
        NewEntry(payload=payload, happened_at=now - timedelta(minutes=30), encounter_id=encounter.pk)
        for payload in (plan, arrival)
    ]
    append(begun, patient_id=patient.pk, expected=ANYWHERE, by=SYSTEM, now=now)
    bind_device(device="MON-1", room=room, by="a test", now=now)
    sys.stdout.write("\n".join((str(encounter.pk), patient.mrn, room.name, "MON-1")) + "\n")
