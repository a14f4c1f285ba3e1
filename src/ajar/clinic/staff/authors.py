"""Who writes an entry."""

from ajar.clinic.staff.models import Account
from ajar.pathway.ledger.entry import Author, AuthorKind
from ajar.pathway.staff.roles import Role


def author_of(account: Account) -> Author:
    """The ledger author for a signed-in account, with the printed name as it is now."""
    kind = AuthorKind.PATIENT if account.role_of is Role.PATIENT else AuthorKind.STAFF
    return Author(kind=kind, id=str(account.pk), name=account.titled_name)


def device_author(device: str) -> Author:
    """The ledger author for a device."""
    return Author(kind=AuthorKind.DEVICE, id=device, name=device)


SYSTEM = Author(kind=AuthorKind.SYSTEM, id="ajar", name="Ajar")
