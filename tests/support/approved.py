"""What the program says, kept as text: a change of a word, a number or a source shows as a difference.

A table of made-up inputs is put through a function, and everything it answers is compared with a file that a
person has read. `AJAR_APPROVE=1 pytest …` writes the files anew; the difference is then for the reviewer.
"""

import difflib
import json
import os
from collections.abc import Mapping
from dataclasses import is_dataclass
from pathlib import Path

from ajar.pathway.governance.plain import plain, text_of

APPROVE = "AJAR_APPROVE"


def assert_approved(path: Path, said: Mapping[str, object]) -> None:
    """Is what was said what is approved in this file (JSON)? Objects are written field by field."""
    written = {name: _written(value) for name, value in said.items()}
    text = json.dumps(written, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get(APPROVE):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    approved = path.read_text() if path.exists() else ""
    rows = difflib.unified_diff(
        approved.splitlines(), text.splitlines(), "approved", "said", lineterm="", n=2
    )
    difference = "\n".join(rows)
    assert not difference, f"{path.name}: {APPROVE}=1 approves this.\n{difference}"


def _written(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_written(each) for each in value]
    return plain(value) if is_dataclass(value) else text_of(value)
