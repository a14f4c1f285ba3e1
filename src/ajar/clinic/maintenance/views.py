"""Maintenance: who needs a booster date, one patient's date with its rule, and the long-term watch."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from ajar.clinic import clock
from ajar.clinic.governance.selectors import programme
from ajar.clinic.maintenance.forms import CheckForm, IntervalForm, SignForm, StopForm
from ajar.clinic.maintenance.selectors import maintenance_of, product_of, worklist
from ajar.clinic.maintenance.services import (
    MaintenanceRefused,
    note_misuse_sign,
    open_prompt_tasks,
    record_check,
    set_interval,
    stop_maintenance,
)
from ajar.clinic.maintenance.watching import watch_of, watched_patients
from ajar.clinic.patients.access import StaffRequest, patient_in_reach, permit
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.policy import Action, may
from ajar.pathway.maintenance.entries import MisuseSign, StopReason, SurveillanceResult

Write = Callable[[dict[str, Any], Patient, datetime], object]


@require_GET
@permit(Action.SEE_SCORES)
def boosters(request: StaffRequest) -> HttpResponse:
    """Boosters and long-term checks due, coming, and the reasons where there is none."""
    now = clock.now()
    context = {
        "worklist": worklist(request.user, now=now),
        "watched": watched_patients(request.user, now=now),
        "may_record": may(request.user.role_of, Action.RECORD_SURVEILLANCE),
    }
    return render(request, "maintenance/worklist.html", context)


@require_POST
@permit(Action.RECORD_SURVEILLANCE)
def open_tasks(request: StaffRequest) -> HttpResponse:
    """Open a task for every long-term check that is due at the viewer's sites."""
    now = clock.now()
    patients = [row.patient for row in watched_patients(request.user, now=now)]
    count = open_prompt_tasks(patients=patients, now=now)
    words = ngettext("%(n)s task stands open.", "%(n)s tasks stand open.", count) % {"n": count}
    messages.success(request, words)
    return redirect("maintenance:worklist")


@require_GET
@permit(Action.SEE_SCORES)
def next_dose(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """One patient's next booster, or every reason why there is none, and the long-term watch."""
    return _page(request, patient_in_reach(request.user, patient_id), {})


@require_GET
@permit(Action.SEE_SCORES)
def prompts(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """The long-term watch alone, for the follow-up page."""
    patient = patient_in_reach(request.user, patient_id)
    watch = watch_of(patient, viewer=request.user, now=clock.now())
    return render(request, "maintenance/watch.html", {"watch": watch, "level": "2"})


@require_POST
@permit(Action.RECORD_SURVEILLANCE)
def check(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """A long-term check was done."""
    policy = programme().surveillance

    def write(data: dict[str, Any], patient: Patient, now: datetime) -> None:
        record_check(
            patient=patient,
            check=policy.check(data["check_id"]),
            done_on=data["done_on"],
            result=SurveillanceResult(data["result"]),
            words=data["words"],
            by=request.user,
            now=now,
        )

    return _written(request, patient_id, "check_form", CheckForm(request.POST, policy=policy), write)


@require_POST
@permit(Action.RECORD_SURVEILLANCE)
def sign(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """A sign of misuse was noticed."""

    def write(data: dict[str, Any], patient: Patient, now: datetime) -> None:
        note_misuse_sign(
            patient=patient,
            sign=MisuseSign(data["sign"]),
            noticed_on=data["noticed_on"],
            words=data["words"],
            by=request.user,
            now=now,
        )

    return _written(request, patient_id, "sign_form", SignForm(request.POST), write)


@require_POST
@permit(Action.DECIDE_MAINTENANCE)
def interval(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """The prescriber sets the days between doses."""

    def write(data: dict[str, Any], patient: Patient, now: datetime) -> None:
        set_interval(
            patient=patient,
            product=product_of(patient),
            interval_days=data["interval_days"],
            because=data["because"],
            by=request.user,
            now=now,
        )

    return _written(request, patient_id, "interval_form", IntervalForm(request.POST), write)


@require_POST
@permit(Action.DECIDE_MAINTENANCE)
def stop(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Treatment ends."""

    def write(data: dict[str, Any], patient: Patient, now: datetime) -> None:
        stop_maintenance(
            patient=patient,
            product=product_of(patient),
            reason=StopReason(data["reason"]),
            words=data["words"],
            by=request.user,
            now=now,
        )

    return _written(request, patient_id, "stop_form", StopForm(request.POST), write)


def _written(
    request: StaffRequest, patient_id: UUID, name: str, form: forms.Form, write: Write
) -> HttpResponse:
    """Write what the form says and go back; a refusal stands in the form."""
    patient = patient_in_reach(request.user, patient_id)
    if form.is_valid():
        try:
            write(form.cleaned_data, patient, clock.now())
        except MaintenanceRefused as refused:
            form.add_error(None, str(refused))
    if form.errors:
        return _page(request, patient, {name: form}, status=422)
    messages.success(request, _("Recorded."))
    return redirect("maintenance:patient", patient.pk)


def _page(
    request: StaffRequest, patient: Patient, filled: dict[str, forms.Form], *, status: int = 200
) -> HttpResponse:
    now = clock.now()
    today = now.astimezone(patient.site.zone).date()
    context: dict[str, Any] = {
        "maintenance": maintenance_of(patient, viewer=request.user, now=now),
        "watch": watch_of(patient, viewer=request.user, now=now),
        "level": "2",
        "may_record": may(request.user.role_of, Action.RECORD_SURVEILLANCE),
        "may_decide": may(request.user.role_of, Action.DECIDE_MAINTENANCE),
        "check_form": CheckForm(policy=programme().surveillance, initial={"done_on": today}),
        "sign_form": SignForm(initial={"noticed_on": today}),
        "interval_form": IntervalForm(),
        "stop_form": StopForm(),
    }
    return render(request, "maintenance/patient.html", context | filled, status=status)
