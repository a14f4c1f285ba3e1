"""A page of what lies between a dose and symptoms, each link with how well it is established."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ajar.pharmacology.course import Course
from ajar.workbench import figure_house as house
from ajar.workbench.answer import Answer
from ajar.workbench.figure_house import PENS, Label
from ajar.workbench.keys import PURPOSE
from ajar.workbench.question import DAY_H
from ajar.workbench.telling import course_of, title_of

HOURS: Final = "hours from the start of the first dose"
DAYS: Final = "days from the first dose"
WORDS: Final = (
    "The typical person. Sizes are chosen, not measured in people: no panel here proves that it leads to the "
    "next. Triangle and bar: a dose."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Curves of one link, with the words on each line; over the first day or the whole course."""

    title: str
    unit: str
    curves: Mapping[str, str]
    first_day: bool


LINKS: Final = (
    Link(
        title="Receptor: NMDA block, upper bound",
        unit="share of receptors",
        curves={"nmda_block": ""},
        first_day=True,
    ),
    Link(
        title="Glutamate, and what it drives",
        unit="share",
        curves={"glutamate_excess": "glutamate", "ampa_bdnf_drive": "AMPA and BDNF drive"},
        first_day=True,
    ),
    Link(
        title="Translation, and maturation behind it",
        unit="state, 0 to 1",
        curves={"mtorc1_translation": "mTORC1", "maturation_late": "maturation"},
        first_day=True,
    ),
    Link(
        title="Synapses and the fast circuit",
        unit="state, 0 to 1",
        curves={"synaptic_gain": "synaptic gain", "fast_circuit": "fast circuit"},
        first_day=False,
    ),
    Link(
        title="Default-mode connectivity",
        unit="SD from normal",
        curves={"default_mode_sd": ""},
        first_day=False,
    ),
    Link(
        title="Cytokines",
        unit="share of baseline (higher is worse)",
        curves={"cytokines_share": ""},
        first_day=True,
    ),
)


def chain_page(answer: Answer, seen: Course) -> Figure:
    """Six panels, from the receptor to inflammation."""
    figure, places = house.page(
        2, 3, title=title_of(answer.question), under=(course_of(answer.question), WORDS)
    )
    for axes, link in zip(places, LINKS, strict=True):
        _link(axes, link, seen)
    house.corner(
        figure,
        purpose=f"{PURPOSE.capitalize()}.",
        origin=f"model {seen.model_id} {seen.model_version}",
    )
    return figure


def _link(axes: Axes, link: Link, seen: Course) -> None:
    unit_h = 1.0 if link.first_day else DAY_H
    shown = seen.times_h <= (DAY_H if link.first_day else seen.times_h[-1])
    times = seen.times_h[shown] / unit_h
    labels = []
    for (name, words), pen in zip(link.curves.items(), PENS, strict=False):
        values = seen[name][shown]
        house.line(axes, times, values, pen)
        if words:
            labels.append(Label(words=words, times=times, values=values, pen=pen))
    axes.set_xlim(0.0, float(times[-1]))
    status = seen.curves[next(iter(link.curves))].status
    house.head(axes, link.title, status, link.unit, HOURS if link.first_day else DAYS)
    spans = [
        (event.start_h / unit_h, (event.start_h + event.duration_h * link.first_day) / unit_h)
        for event in seen.regimen.events
    ]
    house.dose_marks(axes, [span for span in spans if span[0] <= times[-1]])
    house.label_lines(axes, labels)
