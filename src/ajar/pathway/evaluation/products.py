"""Product and jurisdiction: inputs to nearly every rule (clinical.md 0.3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ajar.pathway.ledger.payload import aware


class Product(StrEnum):
    """What is given, and how. The value is what entries carry."""

    ESKETAMINE_IN = "esketamine_in"
    KETAMINE_IV = "ketamine_iv"

    @property
    def label(self) -> str:
        """The product as the clinic calls it."""
        return LABELS[self]


LABELS: Final = {
    Product.ESKETAMINE_IN: "Esketamine nasal spray (Spravato)",
    Product.KETAMINE_IV: "Ketamine infusion (racemic, off-label)",
}

RACEMIC: Final = frozenset({Product.KETAMINE_IV})
ALL_PRODUCTS: Final = frozenset(Product)


class Jurisdiction(StrEnum):
    """Whose label and law apply."""

    US = "US"
    EU = "EU"
    CA = "CA"
    ANZ = "ANZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """For which product, under which law and at which moment a candidate is judged."""

    product: Product
    jurisdiction: Jurisdiction
    now: datetime

    def __post_init__(self) -> None:
        aware("now", self.now)
