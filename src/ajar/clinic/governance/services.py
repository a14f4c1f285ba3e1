"""Signing a configuration: checked whole, then put in force under the signer's name."""

from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ajar.clinic.governance.following import FOLLOWING
from ajar.clinic.governance.models import SignedConfiguration
from ajar.clinic.staff.models import Account
from ajar.clinic.staff.services import confirm_signature
from ajar.pathway.governance.configuration import (
    ConfigurationRefused,
    configured,
    digest_of,
    read_configuration,
)

MEANING: Final = "I approve this configuration of the rulebook for this clinic"


def sign_configuration(*, text: str, pin: str, by: Account, now: datetime) -> SignedConfiguration:
    """Put a configuration in force from now on.

    Raises:
        ConfigurationRefused: the file is wrong, or its version was signed before.
        SignatureRefused: the PIN is wrong.
    """
    configuration = read_configuration(text)
    configured(configuration)
    confirm_signature(signer=by, pin=pin)
    with transaction.atomic():
        signed = _put_in_force(configuration.version, text, by=by, now=now)
        for work in FOLLOWING:
            work()
    return signed


def _put_in_force(version: str, text: str, *, by: Account, now: datetime) -> SignedConfiguration:
    try:
        with transaction.atomic():
            return SignedConfiguration.objects.create(
                version=version,
                text=text,
                digest=digest_of(text),
                signed_by=by,
                printed_name=by.titled_name,
                meaning=MEANING,
                signed_at=now,
            )
    except IntegrityError:
        taken = _("Version %(version)s was signed before: give this one another.") % {"version": version}
        raise ConfigurationRefused([taken]) from None
