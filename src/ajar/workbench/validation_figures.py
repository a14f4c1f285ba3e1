"""The figures of the validation report, as SVG text that is the same each time it is drawn."""

from collections.abc import Callable, Mapping
from io import StringIO
from typing import Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ajar.pharmacology.calibration.datum import Datum, Use
from ajar.pharmacology.molecules import KETAMINE_G_MOL
from ajar.pharmacology.u1.parameters import MODEL_ID, VERSION
from ajar.pharmacology.validation.compare import NEAR, Bench
from ajar.pharmacology.validation.plasma import GRID_H
from ajar.pharmacology.validation.trials import TRIAL_READINGS
from ajar.workbench.validation_pages import Rows

Compared = Mapping[str, Rows]

SIZE_IN: Final = (6.4, 3.6)
S_COLOUR, R_COLOUR, OTHER_COLOUR = "#0b5a63", "#b3541e", "#5b4b8a"
"""Dark enough on white, and told apart by marker as well."""

PLASMA: Final = ("intravenous", "injection", "mouth", "oral", "nasal")

OWN: Final = (-0.15, "o", S_COLOUR)
PUBLISHED: Final = (0.15, "^", OTHER_COLOUR)
"""How far below its row a dot lies, its marker and its colour."""

DALY: Final = (("daly_0", "placebo"), ("daly_28", "28 mg"), ("daly_56", "56 mg"), ("daly_84", "84 mg"))
"""The arms of Daly 2018."""


def figures(bench: Bench, compared: Compared) -> dict[str, str]:
    """Each figure by its file name."""
    with mpl.rc_context(
        {
            "svg.hashsalt": "ajar",
            "svg.fonttype": "none",
            "font.size": 9.0,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "legend.frameon": False,
        }
    ):
        return {
            "kamp.svg": _drawn(lambda axes: _kamp(axes, bench, compared["intravenous"])),
            "nasal.svg": _drawn(lambda axes: _nasal(axes, bench, compared["nasal"])),
            "daly.svg": _drawn(lambda axes: _daly(axes, bench, compared["outcomes"])),
            "overview.svg": _drawn(lambda axes: _overview(axes, compared)),
        }


def _drawn(draw: Callable[[Axes], None]) -> str:
    figure = Figure(figsize=SIZE_IN, layout="constrained")
    axes = figure.subplots()
    draw(axes)
    figure.text(0.995, 0.005, f"{MODEL_ID} {VERSION}", ha="right", va="bottom", fontsize=7, color="#555555")
    text = StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None, "Creator": "Ajar"})
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n"


def _kamp(axes: Axes, bench: Bench, rows: Rows) -> None:
    run = bench.run("kamp_steps", MODEL_ID)
    shown = GRID_H <= 5.0
    for half, output, colour, marker in (
        ("S", "esketamine_arterial", S_COLOUR, "o"),
        ("R", "arketamine_arterial", R_COLOUR, "s"),
    ):
        values = run.curve(output)[shown] / KETAMINE_G_MOL
        axes.plot(GRID_H[shown], values, color=colour, label=f"{half}-ketamine, {MODEL_ID}")
        for use, filled, words in (
            (Use.JUDGED, colour, "measured"),
            (Use.SHOWN, "none", "doubtful"),
        ):
            points = [d for d, _ in rows if d.use is use and _is(d, "kamp_steps", output, "at")]
            axes.plot(
                [datum.time_h or 0.0 for datum in points],
                [datum.value for datum in points],
                marker,
                color=colour,
                markerfacecolor=filled,
                markersize=4,
                label=f"{half}-ketamine, {words}",
            )
    axes.set_xlabel("hours")
    axes.set_ylabel("arterial plasma, nmol/mL")
    axes.legend(loc="upper left", fontsize=8)


def _is(datum: Datum, scenario: str, output: str, reading: str) -> bool:
    how = datum.computed
    return how is not None and (how.scenario, how.output, how.reading) == (scenario, output, reading)


def _nasal(axes: Axes, bench: Bench, rows: Rows) -> None:
    shown = GRID_H <= 8.0
    for model, colour, dash in ((MODEL_ID, S_COLOUR, "-"), ("perez_ruixo_2021", OTHER_COLOUR, "--")):
        values = bench.run("nasal_84", model).curve("esketamine_venous")
        axes.plot(GRID_H[shown], values[shown], dash, color=colour, label=model)
    peak = next(datum for datum, _ in rows if datum.name == "perez_84_cmax")
    axes.axhline(peak.value, color="#555555", linewidth=0.8, linestyle=":", label="printed peak (table 4)")
    axes.set_xlabel("hours")
    axes.set_ylabel("esketamine, venous plasma, ng/mL")
    axes.legend()


def _daly(axes: Axes, bench: Bench, rows: Rows) -> None:
    for number, (arm, words) in enumerate(DALY):
        data = [d for d, _ in rows if _is(d, arm, "", "change") and d.time_h is not None]
        colour = ("#555555", S_COLOUR, R_COLOUR, OTHER_COLOUR)[number]
        at = np.arange(len(data)) + 0.18 * (number - 1.5)
        observed = [datum.value for datum in data]
        reach = [(datum.value - low, high - datum.value) for datum in data for low, high, _ in [_ends(datum)]]
        bars = np.asarray(reach).T
        axes.errorbar(
            at, observed, yerr=bars, fmt="o", color=colour, markersize=4, label=f"{words}, measured"
        )
        mine = [TRIAL_READINGS["change"](bench.trial(arm), datum) for datum in data]
        axes.plot(at, mine, "x", color=colour, markersize=7, label=f"{words}, {MODEL_ID}")
    axes.set_xticks(range(3), ["2 h", "24 h", "day 8"])
    axes.set_ylabel("MADRS, change")
    axes.set_ylim(-34.0, 0.0)
    axes.legend(ncols=4, fontsize=7, loc="lower left")


def _ends(datum: Datum) -> tuple[float, float, str]:
    return datum.bounds() or (datum.value, datum.value, "")


def _overview(axes: Axes, compared: Compared) -> None:
    for row, name in enumerate(PLASMA):
        for each in (one for _, found in compared[name] for one in found):
            if each.judged and each.ratio is not None:
                _dot(axes, row, each.ratio, OWN if each.model == MODEL_ID else PUBLISHED)
    axes.axvspan(*NEAR, color="#dddddd", zorder=0)
    axes.axvline(1.0, color="#555555", linewidth=0.8)
    axes.set_xscale("log")
    axes.set_xticks([0.2, 0.5, 1.0, 2.0, 4.0], ["0.2", "0.5", "1", "2", "4"])
    axes.minorticks_off()
    axes.set_yticks(range(len(PLASMA)), PLASMA)
    axes.set_ylim(len(PLASMA) + 0.5, -0.5)
    axes.set_xlabel("model over observed (shaded: 0.8 to 1.25)")
    axes.plot([], [], "o", color=S_COLOUR, label=MODEL_ID)
    axes.plot([], [], "^", color=OTHER_COLOUR, label="the published model")
    axes.legend(loc="lower right")


def _dot(axes: Axes, row: int, ratio: float, look: tuple[float, str, str]) -> None:
    lower, marker, colour = look
    axes.plot(ratio, row + lower, marker, color=colour, markersize=4, alpha=0.7)
