"""The database itself refuses to change or delete an entry."""

from typing import Any, ClassVar

from django.db import migrations

from ajar.clinic.ledger.engines import guard, unguard


def put_guard(apps: Any, editor: Any) -> None:
    """Forwards."""
    guard(editor)


def lift_guard(apps: Any, editor: Any) -> None:
    """Backwards."""
    unguard(editor)


class Migration(migrations.Migration):
    """Triggers, as each database spells them."""

    dependencies: ClassVar = [("ledger", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(put_guard, lift_guard)]
