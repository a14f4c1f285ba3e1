"""Stopping questionnaires: by the patient's link without sign-in, or by staff for them."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ajar.clinic import clock
from ajar.clinic.followup.answering import patient_author
from ajar.clinic.followup.linkviews import by_link
from ajar.clinic.followup.models import QuestionnaireInvitation
from ajar.clinic.followup.stopping import resume_asking, stop_asking
from ajar.clinic.patients.access import StaffRequest, patient_in_reach, permit, public
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.policy import Action
from ajar.pathway.ledger.entry import Source
from ajar.pathway.screening.crisis import crisis_help

LONGEST_WORDS = 300


@public
@require_POST
@by_link
def stop_by_link(request: HttpRequest, invitation: QuestionnaireInvitation) -> HttpResponse:
    """The patient does not want to be asked; the clinic is told, and help stays on the page."""
    words = request.POST.get("words", "").replace("\0", "")[:LONGEST_WORDS]
    patient = invitation.patient
    stop_asking(patient=patient, words=words, by=patient_author(patient), source=Source.LINK, now=clock.now())
    language = translation.get_language() or settings.LANGUAGE_CODE
    context = {"invitation": invitation, "help": crisis_help(patient.site.jurisdiction, language)}
    return render(request, "followup/stopped.html", context)


@require_POST
@permit(Action.RECORD_SCORE)
def stop(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Staff write down that the patient does not want to be asked."""
    patient, words = patient_in_reach(request.user, patient_id), request.POST.get("words", "")[:LONGEST_WORDS]
    by, now = author_of(request.user), clock.now()
    stop_asking(patient=patient, words=words.replace("\0", ""), by=by, source=Source.KEYBOARD, now=now)
    messages.success(request, _("No more questionnaires are sent. Scores that staff write down still count."))
    return redirect("followup:follow-up", patient.pk)


@require_POST
@permit(Action.RECORD_SCORE)
def resume(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """The patient wants to be asked again."""
    patient = patient_in_reach(request.user, patient_id)
    resume_asking(patient=patient, words="", by=author_of(request.user), now=clock.now())
    messages.success(request, _("Questionnaires are sent again, as the schedule asks."))
    return redirect("followup:follow-up", patient.pk)
