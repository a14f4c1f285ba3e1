"""The pages of adverse events: what they show, and how a posted form becomes an entry."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from ajar.clinic import clock
from ajar.clinic.dosing.selectors import session_or_404
from ajar.clinic.governance.selectors import programme
from ajar.clinic.patients.access import StaffRequest, encounter_in_reach, patient_in_reach
from ajar.clinic.patients.models import Encounter, Patient
from ajar.clinic.safety.forms import AdverseEventForm, UpdateForm, initial_of, typed_at
from ajar.clinic.safety.selectors import line_of, report_of, session_entries
from ajar.clinic.safety.services import record_adverse_event, update_adverse_event
from ajar.clinic.staff.policy import Action, may
from ajar.pathway.discharge.series import pressure, series
from ajar.pathway.dosing.session import Session
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.safety.grading import PressureFact
from ajar.pathway.safety.report import ReportLine, Suggestion, report, suggestions
from ajar.pathway.safety.terms import AT_HOME, TERMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A session's adverse events, what it suggests, and the last pressure with the dose before it."""

    encounter: Encounter
    session: Session
    lines: tuple[ReportLine, ...]
    suggested: tuple[Suggestion, ...]
    pressure: PressureFact | None


def look(request: StaffRequest, encounter_id: UUID) -> Seen:
    """The session in the address; Http404 where none is planned."""
    encounter = encounter_in_reach(request.user, encounter_id)
    session, ours = session_or_404(encounter_id), programme().safety
    entries = session_entries(encounter_id, viewer=request.user)
    return Seen(
        encounter=encounter,
        session=session,
        lines=report(entries),
        suggested=suggestions(session, entries, ours),
        pressure=_last_pressure(session, entries),
    )


def _last_pressure(session: Session, entries: list[Entry]) -> PressureFact | None:
    points = series(effective(entries), pressure)
    if not points:
        return None
    last = points[-1]
    given_at = session.last_drug_at
    return PressureFact(
        systolic_mmhg=last.value.systolic_mmhg,
        diastolic_mmhg=last.value.diastolic_mmhg,
        at=last.at,
        last_dose_at=given_at if given_at is not None and given_at <= last.at else None,
    )


def session_form(seen: Seen, data: Any = None, *, chosen: str = "") -> AdverseEventForm:
    """An empty form, or one that begins with what was seen."""
    zone = seen.encounter.site.zone
    one = next((each for each in seen.suggested if each.key == chosen), None)
    initial: dict[str, Any] = {}
    if one is not None:
        onset_at = typed_at(one.entry.happened_at, zone)
        initial = {"term": one.term, "note": one.note, "onset_at": onset_at}
    return AdverseEventForm(data, zone=zone, pressure=seen.pressure, initial=initial)


def session_page(request: StaffRequest, seen: Seen, form: AdverseEventForm) -> HttpResponse:
    """The events of one session."""
    context = shown(request, seen.encounter.patient) | {
        "encounter": seen.encounter,
        "site": seen.encounter.site,
        "session": seen.session,
        "lines": seen.lines,
        "suggested": seen.suggested,
        "form": form,
    }
    return render(request, "safety/session.html", context, status=422 if form.is_bound else 200)


def patient_page(
    request: StaffRequest, patient: Patient, form: AdverseEventForm | None = None
) -> HttpResponse:
    """The report of one patient: every event, in or between sessions."""
    context = shown(request, patient) | {
        "site": patient.site,
        "lines": report_of(patient, viewer=request.user),
        "form": form or AdverseEventForm(None, zone=patient.site.zone),
    }
    return render(request, "safety/patient.html", context, status=422 if form else 200)


def shown(request: StaffRequest, patient: Patient) -> dict[str, Any]:
    """What every template of this room may use."""
    return {
        "patient": patient,
        "may_record": may(request.user.role_of, Action.RUN_SESSION),
        "dictionary": TERMS,
        "at_home": AT_HOME,
    }


def save(
    request: StaffRequest, form: AdverseEventForm, patient: Patient, *, encounter_id: UUID | None
) -> bool:
    """Record what was typed; False with the reason in the form."""
    if not form.is_valid() or form.event is None:
        return False
    try:
        record_adverse_event(
            patient=patient, event=form.event, by=request.user, now=clock.now(), encounter_id=encounter_id
        )
    except ValueError as refused:
        form.add_error(None, str(refused))
        return False
    return True


def update(request: StaffRequest, patient_id: UUID, entry_id: UUID) -> HttpResponse:
    """One event said anew: how it went on, or what was wrong."""
    patient = patient_in_reach(request.user, patient_id)
    line = line_of(patient, entry_id, viewer=request.user)
    if line is None:
        raise Http404("No such adverse event in this chart.")
    zone = patient.site.zone
    form = UpdateForm(request.POST or None, zone=zone, initial=initial_of(line.event, zone))
    if form.is_bound and _updated(request, form, line, patient, now=clock.now()):
        return redirect("safety:patient", patient.pk)
    context = shown(request, patient) | {"site": patient.site, "line": line, "form": form}
    return render(request, "safety/update.html", context, status=422 if form.is_bound else 200)


def _updated(
    request: StaffRequest, form: UpdateForm, line: ReportLine, patient: Patient, *, now: datetime
) -> bool:
    if not form.is_valid() or form.event is None:
        return False
    try:
        update_adverse_event(
            entry=line.entry,
            event=form.event,
            reason=form.cleaned_data["reason"],
            patient=patient,
            by=request.user,
            now=now,
        )
    except ValueError as refused:
        form.add_error(None, str(refused))
        return False
    return True
