"""What is done from the board itself: seeing an alarm, resting the sound, looking in; and the pages beside
it: the hand-over of a shift, the names of rooms, the alarm load.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ajar.clinic import clock
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.monitoring import services
from ajar.clinic.monitoring.board import rights_of, tile_of
from ajar.clinic.monitoring.burden import loads_in_week, monday_of
from ajar.clinic.monitoring.floor_forms import AcceptForm, HandOverForm, RoomNameForm, TileForm
from ajar.clinic.monitoring.handover import accept_hand_over, kept_hand_overs, sign_hand_over, summary_of
from ajar.clinic.monitoring.models import HandOver
from ajar.clinic.monitoring.selectors import standing_alarms
from ajar.clinic.monitoring.sounding import NothingSounds, pause_sound
from ajar.clinic.monitoring.views import place_of
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.scheduling.models import Room
from ajar.clinic.scheduling.services import rename_room
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.staff.policy import Action
from ajar.pathway.dosing.stage import IN_ROOM
from ajar.pathway.evaluation.products import AT_HOME
from ajar.pathway.monitoring.events import LOOKED_IN


def site_here(request: StaffRequest, slug: str) -> Site:
    """One of the sites where the viewer works (404 otherwise)."""
    found: Site = get_object_or_404(request.user.sites, slug=slug)
    return found


@require_POST
@permit(Action.RUN_SESSION)
def from_tile(request: StaffRequest, slug: str, room_id: UUID) -> HttpResponse:
    """An alarm was seen, or someone looked in: recorded for who is in this room now, or seen at home."""
    site = site_here(request, slug)
    here = Q(room_id=room_id) | Q(pk=room_id, product__in=AT_HOME)
    row = get_object_or_404(DosingNow, here, site=site, stage__in=IN_ROOM)
    form, now = TileForm(request.POST), clock.now()
    if form.is_valid():
        if form.cleaned_data["encounter"] not in (None, row.pk):
            return another_is_there(request, slug)
        record_from_tile(row.pk, form.cleaned_data["alarm"], by=request.user, now=now)
    if request.headers.get("X-Requested-With") != "fetch":
        return redirect("monitoring:board", slug)
    tile = tile_of(site, room_id, viewer=request.user, now=now)
    return render(request, "monitoring/tile.html", {"tile": tile, "site": site, **rights_of(request.user)})


def another_is_there(request: StaffRequest, slug: str) -> HttpResponse:
    """The tile was drawn before one patient left the room and another came: nothing is recorded."""
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=409)  # the script then asks the plain way, which says it in words
    messages.warning(request, _("Another patient is in that room now. Nothing was recorded: look again."))
    return redirect("monitoring:board", slug)


def record_from_tile(encounter_id: UUID, alarm_key: str, *, by: Account, now: datetime) -> None:
    """Without an alarm's key: someone was with the patient."""
    if not alarm_key:
        services.note_event(encounter_id=encounter_id, event=LOOKED_IN, by=by, now=now)
        return
    for alarm in standing_alarms(encounter_id, now=now):
        if alarm.key == alarm_key and not alarm.seen_by:
            services.acknowledge_alarm(encounter_id=encounter_id, alarm=alarm, by=by, now=now)


@require_POST
@permit(Action.RUN_SESSION)
def pause(request: StaffRequest, slug: str) -> HttpResponse:
    """Let the sound of a site rest for two minutes; who did it is an entry in each session."""
    fetched = request.headers.get("X-Requested-With") == "fetch"
    try:
        pause_sound(site=site_here(request, slug), by=request.user, now=clock.now())
    except NothingSounds as nothing:
        if not fetched:
            messages.info(request, str(nothing))
    return HttpResponse(status=204) if fetched else redirect("monitoring:board", slug)


@require_http_methods(["GET", "POST"])
@permit(Action.HAND_OVER_SHIFT)
def hand_over(request: StaffRequest, slug: str) -> HttpResponse:
    """What stands in every room, to be signed by whoever leaves; and the hand-overs kept."""
    site, now = site_here(request, slug), clock.now()
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            sign_hand_over(site=site, notes=said["notes"], pin=said["pin"], by=request.user, now=now)
        except ValueError as refused:
            form.add_error("pin", str(refused))
        else:
            return redirect("monitoring:hand-over", slug)
    return hand_over_page(request, site, form, AcceptForm(prefix="accept"))


def hand_over_page(
    request: StaffRequest, site: Site, form: HandOverForm, accept_form: AcceptForm
) -> HttpResponse:
    """The page, with what was refused."""
    context = {
        "site": site,
        "form": form,
        "accept": accept_form,
        "rooms": summary_of(site, viewer=request.user, now=clock.now()),
        "kept": kept_hand_overs(site),
    }
    status = 422 if form.errors or accept_form.errors else 200
    return render(request, "monitoring/hand_over.html", context, status=status)


@require_POST
@permit(Action.HAND_OVER_SHIFT)
def accept(request: StaffRequest, slug: str, hand_over_id: UUID) -> HttpResponse:
    """Take over the shift that a colleague signed."""
    site = site_here(request, slug)
    get_object_or_404(HandOver, pk=hand_over_id, site=site)
    form = AcceptForm(request.POST, prefix="accept")
    if form.is_valid():
        pin, now = form.cleaned_data["pin"], clock.now()
        try:
            accept_hand_over(hand_over_id=hand_over_id, site=site, pin=pin, by=request.user, now=now)
        except ValueError as refused:
            form.add_error("pin", str(refused))
        else:
            return redirect("monitoring:hand-over", slug)
    return hand_over_page(request, site, HandOverForm(), form)


@require_GET
@permit(Action.ADMINISTER)
def rooms_here(request: StaffRequest) -> HttpResponse:
    """The rooms of the site the viewer works at now."""
    return redirect("monitoring:room-names", place_of(request).slug)


@require_http_methods(["GET", "POST"])
@permit(Action.ADMINISTER)
def room_names(request: StaffRequest, slug: str) -> HttpResponse:
    """The rooms of a site, each to be called something else."""
    site = site_here(request, slug)
    form = RoomNameForm(request.POST or None, site=site)
    if request.method == "POST" and form.is_valid():
        try:
            rename_room(room=form.cleaned_data["room"], name=form.cleaned_data["name"])
        except ValueError as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("The room has its new name."))
            return redirect("monitoring:room-names", slug)
    context = {
        "site": site,
        "form": form,
        "rooms": Room.objects.filter(site=site),
        "places": request.user.sites.filter(telehealth=False),
    }
    return render(request, "monitoring/room_names.html", context, status=422 if form.errors else 200)


@require_GET
@permit(Action.SEE_ALARM_LOAD)
def alarm_load(request: StaffRequest) -> HttpResponse:
    """How many alarms a room-hour brings, and what became of them, by site, for one week."""
    now = clock.now()
    monday = monday_of(asked_day(request.GET.get("week", "")) or timezone.localdate(now))
    context = {
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "loads": loads_in_week(request.user, monday, now=now),
    }
    return render(request, "monitoring/load.html", context)


def asked_day(text: str) -> date | None:
    """A day such as 2026-03-02; None where the address names none that can be."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None
