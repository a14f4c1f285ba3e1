"""What the molecules weigh, and how the salt on a vial becomes the base in a model."""

from enum import StrEnum
from math import isfinite
from typing import Final

KETAMINE_G_MOL: Final = 237.73
"""Molar mass of ketamine base (pharmacology.md 0, conventions)."""

NORKETAMINE_G_MOL: Final = 223.70
"""Molar mass of norketamine (pharmacology.md 0, conventions)."""

HYDROXYNORKETAMINE_G_MOL: Final = 239.70
"""Molar mass of hydroxynorketamine (pharmacology.md 0, conventions)."""

HYDROCHLORIDE_G_MOL: Final = 274.2
"""Molar mass of ketamine hydrochloride (pharmacology.md 7.2)."""


class Enantiomer(StrEnum):
    """The two mirror images, which are two drugs."""

    S = "S"
    R = "R"


class Drug(StrEnum):
    """What was given, in ketamine base."""

    RACEMATE = "racemic ketamine"
    ESKETAMINE = "esketamine"
    ARKETAMINE = "arketamine"


SHARE: Final = {
    Drug.RACEMATE: {Enantiomer.S: 0.5, Enantiomer.R: 0.5},
    Drug.ESKETAMINE: {Enantiomer.S: 1.0, Enantiomer.R: 0.0},
    Drug.ARKETAMINE: {Enantiomer.S: 0.0, Enantiomer.R: 1.0},
}
"""How much of a drug is which enantiomer (pharmacology.md 0, conventions)."""


def base_mg_from_hydrochloride(hydrochloride_mg: float) -> float:
    """Milligrams of ketamine base in an amount of its hydrochloride: 32.3 mg of salt are 28 mg of base.

    Raises:
        ValueError: an amount that is not finite and above zero.
    """
    if not (isfinite(hydrochloride_mg) and hydrochloride_mg > 0):
        raise ValueError(f"An amount of salt is more than 0 mg and finite, got {hydrochloride_mg} mg.")
    return hydrochloride_mg * KETAMINE_G_MOL / HYDROCHLORIDE_G_MOL
