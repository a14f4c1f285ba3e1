"""Registering a person and opening an encounter."""

from uuid import uuid4

import pytest
from django.db import IntegrityError

from ajar.clinic.patients.models import Encounter
from ajar.clinic.patients.services import fresh_mrn, open_encounter, register_patient
from ajar.pathway.patients.facts import Sex


@pytest.fixture
def register(new_york, now):
    def registered(**fields):
        known = {
            "given_name": " Núria ",
            "family_name": "O'Dell-Ōta",
            "birth_date": now.date().replace(year=1990),
            "sex": Sex.FEMALE,
            "site": new_york,
            "now": now,
        }
        return register_patient(**(known | fields))

    return registered


def test_a_name_is_kept_as_it_is_written(register):
    patient = register()
    patient.refresh_from_db()
    assert patient.name == "Núria O'Dell-Ōta"
    assert patient.initials == "N.O."
    assert str(patient) == patient.name


def test_the_rules_see_age_and_sex_and_never_the_name(register, now):
    person = register().person
    assert person.age_on(now.date()) == now.year - 1990
    assert not hasattr(person, "name")


def test_record_numbers_cannot_be_counted(register):
    numbers = {fresh_mrn() for _ in range(200)}
    assert len(numbers) == 200
    assert all(number.startswith("AJ-") and len(number) == 12 for number in numbers)


def test_an_imported_person_comes_in_once(register):
    register(import_ref="Patient/7")
    with pytest.raises(IntegrityError):
        register(import_ref="Patient/7")


def test_people_who_were_not_imported_do_not_collide(register):
    assert register().pk != register().pk


def test_an_encounter_may_bring_its_identity_along(register, now):
    patient, known = register(), uuid4()
    encounter = open_encounter(
        patient=patient, site=patient.site, kind=Encounter.Kind.INTEGRATION, now=now, encounter_id=known
    )
    assert encounter.pk == known
    assert str(encounter) == "Integration session of N.O."
