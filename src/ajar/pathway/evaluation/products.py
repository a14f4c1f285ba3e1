"""Product and jurisdiction: inputs to nearly every rule (clinical.md 0.3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ajar.pathway.evaluation.home_rules import DEFAULT_HOME, HomeRules
from ajar.pathway.evaluation.policy import DEFAULT_POLICY, EvaluationPolicy
from ajar.pathway.evaluation.populations import DEFAULT_POPULATIONS, Populations
from ajar.pathway.ledger.payload import aware


class Product(StrEnum):
    """What is given, and how. The value is what entries carry."""

    ESKETAMINE_IN = "esketamine_in"
    KETAMINE_IV = "ketamine_iv"
    KETAMINE_IM = "ketamine_im"
    KETAMINE_SC = "ketamine_sc"
    KETAMINE_SL_CLINIC = "ketamine_sl_clinic"
    KETAMINE_SL_HOME = "ketamine_sl_home"
    KETAMINE_PO = "ketamine_po"

    @property
    def label(self) -> str:
        """The product as the clinic calls it."""
        return LABELS[self]

    @property
    def short(self) -> str:
        """The way it is given, in a word or two."""
        return SHORT[self]


LABELS: Final = {
    Product.ESKETAMINE_IN: "Esketamine nasal spray (Spravato)",
    Product.KETAMINE_IV: "Ketamine infusion (racemic, off-label)",
    Product.KETAMINE_IM: "Ketamine into a muscle (racemic, off-label)",
    Product.KETAMINE_SC: "Ketamine under the skin (racemic, off-label)",
    Product.KETAMINE_SL_CLINIC: "Ketamine lozenge at the clinic (compounded, off-label)",
    Product.KETAMINE_SL_HOME: "Ketamine lozenge at home (compounded, off-label)",
    Product.KETAMINE_PO: "Ketamine swallowed (compounded, off-label)",
}

SHORT: Final = {
    Product.ESKETAMINE_IN: "spray",
    Product.KETAMINE_IV: "infusion",
    Product.KETAMINE_IM: "into a muscle",
    Product.KETAMINE_SC: "under the skin",
    Product.KETAMINE_SL_CLINIC: "lozenge at the clinic",
    Product.KETAMINE_SL_HOME: "lozenge at home",
    Product.KETAMINE_PO: "swallowed",
}

ALL_PRODUCTS: Final = frozenset(Product)
RACEMIC: Final = ALL_PRODUCTS - {Product.ESKETAMINE_IN}
NASAL: Final = frozenset({Product.ESKETAMINE_IN})
INJECTED: Final = frozenset({Product.KETAMINE_IV, Product.KETAMINE_IM, Product.KETAMINE_SC})
BY_MOUTH: Final = frozenset({Product.KETAMINE_SL_CLINIC, Product.KETAMINE_SL_HOME, Product.KETAMINE_PO})
AT_HOME: Final = frozenset({Product.KETAMINE_SL_HOME})


class Jurisdiction(StrEnum):
    """Whose label and law apply."""

    US = "US"
    EU = "EU"
    CA = "CA"
    ANZ = "ANZ"


class Indication(StrEnum):
    """What the treatment is for: the conditions of clinical.md 7, and Spravato's second indication."""

    TRD = "treatment_resistant_depression"
    MDSI = "depression_with_acute_suicidality"
    SUICIDALITY = "suicidal_thoughts"
    ANXIETY = "anxiety"
    PTSD = "ptsd"
    OCD = "ocd"
    BORDERLINE = "borderline_personality"
    EATING = "eating_disorder"
    ADHD = "adhd"
    PSYCHOSIS = "psychosis"

    @property
    def label(self) -> str:
        """The indication as the clinic calls it."""
        return INDICATION_LABELS[self]


INDICATION_LABELS: Final = {
    Indication.TRD: "Treatment-resistant depression",
    Indication.MDSI: "Depression with acute suicidality",
    Indication.SUICIDALITY: "Suicidal thoughts",
    Indication.ANXIETY: "Anxiety disorder",
    Indication.PTSD: "Post-traumatic stress disorder",
    Indication.OCD: "Obsessive-compulsive disorder",
    Indication.BORDERLINE: "Borderline personality disorder",
    Indication.EATING: "Eating disorder",
    Indication.ADHD: "ADHD",
    Indication.PSYCHOSIS: "Psychosis",
}

ALL_JURISDICTIONS: Final = frozenset(Jurisdiction)
ON_LABEL: Final = frozenset({Indication.TRD, Indication.MDSI})
"""What Spravato is approved for (clinical.md PRD-01)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """For which product, purpose, payer and law, and at which moment, a candidate is judged.

    `indication` None: nobody has said yet what the treatment is for. `payer` names whose definitions
    apply where payers differ (clinical.md 3.8); empty: the label's. `policy` is what the clinic has set;
    `home` and `populations` are shared with the plan and the day of dose.
    """

    product: Product
    jurisdiction: Jurisdiction
    now: datetime
    indication: Indication | None = None
    payer: str = ""
    policy: EvaluationPolicy = DEFAULT_POLICY
    home: HomeRules = DEFAULT_HOME
    populations: Populations = DEFAULT_POPULATIONS

    @property
    def on_label(self) -> bool:
        """Is this Spravato for an indication of its label?"""
        return self.product is Product.ESKETAMINE_IN and self.indication in ON_LABEL

    def __post_init__(self) -> None:
        aware("now", self.now)
