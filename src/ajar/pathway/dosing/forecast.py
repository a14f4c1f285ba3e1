"""What was expected of a session, frozen before the drug, and how it fared once the patient had left.

A forecast is an entry like any other: which model, which inputs, which bands (design.md 5). It is made once
for a checked order and never changed; the score at release names the observations it used. Neither changes
what may happen next: a forecast is not for therapy decisions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import isfinite
from typing import ClassVar, Final
from uuid import UUID

from ajar.pathway.dosing.entries import DoseOrdered
from ajar.pathway.dosing.session import Session
from ajar.pathway.ledger.entry import Entry, effective
from ajar.pathway.ledger.payload import Payload, entry_kind, said

STATUSES: Final = ("established", "plausible", "unproven")
"""How well an output is established in people, as the models label it (pharmacology.md 4.3)."""


class Output(StrEnum):
    """What is forecast for the hours of a session."""

    KETAMINE = "ketamine_venous_ng_ml"
    DISSOCIATION = "cadss"
    SYSTOLIC = "systolic_mmhg"


class ForecastRefused(ValueError):
    """A forecast cannot be frozen now, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenBand:
    """One output at each minute of a forecast: the edges of 90 % and of 50 % of people, and the middle."""

    output: Output
    unit: str
    status: str
    p05: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p95: tuple[float, ...]

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"status must be one of {', '.join(STATUSES)}, got {self.status!r}.")
        if len({len(row) for row in self.rows}) > 1:
            raise ValueError("Every quantile of a band needs as many values as the others.")
        for lower, higher in pairwise(self.rows):
            if any(high < low for low, high in zip(lower, higher, strict=True)):
                raise ValueError("A higher quantile cannot lie below a lower one.")

    @property
    def rows(self) -> tuple[tuple[float, ...], ...]:
        """All five, from low to high."""
        return self.p05, self.p25, self.p50, self.p75, self.p95


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPeak:
    """The peak that one admissible model gives the typical person, and where the model comes from."""

    model: str
    source: str
    measured: str  # analyte and site, such as "ketamine, venous plasma"
    peak_ng_ml: float
    at_min: float


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastFrozen(Payload):
    """The bands expected for a checked order, before any drug; or why there are none.

    `minutes` count from the first drug. `basis` says whose spread it is. Inputs are those that were used.
    """

    KIND: ClassVar[str] = "forecast.frozen"
    DECISIVE: ClassVar[bool] = False

    order_id: UUID
    product: str
    dose_mg: float
    duration_min: float | None
    weight_kg: float | None
    age_years: float | None
    sex: str
    resting_systolic_mmhg: float | None
    earlier_sessions: int
    model: str
    model_version: str
    seed: int
    people: int
    basis: str
    minutes: tuple[float, ...]
    bands: tuple[FrozenBand, ...]
    models: tuple[ModelPeak, ...]
    notes: tuple[str, ...] = ()
    because: str = ""

    def __post_init__(self) -> None:
        if not self.bands:
            said("the reason why there is no forecast", self.because)
        if any(not isfinite(minute) for minute in self.minutes) or any(
            later <= earlier for earlier, later in pairwise(self.minutes)
        ):
            raise ValueError("The minutes of a forecast are finite and rise.")
        if any(len(band.p50) != len(self.minutes) for band in self.bands):
            raise ValueError("Every band needs one value for each minute.")

    def band(self, output: Output) -> FrozenBand | None:
        """The band of an output, or None where it was not forecast."""
        return next((band for band in self.bands if band.output is output), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One value seen, in minutes after the first drug, and the entry that says so."""

    minute: float
    value: float
    entry_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputScore:
    """How one output fared. Means are None where nothing was observed: unknown, not perfect.

    `mean_error` is observed less expected middle; `interval_score` is the mean weighted interval score
    (forecast_scoring.py), lower is better; both in the unit of the output. `scale` says how what was observed
    was brought to that unit, empty where it already was.
    """

    output: Output
    unit: str
    scale: str
    number: int
    inside_50: int
    inside_90: int
    mean_error: float | None
    interval_score: float | None
    observations: tuple[Observed, ...]

    def __post_init__(self) -> None:
        if not 0 <= self.inside_50 <= self.inside_90 <= self.number:
            raise ValueError("What lies inside the 50 % band lies inside the 90 % band, and is counted once.")
        if (self.number == 0) != (self.mean_error is None) or (self.number == 0) != (
            self.interval_score is None
        ):
            raise ValueError("An output has a score where, and only where, something was observed.")


@entry_kind
@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastScored(Payload):
    """What happened, against what was frozen. `as_ordered`: the dose forecast is the dose that was given."""

    KIND: ClassVar[str] = "forecast.scored"
    DECISIVE: ClassVar[bool] = False

    forecast_id: UUID
    scoring_version: str
    product: str
    model: str
    model_version: str
    given_mg: float
    as_ordered: bool
    outputs: tuple[OutputScore, ...]


def forecast_of(entries: Iterable[Entry], order_id: UUID | None) -> Entry | None:
    """The forecast that was frozen for this order, among entries in chain order."""
    found = [
        entry
        for entry in effective(entries)
        if isinstance(entry.payload, ForecastFrozen) and entry.payload.order_id == order_id
    ]
    return found[0] if found else None


def order_to_forecast(session: Session) -> tuple[UUID, DoseOrdered]:
    """The order whose forecast may be frozen: checked, and before any drug; afterwards it would be hindsight.

    Raises:
        ForecastRefused: naming what is missing, or that drug was given.
    """
    if session.order is None or session.order_id is None or session.check is None:
        raise ForecastRefused("A forecast is frozen once the order has been checked.")
    if session.acts:
        raise ForecastRefused("Drug has been given: a forecast made now would be hindsight.")
    if session.closed_at is not None:
        raise ForecastRefused("This session is closed.")
    return session.order_id, session.order
