"""Maintenance: who needs a booster date, and one patient's date with its rule."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ajar.clinic.maintenance.selectors import maintenance_of, worklist
from ajar.clinic.patients.access import StaffRequest, patient_in_reach, permit
from ajar.clinic.staff.policy import Action


@require_GET
@permit(Action.SEE_SCORES)
def boosters(request: StaffRequest) -> HttpResponse:
    """Boosters due, coming, and the reasons where there is none, across the viewer's sites."""
    found = worklist(request.user, now=timezone.now())
    return render(request, "maintenance/worklist.html", {"worklist": found})


@require_GET
@permit(Action.SEE_SCORES)
def next_dose(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """One patient's next booster, or every reason why there is none."""
    patient = patient_in_reach(request.user, patient_id)
    found = maintenance_of(patient, viewer=request.user, now=timezone.now())
    return render(request, "maintenance/patient.html", {"maintenance": found})
