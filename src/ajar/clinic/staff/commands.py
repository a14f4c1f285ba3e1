"""`ajar site` and `ajar account`: the first site and the first people of a new clinic."""

from argparse import Namespace
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify

from ajar.clinic.staff.models import Account, Site
from ajar.clinic.staff.services import invite, open_site, password_link
from ajar.clinic.terminal import complain, say

LONGEST_NAME: Final = 50
"""What fits an address of the clinic (Site.slug)."""


def add_site(arguments: Namespace) -> int:
    """Add a site; everyone who works everywhere reaches it."""
    try:
        ZoneInfo(arguments.zone)
    except (ZoneInfoNotFoundError, ValueError):
        complain(f"Expected a time zone such as America/New_York, got {arguments.zone!r}.")
        return 1
    slug = slugify(arguments.name)
    if not slug or len(arguments.name) > LONGEST_NAME:
        complain(f"A site's name has 1 to {LONGEST_NAME} letters or digits, got {arguments.name!r}.")
        return 1
    if Site.objects.filter(slug=slug).exists():
        complain(f"There is a site {arguments.name!r} already.")
        return 1
    site = open_site(name=arguments.name, time_zone=arguments.zone, telehealth=arguments.telehealth)
    say(f"{site.name} ({site.slug}) is open, in {site.time_zone}.")
    return 0


def add_account(arguments: Namespace) -> int:
    """Add a member of staff at every site, and print their link."""
    try:
        validate_email(arguments.email)
    except ValidationError:
        complain(f"Expected an e-mail address, got {arguments.email!r}.")
        return 1
    if Account.objects.filter(email__iexact=arguments.email).exists():
        complain(f"{arguments.email} has an account already.")
        return 1
    account = invite(
        sites=Site.objects.all(),
        email=arguments.email,
        printed_name=arguments.name,
        credentials=arguments.credentials,
        role=arguments.role,
    )
    say(f"{account.titled_name} can choose a password, once, at this address of the clinic:")
    say(f"  {password_link(account)}")
    return 0
