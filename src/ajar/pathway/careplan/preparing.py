"""The preparation checklist: what is so before a dose is drawn, opened or sprayed (clinical.md 1.1, 1.4).

A hard stop of this list has no way round it: the dose is not given until it is so (PRD-07).
"""

from dataclasses import dataclass
from typing import Final

from ajar.pathway.careplan.products import SALT_SOURCE, Preparation
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.products import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationStep:
    """One line of the checklist. `verified` False: from general knowledge, verify."""

    rule_id: str
    strength: Strength
    words: str
    source: str
    verified: bool = True


DILUTED: Final = PreparationStep(
    rule_id="PRD-07",
    strength=Strength.HARD_STOP,
    words="The 100 mg/mL strength is diluted with an equal volume of sterile water, 0.9 % saline or 5 % "
    "dextrose "
    "before it goes into a vein, and used at once. It is never given undiluted.",
    source="clinical.md PRD-07 [KETALAR24 §2.1]; [KETALAR-INP]",
)
AS_BASE: Final = PreparationStep(
    rule_id="PRD-05",
    strength=Strength.CAUTION,
    words="The dose is ketamine base; the label may give the hydrochloride (10 mg base = 11.53 mg "
    "hydrochloride).",
    source=SALT_SOURCE,
)
IRREVERSIBLE: Final = PreparationStep(
    rule_id="IM-05",
    strength=Strength.CAUTION,
    words="An injection cannot be stopped once it is given: look at order, weight and readiness again "
    "before it.",
    source="clinical.md IM-05, design default",
)
SPRAY_STEPS: Final = (
    PreparationStep(
        rule_id="SPR-A1",
        strength=Strength.HARD_STOP,
        words="The patient sprays, watched by a health professional; a device never leaves the clinic.",
        source="clinical.md SPR-A1 [PMF-VID]; [REMS-OHS]",
    ),
    PreparationStep(
        rule_id="SPR-A2",
        strength=Strength.CAUTION,
        words="Do not prime the device: that loses drug.",
        source="clinical.md SPR-A2 [MIMS-PH]",
    ),
    PreparationStep(
        rule_id="SPR-A3",
        strength=Strength.CAUTION,
        words="Rest 5 minutes after each device.",
        source="clinical.md SPR-A3 [MIMS-PH]; [HCP-DOS]",
    ),
    PreparationStep(
        rule_id="SPR-A4",
        strength=Strength.CAUTION,
        words="The nose is blown before the first device only; drips are dabbed.",
        source="clinical.md SPR-A4 [MAYO]",
    ),
    PreparationStep(
        rule_id="SPR-A5",
        strength=Strength.INFO,
        words="Head reclined by about 45 degrees.",
        source="clinical.md SPR-A5, from general knowledge, verify",
        verified=False,
    ),
    PreparationStep(
        rule_id="SPR-A7",
        strength=Strength.CAUTION,
        words="A nasal steroid or decongestant was used at least 1 h before, or not today.",
        source="clinical.md SPR-A7 [MAYO]; [LACDMH]",
    ),
)
COMPOUNDED: Final = PreparationStep(
    rule_id="PRD-06",
    strength=Strength.CAUTION,
    words="The strength is the pharmacy's own: read it on this container, lot by lot.",
    source="clinical.md PRD-06 [FDA23-A]; [KTC-HOME]",
)


def preparation_steps(product: Product, preparation: Preparation) -> tuple[PreparationStep, ...]:
    """What is to be true before this preparation is given by this product's route.

    Raises:
        ValueError: the product is not given from this preparation.
    """
    if product not in preparation.products:
        raise ValueError(f"{product.label} is not given from {preparation.id} ({preparation.name}).")
    if product is Product.ESKETAMINE_IN:
        return SPRAY_STEPS
    if preparation.concentration_mg_per_ml is None:
        return (COMPOUNDED, AS_BASE)
    if product is not Product.KETAMINE_IV:
        return (AS_BASE, IRREVERSIBLE)
    return (DILUTED, AS_BASE) if preparation.never_undiluted_into_a_vein else (AS_BASE,)
