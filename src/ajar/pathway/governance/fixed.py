"""What a clinic may set in one direction only: a label or a regulator drew the line."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any, Final

from ajar.pathway.governance.parameters import Parameter, Value


class Way(StrEnum):
    """In which direction a value may leave its default."""

    UP = "up"
    DOWN = "down"
    NOT = "not"


BROKEN: Final[dict[Way, Callable[[Any, Any], bool]]] = {
    Way.UP: operator.lt,
    Way.DOWN: operator.gt,
    Way.NOT: operator.ne,
}
SAID: Final = {
    Way.UP: "may be raised, never lowered",
    Way.DOWN: "may be lowered, never raised",
    Way.NOT: "may not be changed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Parameters whose path matches `pattern` may leave their default only this way."""

    pattern: str
    way: Way
    source: str


LINES: Final[tuple[Line, ...]] = (
    Line(pattern="stays.esketamine_in.minutes", way=Way.UP, source="two hours at least [FDA-REMS]"),
)


def why_fixed(default: Parameter, value: Value) -> str:
    """Why this value may not be set; empty where it may."""
    if isinstance(value, int | float | timedelta) and not isinstance(value, bool) and _negative(value):
        return "a negative value makes no sense here"
    for line in LINES:
        if fnmatchcase(default.path, line.pattern) and BROKEN[line.way](value, default.value):
            return f"it {SAID[line.way]} ({line.source})"
    return ""


def _negative(value: float | timedelta) -> bool:
    return value < timedelta(0) if isinstance(value, timedelta) else value < 0
