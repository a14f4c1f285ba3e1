"""Kinds of appointment as a clinic starts with them; each clinic may change lengths and modes."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardType:
    """A kind of appointment. Staff may book all of them; visitors only those marked."""

    slug: str
    name: str
    length_min: int
    in_person: bool
    telehealth: bool
    self_bookable: bool
    source: str


CONSULTATION: Final = StandardType(
    slug="consultation",
    name="Consultation",
    length_min=60,
    in_person=True,
    telehealth=True,
    self_bookable=True,
    source="design default",
)
DOSING: Final = StandardType(
    slug="dosing",
    name="Dosing session",
    length_min=165,
    in_person=True,
    telehealth=False,
    self_bookable=False,
    source="the longest of careplan/regimens.py; each regimen brings its own length",
)
INTEGRATION: Final = StandardType(
    slug="integration",
    name="Integration session",
    length_min=50,
    in_person=True,
    telehealth=True,
    self_bookable=False,
    source="clinical.md INT-3 (length from general knowledge, verify)",
)

STANDARD_TYPES: Final[Mapping[str, StandardType]] = MappingProxyType(
    {kind.slug: kind for kind in (CONSULTATION, DOSING, INTEGRATION)}
)
