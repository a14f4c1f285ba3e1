"""What a JSON document may hold, as tables: the reader and the JSON Schema are both made from them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Some words. `least` 1: they may not be empty."""

    least: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A finite number from `lowest` to `highest`, both included."""

    lowest: float
    highest: float
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A whole number from `lowest` to `highest`, both included."""

    lowest: int
    highest: int
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnswer:
    """The answer to one item of a questionnaire: a whole number, or null where it was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo:
    """true or false."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a list of words."""

    among: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A calendar day, such as 2026-12-01."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day, or a day with a time: 2026-12-01, 2026-12-01T09:30, 2026-12-01T09:30-05:00."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """A list of things of one kind."""

    of: "Kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """An object whose keys are among `keys` and whose values are among `values`."""

    keys: Mapping[str, str]  # each with what it asks
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One key of an object."""

    name: str
    kind: "Kind"
    words: str
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """An object: what it is, and the keys it may have. Other keys are refused."""

    name: str
    words: str
    fields: tuple[Field, ...]


Kind = Text | Number | Whole | ItemAnswer | YesNo | Choice | Day | Moment | Many | Answers | Shape
