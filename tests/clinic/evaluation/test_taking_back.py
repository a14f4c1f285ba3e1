"""What is taken back on the evaluation page is a fact, never a decision or a signature."""

from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from django.test import Client

from ajar.clinic.evaluation.services import EvaluationRefused, take_back
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Account
from ajar.pathway.careplan.entries import CourseStopped
from ajar.pathway.consent.entries import ConsentSigned, ConsentWithdrawn, Signatory
from ajar.pathway.evaluation.entries import FindingAccepted
from ajar.pathway.ledger.entry import Author, NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.staff.roles import Role
from tests.support.people import SignIn

SIGNED = ConsentSigned(
    document="ketamine-iv",
    document_version="1",
    document_digest="0" * 64,
    language="en",
    signatory=Signatory.PATIENT,
    printed_name="Alma Quist",
    meaning="I agree.",
    elements=(),
    valid_until=date(2027, 1, 1),
)
DECISIONS = (
    SIGNED,
    ConsentWithdrawn(document="ketamine-iv", withdrawn_by="Alma Quist", because="", signature_id=uuid4()),
    CourseStopped(course_id=uuid4(), because="no effect"),
    FindingAccepted(rule_id="ELG-BP1", rulebook_version="1", because="weighed", datum="BP 150/80 mmHg"),
)


@pytest.fixture
def recorded(patient: Patient, by: Author, now: datetime):
    def make(payload: Payload) -> UUID:
        new = NewEntry(payload=payload, happened_at=now)
        return append([new], patient_id=patient.pk, expected=ANYWHERE, by=by, now=now)[0].id

    return make


@pytest.mark.hazard("HAZ-05")
@pytest.mark.parametrize("payload", DECISIONS, ids=lambda payload: payload.KIND)
def test_a_decision_is_not_taken_back_here(payload, recorded, patient: Patient, nurse: Account, now):
    entry_id = recorded(payload)
    with pytest.raises(EvaluationRefused, match="Only a fact"):
        take_back(patient=patient, entry_id=entry_id, reason="typed wrongly", by=nurse, now=now)


def test_nor_by_its_address(recorded, patient: Patient, client: Client, as_role: SignIn):
    entry_id = recorded(DECISIONS[1])
    path = f"/patients/{patient.pk}/evaluation/take-back/{entry_id}/"
    as_role(client, Role.NURSE).post(path, {"reason": "typed wrongly"})
    assert not LedgerEntry.objects.filter(supersedes=entry_id).exists()


def test_a_fact_is_taken_back(recorded, patient: Patient, nurse: Account, now):
    entry_id = recorded(VitalsMeasured(systolic_mmhg=128, diastolic_mmhg=82))
    undone = take_back(patient=patient, entry_id=entry_id, reason="another patient's", by=nurse, now=now)
    assert undone.supersedes == entry_id
