"""Writes about people."""

from datetime import date, datetime
from secrets import choice
from string import digits
from uuid import UUID, uuid4

from django.db import transaction

from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.staff.models import Site
from ajar.pathway.patients.facts import Sex


@transaction.atomic
def register_patient(
    *,
    given_name: str,
    family_name: str,
    birth_date: date,
    sex: Sex,
    site: Site,
    now: datetime,
    email: str = "",
    phone: str = "",
    language: str = "en",
    import_ref: str = "",
    mrn: str = "",
) -> Patient:
    """Store a new patient under a fresh record number (or the one given)."""
    return Patient.objects.create(
        mrn=mrn or fresh_mrn(),
        given_name=given_name.strip(),
        family_name=family_name.strip(),
        birth_date=birth_date,
        sex=sex,
        site=site,
        email=email,
        phone=phone,
        language=language,
        import_ref=import_ref,
        created_at=now,
    )


def fresh_mrn() -> str:
    """A record number that nobody can guess or count from, such as AJ-4839-2057."""
    number = "".join(choice(digits) for _ in range(8))
    return f"AJ-{number[:4]}-{number[4:]}"


@transaction.atomic
def open_encounter(
    *, patient: Patient, site: Site, kind: Encounter.Kind, now: datetime, encounter_id: UUID | None = None
) -> Encounter:
    """Give a meeting its identity."""
    return Encounter.objects.create(
        pk=encounter_id or uuid4(), patient=patient, site=site, kind=kind, created_at=now
    )
