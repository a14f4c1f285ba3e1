"""From a mapping of a file to a frozen dataclass, field by field, each refusal with its place.

A key of the file is the name of a field without its `_min`. What a field may hold is what its annotation
says; a field without a default has to be there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from math import isfinite
from types import UnionType
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

from ajar.exchange.scenarios.scenario import BadScenario
from ajar.pathway.observations.vitals import BOUNDS, Implausible, refuse_impossible

T = TypeVar("T")
Path = tuple[str | int, ...]


class Misread(BadScenario):
    """Something at `path` is not what was expected there."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


def mapping_at(path: Path, given: object) -> Mapping[str, Any]:
    """The value as a mapping with words as keys; an empty place is an empty mapping."""
    if given is None:
        return {}
    if not isinstance(given, dict) or not all(isinstance(key, str) for key in given):
        raise Misread(path, f"expected names with their values, got {shown(given)}")
    return given


def read_fields(cls: type[T], given: object, path: Path, **known: object) -> T:
    """A dataclass from its mapping; `known` are fields that do not stand in it.

    Raises:
        Misread: an unknown or a missing key, or a value of another kind.
    """
    told = mapping_at(path, given)
    hints = get_type_hints(cls)
    asked = {one.name.removesuffix("_min"): one for one in fields(cls) if one.name not in known}  # type: ignore[arg-type]
    for key in told:
        if key not in asked:
            raise Misread((*path, key), f"unknown key {key!r}; expected {one_of(asked)}")
    values = {
        field.name: read_value(hints[field.name], told[key], (*path, key))
        for key, field in asked.items()
        if key in told
    }
    for key, field in asked.items():
        if key not in told and field.default is MISSING and field.default_factory is MISSING:
            raise Misread(path, f"{key!r} is missing")
    return cls(**known, **values)


def read_value(kind: Any, value: object, path: Path) -> Any:
    """A value of one kind: text, number, whole number, yes or no, a named value, a list, vital signs."""
    if isinstance(kind, UnionType):
        (kind,) = (one for one in get_args(kind) if one is not type(None))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _named(kind, value, path)
    if get_origin(kind) is tuple:
        return _listed(get_args(kind)[0], value, path)
    return READERS.get(kind, _vitals)(value, path)


def _named(kind: type[StrEnum], value: object, path: Path) -> StrEnum:
    if not isinstance(value, str) or value not in set(kind):
        raise Misread(path, f"expected {one_of(kind)}, got {shown(value)}")
    return kind(value)


def _listed(kind: Any, value: object, path: Path) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise Misread(path, f"expected a list, got {shown(value)}")
    return tuple(read_value(kind, one, (*path, place)) for place, one in enumerate(value))


def _text(value: object, path: Path) -> str:
    if not isinstance(value, str):
        raise Misread(path, f"expected text, got {shown(value)}")
    return value.strip()


def _yes_or_no(value: object, path: Path) -> bool:
    if not isinstance(value, bool):
        raise Misread(path, f"expected true or false, got {shown(value)}")
    return value


def _number(value: object, path: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise Misread(path, f"expected a number, got {shown(value)}")
    return float(value)


def _whole(value: object, path: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Misread(path, f"expected a whole number, got {shown(value)}")
    return value


def _vitals(value: object, path: Path) -> Mapping[str, float]:
    told = mapping_at(path, value)
    return {name: _number(told[name], (*path, vital_sign(name, (*path, name)))) for name in told}


def vital_sign(name: str, path: Path) -> str:
    """The name, if it is one of a vital sign."""
    if name not in BOUNDS:
        raise Misread(path, f"unknown vital sign {name!r}; expected {one_of(BOUNDS)}")
    return name


def refuse_implausible(vitals: Mapping[str, float], path: Path) -> None:
    """Values that no living person shows are no readings of a scenario."""
    for name, value in vitals.items():
        try:
            refuse_impossible(name, value)
        except Implausible as problem:
            raise Misread((*path, name), str(problem).rstrip(".")) from None


READERS: Final[Mapping[Any, Callable[[object, Path], Any]]] = {
    str: _text,
    bool: _yes_or_no,
    float: _number,
    int: _whole,
}


def one_of(words: Iterable[str]) -> str:
    """Such as 'one of a, b'."""
    return f"one of {', '.join(words)}"


def shown(value: object) -> str:
    """A value as it is quoted in a refusal."""
    return "nothing" if value is None else repr(value)[:60]
