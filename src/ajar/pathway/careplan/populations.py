"""Who needs more care with any dose: age, liver, and whoever has no rule of their own (clinical.md 1.10)."""

from collections.abc import Callable
from typing import Final

from ajar.pathway.careplan.guard import Guard, Liver, PlannedDose
from ajar.pathway.careplan.policy import DEFAULT_DOSE_POLICY, DosePolicy
from ajar.pathway.careplan.regimen import Regimen
from ajar.pathway.evaluation.findings import Strength

YOUNG_UNTIL_YEARS: Final = 24
LIVER_WATCH_SOURCE: Final = "clinical.md POP-7 [USPI19 §8.6]; the length is a design default"


def cautions(dose: PlannedDose, policy: DosePolicy = DEFAULT_DOSE_POLICY) -> tuple[Guard, ...]:
    """What is to be borne in mind with this person, whatever the dose."""
    found = (caution(dose, policy) for caution in CAUTIONS)
    return tuple(guard for guard in found if guard is not None)


def watched_for_the_liver(
    regimen: Regimen, liver: Liver, policy: DosePolicy = DEFAULT_DOSE_POLICY
) -> Regimen:
    """The regimen with the longer watch that moderate liver disease asks for (POP-7); else as it is."""
    if liver not in (Liver.MODERATE, Liver.SEVERE):
        return regimen
    extra_min = policy.liver_extra_observe_min
    return regimen.observed_longer(extra_min, source=f"+{extra_min} min for the liver: {LIVER_WATCH_SOURCE}")


def _young(dose: PlannedDose, _: DosePolicy) -> Guard | None:
    if dose.age_years > YOUNG_UNTIL_YEARS:
        return None
    because = "Aged 18 to 24: antidepressants raise suicidality in young adults; follow up more closely."
    return _caution("POP-2", because, "clinical.md POP-2 [USPI19 boxed]; [USPI21]")


def _older(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    older_from_years = policy.populations.older_from_years
    if dose.age_years < older_from_years:
        return None
    because = (
        f"From {older_from_years} years: more drug reaches the blood, and a surge of pressure is "
        "likelier with "
        "each year."
    )
    return _caution("POP-3", because, "clinical.md POP-3 [DRUGS-ESK]; [YALE-BP]")


def _liver(dose: PlannedDose, policy: DosePolicy) -> Guard | None:
    if dose.liver is Liver.NOT_KNOWN:
        because = "Nobody has recorded whether the liver is diseased."
        return Guard(rule_id="POP-7", strength=Strength.INFO, because=because, source=LIVER_WATCH_SOURCE)
    if dose.liver is not Liver.MODERATE:
        return None
    because = f"Moderate liver disease: the drug stays; observe {policy.liver_extra_observe_min} min longer."
    return _caution("POP-7", because, LIVER_WATCH_SOURCE)


CAUTIONS: Final[tuple[Callable[[PlannedDose, DosePolicy], Guard | None], ...]] = (_young, _older, _liver)


def _caution(rule_id: str, because: str, source: str) -> Guard:
    return Guard(rule_id=rule_id, strength=Strength.CAUTION, because=because, source=source)
