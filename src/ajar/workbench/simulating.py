"""`ajar simulate`: one line gives a table and a picture."""

import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from ajar.exchange.results.bands import band_lines
from ajar.exchange.results.csvfile import tidy_lines
from ajar.workbench.answer import Answer, answer_json, answered
from ajar.workbench.asked import Asked, asked
from ajar.workbench.crowds import Crowd, Told
from ajar.workbench.question import question
from ajar.workbench.run_folder import SUMMARY, filled, refuse_taken
from ajar.workbench.telling import lines_of

PICTURE: Final = "Add --out DIR for the pictures and tables, --population 1000 for how people differ."
RESULTS: Final = "ajar.exchange.results.parquet"
FIGURES: Final = "ajar.workbench.figures"
"""Modules that import pyarrow and matplotlib: only where files are made."""


def simulate(arguments: Namespace) -> int:
    """Answer on standard output; with `out`, write a folder. 1 and a reason where that cannot be."""
    try:
        words = asked(arguments)
        found = question(words)
        if "out" in words:
            refuse_taken(Path(words["out"]))
        with _progress() as told:
            answer = answered(found, compare="compare" in words, workers=os.cpu_count() or 1, told=told)
        if "out" in words:
            _write(answer, Path(words["out"]))
    except OSError as problem:
        sys.stderr.write(f"{problem.filename or 'Files'}: {problem.strerror or problem}.\n")
        return 1
    except ValueError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    _say(answer, words)
    return 0


def _say(answer: Answer, words: Asked) -> None:
    if "json" in words:
        sys.stdout.write(json.dumps(answer_json(answer), indent=2, allow_nan=False) + "\n")
        return
    for line in lines_of(answer):
        sys.stdout.write(f"{line}\n")
    if "out" in words:
        sys.stdout.write(f"\nWritten to {words['out']}.\n")
    elif sys.stdout.isatty():
        sys.stdout.write(f"\n{PICTURE}\n")


@contextmanager
def _progress() -> Iterator[Told]:
    """A bar for each part of a population, on a terminal; nothing is imported where nobody is simulated."""
    bars: dict[str, Any] = {}

    def told(what: str, done: int, total: int) -> None:
        if what not in bars:
            bars[what] = import_module("tqdm").tqdm(total=total, desc=what, unit="people", disable=None)
        bars[what].update(done - bars[what].n)

    try:
        yield told
    finally:
        for bar in bars.values():
            bar.close()


def _write(answer: Answer, out: Path) -> None:
    """Everything into a folder beside, which takes its place at the end."""
    parquet = import_module(RESULTS)
    pictures: Callable[[Answer], dict[str, bytes]] = import_module(FIGURES).pictures
    seed = answer.question.seed if answer.crowd else None
    with filled(out) as folder:
        with (folder / "curves.csv").open("w", encoding="utf-8", newline="") as file:
            file.writelines(tidy_lines([answer.simulated]))
        with (folder / "curves.parquet").open("wb") as sink:
            origin = parquet.Origin(seed=seed, notes=answer.notes)
            parquet.write_tidy(sink, [answer.simulated], origin=origin)
        if answer.crowd:
            _write_bands(answer.crowd, folder / "bands.csv")
        for name, picture in pictures(answer).items():
            (folder / name).write_bytes(picture)
        text = json.dumps(answer_json(answer), indent=2, allow_nan=False)
        (folder / SUMMARY).write_text(text + "\n", "utf-8")


def _write_bands(seen: Crowd, path: Path) -> None:
    """Both parts of the population under one heading."""
    with path.open("w", encoding="utf-8", newline="") as file:
        session = band_lines(seen.session)
        file.writelines(session)
        weeks = band_lines(seen.weeks.as_forecast())
        next(weeks)
        file.writelines(weeks)
