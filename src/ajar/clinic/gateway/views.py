"""The quarantine, and where devices stand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ajar.clinic import clock
from ajar.clinic.gateway.forms import AssignForm, BindForm, DismissForm
from ajar.clinic.gateway.models import Quarantined
from ajar.clinic.gateway.resolving import (
    ResolutionRefused,
    assign,
    bind_device,
    dismiss,
    says,
    unbind_device,
)
from ajar.clinic.gateway.selectors import (
    alarms_lately,
    assignable_sessions,
    devices_before,
    devices_in_reach,
    held_in_reach,
    like_it,
    open_held,
    resolved_lately,
)
from ajar.clinic.gateway.site_troubles import troubles_of_site
from ajar.clinic.gateway.trouble import floods_from_nowhere, troubles_at
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.policy import Action, may

SHOWN = 100


@require_GET
@permit(Action.RESOLVE_QUARANTINE)
def held_list(request: StaffRequest) -> HttpResponse:
    """What waits for a person, and what was resolved lately."""
    waiting, now = open_held(request.user), clock.now()
    context = {
        "waiting": waiting[:SHOWN],
        "count": waiting.count(),
        "resolved": resolved_lately(request.user),
        "devices": devices_in_reach(request.user),
        "devices_before": devices_before(request.user),
        "troubles": [*troubles_at(request.user.sites.all(), now=now), *floods_from_nowhere(now=now)],
        "alarms": alarms_lately(request.user),
        "may_keys": may(request.user.role_of, Action.ADMINISTER),
        "bind_form": bind_form(request),
    }
    return render(request, "gateway/quarantine.html", context)


@require_GET
@permit(Action.SEE_BOARD)
def troubles(request: StaffRequest, slug: str) -> HttpResponse:
    """What is wrong with the server and the devices of a site, for a board that asks again."""
    site = get_object_or_404(request.user.sites, slug=slug)
    context = {"troubles": troubles_of_site(site, now=clock.now())}
    return render(request, "gateway/trouble_list.html", context)


@require_GET
@permit(Action.RESOLVE_QUARANTINE)
def held_one(request: StaffRequest, held_id: UUID) -> HttpResponse:
    """One message, readable, and what can be done with it."""
    held = get_object_or_404(held_in_reach(request.user), pk=held_id)
    return page_of(request, held, assign_form(request, held), dismiss_form())


@require_POST
@permit(Action.RESOLVE_QUARANTINE)
def assign_one(request: StaffRequest, held_id: UUID) -> HttpResponse:
    """Record it in a session."""
    held = get_object_or_404(held_in_reach(request.user), pk=held_id)
    form = assign_form(request, held, request.POST)
    if form.is_valid():
        try:
            recorded = assign(
                held=held,
                encounter_id=form.encounter_id,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=clock.now(),
            )
        except ResolutionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return done(request, _("Recorded in the session: %(count)d entries.") % {"count": len(recorded)})
    return page_of(request, held, form, dismiss_form())


@require_POST
@permit(Action.RESOLVE_QUARANTINE)
def dismiss_one(request: StaffRequest, held_id: UUID) -> HttpResponse:
    """Set it aside, with others like it when asked."""
    held = get_object_or_404(held_in_reach(request.user), pk=held_id)
    form = dismiss_form(request.POST)
    if form.is_valid():
        others = list(like_it(held, request.user)) if form.cleaned_data["others"] else []
        try:
            count = dismiss(
                held=[held, *others],
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=clock.now(),
            )
        except ResolutionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return done(request, _("Set aside: %(count)d.") % {"count": count})
    return page_of(request, held, assign_form(request, held), form)


@require_POST
@permit(Action.RESOLVE_QUARANTINE)
def bind(request: StaffRequest) -> HttpResponse:
    """Say where a device stands."""
    form = bind_form(request)
    if not form.is_valid():
        messages.error(request, _("Give the device's identifier and one of your rooms."))
        return redirect("gateway:quarantine")
    try:
        found = bind_device(by=request.user.printed_name, now=clock.now(), **form.cleaned_data)
    except ResolutionRefused as refused:
        messages.error(request, str(refused))
        return redirect("gateway:quarantine")
    return done(request, _("%(device)s stands in %(room)s.") % {"device": found.device, "room": found.room})


@require_POST
@permit(Action.RESOLVE_QUARANTINE)
def unbind(request: StaffRequest, binding_id: UUID) -> HttpResponse:
    """Say that a device stands nowhere; its messages are held from now on."""
    binding = get_object_or_404(devices_in_reach(request.user), pk=binding_id)
    unbind_device(binding=binding, now=clock.now())
    return done(request, _("%(device)s stands in no room now.") % {"device": binding.device})


def assign_form(request: StaffRequest, held: Quarantined, data: QueryDict | None = None) -> AssignForm:
    """The form that assigns this message, with what was typed."""
    return AssignForm(data, sessions=assignable_sessions(held, request.user), auto_id="assign_%s")


def dismiss_form(data: QueryDict | None = None) -> DismissForm:
    """The form that sets it aside, with what was typed."""
    return DismissForm(data, auto_id="dismiss_%s")


def bind_form(request: StaffRequest) -> BindForm:
    """The form for a device, with the viewer's own rooms."""
    rooms = Room.objects.select_related("site").filter(site__in=request.user.sites.all(), active=True)
    return BindForm(request.POST or None, rooms=rooms)


def page_of(
    request: StaffRequest, held: Quarantined, assigning: AssignForm, dismissing: DismissForm
) -> HttpResponse:
    """The page of one message; 422 when something on it was refused."""
    refused = bool(assigning.is_bound and assigning.errors) or bool(dismissing.is_bound and dismissing.errors)
    context = {
        "held": held,
        "says": says(held),
        "assigning": assigning,
        "dismissing": dismissing,
        "others": like_it(held, request.user).count(),
    }
    return render(request, "gateway/held.html", context, status=422 if refused else 200)


def done(request: StaffRequest, words: str) -> HttpResponse:
    """Back to the list, saying what happened."""
    messages.success(request, words)
    return redirect("gateway:quarantine")
