"""The pictures of a run: the session, the course, the chain between, and models side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ajar.pharmacology.course import Course, Curve
from ajar.pharmacology.ensemble import Ensemble, Group
from ajar.pharmacology.estimates import Status
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.forecast import Band
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION
from ajar.workbench import figure_house as house
from ajar.workbench.answer import Answer
from ajar.workbench.chain_figure import chain_page
from ajar.workbench.crowds import Crowd
from ajar.workbench.figure_house import PENS, Label
from ajar.workbench.keys import PURPOSE
from ajar.workbench.question import DAY_H, Question
from ajar.workbench.telling import course_of, title_of

HOURS: Final = "hours from the start of the first dose"
DAYS: Final = "days from the first dose"
MOST_PANELS: Final = 6
MARKS: Final = "Triangle and bar on the time axis: a dose."


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Curves that share a unit: their names with the words on the line. The first has the band."""

    title: str
    unit: str
    curves: Mapping[str, str]


SESSION: Final = (
    Panel(
        title="Ketamine in plasma",
        unit="ng/mL",
        curves={"ketamine_venous_ng_ml": "venous", "ketamine_arterial_ng_ml": "arterial"},
    ),
    Panel(title="Norketamine in plasma", unit="ng/mL", curves={"norketamine_ng_ml": ""}),
    Panel(title="S-ketamine at the effect site", unit="ng/mL", curves={"s_effect_site_ng_ml": ""}),
    Panel(title="Dissociation", unit="CADSS, points (higher is worse)", curves={"cadss": ""}),
    Panel(
        title="Blood pressure, rise by the drug",
        unit="mmHg (higher is worse)",
        curves={"sbp_rise_mmhg": "systolic", "dbp_rise_mmhg": "diastolic"},
    ),
    Panel(
        title="Sedation: chance of MOAA/S 4 or less",
        unit="probability (higher is worse)",
        curves={"sedation_probability": ""},
    ),
)


def pictures(answer: Answer) -> dict[str, bytes]:
    """Every picture of this answer, by file name."""
    with house.house():
        pages = {"session": _session(answer)}
        if answer.course:
            pages["course"] = _course(answer, answer.course)
            pages["chain"] = chain_page(answer, answer.course)
        if answer.models:
            pages["compare"] = _compare(answer, answer.models)
        return {
            f"{name}.{suffix}": picture
            for name, figure in pages.items()
            for suffix, picture in house.rendered(figure).items()
        }


def _under(answer: Answer) -> tuple[str, str]:
    course = course_of(answer.question)
    if answer.crowd is None:
        drawn = "Lines: the typical person; people differ, and --population draws how much."
    else:
        people = answer.crowd.session.people
        drawn = f"Lines: the median of {people} people like this one; bands: the middle 50 % and 90 %."
    return course, f"{drawn} {MARKS}"


LEAST_SURE: Final = (Status.UNPROVEN, Status.PLAUSIBLE, Status.ESTABLISHED)


def _least_sure(group: Group) -> Status:
    return min((level.status for level in group.levels), key=LEAST_SURE.index)


def _signed(figure: Figure, answer: Answer) -> Figure:
    simulated = answer.simulated
    seed = f", seed {answer.question.seed}, {answer.question.people} people" if answer.crowd else ""
    house.corner(
        figure,
        purpose=f"{PURPOSE.capitalize()}.",
        origin=f"model {simulated.model} {simulated.model_version}{seed}",
    )
    return figure


def _session(answer: Answer) -> Figure:
    curves = answer.simulated.curves
    panels = SESSION if answer.course else _published_panels(curves)
    rows = -(-len(panels) // 3)
    figure, places = house.page(rows, 3, title=title_of(answer.question), under=_under(answer))
    for axes, panel in zip(places, panels, strict=False):
        _panel(axes, panel, answer)
    for axes in places[len(panels) :]:
        axes.set_axis_off()
    return _signed(figure, answer)


def _published_panels(curves: Mapping[str, Curve]) -> tuple[Panel, ...]:
    return tuple(Panel(title=curve.label, unit="ng/mL", curves={name: ""}) for name, curve in curves.items())


def _panel(axes: Axes, panel: Panel, answer: Answer) -> None:
    labels = []
    for (name, words), pen in zip(panel.curves.items(), PENS, strict=False):
        times, values = _drawn(axes, name, answer, pen)
        if words:
            labels.append(Label(words=words, times=times, values=values, pen=pen))
    axes.set_xlim(0.0, answer.question.hours)
    if answer.simulated.curves[next(iter(panel.curves))].values.min() >= 0.0:
        axes.set_ylim(bottom=0.0)
    status = answer.simulated.curves[next(iter(panel.curves))].status
    house.head(axes, panel.title, status, panel.unit, HOURS)
    house.dose_marks(axes, _spans(answer.question, most_h=answer.question.hours))
    house.label_lines(axes, labels)


def _drawn(axes: Axes, name: str, answer: Answer, pen: house.Pen) -> tuple[FloatArray, FloatArray]:
    """The band where there is one, else the typical line; what was drawn in the middle."""
    hours = answer.question.hours
    if answer.crowd and name in answer.crowd.session.bands:
        band = answer.crowd.session[name]
        shown = band.times_h <= hours
        cut = Band(
            label=band.label,
            unit=band.unit,
            status=band.status,
            times_h=band.times_h[shown],
            quantiles={share: values[shown] for share, values in band.quantiles.items()},
        )
        house.band(axes, cut.times_h, cut, pen)
        return cut.times_h, cut.quantiles[0.5]
    simulated = answer.simulated
    shown = simulated.times_h <= hours
    times, values = simulated.times_h[shown], simulated.curves[name].values[shown]
    house.line(axes, times, values, pen)
    return times, values


def _spans(question: Question, *, most_h: float, scale: float = 1.0) -> list[tuple[float, float]]:
    return [
        (event.start_h * scale, (event.start_h + event.duration_h) * scale)
        for event in question.regimen.events
        if event.start_h <= most_h
    ]


def _course(answer: Answer, seen: Course) -> Figure:
    figure, places = house.page(2, 2, title=title_of(answer.question), under=_under(answer))
    days = seen.times_h / DAY_H
    starts = [(each.start_h / DAY_H, each.start_h / DAY_H) for each in answer.question.regimen.sessions]
    _symptoms(places[0], answer, days)
    _chain(places[2], answer, days)
    _phq9(places[3], answer, days)
    along = [places[0], *places[2:]]
    if len(seen.sessions) > 1:
        _dissociation(places[1], seen)
        along.append(places[1])
    else:
        _first_links(places[1], answer)
    for axes in along:
        axes.set_xlim(-0.02 * answer.question.days, answer.question.days)
        house.dose_marks(axes, starts)
    return _signed(figure, answer)


def _weeks_band(crowd: Crowd, name: str) -> tuple[FloatArray, Band]:
    band = crowd.weeks[name]
    return band.times_h / DAY_H, band


def _symptoms(axes: Axes, answer: Answer, days: FloatArray) -> None:
    """The change in all, with what is the drug's."""
    baseline = answer.question.symptoms.madrs_baseline
    curves = answer.simulated.curves
    drug = np.clip(-baseline * curves["drug_improvement_share"].values, -baseline, None)
    total = curves["madrs_change"].values
    if answer.crowd:
        times, band = _weeks_band(answer.crowd, "madrs_change")
        house.band(axes, times, band, PENS[0])
        better = answer.crowd.weeks["drug_improvement_share"].quantiles[0.5]
        middle = np.clip(-baseline * better, -baseline, None)
        house.line(axes, times, middle, PENS[1])
        labels = [("with placebo", times, band.quantiles[0.5]), ("by the drug", times, middle)]
    else:
        house.line(axes, days, total, PENS[0])
        house.line(axes, days, drug, PENS[1])
        labels = [("with placebo", days, total), ("by the drug", days, drug)]
    house.head(
        axes,
        f"Symptoms: change of MADRS from {baseline:g}",
        Status.ESTABLISHED,
        "points (lower is better)",
        DAYS,
    )
    axes.axhline(0.0, color=house.QUIET, linewidth=0.6)
    house.label_lines(
        axes,
        [Label(words=w, times=t, values=v, pen=pen) for (w, t, v), pen in zip(labels, PENS, strict=False)],
    )


def _dissociation(axes: Axes, seen: Course) -> None:
    days = [each.start_h / DAY_H for each in seen.sessions]
    peaks = [each.cadss_peak for each in seen.sessions]
    axes.vlines(days, 0.0, peaks, color=PENS[0].colour, linewidth=1.2)
    axes.plot(days, peaks, marker="o", linestyle="none", color=PENS[0].colour, markersize=5)
    axes.set_ylim(0.0, max(*peaks, 1.0) * 1.2)
    house.head(
        axes,
        "Dissociation: the typical peak of each session",
        Status.ESTABLISHED,
        "CADSS, points (higher is worse)",
        DAYS,
    )


def _first_links(axes: Axes, answer: Answer) -> None:
    """What moves within the first day, where there is only one session."""
    curves, times = answer.simulated.curves, answer.simulated.times_h
    shown = times <= DAY_H
    labels = []
    for name, words, pen in (
        ("glutamate_excess", "glutamate", PENS[0]),
        ("mtorc1_translation", "mTORC1", PENS[1]),
    ):
        values = curves[name].values[shown]
        house.line(axes, times[shown], values, pen)
        labels.append(Label(words=words, times=times[shown], values=values, pen=pen))
    axes.set_xlim(0.0, DAY_H)
    status = curves["mtorc1_translation"].status
    house.head(axes, "The chain's first links, typical", status, "share", HOURS)
    house.dose_marks(axes, _spans(answer.question, most_h=DAY_H))
    house.label_lines(axes, labels)


def least_established(*statuses: Status) -> Status:
    """What a panel with several curves is called."""
    return max(statuses, key=list(Status).index)


def _chain(axes: Axes, answer: Answer, days: FloatArray) -> None:
    curves = answer.simulated.curves
    labels = []
    for name, words, pen in (
        ("synaptic_gain", "synaptic gain", PENS[0]),
        ("fast_circuit", "fast circuit", PENS[1]),
    ):
        times, values = days, curves[name].values
        if answer.crowd:
            times, band = _weeks_band(answer.crowd, name)
            house.band(axes, times, band, pen)
            values = band.quantiles[0.5]
        else:
            house.line(axes, times, values, pen)
        known = f"{words}, {curves[name].status}"
        labels.append(Label(words=known, times=times, values=values, pen=pen))
    axes.set_ylim(bottom=0.0)
    status = least_established(curves["synaptic_gain"].status, curves["fast_circuit"].status)
    house.head(axes, "The chain between dose and symptoms", status, "state, 0 to 1", DAYS)
    house.label_lines(axes, labels)


def _phq9(axes: Axes, answer: Answer, days: FloatArray) -> None:
    curve = answer.simulated.curves["phq9"]
    if answer.crowd:
        times, band = _weeks_band(answer.crowd, "phq9")
        house.band(axes, times, band, PENS[0])
    else:
        house.line(axes, days, curve.values, PENS[0])
    axes.set_ylim(0.0, 27.0)
    house.head(
        axes,
        "PHQ-9 expected, over the 14 days before, with placebo",
        curve.status,
        "points (higher is worse)",
        DAYS,
    )


def _compare(answer: Answer, seen: Ensemble) -> Figure:
    groups = sorted(seen.groups, key=_alone)[:MOST_PANELS]
    rows = -(-len(groups) // 3)
    figure, places = house.page(
        rows,
        3,
        title=title_of(answer.question),
        under=(
            f"{course_of(answer.question)} {MARKS}",
            f"The first session by {len(seen.members)} models, each for its typical person. Shaded: from the "
            "lowest to the highest; a spread of models, not of people.",
        ),
    )
    pens = {member.model: pen for member, pen in zip(seen.members, PENS, strict=False)}
    for axes, group in zip(places, groups, strict=False):
        _group(axes, group, answer, pens, seen.times_h)
    for axes in places[len(groups) :]:
        axes.set_axis_off()
    house.corner(
        figure,
        purpose=f"{PURPOSE.capitalize()}.",
        origin=f"model {MODEL_ID} {VERSION}, the others as published",
    )
    return figure


def _alone(group: Group) -> tuple[bool, bool]:
    """Groups with several models come first, then those that U1 does not have."""
    return group.spread is None, all(level.model == MODEL_ID for level in group.levels)


def _group(
    axes: Axes, group: Group, answer: Answer, pens: Mapping[str, house.Pen], times_h: FloatArray
) -> None:
    shown = times_h <= answer.question.hours
    times = times_h[shown]
    if group.spread:
        low, high = group.spread.lowest_ng_ml[shown], group.spread.highest_ng_ml[shown]
        axes.fill_between(times, low, high, color=house.QUIET, alpha=0.15, linewidth=0)
    labels: Sequence[Label] = [
        Label(words=level.model, times=times, values=level.values_ng_ml[shown], pen=pens[level.model])
        for level in group.levels
    ]
    for label in labels:
        house.line(axes, times, label.values, label.pen)
    axes.set_xlim(0.0, answer.question.hours)
    axes.set_ylim(bottom=0.0)
    site = group.site.value.split(",")[0]
    title = f"{group.analyte.capitalize()}, {site}"
    house.head(axes, title, _least_sure(group), "ng/mL", HOURS)
    house.dose_marks(axes, _spans(answer.question, most_h=answer.question.hours))
    house.label_lines(axes, labels)
