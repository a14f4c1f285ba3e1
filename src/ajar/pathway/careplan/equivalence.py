"""Doses by other routes that may feel alike: decision support, never turned into an order (clinical.md 1.8).

The amount is the dose into a vein divided by the share that reaches the blood. One row of the stored table
multiplies instead ([NUMINUS], muscle); that row is an error and is not followed (section 9, trap 25).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from types import MappingProxyType
from typing import Final

from ajar.pathway.evaluation.products import Product

EQUIVALENCE_SOURCE: Final = "clinical.md 1.8 [NUMINUS]; [AND-ORAL]; arithmetic: divided by the share taken up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uptake:
    """The share of a dose that reaches the blood, lowest and highest in print (0 to 1)."""

    label: str
    least: float
    most: float
    source: str


UPTAKES: Final[Mapping[str, Uptake]] = MappingProxyType(
    {
        "im": Uptake(label="Into a muscle", least=0.93, most=0.93, source="[NUMINUS]; IM-01"),
        "sl": Uptake(label="Lozenge", least=0.25, most=0.40, source="[NUMINUS]; SL-01"),
        "nasal": Uptake(label="Racemic, by the nose", least=0.40, most=0.50, source="[NUMINUS]"),
        "po": Uptake(label="Swallowed", least=0.15, most=0.25, source="[NUMINUS]; [AND-ORAL]"),
    }
)
ROUTE_OF: Final[Mapping[Product, str]] = MappingProxyType(
    {
        Product.KETAMINE_IM: "im",
        Product.KETAMINE_SL_CLINIC: "sl",
        Product.KETAMINE_SL_HOME: "sl",
        Product.KETAMINE_PO: "po",
    }
)
SPRAVATO_WORDS: Final = (
    "Spravato: about 56 mg stands beside 35 mg into a vein and about 84 mg beside 70 mg (potency ×1.8); "
    "nothing is calculated between them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalent:
    """The range of amounts by one route, in mg, and how it came about."""

    label: str
    least_mg: float
    most_mg: float
    working: str
    source: str


def equivalents(iv_mg: float) -> tuple[Equivalent, ...]:
    """What by other routes stands beside a dose into a vein.

    Raises:
        ValueError: the dose is not positive and finite.
    """
    _refuse(iv_mg)
    return tuple(_equivalent(uptake, iv_mg) for uptake in UPTAKES.values())


def in_a_vein(product: Product, amount_mg: float) -> tuple[float, float] | None:
    """The least and most mg into a vein that stand beside a dose; None where no share is in print."""
    _refuse(amount_mg)
    route = ROUTE_OF.get(product)
    if route is None:
        return None
    uptake = UPTAKES[route]
    return round(amount_mg * uptake.least, 1), round(amount_mg * uptake.most, 1)


def _equivalent(uptake: Uptake, iv_mg: float) -> Equivalent:
    least_mg, most_mg = iv_mg / uptake.most, iv_mg / uptake.least
    shares = f"{uptake.least:g}" if uptake.least == uptake.most else f"{uptake.least:g} to {uptake.most:g}"
    return Equivalent(
        label=uptake.label,
        least_mg=round(least_mg, 1),
        most_mg=round(most_mg, 1),
        working=f"{iv_mg:g} mg / {shares}",
        source=f"{EQUIVALENCE_SOURCE}; {uptake.source}",
    )


def _refuse(amount_mg: float) -> None:
    if not isfinite(amount_mg) or amount_mg <= 0:
        raise ValueError(f"A dose must be more than 0 mg, got {amount_mg:g} mg.")
