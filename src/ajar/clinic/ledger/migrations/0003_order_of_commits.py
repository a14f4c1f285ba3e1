"""Transactions that append are numbered, so that a reader of the feed passes over none."""

from typing import Any, ClassVar

from django.db import migrations

from ajar.clinic.ledger.commit_order import count_commits, uncount_commits


def count(apps: Any, editor: Any) -> None:
    """Forwards."""
    count_commits(editor)


def uncount(apps: Any, editor: Any) -> None:
    """Backwards."""
    uncount_commits(editor)


class Migration(migrations.Migration):
    """A sequence and a function on PostgreSQL; nothing on SQLite."""

    dependencies: ClassVar = [("ledger", "0002_entries_never_change")]
    operations: ClassVar = [migrations.RunPython(count, uncount)]
