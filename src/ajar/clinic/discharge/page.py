"""The discharge page: what it shows at each stage, and how a posted step becomes an entry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from ajar.clinic import clock
from ajar.clinic.discharge.around import around_of
from ajar.clinic.discharge.forms import (
    AssessForm,
    ConfirmForm,
    GiveForm,
    LeaveForm,
    LoseForm,
    ReleaseForm,
    StepForm,
)
from ajar.clinic.discharge.giving import Given, given_in
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import decision_position, encounter_entries
from ajar.clinic.patients.access import StaffRequest, encounter_in_reach
from ajar.clinic.patients.models import Encounter
from ajar.clinic.staff.policy import Action, may
from ajar.pathway.discharge.guard import NoSession, Standing, standing
from ajar.pathway.discharge.policy import DischargePolicy
from ajar.pathway.discharge.strip import gates_of
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import Product

LEAVING: Final = (Stage.DOSING, Stage.OBSERVED, Stage.RECOVERED)
PLAIN: Final[Mapping[str, type[StepForm]]] = {
    "confirm": ConfirmForm,
    "lose": LoseForm,
    "leave": LeaveForm,
}
Act = Callable[[Any, dict[str, Any]], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One session as the page sees it now."""

    encounter: Encounter
    policy: DischargePolicy
    stands: Standing
    now: datetime
    expected: int
    given: tuple[Given, ...] = ()

    @property
    def session(self) -> Session:
        """The session."""
        return self.stands.session

    @property
    def fingerprint(self) -> str:
        """Changes when something on the page does: the page asks every few seconds and then leaves it be."""
        said = [(c.id, c.finding.verdict, c.finding.words, c.finding.datum) for c in self._settled()]
        clock = f"{self.now:%H:%M}" if self.session.stage is Stage.RECOVERED else ""
        return sha256(repr((self.session.stage, said, clock)).encode()).hexdigest()[:16]

    def _settled(self) -> list[Any]:
        """The criteria, without those whose words only count minutes down (the page does that)."""
        return [c for c in self.stands.judgement.criteria if c.finding.due_at is None]


def look(request: StaffRequest, encounter_id: UUID) -> Seen:
    """The session in the address; Http404 where none is planned."""
    encounter, ours = encounter_in_reach(request.user, encounter_id), programme()
    now = clock.now()
    entries, around = encounter_entries(encounter_id, viewer=request.user), around_of(encounter, now=now)
    try:
        stands = standing(entries, around, now=now, policy=ours.discharge, limits=ours.alarms)
    except NoSession as none:
        raise Http404(str(none)) from none
    return Seen(
        encounter=encounter,
        policy=ours.discharge,
        stands=stands,
        now=now,
        expected=decision_position(encounter.patient_id),
        given=given_in(entries),
    )


def release_form(seen: Seen, data: Any = None) -> ReleaseForm:
    """The release, with the escort who was named offered as a choice."""
    readiness = seen.session.readiness
    language = seen.given[-1].said.language if seen.given else seen.encounter.patient.language
    given_to = [str(who) for one in seen.given for who in one.said.given_to]
    return ReleaseForm(
        data,
        escort_name=readiness.escort_name.strip() if readiness else "",
        product=seen.session.product,
        initial={"expected": seen.expected, "language": language, "given_to": given_to},
    )


def step_form(name: str, seen: Seen, data: Any = None) -> forms.Form:
    """The form of one step."""
    if name == "release":
        return release_form(seen, data)
    if name == "give":
        return GiveForm(data, initial={"language": seen.encounter.patient.language})
    if name == "assess":
        return AssessForm(data, policy=seen.policy, initial={"expected": seen.expected})
    return PLAIN[name](data, initial={"expected": seen.expected})


def carry_out(request: StaffRequest, encounter_id: UUID, name: str, act: Act) -> HttpResponse:
    """Record a posted step, or show the page again with the reason and what was typed."""
    seen = look(request, encounter_id)
    form = step_form(name, seen, request.POST)
    if form.is_valid():
        doing = {"encounter_id": encounter_id, "by": request.user, "now": seen.now}
        if isinstance(form, StepForm):
            doing["expected"] = form.cleaned_data["expected"]
        try:
            act(form, doing)
        except ValueError as refused:  # every refusal here is a ValueError in words for the nurse
            form.add_error(None, str(refused))
        else:
            return redirect("discharge:assess", encounter_id)
    return page(request, look(request, encounter_id), bound={name: form})


def page(request: StaffRequest, seen: Seen, bound: Mapping[str, forms.Form] | None = None) -> HttpResponse:
    """The whole page; `bound` holds a form that was refused."""
    fresh = {name: step_form(name, seen) for name in ("assess", *PLAIN, "release", "give")}
    context = shown(request, seen) | {"forms": fresh | dict(bound or {}), "bound": bound or {}}
    return render(request, "discharge/page.html", context, status=422 if bound else 200)


def criteria_fragment(request: StaffRequest, seen: Seen) -> HttpResponse:
    """The criteria and the primary action, or nothing when neither changed."""
    if request.GET.get("seen") == seen.fingerprint:
        return HttpResponse(status=204)
    moved_on = request.GET.get("stage") not in (None, seen.session.stage)
    context = shown(request, seen) | {"beside": True, "moved_on": moved_on}
    return render(request, "discharge/fragment.html", context)


def shown(request: StaffRequest, seen: Seen) -> dict[str, Any]:
    """What every template of this room may use."""
    session = seen.session
    return {
        "encounter": seen.encounter,
        "patient": seen.encounter.patient,
        "site": seen.encounter.site,
        "seen": seen,
        "session": session,
        "judgement": seen.stands.judgement,
        "gates": gates_of(seen.stands.judgement),
        "given": seen.given,
        "may_send": seen.encounter.patient.account_id is not None,
        "now": seen.now,
        "may_release": may(request.user.role_of, Action.RELEASE_PATIENT),
        "asks_rems": session.product == Product.ESKETAMINE_IN,
        "may_leave": session.stage in LEAVING,
    }
