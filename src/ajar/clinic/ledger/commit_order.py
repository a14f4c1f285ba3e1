"""In which order transactions may be read that append to the ledger."""

import time
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APPENDING: Final = 7461
"""Key of the advisory lock that every appending transaction shares; any number no other program here uses."""

ORDERED_SQL: Final = """
CREATE FUNCTION ledger_ledgerentry_ordered() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    mine bigint := NULLIF(current_setting('ajar.ledger_order', true), '')::bigint;
BEGIN
    IF mine IS NULL THEN
        PERFORM pg_advisory_xact_lock_shared(7461, 0);
        mine := nextval('ledger_ledgerentry_order');
        PERFORM pg_advisory_xact_lock_shared(mine);
        PERFORM set_config('ajar.ledger_order', mine::text, true);
    END IF;
    RETURN mine;
END $$"""
"""The number of this transaction: drawn once, while it says that it appends, and held until it ends."""

HELD_SQL: Final = """
WITH locks AS MATERIALIZED (
    SELECT pid, objsubid, classid::bigint AS high, objid::bigint AS low FROM pg_locks
    WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
), writers AS (
    SELECT (
        SELECT min((one.high << 32) | one.low) FROM locks one WHERE one.pid = writer.pid AND one.objsubid = 1
    ) AS number
    FROM locks writer WHERE writer.objsubid = 2 AND writer.high = 7461 AND writer.low = 0
)
SELECT count(*) - count(number), min(number) FROM writers"""
"""Of the transactions that append now: how many have no number yet, and the lowest number."""

DRAWN_SQL: Final = "SELECT last_value + is_called::int FROM ledger_ledgerentry_order"
MINE_SQL: Final = "SELECT ledger_ledgerentry_ordered()"

AFTER_ALL_SQL: Final = """
SELECT setval('ledger_ledgerentry_order', (SELECT COALESCE(MAX(tx), 0) + 1 FROM ledger_ledgerentry))"""
"""What is in the ledger already comes first."""

PATIENCE_S: Final = 5.0
PAUSE_S: Final = 0.002


def count_commits(editor: BaseDatabaseSchemaEditor) -> None:
    """Give PostgreSQL the numbers by which transactions that append are ordered."""
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE SEQUENCE ledger_ledgerentry_order", params=None)
        editor.execute(AFTER_ALL_SQL, params=None)
        editor.execute(ORDERED_SQL, params=None)


def uncount_commits(editor: BaseDatabaseSchemaEditor) -> None:
    """Undo `count_commits`, for a migration backwards."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION ledger_ledgerentry_ordered()", params=None)
        editor.execute("DROP SEQUENCE ledger_ledgerentry_order", params=None)


def transaction_order(connection: BaseDatabaseWrapper) -> int:
    """A number that orders this transaction among those a reader may already have seen.

    SQLite has one writer at a time, so the row number alone orders commits. PostgreSQL gives row
    numbers before commit, so a reader could pass over a row that commits late: the transaction draws a
    number and holds a lock on it until it ends, and the reader stops short of numbers still held.
    """
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(MINE_SQL)
        return int(cursor.fetchone()[0])


def settled_before(connection: BaseDatabaseWrapper) -> int | None:
    """Transactions with a lower number are over; None where row order is commit order.

    A writer with a number below `drawn` has announced itself before that. If it is not among those who hold
    locks a moment later, it is over, and whoever reads rows from then on sees what it wrote. So rows are
    read after this, in a statement of their own.

    Raises:
        TimeoutError: a writer stood still between announcing itself and drawing its number.
    """
    if connection.vendor != "postgresql":
        return None
    gives_up_at = time.monotonic() + PATIENCE_S
    while time.monotonic() < gives_up_at:
        drawn, unnumbered, lowest = _writers(connection)
        if not unnumbered:
            return drawn if lowest is None else min(drawn, lowest)
        time.sleep(PAUSE_S)
    raise TimeoutError(f"A transaction has been about to append to the ledger for {PATIENCE_S:g} s.")


def _writers(connection: BaseDatabaseWrapper) -> tuple[int, int, int | None]:
    """The next number to be drawn; then, read after it, who appends without one, and the lowest in use."""
    with connection.cursor() as cursor:
        cursor.execute(DRAWN_SQL)
        drawn = int(cursor.fetchone()[0])
        cursor.execute(HELD_SQL)
        unnumbered, lowest = cursor.fetchone()
    return drawn, int(unnumbered), lowest
