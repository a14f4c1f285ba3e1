"""How each database is made to refuse that an entry changes."""

from collections.abc import Mapping
from typing import Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE: Final = "ledger_ledgerentry"

GUARDS: Final[Mapping[str, tuple[str, ...]]] = {
    "sqlite": tuple(
        f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed: {verb} refused'); END"
        for verb in ("UPDATE", "DELETE")
    ),
    "postgresql": (
        f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'ledger entries are never changed: % refused', TG_OP; END $$",
        f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
        f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
    ),
}

UNGUARDS: Final[Mapping[str, tuple[str, ...]]] = {
    "sqlite": tuple(f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}" for verb in ("update", "delete")),
    "postgresql": (f"DROP FUNCTION IF EXISTS {TABLE}_refuse() CASCADE",),
}


def guard(editor: BaseDatabaseSchemaEditor) -> None:
    """Make the database itself refuse to change an entry."""
    for statement in GUARDS[editor.connection.vendor]:
        editor.execute(statement, params=None)


def unguard(editor: BaseDatabaseSchemaEditor) -> None:
    """Undo `guard`, for a migration backwards."""
    for statement in UNGUARDS[editor.connection.vendor]:
        editor.execute(statement, params=None)
