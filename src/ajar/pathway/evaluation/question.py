"""What a history question is, and for whom it is asked."""

from dataclasses import dataclass
from datetime import timedelta

from ajar.pathway.evaluation.entries import Answer
from ajar.pathway.evaluation.products import (
    ALL_JURISDICTIONS,
    ALL_PRODUCTS,
    Indication,
    Jurisdiction,
    Product,
    Setting,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the history. `holds` is how long its good answer may be relied on (design default).

    `good` is the answer that lets somebody pass. `indications` None: asked whatever the treatment is for.
    """

    id: str
    wording: str
    group: str
    rules: tuple[str, ...]
    lifetime: bool = False
    holds: timedelta = timedelta(days=365)
    good: Answer = Answer.NO
    products: frozenset[Product] = ALL_PRODUCTS
    jurisdictions: frozenset[Jurisdiction] = ALL_JURISDICTIONS
    indications: frozenset[Indication] | None = None

    def asked_for(self, setting: Setting) -> bool:
        """Does any rule read the answer for this product, law and purpose?"""
        return (
            setting.product in self.products
            and setting.jurisdiction in self.jurisdictions
            and (self.indications is None or setting.indication in self.indications)
        )
