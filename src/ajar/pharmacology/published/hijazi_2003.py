"""Racemic ketamine into a vein in intensive care, two compartments: Hijazi 2003 (pharmacology.md 1.3).

One code library limits this model to children. The study was in adults (pharmacology.md 1.3, audit i).
"""

from typing import Final

from ajar.pharmacology.estimates import Estimate, Tag
from ajar.pharmacology.published.card import PublishedModel, Source
from ajar.pharmacology.published.domain import Setting
from ajar.pharmacology.published.plasma import Site
from ajar.pharmacology.published.rate_constants import racemic_infusion_model

TABLE: Final = "Hijazi 2003, as transcribed in opentiva 1.1.2 (pharmacology.md 1.3)"


def _of(value: float, unit: str) -> Estimate:
    return Estimate(value=value, unit=unit, source=TABLE, tag=Tag.B)


MODEL: Final[PublishedModel] = racemic_infusion_model(
    name="hijazi_2003",
    source=Source(
        citation="Hijazi et al., Br J Anaesth 2003;90",
        doi="10.1093/bja/aeg028",
        table="PMID 12538370; the table is not in the source at hand",
        tag=Tag.B,
        population="12 adults in intensive care with brain or spinal cord injury",
        people=12,
    ),
    parameters={
        "central_l_per_kg": _of(1.08, "L/kg"),
        "k10_per_min": _of(0.0333, "1/min"),
        "k12_per_min": _of(0.0088, "1/min"),
        "k21_per_min": _of(0.0030, "1/min"),
    },
    site=Site.PLASMA,
    setting=Setting.INTENSIVE_CARE,
    highest_iv_mg_per_kg=None,
    known_problems=(
        "clearance and volume were larger than in volunteers and surgical patients: never for a clinic",
    ),
)
