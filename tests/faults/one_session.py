"""Run in a server's own data: a patient in a room with a monitor, a running session, a signed-in nurse."""

import json
import sys
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from ajar.clinic.gateway.resolving import bind_device
from ajar.pathway.evaluation.products import Product
from ajar.pathway.staff.roles import Role
from tests.clinic.dosing.scenario import make_room, plan_day
from tests.support.people import BACKEND, make_account, make_patient, make_site


def tell(product: str = "ketamine_iv", dose_ago_min: float = 10.0) -> None:
    """Store a session whose first drug was given so long ago; print what a test needs to go on."""
    site, now = make_site("North"), timezone.now()
    nurse = make_account(Role.NURSE, site)
    day = plan_day(
        patient=make_patient(site, now),
        nurse=nurse,
        prescriber=make_account(Role.PRESCRIBER, site),
        second=make_account(Role.NURSE, site, name="Ines Calder"),
        product=Product(product),
        now=now - timedelta(minutes=dose_ago_min + 1),
    )
    room = make_room(site)
    begun = day.ready(room).after(1).started()
    if begun.product is Product.ESKETAMINE_IN:
        begun.after(6).device().after(1).ended()
    bind_device(device="MON-1", room=room, by="a test", now=day.now)
    client = Client()
    client.force_login(nurse, backend=BACKEND)
    told = {
        "encounter": str(day.encounter_id),
        "mrn": day.patient.mrn,
        "room": room.name,
        "device": "MON-1",
        "cookie": client.cookies["ajar-session"].value,
    }
    sys.stdout.write(json.dumps(told) + "\n")
