"""Payloads to JSON values and back, strictly.

Types say everything: text, whole and decimal numbers, truth, moments, dates, identifiers, enums,
tuples, nested dataclasses, and any of these or nothing. An unknown field, a missing one, or a value
of another type is refused with the field's name; nothing is guessed or converted.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

type_hints = cache(get_type_hints)

T = TypeVar("T")


class Malformed(ValueError):
    """The stored or received value does not fit the type that reads it."""


def encode(value: Any) -> Any:
    """The JSON value of a payload or one of its parts.

    Raises:
        Malformed: a type outside the vocabulary above, a number that is not finite, or a text with NUL.
    """
    for kind, spelling in SPELLINGS:
        if isinstance(value, kind):
            return spelling(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: encode(getattr(value, f.name)) for f in fields(value)}
    raise Malformed(f"{type(value).__name__} has no place in an entry.")


def moment_text(moment: datetime) -> str:
    """A moment in UTC to the microsecond: the one spelling that is stored and hashed."""
    if moment.tzinfo is None:
        raise Malformed(f"A moment must carry a time zone, got {moment.isoformat()}.")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _finite(number: float) -> float:
    if not isfinite(number):
        raise Malformed(f"Numbers must be finite, got {number}.")
    return number


def _readable(text: str) -> str:
    if "\0" in text:
        raise Malformed("Text must not contain the NUL character: not every database can keep it.")
    return text


# In this order: an enumeration may also be a text, a moment is also a date.
SPELLINGS: Final[tuple[tuple[type | UnionType, Callable[[Any], Any]], ...]] = (
    (Enum, lambda member: member.value),
    (str, _readable),
    (NoneType | bool | int, lambda value: value),
    (float, _finite),
    (datetime, moment_text),
    (date, date.isoformat),
    (UUID, str),
    (tuple, lambda items: [encode(item) for item in items]),
)


def decode(cls: type[T], data: object, *, at: str = "") -> T:
    """Build `cls`, a dataclass, from a JSON object.

    Raises:
        Malformed: naming the field, what was expected and what was found.
        ValueError: the class itself refused the values.
    """
    if not isinstance(data, Mapping):
        raise Malformed(f"{at or cls.__name__}: expected an object, got {data!r}.")
    known = {f.name: f for f in fields(cls)}  # type: ignore[arg-type]  # checked by the callers
    if unknown := sorted(set(data) - set(known)):
        raise Malformed(f"{at or cls.__name__}: unknown field {unknown[0]!r}.")
    hints = type_hints(cls)  # type: ignore[arg-type]  # a class can be hashed
    values: dict[str, Any] = {}
    for name, field in known.items():
        if name in data:
            values[name] = decode_value(hints[name], data[name], f"{at}{name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise Malformed(f"{at or cls.__name__}: field {name!r} is missing.")
    return cls(**values)


def decode_value(expected: Any, value: Any, at: str) -> Any:
    """One value against its declared type."""
    origin = get_origin(expected)
    if origin in (Union, UnionType):
        return _one_of(get_args(expected), value, at)
    if origin is tuple:
        return _tuple(expected, value, at)
    if is_dataclass(expected):
        return decode(expected, value, at=f"{at}.")  # type: ignore[arg-type]
    if isinstance(expected, type) and issubclass(expected, Enum):
        return _enum(expected, value, at)
    reader = READERS.get(expected)
    if reader is None:
        raise Malformed(f"{at}: no reader for {expected!r}.")
    return reader(value, at)


def _one_of(choices: tuple[Any, ...], value: Any, at: str) -> Any:
    if value is None and NoneType in choices:
        return None
    rest = [choice for choice in choices if choice is not NoneType]
    for choice in rest[:-1]:
        try:
            return decode_value(choice, value, at)
        except Malformed:
            continue
    return decode_value(rest[-1], value, at)


def _tuple(expected: Any, value: Any, at: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise Malformed(f"{at}: expected a list, got {value!r}.")
    item_type = get_args(expected)[0]
    return tuple(decode_value(item_type, item, f"{at}[{i}]") for i, item in enumerate(value))


def _enum(expected: type[Enum], value: Any, at: str) -> Enum:
    try:
        return expected(value)
    except ValueError:
        allowed = ", ".join(repr(member.value) for member in expected)
        raise Malformed(f"{at}: expected one of {allowed}, got {value!r}.") from None


def _exactly(kind: type, name: str) -> Callable[[Any, str], Any]:
    def read(value: Any, at: str) -> Any:
        if type(value) is not kind:
            raise Malformed(f"{at}: expected {name}, got {value!r}.")
        return value

    return read


def _number(value: Any, at: str) -> float:
    if type(value) not in (int, float) or not isfinite(value):
        raise Malformed(f"{at}: expected a number, got {value!r}.")
    return float(value)


def _parsed(parse: Callable[[str], Any], name: str) -> Callable[[Any, str], Any]:
    def read(value: Any, at: str) -> Any:
        try:
            return parse(value)
        except (TypeError, ValueError, AttributeError):
            raise Malformed(f"{at}: expected {name}, got {value!r}.") from None

    return read


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


READERS: Final[Mapping[Any, Callable[[Any, str], Any]]] = {
    str: _exactly(str, "text"),
    int: _exactly(int, "a whole number"),
    bool: _exactly(bool, "true or false"),
    float: _number,
    datetime: _parsed(_moment, "a moment with its time zone"),
    date: _parsed(date.fromisoformat, "a date"),
    UUID: _parsed(UUID, "an identifier"),
}
