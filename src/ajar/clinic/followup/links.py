"""The link to one questionnaire: the invitation's id, signed with the clinic's key, so nobody can guess one.

The signature (HMAC-SHA256 by Django's signer) makes the link reproducible for staff and useless to whoever
reads the database without the key. When it ends is a matter of the invitation, not of the link.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from ajar.clinic.followup.models import QuestionnaireInvitation

SIGNER: Final = Signer(salt="followup.invitation", sep=".")


def token_of(invitation: QuestionnaireInvitation) -> str:
    """The invitation's token: 22 characters of id, a dot, the signature."""
    return SIGNER.sign(urlsafe_b64encode(invitation.pk.bytes).decode().rstrip("="))


def path_of(invitation: QuestionnaireInvitation) -> str:
    """Where the patient answers it."""
    return reverse("followup:invited", args=[token_of(invitation)])


def invitation_of(token: str) -> QuestionnaireInvitation | None:
    """The invitation a token was made for; None where the clinic never made this token."""
    try:
        invitation_id = UUID(bytes=urlsafe_b64decode(SIGNER.unsign(token) + "=="))
    except (BadSignature, Error, ValueError):
        return None
    return (
        QuestionnaireInvitation.objects.select_related("patient__site", "patient__account")
        .filter(pk=invitation_id)
        .first()
    )
