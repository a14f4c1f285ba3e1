"""Racemic ketamine 0.25 mg/kg into a vein, two compartments, venous: Clements 1981 (pharmacology.md 1.3)."""

from typing import Final

from ajar.pharmacology.estimates import Estimate, Tag
from ajar.pharmacology.published.card import PublishedModel, Source
from ajar.pharmacology.published.domain import Setting
from ajar.pharmacology.published.plasma import Site
from ajar.pharmacology.published.rate_constants import racemic_infusion_model

TABLE: Final = "Clements 1981, 0.25 mg/kg group, as transcribed in opentiva 1.1.2 (pharmacology.md 1.3)"


def _of(value: float, unit: str) -> Estimate:
    return Estimate(value=value, unit=unit, source=TABLE, tag=Tag.B)


MODEL: Final[PublishedModel] = racemic_infusion_model(
    name="clements_1981",
    source=Source(
        citation="Clements et al., Br J Anaesth 1981;53:27",
        doi="10.1093/bja/53.1.27",
        table="PMID 7459184; the table is not in the source at hand",
        tag=Tag.B,
        population="adults given 0.25 mg/kg",
        people=None,
    ),
    parameters={
        "central_l_per_kg": _of(1.752, "L/kg"),
        "k10_per_min": _of(0.0109, "1/min"),
        "k12_per_min": _of(0.0186, "1/min"),
        "k21_per_min": _of(0.0137, "1/min"),
    },
    site=Site.VENOUS,
    setting=Setting.AWAKE,
    highest_iv_mg_per_kg=0.25,
    known_problems=(
        "the ages studied are not in the source at hand",
        "no level that its paper prints is in the source at hand: only its constants were checked",
    ),
)
