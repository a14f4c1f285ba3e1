"""Holding a JSON document against a shape: the first thing that does not fit is named with its place."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from math import isfinite
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

MAX_BYTES: Final = 4 * 1024 * 1024
"""A candidate has a few thousand; design default."""
MAX_TEXT_CHARS: Final = 2000
MAX_ROWS: Final = 10_000


class Refused(ValueError):
    """The document does not say what it must; the message names the place and what was expected there."""


def parsed(data: bytes) -> object:
    """The JSON value in `data` (UTF-8).

    Raises:
        Refused: too large, not UTF-8, not JSON, a key twice, or nested without end.
    """
    if len(data) > MAX_BYTES:
        raise Refused(f"The file has {len(data)} bytes; at most {MAX_BYTES} are read.")
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise Refused("The file is not UTF-8 text.") from None
    except RecursionError:
        raise Refused("The JSON is nested too deeply.") from None
    except json.JSONDecodeError as problem:
        raise Refused(f"The file is not JSON: {problem}.") from None


def _no_constant(name: str) -> float:
    raise Refused(f"{name} is not a JSON number.")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise Refused(f"The key {name!r} stands twice in one object.")
        found[name] = value
    return found


def check(value: object, kind: Kind, at: str) -> None:
    """Refuse a value that is not of this kind; `at` is its place, such as `medicines[1].dose`.

    Raises:
        Refused: naming the place, what was expected and what was found.
    """
    CHECKS[type(kind)](value, kind, at)


def _expected(what: str, value: object, at: str) -> Refused:
    found = json.dumps(value, ensure_ascii=False)
    shown = found if len(found) <= 60 else f"{found[:57]}..."
    return Refused(f"{at}: expected {what}, got {shown}.")


def _text(value: object, kind: Text, at: str) -> None:
    if not isinstance(value, str) or len(value) > MAX_TEXT_CHARS or len(value.strip()) < kind.least:
        raise _expected(f"text of at most {MAX_TEXT_CHARS} characters", value, at)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _number(value: Any, kind: Number | Whole, at: str) -> None:
    what = "a whole number" if isinstance(kind, Whole) else "a number"
    unit = f" {kind.unit}" if kind.unit else ""
    fits = _is_number(value) and kind.lowest <= value <= kind.highest
    if not fits or (isinstance(kind, Whole) and value != int(value)):
        raise _expected(f"{what} from {kind.lowest:g} to {kind.highest:g}{unit}", value, at)


def _item_answer(value: Any, _kind: ItemAnswer, at: str) -> None:
    if value is not None and not (_is_number(value) and value >= 0 and value == int(value)):
        raise _expected("a whole number from 0, or null where it was left out", value, at)


def _yes_no(value: object, _kind: YesNo, at: str) -> None:
    if not isinstance(value, bool):
        raise _expected("true or false", value, at)


def _choice(value: object, kind: Choice, at: str) -> None:
    if value not in kind.among:
        raise _expected(f"one of {', '.join(kind.among)}", value, at)


def _day(value: object, _kind: Day, at: str) -> None:
    _iso(value, date.fromisoformat, "a day such as 2026-12-01", at)


def _moment(value: object, _kind: Moment, at: str) -> None:
    _iso(value, datetime.fromisoformat, "a day or a moment such as 2026-12-01T09:30", at)


def _iso(value: object, read: Callable[[str], object], what: str, at: str) -> None:
    try:
        read(value if isinstance(value, str) else "")
    except ValueError:
        raise _expected(what, value, at) from None


def _many(value: object, kind: Many, at: str) -> None:
    if not isinstance(value, list) or len(value) > MAX_ROWS:
        raise _expected(f"a list of at most {MAX_ROWS}", value, at)
    for place, each in enumerate(value):
        check(each, kind.of, f"{at}[{place}]")


def _answers(value: object, kind: Answers, at: str) -> None:
    for name, each in _object(value, at).items():
        _refuse_unknown(name, tuple(kind.keys), at)
        _choice(each, Choice(among=kind.values), _inside(at, name))


def _shape(value: object, kind: Shape, at: str) -> None:
    known = {field.name: field for field in kind.fields}
    found = _object(value, at)
    for name in found:
        _refuse_unknown(name, tuple(known), at)
    for field in kind.fields:
        if field.name in found:
            check(found[field.name], field.kind, _inside(at, field.name))
        elif field.required:
            raise Refused(f"{_inside(at, field.name)} is missing: {field.words}.")


def _object(value: object, at: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _expected("an object in braces", value, at or "the file")
    return value


def _inside(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _refuse_unknown(name: str, known: Sequence[str], at: str) -> None:
    if name in known:
        return
    near = get_close_matches(name, known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else f" Expected: {', '.join(known)}."
    raise Refused(f"{_inside(at, name)}: there is no such key.{hint}")


CHECKS: Final[Mapping[type, Callable[[Any, Any, str], None]]] = {
    Text: _text,
    Number: _number,
    Whole: _number,
    ItemAnswer: _item_answer,
    YesNo: _yes_no,
    Choice: _choice,
    Day: _day,
    Moment: _moment,
    Many: _many,
    Answers: _answers,
    Shape: _shape,
}
