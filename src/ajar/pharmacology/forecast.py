"""What to expect, as bands: the same regimen in many people who look like this person.

A forecast is never a line (looks.md): it is the quantiles of a seeded population, with the model, its
version and how well each output is established.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ajar.pharmacology.course import Curve
from ajar.pharmacology.estimates import Status
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.members import Asked, curves_of, glanced
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import Regimen
from ajar.pharmacology.simulate import TYPICAL, Circumstances
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION

QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The middle, and the edges of the bands that hold 50 % and 90 % of people (design.md 5)."""

FEWEST_PEOPLE: Final = 20
"""Below this the outer quantiles are single people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One output over time in many people: its quantiles, with its label, unit (UCUM) and status."""

    label: str
    unit: str
    status: Status
    times_h: FloatArray
    quantiles: Mapping[float, FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The bands of the outputs asked for, and what they come from."""

    model_id: str
    model_version: str
    people: int
    seed: int
    bands: Mapping[str, Band]
    notes: tuple[str, ...]

    def __getitem__(self, name: str) -> Band:
        """The band of an output.

        Raises:
            KeyError: it was not asked for; the message lists what was.
        """
        if name not in self.bands:
            raise KeyError(f"There is no band {name!r}; there are: {', '.join(self.bands)}.")
        return self.bands[name]


def forecast(
    regimen: Regimen,
    person: Person,
    *,
    times_h: FloatArray,
    outputs: Sequence[str],
    people: int,
    seed: int,
    circumstances: Circumstances = TYPICAL,
) -> Forecast:
    """Quantiles of these outputs (names of U1's curves) over people who look like this person.

    Raises:
        OutsideDomain: U1 does not know this route, product or amount.
        ValueError: too few people, or times as in `simulate`.
        KeyError: an output U1 does not have.
    """
    if people < FEWEST_PEOPLE:
        raise ValueError(f"A band needs at least {FEWEST_PEOPLE} people, got {people}.")
    asked = Asked(
        regimen=regimen,
        person=person,
        seed=seed,
        times_h=times_h,
        outputs=tuple(outputs),
        circumstances=circumstances,
    )
    glance = glanced(asked)
    seen = curves_of(asked, start=0, count=people)
    bands = {
        name: band_of(glance.curves[name], asked.times_h, np.quantile(seen[name], QUANTILES, axis=0))
        for name in outputs
    }
    return Forecast(
        model_id=MODEL_ID, model_version=VERSION, people=people, seed=seed, bands=bands, notes=glance.notes
    )


def band_of(curve: Curve, times_h: FloatArray, quantiles: FloatArray) -> Band:
    """The band of a curve from its quantiles [QUANTILES, times]."""
    return Band(
        label=curve.label,
        unit=curve.unit,
        status=curve.status,
        times_h=times_h,
        quantiles=dict(zip(QUANTILES, quantiles, strict=True)),
    )
