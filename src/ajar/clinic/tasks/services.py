"""Opening, taking and closing tasks."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.tasks.models import Task
from ajar.pathway.staff.roles import Role


class TaskRefused(ValueError):
    """The task is done already, or the outcome is missing."""


@transaction.atomic
def open_task(
    *,
    kind: str,
    title: str,
    because: str,
    owner_role: Role,
    due_at: datetime,
    now: datetime,
    urgency: Task.Urgency = Task.Urgency.ROUTINE,
    patient: Patient | None = None,
    site: Site | None = None,
    subject_ref: str = "",
    contact: str = "",
) -> Task:
    """Open a task, or sharpen the open one of the same kind and subject (it is never doubled)."""
    task = None
    if subject_ref:
        task = (
            Task.objects.select_for_update().filter(kind=kind, subject_ref=subject_ref, done_at=None).first()
        )
    if task is None:
        task = Task(kind=kind, subject_ref=subject_ref, created_at=now, due_at=due_at)
    task.title, task.because, task.owner_role = title, because, owner_role
    task.due_at = min(task.due_at, due_at)
    task.urgency = Task.Urgency.URGENT if Task.Urgency.URGENT in (urgency, task.urgency) else urgency
    task.patient = patient or task.patient
    task.site = site or task.site or (patient.site if patient else None)
    task.contact = contact or task.contact
    task.save()
    return task


@transaction.atomic
def bind_tasks(*, subject_ref: str, patient: Patient, contact: str) -> None:
    """The nameless subject of these tasks, open or closed, turned out to be a patient."""
    tasks = Task.objects.filter(subject_ref=subject_ref, patient=None)
    tasks.update(patient=patient, site=patient.site, contact=contact)


@transaction.atomic
def take_task(*, task: Task, by: Account) -> Task:
    """Put a name on it."""
    held = Task.objects.select_for_update().get(pk=task.pk)
    held.owner = by
    held.save(update_fields=["owner"])
    return held


@transaction.atomic
def close_task(*, task: Task, outcome: str, by: Account, now: datetime) -> Task:
    """Say what was done.

    Raises:
        TaskRefused: no outcome was written, or someone closed it before.
    """
    held = Task.objects.select_for_update().get(pk=task.pk)
    if not outcome.strip() or "\0" in outcome:
        raise TaskRefused(_("Write what was done before closing the task."))
    if held.done_at is not None:
        raise TaskRefused(_("This task was closed already."))
    held.outcome, held.done_at, held.done_by = outcome.strip(), now, by
    held.owner = held.owner or by
    held.save()
    return held
