"""A score over time, drawn on the server: geometry here, ink in templates/cotton/score_chart.html.

The drawing follows practice.md 4.2: direction in words, severity zones with words, doses as marks on the time
axis, a hole where a form was missed (never a line across it), the smallest reliable change as a bracket on
the last point, and the same numbers in a table for whoever cannot see the drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from math import isfinite
from typing import Final

LABEL_GAP: Final = 18
HALF_A_LABEL: Final = 60
CLOSE: Final = 0.5
"""Points of score within which a line is too close to a word."""
LINE_STEPS: Final = 12
VALUE_ABOVE: Final = 2.5
"""The last value is written about this many points above its own."""
DAY_STEPS: Final = 4
"""Steps between the first and the last day that are named on the axis, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The size of a drawing and its margins, in its own units; `name` is how the page picks one."""

    name: str
    width: int
    height: int
    left: int
    right: int
    """Where the plot ends; right of it a wide drawing names the severity zones."""
    top: int
    floor: int

    @property
    def plot_width(self) -> int:
        """From the axis to the last day."""
        return self.right - self.left


WIDE: Final = Frame(name="wide", width=720, height=340, left=40, right=580, top=40, floor=280)
NARROW: Final = Frame(name="narrow", width=360, height=300, left=32, right=344, top=40, floor=240)
"""For phones and narrow columns: the zones' names stand inside the plot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One sending of a form: its day, and its score (None: sent, not answered or not scorable).

    `asked` says how, where someone other than the patient held the pen: drawn hollow, on a line of its own.
    """

    on: date
    score: float | None
    band: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A severity zone: its name and the lowest score that belongs to it."""

    name: str
    lowest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """A mark on the time axis."""

    on: date
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSeries:
    """What is to be drawn. `maximum` is the scale's highest score, `bands` from mild to severe.

    `reliable_change` is the smallest change that is more than the measure's own wobble, in points; None where
    no source gives one.
    """

    instrument: str
    caption: str
    maximum: float
    direction: str
    measured: Sequence[Measured]
    bands: Sequence[Band]
    doses: Sequence[Dose] = ()
    reliable_change: float | None = None

    def __post_init__(self) -> None:
        """Refuse scores outside the scale, days out of order and a scale without a top."""
        if not (isfinite(self.maximum) and self.maximum > 0):
            raise ValueError(f"maximum must be positive and finite, got {self.maximum}.")
        if any(one.score is not None and not 0 <= one.score <= self.maximum for one in self.measured):
            raise ValueError(f"Every score must lie between 0 and {self.maximum:g}.")
        days = [one.on for one in self.measured]
        if days != sorted(days):
            raise ValueError("measured must be in order of days, earliest first.")
        lows = [band.lowest for band in self.bands]
        if lows != sorted(lows):
            raise ValueError("bands must run from the lowest score upwards.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Where a word stands, and which of its ends is held there ("start" or "end")."""

    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBand:
    """A zone as a rectangle; `level` is how dark, 0 for the mildest."""

    name: str
    level: int
    y: float
    height: float
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTick:
    """A score named on the upright axis."""

    y: float
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTick:
    """A day named on the time axis."""

    x: float
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPoint:
    """A score (or a hole, at the foot of the drawing) with where it stands."""

    x: float
    y: float
    measured: Measured


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnDose:
    """A dose as a small triangle standing on the time axis."""

    corners: str
    dose: Dose


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Everything one drawing shows, placed in its frame."""

    frame: Frame
    bands: Sequence[DrawnBand]
    lines: Sequence[str]
    points: Sequence[DrawnPoint]
    holes: Sequence[DrawnPoint]
    doses: Sequence[DrawnDose]
    days: Sequence[DayTick]
    scores: Sequence[ScoreTick]
    bracket: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreChart:
    """A series with its two drawings; the page shows the one that fits."""

    series: ScoreSeries
    drawings: Sequence[Drawing]

    @property
    def asked(self) -> Sequence[str]:
        """The ways of asking that are drawn hollow, in words."""
        return sorted({one.asked for one in self.series.measured if one.asked})

    @property
    def rows(self) -> Sequence[Measured | Dose]:
        """Scores and doses by day, for the table."""
        return sorted([*self.series.measured, *self.series.doses], key=lambda row: row.on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """Days and scores to places in a frame."""

    frame: Frame
    first_day: date
    span_days: int
    maximum: float

    def x(self, on: date) -> float:
        """The axis stands at the first day."""
        return round(
            self.frame.left + self.frame.plot_width * ((on - self.first_day).days / self.span_days), 1
        )

    def y(self, score: float) -> float:
        """The top is the scale's maximum: more symptoms are higher on the page."""
        return round(self.frame.floor - (self.frame.floor - self.frame.top) * score / self.maximum, 1)


def score_chart(series: ScoreSeries) -> ScoreChart:
    """Draw a series for wide and for narrow places. With nothing measured, the empty zones are drawn."""
    return ScoreChart(series=series, drawings=[drawing(series, frame) for frame in (WIDE, NARROW)])


def drawing(series: ScoreSeries, frame: Frame) -> Drawing:
    """Place everything in one frame."""
    scales = scales_of(series, frame)
    return Drawing(
        frame=frame,
        bands=drawn_bands(series, scales),
        lines=unbroken_lines(series.measured, scales),
        points=[
            DrawnPoint(x=scales.x(one.on), y=scales.y(one.score), measured=one)
            for one in series.measured
            if one.score is not None
        ],
        holes=[
            DrawnPoint(x=scales.x(one.on), y=scales.y(0), measured=one)
            for one in series.measured
            if one.score is None
        ],
        doses=[drawn_dose(dose, scales) for dose in series.doses],
        days=day_ticks(series, scales),
        scores=[
            ScoreTick(y=scales.y(score), score=score)
            for score in (*(band.lowest for band in series.bands), series.maximum)
        ],
        bracket=wobble(series, scales),
    )


def drawn_days(series: ScoreSeries) -> list[date]:
    """Every day on which something is drawn, in order."""
    return sorted([one.on for one in series.measured] + [dose.on for dose in series.doses])


def scales_of(series: ScoreSeries, frame: Frame) -> Scales:
    """From the first to the last day drawn; a single day still gets a width."""
    days = drawn_days(series) or [date.min]
    span_days = max((days[-1] - days[0]).days, 1)
    return Scales(frame=frame, first_day=days[0], span_days=span_days, maximum=series.maximum)


def drawn_bands(series: ScoreSeries, scales: Scales) -> list[DrawnBand]:
    """Each zone from its lowest score up to the next zone's."""
    tops = [band.lowest for band in series.bands[1:]] + [series.maximum]
    return [
        DrawnBand(
            name=band.name,
            level=level,
            y=scales.y(top),
            height=round(scales.y(band.lowest) - scales.y(top), 1),
            label=zone_label(series, scales, lowest=band.lowest, top=top),
        )
        for level, (band, top) in enumerate(zip(series.bands, tops, strict=bool(series.bands)))
    ]


def zone_label(series: ScoreSeries, scales: Scales, *, lowest: float, top: float) -> Label:
    """Right of a wide plot; inside a narrow one, where the line leaves the zone free."""
    frame = scales.frame
    y = round((scales.y(lowest) + scales.y(top)) / 2, 1)
    if frame.name == WIDE.name:
        return Label(x=frame.right + LABEL_GAP, y=y, anchor="start")
    crossed = [
        x for x, score in line_samples(series.measured, scales) if lowest - CLOSE <= score <= top + CLOSE
    ]
    sides = (
        Label(x=frame.right - LABEL_GAP, y=y, anchor="end"),
        Label(x=(frame.left + frame.right) / 2, y=y, anchor="middle"),
        Label(x=frame.left + LABEL_GAP, y=y, anchor="start"),
    )
    free = (side for side in sides if not any(abs(x - middle_of(side)) < HALF_A_LABEL for x in crossed))
    return next(free, sides[1])  # a line through the word is easier to read than a number in it


def middle_of(label: Label) -> float:
    """About where the middle of a zone's name stands."""
    return label.x + {"end": -HALF_A_LABEL, "middle": 0, "start": HALF_A_LABEL}[label.anchor]


def line_samples(measured: Sequence[Measured], scales: Scales) -> list[tuple[float, float]]:
    """Places along the drawn lines, (x, score), close enough together to see what they cross."""
    steps = [step / LINE_STEPS for step in range(LINE_STEPS + 1)]
    samples = [
        (x + (next_x - x) * step, score + (next_score - score) * step)
        for run in answered_runs(measured, scales)
        for (x, score), (next_x, next_score) in pairwise([run[0], *run])
        for step in steps
    ]
    last = [(x - 2 * LABEL_GAP, score + VALUE_ABOVE) for x, score in samples[-1:]]
    return samples + last


def answered_runs(measured: Sequence[Measured], scales: Scales) -> list[list[tuple[float, float]]]:
    """(x, score) of forms answered one after the other; a missed one or another way of asking ends a run."""
    runs = groupby(measured, key=lambda one: (one.score is not None, one.asked))
    return [
        [(scales.x(one.on), one.score) for one in run if one.score is not None]
        for (answered, _asked), run in runs
        if answered
    ]


def unbroken_lines(measured: Sequence[Measured], scales: Scales) -> list[str]:
    """One line for each run of forms answered in one way: nothing is drawn across a missed one."""
    return [" ".join(f"{x},{scales.y(score)}" for x, score in run) for run in answered_runs(measured, scales)]


def drawn_dose(dose: Dose, scales: Scales) -> DrawnDose:
    """A triangle whose tip touches the axis from below."""
    x, tip = scales.x(dose.on), scales.frame.floor + 2
    return DrawnDose(corners=f"{x},{tip} {x - 5:.1f},{tip + 10} {x + 5:.1f},{tip + 10}", dose=dose)


def day_ticks(series: ScoreSeries, scales: Scales) -> list[DayTick]:
    """The first and the last day and at most three between, evenly."""
    if not drawn_days(series):
        return []
    steps = min(DAY_STEPS, scales.span_days)
    days = (
        scales.first_day + timedelta(days=round(scales.span_days * step / steps)) for step in range(steps + 1)
    )
    return [DayTick(x=scales.x(on), on=on) for on in days]


def wobble(series: ScoreSeries, scales: Scales) -> tuple[float, float] | None:
    """Top and foot of the bracket at the last score: inside it, the score has not reliably changed."""
    scores = [one.score for one in series.measured if one.score is not None]
    if not scores or series.reliable_change is None:
        return None
    top = min(scores[-1] + series.reliable_change, series.maximum)
    foot = max(scores[-1] - series.reliable_change, 0)
    return scales.y(top), scales.y(foot)
