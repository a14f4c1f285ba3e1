"""Every single value that a clinic may set, found in the objects that the program itself uses.

A parameter is named by its path, such as `alarms.limits.ALM-1.steps.1.bound`: the fields of a dataclass,
the keys of a mapping, the `id` (or place, from 1) in a row of things. What only names or describes is no
parameter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import timedelta
from enum import Enum
from math import isfinite
from types import MappingProxyType
from typing import Any, Final

Value = bool | int | float | timedelta | Enum

DESCRIBES: Final = frozenset(
    {
        "id",
        "source",
        "product",
        "signal",
        "check",
        "side",
        "priority",
        "clock",
        "strength",
        "standing",
        "before",
        "design_default",
    }
)
"""Fields that say what a thing is; a clinic does not set them."""

UNITS: Final[Mapping[str, timedelta]] = {
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
}


class NotAValue(ValueError):
    """The text or number is not one that this parameter can have; the message says what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One value, where it stands, and the source of what stands beside it."""

    path: str
    value: Value
    source: str

    @property
    def text(self) -> str:
        """The value as a configuration file writes it."""
        return written(self.value)


def parameters(part: object) -> Mapping[str, Parameter]:
    """Every parameter of a programme, by path, in the order in which it is written down."""
    return MappingProxyType({each.path: each for each in _within(part, (), "")})


def _within(part: object, path: tuple[str, ...], source: str) -> Iterator[Parameter]:
    if isinstance(part, Value):
        if DESCRIBES.isdisjoint(path):
            yield Parameter(path=".".join(path), value=part, source=source)
        return
    here = str(getattr(part, "source", source))
    for name, inner in inside(part).items():
        yield from _within(inner, (*path, name), here)


def inside(part: object) -> Mapping[str, object]:
    """The parts of a part, by the names that paths use; none of what is not made of parts."""
    if is_dataclass(part) and not isinstance(part, type):
        return {field.name: getattr(part, field.name) for field in fields(part)}
    if isinstance(part, Mapping):
        return {str(key): each for key, each in part.items()}
    if isinstance(part, Sequence) and not isinstance(part, str):
        return {_name(each, number): each for number, each in enumerate(part, start=1)}
    return {}


def _name(each: object, number: int) -> str:
    return str(getattr(each, "id", "") or number)


def with_value(part: Any, path: Sequence[str], value: object, *, source: str) -> Any:
    """The part with one value set, and `source` beside it in place of what stood there.

    Raises:
        NotAValue: it is not a value of that kind.
        ValueError: the part refuses it; a row of limits must stay in order.
    """
    if not path:
        return read_as(part, value)
    head, rest = path[0], path[1:]
    changed = with_value(inside(part)[head], rest, value, source=source)
    if is_dataclass(part) and not isinstance(part, type):
        nearest = isinstance(changed, Value) and hasattr(part, "source")
        return replace(part, **{head: changed}, **({"source": source} if nearest else {}))
    if isinstance(part, Mapping):
        return MappingProxyType({key: changed if str(key) == head else each for key, each in part.items()})
    names = list(inside(part))
    return tuple(changed if name == head else each for name, each in zip(names, part, strict=True))


def read_as(like: Value, value: object) -> Value:
    """A value out of a file, as the kind of thing that stands there now.

    Raises:
        NotAValue: it is of another kind.
    """
    if isinstance(like, bool):
        return _truth(value)
    if isinstance(like, timedelta):
        return _duration(value)
    if isinstance(like, Enum):
        return _member(type(like), value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise NotAValue(f"expected a number, got {value!r}")
    if isinstance(like, int) and value != int(value):
        raise NotAValue(f"expected a whole number, got {value!r}")
    return type(like)(value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise NotAValue(f"expected true or false, got {value!r}")
    return value


def _duration(value: object) -> timedelta:
    number, _, unit = str(value).partition(" ")
    one = UNITS.get(unit.removesuffix("s"))
    if one is None or not number.isdecimal():
        raise NotAValue(f"expected a whole number of days, hours, minutes or seconds, got {value!r}")
    return int(number) * one


def _member(kind: type[Enum], value: object) -> Enum:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(repr(each.value) for each in kind)
        raise NotAValue(f"expected one of {known}, got {value!r}") from None


def written(value: Value) -> str:
    """A value as a configuration file (TOML) writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, timedelta):
        return f'"{in_words(value)}"'
    return f'"{value.value}"' if isinstance(value, Enum) else f"{value:g}"


def in_words(length: timedelta) -> str:
    """A length of time in the largest unit that fits, such as 30 days."""
    for unit, one in UNITS.items():
        if length % one == timedelta(0):
            count = length // one
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{length / UNITS['second']:g} seconds"
