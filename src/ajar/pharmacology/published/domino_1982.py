"""Racemic ketamine into a vein in surgery, three compartments: Domino 1982 (pharmacology.md 1.3)."""

from typing import Final

from ajar.pharmacology.estimates import Estimate, Tag
from ajar.pharmacology.published.card import PublishedModel, Source
from ajar.pharmacology.published.domain import Setting
from ajar.pharmacology.published.plasma import Site
from ajar.pharmacology.published.rate_constants import racemic_infusion_model

TABLE: Final = "Domino 1982, as transcribed in opentiva 1.1.2 (pharmacology.md 1.3)"


def _of(value: float, unit: str) -> Estimate:
    return Estimate(value=value, unit=unit, source=TABLE, tag=Tag.B)


MODEL: Final[PublishedModel] = racemic_infusion_model(
    name="domino_1982",
    source=Source(
        citation="Domino et al., Anesth Analg 1982;61:87",
        doi="",
        table="PMID 7198883; the table is not in the source at hand",
        tag=Tag.B,
        population="surgical patients",
        people=None,
    ),
    parameters={
        "central_l_per_kg": _of(0.063, "L/kg"),
        "k10_per_min": _of(0.4381, "1/min"),
        "k12_per_min": _of(0.5921, "1/min"),
        "k21_per_min": _of(0.2470, "1/min"),
        "k13_per_min": _of(0.5900, "1/min"),
        "k31_per_min": _of(0.0146, "1/min"),
    },
    site=Site.PLASMA,
    setting=Setting.ANAESTHESIA,
    highest_iv_mg_per_kg=None,
    known_problems=(
        "the doses and ages studied are not in the source at hand",
        "no level that its paper prints is in the source at hand: only its constants were checked",
    ),
)
