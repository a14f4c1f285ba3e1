"""What to expect of the next session and the course, for prescriber and nurse, before anything is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ajar.clinic import clock
from ajar.clinic.careplan.causes_in_words import CauseRow, cause_rows
from ajar.clinic.careplan.expected import PlannedDoses, doses_of, scores_of, subject_of
from ajar.clinic.careplan.models_in_words import ModelsTold, models_told
from ajar.clinic.careplan.outlook import ExpectedCourse, ExpectedSession, expected_course, expected_session
from ajar.clinic.ledger.selectors import all_entries
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.policy import Action
from ajar.pathway.careplan.course import courses_of, running_course
from ajar.pathway.careplan.regimens import REGIMENS

MOST_SESSIONS: Final = 60
NEEDS_SOURCE: Final = (
    "pharmacology.md 4.1 (everything scales with weight) and 4.3 (symptoms start from a baseline)"
)


class AskedForm(forms.Form):
    """A course that is not ordered yet, as the order page asks about it."""

    regimen = forms.ChoiceField(choices=[(one.id, one.label) for one in REGIMENS.values()])
    first_dose_mg = forms.FloatField(min_value=0.1)
    later_dose_mg = forms.FloatField(min_value=0.1)
    sessions = forms.IntegerField(min_value=1, max_value=MOST_SESSIONS)

    def clean(self) -> dict[str, Any]:
        """A regimen is laid out over so many sessions at most."""
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        regimen = REGIMENS.get(asked.get("regimen", ""))
        if regimen and asked.get("sessions", 0) > regimen.most_sessions:
            self.add_error("sessions", _("More sessions than the regimen has."))
        return asked

    def planned(self) -> PlannedDoses:
        """The course on the days that its regimen counts, before its first session."""
        asked = self.cleaned_data
        regimen = REGIMENS[asked["regimen"]]
        days = regimen.nominal_days(asked["sessions"])
        later = (asked["later_dose_mg"],) * (len(days) - 1)
        return PlannedDoses(
            regimen=regimen, days=days, doses_mg=(asked["first_dose_mg"], *later), next_index=0
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which course is asked about, and when it begins or began."""

    planned: PlannedDoses
    first_dose_at: datetime


@require_safe
@permit(Action.SEE_FORECAST)
def expected(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """The running course, or the one that the address describes."""
    patient = get_object_or_404(Patient.objects.select_related("site"), pk=patient_id)
    question, refused = asked_about(patient, request.GET, now=clock.now())
    context = {"patient": patient, "site": patient.site, "refused": refused}
    if question is not None:
        context |= answer(patient, question)
    return render(request, "careplan/expected.html", context, status=422 if refused else 200)


def asked_about(patient: Patient, asked: Mapping[str, Any], *, now: datetime) -> tuple[Question | None, str]:
    """The question, or None and why it cannot be asked (empty: there is no course to ask about)."""
    if asked:
        form = AskedForm(asked)
        if not form.is_valid():
            return None, _("Expected a regimen, a first and a later dose in mg, and a number of sessions.")
        return Question(planned=form.planned(), first_dose_at=now), ""
    course = running_course(courses_of(all_entries(patient.pk)))
    regimen = REGIMENS.get(course.order.regimen) if course else None
    planned = doses_of(course, regimen) if course and regimen else None
    if course is None or planned is None:
        return None, ""
    first_at = min(one.plan.starts_at for one in course.sessions if not one.cancelled_because)
    return Question(
        planned=planned, first_dose_at=min(first_at, now) if planned.next_index == 0 else first_at
    ), ""


def answer(patient: Patient, question: Question) -> dict[str, Any]:
    """Everything the page shows, or what it lacks and why."""
    planned = question.planned
    subject = subject_of(patient, on=question.first_dose_at.astimezone(patient.site.zone).date())
    found: dict[str, Any] = {"subject": subject, "planned": planned, "needs_source": NEEDS_SOURCE}
    try:
        session = expected_session(subject, planned)
        course = expected_course(subject, planned, scores_of(patient), first_dose_at=question.first_dose_at)
    except ValueError as refused:
        return found | {"unknown_dose": str(refused)}
    return found | told(session, course)


def told(session: ExpectedSession | None, course: ExpectedCourse) -> dict[str, Any]:
    """The answer with its tables in words."""
    models: ModelsTold | None = models_told(session.models) if session else None
    causes: tuple[CauseRow, ...] = cause_rows(session.causes, session.here) if session else ()
    return {"session": session, "course": course, "models": models, "causes": causes}
