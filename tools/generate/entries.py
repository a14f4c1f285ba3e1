"""docs/reference/entries.md: every kind of entry and its fields."""

import re
from dataclasses import MISSING, Field, fields
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from ajar.pathway import kinds
from ajar.pathway.ledger.codec import encode, type_hints
from ajar.pathway.ledger.payload import registered_kinds
from tools.generate.markdown import first_line, page, table

WORDS = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "true or false",
    "datetime": "moment",
    "date": "date",
    "UUID": "identifier",
}


def entries() -> str:
    """One section a kind, in the order of the visit."""
    order = [module.__name__ for module in kinds.MODULES]
    known = sorted(
        registered_kinds(), key=lambda cls: order.index(cls.__module__) if cls.__module__ in order else -1
    )
    return page(
        "Kinds of entries",
        "Every clinical fact is an entry of one of these kinds. The envelope around each says whose chart "
        "it is in, at which position, in which encounter, when it happened, when and by whom it was "
        "recorded, how it arrived, and what it corrects. A new version is a new class; an old entry is read "
        "forever by its own.",
        "*Decision*: changes what may happen next, so it is refused where someone else decided first. "
        "*Private*: read by its author alone.",
        *(section(cls) for cls in known),
    )


def section(cls: Any) -> str:
    """A kind."""
    marks = [f"version {cls.VERSION}", *(["decision"] if cls.DECISIVE else ["observation"])]
    marks += ["private"] if cls.PRIVATE else []
    rows = [
        [f"`{field.name}`", kind_of(type_hints(cls)[field.name]), default_of(field)] for field in fields(cls)
    ]
    body = table(["Field", "Type", "If absent"], rows) if rows else "No fields: the envelope says it all."
    return f"## `{cls.KIND}`\n\n{first_line(cls.__doc__)} ({', '.join(marks)})\n\n{body}"


def kind_of(hint: Any) -> str:
    """A type in words."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return " or ".join("nothing" if choice is NoneType else kind_of(choice) for choice in arguments)
    if origin is tuple:
        return f"list of {kind_of(arguments[0])}"
    if hasattr(hint, "__members__"):
        return "one of " + ", ".join(f"`{member.value}`" for member in hint)
    return WORDS.get(hint.__name__) or re.sub(r"(?<!^)(?=[A-Z])", " ", hint.__name__).lower()


def default_of(field: Field[Any]) -> str:
    """What stands where the field is missing."""
    if field.default is MISSING:
        return "refused"
    return f"`{encode(field.default)!r}`"
