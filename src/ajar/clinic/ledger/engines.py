"""What differs from database to database: what it raises when it is away, and how it refuses changes."""

from collections.abc import Mapping
from typing import Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.utils import InterfaceError, OperationalError

AWAY: Final = (OperationalError, InterfaceError)
"""What a database raises that does not answer, or takes nothing in. The rest is about what was sent."""

LEDGER: Final = "ledger_ledgerentry"

GUARDED: Final[Mapping[str, str]] = {
    LEDGER: "ledger entries",
    "governance_signedconfiguration": "signed configurations",
}
"""Each guarded table, and what its rows are."""


def _guards(table: str) -> dict[str, tuple[str, ...]]:
    said = f"{GUARDED[table]} are never changed"
    return {
        "sqlite": tuple(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{said}: {verb} refused'); END"
            for verb in ("UPDATE", "DELETE")
        ),
        "postgresql": (
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{said}: % refused', TG_OP; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        ),
    }


def _unguards(table: str) -> dict[str, tuple[str, ...]]:
    return {
        "sqlite": tuple(f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete")),
        "postgresql": (f"DROP FUNCTION IF EXISTS {table}_refuse() CASCADE",),
    }


def guard(editor: BaseDatabaseSchemaEditor, *, table: str = LEDGER) -> None:
    """Make the database itself refuse to change a row."""
    for statement in _guards(table)[editor.connection.vendor]:
        editor.execute(statement, params=None)


def unguard(editor: BaseDatabaseSchemaEditor, *, table: str = LEDGER) -> None:
    """Undo `guard`, for a migration backwards."""
    for statement in _unguards(table)[editor.connection.vendor]:
        editor.execute(statement, params=None)
