"""Every address of the clinic, for tests that walk them all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

UNKNOWN: Mapping[str, object] = {
    "UUIDConverter": UUID("00000000-0000-4000-8000-000000000000"),
    "IntConverter": 1,
    "StringConverter": "unknown",
    "SlugConverter": "unknown",
    "PathConverter": "unknown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address: its name, its view, and what stands in it."""

    name: str
    pattern: str
    view: Callable[..., Any]
    converters: Mapping[str, str]

    @property
    def permission(self) -> object:
        """What the view says about who may use it; None where it says nothing."""
        return getattr(self.view, "permission", None)

    @property
    def names_a_patient(self) -> bool:
        """Is a patient or one of their encounters in the address?"""
        return bool({"patient_id", "encounter_id"} & set(self.converters))

    def path(self, known: Mapping[str, object]) -> str:
        """The address with what is known, and with strangers for the rest."""
        kwargs = {name: known.get(name, UNKNOWN[converter]) for name, converter in self.converters.items()}
        return reverse(self.name, kwargs=kwargs)


def routes() -> list[Route]:
    """Every named address with converters; the sign-in library's regular expressions are left out."""
    return sorted(_walk(get_resolver().url_patterns, "", "", {}), key=lambda route: route.pattern)


def _walk(
    patterns: list[URLPattern | URLResolver], before: str, space: str, outer: Mapping[str, str]
) -> Iterator[Route]:
    for pattern in patterns:
        found = pattern.pattern
        inner = {n: type(c).__name__ for n, c in getattr(found, "converters", {}).items()}
        converters = {**outer, **inner}
        if isinstance(pattern, URLResolver):
            deeper = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, before + str(found), deeper, converters)
        elif not str(found).startswith("^"):
            yield Route(
                name=f"{space}{pattern.name}",
                pattern="/" + before + str(found),
                view=pattern.callback,
                converters=converters,
            )
