"""The versions of the rulebook, each kept as one JSON file; the newest is what this program does.

`make docs` writes the newest from the objects that the program uses, and `make check` fails where it is not
what they say. So reading it is as good as asking them, and quicker. They ship with the package, as code
does: nothing of the machine is asked.
"""

import json
import pkgutil
from functools import cache
from importlib.resources import files
from typing import Final

from ajar.pathway.governance.comparison import Book
from ajar.pathway.governance.version import RULEBOOK

PACKAGE: Final = "ajar.pathway.governance"
KEPT: Final = files(PACKAGE) / "kept"
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
    tree = json.loads(_kept(wanted))
    return Book(version=tree["version"], areas=tree["areas"])


def _kept(name: str) -> bytes:
    return pkgutil.get_data(PACKAGE, f"kept/{name}.json") or b""


def as_json(of: Book) -> str:
    """A version as it is kept."""
    return json.dumps({"version": of.version, "areas": of.areas}, indent=1, ensure_ascii=False) + "\n"
