"""The flowsheet as a drawing: where everything stands, in the drawing's own units. No colour is decided here.

Time runs left to right, one column for five minutes; the drug row is on top, pressure as chevrons with a
stem and heart rate as a dot, then numbers, steps, and numbered events (practice.md 2.4, 4.1).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from ajar.clinic.dosing.judging import dose_weight_kg
from ajar.clinic.dosing.page import Seen, head_of
from ajar.clinic.ledger.selectors import encounter_entries
from ajar.clinic.monitoring.forms import EventForm
from ajar.clinic.monitoring.part import quick_terms, rated_values, shown_values
from ajar.clinic.monitoring.selectors import vitals_now, watch, watching_of
from ajar.clinic.staff.policy import Action
from ajar.pathway.dosing.entries import Act
from ajar.pathway.dosing.stage import CLOSED
from ajar.pathway.monitoring.flowsheet import (
    COLUMN,
    Cell,
    Column,
    DrugPoint,
    Flowsheet,
    Row,
    flowsheet,
)

LEFT: Final = 118
RIGHT: Final = 14
PER_COLUMN: Final = 30
AXIS: Final = 34
DRUG: Final = 56
VITALS: Final = 230
NUMBERS: Final = 26
STEPS: Final = 54
EVENTS: Final = 34
LOWEST_SHOWN: Final = 40.0
HIGHEST_SHOWN: Final = 200.0
GRID: Final = (40, 60, 80, 100, 120, 140, 160, 180, 200)
NUMBER_ROWS: Final = ("SpO2", "Respiratory rate")
STEP_ROWS: Final = {"Sedation": 5.0, "Dissociation": 24.0}
LEAST_COLUMNS: Final = 24  # two hours: a young session does not stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words at a place."""

    x: float
    y: float
    text: str
    late: bool = False
    old: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A rectangle: the infusion at one rate."""

    x: float
    width: float
    y: float
    height: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chevron:
    """One blood pressure: both points as path data, the stem between them, and its words."""

    x: float
    high_y: float
    low_y: float
    path: str
    words: str
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One heart rate."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """A stepped line with its numbers and the lane it runs in."""

    name: str
    unit: str
    top: float
    floor: float
    path: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """A row of small numbers."""

    name: str
    unit: str
    y: float
    labels: tuple[Label, ...]
    holes: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Everything the template draws."""

    width: float
    height: float
    left: int
    right: float
    lanes: tuple[float, ...]
    ticks: tuple[Label, ...]
    zero_x: float | None
    now_x: float | None
    bars: tuple[Bar, ...]
    spikes: tuple[Label, ...]
    totals: tuple[Label, ...]
    grid: tuple[Label, ...]
    chevrons: tuple[Chevron, ...]
    dots: tuple[Dot, ...]
    numbers: tuple[Numbers, ...]
    steps: tuple[Steps, ...]
    events: tuple[Label, ...]
    event_y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Moments to places, values to heights."""

    starts_at: datetime

    def x(self, at: datetime) -> float:
        """Left edge of the plot is the first column's start."""
        return round(LEFT + (at - self.starts_at) / COLUMN * PER_COLUMN, 1)

    def y(self, value: float) -> float:
        """Pressure and rate share an axis; what lies outside is drawn at its edge."""
        shown = min(max(value, LOWEST_SHOWN), HIGHEST_SHOWN)
        share = (shown - LOWEST_SHOWN) / (HIGHEST_SHOWN - LOWEST_SHOWN)
        return round(AXIS + DRUG + (1 - share) * (VITALS - 24) + 12, 1)


def draw(sheet: Flowsheet, *, now: datetime | None) -> Drawing:
    """Place everything; `now` draws the now-line of a running session."""
    scale = Scale(starts_at=sheet.columns[0].starts_at)
    columns = max(len(sheet.columns), LEAST_COLUMNS)
    tops = lane_tops()
    pressure, rate = sheet.row("Blood pressure"), sheet.row("Heart rate")
    return Drawing(
        width=LEFT + columns * PER_COLUMN + RIGHT,
        height=tops[-1],
        left=LEFT,
        right=LEFT + columns * PER_COLUMN,
        lanes=tops,
        ticks=tuple(minute_ticks(sheet, scale, columns)),
        zero_x=scale.x(sheet.first_dose_at) if sheet.first_dose_at else None,
        now_x=scale.x(now) if now else None,
        bars=tuple(infusion_bars(sheet.drug, scale, until=now or sheet.columns[-1].ends_at)),
        spikes=tuple(spikes(sheet.drug, scale)),
        totals=tuple(totals(sheet.drug, scale)),
        grid=tuple(Label(x=LEFT - 8, y=scale.y(value), text=str(value)) for value in GRID),
        chevrons=tuple(chevron(cell, scale) for cell in per_minute(pressure.cells)),
        dots=tuple(dot(cell, scale) for cell in per_minute(rate.cells)),
        numbers=tuple(number_row(sheet, name, at, scale) for at, name in enumerate(NUMBER_ROWS)),
        steps=tuple(step_row(sheet, name, at, scale) for at, name in enumerate(STEP_ROWS)),
        events=tuple(
            Label(x=scale.x(e.at), y=tops[-2] + 17, text=str(e.number)) for e in sheet.events if not e.struck
        ),
        event_y=tops[-2] + 22,
    )


def lane_tops() -> tuple[float, ...]:
    """Where each lane begins, and where the last one ends."""
    heights = (AXIS, DRUG, VITALS, *[NUMBERS] * len(NUMBER_ROWS), *[STEPS] * len(STEP_ROWS), EVENTS)
    tops = [0.0]
    for height in heights:
        tops.append(tops[-1] + height)
    return tuple(tops)


def minute_ticks(sheet: Flowsheet, scale: Scale, columns: int) -> Iterable[Label]:
    """Every ten minutes from the first dose (from arrival before it)."""
    zero = sheet.first_dose_at or sheet.columns[0].starts_at
    for step in range(columns + 1):
        at = scale.starts_at + step * COLUMN
        minutes = round((at - zero) / timedelta(minutes=1))
        if minutes % 10 == 0:
            yield Label(x=scale.x(at), y=22, text=f"{minutes}")


def infusion_bars(points: Sequence[DrugPoint], scale: Scale, *, until: datetime) -> Iterable[Bar]:
    """The infusion as blocks: one for each stretch at one rate."""
    continuous = [point for point in points if point.rate_mg_per_h is not None or point.act is None]
    for place, point in enumerate(continuous):
        if not point.rate_mg_per_h:
            continue
        ends_at = continuous[place + 1].at if place + 1 < len(continuous) else until
        x, right = scale.x(point.at), scale.x(max(ends_at, point.at))
        text = f"{point.rate_mg_per_h:g} mg/h"
        yield Bar(x=x, width=max(round(right - x, 1), 2), y=AXIS + 18, height=18, text=text)


def spikes(points: Iterable[DrugPoint], scale: Scale) -> Iterable[Label]:
    """Devices and boluses, with their amount."""
    for point in points:
        if point.act in (Act.DEVICE_SPRAYED, Act.INJECTED, Act.PLACED):
            yield Label(x=scale.x(point.at), y=AXIS + 38, text=f"{point.amount_mg:g}")


def totals(points: Sequence[DrugPoint], scale: Scale) -> Iterable[Label]:
    """The running total below the last act and below the end."""
    for point in points[-1:]:
        per_kg = f", {point.running_mg_per_kg:.2f} mg/kg" if point.running_mg_per_kg else ""
        yield Label(x=scale.x(point.at), y=AXIS + DRUG - 5, text=f"{point.running_mg:.4g} mg{per_kg}")


def per_minute(cells: Iterable[Cell]) -> list[Cell]:
    """At most one value a minute, the last, so that a stream does not paint a bar; none that was struck."""
    kept = {cell.at.replace(second=0, microsecond=0): cell for cell in cells if not cell.struck}
    return list(kept.values())


def chevron(cell: Cell, scale: Scale) -> Chevron:
    """Both pressures point at each other."""
    x, (high, low) = scale.x(cell.at), cell.numbers
    high_y, low_y = scale.y(high), scale.y(low)
    down = f"M{x - 5} {high_y - 5}L{x} {high_y}L{x + 5} {high_y - 5}"
    up = f"M{x - 5} {low_y + 5}L{x} {low_y}L{x + 5} {low_y + 5}"
    return Chevron(
        x=x,
        high_y=high_y,
        low_y=low_y,
        path=down + up,
        words=f"{cell.text} mmHg, {cell.by}",
        corrected=bool(cell.old),
    )


def dot(cell: Cell, scale: Scale) -> Dot:
    """A heart rate."""
    return Dot(x=scale.x(cell.at), y=scale.y(cell.numbers[0]), words=f"{cell.text}/min, {cell.by}")


def number_row(sheet: Flowsheet, name: str, at: int, scale: Scale) -> Numbers:
    """The last number of every column, and a mark where a device showed nothing."""
    row, y = sheet.row(name), lane_tops()[3 + at] + 18
    signal = {"SpO2": "spo2_percent", "Respiratory rate": "respiratory_rate_per_min"}[name]
    labels = [column_label(column, row, y, scale) for column in sheet.columns]
    said = {label.x for label in labels if label}
    lost = {
        middle(column, scale)
        for gap in sheet.gaps
        if gap.signal == signal
        for column in sheet.columns
        if column.starts_at <= gap.at < column.ends_at
    }
    return Numbers(
        name=name,
        unit=row.unit,
        y=y,
        labels=tuple(label for label in labels if label),
        holes=tuple(sorted(lost - said)),
    )


def middle(column: Column, scale: Scale) -> float:
    """The middle of a column."""
    return round(scale.x(column.starts_at) + PER_COLUMN / 2, 1)


def column_label(column: Column, row: Row, y: float, scale: Scale) -> Label | None:
    """The last standing number of five minutes."""
    cells = [cell for cell in row.in_column(column) if not cell.struck]
    if not cells:
        return None
    last = cells[-1]
    old = last.old[0].text if last.old else ""
    return Label(x=middle(column, scale), y=y, text=last.text, late=last.late, old=old)


def step_row(sheet: Flowsheet, name: str, at: int, scale: Scale) -> Steps:
    """A scale as steps: each value holds until the next."""
    top = lane_tops()[3 + len(NUMBER_ROWS) + at]
    floor, row = top + STEPS - 10, sheet.row(name)
    points = [
        (scale.x(cell.at), floor - cell.numbers[0] / STEP_ROWS[name] * (STEPS - 26), cell.text)
        for cell in row.cells
        if not cell.struck
    ]
    path = "".join(
        f"M{x} {y:.1f}" if place == 0 else f"H{x}V{y:.1f}" for place, (x, y, _) in enumerate(points)
    )
    labels = tuple(Label(x=x + 3, y=round(y - 4, 1), text=text) for x, y, text in points)
    return Steps(name=name, unit=row.unit, top=top, floor=floor, path=path, labels=labels)


def flowsheet_page(seen: Seen) -> dict[str, Any]:
    """The page's context: the drawing, the table behind it, and the header of the session."""
    session = seen.session
    entries = encounter_entries(session.encounter_id, viewer=seen.viewer)
    sheet = flowsheet(entries, session, weight_kg=dose_weight_kg(session), now=seen.now)
    vitals = vitals_now(session.encounter_id)
    running = session.stage not in CLOSED
    return {
        **head_of(seen),
        "sheet": sheet,
        "drawing": draw(sheet, now=seen.now if running else None),
        "caption": caption(sheet),
        "watch": watch(session, vitals, now=seen.now, watching=watching_of(session.encounter_id)),
        "values": shown_values(vitals),
        "rated": rated_values(vitals),
        "after": seen.after,
        "running": running,
        "may_record": seen.may(Action.RUN_SESSION),
        "quick": quick_terms(session.product),
        "event": EventForm(),
    }


def caption(sheet: Flowsheet) -> str:
    """One sentence that says what the drawing shows."""
    highest = max(
        (c for c in sheet.row("Blood pressure").cells if not c.struck), key=lambda c: c.numbers, default=None
    )
    lowest = min((c for c in sheet.row("SpO2").cells if not c.struck), key=lambda c: c.numbers, default=None)
    noted = sum(not event.struck for event in sheet.events)
    parts = [
        f"highest blood pressure {highest.text} mmHg" if highest else "no blood pressure yet",
        f"lowest SpO2 {lowest.text} %" if lowest else "no SpO2 yet",
        f"{noted} event{'s' if noted != 1 else ''} noted",
    ]
    said = ", ".join(parts)
    return f"{said[0].upper()}{said[1:]}."
