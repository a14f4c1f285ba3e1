"""Guard rails on a planned dose: what cannot be ordered at all, and what needs a reason or a signature.

Strengths are those of clinical.md 0.2. A HARD_STOP has no override anywhere in the program.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from ajar.pathway.careplan.guard import Check, DoseBefore, Guard, Liver, PlannedDose, hard
from ajar.pathway.careplan.guards_by_mouth import HOME_CHECKS, LOZENGE_CHECKS, SWALLOWED_CHECKS
from ajar.pathway.careplan.guards_injected import INJECTION_CHECKS, infusion_time
from ajar.pathway.careplan.guards_nasal import SPRAY_CHECKS
from ajar.pathway.careplan.policy import DEFAULT_DOSE_POLICY, DosePolicy
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.products import Product

__all__ = ["CHECKS", "DoseBefore", "Guard", "Liver", "PlannedDose", "guards", "hard_stops"]

ADULT_FROM_YEARS: Final = 18
AGE_SOURCE: Final = "clinical.md POP-1 [USPI21]; [MPR]"
LIVER_SOURCE: Final = "clinical.md POP-8 [USPI19 §8.6]; [ASRA18-BL]"

CHECKS: Final[Mapping[Product, tuple[Check, ...]]] = MappingProxyType(
    {
        Product.ESKETAMINE_IN: SPRAY_CHECKS,
        Product.KETAMINE_IV: (*INJECTION_CHECKS, infusion_time),
        Product.KETAMINE_IM: INJECTION_CHECKS,
        Product.KETAMINE_SC: INJECTION_CHECKS,
        Product.KETAMINE_SL_CLINIC: LOZENGE_CHECKS,
        Product.KETAMINE_SL_HOME: HOME_CHECKS,
        Product.KETAMINE_PO: SWALLOWED_CHECKS,
    }
)
"""The rails of each product, the strictest of one rule first."""


def guards(dose: PlannedDose, policy: DosePolicy = DEFAULT_DOSE_POLICY) -> list[Guard]:
    """Every rule the dose does not keep, hard stops first. Of one rule only the strictest is told."""
    found: dict[str, Guard] = {}
    for check in (under_age, severe_liver, *CHECKS[dose.product]):
        if (guard := check(dose, policy)) is not None:
            found.setdefault(guard.rule_id, guard)
    return sorted(found.values(), key=lambda guard: guard.strength is not Strength.HARD_STOP)


def hard_stops(found: Sequence[Guard]) -> list[Guard]:
    """Those that nobody can override."""
    return [guard for guard in found if guard.strength is Strength.HARD_STOP]


def under_age(dose: PlannedDose, _: DosePolicy) -> Guard | None:
    """POP-1: nobody under 18 is treated within this program."""
    if dose.age_years >= ADULT_FROM_YEARS:
        return None
    return hard("POP-1", "Under 18: Spravato is not approved, and the rest is out of scope.", AGE_SOURCE)


def severe_liver(dose: PlannedDose, _: DosePolicy) -> Guard | None:
    """POP-8: a hard stop for esketamine, a soft one for racemic ketamine."""
    if dose.liver is not Liver.SEVERE:
        return None
    nasal = dose.product is Product.ESKETAMINE_IN
    return Guard(
        rule_id="POP-8",
        strength=Strength.HARD_STOP if nasal else Strength.SOFT_STOP,
        because="Severe liver disease (Child-Pugh C): not studied, not recommended; the advice is to "
        "decline.",
        source=LIVER_SOURCE,
    )
