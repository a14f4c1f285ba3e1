"""A file that is there whole or not at all: written beside its place, and put there when it is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4


@contextmanager
def whole_text(path: Path) -> Iterator[IO[str]]:
    """A text file (UTF-8) to write. If anything fails, what was there before is untouched."""
    with _beside(path) as part, part.open("x", encoding="utf-8", newline="") as file:
        yield file


@contextmanager
def whole_binary(path: Path) -> Iterator[IO[bytes]]:
    """The same for bytes."""
    with _beside(path) as part, part.open("xb") as file:
        yield file


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    part = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
