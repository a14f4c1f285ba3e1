"""From a posted form to a service: one way for every step of the page.

A refusal is shown above the form that was refused, in its own words, with what was typed kept.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from ajar.clinic import clock
from ajar.clinic.dosing.fields import StepForm
from ajar.clinic.dosing.forms import FORMS, forms_for
from ajar.clinic.dosing.page import Seen, page_of
from ajar.clinic.dosing.selectors import session_or_404
from ajar.clinic.ledger.feed import latest
from ajar.clinic.patients.access import StaffRequest, encounter_in_reach
from ajar.clinic.staff.models import Account
from ajar.clinic.staff.policy import Action


class Doing(TypedDict):
    """What every service of this room is told."""

    encounter_id: UUID
    by: Account
    now: datetime
    expected: int


Act = Callable[[Any, Doing], object]


def look(request: StaffRequest, encounter_id: UUID, bound: Mapping[str, forms.Form] | None = None) -> Seen:
    """The session as this viewer sees it now (404 where none was planned)."""
    after = latest()  # before the session is read, so that a live page misses nothing between
    return Seen(
        after=after,
        session=session_or_404(encounter_id),
        encounter=encounter_in_reach(request.user, encounter_id),
        viewer=request.user,
        now=clock.now(),
        bound=bound or {},
    )


def shown(request: StaffRequest, seen: Seen) -> HttpResponse:
    """The session's page; 422 when it shows a refused form."""
    context = page_of(seen)
    context["forms"] = forms_for(seen, FORMS, context["expected"])
    context["forms"]["cancel"].initial.setdefault("because", context["cancel_because"])
    return render(request, "dosing/session.html", context, status=422 if seen.bound else 200)


def carry_out(request: StaffRequest, encounter_id: UUID, name: str, act: Act) -> HttpResponse:
    """Do what the form of this name asks, then show the session again."""
    seen = look(request, encounter_id)
    form = FORMS[name](request.POST, seen=seen)
    taken = form.is_valid() and done(form, act, seen)
    if not seen.may(Action.SEE_SESSION):
        return back_to_desk(request, form)
    if taken:
        return redirect("dosing:session", encounter_id)
    return shown(request, look(request, encounter_id, {name: form}))


def back_to_desk(request: StaffRequest, form: StepForm) -> HttpResponse:
    """Whoever receives a patient but does not read the chart goes back to the day's list."""
    for error in [words for field in form.errors.values() for words in field]:
        messages.error(request, str(error))
    return redirect("desk:today")


def done(form: StepForm, act: Act, seen: Seen) -> bool:
    """Whether the service took it; its refusal becomes the form's error."""
    doing = Doing(
        encounter_id=seen.encounter.pk,
        by=seen.viewer,
        now=seen.now,
        expected=form.cleaned_data["expected"],
    )
    try:
        act(form, doing)
    except ValueError as refused:
        form.add_error(None, str(refused))
        return False
    return True
