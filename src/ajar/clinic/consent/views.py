"""Consent: where it stands, reading and signing it, signing after the patient, taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ajar.clinic.consent import signing
from ajar.clinic.consent.forms import CountersignForm, WithdrawForm
from ajar.clinic.consent.selectors import signature_of
from ajar.clinic.patients.access import StaffRequest, patient_in_reach, permit
from ajar.clinic.staff.policy import Action


@require_GET
@permit(Action.SEE_CONSENT)
def overview(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Every consent of this patient, where it stands, and its history."""
    return signing.overview(request, patient_in_reach(request.user, patient_id))


@require_http_methods(["GET", "POST"])
@permit(Action.GIVE_CONSENT)
def sign(request: StaffRequest, patient_id: UUID, document_id: str) -> HttpResponse:
    """The patient reads and signs on their own account."""
    seen = signing.about(request, patient_id, document_id)
    form = signing.sign_form(request, seen)
    if request.method == "POST" and signing.save_signature(form, seen):
        messages.success(request, _("You have signed. Your prescriber signs next."))
        return redirect("consent:overview", patient_id)
    return signing.signing_page(request, form, seen, "consent/sign.html")


@require_http_methods(["GET", "POST"])
@permit(Action.HAND_OVER_CONSENT)
def hand_over(request: StaffRequest, patient_id: UUID, document_id: str) -> HttpResponse:
    """Staff opened the text on a clinic device; the patient reads and signs."""
    seen = signing.about(request, patient_id, document_id)
    form = signing.sign_form(request, seen)
    if request.method == "POST" and signing.save_signature(form, seen):
        return redirect("consent:thank-you", patient_id, seen.document.id)
    return signing.signing_page(request, form, seen, "consent/hand_over.html")


@require_GET
@permit(Action.HAND_OVER_CONSENT)
def thank_you(request: StaffRequest, patient_id: UUID, document_id: str) -> HttpResponse:
    """What the patient sees after signing on a clinic device: give it back."""
    seen = signing.about(request, patient_id, document_id)
    return render(request, "consent/thank_you.html", {"patient": seen.patient, "document": seen.document})


@require_POST
@permit(Action.COUNTERSIGN_CONSENT)
def countersign(request: StaffRequest, patient_id: UUID, document_id: str) -> HttpResponse:
    """The prescriber signs after the patient."""
    seen, form = signing.about(request, patient_id, document_id), CountersignForm(request.POST)
    if not signing.save_countersignature(form, seen):
        return signing.overview(request, seen.patient, countersign_form=form, refused=seen.document.id)
    messages.success(request, _("You have signed. The consent is valid."))
    return redirect("consent:overview", patient_id)


@require_POST
@permit(Action.GIVE_CONSENT)
def withdraw(request: StaffRequest, patient_id: UUID, document_id: str) -> HttpResponse:
    """The patient takes consent back."""
    return _take_back(request, patient_id, document_id)


@require_POST
@permit(Action.HAND_OVER_CONSENT)
def record_withdrawal(request: StaffRequest, patient_id: UUID, document_id: str) -> HttpResponse:
    """Staff record that the patient took consent back."""
    return _take_back(request, patient_id, document_id)


def _take_back(request: StaffRequest, patient_id: UUID, document_id: str) -> HttpResponse:
    seen, form = signing.about(request, patient_id, document_id), WithdrawForm(request.POST)
    if not signing.save_withdrawal(form, seen):
        return signing.overview(request, seen.patient, withdraw_form=form, refused=seen.document.id)
    messages.success(request, _("The consent is taken back. No further session can begin under it."))
    return redirect("consent:overview", patient_id)


@require_GET
@permit(Action.SEE_CONSENT)
def signed_copy(request: StaffRequest, patient_id: UUID, entry_id: UUID) -> HttpResponse:
    """The words as signed, with the signature: to read or print."""
    patient = patient_in_reach(request.user, patient_id)
    signed = signature_of(patient, entry_id, viewer=request.user)
    if signed is None:
        raise Http404("No such signature in this chart.")
    context = {"patient": patient, "site": patient.site, "signed": signed}
    return render(request, "consent/copy.html", context)
