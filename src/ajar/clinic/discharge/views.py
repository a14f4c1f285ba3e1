"""Going home: the criteria as they stand, and the acts that they allow."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from ajar.clinic.discharge import services
from ajar.clinic.discharge.forms import AssessForm, ConfirmForm, GiveForm, LeaveForm, LoseForm, ReleaseForm
from ajar.clinic.discharge.giving import give_instructions, sheets_of
from ajar.clinic.discharge.page import carry_out, criteria_fragment, look, page
from ajar.clinic.patients.access import StaffRequest, encounter_in_reach, permit
from ajar.clinic.staff.policy import Action

Doing = dict[str, Any]


@require_GET
@permit(Action.SEE_SESSION)
def assess(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Every criterion for leaving, and the next act."""
    return page(request, look(request, encounter_id))


@require_GET
@permit(Action.SEE_SESSION)
def criteria(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The criteria alone, asked for every few seconds."""
    return criteria_fragment(request, look(request, encounter_id))


@require_POST
@permit(Action.RELEASE_PATIENT)
def record(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """An assessment."""

    def act(form: AssessForm, doing: Doing) -> object:
        return services.assess(assessed=form.assessed, **doing)

    return carry_out(request, encounter_id, "assess", act)


@require_POST
@permit(Action.RELEASE_PATIENT)
def confirm(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Recovery."""

    def act(_: ConfirmForm, doing: Doing) -> object:
        return services.confirm_recovery(**doing)

    return carry_out(request, encounter_id, "confirm", act)


@require_POST
@permit(Action.RELEASE_PATIENT)
def lose(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Something came back."""

    def act(form: LoseForm, doing: Doing) -> object:
        return services.lose_recovery(because=form.cleaned_data["because"], **doing)

    return carry_out(request, encounter_id, "lose", act)


@require_POST
@permit(Action.RELEASE_PATIENT)
def release(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The release, as the button said."""

    def act(form: ReleaseForm, doing: Doing) -> object:
        return services.release(released=form.released, happened_at=form.cleaned_data["left_at"], **doing)

    return carry_out(request, encounter_id, "release", act)


@require_POST
@permit(Action.RELEASE_PATIENT)
def leave(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """Leaving against advice."""

    def act(form: LeaveForm, doing: Doing) -> object:
        data = form.cleaned_data
        return services.leave_against_advice(because=data["because"], advised=data["advised"], **doing)

    return carry_out(request, encounter_id, "leave", act)


@require_POST
@permit(Action.RELEASE_PATIENT)
def give(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The instructions, handed over on paper or sent to the portal."""

    def act(form: GiveForm, doing: Doing) -> object:
        data = form.cleaned_data
        return give_instructions(
            way=data["way"], language=data["language"], given_to=form.recipients, **doing
        )

    return carry_out(request, encounter_id, "give", act)


@require_GET
@permit(Action.SEE_SESSION)
def instructions(request: StaffRequest, encounter_id: UUID) -> HttpResponse:
    """The sheet to take home, in the patient's language or the one asked for."""
    encounter = encounter_in_reach(request.user, encounter_id)
    sheet, others = sheets_of(encounter, request.GET.get("language", encounter.patient.language))
    context = {"encounter": encounter, "sheet": sheet, "others": others, "site": encounter.site}
    return render(request, "discharge/instructions.html", context)
