"""Reads about people who work here."""

from django.db.models import QuerySet

from ajar.clinic.staff.models import Account, Site
from ajar.pathway.staff.roles import Role


def staff_accounts() -> QuerySet[Account]:
    """Everyone who works here, by name."""
    return Account.objects.exclude(role=Role.PATIENT).prefetch_related("sites")


def colleagues(viewer: Account, site: Site, *roles: Role) -> QuerySet[Account]:
    """Active people of these roles at a site, other than the viewer: who can be the second person."""
    return site.accounts.filter(role__in=roles, is_active=True).exclude(pk=viewer.pk)
