"""The database itself refuses to change or delete a signed configuration."""

from typing import Any, ClassVar, Final

from django.db import migrations

from ajar.clinic.ledger.engines import guard, unguard

TABLE: Final = "governance_signedconfiguration"


def put_guard(apps: Any, editor: Any) -> None:
    """Forwards."""
    guard(editor, table=TABLE)


def lift_guard(apps: Any, editor: Any) -> None:
    """Backwards."""
    unguard(editor, table=TABLE)


class Migration(migrations.Migration):
    """Triggers, as each database spells them."""

    dependencies: ClassVar = [("governance", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(put_guard, lift_guard)]
