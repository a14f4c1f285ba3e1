"""The feed: a place in it, and what came after."""

import pytest
from django.db import connection

from ajar.clinic.ledger.feed import START, Cursor, latest, since
from ajar.clinic.ledger.models import LedgerEntry
from tests.clinic.ledger.conftest import vitals


@pytest.mark.parametrize("cursor", [START, Cursor(7, 42)])
def test_a_place_in_the_feed_is_read_back_from_its_text(cursor):
    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "42", "-", "1-", "-1", "a-b", "1-2-3", "1--2", "٣-٤x"])
def test_a_text_that_is_no_place_is_refused(text):
    with pytest.raises(ValueError, match="Expected a feed position such as 0-42"):
        Cursor.parse(text)


def test_places_are_ordered_as_they_may_be_read():
    assert Cursor(1, 9) < Cursor(2, 1) < Cursor(2, 2)


def test_an_empty_ledger_ends_where_it_begins():
    assert latest() == START


def test_a_reader_goes_on_from_where_it_stopped(record, now):
    record([vitals(now) for _ in range(5)])
    if connection.vendor == "postgresql":  # this test's own transaction is still open: nothing is settled
        assert since(START) == []
        return
    first = since(START, limit=2)
    rest = since(Cursor(first[-1].tx, first[-1].seq))
    assert [row.seq for row in first + rest] == list(LedgerEntry.objects.values_list("seq", flat=True))
    assert latest() == Cursor(rest[-1].tx, rest[-1].seq)
