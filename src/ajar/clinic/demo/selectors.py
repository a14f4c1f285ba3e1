"""Who can be signed in as."""

from ajar.clinic.staff.models import Account
from ajar.pathway.staff.roles import Role

ORDER = (
    Role.NURSE,
    Role.PRESCRIBER,
    Role.THERAPIST,
    Role.FRONT_DESK,
    Role.MEDICAL_DIRECTOR,
    Role.ADMINISTRATOR,
    Role.PATIENT,
)


def sign_ins() -> list[tuple[str, list[Account]]]:
    """Accounts by role, in the order in which a newcomer would try them."""
    accounts = list(Account.objects.filter(is_active=True).prefetch_related("sites"))
    groups = [(role.label, [a for a in accounts if a.role_of is role]) for role in ORDER]
    return [(label, members) for label, members in groups if members]
