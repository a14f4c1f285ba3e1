"""A risk answer opens a task with an owner and a clock, on that answer (clinical.md 6.2; practice.md 4.3)."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from ajar.clinic.patients.models import Patient
from ajar.clinic.screening.services import TASK_KIND
from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.services import open_task
from ajar.pathway.instruments.instrument import Answers, Instrument
from ajar.pathway.instruments.score import Risk, pressing
from ajar.pathway.screening.risk import Raised, RiskTask, due_at, fresh_risk, task_for


class Draft(Protocol):
    """A form while it is filled in, and the warning for which it opened a task."""

    pk: UUID
    patient: Patient
    raised: list[int]


def raise_fresh_risk(held: Draft, instrument: Instrument, answers: Answers, *, now: datetime) -> Risk | None:
    """Open the task that the answers so far ask for, once for each form; `held.raised` is to be saved."""
    found = fresh_risk(instrument, answers, raised_before(held))
    if found is not None:
        open_risk_task(found, patient=held.patient, subject=str(held.pk), now=now)
        held.raised = [int(part) for part in pressing(found)]
    return found


def raised_before(held: Draft) -> Raised | None:
    """The warning for which this form opened its task."""
    if not held.raised:
        return None
    urgent, answer, item = held.raised
    return bool(urgent), answer, item


def open_risk_task(risk: Risk, *, patient: Patient, subject: str, now: datetime) -> Task:
    """Open the task that the answer asks for, or sharpen the open one of the same form."""
    urgency = Task.Urgency.URGENT
    return _open(task_for(risk), kind=TASK_KIND, urgency=urgency, patient=patient, subject=subject, now=now)


def open_blank_task(rule: RiskTask, *, patient: Patient, subject: str, now: datetime) -> Task:
    """Open the task to ask a question that was left blank."""
    urgency = Task.Urgency.ROUTINE
    return _open(rule, kind=rule.kind, urgency=urgency, patient=patient, subject=subject, now=now)


def _open(
    rule: RiskTask, *, kind: str, urgency: Task.Urgency, patient: Patient, subject: str, now: datetime
) -> Task:
    return open_task(
        kind=kind,
        title=rule.title,
        because=f"{rule.because} Rule {rule.rule_id}; {rule.source}.",
        owner_role=rule.owner,
        due_at=due_at(rule, now=now.astimezone(patient.site.zone)),
        now=now,
        urgency=urgency,
        patient=patient,
        subject_ref=subject,
        contact=patient.phone,
    )
