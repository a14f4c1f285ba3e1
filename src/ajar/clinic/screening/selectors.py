"""What belongs to a browser or a link: its quiz, the time it keeps, the booking behind a token."""

from secrets import token_urlsafe
from typing import Final

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ajar.clinic.scheduling.models import Appointment, AppointmentType
from ajar.clinic.screening.models import ScreeningVisit

VISIT_KEY: Final = "visit"
KEEPER_KEY: Final = "keeps-with"


def visit_of(request: HttpRequest) -> ScreeningVisit | None:
    """The quiz of this browser, if it began one and has not booked with it yet."""
    token = request.session.get(VISIT_KEY, "")
    if not token:
        return None
    return ScreeningVisit.objects.filter(token=token, patient=None).first()


def remember_visit(request: HttpRequest, visit: ScreeningVisit) -> None:
    """Keep the visit's random token in the session cookie's store."""
    request.session[VISIT_KEY] = visit.token


def keeper_token(request: HttpRequest) -> str:
    """This browser's random token for keeping a time, made when it is first needed."""
    if KEEPER_KEY not in request.session:
        request.session[KEEPER_KEY] = token_urlsafe(24)
    return str(request.session[KEEPER_KEY])


def booking_by_token(token: str) -> Appointment:
    """The appointment behind a link.

    Raises:
        Http404: no such link.
    """
    appointments = Appointment.objects.select_related("site", "type", "slot__prescriber__account")
    token = token.replace("\0", "")  # which no database can compare
    return get_object_or_404(appointments, token=token, type_id=AppointmentType.CONSULTATION)
