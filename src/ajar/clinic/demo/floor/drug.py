"""How each product is prepared and given in the synthetic clinic and on a simulated floor."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from ajar.clinic.dosing import services as dosing
from ajar.pathway.dosing.preparation import AS_BOUGHT, Prepared
from ajar.pathway.evaluation.products import BY_MOUTH, NASAL, Product

INFUSED_MG_PER_ML: Final = 10.0
INJECTED_MG_PER_ML: Final = 50.0
UNITS_MG: Final = (100.0, 50.0)  # SL-03: rapid-dissolve units in practice [KTC-HOME]


def prepared_as(product: Product, dose_mg: float) -> Prepared:
    """The vial or the unit that a dose comes from."""
    if product in NASAL:
        return AS_BOUGHT
    if product in BY_MOUTH:
        whole = [unit_mg for unit_mg in UNITS_MG if dose_mg % unit_mg == 0]
        return Prepared(unit_mg=next(iter(whole), UNITS_MG[-1]))
    infused = product is Product.KETAMINE_IV
    return Prepared(concentration_mg_per_ml=INFUSED_MG_PER_ML if infused else INJECTED_MG_PER_ML)


def _sprayed(_: float, told: dict[str, Any]) -> None:
    dosing.use_device(**told)


def _infused(_: float, told: dict[str, Any]) -> None:
    dosing.start_infusion(line_site="left forearm", **told)


def _injected(amount_mg: float, told: dict[str, Any]) -> None:
    dosing.give_injection(
        amount_mg=amount_mg, volume_ml=amount_mg / INJECTED_MG_PER_ML, body_site="left deltoid", **told
    )


def _taken(amount_mg: float, told: dict[str, Any]) -> None:
    dosing.take_by_mouth(amount_mg=amount_mg, **told)


GIVEN: Final[Mapping[Product, Callable[[float, dict[str, Any]], None]]] = {
    Product.ESKETAMINE_IN: _sprayed,
    Product.KETAMINE_IV: _infused,
    Product.KETAMINE_IM: _injected,
    Product.KETAMINE_SC: _injected,
    **dict.fromkeys(BY_MOUTH, _taken),
}
"""One act with the drug, by product."""
