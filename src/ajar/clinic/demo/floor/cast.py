"""Setting a scenario up: the site with its rooms, staff and devices, and each patient with today's session.

What lies before the day is told in short, as the entries that the day's rules look at: consent by both,
REMS, the course, the sessions before. Everything on the day itself goes through the services.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.text import slugify

from ajar.clinic.consent.services import countersign, sign_as_patient
from ajar.clinic.demo.floor.before import session_told
from ajar.clinic.demo.floor.leftovers import SIMULATED, end_leftovers
from ajar.clinic.dosing.rems import certify_site, enrol
from ajar.clinic.dosing.selectors import certification_of
from ajar.clinic.gateway.models import DeviceBinding
from ajar.clinic.gateway.resolving import bind_device, unbind_device
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.patients.services import open_encounter, register_patient
from ajar.clinic.scheduling.models import Room
from ajar.clinic.scheduling.services import add_room
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.exchange.scenarios.scenario import Scenario, SimulatedPatient
from ajar.pathway.careplan.entries import CourseOrdered, SessionPlanned, WeightBasis
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.consent.library import document_for
from ajar.pathway.dosing.entries import RemsEnrolled
from ajar.pathway.dosing.rems import SiteCertification
from ajar.pathway.evaluation.products import AT_HOME, NASAL, Product
from ajar.pathway.instruments.answers import Mode, QuestionnaireAnswered
from ajar.pathway.ledger.entry import NewEntry
from ajar.pathway.patients.facts import Sex
from ajar.pathway.staff.roles import Role

SYNTHETIC: Final = "@clinic.example"
"""Everybody who works on a simulated floor has an address that reaches nobody (RFC 2606)."""
WEEK: Final = timedelta(days=7)
NOTHING_TO_REPORT: Final = QuestionnaireAnswered(
    instrument="c-ssrs",
    instrument_version="1",
    language="en",
    mode=Mode.CLINICIAN,
    items=(0, 0, None, None, None, 0, None),
    recall="1 month",
    occasion="before",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bed:
    """One patient of the scenario: who, which session, which room (None at home)."""

    patient: Patient
    encounter_id: UUID
    room: Room | None
    simulated: SimulatedPatient


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A scenario that is set up. `devices`: by the file's names, the names they give themselves."""

    site: Site
    nurse: Account
    second: Account
    prescriber: Account
    beds: Mapping[str, Bed]
    devices: Mapping[str, str]


@transaction.atomic
def set_up(scenario: Scenario, *, begins_at: datetime) -> Floor:
    """Everything before the first step, as of the day before it begins."""
    now = begins_at - timedelta(days=1)
    site = _site(scenario, now=now)
    rooms = {name: _room(site, name, place) for place, name in enumerate(scenario.rooms)}
    staff = scenario.staff
    nurse = _account(staff.nurse, "RN", Role.NURSE, site)
    end_leftovers(site, by=nurse, now=begins_at - timedelta(minutes=1))
    second = _account(staff.second, "RN", Role.NURSE, site)
    prescriber = _account(staff.prescriber, "MD", Role.PRESCRIBER, site)
    devices = {
        key: _placed(f"SIM-{site.slug}-{key}".upper(), rooms.get(device.room), now=now)
        for key, device in scenario.devices.items()
    }
    beds = {
        key: _bed(one, site, rooms.get(one.room), nurse, prescriber, begins_at=begins_at)
        for key, one in scenario.patients.items()
    }
    return Floor(site=site, nurse=nurse, second=second, prescriber=prescriber, beds=beds, devices=devices)


def _site(scenario: Scenario, *, now: datetime) -> Site:
    wanted = scenario.site
    site, _ = Site.objects.get_or_create(
        slug=slugify(wanted.name),
        defaults={
            "name": wanted.name,
            "time_zone": "America/New_York",
            "jurisdiction": wanted.jurisdiction.value,
            "state": "NY",
        },
    )
    if wanted.certified and certification_of(site) is None:
        today = now.date()
        certification = SiteCertification(
            number=f"SYN-CERT-{site.slug.upper()}"[:40],
            representative=scenario.staff.prescriber,
            certified_on=today - timedelta(days=400),
            valid_until=today + timedelta(days=330),
        )
        certify_site(site=site, certification=certification, by=None, now=now)
    return site


def _room(site: Site, name: str, position: int) -> Room:
    found = Room.objects.filter(site=site, name=name).first()
    return found or add_room(site=site, name=name, kind=Room.Kind.TREATMENT, position=position)


def _account(name: str, credentials: str, role: Role, site: Site) -> Account:
    """Someone of the synthetic staff, who may already work at other sites."""
    email = f"{slugify(name).replace('-', '.')}{SYNTHETIC}"
    account, _ = Account.objects.get_or_create(
        email=email,
        defaults={"printed_name": name, "credentials": credentials, "role": role.value, "password": "!"},
    )
    account.sites.add(site)
    return account


def _placed(device: str, room: Room | None, *, now: datetime) -> str:
    """The device in its room, or nowhere."""
    if room is not None:
        bind_device(device=device, room=room, by="ajar floor", now=now)
        return device
    for binding in DeviceBinding.objects.filter(device=device, bound_until=None):
        unbind_device(binding=binding, now=now)
    return device


def _bed(
    simulated: SimulatedPatient,
    site: Site,
    room: Room | None,
    nurse: Account,
    prescriber: Account,
    *,
    begins_at: datetime,
) -> Bed:
    now = begins_at - timedelta(days=1)
    given_name, _, family_name = simulated.name.partition(" ")
    patient = register_patient(
        given_name=given_name,
        family_name=family_name,
        birth_date=date(begins_at.year - 40, 6, 1),
        sex=Sex.FEMALE,
        site=site,
        now=now,
        phone="+1 212 555 0166",
        mrn=f"{SIMULATED}{uuid4().hex[:10].upper()}",
    )
    if simulated.consented:
        _consent(patient, simulated.product, nurse, prescriber, now=now)
    if simulated.product in NASAL and simulated.enrolled:
        _enrol(patient, site, nurse, prescriber, now=now)
    if simulated.product in AT_HOME:
        _before_home(patient, simulated, nurse, prescriber, begins_at=begins_at, now=now)
    encounter_id = _todays_session(patient, simulated, nurse, prescriber, begins_at=begins_at)
    return Bed(patient=patient, encounter_id=encounter_id, room=room, simulated=simulated)


def _before_home(
    patient: Patient,
    simulated: SimulatedPatient,
    nurse: Account,
    prescriber: Account,
    *,
    begins_at: datetime,
    now: datetime,
) -> None:
    """The doses taken on site, and the C-SSRS of the day before with nothing in it (PRT-2)."""
    for back, dose_mg in enumerate(reversed(simulated.at_clinic_before_mg), start=1):
        course = _course(patient, Product.KETAMINE_SL_CLINIC, dose_mg, None, prescriber, now=now)
        session_told(patient, course, 1, dose_mg, by=nurse, starts_at=begins_at - back * WEEK)
    new = NewEntry(payload=NOTHING_TO_REPORT, happened_at=now)
    append([new], patient_id=patient.pk, expected=ANYWHERE, by=author_of(nurse), now=now)


def _consent(
    patient: Patient, product: Product, nurse: Account, prescriber: Account, *, now: datetime
) -> None:
    document = document_for(product)
    sign_as_patient(
        patient=patient,
        document_id=document.id,
        language="en",
        shown_digest=document.digest("en"),
        elements=tuple(part.id for part in document.text("en").elements),
        typed_name=patient.name,
        by=nurse,
        now=now,
        expected=ANYWHERE,
    )
    countersign(patient=patient, document_id=document.id, by=prescriber, now=now, expected=ANYWHERE)


def _enrol(patient: Patient, site: Site, nurse: Account, prescriber: Account, *, now: datetime) -> None:
    signed_on = now.astimezone(site.zone).date()
    enrolled = RemsEnrolled(
        enrolled_on=signed_on,
        reference=f"SYN-REMS-{patient.mrn}",
        setting_id=f"SYN-{site.slug}",
        prescriber=prescriber.titled_name,
        patient_signed_on=signed_on,
        prescriber_signed_on=signed_on,
    )
    enrol(patient=patient, enrolled=enrolled, by=nurse, now=now, expected=ANYWHERE)


def _course(
    patient: Patient,
    product: Product,
    dose_mg: float,
    weight_kg: float | None,
    prescriber: Account,
    *,
    now: datetime,
) -> CourseOrdered:
    """The course as it was ordered: of the product's first regimen."""
    course = CourseOrdered(
        course_id=uuid4(),
        product=product,
        regimen=next(regimen.id for regimen in REGIMENS.values() if regimen.product is product),
        indication="treatment-resistant depression",
        sessions=6,
        dose_mg=dose_mg,
        dose_mg_per_kg=round(dose_mg / weight_kg, 3) if weight_kg else None,
        weight_kg=weight_kg,
        weight_basis=WeightBasis.ACTUAL if weight_kg else WeightBasis.FIXED,
        intention="To have mornings that begin.",
    )
    new = NewEntry(payload=course, happened_at=now)
    append([new], patient_id=patient.pk, expected=ANYWHERE, by=author_of(prescriber), now=now)
    return course


def _todays_session(
    patient: Patient,
    simulated: SimulatedPatient,
    nurse: Account,
    prescriber: Account,
    *,
    begins_at: datetime,
) -> UUID:
    """The session planned for this day, after those of its course that were before."""
    now = begins_at - timedelta(days=1)
    product, before = simulated.product, simulated.given_before_mg
    first_mg = before[0] if before else simulated.dose_mg
    course = _course(patient, product, first_mg, simulated.weight_kg, prescriber, now=now)
    for number, dose_mg in enumerate(before, start=1):
        starts_at = begins_at - (len(before) + 1 - number) * WEEK
        session_told(patient, course, number, dose_mg, by=nurse, starts_at=starts_at)
    encounter = open_encounter(patient=patient, site=patient.site, kind=Encounter.Kind.DOSING, now=now)
    planned = SessionPlanned(
        course_id=course.course_id,
        number=len(before) + 1,
        product=product,
        dose_mg=simulated.dose_mg,
        starts_at=begins_at,
        site=patient.site.slug,
        phase="induction",
    )
    new = NewEntry(payload=planned, happened_at=now, encounter_id=encounter.pk)
    append([new], patient_id=patient.pk, expected=ANYWHERE, by=author_of(prescriber), now=now)
    return encounter.pk
