"""A shape as JSON Schema (draft 2020-12), for writers and for their editors."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from ajar.exchange.candidates.shape import (
    Answers,
    Choice,
    Day,
    ItemAnswer,
    Kind,
    Many,
    Moment,
    Number,
    Shape,
    Text,
    Whole,
    YesNo,
)

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
MOMENT: Final = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$"


def schema_of(shape: Shape) -> dict[str, Any]:
    """The schema of a document of this shape."""
    return {"$schema": DIALECT, "title": shape.name, **_of(shape)}


def _of(kind: Kind) -> dict[str, Any]:
    return WRITTEN[type(kind)](kind)


def _ranged(kind: Number | Whole) -> dict[str, Any]:
    name = "integer" if isinstance(kind, Whole) else "number"
    return {"type": name, "minimum": kind.lowest, "maximum": kind.highest}


def _object(shape: Shape) -> dict[str, Any]:
    return {
        "type": "object",
        "description": shape.words,
        "properties": {each.name: {**_of(each.kind), "description": each.words} for each in shape.fields},
        "required": [each.name for each in shape.fields if each.required],
        "additionalProperties": False,
    }


def _answers(kind: Answers) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            name: {"enum": list(kind.values), "description": asks} for name, asks in kind.keys.items()
        },
        "additionalProperties": False,
    }


WRITTEN: Final[Mapping[type, Callable[[Any], dict[str, Any]]]] = {
    Text: lambda kind: {"type": "string", "minLength": kind.least},
    Number: _ranged,
    Whole: _ranged,
    ItemAnswer: lambda _: {"type": ["integer", "null"], "minimum": 0},
    YesNo: lambda _: {"type": "boolean"},
    Choice: lambda kind: {"enum": list(kind.among)},
    Day: lambda _: {"type": "string", "pattern": DAY},
    Moment: lambda _: {"type": "string", "pattern": MOMENT},
    Many: lambda kind: {"type": "array", "items": _of(kind.of)},
    Answers: _answers,
    Shape: _object,
}
