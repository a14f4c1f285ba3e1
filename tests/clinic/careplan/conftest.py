"""A clinic that can give a course: rooms, a nurse, a therapist, and a patient who may have one."""

from collections.abc import Callable
from datetime import date, datetime, time
from uuid import UUID

import pytest

from ajar.clinic.careplan.requests import CourseRequest
from ajar.clinic.careplan.selectors import proposal_for
from ajar.clinic.careplan.services import order_course
from ajar.clinic.ledger.selectors import decision_position
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Resource, Room
from ajar.clinic.scheduling.services import add_person, add_room
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.careplan.layout import Wish
from ajar.pathway.careplan.regimens import SPRAVATO_TRD
from ajar.pathway.consent.documents import ELEMENT_IDS
from ajar.pathway.consent.entries import ConsentSigned, Signatory
from ajar.pathway.consent.library import current_documents, document_for
from ajar.pathway.evaluation.entries import EvaluationSigned
from ajar.pathway.evaluation.findings import Outcome
from ajar.pathway.evaluation.products import Product
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import VitalsMeasured
from ajar.pathway.scheduling.availability import WEEKDAYS_8_TO_18
from ajar.pathway.staff.roles import Role


@pytest.fixture
def equipped(new_york: Site, staff) -> Site:
    """New York with two treatment rooms, a nurse who watches two and a therapist."""
    for position, name in enumerate(("Room 1", "Room 2")):
        add_room(site=new_york, name=name, kind=Room.Kind.TREATMENT, position=position)
    add_person(account=staff[Role.NURSE], kind=Resource.Kind.MONITOR)
    add_person(account=staff[Role.THERAPIST], kind=Resource.Kind.THERAPIST)
    return new_york


def evaluation(product: Product, *, outcome: Outcome = Outcome.ELIGIBLE) -> EvaluationSigned:
    """A prescriber's conclusion."""
    return EvaluationSigned(
        outcome=outcome.value,
        indication="Treatment-resistant depression",
        product=product.value,
        jurisdiction="US",
        rulebook_version="1",
        findings=(),
        summary="",
        meaning="I have evaluated this patient.",
    )


def consent(product: Product, signatory: Signatory, *, valid_until: date = date(2027, 3, 1)) -> ConsentSigned:
    """One signature under the consent that a product needs."""
    document = document_for(product)
    return ConsentSigned(
        document=document.id,
        document_version=document.version,
        document_digest=document.digest("en"),
        language="en",
        signatory=signatory,
        printed_name="Alma Quist",
        meaning="I agree.",
        elements=ELEMENT_IDS,
        valid_until=valid_until,
    )


@pytest.fixture
def told(patient: Patient, prescriber: Account, now: datetime) -> Callable[..., None]:
    """`told(payload, …)` writes into the patient's chart."""

    def write(*payloads: Payload) -> None:
        entries = [NewEntry(payload=payload, happened_at=now) for payload in payloads]
        append(entries, patient_id=patient.pk, expected=ANYWHERE, by=author_of(prescriber), now=now)

    return write


@pytest.fixture
def cleared(patient: Patient, told: Callable[..., None]) -> Patient:
    """A patient evaluated as eligible for every product, who signed each consent that there is."""
    for product in Product:
        told(evaluation(product))
    for document in current_documents():
        product = Product(document.product)
        told(consent(product, Signatory.PATIENT), consent(product, Signatory.PRESCRIBER))
    told(VitalsMeasured(weight_kg=110, height_cm=170))
    return patient


@pytest.fixture
def spray_request(cleared: Patient, equipped: Site) -> CourseRequest:
    """Eight sessions of Spravato, Mondays and Thursdays at 9, from 9 March 2026."""
    return CourseRequest(
        patient=cleared,
        site=equipped,
        indication="Treatment-resistant depression",
        intention="To want to get up again.",
        wish=Wish(
            regimen=SPRAVATO_TRD,
            sessions=8,
            first_day=date(2026, 3, 9),
            weekdays=(0, 3),
            at=time(9),
            zone=equipped.zone,
            hours=WEEKDAYS_8_TO_18,
            first_dose_mg=56,
            later_dose_mg=84,
        ),
    )


@pytest.fixture
def course(spray_request: CourseRequest, prescriber: Account, now: datetime) -> UUID:
    """The course, ordered."""
    return order_course(
        request=spray_request,
        seen=proposal_for(spray_request, now=now).digest,
        expected=decision_position(spray_request.patient.pk),
        by=prescriber,
        now=now,
    )
