"""The dose calculator: a dose per kilogram on the right weight, with its arithmetic written out.

The dose weight is ideal body weight from a BMI of 30 (clinical.md IV-08, POP-10: infusion and injection), by
Devine's formula (IV-10: from general knowledge, verify). With an eating disorder, or underweight, it is the
lower of ideal and actual weight (section 7, row 7). Body weight is never guessed, clamped or carried over.
"""

from dataclasses import dataclass
from math import floor, isfinite
from typing import Final

from ajar.pathway.careplan.entries import WeightBasis, refuse_impossible_dose
from ajar.pathway.careplan.guard import Guard
from ajar.pathway.evaluation.findings import Strength
from ajar.pathway.evaluation.products import Indication
from ajar.pathway.observations.vitals import refuse_impossible
from ajar.pathway.patients.facts import Sex

CM_PER_INCH: Final = 2.54
DEVINE_FROM_INCHES: Final = 60
DEVINE_KG_PER_INCH: Final = 2.3
DEVINE_BASE_KG: Final = {Sex.FEMALE: 45.5, Sex.MALE: 50.0}
DEVINE_SOURCE: Final = "Devine (clinical.md IV-10, from general knowledge, verify)"

IDEAL_FROM_BMI: Final = 30.0
UNDERWEIGHT_BELOW: Final = 18.5  # kg/m2: from general knowledge, verify
BASIS_SOURCE: Final = "clinical.md IV-08 [SINGH19] quoting Sanacora 2017; POP-10"
LOWER_SOURCE: Final = "clinical.md 7, row 7 [ED22]; [AN21]: the lower weight; as a rail a design default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a weight-based dose stands on."""

    weight_kg: float
    height_cm: float
    sex: Sex

    def __post_init__(self) -> None:
        refuse_impossible("weight_kg", self.weight_kg)
        refuse_impossible("height_cm", self.height_cm)

    @property
    def bmi(self) -> float:
        """Body-mass index in kg/m2."""
        height_m = self.height_cm / 100
        return self.weight_kg / (height_m * height_m)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculatedDose:
    """An amount and how it came about, line by line."""

    amount_mg: float
    dose_mg_per_kg: float
    dose_weight_kg: float
    basis: WeightBasis
    steps: tuple[str, ...]
    source: str

    @property
    def dose_weight_exact_kg(self) -> float:
        """The weight that amount and dose per kilogram imply, before either was rounded."""
        return self.amount_mg / self.dose_mg_per_kg


def opening_mg(calculated: CalculatedDose, rungs_mg_per_kg: tuple[float, ...]) -> tuple[float, ...]:
    """The doses of the first sessions where a regimen climbs, rounded down to 0.1 mg."""
    return tuple(
        floor(rung * calculated.dose_weight_exact_kg * 10 + 1e-6) / 10
        for rung in rungs_mg_per_kg
        if rung < calculated.dose_mg_per_kg
    )


def ideal_weight_kg(sex: Sex, height_cm: float) -> float:
    """Ideal body weight by Devine, with its floor at 60 inches.

    Raises:
        Implausible: no person has this height.
        ValueError: the formula knows no other sex than female and male.
    """
    refuse_impossible("height_cm", height_cm)
    if sex not in DEVINE_BASE_KG:
        raise ValueError(
            "The ideal-weight formula (Devine) is written for female and male bodies only; "
            "choose actual weight and say why."
        )
    inches_over = max(height_cm / CM_PER_INCH - DEVINE_FROM_INCHES, 0.0)
    return DEVINE_BASE_KG[sex] + DEVINE_KG_PER_INCH * inches_over


def asks_for_the_lower(body: Body, indication: Indication | None) -> bool:
    """Is it the lower of ideal and actual weight that counts (section 7, row 7)?"""
    return indication is Indication.EATING or body.bmi < UNDERWEIGHT_BELOW


def advised_basis(body: Body, indication: Indication | None = None) -> WeightBasis:
    """Ideal weight from a BMI of 30 (IV-08), the lower if eating is disordered or weight low, else actual.

    Ideal weight is never advised where it is the higher of the two. Where the formula has none, ideal is
    still the answer, so that the calculator refuses and a person decides.
    """
    if body.bmi < IDEAL_FROM_BMI and not asks_for_the_lower(body, indication):
        return WeightBasis.ACTUAL
    if body.sex not in DEVINE_BASE_KG:
        return WeightBasis.ACTUAL if body.bmi < UNDERWEIGHT_BELOW else WeightBasis.IDEAL
    lower = ideal_weight_kg(body.sex, body.height_cm) < body.weight_kg
    return WeightBasis.IDEAL if lower else WeightBasis.ACTUAL


def weight_guard(body: Body, basis: WeightBasis, indication: Indication | None) -> Guard | None:
    """The dose stands on another weight than the one that is advised."""
    if basis is advised_basis(body, indication):
        return None
    if asks_for_the_lower(body, indication):
        return Guard(
            rule_id="PRT-7",
            strength=Strength.SOFT_STOP,
            because="With an eating disorder or underweight the lower of ideal and actual weight counts.",
            source=LOWER_SOURCE,
        )
    return Guard(
        rule_id="POP-10",
        strength=Strength.CAUTION,
        because=f"The dose stands on {basis} weight; the other is advised at this BMI.",
        source=BASIS_SOURCE,
    )


def calculated_dose(
    *, dose_mg_per_kg: float, body: Body, basis: WeightBasis, indication: Indication | None = None
) -> CalculatedDose:
    """The amount for one administration, rounded to 0.1 mg.

    Raises:
        ValueError: the dose per kilogram is not a positive, finite number, or the product comes in
            fixed doses, or ideal weight was asked for where the formula has none.
    """
    refuse_impossible_dose_per_kg(dose_mg_per_kg)
    if basis is WeightBasis.FIXED:
        raise ValueError("A product in fixed doses is not calculated from a weight.")
    steps = [_bmi_line(body, indication)]
    weight_kg = body.weight_kg
    if basis is WeightBasis.IDEAL:
        weight_kg = ideal_weight_kg(body.sex, body.height_cm)
        steps.append(_ideal_line(body, weight_kg))
    amount_mg = round(dose_mg_per_kg * weight_kg, 1)
    refuse_impossible_dose(amount_mg)
    steps.append(f"{dose_mg_per_kg:g} mg/kg × {weight_kg:.1f} kg ({basis} weight) = {amount_mg:.1f} mg")
    return CalculatedDose(
        amount_mg=amount_mg,
        dose_mg_per_kg=dose_mg_per_kg,
        dose_weight_kg=round(weight_kg, 1),
        basis=basis,
        steps=tuple(steps),
        source=f"{BASIS_SOURCE}; {DEVINE_SOURCE}" if basis is WeightBasis.IDEAL else BASIS_SOURCE,
    )


def refuse_impossible_dose_per_kg(dose_mg_per_kg: float) -> None:
    """A dose per kilogram is a positive, finite number.

    Raises:
        ValueError: in words a prescriber understands.
    """
    if not isfinite(dose_mg_per_kg) or dose_mg_per_kg <= 0:
        raise ValueError(f"A dose must be more than 0 mg/kg, got {dose_mg_per_kg:g} mg/kg.")


def _bmi_line(body: Body, indication: Indication | None) -> str:
    height_m = body.height_cm / 100
    side = "below 30, so actual"
    rule = "IV-08"
    if body.bmi >= IDEAL_FROM_BMI:
        side = "from 30 on, so ideal"
    elif asks_for_the_lower(body, indication):
        side = f"the lower of ideal and actual counts here, so {advised_basis(body, indication)}"
        rule = "PRT-7"
    return (
        f"BMI = {body.weight_kg:g} kg / ({height_m:.2f} m)² = {body.bmi:.2f} kg/m²: "
        f"{side} weight is advised ({rule})"
    )


def _ideal_line(body: Body, ideal_kg: float) -> str:
    inches_over = max(body.height_cm / CM_PER_INCH - DEVINE_FROM_INCHES, 0.0)
    return (
        f"Ideal weight = {DEVINE_BASE_KG[body.sex]:g} kg + 2.3 kg × {inches_over:.2f} inches over 60 "
        f"= {ideal_kg:.1f} kg (IV-10)"
    )
