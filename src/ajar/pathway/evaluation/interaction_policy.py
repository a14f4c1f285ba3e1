"""What a clinic may set about interactions. The stops of the label (DDI-07) are not here."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ajar.pathway.evaluation.formulary.equivalents import BENZODIAZEPINES, BenzodiazepinePolicy


class Severity(StrEnum):
    """How much an interaction asks for (clinical.md 3.9)."""

    X = "do not combine"
    D = "modify therapy"
    C = "monitor"
    B = "information"


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionPolicy:
    """Benzodiazepine doses, and how severe an expected but never measured change of level is.

    clinical.md gives DDI-19 as C/D and DDI-20 as C without a route. Design default: where ketamine is not
    taken by mouth, induction is C; inhibition is information, as for clarithromycin (DDI-13: little
    expected).
    """

    benzodiazepines: BenzodiazepinePolicy = BENZODIAZEPINES
    induction_not_by_mouth: Severity = Severity.C
    inhibition_not_by_mouth: Severity = Severity.B

    def __post_init__(self) -> None:
        if Severity.X in (self.induction_not_by_mouth, self.inhibition_not_by_mouth):
            raise ValueError("A change of level that nobody measured may ask for D, C or B, not stop.")


INTERACTION_POLICY: Final = InteractionPolicy()
