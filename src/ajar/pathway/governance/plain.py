"""Any table of the rulebook as plain text, field by field: what is stored, shown and compared."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final

from ajar.pathway.governance.parameters import in_words

Plain = Mapping[str, str]


def plain(part: object) -> dict[str, str]:
    """The fields of a thing, each in words; functions are left out, and so is what is empty."""
    found = dict(_fields(part, ""))
    return {name: text for name, text in found.items() if text}


def _fields(part: Any, before: str) -> Iterable[tuple[str, str]]:
    for field in fields(part):
        value = getattr(part, field.name)
        if is_dataclass(value) and not isinstance(value, type):
            yield from _fields(value, f"{before}{field.name}.")
        elif not callable(value) or isinstance(value, Enum):
            yield f"{before}{field.name}", text_of(value)


def text_of(value: object) -> str:
    """A value in words."""
    if is_dataclass(value) and not isinstance(value, type):
        return _row(value)
    for kind, say in SAID:
        if isinstance(value, kind):
            return say(value)
    return "" if value is None or callable(value) else str(value)


def _row(value: object) -> str:
    return ", ".join(f"{name} {text}" for name, text in plain(value).items())


def _set(values: Any) -> str:
    """The members in order; "all" where no member of their kind is missing."""
    kinds = {type(value) for value in values}
    if len(kinds) == 1 and issubclass(kind := kinds.pop(), Enum) and set(values) == set(kind):
        return "all"
    return "; ".join(sorted(map(text_of, values)))


def _several(values: Iterable[object]) -> str:
    return "; ".join(text for text in map(text_of, values) if text)


SAID: Final[tuple[tuple[type, Callable[[Any], str]], ...]] = (
    (bool, lambda value: "yes" if value else "no"),
    (Enum, lambda value: str(value.value)),
    (float, lambda value: f"{value:g}"),
    (timedelta, in_words),
    (date, lambda value: value.isoformat()),
    (frozenset, _set),
    (Mapping, lambda value: "; ".join(f"{text_of(key)}: {text_of(each)}" for key, each in value.items())),
    (tuple, _several),
    (list, _several),
)
