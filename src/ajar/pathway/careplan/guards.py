"""Guard rails on a planned dose: what cannot be ordered at all, and what needs a reason or a second signature.

Strengths are those of clinical.md 0.2. A HARD_STOP has no override anywhere in the program. A dose is judged
by what this person has really been given before, not by the number on the plan: whoever missed the first
session has a first dose still to come.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ajar.pathway.careplan.entries import refuse_impossible_dose
from ajar.pathway.careplan.policy import (
    DEFAULT_DOSE_POLICY,
    DosePolicy,
    PerKilogram,
    in_units,
    per_kilogram,
)
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.products import INJECTED, Indication, Jurisdiction, Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A rule that the dose does not keep, in words. `second_signature`: a second prescriber signs too."""

    rule_id: str
    strength: Strength
    because: str
    source: str
    second_signature: bool = False


class Liver(StrEnum):
    """How the liver works, by Child-Pugh class (POP-7, POP-8)."""

    NOT_KNOWN = "not known"
    NO_DISEASE = "no disease known"
    MODERATE = "moderate (Child-Pugh B)"
    SEVERE = "severe (Child-Pugh C)"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseBefore:
    """The last dose of this product that was given, or stands on the plan before this one.

    `days_since_rise` counts from the dose at which the amount last rose (or from the first).
    """

    amount_mg: float
    dose_mg_per_kg: float | None
    days_since_rise: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDose:
    """A dose of one session, as it is about to be ordered. `number` counts the doses that are really given."""

    product: Product
    number: int  # counted from 1
    amount_mg: float
    dose_mg_per_kg: float | None
    jurisdiction: Jurisdiction
    age_years: int
    indication: Indication | None = None
    before: DoseBefore | None = None
    liver: Liver = Liver.NOT_KNOWN
    lower_start_ancestry: bool | None = None
    duration_min: float | None = None

    def __post_init__(self) -> None:
        refuse_impossible_dose(self.amount_mg)
        if self.number < 1:
            raise ValueError(f"Sessions are counted from 1, got {self.number}.")


Check = Callable[[PlannedDose, DosePolicy], Guard | None]

SPR_DOSES_MG: Final = (56.0, 84.0)
SPR_LOWER_DOSES_MG: Final = (28.0, 56.0, 84.0)
SPR_STEP_MG: Final = 28.0
SPR_FIRST_MG: Final = 56.0
SPR_LOWER_FIRST_MG: Final = 28.0
SPR_MDSI_FIRST_MG: Final = 84.0
SPR_FIRST_SOURCE: Final = "clinical.md SPR-T1 [USPI19 p2]; [MPR]; [HCP-DOS]"
SPR_MDSI_SOURCE: Final = "clinical.md SPR-S1, SPR-S2 [MPR]; [HCP-MDSI]"
SPR_LOWER_SOURCE: Final = "clinical.md POP-4 [MIMS-HK]; [EUSPC-T2]; CONFLICT, a policy switch"
SPR_ANCESTRY_SOURCE: Final = "clinical.md POP-6, from general knowledge, verify; a policy switch"
SPR_DOSES_SOURCE: Final = "clinical.md SPR-T6 [MPR]; [MIMS-HK]"
LIVER_SOURCE: Final = "clinical.md POP-8 [USPI19 §8.6]; [ASRA18-BL]"
INFUSION_SOURCE: Final = "clinical.md IV-04 [AND-4]; [RASM13]"
HALF_A_MICROGRAM: Final = 0.0005
"""Doses per kilogram are compared to a thousandth: amounts are rounded to 0.1 mg before they are divided."""


def guards(dose: PlannedDose, policy: DosePolicy = DEFAULT_DOSE_POLICY) -> list[Guard]:
    """Every rule the dose does not keep, hard stops first. Of one rule only the strictest is told."""
    found: dict[str, Guard] = {}
    for check in (severe_liver, *CHECKS[dose.product]):
        if (guard := check(dose, policy)) is not None:
            found.setdefault(guard.rule_id, guard)
    return sorted(found.values(), key=lambda guard: guard.strength is not Strength.HARD_STOP)


def hard_stops(found: Sequence[Guard]) -> list[Guard]:
    """Those that nobody can override."""
    return [guard for guard in found if guard.strength is Strength.HARD_STOP]


def starts_lower(dose: PlannedDose, policy: DosePolicy = DEFAULT_DOSE_POLICY) -> bool:
    """Does esketamine begin at 28 mg here (POP-4, POP-6)? Ancestry that nobody recorded is not "no"."""
    older = dose.jurisdiction in policy.older_start_in and dose.age_years >= policy.older_from_years
    return older or _by_ancestry(dose, policy)


def _by_ancestry(dose: PlannedDose, policy: DosePolicy) -> bool:
    asked = policy.lower_start_for_ancestry and dose.jurisdiction in policy.older_start_in
    return asked and dose.lower_start_ancestry is not False


def is_first(dose: PlannedDose) -> bool:
    """Is nothing of this product known to have been given before?"""
    return dose.before is None and dose.number == 1


def severe_liver(dose: PlannedDose, _: DosePolicy) -> Guard | None:
    """POP-8: a hard stop for esketamine, a soft one for racemic ketamine."""
    if dose.liver is not Liver.SEVERE:
        return None
    nasal = dose.product is Product.ESKETAMINE_IN
    return Guard(
        rule_id="POP-8",
        strength=Strength.HARD_STOP if nasal else Strength.SOFT_STOP,
        because="Severe liver disease (Child-Pugh C): not studied, not recommended; the advice is to decline.",
        source=LIVER_SOURCE,
    )


def permitted_spray(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """SPR-T6: whole devices of the doses on the label."""
    allowed = SPR_LOWER_DOSES_MG if starts_lower(dose, policy) else SPR_DOSES_MG
    if dose.amount_mg in allowed:
        return None
    listed = ", ".join(f"{amount_mg:g}" for amount_mg in allowed)
    because = f"Spravato is given as {listed} mg; {dose.amount_mg:g} mg is not one of these doses."
    return _hard("SPR-T6", because, SPR_DOSES_SOURCE)


def first_spray(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """SPR-T1, POP-4, POP-6, SPR-S1: the first dose by indication, age and jurisdiction."""
    if not is_first(dose) or permitted_spray(dose, policy) is not None:
        return None
    if not starts_lower(dose, policy) and dose.indication is Indication.MDSI:
        return _first_in_crisis(dose)
    first_mg, rule_id, source = _first_rule(dose, policy)
    if dose.amount_mg == first_mg:
        return None
    because = f"The first Spravato session is {first_mg:g} mg; {dose.amount_mg:g} mg is refused on day 1."
    return _hard(rule_id, because, source)


def _first_rule(dose: PlannedDose, policy: DosePolicy) -> tuple[float, str, str]:
    if _by_ancestry(dose, policy):
        return SPR_LOWER_FIRST_MG, "POP-6", SPR_ANCESTRY_SOURCE
    if starts_lower(dose, policy):
        return SPR_LOWER_FIRST_MG, "POP-4", SPR_LOWER_SOURCE
    return SPR_FIRST_MG, "SPR-T1", SPR_FIRST_SOURCE


def _first_in_crisis(dose: PlannedDose) -> Guard | None:
    if dose.amount_mg == SPR_MDSI_FIRST_MG:
        return None
    because = (
        "With acute suicidality the first session is 84 mg; 56 mg is a reduction for tolerability: say why."
    )
    return _soft("SPR-S2", because, SPR_MDSI_SOURCE)


def one_device_up(dose: PlannedDose, _: DosePolicy) -> Guard | None:
    """Esketamine rises by one device from one session to the next (steps of 28 mg, POP-4)."""
    if dose.before is None or dose.amount_mg - dose.before.amount_mg <= SPR_STEP_MG:
        return None
    because = (
        f"From {dose.before.amount_mg:g} mg the next step is one device of 28 mg, not {dose.amount_mg:g} mg."
    )
    return _hard("POP-4", because, SPR_LOWER_SOURCE)


def weight_is_known(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """An injection is ordered per kilogram, or not at all."""
    if dose.dose_mg_per_kg is not None:
        return None
    rails = per_kilogram(dose.product, policy)
    words = GIVEN_AS[dose.product]
    return _hard(rails.rule_id, f"{words} is ordered per kilogram; the dose per kg is missing.", rails.source)


def injected_at_most(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """IV-07, IM-05, SC-01: the most per kilogram and in all."""
    rails = per_kilogram(dose.product, policy)
    if not _above(dose, rails.at_most_mg_per_kg) and dose.amount_mg <= rails.at_most_mg:
        return None
    because = (
        f"{GIVEN_AS[dose.product]} is at most {rails.at_most_mg_per_kg:g} mg/kg and {rails.at_most_mg:g} mg in "
        f"all; this is {dose.dose_mg_per_kg or 0:g} mg/kg, {dose.amount_mg:g} mg."
    )
    return _hard(rails.rule_id, because, rails.source)


def first_injected(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """The first dose by this route."""
    rails = per_kilogram(dose.product, policy)
    if not is_first(dose) or not _above(dose, rails.first_at_most_mg_per_kg):
        return None
    because = (
        f"The first {FIRST_WORDS[dose.product]} is at most {rails.first_at_most_mg_per_kg:g} mg/kg; "
        f"this is {dose.dose_mg_per_kg or 0:g} mg/kg."
    )
    return _hard(rails.rule_id, because, rails.source)


def one_step_up(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """One step at a time, and on a ladder one rung at a time, a week apart (SC-01)."""
    before = dose.before
    if before is None or before.dose_mg_per_kg is None or not _above(dose, before.dose_mg_per_kg):
        return None
    rails = per_kilogram(dose.product, policy)
    most = next_at_most_mg_per_kg(before.dose_mg_per_kg, rails)
    if _above(dose, most):
        because = (
            f"After {before.dose_mg_per_kg:g} mg/kg the next dose is at most {most:g} mg/kg, one step up; this is "
            f"{dose.dose_mg_per_kg or 0:g} mg/kg."
        )
        return _hard(rails.rule_id, because, rails.source)
    if before.days_since_rise < rails.rung_days:
        because = f"The dose rises once in {rails.rung_days} days at most; it rose {before.days_since_rise:.0f} days ago."
        return _hard(rails.rule_id, because, rails.source)
    return None


def next_at_most_mg_per_kg(given_mg_per_kg: float, rails: PerKilogram) -> float:
    """The most that may follow a dose."""
    rungs = [rung for rung in rails.rungs_mg_per_kg if rung > given_mg_per_kg + HALF_A_MICROGRAM]
    if rungs:
        return rungs[0]
    return round(given_mg_per_kg + rails.rise_at_most_mg_per_kg, 3)


def above_the_usual(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """A second prescriber signs, or the record says why."""
    rails = per_kilogram(dose.product, policy)
    second, reason = rails.second_signature_above_mg_per_kg, rails.reason_above_mg_per_kg
    if _above(dose, second):
        because = f"Above {second:g} mg/kg a second prescriber signs."
        return Guard(
            rule_id=rails.rule_id,
            strength=Strength.SOFT_STOP,
            because=because,
            source=rails.source,
            second_signature=True,
        )
    if _above(dose, reason):
        because = f"Above {reason:g} mg/kg the record must show too little response and good tolerability."
        return _soft(rails.rule_id, because, rails.source)
    return None


def infusion_time(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """IV-04: infusions of 2 to 100 min are reported; nothing shorter or longer is ordered."""
    least, most = policy.infusion_least_min, policy.infusion_most_min
    if dose.duration_min is None or least <= dose.duration_min <= most:
        return None
    because = f"Infusions of {least:g} to {most:g} min are reported; this is {dose.duration_min:g} min."
    return _hard("IV-04", because, INFUSION_SOURCE)


def units_range(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """SL-03, SL-04, SL-05: the range of a session, in whole units."""
    rails = in_units(dose.product, policy)
    if not rails.least_mg <= dose.amount_mg <= rails.at_most_mg:
        because = (
            f"{GIVEN_AS[dose.product]} is {rails.least_mg:g} to {rails.at_most_mg:g} mg a session; "
            f"this is {dose.amount_mg:g} mg."
        )
        return _hard(rails.rule_id, because, rails.source)
    if dose.amount_mg % rails.unit_mg:
        because = (
            f"It comes in units of {rails.unit_mg:g} mg; {dose.amount_mg:g} mg is not a whole number of them."
        )
        return _hard(rails.rule_id, because, rails.source)
    return None


def first_unit(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """The first dose by mouth; at home there is no first dose (SL-06, SL-07)."""
    rails = in_units(dose.product, policy)
    if (
        not is_first(dose)
        or dose.product is Product.KETAMINE_SL_HOME
        or dose.amount_mg <= rails.first_at_most_mg
    ):
        return None
    because = (
        f"The first dose by mouth is at most {rails.first_at_most_mg:g} mg; this is {dose.amount_mg:g} mg."
    )
    return _hard(rails.rule_id, because, rails.source)


def unit_step(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """One step at a time by mouth."""
    rails = in_units(dose.product, policy)
    if dose.before is None or dose.amount_mg - dose.before.amount_mg <= rails.rise_at_most_mg:
        return None
    most = dose.before.amount_mg + rails.rise_at_most_mg
    because = f"After {dose.before.amount_mg:g} mg the next dose is at most {most:g} mg; this is {dose.amount_mg:g} mg."
    return _hard(rails.rule_id, because, rails.source)


def never_first_at_home(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """SL-07: never a first dose at home, and never more than what was tolerated on site."""
    if dose.before is None:
        return _hard(
            "SL-07", "Never the first dose at home: a dose on site comes before it.", policy.home.source
        )
    if dose.amount_mg <= dose.before.amount_mg:
        return None
    because = (
        f"At home no more than the last dose, {dose.before.amount_mg:g} mg; "
        f"{dose.amount_mg:g} mg is tried on site first."
    )
    return _hard("SL-07", because, f"{policy.home.source}; no rise at home is a design default")


def below_the_usual(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """Total of a session 100 to 400 mg in practice; 50 mg is known from telehealth only (SL-03, SL-04)."""
    rails = in_units(dose.product, policy)
    if dose.amount_mg >= rails.usual_from_mg or is_first(dose):
        return None
    because = f"Sessions of {rails.usual_from_mg:g} mg and more are the practice; smaller totals are from telehealth."
    return Guard(rule_id=rails.rule_id, strength=Strength.CAUTION, because=because, source=rails.source)


def swallowed_per_kg(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """SL-05: at most 7 mg/kg swallowed, where the weight is known."""
    if dose.dose_mg_per_kg is None or not _above(dose, policy.oral_at_most_mg_per_kg):
        return None
    because = f"At most {policy.oral_at_most_mg_per_kg:g} mg/kg is swallowed; this is {dose.dose_mg_per_kg:g} mg/kg."
    return _hard("SL-05", because, policy.oral.source)


INJECTION_CHECKS: Final[tuple[Check, ...]] = (
    weight_is_known,
    injected_at_most,
    first_injected,
    one_step_up,
    above_the_usual,
)
CHECKS: Final[Mapping[Product, tuple[Check, ...]]] = MappingProxyType(
    {
        Product.ESKETAMINE_IN: (permitted_spray, first_spray, one_device_up),
        Product.KETAMINE_IV: (*INJECTION_CHECKS, infusion_time),
        Product.KETAMINE_IM: INJECTION_CHECKS,
        Product.KETAMINE_SC: INJECTION_CHECKS,
        Product.KETAMINE_SL_CLINIC: (units_range, first_unit, unit_step, below_the_usual),
        Product.KETAMINE_SL_HOME: (units_range, never_first_at_home, below_the_usual),
        Product.KETAMINE_PO: (units_range, first_unit, unit_step, swallowed_per_kg),
    }
)
"""The rails of each product, the strictest of one rule first."""

GIVEN_AS: Final[Mapping[Product, str]] = MappingProxyType(
    {
        Product.KETAMINE_IV: "An infusion",
        Product.KETAMINE_IM: "An injection into a muscle",
        Product.KETAMINE_SC: "An injection under the skin",
        Product.KETAMINE_SL_CLINIC: "A lozenge dose",
        Product.KETAMINE_SL_HOME: "A lozenge dose",
        Product.KETAMINE_PO: "A swallowed dose",
    }
)
FIRST_WORDS: Final = dict.fromkeys(INJECTED, "injection") | {Product.KETAMINE_IV: "infusion"}


def _above(dose: PlannedDose, bound_mg_per_kg: float) -> bool:
    return dose.dose_mg_per_kg is not None and dose.dose_mg_per_kg > bound_mg_per_kg + HALF_A_MICROGRAM


def _hard(rule_id: str, because: str, source: str) -> Guard:
    return Guard(rule_id=rule_id, strength=Strength.HARD_STOP, because=because, source=source)


def _soft(rule_id: str, because: str, source: str) -> Guard:
    return Guard(rule_id=rule_id, strength=Strength.SOFT_STOP, because=because, source=source)
