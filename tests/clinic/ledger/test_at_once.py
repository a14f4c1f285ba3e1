"""Many at once, on real connections: nothing lost, nothing merged, nothing skipped."""

import time
from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction

from ajar.clinic.ledger import commit_order
from ajar.clinic.ledger.feed import START, Cursor, since
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.selectors import all_entries, decision_position
from ajar.clinic.ledger.services import ANYWHERE, StaleLedger, append
from ajar.clinic.ledger.upkeep import verify
from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.authors import SYSTEM
from ajar.pathway.ledger.entry import Entry
from tests.clinic.ledger.conftest import decision, vitals

AT_ONCE = 50
PATIENCE_S = 60.0

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.mark.hazard("HAZ-07")
def test_fifty_readings_at_once_are_all_there_each_once(record, patient, now, together):
    outcomes = together(AT_ONCE, lambda i: record([vitals(now, 50 + i)]))
    assert all(isinstance(outcome, list) for outcome in outcomes), outcomes
    entries = all_entries(patient.pk)
    assert [e.position for e in entries] == list(range(1, AT_ONCE + 1))
    assert sorted(e.payload.spo2_percent for e in entries) == [50 + i for i in range(AT_ONCE)]
    assert [found for _, found in verify()] == [None]


@pytest.mark.hazard("HAZ-13")
def test_of_fifty_decisions_on_the_same_page_one_wins_and_the_others_are_told(record, patient, now, together):
    seen = decision_position(patient.pk)
    outcomes = together(AT_ONCE, lambda i: record([decision(now, f"reason {i}")], expected=seen))
    won = [outcome for outcome in outcomes if isinstance(outcome, list)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, StaleLedger)]
    assert (len(won), len(refused)) == (1, AT_ONCE - 1), outcomes
    assert all_entries(patient.pk) == won[0]


@pytest.mark.hazard("HAZ-08")
def test_of_ten_deliveries_of_one_message_one_is_recorded(record, patient, now, together):
    outcomes = together(10, lambda _: record([vitals(now, ref="MSG-7")]))
    assert len([outcome for outcome in outcomes if isinstance(outcome, list)]) == 1
    assert len(all_entries(patient.pk)) == 1


def test_a_reader_who_follows_the_feed_misses_no_commit(patient, miami_patient, now, together):
    """Two charts commit in any order while a reader pulls: row numbers alone would skip some."""
    writers = 30
    seen: list[int] = []

    def follow() -> None:
        cursor, gives_up_at = START, time.monotonic() + PATIENCE_S
        while len(seen) < writers and time.monotonic() < gives_up_at:
            for row in since(cursor, limit=7):
                seen.append(row.seq)
                cursor = Cursor(row.tx, row.seq)
        connections.close_all()

    def write(number: int) -> list[Entry]:
        chart = (patient, miami_patient)[number % 2]
        with transaction.atomic():
            recorded = append([vitals(now)], patient_id=chart.pk, expected=ANYWHERE, by=SYSTEM, now=now)
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM ledger_ledgerentry")  # hold it open a little
        return recorded

    reader = Thread(target=follow)
    reader.start()
    outcomes = together(writers, write)
    reader.join(timeout=2 * PATIENCE_S)
    assert all(isinstance(outcome, list) for outcome in outcomes), outcomes
    assert sorted(seen) == sorted(LedgerEntry.objects.values_list("seq", flat=True))
    assert len(seen) == len(set(seen))


def test_a_reader_never_passes_over_a_commit_that_comes_late(patient, miami_patient, now):
    """The first writer to begin is the last to commit."""
    began, finish = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            append([vitals(now)], patient_id=patient.pk, expected=ANYWHERE, by=SYSTEM, now=now)
            began.set()
            finish.wait(timeout=30)
        connections.close_all()

    writer = Thread(target=slow)
    writer.start()
    assert began.wait(timeout=30)
    if connection.vendor == "postgresql":  # SQLite has one writer at a time
        append([vitals(now)], patient_id=miami_patient.pk, expected=ANYWHERE, by=SYSTEM, now=now)
    assert since(START) == []
    finish.set()
    writer.join(timeout=30)
    gives_up_at = time.monotonic() + PATIENCE_S
    while len(since(START)) < LedgerEntry.objects.count() and time.monotonic() < gives_up_at:
        time.sleep(0.02)
    assert [row.seq for row in since(START)] == list(LedgerEntry.objects.values_list("seq", flat=True))


def test_a_write_that_appends_nothing_does_not_hold_the_feed_back(patient, miami_patient, now):
    """Somebody else's long transaction, here an office row that is not saved yet."""
    began, finish = Event(), Event()

    def office() -> None:
        with transaction.atomic():
            Patient.objects.filter(pk=miami_patient.pk).update(phone="+1 555 0100")
            began.set()
            finish.wait(timeout=30)
        connections.close_all()

    if connection.vendor != "postgresql":  # SQLite has one writer at a time
        finish.set()
    writer = Thread(target=office)
    writer.start()
    assert began.wait(timeout=30)
    recorded = append([vitals(now)], patient_id=patient.pk, expected=ANYWHERE, by=SYSTEM, now=now)
    assert [row.entry_id for row in since(START)] == [entry.id for entry in recorded]
    finish.set()
    writer.join(timeout=30)


def test_a_transaction_that_appends_twice_has_one_place_and_what_is_rolled_back_has_none(patient, now):
    def add() -> list[Entry]:
        return append([vitals(now)], patient_id=patient.pk, expected=ANYWHERE, by=SYSTEM, now=now)

    with transaction.atomic():
        add()
        undone = transaction.savepoint()
        add()
        transaction.savepoint_rollback(undone)
        add()
    rows = since(START)
    assert len(rows) == 2
    assert len({row.tx for row in rows}) == 1


def test_a_writer_who_stands_still_before_drawing_a_number_is_waited_for(monkeypatch):
    if connection.vendor != "postgresql":
        return
    monkeypatch.setattr(commit_order, "PATIENCE_S", 0.05)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, 0)", [commit_order.APPENDING])
        with pytest.raises(TimeoutError, match="about to append"):
            since(START)
