"""The prescriber's evaluation page: facts on one side, what the rules say about them on the other."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ajar.clinic import clock
from ajar.clinic.evaluation import saving
from ajar.clinic.evaluation.page import back, findings_panel, fragment, page, purpose_of, read
from ajar.clinic.evaluation.sections import SECTIONS, Section, form_of
from ajar.clinic.evaluation.services import record_purpose
from ajar.clinic.evaluation.signing_forms import AcceptForm, SignForm
from ajar.clinic.evaluation.waiting import waiting_for
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.staff.policy import Action


@require_GET
@permit(Action.RECORD_EVALUATION)
def evaluation_page(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """History, facts and findings for one product."""
    now = clock.now()
    return page(request, read(request, patient_id, now=now), now=now)


@require_POST
@permit(Action.RECORD_EVALUATION)
def choose(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Record what the patient is evaluated for."""
    now = clock.now()
    seen, purpose = read(request, patient_id, now=now), purpose_of(request)
    if purpose is None:
        messages.error(request, _("Choose a product."))
    else:
        record_purpose(patient=seen.patient, purpose=purpose, by=request.user, now=now)
        messages.success(request, _("Judged for this from now on."))
    return back(seen, "findings")


@require_GET
@permit(Action.RECORD_EVALUATION)
def worklist(request: StaffRequest) -> HttpResponse:
    """Who is being evaluated, and what is missing of each."""
    waiting = waiting_for(request.user, now=clock.now())
    return render(request, "evaluation/worklist.html", {"waiting": waiting})


@require_POST
@permit(Action.RECORD_EVALUATION)
def record(request: StaffRequest, patient_id: UUID, kind: str) -> HttpResponse:
    """Record a fact, and show what the rules say now."""
    now, section = clock.now(), _section(kind)
    seen = read(request, patient_id, now=now)
    form = form_of(section, seen, now=now, data=request.POST)
    saved = saving.save_facts(form, patient=seen.patient, by=request.user, now=now)
    if request.htmx:  # type: ignore[attr-defined]  # set by django-htmx
        after = read(request, patient_id, now=now)
        return fragment(request, after, now=now, section=section, form=None if saved else form)
    return back(seen, kind) if saved else page(request, seen, now=now, bound={kind: form})


@require_POST
@permit(Action.RECORD_EVALUATION)
def preview(request: StaffRequest, patient_id: UUID, kind: str) -> HttpResponse:
    """What the rules would say about what is being typed. Nothing is written."""
    now, section = clock.now(), _section(kind)
    seen = read(request, patient_id, now=now)
    form = form_of(section, seen, now=now, data=request.POST)
    typed = [new.payload for new in form.entries()] if form.may_be_judged else []
    judged = read(request, patient_id, now=now, typed=typed) if typed else seen
    return findings_panel(request, judged, form)


@require_POST
@permit(Action.RECORD_EVALUATION)
def take_back(request: StaffRequest, patient_id: UUID, entry_id: UUID) -> HttpResponse:
    """Take a fact back as entered in error, with a reason."""
    seen = read(request, patient_id, now=clock.now())
    refused = saving.save_take_back(request.POST, patient=seen.patient, entry_id=entry_id, by=request.user)
    if refused:
        messages.error(request, refused)
    else:
        messages.success(request, _("Taken back. It stays visible in the record, with your reason."))
    return back(seen, request.POST.get("kind", ""))


@require_POST
@permit(Action.SIGN_EVALUATION)
def accept(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Accept a precaution with a reason and a PIN."""
    now, form = clock.now(), AcceptForm(request.POST)
    seen = read(request, patient_id, now=now)
    if not saving.save_acceptance(form, patient=seen.patient, purpose=seen.purpose, by=request.user, now=now):
        return page(request, seen, now=now, bound={"accept": form})
    messages.success(request, _("Accepted, under your name."))
    return back(seen, "findings")


@require_POST
@permit(Action.SIGN_EVALUATION)
def sign(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Sign the conclusion."""
    now, form = clock.now(), SignForm(request.POST)
    seen = read(request, patient_id, now=now)
    if not saving.save_conclusion(form, patient=seen.patient, purpose=seen.purpose, by=request.user, now=now):
        return page(request, seen, now=now, bound={"sign": form})
    messages.success(request, _("The evaluation is signed."))
    return back(seen, "")


def _section(kind: str) -> Section:
    if kind not in SECTIONS:
        raise Http404("No such section.")
    return SECTIONS[kind]
