"""Open work, most pressing first."""

from django.db.models import Q, QuerySet

from ajar.clinic.staff.models import Account
from ajar.clinic.tasks.models import Task


def open_tasks(viewer: Account) -> QuerySet[Task]:
    """Open tasks of the viewer's sites (or of no site yet), the earliest due first."""
    reach = Q(site__isnull=True) | Q(site__in=viewer.sites.all())
    tasks = Task.objects.select_related("patient", "owner", "site").filter(reach, done_at=None)
    return tasks.order_by("-urgency", "due_at")


def tasks_of(viewer: Account) -> QuerySet[Task]:
    """Open tasks for the viewer: their own, and unowned ones of their role."""
    mine = Q(owner=viewer) | Q(owner__isnull=True, owner_role=viewer.role)
    return open_tasks(viewer).filter(mine)
