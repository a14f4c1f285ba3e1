"""Careful steps through JSON that others wrote: a value of another type counts as absent."""

import json
import re
from collections.abc import Mapping
from math import isfinite
from typing import Final

from ajar.exchange.fhir.outcome import BundleRefusalKind, Leave, RefuseBundle

Tree = Mapping[str, object]

MAX_BUNDLE_BYTES: Final = 64 * 1024 * 1024
"""A rich synthetic record has a megabyte; design default."""
MAX_TEXT_CHARS: Final = 2000
MAX_NESTING: Final = 60
"""FHIR's own resources nest about fifteen levels."""

TOO_DEEP: Final = "The JSON is nested too deeply to be a record."
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def load(data: bytes) -> Tree:
    """The JSON object in `data` (UTF-8).

    Raises:
        RefuseBundle: too large, not UTF-8, not JSON, nested without end, or not an object.
    """
    if len(data) > MAX_BUNDLE_BYTES:
        because = f"The file has {len(data)} bytes; at most {MAX_BUNDLE_BYTES} are read."
        raise RefuseBundle(BundleRefusalKind.TOO_LARGE, because)
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise RefuseBundle(BundleRefusalKind.NOT_JSON, "The file is not UTF-8 text.") from None
    except RecursionError:
        raise RefuseBundle(BundleRefusalKind.NOT_JSON, TOO_DEEP) from None
    except ValueError as problem:
        raise RefuseBundle(BundleRefusalKind.NOT_JSON, f"The file is not JSON: {problem}.") from None
    if not isinstance(value, dict):
        found = type(value).__name__
        raise RefuseBundle(
            BundleRefusalKind.NOT_A_BUNDLE,
            f"Expected a FHIR Bundle, got a JSON {found}.",
        )
    _refuse_deep(value)
    return value


def _refuse_deep(value: object) -> None:
    level: list[object] = [value]
    for _ in range(MAX_NESTING):
        level = [child for one in level for child in _children(one)]
        if not level:
            return
    raise RefuseBundle(BundleRefusalKind.NOT_JSON, TOO_DEEP)


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value.values()]
    return value if isinstance(value, list) else []


def mentions(value: object, word: str) -> bool:
    """Does any text inside say `word`, in whatever case?"""
    if isinstance(value, str):
        return word in value.lower()
    return any(mentions(child, word) for child in _children(value))


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a JSON number")


def tree(value: object) -> Tree:
    """`value` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def trees(value: object) -> list[Tree]:
    """The objects in `value` if it is a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text(value: object) -> str:
    """`value` if it is text, without outer spaces; empty otherwise.

    Raises:
        Leave: it holds characters that cannot be kept, or far too many.
    """
    if not isinstance(value, str):
        return ""
    if len(value) > MAX_TEXT_CHARS:
        raise Leave(f"a text has more than {MAX_TEXT_CHARS} characters")
    if _NO_TEXT.search(value):
        raise Leave("a text holds control characters")
    return value.strip()


def number(value: object) -> float | None:
    """`value` if it is a finite number, else None (true and false are no numbers)."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if isfinite(found) else None
