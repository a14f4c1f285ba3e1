"""The rails of what is taken by mouth: SL-03 to SL-07."""

from typing import Final

from ajar.pathway.careplan.guard import Check, Guard, PlannedDose, above, hard, is_first
from ajar.pathway.careplan.policy import DosePolicy, in_units
from ajar.pathway.evaluation.findings import Strength


def units_range(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """SL-03, SL-04, SL-05: the range of a session, in whole units."""
    rails = in_units(dose.product, policy)
    if not rails.least_mg <= dose.amount_mg <= rails.at_most_mg:
        because = (
            f"A dose by mouth is {rails.least_mg:g} to {rails.at_most_mg:g} mg a session; "
            f"this is {dose.amount_mg:g} mg."
        )
        return hard(rails.rule_id, because, rails.source)
    if dose.amount_mg % rails.unit_mg:
        because = (
            f"It comes in units of {rails.unit_mg:g} mg; {dose.amount_mg:g} mg is not a whole number of them."
        )
        return hard(rails.rule_id, because, rails.source)
    return None


def first_unit(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """The first dose by mouth is given on site (SL-06)."""
    rails = in_units(dose.product, policy)
    if not is_first(dose) or dose.amount_mg <= rails.first_at_most_mg:
        return None
    because = (
        f"The first dose by mouth is at most {rails.first_at_most_mg:g} mg; this is {dose.amount_mg:g} mg."
    )
    return hard(rails.rule_id, because, rails.source)


def unit_step(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """One step at a time by mouth."""
    rails = in_units(dose.product, policy)
    if dose.before is None or dose.amount_mg - dose.before.amount_mg <= rails.rise_at_most_mg:
        return None
    most = dose.before.amount_mg + rails.rise_at_most_mg
    because = (
        f"After {dose.before.amount_mg:g} mg the next dose is at most {most:g} mg; this is "
        f"{dose.amount_mg:g} mg."
    )
    return hard(rails.rule_id, because, rails.source)


def never_first_at_home(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """SL-07: never a first dose at home, and never more than what was tolerated on site."""
    if dose.before is None:
        return hard(
            "SL-07", "Never the first dose at home: a dose on site comes before it.", policy.home.source
        )
    if dose.amount_mg <= dose.before.amount_mg:
        return None
    because = (
        f"At home no more than the last dose, {dose.before.amount_mg:g} mg; "
        f"{dose.amount_mg:g} mg is tried on site first."
    )
    return hard("SL-07", because, f"{policy.home.source}; no rise at home is a design default")


def below_the_usual(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """Total of a session 100 to 400 mg in practice; 50 mg is known from telehealth only (SL-03, SL-04)."""
    rails = in_units(dose.product, policy)
    if dose.amount_mg >= rails.usual_from_mg or is_first(dose):
        return None
    because = (
        f"Sessions of {rails.usual_from_mg:g} mg and more are the practice; smaller totals are from "
        "telehealth."
    )
    return Guard(rule_id=rails.rule_id, strength=Strength.CAUTION, because=because, source=rails.source)


def swallowed_per_kg(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """SL-05: at most 7 mg/kg swallowed, where the weight is known."""
    if dose.dose_mg_per_kg is None or not above(dose, policy.oral_at_most_mg_per_kg):
        return None
    because = (
        f"At most {policy.oral_at_most_mg_per_kg:g} mg/kg is swallowed; this is {dose.dose_mg_per_kg:g} "
        "mg/kg."
    )
    return hard("SL-05", because, policy.oral.source)


LOZENGE_CHECKS: Final[tuple[Check, ...]] = (units_range, first_unit, unit_step, below_the_usual)
HOME_CHECKS: Final[tuple[Check, ...]] = (units_range, never_first_at_home, below_the_usual)
SWALLOWED_CHECKS: Final[tuple[Check, ...]] = (units_range, first_unit, unit_step, swallowed_per_kg)
