"""`ajar validate`: every number that was measured, beside what the models give, written as pages."""

import argparse
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from ajar.pharmacology.calibration.datum import Datum
from ajar.pharmacology.calibration.tables import calibration_data
from ajar.pharmacology.validation.compare import Bench, Comparison
from ajar.workbench.validation_index import ensemble_page, index_page
from ajar.workbench.validation_pages import subject_page

Compared = Mapping[str, tuple[tuple[Datum, tuple[Comparison, ...]], ...]]
"""Of each table, every datum with what the models give for it."""


def validate(arguments: argparse.Namespace) -> int:
    """Write the pages and figures into the folder `out`; with `check`, say which pages differ instead.

    Everything is computed before the first file is written. Returns 0, or 1 where something is out of date
    or the folder cannot be.
    """
    folder = Path(arguments.out)
    if folder.exists() and not folder.is_dir():
        sys.stderr.write(f"Expected a folder for the pages (or a new one); {folder} is a file.\n")
        return 1
    bench = Bench()
    compared = compared_data(bench, say=_say)
    pages = pages_of(compared)
    if arguments.check:
        return _check(folder, pages)
    drawn: Callable[[Bench, Compared], dict[str, str]] = import_module(
        "ajar.workbench.validation_figures"
    ).figures
    _write(folder, pages | drawn(bench, compared))
    return 0


def compared_data(bench: Bench, *, say: Callable[[str], None]) -> Compared:
    """Every datum of every table with what the models give; `say` hears of each table."""
    compared = {}
    for name, data in calibration_data().items():
        say(f"{name}: {len(data)} numbers")
        compared[name] = tuple((datum, bench.compared(datum)) for datum in data)
    return compared


def pages_of(compared: Compared) -> dict[str, str]:
    """The pages by file name."""
    subjects = {f"{name}.md": subject_page(name, rows) for name, rows in compared.items()}
    return {"README.md": index_page(compared), "ensemble.md": ensemble_page(), **subjects}


def _check(folder: Path, pages: Mapping[str, str]) -> int:
    stale = [
        name
        for name, text in pages.items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text
    ]
    if stale:
        sys.stderr.write(f"Out of date in {folder}: {', '.join(stale)}. `ajar validate` writes them.\n")
    return 1 if stale else 0


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
        sys.stdout.write(f"{folder / name}\n")


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
