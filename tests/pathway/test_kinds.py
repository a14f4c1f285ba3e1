"""Every kind of entry is known, once, and looks like the others."""

import importlib
import pkgutil
from dataclasses import fields, is_dataclass

import pytest

import ajar.pathway
from ajar.pathway import kinds
from ajar.pathway.dosing.stage import Move
from ajar.pathway.ledger.payload import (
    EnteredInError,
    Payload,
    UnknownKind,
    entry_kind,
    payload_class,
    registered_kinds,
    said,
)

assert kinds.MODULES  # importing it registers every kind
by_kind = pytest.mark.parametrize("cls", registered_kinds(), ids=lambda cls: f"{cls.KIND}-v{cls.VERSION}")


def test_importing_kinds_registers_every_payload_class_of_the_pathway():
    before = set(registered_kinds())
    for module in pkgutil.walk_packages(ajar.pathway.__path__, "ajar.pathway."):
        importlib.import_module(module.name)
    assert set(registered_kinds()) == before


@by_kind
def test_a_payload_is_a_frozen_slotted_dataclass_with_its_own_words(cls):
    assert is_dataclass(cls)
    assert cls.__dataclass_params__.frozen
    assert "__slots__" in vars(cls)
    assert all(field.kw_only for field in fields(cls))
    assert cls.__doc__
    assert not cls.__doc__.startswith(cls.__name__)


@by_kind
def test_a_kind_is_read_by_the_class_that_wrote_it(cls):
    assert payload_class(cls.KIND, cls.VERSION) is cls


@pytest.mark.parametrize("move", Move)
def test_every_move_of_a_session_is_made_by_a_decisive_entry(move):
    assert payload_class(move, 1).DECISIVE


def test_a_kind_nobody_registered_is_refused_with_where_to_look():
    with pytest.raises(UnknownKind, match=r"'no.such' version 1; .*docs/reference/entries.md"):
        payload_class("no.such", 1)


def test_a_kind_is_registered_once_a_version():
    with pytest.raises(ValueError, match="'entered-in-error' version 1 is already registered"):
        entry_kind(EnteredInError)


def test_a_payload_counts_as_a_decision_unless_it_says_otherwise():
    assert Payload.DECISIVE
    assert not Payload.PRIVATE


def test_what_must_be_said_is_not_left_blank():
    with pytest.raises(ValueError, match="lot must not be empty"):
        said("lot", "  ")
