"""docs/reference/screen.md and screen.schema.json: the file that `ajar screen` takes, key by key."""

import json
from collections.abc import Iterator
from typing import Final

from ajar.exchange.candidates.schema import schema_of
from ajar.exchange.candidates.shape import Answers, Choice, Field, Kind, Many, Number, Shape, Whole
from ajar.exchange.candidates.tables import ASKED, CANDIDATE
from ajar.exchange.candidates.tests import TESTS
from ajar.pathway.evaluation.diagnoses import NAMES
from ajar.pathway.evaluation.findings import PRECEDENCE
from ajar.workbench.screening import EXITS
from tools.generate.markdown import page, table

LONG: Final = 12
"""A list of more words than this stands in a table of its own, or in the schema."""


def screen_schema() -> str:
    """The JSON Schema."""
    return json.dumps(schema_of(CANDIDATE), indent=2, ensure_ascii=False) + "\n"


def screen_page() -> str:
    """The page."""
    return page(
        "The file that `ajar screen` takes",
        "One JSON object in UTF-8; `screen.schema.json` beside this page is the same as JSON Schema "
        "(2020-12), and `ajar screen --schema` prints it. A key that is not listed is refused. A question "
        "that the file does not answer was not asked, and is never a pass. A day without a time begins at "
        "midnight; a planned day is judged at noon, or at its last reading where that is later. Examples: "
        "`docs/examples/candidates/`.",
        *(_section(shape) for shape in _shapes(CANDIDATE)),
        f"## History questions\n\nEach is answered `yes`, `no` or `unknown`.\n\n{_questions()}",
        f"## Laboratory tests by name\n\nAny other test comes with its LOINC code.\n\n{_tests()}",
        "## Diagnoses by name\n\nA name that stands here counts as its ICD-10-CM code; any other diagnosis "
        f"comes with a code, or is asked about.\n\n{_names()}",
        f"## Exit codes\n\n{_exits()}",
    )


def _shapes(shape: Shape) -> Iterator[Shape]:
    """The shape, and those inside it."""
    yield shape
    for each in shape.fields:
        inner = each.kind.of if isinstance(each.kind, Many) else each.kind
        if isinstance(inner, Shape):
            yield from _shapes(inner)


def _section(shape: Shape) -> str:
    rows = [_row(each) for each in shape.fields]
    title = shape.name[0].upper() + shape.name[1:]
    return f"## {title}\n\n{shape.words}\n\n" + table(["Key", "Needed", "Holds", "Meaning"], rows)


def _row(each: Field) -> list[str]:
    return [f"`{each.name}`", "yes" if each.required else "", _holds(each.kind), each.words]


def _holds(kind: Kind) -> str:
    match kind:
        case Number() | Whole():
            ranged = f"{kind.lowest:g} to {kind.highest:g} {kind.unit}".strip()
            return f"{'whole ' if isinstance(kind, Whole) else ''}number, {ranged}"
        case Choice():
            words = ", ".join(f"`{word}`" for word in kind.among)
            return words if len(kind.among) <= LONG else "one of the words in the schema"
        case Many():
            return f"list of: {_holds(kind.of)}"
        case Answers():
            return "answers, see below"
        case Shape():
            return kind.name
        case _:
            return PLAIN[type(kind).__name__]


PLAIN: Final = {
    "Text": "text",
    "ItemAnswer": "whole number or null",
    "YesNo": "true or false",
    "Day": "day, `2026-12-01`",
    "Moment": "day or moment, `2026-12-01T09:30`",
}


def _questions() -> str:
    return table(["Key", "Question"], [[f"`{name}`", words] for name, words in ASKED.items()])


def _tests() -> str:
    rows = [[f"`{name}`", each.display, each.loinc, each.unit or "words"] for name, each in TESTS.items()]
    return table(["Name", "Test", "LOINC", "Unit"], rows)


def _names() -> str:
    return table(["Code", "Names"], [[code, names.replace("|", ", ")] for code, names in NAMES.items()])


def _exits() -> str:
    rows = [[str(EXITS[outcome]), outcome.label] for outcome in PRECEDENCE]
    rows += [["1", "a file could not be read; nothing of it was judged"], ["2", "wrong usage"]]
    return table(["Code", "Meaning"], rows)
