"""The task list: take one, close one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ajar.clinic import clock
from ajar.clinic.patients.access import StaffRequest, permit
from ajar.clinic.staff.policy import Action
from ajar.clinic.tasks.forms import OutcomeForm
from ajar.clinic.tasks.selectors import open_tasks, tasks_of
from ajar.clinic.tasks.services import TaskRefused, close_task, take_task


@require_GET
@permit(Action.MANAGE_TASKS)
def task_list(request: StaffRequest) -> HttpResponse:
    """Open work of the viewer's sites; what is theirs first."""
    mine = list(tasks_of(request.user))
    others = [task for task in open_tasks(request.user) if task not in mine]
    return render(request, "tasks/list.html", {"mine": mine, "others": others, "form": OutcomeForm()})


@require_POST
@permit(Action.MANAGE_TASKS)
def take(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Put the viewer's name on it."""
    take_task(task=get_object_or_404(open_tasks(request.user), pk=task_id), by=request.user)
    return redirect("tasks:list")


@require_POST
@permit(Action.MANAGE_TASKS)
def close(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Close it with what was done."""
    task = get_object_or_404(open_tasks(request.user), pk=task_id)
    try:
        close_task(task=task, outcome=request.POST.get("outcome", ""), by=request.user, now=clock.now())
    except TaskRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Closed: %(title)s") % {"title": task.title})
    return redirect("tasks:list")
