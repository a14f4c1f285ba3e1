"""`python -m tools.generate` writes docs/reference/; with `--check` it says which pages are out of date."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from tools.machine import note, say

REFERENCE: Final = Path(__file__).resolve().parents[2] / "docs" / "reference"

PAGES: Final[Mapping[str, str]] = {
    "stages.md": "tools.generate.stages:stages",
    "stages.svg": "tools.generate.drawing:svg",
    "entries.md": "tools.generate.entries:entries",
    "rules.md": "tools.generate.rules:rules",
    "access.md": "tools.generate.access:access",
    "routes.md": "tools.generate.access:routes",
    "event-tables.md": "tools.generate.formats:event_tables",
    "sbml.md": "tools.generate.formats:sbml",
    "screen.md": "tools.generate.screen:screen_page",
    "screen.schema.json": "tools.generate.screen:screen_schema",
    "simulate.md": "tools.generate.simulate:simulate_page",
    "simulate.schema.json": "tools.generate.simulate:simulate_schema",
}


def written(name: str) -> str:
    """A page as it should be."""
    module, function = PAGES[name].split(":")
    write: Callable[[], str] = getattr(import_module(module), function)
    return write()


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or compare; exit code 1 where a page differs."""
    # The clinic's settings, in a throw-away data directory: nothing is read from a database.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import_module("django").setup()
    import_module("ajar.pathway.kinds")  # so that every kind is registered
    pages = {REFERENCE / name: written(name) for name in PAGES}
    if "--check" in arguments:
        stale = [path.name for path, text in pages.items() if not path.exists() or path.read_text() != text]
        if stale:
            note(f"Out of date in docs/reference: {', '.join(stale)}. `make docs` writes them.")
        return 1 if stale else 0
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for path, text in pages.items():
        path.write_text(text)
        say(f"docs/reference/{path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
