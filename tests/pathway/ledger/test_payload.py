"""Kinds of entry are registered once, and read by the class that wrote them."""

from datetime import datetime, tzinfo

import pytest

from ajar.pathway.ledger.payload import (
    EnteredInError,
    UnknownKind,
    aware,
    entry_kind,
    payload_class,
    registered_kinds,
    said,
)


def test_a_kind_is_registered_once():
    with pytest.raises(
        ValueError, match=r"^Entry kind 'entered-in-error' version 1 is already registered\.$"
    ):
        entry_kind(EnteredInError)
    assert payload_class("entered-in-error", 1) is EnteredInError


def test_kinds_stand_in_order():
    kinds = [(cls.KIND, cls.VERSION) for cls in registered_kinds()]
    assert ("entered-in-error", 1) in kinds
    assert kinds == sorted(kinds)


def test_what_nobody_can_read_says_where_the_kinds_are_listed():
    words = (
        r"^No reader for entry kind 'no-such' version 3; "
        r"expected one of the kinds listed in docs/reference/entries\.md\.$"
    )
    with pytest.raises(UnknownKind, match=words):
        payload_class("no-such", 3)


class Nowhere(tzinfo):
    """A zone that does not say how far it is from any other."""

    def utcoffset(self, _moment: datetime | None) -> None:
        """Nothing."""


@pytest.mark.parametrize("zone", [None, Nowhere()])
def test_a_moment_has_a_place(zone):
    with pytest.raises(ValueError, match=r"^it must carry a time zone, got 2026-03-02T10:00:00\.$"):
        aware("it", datetime(2026, 3, 2, 10, 0, tzinfo=zone))


def test_what_must_be_said_is_more_than_blanks():
    with pytest.raises(ValueError, match=r"^it must not be empty\.$"):
        said("it", " \n")
