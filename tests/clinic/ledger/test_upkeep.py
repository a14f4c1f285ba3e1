"""The database refuses changes, and where the guard is lifted, verify names the first broken entry."""

from argparse import Namespace

import pytest
from django.db import DatabaseError, connection, transaction

from ajar.clinic.ledger.commands import rebuild_read_models, verify_chains
from ajar.clinic.ledger.engines import guard, unguard
from ajar.clinic.ledger.models import LedgerEntry, LedgerHead
from ajar.clinic.ledger.upkeep import verify
from tests.clinic.ledger.conftest import vitals

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def charted(record, now):
    return record([vitals(now, 90 + i) for i in range(5)])


def tamper(statement: str, *values: object) -> None:
    """What someone with the database's own password could do: lift the guard, change, put it back."""
    with connection.schema_editor() as editor:
        unguard(editor)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    with connection.schema_editor() as editor:
        guard(editor)


@pytest.mark.hazard("HAZ-12")
class TestTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE ledger_ledgerentry SET reason = 'nicer'",
            "UPDATE ledger_ledgerentry SET payload = payload",
            "DELETE FROM ledger_ledgerentry",
            "DELETE FROM ledger_ledgerentry WHERE position = 5",
        ],
    )
    def test_a_recorded_entry_is_neither_changed_nor_removed(self, charted, statement):
        verb = statement.split()[0]
        with (
            pytest.raises(DatabaseError, match=f"ledger entries are never changed: {verb} refused"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert LedgerEntry.objects.count() == len(charted)

    @pytest.mark.parametrize("tables", ["ledger_ledgerentry", "ledger_ledgerentry, ledger_ledgerhead"])
    def test_the_table_is_not_emptied(self, charted, tables):
        empty = {"postgresql": f"TRUNCATE {tables}", "sqlite": "DELETE FROM ledger_ledgerentry"}
        with (
            pytest.raises(
                DatabaseError, match=r"ledger entries are never changed: (TRUNCATE|DELETE) refused"
            ),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(empty[connection.vendor])
        assert LedgerEntry.objects.count() == len(charted)

    def test_the_models_of_the_program_are_refused_as_well(self, charted):
        row = LedgerEntry.objects.first()
        row.reason = "nicer"
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save()
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()


@pytest.mark.hazard("HAZ-12")
class TestVerify:
    def test_an_untouched_ledger_holds(self, charted, capsys):
        assert verify_chains(Namespace()) == 0
        assert capsys.readouterr().out == "1 charts, 5 entries: every chain holds.\n"

    @pytest.mark.parametrize(
        ("statement", "position", "because"),
        [
            (
                "UPDATE ledger_ledgerentry SET payload = replace(payload, '92', '99') WHERE position = 3",
                3,
                "its content does not match its digest",
            ),
            (
                "UPDATE ledger_ledgerentry SET author = 'staff|1|Somebody Else' WHERE position IN (2, 4)",
                2,
                "its content does not match its digest",
            ),
            ("DELETE FROM ledger_ledgerentry WHERE position = 2", 3, "position 2 is missing; found 3"),
        ],
    )
    def test_the_first_broken_entry_is_named(self, charted, statement, position, because, capsys):
        tamper(statement)
        [(_, found)] = verify()
        assert (found.position, found.because) == (position, because)
        assert found.entry_id == charted[position - 1].id
        assert verify_chains(Namespace()) == 1
        said = capsys.readouterr().err
        assert f"entry {charted[position - 1].id} at position {position}: {because}." in said
        assert "1 of 1 charts do not verify." in said

    def test_a_cut_off_tail_is_noticed(self, charted, capsys):
        tamper("DELETE FROM ledger_ledgerentry WHERE position > 3")
        assert verify_chains(Namespace()) == 1
        assert "the head at position 3: the chain ends at position 3" in capsys.readouterr().err

    def test_one_broken_chart_does_not_hide_the_others(self, charted, record, miami_patient, by, now):
        LedgerHead.objects.create(patient=miami_patient)
        tamper("UPDATE ledger_ledgerentry SET reason = 'nicer' WHERE position = 1")
        assert sorted(found is None for _, found in verify()) == [False, True]


def test_rebuild_says_how_many_charts_it_read(charted, capsys):
    assert rebuild_read_models(Namespace()) == 0
    assert "Read models computed again from 1 charts." in capsys.readouterr().out


@pytest.mark.hazard("HAZ-12")
def test_entries_whose_head_is_gone_do_not_verify(charted, capsys):
    LedgerHead.objects.all().delete()
    assert verify_chains(Namespace()) == 1
    said = capsys.readouterr().err
    assert "the head at position 5: the chain ends at position 5, the ledger's head says 0." in said
