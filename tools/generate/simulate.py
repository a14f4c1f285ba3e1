"""docs/reference/simulate.md and simulate.schema.json: what `ajar simulate --json` prints, key by key."""

import json

from ajar.workbench.schema import described, schema
from tools.generate.markdown import page, table


def simulate_schema() -> str:
    """The JSON Schema."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def simulate_page() -> str:
    """The page."""
    sections = [
        f"## {title}\n\n{words}\n\n" + table(["Key", "Unit", "What it is"], rows)
        for title, words, rows in described()
    ]
    return page(
        "What `ajar simulate --json` prints",
        "Research and teaching; not for therapy decisions. One JSON object, in UTF-8, on standard output; "
        "`--out DIR` writes the same as `summary.json`. Numbers are not rounded. Every number that is not in "
        "`population` or `compare` is of the typical person: no draw, all effects between people at their "
        "centre. `simulate.schema.json` beside this page is the same as JSON Schema (2020-12). `shape` "
        "changes when a key goes or means something else; new keys may come without it.",
        *sections,
    )
