"""The corridor's own addresses: freeze it, fetch it again, and every forecast against what happened."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ajar.clinic.dosing.corridor import NAMES, corridor_of
from ajar.clinic.dosing.doing import look
from ajar.clinic.dosing.fared import changed_doses, newest, tallies
from ajar.clinic.dosing.freezing import freeze_forecast
from ajar.clinic.dosing.page import Seen
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.staff.policy import Action
from ajar.pathway.dosing.forecast import ForecastRefused, Output
from ajar.pathway.dosing.forecast_scoring import SCALES
from ajar.pathway.evaluation.products import Product


@require_GET
@permit(Action.SEE_FORECAST)
def corridor(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The bands with what was measured by now, for a page that was told that something was."""
    return drawn(request, look(request, encounter_id))


@require_POST
@permit(Action.RUN_SESSION)
def freeze(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Freeze the forecast of the checked order: asked by the page itself, or by its button."""
    seen = look(request, encounter_id)
    try:
        freeze_forecast(encounter_id=encounter_id, now=seen.now)
    except ForecastRefused as refused:
        messages.error(request, str(refused))
    if request.headers.get("X-Requested-With") == "fetch":
        return drawn(request, look(request, encounter_id))
    return redirect("dosing:session", encounter_id)


def drawn(request: StaffRequest, seen: Seen) -> HttpResponse:
    """The piece of the page."""
    context = {"shown": corridor_of(seen), "encounter": seen.encounter, "session": seen.session}
    return render(request, "dosing/corridor_drawn.html", context)


@require_GET
@permit(Action.SEE_FORECAST)
def forecasts(request: StaffRequest) -> HttpResponse:
    """Forecasts against what happened, at the viewer's sites."""
    return render(request, "dosing/forecasts.html", record_of(request))


def record_of(request: StaffRequest) -> dict[str, Any]:
    """The sums with their names, and the newest sessions."""
    viewer = request.user
    return {
        "rows": [(Product(one.product).label, NAMES[Output(one.output)], one) for one in tallies(viewer)],
        "newest": [(Product(one.product).label, NAMES[Output(one.output)], one) for one in newest(viewer)],
        "changed_doses": changed_doses(viewer),
        "scales": [(NAMES[output], words) for output, words in SCALES.items()],
    }
