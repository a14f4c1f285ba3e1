"""Versions of the rulebook that were kept: one JSON file each, and the one that this program has."""

import json
from functools import cache
from importlib.resources import files
from typing import Final

from ajar.pathway.governance.book import Book, book
from ajar.pathway.governance.version import RULEBOOK

KEPT: Final = files("ajar.pathway.governance") / "kept"


def version_names() -> tuple[str, ...]:
    """Every version there is, oldest first; the last is the present one."""
    kept = [each.name.removesuffix(".json") for each in KEPT.iterdir() if each.name.endswith(".json")]
    return tuple(sorted({*kept, RULEBOOK}, key=_order))


def _order(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split("."))


@cache
def version_named(name: str) -> Book:
    """One version; `now` is the present one.

    Raises:
        LookupError: it was not kept; the message lists those that were.
    """
    if name in (RULEBOOK, "now"):
        return book()
    if name not in version_names():
        raise LookupError(f"There is no version {name!r}; there are: {', '.join(version_names())}.")
    tree = json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))
    return Book(version=tree["version"], areas=tree["areas"])


def as_json(of: Book) -> str:
    """A version as it is kept."""
    return json.dumps({"version": of.version, "areas": of.areas}, indent=1, ensure_ascii=False) + "\n"
