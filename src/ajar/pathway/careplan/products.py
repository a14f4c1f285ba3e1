"""Preparations on the shelf: what a product comes in, under which schedule and label (clinical.md 1.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ajar.pathway.evaluation.products import Product

CONTROLLED: Final = "CIII"
OFF_LABEL: Final = "Approved for anaesthesia only; all psychiatric use is off-label"
COMPOUNDED: Final = "Compounded: not reviewed by the FDA for safety, efficacy or quality; under no REMS"
VIAL_FOR: Final = (Product.KETAMINE_IV, Product.KETAMINE_IM, Product.KETAMINE_SC)
LOZENGE_FOR: Final = (Product.KETAMINE_SL_CLINIC, Product.KETAMINE_SL_HOME)
COMPOUNDED_SOURCE: Final = "[FDA23-A]; [KTC-HOME]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """One preparation as it is bought. `unit_mg` is the drug, as base, in one device, vial or unit."""

    id: str
    products: tuple[Product, ...]
    name: str
    unit: str
    unit_mg: float
    concentration_mg_per_ml: float | None
    ndc: tuple[str, ...]
    schedule: str
    status: str
    on_label: bool
    source: str
    never_undiluted_into_a_vein: bool = False  # PRD-07


ALL: Final = (
    Preparation(
        id="PRD-01",
        products=(Product.ESKETAMINE_IN,),
        name="Spravato 28 mg nasal device",
        unit="device",
        unit_mg=28,
        concentration_mg_per_ml=140,  # arithmetic: 28 mg in 0.2 mL
        ndc=("50458-028-00", "50458-028-02", "50458-028-03"),
        schedule=CONTROLLED,
        status="FDA-approved: treatment-resistant depression; major depression with acute suicidal "
        "ideation or behaviour",
        on_label=True,
        source="clinical.md PRD-01 [NDC-SPR]; [HCP-DOS]",
    ),
    Preparation(
        id="PRD-02",
        products=VIAL_FOR,
        name="Ketamine 10 mg/mL, 20 mL vial",
        unit="vial",
        unit_mg=200,
        concentration_mg_per_ml=10,
        ndc=("42023-113-10",),
        schedule=CONTROLLED,
        status=OFF_LABEL,
        on_label=False,
        source="clinical.md PRD-02 [NDC-KET]; [KETALAR-INP]",
    ),
    Preparation(
        id="PRD-03",
        products=VIAL_FOR,
        name="Ketamine 50 mg/mL, 10 mL vial",
        unit="vial",
        unit_mg=500,
        concentration_mg_per_ml=50,
        ndc=(),
        schedule=CONTROLLED,
        status=OFF_LABEL,
        on_label=False,
        source="clinical.md PRD-03 [KETALAR-INP]",
    ),
    Preparation(
        id="PRD-04",
        products=VIAL_FOR,
        name="Ketamine 100 mg/mL, 5 mL vial (never undiluted into a vein, PRD-07)",
        unit="vial",
        unit_mg=500,
        concentration_mg_per_ml=100,
        ndc=("0409-2051-05", "25021-684-05"),
        schedule=CONTROLLED,
        status=OFF_LABEL,
        on_label=False,
        source="clinical.md PRD-04 [NDC-KET]; [KETALAR-INP]; dilution PRD-07 [KETALAR24 §2.1]",
        never_undiluted_into_a_vein=True,
    ),
    Preparation(
        id="PRD-06-50",
        products=LOZENGE_FOR,
        name="Compounded ketamine lozenge or rapid-dissolve tablet, 50 mg",
        unit="lozenge",
        unit_mg=50,
        concentration_mg_per_ml=None,
        ndc=(),
        schedule=CONTROLLED,
        status=COMPOUNDED,
        on_label=False,
        source=f"clinical.md PRD-06 {COMPOUNDED_SOURCE}; the pharmacy defines the strength, 50 mg is common",
    ),
    Preparation(
        id="PRD-06-100",
        products=LOZENGE_FOR,
        name="Compounded ketamine lozenge or rapid-dissolve tablet, 100 mg",
        unit="lozenge",
        unit_mg=100,
        concentration_mg_per_ml=None,
        ndc=(),
        schedule=CONTROLLED,
        status=COMPOUNDED,
        on_label=False,
        source=f"clinical.md PRD-06 {COMPOUNDED_SOURCE}; the pharmacy defines the strength, 100 mg is common",
    ),
    Preparation(
        id="PRD-06-PO",
        products=(Product.KETAMINE_PO,),
        name="Compounded ketamine to swallow, 25 mg",
        unit="capsule",
        unit_mg=25,
        concentration_mg_per_ml=None,
        ndc=(),
        schedule=CONTROLLED,
        status=COMPOUNDED,
        on_label=False,
        source="clinical.md PRD-06 [FDA23-A]; the 25 mg unit is a design default (the least dose of SL-05)",
    ),
)
PREPARATIONS: Final[Mapping[str, Preparation]] = MappingProxyType({one.id: one for one in ALL})

DEVICE_MG: Final = PREPARATIONS["PRD-01"].unit_mg
"""Esketamine in one nasal device (PRD-01)."""

HYDROCHLORIDE_OF_BASE_MG: Final[Mapping[float, float]] = MappingProxyType(
    {10.0: 11.53, 50.0: 57.67, 100.0: 115.33}
)
"""Ketamine base and the hydrochloride it is weighed as, in mg (PRD-05 [KETALAR-INP])."""

SALT_SOURCE: Final = "clinical.md PRD-05 [KETALAR-INP]: doses are expressed as base"


def preparations_of(product: Product) -> tuple[Preparation, ...]:
    """What a product is given from."""
    return tuple(one for one in ALL if product in one.products)


def preparation_of_ndc(digits: str) -> Preparation | None:
    """What the ten digits of a National Drug Code stand for; None where this table does not know it.

    Labeller and product decide, whatever the package: 50458-028 is Spravato in any box.
    """
    return next((one for one in ALL for code in one.ndc if digits.startswith(_labeller_product(code))), None)


def _labeller_product(ndc: str) -> str:
    return ndc.rpartition("-")[0].replace("-", "")


def hydrochloride_mg(base_mg: float) -> float:
    """The hydrochloride that holds so much base (PRD-05)."""
    return base_mg * HYDROCHLORIDE_OF_BASE_MG[100.0] / 100.0


def base_mg(salt_mg: float) -> float:
    """The base in so much hydrochloride (PRD-05). An order is always in base."""
    return salt_mg / HYDROCHLORIDE_OF_BASE_MG[100.0] * 100.0


def devices_for(dose_mg: float) -> int:
    """How many nasal devices make up a dose.

    Raises:
        ValueError: the dose is not a whole number of 28 mg devices.
    """
    devices = dose_mg / DEVICE_MG
    if devices < 1 or devices != int(devices):
        raise ValueError(f"Spravato comes in devices of 28 mg; {dose_mg:g} mg is not a whole number of them.")
    return int(devices)
