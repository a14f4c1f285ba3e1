"""From a posted page to a recorded signature; a refusal goes back into the form with what was typed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation

from ajar.clinic import clock
from ajar.clinic.consent.forms import CountersignForm, SignForm, WithdrawForm
from ajar.clinic.consent.selectors import consents_of, spoken
from ajar.clinic.consent.services import ConsentRefused, countersign, sign_as_patient, withdraw
from ajar.clinic.ledger.selectors import decision_position
from ajar.clinic.patients.access import StaffRequest, patient_in_reach
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Account
from ajar.clinic.staff.policy import Action, may
from ajar.clinic.staff.services import SignatureRefused, confirm_signature
from ajar.pathway.consent.checklist import CHECKLIST
from ajar.pathway.consent.documents import ConsentDocument, UnknownDocument
from ajar.pathway.consent.library import current_document


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whose consent to what, in whose hands, at which moment."""

    patient: Patient
    document: ConsentDocument
    by: Account
    now: datetime


def about(request: StaffRequest, patient_id: UUID, document_id: str) -> About:
    """What an address asks for, within the viewer's reach (Http404 otherwise)."""
    return About(
        patient=patient_in_reach(request.user, patient_id),
        document=document_or_404(document_id),
        by=request.user,
        now=clock.now(),
    )


def document_or_404(document_id: str) -> ConsentDocument:
    """The newest version of a document named in an address."""
    try:
        return current_document(document_id)
    except UnknownDocument as unknown:
        raise Http404(str(unknown)) from unknown


def overview(request: StaffRequest, patient: Patient, **bound: Any) -> HttpResponse:
    """All consents of a patient; `bound` holds a form that was refused."""
    role = request.user.role_of
    initial = {"expected": decision_position(patient.pk)}
    consents = consents_of(patient, viewer=request.user, language=translation.get_language(), now=clock.now())
    shown = [one for one in consents if one.in_view or one.document.id == bound.get("refused")]
    context = {
        "patient": patient,
        "site": patient.site,
        "in_view": shown,
        "others": [consent for consent in consents if consent not in shown],
        "checklist": CHECKLIST,
        "may_sign": may(role, Action.GIVE_CONSENT),
        "may_hand_over": may(role, Action.HAND_OVER_CONSENT),
        "may_countersign": may(role, Action.COUNTERSIGN_CONSENT),
        "countersign_form": CountersignForm(initial=initial),
        "withdraw_form": WithdrawForm(initial=initial),
    } | bound
    return render(request, "consent/overview.html", context, status=422 if bound else 200)


def sign_form(request: StaffRequest, seen: About) -> SignForm:
    """The form in the language that was asked for, else the patient's own."""
    asked = request.POST.get("language") or request.GET.get("language") or seen.patient.language
    return SignForm(
        request.POST or None,
        document=seen.document,
        language=spoken(seen.document, asked),
        patient=seen.patient,
        expected=decision_position(seen.patient.pk),
    )


def save_signature(form: SignForm, seen: About) -> bool:
    """Record the patient's signature; False with the reason in the form."""
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        sign_as_patient(
            patient=seen.patient,
            document_id=seen.document.id,
            language=data["language"],
            shown_digest=data["digest"],
            elements=form.ticked,
            typed_name=data["typed_name"],
            by=seen.by,
            now=seen.now,
            expected=data["expected"],
        )
    except ConsentRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def signing_page(request: StaffRequest, form: SignForm, seen: About, template: str) -> HttpResponse:
    """The text and the signature, all in the language of the text."""
    language = form.text.language
    context = {
        "form": form,
        "document": seen.document,
        "patient": seen.patient,
        "site": seen.patient.site,
        "others": [other for other in seen.document.languages if other != language],
    }
    with translation.override(language):
        return render(request, template, context, status=422 if form.errors else 200)


def save_countersignature(form: CountersignForm, seen: About) -> bool:
    """Check the PIN and record the prescriber's signature; False with the reason in the form."""
    if not form.is_valid():
        return False
    try:
        confirm_signature(signer=seen.by, pin=form.cleaned_data["pin"])
        countersign(
            patient=seen.patient,
            document_id=seen.document.id,
            by=seen.by,
            now=seen.now,
            expected=form.cleaned_data["expected"],
        )
    except (SignatureRefused, ConsentRefused) as refused:
        form.add_error("pin", str(refused))
        return False
    return True


def save_withdrawal(form: WithdrawForm, seen: About) -> bool:
    """Record that consent was taken back; False with the reason in the form."""
    if not form.is_valid():
        return False
    try:
        withdraw(
            patient=seen.patient,
            document_id=seen.document.id,
            because=form.cleaned_data["because"],
            by=seen.by,
            now=seen.now,
            expected=form.cleaned_data["expected"],
        )
    except ConsentRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True
