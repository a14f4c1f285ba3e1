"""Integration: the sessions beside the doses, the therapist's form, and corrections."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ajar.clinic import clock
from ajar.clinic.integration.forms import CorrectionForm, NewSessionForm, PrivateNoteForm, initial_of
from ajar.clinic.integration.saving import save_correction, save_new, save_private
from ajar.clinic.integration.selectors import SessionNote, doses_to_follow, integration_of, session_note
from ajar.clinic.patients.access import StaffRequest, patient_in_reach, permit
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.policy import Action, may
from ajar.pathway.integration.sessions import SESSION_TYPES
from ajar.pathway.integration.window import RULE_ID, SOURCE


@require_GET
@permit(Action.SEE_INTEGRATION)
def sessions(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """What was worked through after which dose, and which dose is still without."""
    patient = patient_in_reach(request.user, patient_id)
    context = {
        "integration": integration_of(patient, viewer=request.user, now=clock.now()),
        "may_write": may(request.user.role_of, Action.HOLD_INTEGRATION),
        "rule": {"id": RULE_ID, "source": SOURCE},
        "types": list(SESSION_TYPES.values()),
    }
    return render(request, "integration/sessions.html", context)


@require_http_methods(["GET", "POST"])
@permit(Action.HOLD_INTEGRATION)
def new_session(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Write down a session."""
    patient = patient_in_reach(request.user, patient_id)
    doses = doses_to_follow(patient, viewer=request.user)
    form = NewSessionForm(request.POST or None, doses=doses, zone=patient.site.zone)
    if request.method == "POST" and save_new(form, patient=patient, by=request.user, now=clock.now()):
        messages.success(request, _("The session is recorded."))
        return redirect("integration:sessions", patient.pk)
    return render(
        request, "integration/session_form.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@permit(Action.HOLD_INTEGRATION)
def correct_note(request: StaffRequest, patient_id: UUID, entry_id: UUID) -> HttpResponse:
    """Write one's session again, with the reason; the old text stays readable."""
    patient, note = _own_note(request, patient_id, entry_id)
    zone, doses = patient.site.zone, doses_to_follow(patient, viewer=request.user)
    initial = initial_of(note.held, note.shared.entry.happened_at, zone)
    form = CorrectionForm(request.POST or None, initial=initial, doses=doses, zone=zone)
    if request.method == "POST" and save_correction(form, note=note, by=request.user, now=clock.now()):
        messages.success(request, _("The correction is recorded; the old text stays readable."))
        return redirect("integration:sessions", patient.pk)
    return _form_page(request, "integration/session_form.html", {"form": form, "note": note})


@require_http_methods(["GET", "POST"])
@permit(Action.HOLD_INTEGRATION)
def private_note(request: StaffRequest, patient_id: UUID, entry_id: UUID) -> HttpResponse:
    """Write or rewrite the private note of one's own session."""
    patient, note = _own_note(request, patient_id, entry_id)
    written = note.private.entry.payload if note.private else None
    form = PrivateNoteForm(request.POST or None, initial={"text": getattr(written, "text", "")})
    if note.private is None:
        del form.fields["reason"]
    if request.method == "POST" and save_private(form, note=note, by=request.user, now=clock.now()):
        messages.success(request, _("Your private note is kept. Only you can read it."))
        return redirect("integration:sessions", patient.pk)
    return _form_page(request, "integration/private_note.html", {"form": form, "note": note})


def _form_page(request: StaffRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=422 if context["form"].errors else 200)


def _own_note(request: StaffRequest, patient_id: UUID, entry_id: UUID) -> tuple[Patient, SessionNote]:
    patient = patient_in_reach(request.user, patient_id)
    note = session_note(patient, entry_id, viewer=request.user)
    if note is None or not note.is_mine:
        raise Http404("No such session of yours.")
    return patient, note
