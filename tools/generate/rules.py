"""docs/reference/rules/: the rulebook area by area, which a physician reads and signs for."""

from collections.abc import Mapping
from typing import Final

from ajar.pathway.evaluation.findings import PRECEDENCE, Strength
from ajar.pathway.governance.book import book
from ajar.pathway.governance.comparison import compared, title_of
from ajar.pathway.governance.plain import Plain
from ajar.pathway.governance.versions import as_json, version_named, version_names
from ajar.workbench.rules import change_list
from tools.generate.markdown import page, table

STRENGTHS: Final = {
    Strength.HARD_STOP: "nobody can accept it",
    Strength.SOFT_STOP: "blocks until a prescriber accepts it with a reason and a signature",
    Strength.CAUTION: "goes on; the mitigation is recorded",
    Strength.INFO: "is shown only",
}
INTRODUCTIONS: Final[Mapping[str, str]] = {
    "Evaluation": "Every rule answers for every candidate: pass, stop, precaution or needs information; "
    "missing is never a pass. The outcome is the most restrictive effect, in this order: "
    f"{', '.join(outcome.label for outcome in reversed(PRECEDENCE))}. Under each rule stands what it says, "
    "read off what it says to made-up candidates; in brackets for which products or under which law, where "
    "not for all. Strengths: "
    + "; ".join(f"{strength.value.replace('_', ' ')}: {words}" for strength, words in STRENGTHS.items())
    + ".",
    "What a clinic may set": "Every value that a clinic's signed configuration can set otherwise, with its "
    "default. What is not here nobody may change.",
}


def file_name(area: str) -> str:
    """The page of an area."""
    return f"{area.lower().replace(' ', '-')}.md"


def area_page(area: str) -> str:
    """One area, rule by rule."""
    lines = book().areas[area]
    return page(
        area,
        f"Rulebook **{book().version}**. {INTRODUCTIONS.get(area, '')}".strip(),
        *(_settings(lines) if area == "What a clinic may set" else map(_entry, lines, lines.values())),
    )


def _settings(lines: Mapping[str, Plain]) -> list[str]:
    rows = [[f"`{name}`", fields["value"], fields["source"]] for name, fields in lines.items()]
    return [table(["Parameter", "Default", "Source of what stands beside it"], rows)]


def _entry(rule_id: str, fields: Plain) -> str:
    title = title_of(fields)
    said = [f"- {text}" for name, text in fields.items() if name.startswith("says ")]
    rest = [
        f"*{name.replace('_', ' ')}*: {text}"
        for name, text in fields.items()
        if not name.startswith("says ") and name != "id" and text != title
    ]
    body = "\n".join(said) + "\n\n" if said else ""
    return f"## {rule_id} {title}".strip() + f"\n\n{body}" + " · ".join(rest)


def index() -> str:
    """The areas, and what changed since the version before."""
    rows = [[f"[{area}]({file_name(area)})", str(len(lines))] for area, lines in book().areas.items()]
    return page(
        "The rulebook",
        f"Version **{book().version}**, written from the objects that the program itself uses. `ajar rules "
        "show ID` prints one rule, `ajar rules diff` what changed between versions. Marks: [KEY] is a source "
        "of the knowledge file's section 10; *verify* means that nobody has checked it there yet; a design "
        "default is a proposal that a medical director signs.",
        table(["Area", "Rules"], rows),
        _changes(),
    )


def _changes() -> str:
    names = version_names()
    if len(names) < 2:
        return "There is no earlier version."
    before = version_named(names[-2])
    lines = "\n".join(change_list(compared(before, book()))).strip()
    return f"## Since version {before.version}\n\n```\n{lines}\n```"


def kept() -> str:
    """The present version as it is kept, so that the next one can be compared with it."""
    return as_json(book())
