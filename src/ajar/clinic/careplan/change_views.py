"""What a prescriber changes in a running course, each with a reason; the next step with a signature."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ajar.clinic import clock
from ajar.clinic.careplan.change_forms import (
    AddForm,
    ChangeForm,
    DoseForm,
    MoveForm,
    NextStepForm,
    ReviewForm,
)
from ajar.clinic.careplan.changes import (
    Act,
    add_session,
    change_dose,
    decide_next_step,
    resume_session,
    review_benefit,
)
from ajar.clinic.careplan.services import CourseRefused
from ajar.clinic.careplan.views import plan_page
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.clinic.staff.policy import Action
from ajar.clinic.staff.selectors import colleagues
from ajar.clinic.staff.services import SignatureRefused, confirm_signature
from ajar.pathway.staff.roles import Role


@require_POST
@permit(Action.ORDER_COURSE)
def dose(request: StaffRequest, patient_id: UUID, session_id: UUID) -> HttpResponse:
    """Plan another dose for one session."""
    form = DoseForm(request.POST)
    if not form.is_valid():
        return plan_page(request, patient_id, form=form, about=session_id)
    patient = get_object_or_404(Patient.objects.select_related("site"), pk=patient_id)
    try:
        second = second_signer(request, patient, form)
    except SignatureRefused as refused:
        form.add_error(None, str(refused))
        return plan_page(request, patient_id, form=form, about=session_id)
    words = {"encounter_id": session_id, "dose_mg": form.cleaned_data["dose_mg"]}
    words["second_signature_by"] = author_of(second).name if second else ""
    return made(request, patient, form, about=session_id, service=change_dose, words=words)


@require_POST
@permit(Action.ORDER_COURSE)
def resume(request: StaffRequest, patient_id: UUID, session_id: UUID) -> HttpResponse:
    """Bring back a session that was called off."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        return plan_page(request, patient_id, form=form, about=session_id)
    patient = get_object_or_404(Patient, pk=patient_id)
    words = {"encounter_id": session_id, "day": form.cleaned_data["day"], "at": form.cleaned_data["at"]}
    return made(request, patient, form, about=session_id, service=resume_session, words=words)


@require_POST
@permit(Action.ORDER_COURSE)
def add(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """One session more in the running course."""
    form = AddForm(request.POST)
    if not form.is_valid():
        return plan_page(request, patient_id, form=form)
    patient = get_object_or_404(Patient, pk=patient_id)
    words = {name: form.cleaned_data[name] for name in ("day", "at", "dose_mg")}
    return made(request, patient, form, about=None, service=add_session, words=words)


@require_POST
@permit(Action.ORDER_COURSE)
def review(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """The benefit, judged after the series."""
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return plan_page(request, patient_id, form=form)
    patient = get_object_or_404(Patient, pk=patient_id)
    words = {"goes_on": form.cleaned_data["goes_on"]}
    return made(request, patient, form, about=None, service=review_benefit, words=words)


@require_POST
@permit(Action.ORDER_COURSE)
def next_step(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Sign the suggested next step, or another decision."""
    form = NextStepForm(request.POST)
    if not form.is_valid():
        return plan_page(request, patient_id, form=form)
    patient = get_object_or_404(Patient, pk=patient_id)
    try:
        confirm_signature(signer=request.user, pin=form.cleaned_data["pin"])
    except SignatureRefused as refused:
        form.add_error("pin", str(refused))
        return plan_page(request, patient_id, form=form)
    words = {"taken": form.cleaned_data["taken"]}
    return made(request, patient, form, about=None, service=decide_next_step, words=words)


def second_signer(request: StaffRequest, patient: Patient, form: DoseForm) -> Account | None:
    """The second prescriber who signed, or None where nobody was named.

    Raises:
        SignatureRefused: in words for the person signing.
    """
    named = form.cleaned_data["second"]
    if not named:
        return None
    signer = colleagues(request.user, patient.site, Role.PRESCRIBER).filter(pk=named).first()
    if signer is None:
        raise SignatureRefused(_("That is not another prescriber of this site. Nothing was signed."))
    confirm_signature(signer=signer, pin=form.cleaned_data["second_pin"])
    return signer


def made(
    request: StaffRequest,
    patient: Patient,
    form: ChangeForm | NextStepForm,
    *,
    about: UUID | None,
    service: Any,
    words: dict[str, Any],
) -> HttpResponse:
    """Make one change, or say why not beside what was typed."""
    act = Act(
        reason=form.cleaned_data["reason"],
        expected=form.cleaned_data["expected"],
        by=request.user,
        now=clock.now(),
    )
    try:
        service(patient=patient, act=act, **words)
    except CourseRefused as refused:
        form.add_error(None, str(refused))
        return plan_page(request, patient.pk, form=form, about=about)
    messages.success(request, _("The plan is changed."))
    return redirect("careplan:plan", patient_id=patient.pk)
