"""Arterial ketamine over five hours of stepped infusion, off a figure: Kamp 2020 BJA (pharmacology.md 5.1).

The paper's own seven-compartment model of both enantiomers cannot be built: its table is not available. What
is here are the mean curves of 20 men, digitised from figure 1 to about 5 %.
"""

from dataclasses import dataclass
from typing import Final

from ajar.pharmacology.estimates import Tag
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.published.plasma import Analyte, Site
from ajar.pharmacology.regimen import AfterHold, DosingEvent, DosingSession, Route

CITATION: Final = "Kamp J et al., Br J Anaesth 2020;125:750"
DOI: Final = "10.1016/j.bja.2020.06.067"
SOURCE: Final = "Kamp 2020 BJA, figure 1, digitised (pharmacology.md 5.1)"
TAG: Final = Tag.B
SITE: Final = Site.ARTERIAL
PEOPLE: Final = 20

RELATIVE_READING_ERROR: Final = 0.05
"""How well a point could be read off the figure; early points are worse (pharmacology.md 5.1)."""

EARLY_UNTIL_H: Final = 0.25
"""Points up to here are read worse than the rest, by how much is not said (pharmacology.md 5.1 and 6)."""

RACEMATE_STEPS_MG_KG_H: Final = (0.28, 0.57, 1.14)
"""Racemic ketamine, each step for one hour (pharmacology.md 1.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A measured mean curve: of what, when (h), how much (nmol/mL), and which of its points not to trust."""

    analyte: Analyte
    times_h: tuple[float, ...]
    nmol_ml: tuple[float, ...]
    doubtful_h: tuple[float, ...]

    @property
    def trusted(self) -> tuple[tuple[float, float], ...]:
        """Its points (h, nmol/mL) without the early and the doubtful ones."""
        return tuple(
            (time_h, value)
            for time_h, value in zip(self.times_h, self.nmol_ml, strict=True)
            if time_h > EARLY_UNTIL_H and time_h not in self.doubtful_h
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A single level read off the figure: a range (nmol/mL) at a time or between two (h)."""

    analyte: Analyte
    what: str
    from_h: float
    until_h: float
    lowest_nmol_ml: float
    highest_nmol_ml: float


TIMES_H: Final = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.083, 2.5, 3.0, 3.083, 3.167, 3.5, 4.0, 5.0)

ESKETAMINE: Final = Curve(
    analyte=Analyte.ESKETAMINE,
    times_h=TIMES_H,
    nmol_ml=(
        0.114,
        0.193,
        0.215,
        0.270,
        0.429,
        0.524,
        0.768,
        0.942,
        1.046,
        0.945,
        0.616,
        0.410,
        0.333,
        0.247,
    ),
    doubtful_h=(),
)

ARKETAMINE: Final = Curve(
    analyte=Analyte.ARKETAMINE,
    times_h=TIMES_H,
    nmol_ml=(
        0.145,
        0.211,
        0.243,
        0.396,
        0.482,
        0.597,
        0.873,
        1.020,
        1.149,
        0.801,
        0.572,
        0.461,
        0.364,
        0.270,
    ),
    # In brackets in the source: an outlier.
    doubtful_h=(1.0,),
)

LEVELS: Final = (
    Level(
        analyte=Analyte.NORKETAMINE,
        what="S-norketamine, peak",
        from_h=3.06,
        until_h=3.06,
        lowest_nmol_ml=0.72,
        highest_nmol_ml=0.72,
    ),
    Level(
        analyte=Analyte.DEHYDRONORKETAMINE,
        what="S-dehydronorketamine, about",
        from_h=3.5,
        until_h=3.5,
        lowest_nmol_ml=0.06,
        highest_nmol_ml=0.06,
    ),
    Level(
        analyte=Analyte.HYDROXYNORKETAMINE,
        what="total hydroxynorketamine, still flat or rising",
        from_h=4.0,
        until_h=5.0,
        lowest_nmol_ml=0.22,
        highest_nmol_ml=0.25,
    ),
)


def infusion(weight_kg: float) -> DosingSession:
    """The stepped infusion of racemate that the curves follow, for this weight."""
    return DosingSession(
        events=tuple(
            DosingEvent(
                drug=Drug.RACEMATE,
                amount_mg=rate_mg_kg_h * weight_kg,
                route=Route.INTRAVENOUS,
                start_h=float(hour),
                duration_h=1.0,
                after_hold=AfterHold.NOT_HELD,
            )
            for hour, rate_mg_kg_h in enumerate(RACEMATE_STEPS_MG_KG_H)
        )
    )
