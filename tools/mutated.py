"""What mutmut left behind: which mutants were tried, who survived, and the lines that differ.

Read from its files: asking mutmut itself takes a second for each mutant.
"""

import ast
import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SURVIVED: Final = (0, 33)
"""mutmut's codes: every test passed, or no test reached it."""
ORIGINAL: Final = "orig"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A change of one function: its name, and the lines that differ."""

    name: str
    before: str
    after: str


def _codes(folder: Path) -> Iterator[tuple[Path, Mapping[str, int | None]]]:
    """Each mutated file of a folder, with what became of each of its mutants."""
    for meta in sorted(folder.rglob("*.py.meta")):
        yield meta.with_suffix(""), json.loads(meta.read_text())["exit_code_by_key"]


def tried(folder: Path) -> int:
    """How many mutants were tried."""
    return sum(1 for _, codes in _codes(folder) for code in codes.values() if code is not None)


def survivors(folder: Path) -> Iterator[Mutant]:
    """Each mutant that no test noticed."""
    for path, codes in _codes(folder):
        names = [name for name, code in codes.items() if code in SURVIVED]
        functions = _functions(path) if names else {}
        for name in names:
            yield _mutant(name, functions)


def _functions(path: Path) -> dict[str, list[str]]:
    """Each function of a mutated file by its name, line by line without its first."""
    text = path.read_text()
    lines = text.splitlines()
    return {
        node.name: [line.strip() for line in lines[node.lineno : node.end_lineno]]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def _mutant(name: str, functions: Mapping[str, Sequence[str]]) -> Mutant:
    mangled = name.rpartition(".")[2]
    stem, mark, _number = mangled.rpartition("__mutmut_")
    differ = list(difflib.ndiff(functions[stem + mark + ORIGINAL], functions[mangled]))
    before = " ".join(line[2:] for line in differ if line.startswith("- "))
    after = " ".join(line[2:] for line in differ if line.startswith("+ "))
    return Mutant(name=name, before=before, after=after)
