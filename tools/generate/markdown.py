"""Just enough Markdown."""

from collections.abc import Iterable, Sequence
from typing import Final

NOTICE: Final = "<!-- Written by `make docs` from the code. Change the code, not this page. -->"


def page(title: str, *parts: str) -> str:
    """A whole page: the notice, the title, its parts."""
    return "\n\n".join([NOTICE, f"# {title}", *parts]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar inside a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell(text) for text in line) + " |" for line in lines)


def cell(text: str) -> str:
    """One cell on one line."""
    return " ".join(text.split()).replace("|", "\\|")


def first_line(docstring: str | None) -> str:
    """The summary of a docstring."""
    return " ".join((docstring or "").strip().split("\n\n")[0].split())
