"""The order page, put together for its template."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ajar.clinic.careplan.forms import FixedDoseForm, WeightDoseForm, form_for
from ajar.clinic.careplan.selectors import last_measured, offers, proposal_for, signed_indication
from ajar.clinic.ledger.selectors import decision_position, entries_of
from ajar.clinic.patients.access import StaffRequest
from ajar.clinic.patients.models import Patient
from ajar.pathway.careplan.layout import INTEGRATION_SOURCE
from ajar.pathway.careplan.products import PREPARATIONS
from ajar.pathway.careplan.regimens import Regimen

OrderForm = WeightDoseForm | FixedDoseForm


def order_form(request: StaffRequest, patient: Patient, regimen: Regimen) -> OrderForm:
    """The form, bound to what was sent or filled with what the chart knows."""
    return form_for(regimen)(
        request.POST or None,
        initial=_initial(request, patient, regimen),
        patient=patient,
        regimen=regimen,
        sites=request.user.sites.all(),
    )


def order_page(
    request: StaffRequest,
    patient: Patient,
    form: OrderForm,
    *,
    problems: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The form; under it, once it is filled in, the dose's arithmetic and the course as it would be."""
    now = timezone.now()
    ready = form.is_bound and form.is_valid()
    regimen = form.regimen
    context: dict[str, Any] = {
        "patient": patient,
        "form": form,
        "regimen": regimen,
        "preparations": [one for one in PREPARATIONS.values() if one.product is regimen.product],
        "refusals": _refusals(request, patient, regimen),
        "fields": [(field, form.units.get(field.name, "")) for field in form if not field.is_hidden],
        "hidden": [field for field in form.hidden_fields() if field.name != "seen"],
        "weight": last_measured(patient, "weight_kg"),
        "height": last_measured(patient, "height_cm"),
        "problems": problems,
        "integration_source": INTEGRATION_SOURCE,
    }
    if ready:
        asked = form.request
        context |= {"asked": asked, "proposal": proposal_for(asked, now=now), "site": asked.site}
    refused = form.is_bound and not ready
    return render(request, "careplan/order.html", context, status=422 if refused else status)


def _refusals(request: StaffRequest, patient: Patient, regimen: Regimen) -> tuple[str, ...]:
    entries = entries_of(patient.pk, viewer=request.user)
    found = offers(patient, entries, now=timezone.now())
    return next(offer.refusals for offer in found if offer.regimen == regimen)


def _initial(request: StaffRequest, patient: Patient, regimen: Regimen) -> dict[str, Any]:
    weight, height = last_measured(patient, "weight_kg"), last_measured(patient, "height_cm")
    sites = [site for site in request.user.sites.all() if not site.telehealth]
    home = patient.site if patient.site in sites else next(iter(sites), None)
    return {
        "site": home.pk if home else None,
        "indication": signed_indication(patient, regimen),
        "sessions": regimen.default_sessions,
        "weekdays": [0, 3],
        "dose_mg_per_kg": regimen.default_dose_mg_per_kg,
        "weight_kg": f"{weight.value:g}" if weight else None,
        "height_cm": f"{height.value:g}" if height else None,
        "first_dose_mg": f"{regimen.first_dose_mg:g}" if regimen.first_dose_mg else None,
        "later_dose_mg": f"{regimen.first_dose_mg:g}" if regimen.first_dose_mg else None,
        "expected": decision_position(patient.pk),
    }
