"""The rails of esketamine nasal spray (SPR-T1, SPR-T6, SPR-S1, SPR-S2, POP-4, POP-6)."""

from typing import Final

from ajar.pathway.careplan.guard import Check, Guard, PlannedDose, hard, is_first, soft
from ajar.pathway.careplan.policy import DEFAULT_DOSE_POLICY, DosePolicy
from ajar.pathway.evaluation.products import Indication, Jurisdiction

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


def starts_lower(dose: PlannedDose, policy: DosePolicy = DEFAULT_DOSE_POLICY) -> bool:
    """Does esketamine begin at 28 mg here (POP-4, POP-6)? Ancestry that nobody recorded is not "no"."""
    ours = policy.populations
    older = ours.older_eu_start_28_mg and dose.age_years >= ours.older_from_years
    return (older and dose.jurisdiction is Jurisdiction.EU) or _by_ancestry(dose, policy)


def _by_ancestry(dose: PlannedDose, policy: DosePolicy) -> bool:
    asked = policy.populations.ancestry_eu_start_28_mg and dose.jurisdiction is Jurisdiction.EU
    return asked and dose.lower_start_ancestry is not False


def permitted_spray(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    """SPR-T6: whole devices of the doses on the label."""
    allowed = SPR_LOWER_DOSES_MG if starts_lower(dose, policy) else SPR_DOSES_MG
    if dose.amount_mg in allowed:
        return None
    listed = ", ".join(f"{amount_mg:g}" for amount_mg in allowed)
    because = f"Spravato is given as {listed} mg; {dose.amount_mg:g} mg is not one of these doses."
    return hard("SPR-T6", because, SPR_DOSES_SOURCE)


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
    return hard(rule_id, because, source)


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
    return soft("SPR-S2", because, SPR_MDSI_SOURCE)


def one_device_up(dose: PlannedDose, _: DosePolicy) -> Guard | None:
    """Esketamine rises by one device from one session to the next (steps of 28 mg, POP-4)."""
    if dose.before is None or dose.amount_mg - dose.before.amount_mg <= SPR_STEP_MG:
        return None
    because = (
        f"From {dose.before.amount_mg:g} mg the next step is one device of 28 mg, not {dose.amount_mg:g} mg."
    )
    return hard("POP-4", because, SPR_LOWER_SOURCE)


SPRAY_CHECKS: Final[tuple[Check, ...]] = (permitted_spray, first_spray, one_device_up)
