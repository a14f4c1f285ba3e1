"""Signing, and the people who may: the signer's own PIN is the second component (21 CFR 11.200)."""

from collections.abc import Iterable

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ajar.clinic.staff.models import PIN_TRIES, Account, Site
from ajar.pathway.staff.roles import Role


class SignatureRefused(ValueError):
    """The PIN is wrong, missing or locked."""


def confirm_signature(*, signer: Account, pin: str) -> None:
    """Check the signer's PIN, count wrong tries, and lock after five.

    Call it before the transaction that records the signed entry, so that a wrong try is counted.

    Raises:
        SignatureRefused: in words for the person signing.
    """
    if not signer.is_active:
        raise SignatureRefused("This person's sign-in was stopped. Nothing was signed.")
    if not signer.signing_pin:
        raise SignatureRefused("No signing PIN is set for this person yet. Its owner sets one: My PIN.")
    account = Account.objects.filter(pk=signer.pk)
    # A try is counted before it is looked at: of many at one moment, no more than five are.
    if not account.filter(pin_failures__lt=PIN_TRIES).update(pin_failures=F("pin_failures") + 1):
        raise SignatureRefused("This PIN is locked after five wrong tries. Its owner sets a new one: My PIN.")
    if not signer.pin_is(pin):
        raise SignatureRefused("That is not the signing PIN of this person. Nothing was signed.")
    account.update(pin_failures=0)


@transaction.atomic
def invite(*, sites: Iterable[Site], **fields: str) -> Account:
    """Make an account without a password: its owner chooses one by a link."""
    account = Account.objects.create_user(**fields)
    account.sites.set(sites)
    return account


def password_link(account: Account) -> str:
    """The path at which the owner chooses a password; it works once and for a limited time."""
    uid, token = user_pk_to_url_str(account), default_token_generator.make_token(account)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})


class OneselfRefused(ValueError):
    """Nobody stops their own sign-in: the last administrator would lock the clinic out."""


@transaction.atomic
def set_active(*, account: Account, active: bool, by: Account) -> None:
    """Allow or stop sign-in. Nothing the person signed changes.

    Raises:
        OneselfRefused: `by` would stop their own sign-in.
    """
    if account == by and not active:
        raise OneselfRefused(_("You cannot stop your own sign-in; another administrator can."))
    account.is_active = active
    account.save(update_fields=["is_active"])


@transaction.atomic
def set_pin(*, account: Account, pin: str) -> None:
    """Keep a new signing PIN, hashed, and lift the lock."""
    account.set_pin(pin)
    account.save(update_fields=["signing_pin", "pin_failures"])


@transaction.atomic
def open_site(*, name: str, time_zone: str, telehealth: bool) -> Site:
    """Add a site. Medical directors and administrators reach it at once; others are assigned to it."""
    site = Site.objects.create(name=name, slug=slugify(name), time_zone=time_zone, telehealth=telehealth)
    site.accounts.add(*Account.objects.filter(role__in=[Role.MEDICAL_DIRECTOR, Role.ADMINISTRATOR]))
    return site
