"""A forecast drawn on the server: geometry here, ink in templates/cotton/fan_chart.html.

A forecast is a band, never a line (looks.md): nine in ten people in light, half of them in dark. Doses stand
on the time axis, what was measured stands as points, and the direction is said in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

from ajar.clinic.careplan.fans import Fan, Tick
from ajar.clinic.web.charts import Frame

SMALL: Final = Frame(name="small", width=304, height=190, left=40, right=292, top=40, floor=152)
"""One of several side by side."""
WIDE: Final = Frame(name="wide", width=720, height=280, left=44, right=692, top=44, floor=240)
NARROW: Final = Frame(name="narrow", width=360, height=244, left=36, right=344, top=44, floor=204)

LEVELS: Final = 4
"""Steps named on the upright axis, about."""
ROUND: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
ROUNDING: Final = 1e-9
"""What a sum of steps may miss a round number by."""
LETTER: Final = 6.8
"""About how wide a letter of the axis is, in the drawing's units (13 px system font)."""
WORD_APART: Final = 8.0
MARK: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A value named on the upright axis."""

    y: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A time named on the axis; `anchor` is which end of the word is held there."""

    x: float
    words: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FanDrawing:
    """A fan placed in its frame. `bars` are doses that take time, (x, width); `marks` those that do not."""

    frame: Frame
    outer: str
    inner: str
    levels: Sequence[Level]
    named: Sequence[Named]
    marks: Sequence[str]
    bars: Sequence[tuple[float, float]]
    points: Sequence[tuple[float, float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """Times and values to places in a frame."""

    frame: Frame
    first: float
    last: float
    least: float
    most: float

    def x(self, at: float) -> float:
        """The axis stands at the first time."""
        return round(
            self.frame.left + self.frame.plot_width * (at - self.first) / (self.last - self.first), 1
        )

    def y(self, value: float) -> float:
        """More is higher on the page."""
        share = (min(max(value, self.least), self.most) - self.least) / (self.most - self.least)
        return round(self.frame.floor - (self.frame.floor - self.frame.top) * share, 1)


def fan_drawing(fan: Fan, frame: Frame) -> FanDrawing:
    """Place everything of a fan in one frame."""
    step = round_step((top_of(fan) - fan.least) / LEVELS)
    axes = axes_of(fan, frame, step)
    rows = fan.quantiles
    takes_time = fan.given_over > 0
    return FanDrawing(
        frame=frame,
        outer=outline(fan.times, rows.low, rows.high, axes),
        inner=outline(fan.times, rows.lower, rows.upper, axes),
        levels=levels(axes, step),
        named=named(fan.ticks, axes),
        marks=[] if takes_time else [triangle(axes.x(at), frame.floor) for at in fan.doses],
        bars=[
            (axes.x(at), round(axes.x(at + fan.given_over) - axes.x(at), 1)) for at in fan.doses if takes_time
        ],
        points=[(axes.x(at), axes.y(value), value) for at, value in fan.measured],
    )


def top_of(fan: Fan) -> float:
    """The end of the scale, or the highest value drawn."""
    return fan.most if fan.most is not None else max(fan.quantiles.high)


def round_step(rough: float) -> float:
    """The next round number: 1, 2, 2.5 or 5 times a power of ten."""
    if rough <= 0:
        return 1.0
    power: float = 10.0 ** floor(log10(rough))
    return next(each * power for each in ROUND if each * power >= rough * (1 - 1e-9))


def axes_of(fan: Fan, frame: Frame, step: float) -> Axes:
    """Round ends, unless the scale has its own."""
    least = floor(fan.least / step + ROUNDING) * step
    most = fan.most if fan.most is not None else least + ceil((top_of(fan) - least) / step - ROUNDING) * step
    return Axes(
        frame=frame,
        first=fan.times[0],
        last=fan.times[-1],
        least=least,
        most=most if most > least else least + step,
    )


def levels(axes: Axes, step: float) -> list[Level]:
    """The named values, from the foot up."""
    count = floor((axes.most - axes.least) / step + ROUNDING)
    values = [axes.least + step * number for number in range(count + 1)]
    if axes.most - values[-1] > step / 2:
        values.append(axes.most)
    return [Level(y=axes.y(value), value=value) for value in values]


def named(ticks: Sequence[Tick], axes: Axes) -> list[Named]:
    """Those of the named times that have room; the first and the last keep their words inside the plot."""
    shown: list[Named] = []
    free_from = -WORD_APART
    for tick in ticks:
        one, begins, ends = placed(tick, axes)
        if begins >= free_from:
            shown.append(one)
            free_from = ends + WORD_APART
    return shown


def placed(tick: Tick, axes: Axes) -> tuple[Named, float, float]:
    """A named time with the places where its words begin and end."""
    x, half = axes.x(tick.at), len(tick.label) * LETTER / 2
    if x - half < axes.frame.left - WORD_APART:
        return Named(x=x, words=tick.label, anchor="start"), x, x + 2 * half
    if x + half > axes.frame.right + WORD_APART:
        return Named(x=x, words=tick.label, anchor="end"), x - 2 * half, x
    return Named(x=x, words=tick.label, anchor="middle"), x - half, x + half


def outline(times: Sequence[float], foot: Sequence[float], top: Sequence[float], axes: Axes) -> str:
    """A closed shape: along the top and back along the foot."""
    there = [f"{axes.x(at)},{axes.y(value)}" for at, value in zip(times, top, strict=True)]
    back = [f"{axes.x(at)},{axes.y(value)}" for at, value in zip(times, foot, strict=True)]
    return " ".join([*there, *reversed(back)])


def triangle(x: float, floor_y: float) -> str:
    """A dose: a small triangle whose tip touches the axis from below."""
    tip = floor_y + 2
    return f"{x},{tip} {x - MARK:.1f},{tip + 2 * MARK:.0f} {x + MARK:.1f},{tip + 2 * MARK:.0f}"
