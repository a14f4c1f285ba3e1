"""Booking a consultation: times before names, a time kept while the form is filled in, a link afterwards."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ajar.clinic import clock
from ajar.clinic.patients.access import public
from ajar.clinic.scheduling.models import Slot
from ajar.clinic.scheduling.services import NotBooked, SlotTaken, keep_slot
from ajar.clinic.screening.booking_pages import booked_page, identity_page, times_page
from ajar.clinic.screening.forms import IdentityForm, ReasonForm, SlotForm
from ajar.clinic.screening.selectors import booking_by_token, keeper_token, visit_of
from ajar.clinic.screening.services import Identity, book_consultation, cancel_consultation, move_consultation
from ajar.exchange.icalendar import CalendarEvent, calendar_file
from ajar.pathway.patients.facts import Sex


@never_cache
@require_GET
@public
def times(request: HttpRequest) -> HttpResponse:
    """Free times, the next one first, everywhere or at one place."""
    return times_page(request)


@require_POST
@public
def keep(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """Keep a time for ten minutes, then ask who books."""
    try:
        keep_slot(slot_id=slot_id, token=keeper_token(request), now=clock.now())
    except SlotTaken as taken:
        return times_page(request, problem=str(taken), status=409)
    except Slot.DoesNotExist:
        return redirect("screening:times")
    return redirect("screening:identity", slot_id=slot_id)


@never_cache
@require_http_methods(["GET", "POST"])
@public
def identity(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """Who books. The time is kept meanwhile; the page says for how long."""
    slot = get_object_or_404(Slot.objects.select_related("site", "prescriber__account"), pk=slot_id)
    form = IdentityForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        return book(request, slot, form)
    return identity_page(request, slot, form)


def book(request: HttpRequest, slot: Slot, form: IdentityForm) -> HttpResponse:
    """Book, or say that somebody was quicker; what was typed is kept."""
    said = Identity(**{**form.cleaned_data, "sex": Sex(form.cleaned_data["sex"])})
    token, now = keeper_token(request), clock.now()
    try:
        booked = book_consultation(
            slot_id=slot.pk, identity=said, now=now, kept_with=token, visit=visit_of(request)
        )
    except SlotTaken as taken:
        return times_page(request, problem=str(taken), status=409)
    return redirect("screening:booking", token=booked.token)


@never_cache
@require_GET
@public
def booking(request: HttpRequest, token: str) -> HttpResponse:
    """The confirmation, by its link: when, where, what to bring, how to move or cancel it."""
    return booked_page(request, booking_by_token(token))


@require_GET
@public
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The appointment as a calendar file."""
    found = booking_by_token(token)
    link = request.build_absolute_uri(request.path.removesuffix("calendar.ics"))
    event = CalendarEvent(
        uid=f"{found.pk}@ajar",
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        summary=_("Consultation at Seaward Psychiatry"),
        location=", ".join(part for part in (found.site.name, found.site.address, found.site.city) if part),
        description=_("To move or cancel it: %(link)s") % {"link": link},
    )
    answer = HttpResponse(calendar_file(event, stamped_at=found.booked_at), content_type="text/calendar")
    answer["Content-Disposition"] = 'attachment; filename="consultation.ics"'
    return answer


@require_POST
@public
def give_up(request: HttpRequest, token: str) -> HttpResponse:
    """Cancel by the link."""
    found, form = booking_by_token(token), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        cancel_consultation(appointment=found, reason=reason, now=clock.now())
    except NotBooked as refused:
        return booked_page(request, found, problem=str(refused), status=409)
    return redirect("screening:booking", token=token)


@never_cache
@require_http_methods(["GET", "POST"])
@public
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Choose another time; the old one is given up only when the new one is booked."""
    found = booking_by_token(token)
    form = SlotForm(request.POST or None)
    if not form.is_valid():
        return times_page(request, instead=found)
    try:
        move_consultation(appointment=found, slot_id=form.cleaned_data["slot"].pk, now=clock.now())
    except (SlotTaken, NotBooked) as refused:
        return times_page(request, instead=found, problem=str(refused), status=409)
    return redirect("screening:booking", token=token)
