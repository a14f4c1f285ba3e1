"""The rails of what goes in by needle: IV-07, IV-04, IM-05, SC-01."""

from math import floor
from typing import Final

from ajar.pathway.careplan.guard import (
    Check,
    Guard,
    PlannedDose,
    above,
    hard,
    is_first,
    soft,
)
from ajar.pathway.careplan.policy import DosePolicy, PerKilogram, per_kilogram
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.products import INJECTED, Product

INFUSION_SOURCE: Final = "clinical.md IV-04 [AND-4]; [RASM13]"
GIVEN_AS: Final = {
    Product.KETAMINE_IV: "An infusion",
    Product.KETAMINE_IM: "An injection into a muscle",
    Product.KETAMINE_SC: "An injection under the skin",
}
SAME_RUNG: Final = 0.01
"""A dose rounded down to 0.1 mg still stands on its rung (mg/kg)."""
FIRST_WORDS: Final = dict.fromkeys(INJECTED, "injection") | {Product.KETAMINE_IV: "infusion"}


def weight_is_known(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """An injection is ordered per kilogram, or not at all."""
    if dose.dose_mg_per_kg is not None:
        return None
    rails = per_kilogram(dose.product, policy)
    words = GIVEN_AS[dose.product]
    return hard(rails.rule_id, f"{words} is ordered per kilogram; the dose per kg is missing.", rails.source)


def injected_at_most(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """IV-07, IM-05, SC-01: the most per kilogram and in all."""
    rails = per_kilogram(dose.product, policy)
    if not above(dose, rails.at_most_mg_per_kg) and dose.amount_mg <= rails.at_most_mg:
        return None
    because = (
        f"{GIVEN_AS[dose.product]} is at most {rails.at_most_mg_per_kg:g} mg/kg and {rails.at_most_mg:g} "
        "mg in "
        f"all; this is {dose.dose_mg_per_kg or 0:g} mg/kg, {dose.amount_mg:g} mg."
    )
    return hard(rails.rule_id, because, rails.source)


def first_injected(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """The first dose by this route."""
    rails = per_kilogram(dose.product, policy)
    if not is_first(dose) or not above(dose, rails.first_at_most_mg_per_kg):
        return None
    because = (
        f"The first {FIRST_WORDS[dose.product]} is at most {rails.first_at_most_mg_per_kg:g} mg/kg; "
        f"this is {dose.dose_mg_per_kg or 0:g} mg/kg."
    )
    return hard(rails.rule_id, because, rails.source)


def one_step_up(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """One step at a time, and on a ladder one rung at a time, a week apart (SC-01)."""
    before = dose.before
    if before is None or before.dose_mg_per_kg is None or not above(dose, before.dose_mg_per_kg):
        return None
    rails = per_kilogram(dose.product, policy)
    most = next_at_most_mg_per_kg(before.dose_mg_per_kg, rails)
    if above(dose, most):
        because = (
            f"After {before.dose_mg_per_kg:g} mg/kg the next dose is at most {most:g} mg/kg, one step up; "
            "this is "
            f"{dose.dose_mg_per_kg or 0:g} mg/kg."
        )
        return hard(rails.rule_id, because, rails.source)
    if before.days_since_rise < rails.rung_days:
        because = (
            f"The dose rises once in {rails.rung_days} days at most; it rose {floor(before.days_since_rise)} "
            "days ago."
        )
        return hard(rails.rule_id, because, rails.source)
    return None


def next_at_most_mg_per_kg(given_mg_per_kg: float, rails: PerKilogram) -> float:
    """The most that may follow a dose."""
    rungs = [rung for rung in rails.rungs_mg_per_kg if rung > given_mg_per_kg + SAME_RUNG]
    if rungs:
        return rungs[0]
    return round(given_mg_per_kg + rails.rise_at_most_mg_per_kg, 3)


def above_the_usual(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """A second prescriber signs, or the record says why."""
    rails = per_kilogram(dose.product, policy)
    second, reason = rails.second_signature_above_mg_per_kg, rails.reason_above_mg_per_kg
    if above(dose, second):
        because = f"Above {second:g} mg/kg a second prescriber signs."
        return Guard(
            rule_id=rails.rule_id,
            strength=Strength.SOFT_STOP,
            because=because,
            source=rails.source,
            second_signature=True,
        )
    if above(dose, reason):
        because = f"Above {reason:g} mg/kg the record must show too little response and good tolerability."
        return soft(rails.rule_id, because, rails.source)
    return None


def infusion_time(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """IV-04: infusions of 2 to 100 min are reported; nothing shorter or longer is ordered."""
    least, most = policy.infusion_least_min, policy.infusion_most_min
    if dose.duration_min is None or least <= dose.duration_min <= most:
        return None
    because = f"Infusions of {least:g} to {most:g} min are reported; this is {dose.duration_min:g} min."
    return hard("IV-04", because, INFUSION_SOURCE)


INJECTION_CHECKS: Final[tuple[Check, ...]] = (
    weight_is_known,
    injected_at_most,
    first_injected,
    one_step_up,
    above_the_usual,
)
