"""A clinic's own text of an instrument whose text may not be shipped (clinical.md 6.4, design rule).

The clinic that holds the permission puts one file for each instrument and language into its wording
folder. The text is shown as it is written there, with its attribution and the permission it rests on; the
scorer stays ours. A file that does not fit the instrument is refused whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ajar.pathway.instruments.instrument import Instrument, Permission


class WordingRefused(ValueError):
    """The file cannot be used; the message says what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppliedItem:
    """One question. `options` are the answers in words, from the lowest to the highest; () for numbers."""

    words: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppliedWording:
    """A text for one instrument in one language, under the clinic's own permission."""

    instrument: str
    language: str
    title: str
    stem: str
    items: tuple[SuppliedItem, ...]
    attribution: str
    permission: str


def supplied_wording(instrument: Instrument, data: Mapping[str, Any]) -> SuppliedWording:
    """Read a clinic's file.

    Raises:
        WordingRefused: a field is missing or wrong, the items do not fit the instrument, or the program
            ships the text itself.
    """
    if instrument.licence.permission is Permission.SHIPPED:
        raise WordingRefused(f"{instrument.name} ships with its text; none is put in its place.")
    if _text(data, "instrument") != instrument.id:
        raise WordingRefused(f"This file is for {data['instrument']!r}, expected {instrument.id!r}.")
    items = data.get("items")
    if not isinstance(items, list) or len(items) != instrument.item_count:
        raise WordingRefused(f"{instrument.name} needs a list of {instrument.item_count} items.")
    return SuppliedWording(
        instrument=instrument.id,
        items=tuple(_item(instrument, number, item) for number, item in enumerate(items, start=1)),
        language=_text(data, "language"),
        title=_text(data, "title"),
        stem=_text(data, "stem") if "stem" in data else "",
        attribution=_text(data, "attribution"),
        permission=_text(data, "permission"),
    )


def _item(instrument: Instrument, number: int, data: object) -> SuppliedItem:
    if not isinstance(data, Mapping):
        raise WordingRefused(f"Item {number}: expected an object with words and options, got {data!r}.")
    item, options = instrument.items[number - 1], data.get("options", [])
    expected = item.highest - item.lowest + 1
    if not _texts(options) or len(options) not in (0, expected):
        raise WordingRefused(f"Item {number}: expected {expected} options, from the lowest answer, or none.")
    return SuppliedItem(words=_text(data, "words"), options=tuple(options))


def _texts(options: object) -> bool:
    return isinstance(options, list) and all(isinstance(option, str) for option in options)


def _text(data: Mapping[str, Any], name: str) -> str:
    found = data.get(name)
    if not isinstance(found, str) or not found.strip():
        raise WordingRefused(f"{name}: expected a text, got {found!r}.")
    return found
