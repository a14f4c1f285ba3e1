"""The link to a patient's screen: its id, signed with the clinic's key. It names nobody."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from ajar.clinic.bedside.models import PatientScreen

SIGNER: Final = Signer(salt="bedside.patient-screen", sep=".")


def token_of(screen: PatientScreen) -> str:
    """The screen's token: 22 characters of id, a dot, the signature."""
    return SIGNER.sign(urlsafe_b64encode(screen.pk.bytes).decode().rstrip("="))


def path_of(screen: PatientScreen) -> str:
    """Where the patient's screen is."""
    return reverse("bedside:screen", args=[token_of(screen)])


def screen_of(token: str) -> PatientScreen | None:
    """The screen a token was made for; None where the clinic never made this token."""
    try:
        screen_id = UUID(bytes=urlsafe_b64decode(SIGNER.unsign(token) + "=="))
    except (BadSignature, Error, ValueError):
        return None
    return (
        PatientScreen.objects.select_related("encounter__patient", "encounter__site")
        .filter(pk=screen_id)
        .first()
    )
