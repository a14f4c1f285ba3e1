"""The shape that the house style asks for, read from the source itself."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ajar"
LONGEST_FILE = 400
LONGEST_FUNCTION = 30
FORBIDDEN_NAMES = {"utils", "util", "helpers", "base", "manager", "misc", "common", "signals"}

Function = ast.FunctionDef | ast.AsyncFunctionDef

FILES = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
TOOLS = sorted((ROOT / "tools").rglob("*.py"))
CORE = [path for path in FILES if path.relative_to(SOURCE).parts[0] in ("pathway", "exchange")]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


each_file = pytest.mark.parametrize("path", FILES + TOOLS, ids=named)
each_core_file = pytest.mark.parametrize("path", CORE, ids=named)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def length(function: Function) -> int:
    """Lines from the first statement after the docstring to the last."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@each_file
def test_a_file_fits_in_one_sitting(path):
    assert len(path.read_text().splitlines()) < LONGEST_FILE


@each_file
def test_a_function_fits_on_one_screen(path):
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, Function)]
    too_long = {f"{f.name}: {length(f)} lines" for f in functions if length(f) >= LONGEST_FUNCTION}
    assert not too_long


@each_file
def test_a_module_is_named_after_what_it_holds(path):
    assert path.stem not in FORBIDDEN_NAMES
    assert path.parent.name not in FORBIDDEN_NAMES


@each_file
def test_nothing_happens_behind_a_signal(path):
    assert not [name for name in imported(path) if name.startswith("django") and "signals" in name]


@pytest.mark.parametrize("path", [p for p in CORE if p.is_relative_to(SOURCE / "pathway")], ids=named)
def test_the_pathway_stands_on_the_standard_library_alone(path):
    strangers = {name.split(".")[0] for name in imported(path)} - sys.stdlib_module_names - {"ajar"}
    assert not strangers


# The core is told, it never asks: no clock, no settings, no files, no chance, no network.
ASKING_MODULES = {
    "os",
    "random",
    "secrets",
    "socket",
    "subprocess",
    "time",
    "asyncio",
    "threading",
    "sqlite3",
}
ASKING_CALLS = {
    "now",
    "today",
    "utcnow",
    "open",
    "read_text",
    "write_text",
    "read_bytes",
    "uuid4",
    "uuid1",
    "getenv",
}


@each_core_file
def test_the_core_asks_no_module_of_the_machine(path):
    assert not ASKING_MODULES & {name.split(".")[0] for name in imported(path)}


@each_core_file
def test_the_core_asks_for_no_time_file_or_chance(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            assert called not in ASKING_CALLS, f"{named(path)}:{node.lineno} calls {called}()"


def test_every_package_of_the_product_has_an_init_file():
    """So that nothing is imported by the accident of where Python was started."""
    folders = {path.parent for path in SOURCE.rglob("*.py")}
    assert not [named(folder) for folder in folders if not (folder / "__init__.py").exists()]
