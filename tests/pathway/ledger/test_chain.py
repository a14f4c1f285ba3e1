"""The chain: whatever is changed, removed, moved or cut off is noticed, and the first place is named."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ajar.pathway.ledger.chain import (
    GENESIS,
    Break,
    Link,
    author_from,
    author_text,
    canonical,
    digest_of,
    first_break,
    seal,
)
from ajar.pathway.ledger.entry import Author, AuthorKind, Source
from ajar.pathway.ledger.payload import EnteredInError
from ajar.pathway.observations.vitals import SedationRated
from tests.pathway.ledger.conftest import NURSE, PATIENT, numbered, reading
from tests.support.approved import assert_approved

LENGTH = 6


def something_else(old):
    match old:
        case datetime():
            return old + timedelta(microseconds=1)
        case int():
            return old + 1
        case str():
            return "something else"
        case UUID() | None:
            return uuid4()


def broken_at(links, head):
    found = first_break(links, patient_id=PATIENT, head=head)
    return None if found is None else (found.position, found.because)


@pytest.fixture
def links(chart):
    return [link for link, _ in chart([reading(minute) for minute in range(LENGTH)])]


@pytest.fixture
def head(links):
    return links[-1].position, links[-1].digest


def test_a_chain_that_nobody_touched_holds(links, head):
    assert broken_at(links, head) is None


def test_a_chart_without_entries_holds():
    assert broken_at([], (0, GENESIS)) is None


CONTENT = sorted({f.name for f in fields(Link)} - {"digest", "previous_digest", "position"})


@pytest.mark.parametrize("name", CONTENT)
@pytest.mark.parametrize("index", [0, 3, LENGTH - 1])
def test_a_changed_entry_is_named_whatever_was_changed(links, head, name, index):
    new = something_else(getattr(links[index], name))
    links[index] = replace(links[index], **{name: new})
    assert broken_at(links, head) == (index + 1, "its content does not match its digest")


@given(index=st.integers(0, LENGTH - 2))
def test_a_removed_entry_is_noticed_at_the_next_one(links, head, index):
    without = links[:index] + links[index + 1 :]
    assert broken_at(without, head) == (index + 2, f"position {index + 1} is missing; found {index + 2}")


@given(count=st.integers(1, LENGTH))
def test_a_cut_off_tail_is_noticed_at_the_head(links, head, count):
    position, because = broken_at(links[:-count], head)
    assert position == LENGTH - count
    assert because == f"the chain ends at position {position}, the ledger's head says {LENGTH}"


@given(st.permutations(range(LENGTH)))
def test_reordered_entries_are_noticed(links, head, order):
    assert (broken_at([links[i] for i in order], head) is None) == (order == list(range(LENGTH)))


@given(index=st.integers(0, LENGTH - 2))
def test_rewriting_one_entry_with_a_fresh_digest_breaks_the_next(links, head, index):
    forged = replace(links[index], payload='{"forged":true}')
    links = [*links[:index], replace(forged, digest=digest_of(forged)), *links[index + 1 :]]
    assert broken_at(links, head) == (index + 2, "it does not follow from the entry before it")


def test_a_forger_who_rewrites_the_whole_tail_still_meets_the_head(links, head):
    last = replace(links[-1], reason="forged")
    position, because = broken_at([*links[:-1], replace(last, digest=digest_of(last))], head)
    assert position == LENGTH
    assert "the ledger's head says" in because


def test_an_entry_carries_the_same_place_and_digest_as_its_link(chart):
    for link, entry in chart([reading(0), reading(5)]):
        assert (entry.position, entry.digest, entry.previous_digest) == (
            link.position,
            link.digest,
            link.previous_digest,
        )


def test_what_was_hashed_once_is_hashed_so_forever(chart):
    """Another spelling, order or name would break every chain that is stored already."""
    sedation = SedationRated(moaa_s=4)
    first = replace(reading(0), payload=sedation, source=Source.DEVICE, source_ref="MON-1|7")
    taken_back = replace(
        reading(1), payload=EnteredInError(), encounter_id=None, supersedes=numbered(1), reason="wrong arm"
    )
    new_entries = (first, taken_back, replace(first, source_ref="MON-1|8"))
    linked = chart(list(new_entries))
    said = {f"{link.position}": link for link, _ in linked}
    assert_approved(Path(__file__).parent / "approved" / "links.json", said)
    for new, (link, entry) in zip(new_entries, linked, strict=True):
        same = ("payload", "happened_at", "encounter_id", "source", "source_ref", "supersedes", "reason")
        assert [getattr(entry, name) for name in same] == [getattr(new, name) for name in same]
        assert (entry.id, entry.patient_id, entry.recorded_by) == (link.entry_id, PATIENT, NURSE)
        assert (link.patient_id, entry.recorded_at) == (PATIENT, link.recorded_at)


def test_a_seal_is_the_same_forever():
    assert seal(["a", "b"]) == "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603"


def test_a_break_names_the_patient_and_the_entry(links, head):
    links[3] = replace(links[3], reason="forged")
    because = "its content does not match its digest"
    assert first_break(links, patient_id=PATIENT, head=head) == Break(
        patient_id=PATIENT, position=4, entry_id=numbered(4), because=because
    )
    found = first_break(links[:2], patient_id=PATIENT, head=(2, links[1].digest[::-1]))
    assert found == Break(
        patient_id=PATIENT,
        position=2,
        entry_id=None,
        because="the chain ends at position 2, the ledger's head says 2",
    )


def test_there_is_one_spelling_of_a_json_value():
    assert canonical({"b": [1, "é"], "a": None}) == '{"a":null,"b":[1,"é"]}'


def test_a_number_that_is_none_has_no_spelling():
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical(float("nan"))


@given(st.lists(st.text("0123456789abcdef", min_size=64, max_size=64), min_size=2, max_size=5, unique=True))
def test_a_seal_stands_for_these_entries_in_this_order(digests):
    assert seal(digests) == seal(list(digests))
    assert seal(digests) != seal(digests[::-1])
    assert seal(digests) != seal(digests[:-1])


@given(
    kind=st.sampled_from(AuthorKind),
    author_id=st.text(min_size=1).filter(str.strip),
    name=st.text(min_size=1).filter(str.strip),
)
def test_an_author_is_read_as_written_whatever_a_device_calls_itself(kind, author_id, name):
    author = Author(kind=kind, id=author_id, name=name)
    assert author_from(author_text(author)) == author


@pytest.mark.parametrize("author_id", ["|", "a|b", "%7C", "%", "100%25|"])
def test_bars_in_an_authors_id_stay_in_the_id(author_id):
    device = Author(kind=AuthorKind.DEVICE, id=author_id, name=author_id)
    assert author_from(author_text(device)).id == author_id
