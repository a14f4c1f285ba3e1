"""The pages of the REMS: which sites are certified, and whether a patient is enrolled (FSM-1)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ajar.clinic import clock
from ajar.clinic.dosing.judging import enrolment_in
from ajar.clinic.dosing.rems import certify_site, enrol
from ajar.clinic.dosing.rems_forms import CertificationForm, EnrolmentForm
from ajar.clinic.dosing.selectors import certified_sites, prescribers_at
from ajar.clinic.ledger.selectors import decision_position
from ajar.clinic.patients.access import StaffRequest, patient_in_reach, permit
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.policy import Action, may
from ajar.pathway.dosing.rems import why_not_enrolled


@require_GET
@permit(Action.SEE_TODAY)
def certifications(request: StaffRequest) -> HttpResponse:
    """Every site of the viewer, its certification, and whether it holds today."""
    return _sites(request, CertificationForm(viewer=request.user))


@require_POST
@permit(Action.ADMINISTER)
def certify(request: StaffRequest) -> HttpResponse:
    """Record a certification."""
    form = CertificationForm(request.POST, viewer=request.user)
    if form.is_valid():
        try:
            certification = form.certification()
        except ValueError as refused:
            form.add_error(None, str(refused))
        else:
            site = form.sites[form.cleaned_data["site"]]
            certify_site(site=site, certification=certification, by=request.user, now=clock.now())
            messages.success(request, _("The certification is on file."))
            return redirect("dosing:certifications")
    return _sites(request, form)


def _sites(request: StaffRequest, form: CertificationForm) -> HttpResponse:
    context = {
        "sites_certified": certified_sites(request.user, now=clock.now()),
        "form": form,
        "may_record": may(request.user.role_of, Action.ADMINISTER),
    }
    return render(request, "dosing/certifications.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permit(Action.RUN_SESSION)
def enrolment(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Whether this patient is enrolled, and the form to record it."""
    patient = patient_in_reach(request.user, patient_id)
    form = _enrolment_form(request, patient)
    if request.method == "POST" and _recorded(request, form, patient):
        messages.success(request, _("The enrolment is on file."))
        return redirect("dosing:enrolment", patient_id)
    enrolled = enrolment_in(patient.pk)
    today = clock.now().astimezone(patient.site.zone).date()
    context = {"enrolled": enrolled, "because": why_not_enrolled(enrolled, today), "form": form}
    return render(request, "dosing/enrolment.html", context, status=422 if form.errors else 200)


def _enrolment_form(request: HttpRequest, patient: Patient) -> EnrolmentForm:
    people = prescribers_at(patient.site)
    if request.method == "POST":
        return EnrolmentForm(request.POST, patient=patient, prescribers=people)
    return EnrolmentForm(
        patient=patient, prescribers=people, initial={"expected": decision_position(patient.pk)}
    )


def _recorded(request: StaffRequest, form: EnrolmentForm, patient: Patient) -> bool:
    if not form.is_valid():
        return False
    try:
        enrol(
            patient=patient,
            enrolled=form.enrolled(),
            by=request.user,
            now=clock.now(),
            expected=form.cleaned_data["expected"],
        )
    except ValueError as refused:
        form.add_error(None, str(refused))
        return False
    return True
