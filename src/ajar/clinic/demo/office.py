"""The synthetic clinic's office: sites, staff, rooms, who can be booked, and published slots."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ajar.clinic.demo.people import PASSWORD, PIN, SITES, STAFF, SyntheticStaff
from ajar.clinic.dosing.rems import certify_site
from ajar.clinic.scheduling.models import Mode, Resource, Room
from ajar.clinic.scheduling.services import add_person, add_room, publish_slots
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.dosing.rems import SiteCertification
from ajar.pathway.scheduling.availability import Window
from ajar.pathway.staff.roles import Role

TREATMENT_ROOMS = {
    "new-york": ("Harbor", "Birch", "Cedar", "Dune", "Elder"),
    "miami": ("Coral", "Egret", "Mangrove", "Palm"),
}
BOOKED_AS = {
    Role.NURSE: Resource.Kind.MONITOR,
    Role.PRESCRIBER: Resource.Kind.PRESCRIBER,
    Role.THERAPIST: Resource.Kind.THERAPIST,
}
CONSULTATIONS = tuple(
    Window(weekday=day, opens=opens, closes=closes)
    for day in range(5)
    for opens, closes in ((time(9), time(12)), (time(13), time(17)))
)


@transaction.atomic
def open_office(*, now: datetime) -> None:
    """Everything but patients; does nothing where it is there already."""
    if Site.objects.exists():
        return
    for site in SITES:
        Site.objects.create(**{name: getattr(site, name) for name in type(site).__slots__})
    for slug, names in TREATMENT_ROOMS.items():
        place = Site.objects.get(slug=slug)
        _furnish(place, names)
        _certify(place, now=now)
    hashed = Hashed(password=make_password(PASSWORD), pin=make_password(PIN))
    for person in STAFF:
        _employ(person, hashed)
    refresh_slots(now=now)


def _furnish(site: Site, names: tuple[str, ...]) -> None:
    for position, name in enumerate(names):
        add_room(site=site, name=name, kind=Room.Kind.TREATMENT, position=position)
    add_room(site=site, name="Talk 1", kind=Room.Kind.THERAPY, position=len(names))


def _certify(site: Site, *, now: datetime) -> None:
    """Certified for the REMS, from before any history of the synthetic clinic."""
    today = now.date()
    certification = SiteCertification(
        number=f"SYN-CERT-{site.slug.upper()}",
        representative="Imran Vale, MD",
        certified_on=today - timedelta(days=400),
        valid_until=today + timedelta(days=330),
    )
    certify_site(site=site, certification=certification, by=None, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashed:
    """The one password and PIN of the synthetic clinic, hashed once: hashing is slow on purpose."""

    password: str
    pin: str


def _employ(person: SyntheticStaff, hashed: Hashed) -> None:
    account = Account.objects.create(
        email=person.email,
        password=hashed.password,
        signing_pin=hashed.pin,
        printed_name=person.name,
        credentials=person.credentials,
        role=person.role.value,
        phone="+1 212 555 0199",
    )
    account.sites.set(Site.objects.filter(slug__in=person.sites))
    if (kind := BOOKED_AS.get(person.role)) is not None:
        add_person(account=account, kind=kind)


def refresh_slots(*, now: datetime) -> None:
    """Publish consultation slots for the next two weeks; what is there already stays."""
    for resource in Resource.objects.filter(kind=Resource.Kind.PRESCRIBER).select_related("account"):
        account = resource.account
        if account is None:
            continue
        for site in account.sites.all():
            # A prescriber sees people at their site in the morning and by video in the afternoon.
            windows = CONSULTATIONS[1::2] if site.telehealth else CONSULTATIONS[::2]
            today = now.astimezone(site.zone).date()
            publish_slots(
                prescriber=resource,
                site=site,
                mode=Mode.TELEHEALTH if site.telehealth else Mode.IN_PERSON,
                windows=windows,
                first_day=today,
                last_day=today + timedelta(days=14),
                now=now,
            )
