"""Shapes that several published models share: a centre with one or two tissues that exchange with it."""

from collections.abc import Sequence
from math import expm1, sqrt
from typing import Final

from ajar.pharmacology.person import Person, scaled_clearance, scaled_volume
from ajar.pharmacology.published.card import Equations, Values

MINUTES_PER_HOUR: Final = 60.0

THREE_VOLUMES: Final = ("central_l", "tissue_1_l", "tissue_2_l")
THREE_FLOWS: Final = ("clearance_l_h", "flow_1_l_h", "flow_2_l_h")
"""The parameters of three compartments, in L and L/h."""


def centre(name: str, *, loss_per_h: float, tissues: Sequence[tuple[float, float]]) -> Equations:
    """A central state that loses drug for good, and its tissues as pairs of rates (1/h): out and back."""
    leaving = loss_per_h + sum(out for out, _ in tissues)
    central = {name: -leaving}
    equations = {name: central}
    for number, (out, back) in enumerate(tissues, start=1):
        tissue = f"{name}_tissue_{number}"
        central[tissue] = back
        equations[tissue] = {name: out, tissue: -back}
    return equations


def exchange(flow: float, central_l: float, tissue_l: float) -> tuple[float, float]:
    """A flow between two volumes as its pair of rates: out of the centre, back from the tissue."""
    return flow / central_l, flow / tissue_l


def three_compartments(name: str, values: Values) -> Equations:
    """Blood and two tissues, from volumes, flows and a clearance."""
    central = values["central_l"]
    return centre(
        name,
        loss_per_h=values["clearance_l_h"] / central,
        tissues=[
            exchange(values["flow_1_l_h"], central, values["tissue_1_l"]),
            exchange(values["flow_2_l_h"], central, values["tissue_2_l"]),
        ],
    )


def allometric(values: Values, person: Person, *, volumes: Sequence[str], flows: Sequence[str]) -> Values:
    """Volumes and flows stated at 70 kg, at this person's weight."""
    return {
        **values,
        **{name: scaled_volume(values[name], person.weight_kg) for name in volumes},
        **{name: scaled_clearance(values[name], person.weight_kg) for name in flows},
    }


def cv_of_log_variance(variance: float) -> float:
    """The coefficient of variation of a log-normal parameter from the variance that a table prints."""
    return sqrt(expm1(variance))
