"""The plan: courses as they stand, the order of a course, and changes to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ajar.clinic import clock
from ajar.clinic.careplan.change_forms import ChangeForm, MoveForm
from ajar.clinic.careplan.pages import OrderForm, order_form, order_page, rails_context
from ajar.clinic.careplan.selectors import plan_of
from ajar.clinic.careplan.services import (
    CourseRefused,
    ProposalChanged,
    cancel_session,
    move_session,
    order_course,
    stop_course,
)
from ajar.clinic.ledger.selectors import decision_position
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.policy import Action, may
from ajar.clinic.staff.selectors import colleagues
from ajar.clinic.staff.services import SignatureRefused, confirm_signature
from ajar.pathway.careplan.regimens import REGIMENS
from ajar.pathway.staff.roles import Role


@require_GET
@permit(Action.SEE_PLAN)
def plan(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Every course with its sessions."""
    return plan_page(request, patient_id)


@require_http_methods(["GET", "POST"])
@permit(Action.ORDER_COURSE)
def order(request: StaffRequest, patient_id: UUID, regimen_id: str) -> HttpResponse:
    """Fill in, look at the proposal, order it."""
    if regimen_id not in REGIMENS:
        raise Http404("No such regimen.")
    patient = get_object_or_404(Patient.objects.select_related("site"), pk=patient_id)
    form = order_form(request, patient, REGIMENS[regimen_id])
    if request.POST.get("step") != "accept" or not form.is_valid():
        return order_page(request, patient, form)
    return accept(request, patient, form)


@require_POST
@permit(Action.ORDER_COURSE)
def rails(request: StaffRequest, patient_id: UUID, regimen_id: str) -> HttpResponse:
    """What the rails say to what is typed so far; nothing is kept."""
    if regimen_id not in REGIMENS:
        raise Http404("No such regimen.")
    patient = get_object_or_404(Patient.objects.select_related("site"), pk=patient_id)
    form = order_form(request, patient, REGIMENS[regimen_id])
    context = {"form": form, "regimen": form.regimen, "brief": True}
    return render(request, "careplan/rails.html", context | rails_context(form))


def accept(request: StaffRequest, patient: Patient, form: OrderForm) -> HttpResponse:
    """Order the course exactly as it was shown."""
    seen, expected = form.cleaned_data["seen"], form.cleaned_data["expected"]
    signer = form.signers.get(form.cleaned_data["second"])
    try:
        if signer is not None:
            confirm_signature(signer=signer, pin=form.cleaned_data["second_pin"])
        order_course(request=form.request, seen=seen, expected=expected, by=request.user, now=clock.now())
    except SignatureRefused as refused:
        return order_page(request, patient, form, problems=(str(refused),), status=409)
    except CourseRefused as refused:
        return order_page(request, patient, form, problems=refused.reasons, status=409)
    except ProposalChanged as changed:
        return order_page(request, patient, form, problems=(str(changed),), status=409)
    messages.success(request, _("The course is ordered and every session is in the calendar."))
    return redirect("careplan:plan", patient_id=patient.pk)


@require_POST
@permit(Action.MANAGE_BOOKINGS)
def move(request: StaffRequest, patient_id: UUID, session_id: UUID) -> HttpResponse:
    """Give one session another time."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        return plan_page(request, patient_id, form=form, about=session_id)
    return change(request, patient_id, form, about=session_id, service=move_session, encounter_id=session_id)


@require_POST
@permit(Action.MANAGE_BOOKINGS)
def call_off(request: StaffRequest, patient_id: UUID, session_id: UUID) -> HttpResponse:
    """Call one session off."""
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return plan_page(request, patient_id, form=form, about=session_id)
    return change(
        request, patient_id, form, about=session_id, service=cancel_session, encounter_id=session_id
    )


@require_POST
@permit(Action.ORDER_COURSE)
def stop(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """End the running course."""
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return plan_page(request, patient_id, form=form, about=None)
    return change(request, patient_id, form, about=None, service=stop_course)


def change(
    request: StaffRequest,
    patient_id: UUID,
    form: ChangeForm,
    *,
    about: UUID | None,
    service: Any,
    **names: Any,
) -> HttpResponse:
    """Make one change, or say why not beside what was typed."""
    patient = get_object_or_404(Patient, pk=patient_id)
    try:
        service(patient=patient, by=request.user, now=clock.now(), **names, **form.cleaned_data)
    except CourseRefused as refused:
        form.add_error(None, str(refused))
        return plan_page(request, patient_id, form=form, about=about)
    messages.success(request, _("The plan is changed."))
    return redirect("careplan:plan", patient_id=patient_id)


def plan_page(
    request: StaffRequest, patient_id: UUID, *, form: Form | None = None, about: UUID | None = None
) -> HttpResponse:
    """The plan; a refused change keeps what was typed, at its session."""
    patient = get_object_or_404(Patient.objects.select_related("site"), pk=patient_id)
    role = request.user.role_of
    context = {
        "patient": patient,
        "site": patient.site,
        "plan": plan_of(patient, viewer=request.user, now=clock.now()),
        "expected": decision_position(patient.pk),
        "may_order": may(role, Action.ORDER_COURSE),
        "may_change": may(role, Action.MANAGE_BOOKINGS),
        "may_foresee": may(role, Action.SEE_FORECAST),
        "refused": form,
        "about": about,
        "signers": colleagues(request.user, patient.site, Role.PRESCRIBER),
        "times": MoveForm().fields["at"].choices,  # type: ignore[attr-defined]  # a choice field has choices
    }
    return render(request, "careplan/plan.html", context, status=422 if form is not None else 200)
