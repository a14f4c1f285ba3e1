"""The synthetic clinic's own ledger, by the commands that people type, each in a process of its own."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.support.live import Live


@pytest.fixture
def clinic(demo_data, tmp_path):
    shutil.copytree(demo_data, tmp_path / "clinic")
    return Live(data_dir=tmp_path / "clinic", demo=True)


def everything(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table's rows, in one order."""
    with sqlite3.connect(database) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}  # noqa: S608
    return {name: sorted(found, key=repr) for name, found in rows.items()}


@pytest.mark.hazard("HAZ-12")
def test_every_chain_of_the_synthetic_clinic_holds(clinic):
    done = clinic.ajar("verify")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("every chain holds.\n")


def test_rebuilding_the_synthetic_clinic_changes_no_table(clinic):
    before = everything(clinic.database)
    done = clinic.ajar("rebuild")
    assert done.returncode == 0, done.stderr
    after = everything(clinic.database)
    assert after.keys() == before.keys()
    for table, rows in before.items():
        assert after[table] == rows, table
