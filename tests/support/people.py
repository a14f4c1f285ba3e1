"""A small clinic: three sites, staff of each role, two patients, and a clock that stands still."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.patients.services import open_encounter, register_patient
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.ledger.entry import Author
from ajar.pathway.patients.facts import Sex
from ajar.pathway.staff.roles import STAFF, Role

PASSWORD = "a door left ajar"
PIN = "2468"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

Staff = Mapping[Role, Account]
SignIn = Callable[[Client, Role], Client]


@pytest.fixture
def now() -> datetime:
    """A Monday morning: 10:00 in New York and in Miami."""
    return datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


@pytest.fixture
def clock(now: datetime) -> Iterator[time_machine.Traveller]:
    """The clock of the process stands at `now`; `clock.shift(timedelta)` moves it."""
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


def make_site(name: str, *, telehealth: bool = False) -> Site:
    """A site on New York time."""
    return Site.objects.create(
        name=name,
        slug=name.lower().replace(" ", "-"),
        time_zone="America/New_York",
        state="" if telehealth else "NY",
        telehealth=telehealth,
    )


@pytest.fixture
def new_york(db: None) -> Site:
    """The first site."""
    return make_site("New York")


@pytest.fixture
def miami(db: None) -> Site:
    """The second site."""
    return make_site("Miami")


@pytest.fixture
def telehealth(db: None) -> Site:
    """The site that is no place."""
    return make_site("Telehealth", telehealth=True)


def make_account(role: Role, site: Site, *, name: str = "") -> Account:
    """Someone with a password, a signing PIN and, when staff, a second factor."""
    printed_name = name or f"{site.name} {role.label}"
    account = Account.objects.create_user(
        email=f"{printed_name.lower().replace(' ', '.')}@clinic.example",
        password=PASSWORD,
        printed_name=printed_name,
        credentials={Role.NURSE: "RN", Role.PRESCRIBER: "MD"}.get(role, ""),
        role=role,
    )
    account.set_pin(PIN)
    account.save()
    if account.is_staff_member:
        account.sites.add(site)
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    return account


@pytest.fixture
def staff(new_york: Site) -> Staff:
    """One person of each staff role, working in New York alone."""
    return {role: make_account(role, new_york) for role in STAFF}


@pytest.fixture
def miami_staff(miami: Site) -> Staff:
    """One person of each staff role, working in Miami alone."""
    return {role: make_account(role, miami) for role in STAFF}


@pytest.fixture
def nurse(staff: Staff) -> Account:
    """The nurse in New York."""
    return staff[Role.NURSE]


@pytest.fixture
def prescriber(staff: Staff) -> Account:
    """The prescriber in New York."""
    return staff[Role.PRESCRIBER]


@pytest.fixture
def by(nurse: Account) -> Author:
    """The nurse as a ledger author."""
    return author_of(nurse)


def make_patient(
    site: Site, now: datetime, *, given_name: str = "Alma", family_name: str = "Quist"
) -> Patient:
    """A patient of 40 with an account of their own."""
    patient = register_patient(
        given_name=given_name,
        family_name=family_name,
        birth_date=date(1985, 6, 1),
        sex=Sex.FEMALE,
        site=site,
        now=now,
        email=f"{given_name.lower()}@people.example",
    )
    patient.account = make_account(Role.PATIENT, site, name=patient.name)
    patient.save()
    return patient


@pytest.fixture
def patient(new_york: Site, now: datetime) -> Patient:
    """A patient of the New York site, who can sign in."""
    return make_patient(new_york, now)


@pytest.fixture
def miami_patient(miami: Site, now: datetime) -> Patient:
    """A patient of the other site, who can sign in."""
    return make_patient(miami, now, given_name="Omar", family_name="Tamm")


@pytest.fixture
def session(patient: Patient, now: datetime) -> Encounter:
    """A dosing session of the New York patient, with no entry yet."""
    return open_encounter(patient=patient, site=patient.site, kind=Encounter.Kind.DOSING, now=now)


@pytest.fixture
def as_role(request: pytest.FixtureRequest) -> SignIn:
    """`as_role(client, Role.NURSE)` signs the client in as the New York person of that role."""

    def sign_in(client: Client, role: Role) -> Client:
        if role is Role.PATIENT:
            account = request.getfixturevalue("patient").account
        else:
            account = request.getfixturevalue("staff")[role]
        client.force_login(account, backend=BACKEND)
        return client

    return sign_in
