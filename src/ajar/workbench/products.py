"""What can be asked for at a terminal: products by name, and how a dose of each is given."""

from dataclasses import dataclass
from typing import Final

from ajar.pharmacology.models import PRESENTATIONS, Product
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.regimen import (
    DEVICE_BASE_MG,
    MOST_DEVICES,
    AfterHold,
    DosingSession,
    Route,
    intramuscular,
    intravenous,
    nasal_devices,
    oral,
    subcutaneous,
    sublingual,
)
from ajar.workbench.quantities import Dose

SAME_DEVICE: Final = 0.005
"""How far from whole devices a dose may be: 32.3 mg of hydrochloride are printed for 28 mg of base."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A product by one route."""

    name: str
    product: Product
    route: Route

    @property
    def drug(self) -> Drug:
        """Which drug it is."""
        return PRESENTATIONS[self.product].drug


PRODUCTS: Final = {
    name: Offered(name=name, product=product, route=route)
    for name, product, route in (
        ("spravato", Product.ESKETAMINE_NASAL, Route.NASAL),
        ("esketamine-nasal", Product.ESKETAMINE_NASAL, Route.NASAL),
        ("ketamine-iv", Product.KETAMINE_INJECTION, Route.INTRAVENOUS),
        ("ketamine-im", Product.KETAMINE_INJECTION, Route.INTRAMUSCULAR),
        ("ketamine-sc", Product.KETAMINE_INJECTION, Route.SUBCUTANEOUS),
        ("ketamine-lozenge", Product.KETAMINE_LOZENGE, Route.SUBLINGUAL),
        ("ketamine-oral", Product.KETAMINE_ORAL, Route.ORAL),
        ("esketamine-iv", Product.ESKETAMINE_INJECTION, Route.INTRAVENOUS),
        ("esketamine-im", Product.ESKETAMINE_INJECTION, Route.INTRAMUSCULAR),
        ("esketamine-sc", Product.ESKETAMINE_INJECTION, Route.SUBCUTANEOUS),
        ("esketamine-film", Product.ESKETAMINE_FILM, Route.SUBLINGUAL),
        ("esketamine-lozenge", Product.ESKETAMINE_LOZENGE, Route.SUBLINGUAL),
        ("esketamine-oral", Product.ESKETAMINE_ORAL, Route.ORAL),
    )
}
"""Every product by the name it has here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """How a dose is given, as far as it was said; None: it was not."""

    over_h: float | None
    hold_h: float | None
    spat_out: bool


def product_named(name: str) -> Offered:
    """The product of this name.

    Raises:
        ValueError: there is none; the message lists those there are.
    """
    if name not in PRODUCTS:
        raise ValueError(f"--product: there is no {name!r}; there are: {', '.join(PRODUCTS)}.")
    return PRODUCTS[name]


def session_of(offered: Offered, dose: Dose, weight_kg: float, giving: Giving) -> DosingSession:
    """One session of a product.

    Raises:
        ValueError: something that this route needs was not said, or something it has no place for was.
    """
    _refuse_words(offered, giving)
    amount_mg = dose.base_mg(weight_kg)
    match offered.route:
        case Route.INTRAVENOUS:
            return intravenous(
                drug=offered.drug,
                amount_mg=amount_mg,
                duration_h=_said(giving.over_h, offered, "--over", "40min"),
            )
        case Route.SUBLINGUAL:
            return sublingual(
                drug=offered.drug,
                amount_mg=amount_mg,
                hold_h=_said(giving.hold_h, offered, "--hold", "10min"),
                after_hold=AfterHold.SPAT_OUT if giving.spat_out else AfterHold.SWALLOWED,
            )
        case Route.NASAL:
            return nasal_devices(devices=_devices(dose, amount_mg))
        case _:
            given = {
                Route.INTRAMUSCULAR: intramuscular,
                Route.SUBCUTANEOUS: subcutaneous,
                Route.ORAL: oral,
            }[offered.route]
            return given(drug=offered.drug, amount_mg=amount_mg)


def _refuse_words(offered: Offered, giving: Giving) -> None:
    if giving.over_h is not None and offered.route is not Route.INTRAVENOUS:
        raise ValueError(f"--over is for infusions; {offered.name} is not one.")
    held = giving.hold_h is not None or giving.spat_out
    if held and offered.route is not Route.SUBLINGUAL:
        raise ValueError(f"--hold and --spit-out are for lozenges and films; {offered.name} is neither.")


def _said(hours: float | None, offered: Offered, flag: str, example: str) -> float:
    if hours is None:
        raise ValueError(f"{offered.name} takes time: say how long with {flag}, such as {flag} {example}.")
    return hours


def _devices(dose: Dose, amount_mg: float) -> int:
    devices = round(amount_mg / DEVICE_BASE_MG)
    whole = 1 <= devices <= MOST_DEVICES
    if dose.per_kg or not whole or abs(amount_mg / (devices * DEVICE_BASE_MG) - 1.0) > SAME_DEVICE:
        known = ", ".join(f"{DEVICE_BASE_MG * count:g}" for count in range(1, MOST_DEVICES + 1))
        raise ValueError(
            f"--dose: nasal esketamine comes in devices of {DEVICE_BASE_MG:g} mg of base; "
            f"expected {known} mg, got {dose}."
        )
    return devices
