"""The patient's dose at home, under /me/home-session/: for them and for the adult beside them."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ajar.clinic import clock
from ajar.clinic.bedside.home import HomeSession, Phase, home_session_of
from ajar.clinic.bedside.home_forms import AttestForm, HomeVitalsForm
from ajar.clinic.bedside.home_services import answer_check, attest
from ajar.clinic.bedside.services import call_from_home
from ajar.clinic.monitoring.part import shown_values
from ajar.clinic.monitoring.services import AskOnce, NotWatched, record_vitals
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.policy import Action
from ajar.clinic.web.portal_views import own
from ajar.pathway.monitoring.cadence import Check
from ajar.pathway.screening.crisis import crisis_help

Act = Callable[[HomeSession], object]


@require_GET
@permit(Action.SEE_OWN_CARE)
@own
def home_session(request: StaffRequest, patient: Patient) -> HttpResponse:
    """May the lozenge be taken? What is due? What if contact is lost?"""
    return page(request, patient, {})


@require_POST
@permit(Action.RECORD_AT_HOME)
@own
def send_vitals(request: StaffRequest, patient: Patient) -> HttpResponse:
    """The cuff's values, typed or read from it."""
    form = HomeVitalsForm(request.POST)

    def act(home: HomeSession) -> None:
        if form.is_valid() and (vitals := form.vitals()) is not None:
            record_vitals(encounter_id=home.encounter.pk, vitals=vitals, by=request.user, now=clock.now())

    try:
        return done(request, patient, form, act, _("Sent. The clinic sees it now."))
    except AskOnce:
        form.ask = form.spelled
        return page(request, patient, {"vitals": form})


@require_POST
@permit(Action.RECORD_AT_HOME)
@own
def send_attestation(request: StaffRequest, patient: Patient) -> HttpResponse:
    """The word of the adult who stays."""
    form = AttestForm(request.POST)

    def act(home: HomeSession) -> None:
        if form.is_valid():
            name, phone = form.cleaned_data["chaperone_name"], form.cleaned_data["chaperone_phone"]
            attest(home=home, name=name, phone=phone, by=request.user, now=clock.now())

    return done(request, patient, form, act, _("Thank you. The clinic sees it now."))


@require_POST
@permit(Action.RECORD_AT_HOME)
@own
def send_check(request: StaffRequest, patient: Patient) -> HttpResponse:
    """All is well."""

    def act(home: HomeSession) -> object:
        return answer_check(home=home, by=request.user, now=clock.now())

    return done(request, patient, forms.Form(request.POST), act, _("Thank you. The clinic sees it now."))


@require_POST
@permit(Action.RECORD_AT_HOME)
@own
def send_help(request: StaffRequest, patient: Patient) -> HttpResponse:
    """Someone of the clinic is wanted now."""

    def act(home: HomeSession) -> object:
        return call_from_home(encounter=home.encounter, by=author_of(request.user), now=clock.now())

    said = _("The clinic is alerted and calls you. In danger of life, call the emergency number first.")
    return done(request, patient, forms.Form(request.POST), act, said)


@require_POST
@permit(Action.SEE_OWN_CARE)
@own
def state(_request: StaffRequest, patient: Patient) -> HttpResponse:
    """For the open page: whether it shows what is so. Asking keeps the patient signed in while it runs."""
    home = home_session_of(patient, now=clock.now())
    return JsonResponse({"version": version_of(home) if home is not None else ""})


def version_of(home: HomeSession) -> str:
    """Changes whenever the page would look different."""
    dues = " ".join(f"{due.check}@{due.at.isoformat()}" for due in home.dues)
    met = " ".join(one.rule_id for one in home.conditions if one.is_met)
    return f"{home.session.stage} {home.call} {home.vitals.position} {met} {dues}"


def done(request: StaffRequest, patient: Patient, form: forms.Form, act: Act, said: str) -> HttpResponse:
    """Do it for the patient's own session; show the page again with what was refused."""
    home = home_session_of(patient, now=clock.now())
    if home is None:
        messages.error(request, _("No session at home runs now."))
        return redirect("web:home-session")
    try:
        act(home)
    except NotWatched:
        messages.error(request, _("The clinic has not begun the session yet."))
        return redirect("web:home-session")
    except AskOnce:
        raise
    except ValueError as refused:
        messages.error(request, str(refused))
        return redirect("web:home-session")
    if form.errors:
        return page(request, patient, {"vitals" if isinstance(form, HomeVitalsForm) else "attest": form})
    messages.success(request, said)
    return redirect("web:home-session")


def page(request: StaffRequest, patient: Patient, bound: Mapping[str, forms.Form]) -> HttpResponse:
    """The page, with a refused form as it was typed."""
    home = home_session_of(patient, now=clock.now())
    context: dict[str, Any] = {
        "home": home,
        "site": patient.site,
        "help": crisis_help(patient.site.jurisdiction, translation.get_language() or "en"),
        "vitals": bound.get("vitals") or HomeVitalsForm(),
        "attest": bound.get("attest") or AttestForm(),
    }
    if home is not None:
        context |= {
            "site": home.encounter.site,
            "version": version_of(home),
            "values": [value for value in shown_values(home.vitals) if value.text],
            "check_due": next((due for due in home.dues if due.check is Check.CONTACT), None),
            "vitals_due": next((due for due in home.dues if due.check is Check.VITALS), None),
            "is_running": home.phase is Phase.RUNNING,
            "is_open": home.phase is not Phase.COMING,
        }
    return render(request, "web/portal/home_session.html", context, status=422 if bound else 200)
