"""The patient's own pages, under /me/."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_POST

from ajar.clinic import clock
from ajar.clinic.bedside.home import home_row
from ajar.clinic.discharge.giving import sheets_of
from ajar.clinic.followup.links import path_of
from ajar.clinic.followup.selectors import course_for, missed_on, open_invitations
from ajar.clinic.followup.services import InvitationRefused, invite_next
from ajar.clinic.governance.selectors import programme
from ajar.clinic.integration.selectors import shared_with_patient
from ajar.clinic.patients.access import StaffRequest, encounter_in_reach, permit
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.policy import Action
from ajar.clinic.web.portal import messages_to, own_care, own_patient
from ajar.clinic.web.portal_words import own_reading
from ajar.pathway.instruments.phq9 import PHQ9

OwnView = Callable[..., HttpResponse]


def own(view: OwnView) -> OwnView:
    """Give the view the patient who is signed in, in the language they chose or are known by."""

    @wraps(view)
    def guarded(request: StaffRequest, **named: UUID) -> HttpResponse:
        patient = own_patient(request.user)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else patient.language
        with translation.override(language), timezone.override(patient.site.zone):
            return view(request, patient, **named)

    return guarded


@require_GET
@permit(Action.SEE_OWN_CARE)
@own
def home(request: StaffRequest, patient: Patient) -> HttpResponse:
    """The one next thing to do, the session to come, and the course."""
    now = clock.now()
    context = {
        "care": own_care(patient, viewer=request.user, now=now),
        "at_home": home_row(patient, now=now),
    }
    return render(request, "web/portal/home.html", context)


@require_GET
@permit(Action.SEE_OWN_CARE)
@own
def scores(request: StaffRequest, patient: Patient) -> HttpResponse:
    """The patient's scores: the clinician's numbers, without flags."""
    course = course_for(patient, programme().asking, viewer=request.user)
    context = {
        "course": course,
        "instrument": PHQ9,
        "missed_on": missed_on(patient, PHQ9, now=clock.now()),
        "reading": own_reading(course, PHQ9, patient.site.zone),
        "zone": patient.site.zone,
    }
    return render(request, "web/portal/scores.html", context)


@require_GET
@permit(Action.SEE_OWN_CARE)
@own
def notes(request: StaffRequest, patient: Patient) -> HttpResponse:
    """Integration notes that the therapist shared with the patient."""
    shared = shared_with_patient(patient, viewer=request.user)
    return render(request, "web/portal/notes.html", {"notes": shared})


@require_GET
@permit(Action.SEE_OWN_CARE)
@own
def instructions(request: StaffRequest, patient: Patient, encounter_id: UUID) -> HttpResponse:
    """What to do and not to do after a session, as it was sent; in another language where asked for."""
    encounter = encounter_in_reach(request.user, encounter_id)
    sent = [m for m in messages_to(patient, viewer=request.user) if m.encounter_id == encounter_id]
    language = request.GET.get("language", sent[0].language if sent else patient.language)
    sheet, others = sheets_of(encounter, language)
    context = {"message": sent[0] if sent else None, "sheet": sheet, "others": others, "site": encounter.site}
    return render(request, "web/portal/instructions.html", context)


@require_POST
@permit(Action.SEE_OWN_CARE)
@own
def answer(request: StaffRequest, patient: Patient) -> HttpResponse:
    """Go to the questionnaire that waits, or to the one the schedule asks for now."""
    now = clock.now()
    waiting = open_invitations(patient, now=now)
    try:
        invitation = waiting[0] if waiting else invite_next(patient=patient, by=request.user, now=now)
    except InvitationRefused as refused:
        messages.info(request, str(refused))
        return redirect("web:me")
    return redirect(path_of(invitation))
