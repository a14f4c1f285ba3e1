"""`ajar rules`: read the rulebook, and what changed between two versions of it."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from ajar.pathway.governance.comparison import Book, FieldChange, Kind, RuleChange, compared, title_of
from ajar.pathway.governance.plain import Plain
from ajar.pathway.governance.versions import version_named, version_names

FOUND: Final = 0
REFUSED: Final = 1
DIFFERENT: Final = 3
"""As `diff` does: nothing was wrong, and the two are not the same."""

MARKS: Final = {Kind.NEW: "+", Kind.GONE: "-", Kind.CHANGED: "~"}


def rules(arguments: argparse.Namespace) -> int:
    """List, show or compare rules."""
    try:
        return ACTIONS[arguments.action](arguments.names, arguments.json)
    except LookupError as refused:
        sys.stderr.write(f"{refused.args[0]}\n")
        return REFUSED


def _list(names: Sequence[str], as_json: bool) -> int:  # noqa: FBT001  # the --json of the command line
    """Every rule by area, or those of the areas named."""
    seen = version_named()
    asked = [_area(seen, name) for name in names] or list(seen.areas)
    if as_json:
        return _printed({area: list(seen.areas[area]) for area in asked})
    for area in asked:
        sys.stdout.write(f"{area}\n")
        for rule_id, fields in seen.areas[area].items():
            sys.stdout.write(f"  {rule_id:24} {title_of(fields)}\n")
    return FOUND


def _area(seen: Book, name: str) -> str:
    for area in seen.areas:
        if area.casefold() == name.casefold():
            return area
    raise LookupError(f"There is no area {name!r}; there are: {', '.join(seen.areas)}.")


def _show(names: Sequence[str], as_json: bool) -> int:  # noqa: FBT001
    """Rules by id, or by the beginning of one."""
    if not names:
        raise LookupError("Expected an id, such as ELG-BP or CI-06; `ajar rules list` has them all.")
    found = [each for name in names for each in matching(name)]
    if as_json:
        return _printed([{"area": area, "id": rule_id, **fields} for area, rule_id, fields in found])
    for area, rule_id, fields in found:
        sys.stdout.write(f"{rule_id}  {title_of(fields)}  ({area}; rulebook {version_named().version})\n")
        sys.stdout.writelines(f"  {name}: {text}\n" for name, text in _shown(fields))
        sys.stdout.write("\n")
    return FOUND


def matching(name: str) -> list[tuple[str, str, Plain]]:
    """The rules whose id is this, or else begins with it, each with its area.

    Raises:
        LookupError: there is none.
    """
    lines = [
        (area, rule_id, fields)
        for area, found in version_named().areas.items()
        for rule_id, fields in found.items()
    ]
    wanted = name.casefold()
    found = [line for line in lines if wanted in _ids(line[1], line[2])]
    found = found or [line for line in lines if line[1].casefold().startswith(wanted)]
    if not found:
        raise LookupError(f"There is no rule {name!r}; `ajar rules list` has them all.")
    return found


def _ids(rule_id: str, fields: Plain) -> set[str]:
    """Its own id, and those of clinical.md that it answers beside it."""
    also = [fields.get("id", ""), *fields.get("covers", "").split("; ")]
    return {rule_id.casefold(), *(each.casefold() for each in also if each)}


def _shown(fields: Plain) -> Iterator[tuple[str, str]]:
    said = title_of(fields)
    for name, text in fields.items():
        if name != "id" and text != said:
            yield name.split(" ")[0].replace("_", " "), text


def _diff(names: Sequence[str], as_json: bool) -> int:  # noqa: FBT001
    """What changed from one version to another; without names, from the one before this."""
    before, after = _two(names)
    changes = compared(before, after)
    if as_json:
        _printed({"before": before.version, "after": after.version, "changes": [asdict(c) for c in changes]})
    else:
        sys.stdout.write(f"Rulebook {before.version} to {after.version}: {_counted(changes)}.\n")
        sys.stdout.writelines(f"{line}\n" for line in change_list(changes))
    return DIFFERENT if changes else FOUND


def _two(names: Sequence[str]) -> tuple[Book, Book]:
    known = version_names()
    if not names:
        return version_named(known[max(len(known) - 2, 0)]), version_named(known[-1])
    if len(names) != 2:
        raise LookupError(f"Expected two versions; there are: {', '.join(known)}.")
    return version_named(names[0]), version_named(names[1])


def _counted(changes: Sequence[RuleChange]) -> str:
    counts = {kind: sum(1 for change in changes if change.kind is kind) for kind in Kind}
    return ", ".join(f"{count} {kind.value}" for kind, count in counts.items())


def change_list(changes: Sequence[RuleChange]) -> Iterator[str]:
    """The changes as somebody reads them who signs for the rulebook."""
    area = ""
    for change in changes:
        if change.area != area:
            area = change.area
            yield f"\n{area}"
        yield f"  {MARKS[change.kind]} {change.id}  {change.title}"
        yield from (f"      {line}" for field in change.fields for line in _told(change.kind, field))


def _told(kind: Kind, field: FieldChange) -> Iterator[str]:
    if kind is not Kind.CHANGED:
        if field.field in ("says", "source", "value"):
            yield f"{field.field}: {field.before or field.after}"
    elif field.before and field.after:
        yield f"{field.field}: {field.before}  →  {field.after}"
    elif field.after:
        yield f"{field.field} now: {field.after}"
    else:
        yield f"{field.field} no longer: {field.before}"


def _versions(_names: Sequence[str], as_json: bool) -> int:  # noqa: FBT001
    """The versions that were kept."""
    return _printed(version_names()) if as_json else _said("\n".join(version_names()))


def _said(text: str) -> int:
    sys.stdout.write(f"{text}\n")
    return FOUND


def _printed(tree: Any) -> int:
    return _said(json.dumps(tree, indent=2, ensure_ascii=False))


ACTIONS: Final[Mapping[str, Callable[[Sequence[str], bool], int]]] = {
    "list": _list,
    "show": _show,
    "diff": _diff,
    "versions": _versions,
}
