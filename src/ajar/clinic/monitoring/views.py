"""The board, the flowsheet, and recording what is seen."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ajar.clinic import clock
from ajar.clinic.dosing.doing import look, shown
from ajar.clinic.dosing.page import Seen
from ajar.clinic.monitoring import services
from ajar.clinic.monitoring.board import board_of, rights_of, tile_of
from ajar.clinic.monitoring.correcting import correctable_or_404, correction_form
from ajar.clinic.monitoring.drawing import flowsheet_page
from ajar.clinic.monitoring.forms import (
    AlarmForm,
    DissociationForm,
    EventForm,
    SedationForm,
    TakeBackForm,
    VitalsForm,
)
from ajar.clinic.monitoring.once import answer_to_script, refuse_another_person, sent_by_script
from ajar.clinic.monitoring.selectors import standing_alarms
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Site
from ajar.clinic.staff.policy import Action
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.monitoring.replay import said_by


@require_GET
@permit(Action.SEE_BOARD)
def board_here(request: StaffRequest) -> HttpResponse:
    """The board of the site the viewer works at now."""
    return redirect("monitoring:board", place_of(request).slug)


def place_of(request: StaffRequest) -> Site:
    """The site with rooms that the viewer works at now.

    Raises:
        Http404: they work at none.
    """
    sites = request.user.sites.filter(telehealth=False)
    kept = request.session.get("site")
    chosen = next((site for site in sites if str(site.pk) == kept), sites.first())
    if chosen is None:
        raise Http404("No site with rooms.")
    return chosen


@require_GET
@permit(Action.SEE_BOARD)
def board(request: StaffRequest, slug: str) -> HttpResponse:
    """Every room of a site."""
    site = get_object_or_404(request.user.sites, slug=slug)
    context = board_of(site, viewer=request.user, now=clock.now())
    template = "monitoring/rooms.html" if "rooms" in request.GET else "monitoring/board.html"
    return render(request, template, {"site": site, "wall": on_the_wall(request), **context})


@require_GET
@permit(Action.SEE_BOARD)
def tile(request: StaffRequest, slug: str, room_id: UUID) -> HttpResponse:
    """One room, for a board that was told that something changed there."""
    site: Site = get_object_or_404(request.user.sites, slug=slug)
    try:
        found = tile_of(site, room_id, viewer=request.user, now=clock.now())
    except Room.DoesNotExist:
        raise Http404("No such room.") from None
    context = {
        "tile": found,
        "site": site,
        "wall": on_the_wall(request),
        **rights_of(request.user),
    }
    return render(request, "monitoring/tile.html", context)


def on_the_wall(request: StaffRequest) -> bool:
    """Is this the display that hangs on a wall: nothing to press, nothing but initials?"""
    return request.GET.get("display") == "wall"


@require_GET
@permit(Action.SEE_SESSION)
def flowsheet(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The whole session along one time axis."""
    context = flowsheet_page(look(request, encounter_id))
    template = "monitoring/sheet.html" if "sheet" in request.GET else "monitoring/flowsheet.html"
    return render(request, template, context)


@require_GET
@permit(Action.SEE_SESSION)
def alarms(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The alarms that stand, for a page that was told that they changed."""
    seen = look(request, encounter_id)
    standing = standing_alarms(encounter_id, now=seen.now)
    may_record = seen.may(Action.RUN_SESSION)
    context = {"alarms": standing, "encounter": seen.encounter, "may_record": may_record}
    return render(request, "monitoring/alarms.html", context)


def recorded(
    request: StaffRequest, encounter_id: UUID, name: str, form: Any, act: Callable[[Any, Seen], object]
) -> HttpResponse:
    """Record what a form says, or show the page again with its refusal and what was typed."""
    seen = look(request, encounter_id)
    done = form.is_valid() and taken(form, act, seen)
    if sent_by_script(request):
        return answer_to_script(refusals_of(form), getattr(form, "ask", ""))
    if done:
        return redirect(page_after(request), encounter_id)
    return shown(request, look(request, encounter_id, {name: form}))


def page_after(request: StaffRequest) -> str:
    """Back to the flowsheet where the form stood there; else to the session."""
    return "monitoring:flowsheet" if request.GET.get("back") == "flowsheet" else "dosing:session"


def refusals_of(form: forms.Form) -> list[str]:
    """Why a form was not taken, in words."""
    said = [str(words) for field in form.errors.values() for words in field]
    asked = [form.unusual] if isinstance(form, VitalsForm) and form.ask else []
    return [*said, *asked]


def taken(form: forms.Form, act: Callable[[Any, Seen], object], seen: Seen) -> bool:
    """Whether the service took it."""
    try:
        refuse_another_person(form.cleaned_data.get("author", ""), seen.viewer)
        act(form, seen)
    except services.AskOnce as asked:
        if not isinstance(form, VitalsForm):
            raise
        form.ask = form.spelled
        form.unusual = str(asked)
        return False
    except ValueError as refused:
        form.add_error(None, str(refused))
    return not form.errors


@require_POST
@permit(Action.RUN_SESSION)
def record_vitals(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """A set of vital signs."""

    def act(form: VitalsForm, seen: Seen) -> None:
        if (vitals := form.vitals()) is not None:
            measured_at = form.moment(seen.encounter.site.zone)
            services.record_vitals(
                encounter_id=encounter_id,
                vitals=vitals,
                by=request.user,
                now=seen.now,
                measured_at=measured_at,
                once=form.cleaned_data["once"],
            )

    return recorded(request, encounter_id, "vitals", VitalsForm(request.POST), act)


@require_POST
@permit(Action.RUN_SESSION)
def rate_sedation(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """A MOAA/S score."""

    def act(form: SedationForm, seen: Seen) -> object:
        return services.rate_sedation(
            encounter_id=encounter_id,
            moaa_s=form.cleaned_data["moaa_s"],
            by=request.user,
            now=seen.now,
            measured_at=form.moment(seen.encounter.site.zone),
            once=form.cleaned_data["once"],
        )

    return recorded(request, encounter_id, "sedation", SedationForm(request.POST), act)


@require_POST
@permit(Action.RUN_SESSION)
def rate_dissociation(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """CADSS-6."""

    def act(form: DissociationForm, seen: Seen) -> object:
        return services.rate_dissociation(
            encounter_id=encounter_id,
            items=form.items,
            distress=form.cleaned_data["distress"],
            by=request.user,
            now=seen.now,
            measured_at=form.moment(seen.encounter.site.zone),
            once=form.cleaned_data["once"],
        )

    return recorded(request, encounter_id, "dissociation", DissociationForm(request.POST), act)


@require_POST
@permit(Action.RUN_SESSION)
def note_event(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Something happened."""

    def act(form: EventForm, seen: Seen) -> object:
        data = form.cleaned_data
        return services.note_event(
            encounter_id=encounter_id,
            event=data["event"],
            severity=form.graded,
            action=data["action"],
            note=data["note"],
            by=request.user,
            now=seen.now,
            happened_at=form.moment(seen.encounter.site.zone),
            once=data["once"],
        )

    return recorded(request, encounter_id, "event", EventForm(request.POST), act)


@require_POST
@permit(Action.RUN_SESSION)
def handle_alarm(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Seen; or, with words, what was done about it."""

    def act(form: AlarmForm, seen: Seen) -> None:
        data = form.cleaned_data
        for alarm in standing_alarms(encounter_id, now=seen.now):
            if alarm.key == data["alarm"] and data["action"].strip():
                services.resolve_alarm(
                    encounter_id=encounter_id,
                    alarm=alarm,
                    action=data["action"],
                    by=request.user,
                    now=seen.now,
                )
            elif alarm.key == data["alarm"]:
                services.acknowledge_alarm(
                    encounter_id=encounter_id, alarm=alarm, by=request.user, now=seen.now
                )

    return recorded(request, encounter_id, "alarm", AlarmForm(request.POST), act)


@require_http_methods(["GET", "POST"])
@permit(Action.RUN_SESSION)
def correct(request: StaffRequest, encounter_id: UUID, entry_id: UUID) -> HttpResponse:
    """Put something else in the place of a value or an event; the old one stays visible."""
    seen, entry = look(request, encounter_id), correctable_or_404(encounter_id, entry_id)
    form = correction_form(entry, request.POST or None)

    def act(form: Any, seen: Seen) -> None:
        if (corrected := form.corrected(entry)) is not None:
            services.correct_reading(
                entry=entry,
                corrected=corrected,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=seen.now,
            )

    if request.method == "POST" and form.is_valid() and taken(form, act, seen):
        return redirect(page_after(request), encounter_id)
    return correction(request, seen, entry, form, TakeBackForm())


@require_POST
@permit(Action.RUN_SESSION)
def take_back(request: StaffRequest, encounter_id: UUID, entry_id: UUID) -> HttpResponse:
    """Entered in error."""
    seen, entry = look(request, encounter_id), correctable_or_404(encounter_id, entry_id)
    form = TakeBackForm(request.POST)

    def act(form: TakeBackForm, seen: Seen) -> object:
        reason = form.cleaned_data["reason"]
        return services.take_back(entry=entry, reason=reason, by=request.user, now=seen.now)

    if form.is_valid() and taken(form, act, seen):
        return redirect(page_after(request), encounter_id)
    return correction(request, seen, entry, correction_form(entry), form)


def correction(
    request: StaffRequest, seen: Seen, entry: Entry, form: forms.Form, back: TakeBackForm
) -> HttpResponse:
    """The page of one correction, with whatever was refused."""
    context = {
        "form": form,
        "entry": entry,
        "said": said_by(entry),
        "encounter": seen.encounter,
        "back": back,
        "page_after": page_after(request),
        "query": request.GET.urlencode(),
    }
    status = 422 if form.errors or back.errors else 200
    return render(request, "monitoring/correct.html", context, status=status)
