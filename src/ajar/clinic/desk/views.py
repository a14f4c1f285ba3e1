"""The day, the patients, and the frame of a chart."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ajar.clinic import clock
from ajar.clinic.desk.forms import PatientForm
from ajar.clinic.desk.selectors import day_of, glance, ledger_lines, patient_rows, sessions_of
from ajar.clinic.patients.access import StaffRequest, patient_in_reach, permit
from ajar.clinic.patients.selectors import find_patients
from ajar.clinic.patients.services import register_patient
from ajar.clinic.staff.policy import Action, may
from ajar.clinic.tasks.selectors import open_tasks, tasks_of
from ajar.clinic.web.context import current_site
from ajar.pathway.staff.roles import Role

PER_PAGE: Final = 25
LONGEST_PLACE: Final = 9
"""Digits of a place in a chart; no chart has a thousand million entries."""


@require_GET
@permit(Action.SEE_OWN_HOME)
def today(request: StaffRequest) -> HttpResponse:
    """The day's work at this site; a patient is sent to their own page."""
    if request.user.role_of is Role.PATIENT:
        return redirect("/me/")
    site = current_site(request, list(request.user.sites.all()))
    day = day_of(request.user, site=site, now=clock.now())
    role = request.user.role_of
    context = {
        "day": day,
        "tasks": tasks_of(request.user)[:8],
        "reads_forms": may(role, Action.SEE_PAPERWORK),
        "opens_sessions": may(role, Action.SEE_SESSION),
    }
    return render(request, "desk/today.html", context)


@require_GET
@permit(Action.SEE_PATIENT_LIST)
def patients(request: StaffRequest) -> HttpResponse:
    """Find a patient by name, record number or date of birth."""
    words = request.GET.get("q", "").replace("\0", "")  # which no database can compare
    page = Paginator(find_patients(request.user, words), PER_PAGE).get_page(request.GET.get("page"))
    rows = patient_rows(page.object_list, viewer=request.user)
    registers = may(request.user.role_of, Action.EDIT_IDENTITY)
    context = {"page": page, "rows": rows, "words": words, "registers": registers}
    return render(request, "desk/patients.html", context)


@require_http_methods(["GET", "POST"])
@permit(Action.EDIT_IDENTITY)
def new_patient(request: StaffRequest) -> HttpResponse:
    """Register someone who did not come by the website."""
    form = PatientForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        patient = register_patient(**form.cleaned_data, now=clock.now())
        words = _("%(name)s is registered as %(mrn)s.")
        messages.success(request, words % {"name": patient.name, "mrn": patient.mrn})
        return redirect("desk:chart", patient.pk)
    return render(request, "desk/new_patient.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@permit(Action.SEE_IDENTITY)
def chart(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """The chart's first page; clinical facts only for those who may read them."""
    patient = patient_in_reach(request.user, patient_id)
    clinical = may(request.user.role_of, Action.SEE_CHART)
    context = {
        "patient": patient,
        "age_years": patient.person.age_on(timezone.localdate(timezone=patient.site.zone)),
        "glance": glance(patient, viewer=request.user) if clinical else None,
        "tasks": open_tasks(request.user).filter(patient=patient),
        "sessions": sessions_of(patient),
    }
    return render(request, "desk/chart.html", context)


@require_GET
@permit(Action.SEE_SESSION)
def sessions(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Every dosing session, planned and past."""
    patient = patient_in_reach(request.user, patient_id)
    return render(request, "desk/sessions.html", {"patient": patient, "sessions": sessions_of(patient)})


@require_GET
@permit(Action.SEE_CHART)
def ledger(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """The entries behind everything: who, when, how, and what replaced what."""
    patient = patient_in_reach(request.user, patient_id)
    before = request.GET.get("before", "")[:LONGEST_PLACE]
    lines = ledger_lines(patient, viewer=request.user, before=int(before) if before.isdecimal() else None)
    return render(request, "desk/ledger.html", {"patient": patient, "lines": lines})
