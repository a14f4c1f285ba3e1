"""Follow-up in the chart: scores over time, what is due, and the links sent."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ajar.clinic import clock
from ajar.clinic.followup.forms import LinkForm
from ajar.clinic.followup.links import path_of
from ajar.clinic.followup.models import QuestionnaireInvitation
from ajar.clinic.followup.selectors import (
    DuePatient,
    due_today,
    follow_up_of,
    late_invitations,
    mailable,
    measure_named,
    measures_of,
)
from ajar.clinic.followup.services import (
    InvitationRefused,
    cancel_invitation,
    invite,
    invite_next,
    send_due,
    send_link,
)
from ajar.clinic.patients.access import StaffRequest, patient_in_reach, permit
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.policy import Action, may


@require_http_methods(["GET", "POST"])
@permit(Action.SEND_QUESTIONNAIRE)
def due(request: StaffRequest) -> HttpResponse:
    """Who is to be asked today, across the viewer's sites; sending makes and mails each link."""
    now = clock.now()
    rows = due_today(request.user, now=now)
    if request.method == "POST":
        return _send_all(request, rows, now)
    seen = {"mailable": mailable(rows), "may_see_scores": may(request.user.role_of, Action.SEE_SCORES)}
    context = {"rows": rows, "late": late_invitations(request.user, now=now), **seen}
    return render(request, "followup/due.html", context)


def _send_all(request: StaffRequest, rows: Sequence[DuePatient], now: datetime) -> HttpResponse:
    try:
        sent = send_due(rows=rows, url_of=partial(_url_of, request), by=request.user, now=now)
    except InvitationRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, ngettext("%(n)s link was sent.", "%(n)s links were sent.", sent) % {"n": sent}
        )
    return redirect("followup:due")


@require_GET
@permit(Action.SEE_SCORES)
def follow_up(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Scores with their doses, what they mean by definition, and what to ask next."""
    patient = patient_in_reach(request.user, patient_id)
    return _page(request, patient, LinkForm(initial={"instrument": measures_of(patient).asked.id}))


@require_POST
@permit(Action.SEND_QUESTIONNAIRE)
def send_next(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Make the link that the schedule asks for now."""
    patient = patient_in_reach(request.user, patient_id)
    try:
        invite_next(patient=patient, by=request.user, now=clock.now())
    except InvitationRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The link is ready: copy it, or send it by e-mail."))
    return _back(request, patient.pk)


@require_POST
@permit(Action.SEND_QUESTIONNAIRE)
def make_link(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Make a link outside the schedule."""
    patient, form, now = patient_in_reach(request.user, patient_id), LinkForm(request.POST), clock.now()
    if not form.is_valid():
        return _refused(request, patient, form)
    invite(
        patient=patient,
        occasion=form.cleaned_data["occasion"],
        expires_at=form.ends(now),
        by=request.user,
        now=now,
        instrument=form.named,
    )
    messages.success(request, _("The link is ready: copy it, or send it by e-mail."))
    return _back(request, patient.pk)


@require_POST
@permit(Action.SEND_QUESTIONNAIRE)
def mail(request: StaffRequest, patient_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Send a link by e-mail."""
    invitation = get_object_or_404(QuestionnaireInvitation, pk=invitation_id, patient_id=patient_id)
    url = _url_of(request, invitation)
    try:
        send_link(invitation=invitation, url=url, now=clock.now())
    except InvitationRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Sent to %(address)s.") % {"address": invitation.patient.email})
    return _back(request, patient_id)


@require_POST
@permit(Action.SEND_QUESTIONNAIRE)
def cancel(request: StaffRequest, patient_id: UUID, invitation_id: UUID) -> HttpResponse:
    """End a link before its time."""
    invitation = get_object_or_404(QuestionnaireInvitation, pk=invitation_id, patient_id=patient_id)
    cancel_invitation(invitation=invitation, because=f"ended by {request.user}", now=clock.now())
    messages.success(request, _("The link no longer works."))
    return _back(request, patient_id)


def _url_of(request: StaffRequest, invitation: QuestionnaireInvitation) -> str:
    return request.build_absolute_uri(path_of(invitation))


def _back(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """To the chart's page, or for those who may not see scores to the list of who is due."""
    if may(request.user.role_of, Action.SEE_SCORES):
        return redirect("followup:follow-up", patient_id)
    return redirect("followup:due")


def _refused(request: StaffRequest, patient: Patient, form: LinkForm) -> HttpResponse:
    if may(request.user.role_of, Action.SEE_SCORES):
        return _page(request, patient, form)
    messages.error(request, _("Say why it is asked, and for how many days (1 to 30) the link works."))
    return redirect("followup:due")


def _page(request: StaffRequest, patient: Patient, form: LinkForm) -> HttpResponse:
    instrument = measure_named(patient, request.GET.get("measure", ""))
    found = follow_up_of(patient, viewer=request.user, now=clock.now(), instrument=instrument)
    links = [(one, _url_of(request, one)) for one in found.invitations]
    context = {"follow_up": found, "links": links, "form": form}
    return render(request, "followup/follow_up.html", context, status=422 if form.errors else 200)
