"""What stands after corrections, and what it replaced."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.ledger.entry import (
    Author,
    AuthorKind,
    NewEntry,
    effective,
    history_of,
)
from ajar.pathway.ledger.payload import EnteredInError
from tests.pathway.ledger.conftest import START, numbered, reading

# A chart is drawn as one choice per entry: None records a new reading, a number corrects (or takes
# back) what stands at that place, counted round.
CHOICES = st.lists(st.tuples(st.none() | st.integers(0, 20), st.booleans()), min_size=1, max_size=12)


def written(choices):
    """New entries in which every correction points at the newest version of something that stands."""
    new, newest = [], {}
    for position, (target, takes_back) in enumerate(choices, start=1):
        if target is None or not newest:
            new.append(reading(position, 100 + position))
            newest[position] = position
            continue
        root = sorted(newest)[target % len(newest)]
        payload = EnteredInError() if takes_back else reading(0, 100 + position).payload
        correction = replace(
            reading(position), payload=payload, supersedes=numbered(newest[root]), reason="typed wrongly"
        )
        new.append(correction)
        if takes_back:
            del newest[root]
        else:
            newest[root] = position
    return new, newest


@given(CHOICES)
def test_exactly_the_newest_versions_stand_each_in_its_first_place(chart, choices):
    new, newest = written(choices)
    standing = effective(entry for _, entry in chart(new))
    assert [entry.position for entry in standing] == [newest[root] for root in sorted(newest)]


@given(CHOICES)
def test_what_stands_stands_still_when_asked_again(chart, choices):
    new, _ = written(choices)
    once = effective(entry for _, entry in chart(new))
    assert effective(once) == once


@given(CHOICES)
def test_history_leads_from_the_newest_version_back_to_the_first(chart, choices):
    new, newest = written(choices)
    entries = [entry for _, entry in chart(new)]
    for root, position in newest.items():
        older = history_of(entries[position - 1], entries)
        assert [e.position for e in older] == sorted((e.position for e in older), reverse=True)
        assert (older[-1].position if older else position) == root
        assert all(entry not in effective(entries) for entry in older)


@given(CHOICES)
def test_every_reading_either_stands_or_is_the_history_of_something(chart, choices):
    new, _ = written(choices)
    entries = [entry for _, entry in chart(new)]
    superseded = {entry.supersedes for entry in entries if entry.supersedes}
    standing = {entry.id for entry in effective(entries)}
    for entry in entries:
        taken_back = isinstance(entry.payload, EnteredInError)
        assert taken_back or (entry.id in standing) != (entry.id in superseded)


def test_a_correction_of_something_outside_the_view_stands_for_itself(chart):
    entries = [
        entry for _, entry in chart([reading(0), replace(reading(1), supersedes=numbered(1), reason="x")])
    ]
    assert effective(entries[1:]) == entries[1:]
    assert history_of(entries[1], entries[1:]) == []


def test_a_correction_says_why():
    with pytest.raises(ValueError, match=r"^the reason for a correction must not be empty\.$"):
        replace(reading(0), supersedes=uuid4(), reason=" ")


def test_an_entry_in_error_names_what_it_takes_back():
    with pytest.raises(ValueError, match=r"^An entered-in-error entry must name the entry it takes back\.$"):
        NewEntry(payload=EnteredInError(), happened_at=START)


def test_a_fact_happened_at_a_moment_in_a_time_zone():
    with pytest.raises(ValueError, match=r"^happened_at must carry a time zone"):
        NewEntry(payload=reading(0).payload, happened_at=datetime(2026, 3, 2, 10, 0))


@pytest.mark.parametrize(("author_id", "name", "empty"), [("", "Rosa Lind", "id"), ("17", "  ", "name")])
def test_an_author_has_an_identity_and_a_printed_name(author_id, name, empty):
    with pytest.raises(ValueError, match=f"^author {empty} must not be empty"):
        Author(kind=AuthorKind.STAFF, id=author_id, name=name)
