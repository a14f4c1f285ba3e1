"""Open work, most pressing first."""

from django.db.models import Q, QuerySet

from ajar.clinic.staff.models import Account
from ajar.clinic.staff.policy import Action, may
from ajar.clinic.tasks.models import Task
from ajar.pathway.staff.roles import CLINICIANS


def open_tasks(viewer: Account) -> QuerySet[Task]:
    """Open tasks of the viewer's sites (or of no site yet), the earliest due first.

    A clinician's task may quote the chart: who may not read charts sees it only when it was given to them.
    """
    reach = Q(site__isnull=True) | Q(site__in=viewer.sites.all())
    if not may(viewer.role_of, Action.SEE_CHART):
        reach &= Q(owner=viewer) | ~Q(owner_role__in=CLINICIANS)
    tasks = Task.objects.select_related("patient", "owner", "site").filter(reach, done_at=None)
    return tasks.order_by("-urgency", "due_at")


def tasks_of(viewer: Account) -> QuerySet[Task]:
    """Open tasks for the viewer: their own, and unowned ones of their role."""
    mine = Q(owner=viewer) | Q(owner__isnull=True, owner_role=viewer.role)
    return open_tasks(viewer).filter(mine)
