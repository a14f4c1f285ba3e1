"""Taking a questionnaire down: choose one, write the answers as they are given, hand it in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ajar.clinic import clock
from ajar.clinic.followup.models import StaffRecording
from ajar.clinic.followup.recordforms import RecordingForm, initial_of
from ajar.clinic.followup.recording import (
    RecordingClosed,
    begin_recording,
    drop_recording,
    hand_in_recording,
    instrument_of,
    keep_answers,
)
from ajar.clinic.followup.selectors import measures_of
from ajar.clinic.instruments.wordings import form_text
from ajar.clinic.patients.access import StaffRequest, patient_in_reach, permit
from ajar.clinic.staff.policy import Action
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.registry import SCORERS


@require_http_methods(["GET", "POST"])
@permit(Action.RECORD_SCORE)
def choose(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Every instrument there is, those of this patient's condition first."""
    patient = patient_in_reach(request.user, patient_id)
    if request.method == "POST":
        instrument = _instrument(request.POST.get("instrument", ""))
        held = begin_recording(patient=patient, instrument=instrument, by=request.user, now=clock.now())
        return redirect("followup:recording", patient.pk, held.pk)
    measures = measures_of(patient)
    first = [SCORERS[name] for name in measures.all_ids]
    rest = sorted((one for one in SCORERS.values() if one not in first), key=lambda one: one.name.lower())
    return render(request, "followup/choose.html", {"first": first, "rest": rest, "measures": measures})


@require_http_methods(["GET", "POST"])
@permit(Action.RECORD_SCORE)
def recording(request: StaffRequest, patient_id: UUID, recording_id: UUID) -> HttpResponse:
    """The form; "save so far" keeps the answers, "record" hands them in."""
    held, form = _open(request, patient_id, recording_id)
    if request.method == "GET":
        return _form_page(request, held, form)
    now = clock.now()
    if request.POST.get("do") == "keep":
        keep_answers(recording=held, answers=form.answers, now=now)
        messages.success(request, _("Kept so far. Nothing is in the chart until you record it."))
        return redirect("followup:recording", patient_id, recording_id)
    if not form.is_valid() or not _handed_in(request, held, form, now):
        keep_answers(recording=held, answers=form.answers, now=now)
        return _form_page(request, held, form)
    messages.success(request, _("%(name)s is recorded.") % {"name": form.instrument.name})
    return redirect(f"{reverse('followup:follow-up', args=[patient_id])}?measure={held.instrument}")


@require_POST
@permit(Action.RECORD_SCORE)
def keep(request: StaffRequest, patient_id: UUID, recording_id: UUID) -> HttpResponse:
    """Keep the answers as they are given, and say at once what one of them asks for."""
    held, form = _open(request, patient_id, recording_id)
    now = clock.now()
    held = keep_answers(recording=held, answers=form.answers, now=now)
    return render(request, "followup/kept.html", {"held": held, "kept_at": now})


@require_POST
@permit(Action.RECORD_SCORE)
def drop(request: StaffRequest, patient_id: UUID, recording_id: UUID) -> HttpResponse:
    """Give it up; nothing comes into the chart."""
    held, _form = _open(request, patient_id, recording_id)
    drop_recording(recording=held, now=clock.now())
    messages.success(request, _("Dropped. A task that an answer opened stays open."))
    return redirect("followup:follow-up", patient_id)


def _open(
    request: StaffRequest, patient_id: UUID, recording_id: UUID
) -> tuple[StaffRecording, RecordingForm]:
    patient = patient_in_reach(request.user, patient_id)
    held = get_object_or_404(StaffRecording, pk=recording_id, patient=patient, entry_id=None, dropped_at=None)
    instrument, zone = instrument_of(held), patient.site.zone
    text = form_text(instrument, language=patient.language)
    initial = initial_of(held.draft, now=clock.now().astimezone(zone))
    data = request.POST if request.method == "POST" else None
    return held, RecordingForm(data, initial=initial, instrument=instrument, text=text, zone=zone)


def _handed_in(request: StaffRequest, held: StaffRecording, form: RecordingForm, now: datetime) -> bool:
    text = form_text(form.instrument, language=held.patient.language)
    try:
        hand_in_recording(
            recording=held,
            answers=form.answers,
            mode=form.administered,
            occasion=form.cleaned_data["occasion"],
            answered=form.answered,
            text=text,
            by=request.user,
            now=now,
        )
    except (ValueError, RecordingClosed) as refused:
        form.add_error(None, str(refused) or _("It was recorded or dropped before."))
        return False
    return True


def _form_page(request: StaffRequest, held: StaffRecording, form: RecordingForm) -> HttpResponse:
    text = form_text(form.instrument, language=held.patient.language)
    context: dict[str, Any] = {"held": held, "form": form, "instrument": form.instrument, "text": text}
    return render(request, "followup/recording.html", context, status=422 if form.errors else 200)


def _instrument(name: str) -> Instrument:
    if name not in SCORERS:
        raise Http404("No such instrument.")
    return SCORERS[name]
