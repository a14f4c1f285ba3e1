"""A session before the day of a scenario, told in short: planned, given in full, released."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.patients.services import open_encounter
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.pathway.careplan.entries import CourseOrdered, SessionPlanned
from ajar.pathway.careplan.products import DEVICE_MG
from ajar.pathway.discharge.entries import RecoveryConfirmed, Released
from ajar.pathway.dosing.drug import HELD_IN_MOUTH
from ajar.pathway.dosing.entries import (
    Act,
    DoseEnded,
    DrugGiven,
    PatientArrived,
    ReadinessConfirmed,
    Residue,
)
from ajar.pathway.evaluation.products import BY_MOUTH, NASAL, Product
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.ledger.payload import Payload

LOT = "SIM-0"


def session_told(
    patient: Patient, course: CourseOrdered, number: int, dose_mg: float, *, by: Account, starts_at: datetime
) -> None:
    """Append the session's entries, each at its time."""
    encounter = open_encounter(
        patient=patient, site=patient.site, kind=Encounter.Kind.DOSING, now=starts_at - timedelta(days=1)
    )
    planned = SessionPlanned(
        course_id=course.course_id,
        number=number,
        product=course.product,
        dose_mg=dose_mg,
        starts_at=starts_at,
        site=patient.site.slug,
        phase="induction",
    )
    product = Product(course.product)
    told = [(-60.0, planned), *_the_day(product, dose_mg)]
    entries = [
        NewEntry(
            payload=payload, happened_at=starts_at + timedelta(minutes=minute), encounter_id=encounter.pk
        )
        for minute, payload in told
    ]
    now = entries[-1].happened_at
    append(entries, patient_id=patient.pk, expected=ANYWHERE, by=author_of(by), now=now)


def _the_day(product: Product, dose_mg: float) -> Iterable[tuple[float, Payload]]:
    held = product in HELD_IN_MOUTH
    yield -30, PatientArrived(room_id=None, room_name="earlier")
    yield -5, ReadinessConfirmed(rulebook_version="earlier", findings=())
    yield from ((5.0 * place, given) for place, given in enumerate(_drug(product, dose_mg)))
    yield (
        40,
        DoseEnded(
            total_mg=dose_mg,
            complete=True,
            held_min=10.0 if held else None,
            residue=Residue.SPAT if held else None,
        ),
    )
    yield 175, RecoveryConfirmed(criteria=(), rulebook_version="earlier")
    yield (
        180,
        Released(
            handed_to="Robin Escort",
            handed_to_relation="friend",
            instructions_language="en",
            instructions_given_to=("patient", "escort"),
            ready_without_rule_min=100,
        ),
    )


def _drug(product: Product, dose_mg: float) -> list[DrugGiven]:
    if product in NASAL:
        devices = round(dose_mg / DEVICE_MG)
        return [
            _given(product, Act.DEVICE_SPRAYED, DEVICE_MG, device_number=number + 1)
            for number in range(devices)
        ]
    return [_given(product, Act.TAKEN if product in BY_MOUTH else Act.INJECTED, dose_mg)]


def _given(product: Product, act: Act, amount_mg: float, *, device_number: int | None = None) -> DrugGiven:
    return DrugGiven(
        act=act,
        product=product,
        amount_mg=amount_mg,
        rate_mg_per_h=None,
        lot=LOT,
        expires_on=None,
        device_number=device_number,
    )
