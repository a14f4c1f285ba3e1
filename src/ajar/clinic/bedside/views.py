"""Staff open, watch and close the patient's screen."""

from base64 import b64encode
from typing import cast
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ajar.clinic import clock
from ajar.clinic.bedside import services
from ajar.clinic.bedside.forms import WishesForm
from ajar.clinic.bedside.links import path_of
from ajar.clinic.bedside.models import PatientScreen
from ajar.clinic.bedside.selectors import screen_now
from ajar.clinic.patients.access import StaffRequest, encounter_in_reach, permit
from ajar.clinic.staff.policy import Action
from ajar.pathway.monitoring.calling import DEFAULT_SCREEN_POLICY


@require_GET
@permit(Action.RUN_SESSION)
def about(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Open the patient's screen, or see how it does."""
    now = clock.now()
    found = screen_now(encounter_id, now=now)
    url = request.build_absolute_uri(path_of(found.screen)) if found and not found.is_open else ""
    context = {
        "encounter": encounter_in_reach(request.user, encounter_id),
        "running": services.is_running(encounter_id),
        "found": found,
        "url": url,
        "code": picture_of(url) if url else "",
        "form": WishesForm(),
        "policy": DEFAULT_SCREEN_POLICY,
    }
    return render(request, "bedside/about.html", context)


@require_POST
@permit(Action.RUN_SESSION)
def make_link(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """A link for the tablet or telephone in the room."""
    made(request, encounter_id)
    return redirect("bedside:about", encounter_id)


@require_POST
@permit(Action.RUN_SESSION)
def open_here(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """This device becomes the patient's screen: whoever opened it is signed out here first."""
    screen = made(request, encounter_id)
    if screen is None:
        return redirect("bedside:about", encounter_id)
    logout(request)
    return redirect(path_of(screen))


@require_POST
@permit(Action.RUN_SESSION)
def close(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The patient needs it no more."""
    services.close_screens(encounter=encounter_in_reach(request.user, encounter_id), now=clock.now())
    messages.success(request, _("The patient's screen is closed."))
    return redirect("bedside:about", encounter_id)


def made(request: StaffRequest, encounter_id: UUID) -> PatientScreen | None:
    """The link, or the refusal as a message."""
    form = WishesForm(request.POST)
    form.is_valid()  # nothing in it can be wrong: each box is ticked or not
    encounter = encounter_in_reach(request.user, encounter_id)
    try:
        return services.make_screen(encounter=encounter, wishes=form.wishes, by=request.user, now=clock.now())
    except services.ScreenClosed as refused:
        messages.error(request, str(refused))
        return None


def picture_of(url: str) -> str:
    """A square that a camera reads, as the source of an image."""
    drawing = cast(str, get_adapter().build_totp_svg(url))
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
