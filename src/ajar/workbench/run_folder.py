"""A folder that a run fills: there whole or not at all, and never over what is not an earlier run."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

SUMMARY: Final = "summary.json"
OURS: Final = frozenset(
    {
        SUMMARY,
        "curves.csv",
        "curves.parquet",
        "bands.csv",
        "session.png",
        "session.svg",
        "course.png",
        "course.svg",
        "chain.png",
        "chain.svg",
        "compare.png",
        "compare.svg",
    }
)
"""Every file that a run may write."""


def refuse_taken(folder: Path) -> None:
    """Before anything is computed: may this folder be written?

    Raises:
        ValueError: it is a file, or holds something that is not an earlier run.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ValueError(f"--out: expected a folder, and {folder} is a file.")
    names = {path.name for path in folder.iterdir()}
    if not names:
        return
    strangers = sorted(names - OURS)
    if strangers or not _is_ours(folder / SUMMARY):
        held = ", ".join(strangers[:3]) or "files that no summary explains"
        raise ValueError(f"--out: {folder} holds {held}; expected a new folder, or one of an earlier run.")


def _is_ours(summary: Path) -> bool:
    try:
        said = json.loads(summary.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(said, dict) and said.get("ajar") == "simulate"


@contextmanager
def filled(folder: Path) -> Iterator[Path]:
    """A folder to write into, that takes the place of `folder` when everything is in it.

    Raises:
        ValueError: as `refuse_taken`.
        OSError: the disk does not let it.
    """
    folder = folder.resolve()
    refuse_taken(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    part, before = (folder.with_name(f".{folder.name}.{uuid4().hex}.{word}") for word in ("part", "old"))
    part.mkdir()
    try:
        yield part
        refuse_taken(folder)
        _swap(part, folder, before)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)


def _swap(part: Path, folder: Path, before: Path) -> None:
    if folder.exists():
        folder.rename(before)
    try:
        part.rename(folder)
    except OSError:
        if before.exists():
            before.rename(folder)
        raise
