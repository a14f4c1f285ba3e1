"""Preparations on the shelf: what a product comes in, under which schedule and label (clinical.md 1.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ajar.pathway.evaluation.products import Product

CONTROLLED: Final = "CIII"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """One preparation as it is bought. `unit_mg` is the drug, as base, in one device or vial."""

    id: str
    product: Product
    name: str
    unit: str
    unit_mg: float
    concentration_mg_per_ml: float | None
    ndc: tuple[str, ...]
    schedule: str
    status: str
    on_label: bool
    source: str


PREPARATIONS: Final[Mapping[str, Preparation]] = MappingProxyType(
    {
        preparation.id: preparation
        for preparation in (
            Preparation(
                id="PRD-01",
                product=Product.ESKETAMINE_IN,
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
                product=Product.KETAMINE_IV,
                name="Ketamine 10 mg/mL, 20 mL vial",
                unit="vial",
                unit_mg=200,
                concentration_mg_per_ml=10,
                ndc=("42023-113-10",),
                schedule=CONTROLLED,
                status="Approved for anaesthesia only; all psychiatric use is off-label",
                on_label=False,
                source="clinical.md PRD-02 [NDC-KET]; [KETALAR-INP]",
            ),
            Preparation(
                id="PRD-03",
                product=Product.KETAMINE_IV,
                name="Ketamine 50 mg/mL, 10 mL vial",
                unit="vial",
                unit_mg=500,
                concentration_mg_per_ml=50,
                ndc=(),
                schedule=CONTROLLED,
                status="Approved for anaesthesia only; all psychiatric use is off-label",
                on_label=False,
                source="clinical.md PRD-03 [KETALAR-INP]",
            ),
            Preparation(
                id="PRD-04",
                product=Product.KETAMINE_IV,
                name="Ketamine 100 mg/mL, 5 mL vial (never undiluted into a vein, PRD-07)",
                unit="vial",
                unit_mg=500,
                concentration_mg_per_ml=100,
                ndc=("0409-2051-05", "25021-684-05"),
                schedule=CONTROLLED,
                status="Approved for anaesthesia only; all psychiatric use is off-label",
                on_label=False,
                source="clinical.md PRD-04 [NDC-KET]; [KETALAR-INP]; dilution PRD-07 [KETALAR24 §2.1]",
            ),
        )
    }
)

DEVICE_MG: Final = PREPARATIONS["PRD-01"].unit_mg
"""Esketamine in one nasal device (PRD-01)."""


def devices_for(dose_mg: float) -> int:
    """How many nasal devices make up a dose.

    Raises:
        ValueError: the dose is not a whole number of 28 mg devices.
    """
    devices = dose_mg / DEVICE_MG
    if devices < 1 or devices != int(devices):
        raise ValueError(f"Spravato comes in devices of 28 mg; {dose_mg:g} mg is not a whole number of them.")
    return int(devices)
