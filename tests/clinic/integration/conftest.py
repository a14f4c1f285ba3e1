"""A dose given, and a session written down about it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from ajar.clinic.integration.services import record_session
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.staff.models import Account
from ajar.pathway.careplan.entries import SessionPlanned
from ajar.pathway.integration.entries import IntegrationHeld
from ajar.pathway.ledger.entry import Author, Entry, NewEntry
from ajar.pathway.staff.roles import Role
from tests.support.people import Staff

MakeNote = Callable[..., IntegrationHeld]


@pytest.fixture
def therapist(staff: Staff) -> Account:
    return staff[Role.THERAPIST]


@pytest.fixture
def dose(session: Encounter, patient: Patient, by: Author, now: datetime) -> Encounter:
    """A dosing session planned for yesterday afternoon."""
    plan = SessionPlanned(
        course_id=uuid4(),
        number=1,
        product="ketamine_iv",
        dose_mg=35,
        starts_at=now - timedelta(hours=30),
        site="New York",
        phase="induction",
    )
    new = NewEntry(payload=plan, happened_at=now - timedelta(days=3), encounter_id=session.pk)
    append([new], patient_id=patient.pk, expected=ANYWHERE, by=by, now=now)
    return session


@pytest.fixture
def note(dose: Encounter) -> MakeNote:
    def make(**changes: object) -> IntegrationHeld:
        words: dict[str, object] = {
            "dosing_encounter_id": dose.pk,
            "minutes": 50,
            "attendees": "Alma and her therapist",
            "insights": "The door was never locked.",
            "emotions": "Relief.",
            "thought_patterns": "",
            "change": "Walk before breakfast.",
            "home_practice": "Write a page each evening.",
            "patient_may_read": True,
        }
        return IntegrationHeld(**(words | changes))  # type: ignore[arg-type]

    return make


@pytest.fixture
def held(patient: Patient, note: MakeNote, therapist: Account, now: datetime) -> Entry:
    """A session held this morning, with a private note beside it."""
    return record_session(
        patient=patient,
        site=patient.site,
        held=note(),
        held_at=now - timedelta(hours=1),
        private_note="Countertransference: I wanted to rescue her.",
        by=therapist,
        now=now,
    )
