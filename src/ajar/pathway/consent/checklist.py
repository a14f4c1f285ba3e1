"""The twelve consent elements as a checklist: what each must make clear, and why (clinical.md 3.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ajar.pathway.evaluation.products import AT_HOME, BY_MOUTH, Indication, Product

WITHIN_LABEL: Final = frozenset({Indication.TRD, Indication.MDSI})
"""What the nasal spray is approved for (PRD-01)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentElement:
    """One thing a person must have understood, and where that is said."""

    id: str
    name: str
    asks: str
    source: str

    @property
    def verified(self) -> bool:
        """Could every part of it be traced?"""
        return "verify" not in self.source


CHECKLIST: Final = (
    ConsentElement(
        id="CON-1",
        name="Off-label",
        asks=(
            "That the use is not approved, and what that means; for the nasal spray within its label: "
            "what it is approved for"
        ),
        source="[DESERT]; [FDA23-A]",
    ),
    ConsentElement(
        id="CON-2",
        name="Procedure",
        asks="Route, dose range, how long it takes and how long one stays",
        source=(
            "[DESERT]; [PMF-VID]; doses IV-01, IV-13, IM-03 to IM-05, SC-01, SL-01 to SL-07, SPR-T1 "
            "to SPR-T5; stay MON-1 to MON-8"
        ),
    ),
    ConsentElement(
        id="CON-3",
        name="Common effects",
        asks=(
            "Dissociation, perception, nausea, dizziness, blood pressure, sedation, headache, blurred vision"
        ),
        source="[DESERT]; [SEED]; frequencies [USPI-CUR 5.1, 5.2]",
    ),
    ConsentElement(
        id="CON-4",
        name="Serious risks",
        asks=(
            "Breathing, hypertensive crisis, laryngospasm, psychosis, suicidality, misuse, urinary "
            "tract, liver, anaphylaxis"
        ),
        source="[FDA23-A]; [DRUGCENTRAL]; laryngospasm [EDRUGS]",
    ),
    ConsentElement(
        id="CON-5",
        name="Alternatives",
        asks="Other medicines, psychotherapy, ECT, TMS, approved esketamine, no treatment",
        source="[CPSBC21]; list from general knowledge, verify",
    ),
    ConsentElement(
        id="CON-6",
        name="Afterwards",
        asks="No driving, dangerous work or important decisions until the next day",
        source="[USPI19 5.8]; [NERVANA]",
    ),
    ConsentElement(
        id="CON-7",
        name="Pregnancy",
        asks="Risk to the child, contraception, the duty to report",
        source="[USPI19 8]; [GFORM]",
    ),
    ConsentElement(
        id="CON-8",
        name="Changing one's mind",
        asks="When one may withdraw, and that an infusion can be stopped and an injection cannot",
        source="[GFORM]; that a dose once given cannot be taken back: design default",
    ),
    ConsentElement(
        id="CON-9",
        name="Durability",
        asks="Days to weeks, relapse common, maintenance little known",
        source="[SEED]; [CANMAT21]; [KETECT]",
    ),
    ConsentElement(
        id="CON-10",
        name="Compounded, home",
        asks="That a compounded product is not reviewed, and that nobody monitors at home",
        source="[FDA23-A]",
    ),
    ConsentElement(
        id="CON-11",
        name="Data and conduct",
        asks="Data use, REMS, prescription database, recording, touch",
        source="[REMS-PT]; rest from general knowledge, verify",
    ),
    ConsentElement(
        id="CON-12",
        name="How long it lasts",
        asks="Versioned text; asked again yearly, at another route, at new risk information",
        source="design default",
    ),
)

ELEMENT_IDS: Final = tuple(element.id for element in CHECKLIST)
SOURCES: Final[Mapping[str, str]] = {element.id: element.source for element in CHECKLIST}
"""Where each element comes from (clinical.md 3.7)."""


def is_off_label(product: Product, indication: Indication | None) -> bool:
    """Must the prescriber say that this use is off-label (CON-1)?

    Ketamine always; the nasal spray outside its label, and where nobody has said what it is for.
    """
    return product is not Product.ESKETAMINE_IN or indication not in WITHIN_LABEL


def stress_of(product: Product, indication: Indication | None) -> tuple[str, ...]:
    """The elements to dwell on with this patient: what makes this product and use unlike the others."""
    off_label = ("CON-1",) if is_off_label(product, indication) else ()
    unstoppable = ("CON-8",) if product is not Product.KETAMINE_IV else ()
    compounded = ("CON-10",) if product in BY_MOUTH | AT_HOME else ()
    return off_label + unstoppable + compounded
