"""The versions of the rulebook, each kept as one JSON file; the newest is what this program does.

`make docs` writes the newest from the objects that the program uses, and `make check` fails where it is not
what they say. So reading it is as good as asking them, and quicker.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Final

from ajar.pathway.governance.comparison import Book
from ajar.pathway.governance.version import RULEBOOK

KEPT: Final = files("ajar.pathway.governance") / "kept"
NOW: Final = "now"


def version_names() -> tuple[str, ...]:
    """Every version there is, oldest first."""
    kept = [each.name.removesuffix(".json") for each in KEPT.iterdir() if each.name.endswith(".json")]
    return tuple(sorted(kept, key=_order))


def _order(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split("."))


@cache
def version_named(name: str = NOW) -> Book:
    """One version; `now` is the present one.

    Raises:
        LookupError: it was not kept; the message lists those that were.
    """
    wanted = RULEBOOK if name == NOW else name
    if wanted not in version_names():
        raise LookupError(f"There is no version {name!r}; there are: {', '.join(version_names())}.")
    tree = json.loads((KEPT / f"{wanted}.json").read_text(encoding="utf-8"))
    return Book(version=tree["version"], areas=tree["areas"])


def as_json(of: Book) -> str:
    """A version as it is kept."""
    return json.dumps({"version": of.version, "areas": of.areas}, indent=1, ensure_ascii=False) + "\n"
