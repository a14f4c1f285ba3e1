"""`python -m tools.generate` writes docs/reference/; with `--check` it says which pages are out of date."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tools.machine import note, say

REFERENCE: Final = Path(__file__).resolve().parents[2] / "docs" / "reference"

PAGES: Final[Mapping[str, str]] = {
    "stages.md": "tools.generate.stages:stages",
    "stages.svg": "tools.generate.drawing:svg",
    "entries.md": "tools.generate.entries:entries",
    "rules.md": "tools.generate.rules:rules",
    "interactions.md": "tools.generate.interactions:interactions",
    "access.md": "tools.generate.access:access",
    "routes.md": "tools.generate.access:routes",
    "event-tables.md": "tools.generate.formats:event_tables",
    "sbml.md": "tools.generate.formats:sbml",
    "screen.md": "tools.generate.screen:screen_page",
    "screen.schema.json": "tools.generate.screen:screen_schema",
    "simulate.md": "tools.generate.simulate:simulate_page",
    "simulate.schema.json": "tools.generate.simulate:simulate_schema",
}


ROOT: Final = REFERENCE.parents[1]
KEPT: Final = ROOT / "src" / "ajar" / "pathway" / "governance" / "kept"


def written(name: str) -> str:
    """A page as it should be."""
    module, function = PAGES[name].split(":")
    write: Callable[[], str] = getattr(import_module(module), function)
    return write()


def pages() -> dict[Path, str]:
    """Every page by its file: the reference, the rulebook area by area, and the version that is kept."""
    rules: Any = import_module("tools.generate.rules")
    book = rules.book()
    return {
        **{REFERENCE / name: written(name) for name in PAGES},
        REFERENCE / "rules" / "README.md": rules.index(),
        **{REFERENCE / "rules" / rules.file_name(area): rules.area_page(area) for area in book.areas},
        KEPT / f"{book.version}.json": rules.kept(),
    }


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or compare; exit code 1 where a page differs."""
    # The clinic's settings, in a throw-away data directory: nothing is read from a database.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import_module("django").setup()
    import_module("ajar.pathway.kinds")  # so that every kind is registered
    made = pages()
    if "--check" in arguments:
        stale = [path.name for path, text in made.items() if not path.exists() or path.read_text() != text]
        if stale:
            note(f"Out of date: {', '.join(stale)}. `make docs` writes them.")
        return 1 if stale else 0
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        say(str(path.relative_to(ROOT)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
