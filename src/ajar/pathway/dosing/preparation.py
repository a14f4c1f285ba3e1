"""From the vial or the box to what is given: concentration, dilution (PRD-07), volume, units."""

from dataclasses import dataclass
from enum import StrEnum
from math import isclose
from typing import Final

from ajar.pathway.careplan.products import preparation_of_ndc
from ajar.pathway.dosing.entries import DoseOrdered, OrderChecked
from ajar.pathway.evaluation.products import BY_MOUTH, INJECTED, Product

VIALS_MG_PER_ML: Final = (10.0, 50.0, 100.0)  # PRD-02 to PRD-04 [NDC-KET]; [KETALAR-INP]
NEVER_UNDILUTED_MG_PER_ML: Final = 100.0  # PRD-07 [KETALAR24 §2.1]; [KETALAR-INP]
UNITS_MG: Final = (50.0, 100.0)  # PRD-06, SL-03 [KTC-HOME]: commonly; the pharmacy defines them
LEAST_PART: Final = 0.5  # of a unit: a lozenge is halved, not quartered (design default)
VOLUME_TOLERANCE: Final = 0.02  # a syringe's reading (design default)


class Diluent(StrEnum):
    """What PRD-07 allows, an equal volume of it, used at once."""

    STERILE_WATER = "sterile water"
    SALINE = "0.9 % saline"
    DEXTROSE = "5 % dextrose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What the label and the preparer say: what does not belong to the product stays None."""

    concentration_mg_per_ml: float | None = None
    diluent: Diluent | None = None
    unit_mg: float | None = None


AS_BOUGHT: Final = Prepared()


class PreparationRefused(ValueError):
    """This must not be given as it was prepared; the message names the rule."""


def refuse_preparation(order: DoseOrdered, prepared: Prepared) -> None:
    """What must be known, and PRD-07, before an order counts as checked. There is no override.

    Raises:
        PreparationRefused: something is not said, the strength is none that is sold, or it is undiluted.
    """
    product = Product(order.product)
    if product in INJECTED:
        _refuse_vial(product, prepared)
    if product in BY_MOUTH:
        units_of(order.amount_mg, prepared.unit_mg)


def _refuse_vial(product: Product, prepared: Prepared) -> None:
    strength = prepared.concentration_mg_per_ml
    if strength not in VIALS_MG_PER_ML:
        known = ", ".join(f"{one:g}" for one in VIALS_MG_PER_ML)
        raise PreparationRefused(f"Say the concentration printed on the vial: {known} mg/mL.")
    undiluted = prepared.diluent is None and strength == NEVER_UNDILUTED_MG_PER_ML
    if product is Product.KETAMINE_IV and undiluted:
        allowed = ", ".join(Diluent)
        raise PreparationRefused(
            "100 mg/mL never goes into a vein undiluted (PRD-07): add an equal volume of "
            f"{allowed}, and use it at once."
        )


def refuse_other_package(product: Product, ndc: str | None, *, said_mg_per_ml: float | None = None) -> None:
    """The package that was scanned is one that the ordered product is given from, in the strength said.

    `ndc`: its ten digits (clinical.md 1.1). What the code does not say, or the table does not know, is not
    refused: the label is read by a person as before.

    Raises:
        PreparationRefused: it is a package of something else, or of another strength.
    """
    found = preparation_of_ndc(ndc) if ndc else None
    if found is None:
        return
    package = f"This package is {found.name} ({found.id})"
    if product not in found.products:
        raise PreparationRefused(f"{package}; the order is for {product.label}.")
    if said_mg_per_ml is not None and said_mg_per_ml != found.concentration_mg_per_ml:
        raise PreparationRefused(f"{package}; {said_mg_per_ml:g} mg/mL was chosen as printed on the vial.")


def units_of(amount_mg: float, unit_mg: float | None) -> float:
    """How many units make the amount.

    Raises:
        PreparationRefused: the strength of a unit is not said, or the amount is no whole or half number.
    """
    if unit_mg is None or unit_mg <= 0:
        raise PreparationRefused("Say the strength of one unit in mg, as printed.")
    parts = amount_mg / unit_mg / LEAST_PART
    if not isclose(parts, round(parts), abs_tol=1e-9) or round(parts) < 1:
        raise PreparationRefused(f"{amount_mg:g} mg is no whole or half number of units of {unit_mg:g} mg.")
    return round(parts) * LEAST_PART


def volume_ml(amount_mg: float, check: OrderChecked) -> float:
    """What to draw up for an injection into a muscle or under the skin, to 0.01 mL.

    Raises:
        PreparationRefused: the check does not say the concentration.
    """
    if check.concentration_mg_per_ml is None:
        raise PreparationRefused("The check does not say the concentration: check the vial again.")
    drawn_from = check.concentration_mg_per_ml / 2 if check.diluent else check.concentration_mg_per_ml
    return round(amount_mg / drawn_from, 2)


def refuse_other_volume(amount_mg: float, drawn_ml: float, check: OrderChecked) -> None:
    """The volume in the syringe and the milligrams say the same.

    Raises:
        PreparationRefused: they do not.
    """
    expected_ml = volume_ml(amount_mg, check)
    if not isclose(drawn_ml, expected_ml, rel_tol=VOLUME_TOLERANCE, abs_tol=0.006):
        raise PreparationRefused(
            f"{amount_mg:g} mg is {expected_ml:g} mL of this vial, not {drawn_ml:g} mL. Look again."
        )
