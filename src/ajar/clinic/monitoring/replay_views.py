"""Replay: scrub through a session as it was known, for review and teaching."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ajar.clinic.dosing.doing import look
from ajar.clinic.monitoring.replaying import replay_page
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.staff.policy import Action


@require_GET
@permit(Action.SEE_SESSION)
def replay(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """A session at one moment; `known` asks for that moment's part alone."""
    context = replay_page(look(request, encounter_id), request.GET.get("moment"))
    template = "monitoring/known.html" if "known" in request.GET else "monitoring/replay.html"
    return render(request, template, context)
