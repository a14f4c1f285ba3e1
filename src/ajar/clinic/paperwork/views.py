"""The note, its signature, the REMS form, and the list of forms that are due."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from ajar.clinic import clock
from ajar.clinic.paperwork import page
from ajar.clinic.paperwork.filing import LISTED_DAYS, forms_due
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.staff.policy import Action
from ajar.pathway.paperwork.deadline import RULE_ID, SOURCE


@require_GET
@permit(Action.SEE_PAPERWORK)
def note(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The session's note, to read, print and sign."""
    return page.note_page(request, page.look(request, encounter_id))


@require_POST
@permit(Action.SIGN_NOTE)
def sign(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Sign the encounter."""
    return page.sign(request, page.look(request, encounter_id))


@require_GET
@permit(Action.SEE_PAPERWORK)
def rems(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The REMS form of the session, to print or copy."""
    return page.rems_page(request, page.look(request, encounter_id))


@require_POST
@permit(Action.SIGN_NOTE)
def answers(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """What the form asks of a clinician."""
    return page.answer(request, page.look(request, encounter_id))


@require_POST
@permit(Action.SIGN_NOTE)
def filed(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The form was handed in."""
    return page.file(request, page.look(request, encounter_id))


@require_GET
@permit(Action.SEE_PAPERWORK)
def due(request: StaffRequest) -> HttpResponse:
    """The forms to be filed, by the day they are due."""
    context = {
        "due": forms_due(request.user, now=clock.now()),
        "days": LISTED_DAYS,
        "rule_id": RULE_ID,
        "source": SOURCE,
    }
    return render(request, "paperwork/due.html", context)
