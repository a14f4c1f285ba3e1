"""Nothing in the clinic goes by a default that the clinic's own configuration may replace.

Only `clinic/governance` knows the defaults. Every other room asks it for the programme in force: a room that
imports a default, or calls something of the pathway and leaves a policy out, is named here.
"""

import ast
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from importlib import import_module
from pathlib import Path

import ajar.clinic
import ajar.pathway
from ajar.pathway.governance.parameters import inside
from ajar.pathway.governance.programme import DEFAULT_PROGRAMME

CLINIC = Path(ajar.clinic.__file__).parent
ROOMS = sorted(
    path
    for path in CLINIC.rglob("*.py")
    if path.relative_to(CLINIC).parts[0] != "governance" and "migrations" not in path.parts
)


def parts_of(part: object) -> Iterator[object]:
    """A policy and what it holds, as far as that is more than a value."""
    if is_dataclass(part) or isinstance(part, Mapping) or (isinstance(part, tuple) and part):
        yield part
        for inner in inside(part).values():
            yield from parts_of(inner)


PARTS = {id(part) for part in parts_of(DEFAULT_PROGRAMME)}


def defaults() -> set[tuple[str, str]]:
    """Module and name of everything in the pathway that is a default, or part of one."""
    found = set()
    for module in pkgutil.walk_packages(ajar.pathway.__path__, "ajar.pathway."):
        if not module.ispkg:
            names = vars(import_module(module.name))
            found |= {(module.name, name) for name, thing in names.items() if id(thing) in PARTS}
    return found


def left_out(thing: object) -> Mapping[str, int]:
    """The parameters whose default is a policy, each with its place."""
    try:
        asked = inspect.signature(thing).parameters  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return {}
    return {name: place for place, (name, one) in enumerate(asked.items()) if id(one.default) in PARTS}


def imported(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """What a file takes from the pathway: module, name, and how the file calls it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ajar.pathway."):
            for each in node.names:
                yield node.module or "", each.name, each.asname or each.name


def test_no_room_imports_a_default():
    known = defaults()
    assert ("ajar.pathway.dosing.policy", "READINESS_POLICY") in known
    assert ("ajar.pathway.monitoring.limits", "DEFAULT_LIMITS") in known
    taken = {
        (str(path.relative_to(CLINIC)), name)
        for path in ROOMS
        for module, name, _own in imported(ast.parse(path.read_text()))
        if (module, name) in known
    }
    assert taken == set()


def test_every_call_says_by_which_policy():
    silent = []
    for path in ROOMS:
        tree = ast.parse(path.read_text())
        asks = {
            own: wanted
            for module, name, own in imported(tree)
            if (wanted := left_out(getattr(import_module(module), name)))
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in asks:
                named = {keyword.arg for keyword in node.keywords}
                silent += [
                    f"{path.relative_to(CLINIC)}:{node.lineno} {node.func.id} leaves out {policy}"
                    for policy, place in asks[node.func.id].items()
                    if policy not in named and len(node.args) <= place
                ]
    assert silent == []
