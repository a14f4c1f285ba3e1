"""Amounts and times as people write them at a terminal. A unit is read, never guessed."""

import re
from dataclasses import dataclass
from math import isfinite
from typing import Final

from ajar.pharmacology.molecules import base_mg_from_hydrochloride

WRITTEN: Final = re.compile(
    r"\s*([+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+|nan|inf(?:inity)?))\s*(.*?)\s*", re.IGNORECASE
)

DOSE_EXPECTED: Final = "a dose above 0 in mg or mg/kg, such as 84, 84mg or 0.5mg/kg"
TIME_EXPECTED: Final = "a time above 0 with its unit, such as 40min or 0.5h"

HOURS: Final = {"min": 1.0 / 60.0, "h": 1.0}
SALTS: Final = ("base", "hydrochloride")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much, of the base or of its hydrochloride, for everyone or for each kilogram."""

    amount: float
    per_kg: bool
    salt: str

    def base_mg(self, weight_kg: float) -> float:
        """Milligrams of base for a person of this weight."""
        amount_mg = self.amount * (weight_kg if self.per_kg else 1.0)
        return base_mg_from_hydrochloride(amount_mg) if self.salt == "hydrochloride" else amount_mg

    def __str__(self) -> str:
        return f"{self.amount:g} {'mg/kg' if self.per_kg else 'mg'} of {self.salt}"


def split(text: str) -> tuple[float, str] | None:
    """A number and what follows it; None where there is no number."""
    found = WRITTEN.fullmatch(text)
    return (float(found[1]), found[2]) if found else None


def dose(text: str, *, salt: str) -> Dose:
    """A dose as written.

    Raises:
        ValueError: no number above zero, another unit, or another salt.
    """
    if salt not in SALTS:
        raise ValueError(f"--salt: expected {' or '.join(SALTS)}, got {salt!r}.")
    parts = split(text)
    unit = parts[1].replace(" ", "").lower() if parts else ""
    if parts is None or unit not in ("", "mg", "mg/kg") or not (isfinite(parts[0]) and parts[0] > 0):
        raise ValueError(f"--dose: expected {DOSE_EXPECTED}, got {text!r}.")
    return Dose(amount=parts[0], per_kg=unit == "mg/kg", salt=salt)


def hours(text: str, *, flag: str) -> float:
    """A time as written, in hours.

    Raises:
        ValueError: no number above zero, or no unit.
    """
    parts = split(text)
    if parts is None or parts[1] not in HOURS or not (isfinite(parts[0]) and parts[0] > 0):
        raise ValueError(f"{flag}: expected {TIME_EXPECTED}, got {text!r}.")
    return parts[0] * HOURS[parts[1]]


def number(text: str, *, flag: str, unit: str) -> float:
    """A finite number, with or without its one unit.

    Raises:
        ValueError: something else.
    """
    parts = split(text)
    if parts is None or parts[1] not in ("", unit) or not isfinite(parts[0]):
        raise ValueError(f"{flag}: expected a number of {unit}, got {text!r}.")
    return parts[0]


def whole(text: str, *, flag: str, least: int, most: int) -> int:
    """A whole number in a range.

    Raises:
        ValueError: something else.
    """
    if not (text.isdecimal() and least <= int(text) <= most):
        raise ValueError(f"{flag}: expected a whole number from {least} to {most}, got {text!r}.")
    return int(text)
