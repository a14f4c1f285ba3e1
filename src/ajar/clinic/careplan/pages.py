"""The order page, put together for its template."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render

from ajar.clinic import clock
from ajar.clinic.careplan.forms import FixedDoseForm, WeightDoseForm, form_for
from ajar.clinic.careplan.requests import CourseRequest
from ajar.clinic.careplan.selectors import last_measured, offers, proposal_for, signed_indication
from ajar.clinic.ledger.selectors import decision_position, entries_of
from ajar.clinic.patients.access import StaffRequest
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.selectors import colleagues
from ajar.pathway.careplan.equivalence import SPRAVATO_WORDS, equivalents, in_a_vein
from ajar.pathway.careplan.layout import INTEGRATION_SOURCE
from ajar.pathway.careplan.preparing import preparation_steps
from ajar.pathway.careplan.products import preparations_of
from ajar.pathway.careplan.regimens import Regimen
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.products import Indication, Product
from ajar.pathway.instruments.registry import SCORERS
from ajar.pathway.protocols.conditions import PROTOCOL_FOR, indication_named
from ajar.pathway.staff.roles import Role

ANSWERS: Final = ("because", "second", "second_pin")
"""Fields that only a rail asks for; they stand beside the rails."""

OrderForm = WeightDoseForm | FixedDoseForm


def order_form(request: StaffRequest, patient: Patient, regimen: Regimen) -> OrderForm:
    """The form, bound to what was sent or filled with what the chart knows."""
    return form_for(regimen)(
        request.POST or None,
        initial=_initial(request, patient, regimen),
        patient=patient,
        regimen=regimen,
        sites=request.user.sites.all(),
        signers=colleagues(request.user, patient.site, Role.PRESCRIBER),
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
    now = clock.now()
    ready = form.is_bound and form.is_valid()
    regimen = form.regimen
    context: dict[str, Any] = {
        "patient": patient,
        "form": form,
        "regimen": regimen,
        "preparations": [
            (one, preparation_steps(regimen.product, one)) for one in preparations_of(regimen.product)
        ],
        "refusals": _refusals(request, patient, regimen),
        "fields": [
            (field, form.units.get(field.name, ""))
            for field in form
            if not field.is_hidden and field.name not in ANSWERS
        ],
        "brief_after": form.doses[-1],
        "hidden": [field for field in form.hidden_fields() if field.name != "seen"],
        "weight": last_measured(patient, "weight_kg"),
        "height": last_measured(patient, "height_cm"),
        "problems": problems,
        "integration_source": INTEGRATION_SOURCE,
    }
    context |= rails_context(form)
    if ready:
        asked = form.request
        context |= {"asked": asked, "proposal": proposal_for(asked, now=now), "site": asked.site}
    refused = form.is_bound and not ready
    return render(request, "careplan/order.html", context, status=422 if refused else status)


def rails_context(form: OrderForm) -> dict[str, Any]:
    """What the rails, the calculator and the protocol say to what is typed so far."""
    try:
        asked = form.preview() if form.is_bound else None
    except ValueError as refused:
        return {"impossible": str(refused), "protocol": _protocol(form, None)}
    context: dict[str, Any] = {"protocol": _protocol(form, asked.condition if asked else None)}
    if asked is None:
        return context
    found = asked.guards(form.policy)
    asks = {
        "reason": any(guard.strength is Strength.SOFT_STOP for guard in found),
        "second": any(guard.second_signature for guard in found),
    }
    return context | {"previewed": asked, "rails": found, "asks": asks, "alike": _alike(asked)}


def _protocol(form: OrderForm, condition: Indication | None) -> dict[str, Any] | None:
    """The protocol of the condition chosen, or of the one that the signed evaluation names."""
    named = condition or form.regimen.indication or indication_named(str(form.initial.get("indication", "")))
    if named is None:
        return None
    found = PROTOCOL_FOR[named]
    return {
        "found": found,
        "primary": [(one, SCORERS[one.instrument].name) for one in found.primary],
        "secondary": [(one, SCORERS[one.instrument].name) for one in found.secondary],
        "typical": form.regimen.product in found.typical,
    }


def _alike(asked: CourseRequest) -> dict[str, Any]:
    """Doses by other routes, for comparison only (clinical.md 1.8)."""
    product, amount_mg = asked.regimen.product, asked.wish.later_dose_mg
    if product is Product.KETAMINE_IV:
        return {"amount_mg": amount_mg, "equivalents": equivalents(amount_mg), "spravato": SPRAVATO_WORDS}
    return {"amount_mg": amount_mg, "in_a_vein": in_a_vein(product, amount_mg), "spravato": SPRAVATO_WORDS}


def _refusals(request: StaffRequest, patient: Patient, regimen: Regimen) -> tuple[str, ...]:
    entries = entries_of(patient.pk, viewer=request.user)
    found = offers(patient, entries, now=clock.now())
    return next(offer.refusals for offer in found if offer.product is regimen.product)


def _initial(request: StaffRequest, patient: Patient, regimen: Regimen) -> dict[str, Any]:
    weight, height = last_measured(patient, "weight_kg"), last_measured(patient, "height_cm")
    sites = [site for site in request.user.sites.all() if not site.telehealth]
    home = patient.site if patient.site in sites else next(iter(sites), None)
    signed = signed_indication(patient, regimen)
    named = next((one for one in Indication if signed.startswith(one.label)), indication_named(signed))
    return {
        "condition": named.value if named else None,
        "site": home.pk if home else None,
        "indication": signed,
        "sessions": regimen.default_sessions,
        "weekdays": [0, 2, 4] if regimen.busiest_week > 2 else [0, 3],
        "dose_mg_per_kg": regimen.default_dose_mg_per_kg,
        "weight_kg": f"{weight.value:g}" if weight else None,
        "height_cm": f"{height.value:g}" if height else None,
        "first_dose_mg": f"{regimen.first_dose_mg:g}" if regimen.first_dose_mg else None,
        "later_dose_mg": f"{regimen.first_dose_mg:g}" if regimen.first_dose_mg else None,
        "expected": decision_position(patient.pk),
    }
