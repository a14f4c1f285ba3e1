"""What an entry can say: versioned, frozen facts, each under its own kind.

A kind is registered once per version and is read forever by the class that wrote it; a new
version is a new class, never an edit of an old one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, TypeVar


class Payload:
    """The fact itself. Subclasses are frozen, slotted, keyword-only dataclasses."""

    __slots__ = ()

    KIND: ClassVar[str]
    VERSION: ClassVar[int] = 1
    DECISIVE: ClassVar[bool] = True
    """Does this change what may happen next? An observation does not, so it never makes a
    colleague's open form stale; an order, a stage move or a signature does."""
    PRIVATE: ClassVar[bool] = False
    """May only its author read it? (A therapist's private note.)"""


class UnknownKind(LookupError):
    """No class is registered for this kind and version."""


P = TypeVar("P", bound=type[Payload])

_REGISTRY: Final[dict[tuple[str, int], type[Payload]]] = {}


def entry_kind(cls: P) -> P:
    """Register a payload class under its kind and version."""
    key = (cls.KIND, cls.VERSION)
    if key in _REGISTRY:
        raise ValueError(f"Entry kind {cls.KIND!r} version {cls.VERSION} is already registered.")
    _REGISTRY[key] = cls
    return cls


def payload_class(kind: str, version: int) -> type[Payload]:
    """The class that reads this kind and version.

    Raises:
        UnknownKind: nothing was registered; the record was written by a newer or other program.
    """
    try:
        return _REGISTRY[(kind, version)]
    except KeyError:
        raise UnknownKind(
            f"No reader for entry kind {kind!r} version {version}; "
            "expected one of the kinds listed in docs/reference/entries.md."
        ) from None


def registered_kinds() -> tuple[type[Payload], ...]:
    """Every payload class known, by kind and version."""
    return tuple(_REGISTRY[key] for key in sorted(_REGISTRY))


def aware(name: str, moment: datetime) -> None:
    """Refuse a moment without a time zone: a time of day means nothing without its place."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"{name} must carry a time zone, got {moment.isoformat()}.")


def said(name: str, text: str) -> None:
    """Refuse an empty text where something must be said."""
    if not text.strip():
        raise ValueError(f"{name} must not be empty.")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredInError(Payload):
    """The superseded entry should never have been made. Its reason stands in the envelope."""

    KIND: ClassVar[str] = "entered-in-error"
