"""Guard rails on a planned dose: what cannot be ordered at all, and what needs a reason.

Strengths are those of clinical.md 0.2. A HARD_STOP has no override anywhere in the program.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ajar.pathway.careplan.entries import refuse_impossible_dose
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.products import Jurisdiction, Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A rule that the dose does not keep, in words."""

    rule_id: str
    strength: Strength
    because: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDose:
    """A dose of one session of a course, as it is about to be ordered."""

    product: Product
    number: int  # counted from 1
    amount_mg: float
    dose_mg_per_kg: float | None
    jurisdiction: Jurisdiction
    age_years: int

    def __post_init__(self) -> None:
        refuse_impossible_dose(self.amount_mg)
        if self.number < 1:
            raise ValueError(f"Sessions are counted from 1, got {self.number}.")


IV_FIRST_AT_MOST_MG_PER_KG: Final = 0.5
IV_REASON_ABOVE_MG_PER_KG: Final = 0.5
IV_SECOND_PRESCRIBER_ABOVE_MG_PER_KG: Final = 0.75
IV_AT_MOST_MG_PER_KG: Final = 1.0
IV_AT_MOST_MG: Final = 100.0
IV_SOURCE: Final = "clinical.md IV-07, design default (from IV-02, IV-03, IV-06)"

SPR_US_DOSES_MG: Final = (56.0, 84.0)
SPR_EU_OLDER_DOSES_MG: Final = (28.0, 56.0, 84.0)
SPR_US_FIRST_MG: Final = 56.0
SPR_EU_OLDER_FIRST_MG: Final = 28.0
SPR_EU_OLDER_FROM_YEARS: Final = 65
SPR_FIRST_SOURCE: Final = "clinical.md SPR-T1 [USPI19 p2]; [MPR]; [HCP-DOS]"
SPR_EU_FIRST_SOURCE: Final = "clinical.md POP-4 [MIMS-HK]; [EUSPC-T2]"
SPR_DOSES_SOURCE: Final = "clinical.md SPR-T6 [MPR]; [MIMS-HK]"


def guards(dose: PlannedDose) -> list[Guard]:
    """Every rule the dose does not keep, hard stops first."""
    found = _esketamine(dose) if dose.product is Product.ESKETAMINE_IN else _intravenous(dose)
    return sorted(found, key=lambda guard: guard.strength is not Strength.HARD_STOP)


def hard_stops(found: Sequence[Guard]) -> list[Guard]:
    """Those that nobody can override."""
    return [guard for guard in found if guard.strength is Strength.HARD_STOP]


def _esketamine(dose: PlannedDose) -> list[Guard]:
    older_eu = dose.jurisdiction is Jurisdiction.EU and dose.age_years >= SPR_EU_OLDER_FROM_YEARS
    allowed = SPR_EU_OLDER_DOSES_MG if older_eu else SPR_US_DOSES_MG
    if dose.amount_mg not in allowed:
        listed = ", ".join(f"{amount_mg:g}" for amount_mg in allowed)
        because = f"Spravato is given as {listed} mg; {dose.amount_mg:g} mg is not one of these doses."
        return [_hard("SPR-T6", because, SPR_DOSES_SOURCE)]
    first_mg = SPR_EU_OLDER_FIRST_MG if older_eu else SPR_US_FIRST_MG
    if dose.number == 1 and dose.amount_mg != first_mg:
        because = f"The first Spravato session is {first_mg:g} mg; {dose.amount_mg:g} mg is refused on day 1."
        rule_id, source = ("POP-4", SPR_EU_FIRST_SOURCE) if older_eu else ("SPR-T1", SPR_FIRST_SOURCE)
        return [_hard(rule_id, because, source)]
    return []


def _intravenous(dose: PlannedDose) -> list[Guard]:
    if dose.dose_mg_per_kg is None:
        return [_hard("IV-07", "An infusion is ordered per kilogram; the dose per kg is missing.", IV_SOURCE)]
    if dose.dose_mg_per_kg > IV_AT_MOST_MG_PER_KG or dose.amount_mg > IV_AT_MOST_MG:
        because = (
            f"An infusion is at most 1 mg/kg and 100 mg in all; this is {dose.dose_mg_per_kg:g} mg/kg, "
            f"{dose.amount_mg:g} mg."
        )
        return [_hard("IV-07", because, IV_SOURCE)]
    if dose.number == 1 and dose.dose_mg_per_kg > IV_FIRST_AT_MOST_MG_PER_KG:
        because = f"The first infusion is at most 0.5 mg/kg; this is {dose.dose_mg_per_kg:g} mg/kg."
        return [_hard("IV-07", because, IV_SOURCE)]
    return _above_standard(dose.dose_mg_per_kg)


def _above_standard(dose_mg_per_kg: float) -> list[Guard]:
    if dose_mg_per_kg > IV_SECOND_PRESCRIBER_ABOVE_MG_PER_KG:
        because = "Above 0.75 mg/kg a second prescriber signs."
    elif dose_mg_per_kg > IV_REASON_ABOVE_MG_PER_KG:
        because = "Above 0.5 mg/kg the record must show too little response and good tolerability."
    else:
        return []
    return [Guard(rule_id="IV-07", strength=Strength.SOFT_STOP, because=because, source=IV_SOURCE)]


def _hard(rule_id: str, because: str, source: str) -> Guard:
    return Guard(rule_id=rule_id, strength=Strength.HARD_STOP, because=because, source=source)
