"""Adverse events: of a session, of a patient, one said anew; and how sites are certified."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ajar.clinic.patients.access import StaffRequest, patient_in_reach, permit
from ajar.clinic.safety import page
from ajar.clinic.safety.forms import AdverseEventForm, SettingForm
from ajar.clinic.safety.selectors import setting_of
from ajar.clinic.safety.services import keep_setting
from ajar.clinic.staff.policy import Action
from ajar.pathway.safety.rems_duties import DUTIES, SOURCE, RemsSetting


@require_GET
@permit(Action.SEE_PAPERWORK)
def session(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The events of one session, and what it suggests."""
    seen = page.look(request, encounter_id)
    return page.session_page(request, seen, page.session_form(seen, chosen=request.GET.get("from", "")))


@require_POST
@permit(Action.RUN_SESSION)
def record(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """One event of this session."""
    seen = page.look(request, encounter_id)
    form = page.session_form(seen, request.POST)
    if page.save(request, form, seen.encounter.patient, encounter_id=encounter_id):
        return redirect("safety:session", encounter_id)
    return page.session_page(request, seen, form)


@require_GET
@permit(Action.SEE_PAPERWORK)
def patient(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """The report of one patient."""
    return page.patient_page(request, patient_in_reach(request.user, patient_id))


@require_POST
@permit(Action.RUN_SESSION)
def record_between(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """One event between visits."""
    who = patient_in_reach(request.user, patient_id)
    form = AdverseEventForm(request.POST, zone=who.site.zone)
    if page.save(request, form, who, encounter_id=None):
        return redirect("safety:patient", patient_id)
    return page.patient_page(request, who, form)


@require_http_methods(["GET", "POST"])
@permit(Action.RUN_SESSION)
def update(request: StaffRequest, patient_id: UUID, entry_id: UUID) -> HttpResponse:
    """One event said anew."""
    return page.update(request, patient_id, entry_id)


@require_GET
@permit(Action.ADMINISTER)
def sites(request: StaffRequest) -> HttpResponse:
    """How each of the viewer's sites is certified under the REMS, and what that asks of it."""
    rows = [
        (site, setting_of(site), SettingForm(initial={"setting": setting_of(site)}, prefix=site.slug))
        for site in request.user.sites.filter(telehealth=False)
    ]
    duties = [(setting, sorted(DUTIES[setting])) for setting in RemsSetting]
    return render(request, "safety/sites.html", {"rows": rows, "duties": duties, "source": SOURCE})


@require_POST
@permit(Action.ADMINISTER)
def change_site(request: StaffRequest, slug: str) -> HttpResponse:
    """Say how a site is certified."""
    site = get_object_or_404(request.user.sites, slug=slug)
    form = SettingForm(request.POST, prefix=slug)
    if form.is_valid():
        keep_setting(site=site, setting=RemsSetting(form.cleaned_data["setting"]))
        messages.success(request, _("Kept for %(site)s.") % {"site": site.name})
    return redirect("safety:sites")
