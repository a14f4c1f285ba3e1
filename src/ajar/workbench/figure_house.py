"""How every figure looks: paper and ink, colours that survive greyscale, labels on the lines, and a corner.

Red, yellow and cyan belong to alarms and are not used. Lines differ by dash and by darkness as well as by
colour. This module imports matplotlib: import it only where a figure is drawn.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ajar.pharmacology.estimates import Status
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.forecast import Band

PNG_DPI: Final = 160
WIDTH_IN: Final = 11.0
ROW_IN: Final = 3.15
MARGIN_IN: Final = 1.35
"""Above and below the panels, for the title and the corner."""

BACKDROP: Final[Any] = {"facecolor": "white", "alpha": 0.7, "edgecolor": "none", "pad": 0.8}
"""Behind words on a line. Outlined words would become shapes in an SVG, which nobody can search or hear."""

INK: Final = "#1c2530"
QUIET: Final = "#5a6470"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """A colour and a dash. In greyscale the colours are 33 %, 45 %, 12 % and 52 % light."""

    colour: str
    dash: Any


PENS: Final = (
    Pen(colour="#0b5a63", dash="-"),
    Pen(colour="#b3541e", dash=(0, (6, 2))),
    Pen(colour="#1c2530", dash=(0, (1, 1.2))),
    Pen(colour="#7a6aa8", dash=(0, (5, 1.5, 1, 1.5))),
    Pen(colour="#4f7a3a", dash=(0, (3, 1))),
    Pen(colour="#8a5a7a", dash=(0, (8, 2, 1, 2, 1, 2))),
)

HOUSE: Final[Any] = {
    "svg.hashsalt": "ajar",
    "svg.fonttype": "none",
    "font.size": 9.0,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 16.0,
    "axes.labelsize": 8.5,
    "xtick.labelsize": 8.0,
    "ytick.labelsize": 8.0,
    "xtick.major.pad": 8.0,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "lines.linewidth": 1.6,
}


@contextmanager
def house() -> Iterator[None]:
    """Everything drawn inside looks like the rest."""
    with mpl.rc_context(HOUSE):
        yield


def page(rows: int, columns: int, *, title: str, under: Sequence[str]) -> tuple[Figure, list[Axes]]:
    """A figure with its panels in reading order, a title and up to two lines under it."""
    height_in = rows * ROW_IN + MARGIN_IN
    figure = Figure(figsize=(WIDTH_IN, height_in))
    FigureCanvasAgg(figure)
    panels = figure.subplots(rows, columns, squeeze=False)
    figure.subplots_adjust(
        left=0.065,
        right=0.975,
        top=1.0 - 1.32 / height_in,
        bottom=0.85 / height_in,
        wspace=0.30,
        hspace=0.58,
    )
    figure.text(0.065, 1.0 - 0.30 / height_in, title, fontsize=12.5, fontweight="bold", va="top")
    words = "\n".join(under)
    figure.text(0.065, 1.0 - 0.56 / height_in, words, fontsize=8.5, color=QUIET, va="top", linespacing=1.4)
    return figure, list(panels.flat)


def corner(figure: Figure, *, purpose: str, origin: str) -> None:
    """What it is for, and the model, its version and the seed."""
    bottom = 0.16 / figure.get_figheight()
    figure.text(0.065, bottom, purpose, fontsize=7.5, color=QUIET)
    figure.text(0.975, bottom, origin, fontsize=7.5, color=QUIET, ha="right")


def head(axes: Axes, title: str, status: Status, unit: str, across: str) -> None:
    """The title of a panel, how well it is established, its unit with the direction that is worse."""
    axes.set_title(title)
    axes.text(0.0, 1.035, status.value, transform=axes.transAxes, fontsize=7.5, color=QUIET, style="italic")
    axes.set_ylabel(unit)
    axes.set_xlabel(across)


def band(axes: Axes, times: FloatArray, each: Band, pen: Pen) -> None:
    """The middle 90 % and 50 % of people, and the median."""
    q = each.quantiles
    axes.fill_between(times, q[0.05], q[0.95], color=pen.colour, alpha=0.14, linewidth=0)
    axes.fill_between(times, q[0.25], q[0.75], color=pen.colour, alpha=0.26, linewidth=0)
    axes.plot(times, q[0.5], color=pen.colour, linestyle=pen.dash)


def line(axes: Axes, times: FloatArray, values: FloatArray, pen: Pen) -> None:
    """One line."""
    axes.plot(times, values, color=pen.colour, linestyle=pen.dash)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words for a line, with the line they belong to."""

    words: str
    times: FloatArray
    values: FloatArray
    pen: Pen


def label_lines(axes: Axes, labels: Sequence[Label]) -> None:
    """Words beside each line's furthest point from zero, moved apart where they would touch."""
    low, high = axes.get_ylim()
    left, right = axes.get_xlim()
    gap = (high - low) * 0.085
    placed: list[float] = []
    rows = [int(np.abs(each.values).argmax()) for each in labels]
    for each, row in sorted(zip(labels, rows, strict=True), key=lambda pair: -pair[0].values[pair[1]]):
        at_y = float(each.values[row])
        while any(abs(at_y - other) < gap for other in placed):
            at_y -= gap / 4.0
        placed.append(at_y)
        at_x = float(each.times[row]) + (right - left) * 0.035
        on_right = at_x < left + 0.62 * (right - left)
        axes.annotate(
            each.words,
            xy=(float(each.times[row]), float(each.values[row])),
            xytext=(at_x if on_right else right, at_y),
            ha="left" if on_right else "right",
            va="center",
            fontsize=8,
            color=each.pen.colour,
            arrowprops={"arrowstyle": "-", "color": each.pen.colour, "linewidth": 0.6, "shrinkB": 1},
            annotation_clip=False,
            bbox=BACKDROP,
        )


def dose_marks(axes: Axes, spans: Sequence[tuple[float, float]]) -> None:
    """On the time axis: a bar as long as a dose takes, with a mark where it starts."""
    across = axes.get_xaxis_transform()
    for start, until in spans:
        axes.plot([start, until], [-0.022, -0.022], transform=across, color=INK, linewidth=2.6, clip_on=False)
        axes.plot(
            [start],
            [-0.035],
            transform=across,
            color=INK,
            marker="^",
            markersize=4.5,
            clip_on=False,
            zorder=5,
        )


def rendered(figure: Figure) -> dict[str, bytes]:
    """The figure by file suffix, the same bytes each time it is drawn."""
    found = {}
    for suffix, options in (
        ("png", {"dpi": PNG_DPI, "metadata": {"Software": "Ajar"}}),
        ("svg", {"metadata": {"Date": None, "Creator": "Ajar"}}),
    ):
        sink = BytesIO()
        figure.savefig(sink, format=suffix, **options)
        found[suffix] = sink.getvalue()
    return found
