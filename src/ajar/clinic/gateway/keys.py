"""Keys by which devices and gateways send FHIR: made by an administrator, shown once, revocable.

Only a digest is kept. A key has 256 random bits, so a plain SHA-256 of it cannot be guessed back.
"""

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final

from django.db.models import QuerySet

from ajar.clinic.gateway.models import DeviceKey
from ajar.clinic.staff.models import Account, Site

PREFIX: Final = "ajar_"
"""So that a key that strays into a log or a repository is recognised for what it is."""
RANDOM_BYTES: Final = 32


def make_key(*, name: str, site: Site, device: str, by: Account, now: datetime) -> tuple[DeviceKey, str]:
    """A new key and its secret, which is nowhere kept."""
    secret = PREFIX + token_urlsafe(RANDOM_BYTES)
    key = DeviceKey.objects.create(
        name=name.strip(),
        site=site,
        device=device.strip(),
        digest=digest_of_secret(secret),
        made_at=now,
        made_by=by.printed_name,
    )
    return key, secret


def digest_of_secret(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode(errors="replace")).hexdigest()


def revoke_key(*, key: DeviceKey, by: Account, now: datetime) -> None:
    """End a key: from now on it opens nothing. Revoked once, it stays as it was revoked first."""
    standing = DeviceKey.objects.filter(pk=key.pk, revoked_at=None)
    standing.update(revoked_at=now, revoked_by=by.printed_name)


def key_shown(authorization: str) -> DeviceKey | None:
    """The key in an Authorization header, if it stands."""
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        return None
    standing = DeviceKey.objects.select_related("site").filter(revoked_at=None)
    return standing.filter(digest=digest_of_secret(secret.strip())).first()


def keys_in_reach(viewer: Account) -> QuerySet[DeviceKey]:
    """The keys of the viewer's sites, those that stand first."""
    return DeviceKey.objects.select_related("site").filter(site__in=viewer.sites.all())
