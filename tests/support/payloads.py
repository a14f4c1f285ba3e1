"""Any payload that a registered kind accepts, drawn from its declared types."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin
from uuid import UUID

from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ajar.pathway.dosing.forecast import (
    STATUSES,
    ForecastFrozen,
    ForecastScored,
    FrozenBand,
    ModelPeak,
    Observed,
    Output,
)
from ajar.pathway.dosing.forecast_scoring import scores_of
from ajar.pathway.ledger.codec import type_hints
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import BOUNDS, DissociationRated, TakenBy, VitalsMeasured
from ajar.pathway.safety.terms import BY_NAME as TERMS

P = TypeVar("P", bound=Payload)

LETTERS: Final = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
WORDS: Final = st.text(LETTERS, min_size=1, max_size=40)
MOMENTS: Final = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))

BY_TYPE: Final[Mapping[type, SearchStrategy[Any]]] = {
    str: WORDS,
    int: st.integers(1, 60),
    bool: st.booleans(),
    float: st.floats(0.5, 150, allow_nan=False),
    datetime: MOMENTS,
    date: st.dates(date(1920, 1, 1), date(2090, 1, 1)),
    UUID: st.uuids(),
}
ALDRETE: Final = st.integers(0, 2)
BY_NAME: Final[Mapping[str, SearchStrategy[Any]]] = {
    "moaa_s": st.integers(0, 5),
    "vital_sign": st.sampled_from(sorted(BOUNDS)),
    "term": st.sampled_from(sorted(TERMS)),
    "grade": st.sampled_from((1, 2, 3, None)),
    **dict.fromkeys(("activity", "respiration", "circulation", "consciousness", "saturation"), ALDRETE),
}


def of_type(hint: Any) -> SearchStrategy[Any]:
    """Values of a declared type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return st.one_of([st.none() if choice is NoneType else of_type(choice) for choice in arguments])
    if origin is tuple:
        return st.lists(of_type(arguments[0]), max_size=6).map(tuple)
    if is_dataclass(hint):
        return accepted(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    return BY_TYPE[hint]


@st.composite
def accepted(draw: DrawFn, cls: Any) -> Any:
    """An instance of a dataclass; what the class itself refuses is drawn again."""
    hints = {field.name: type_hints(cls)[field.name] for field in fields(cls)}
    drawn = {name: draw(BY_NAME[name] if name in BY_NAME else of_type(hints[name])) for name in hints}
    try:
        return cls(**drawn)
    except ValueError:
        reject()


@st.composite
def vitals(draw: DrawFn) -> VitalsMeasured:
    """A set of vital signs: values within bounds, pressure as a pair, the first number higher."""
    chosen = draw(st.lists(st.sampled_from(sorted(BOUNDS)), min_size=1, unique=True))
    values: dict[str, Any] = {
        name: draw(st.floats(BOUNDS[name].lowest, BOUNDS[name].highest)) for name in chosen
    }
    if {"systolic_mmhg", "diastolic_mmhg"} & set(values):
        values["diastolic_mmhg"] = draw(st.floats(40, 150))
        values["systolic_mmhg"] = values["diastolic_mmhg"] + draw(st.floats(1, 100))
    return VitalsMeasured(taken_by=draw(st.sampled_from(TakenBy)), device_id=draw(WORDS), **values)


@st.composite
def dissociation(draw: DrawFn) -> DissociationRated:
    """Six answers."""
    items = draw(st.lists(st.integers(0, 4), min_size=6, max_size=6))
    return DissociationRated(items=tuple(items), distress=draw(st.booleans()))


@st.composite
def frozen_bands(draw: DrawFn, minutes: tuple[float, ...] = (0.0, 5.0, 10.0)) -> FrozenBand:
    """One output: five quantiles that rise, at each of the minutes."""
    value = st.floats(-50, 300, allow_nan=False)
    columns = [sorted(draw(st.lists(value, min_size=5, max_size=5))) for _ in minutes]
    p05, p25, p50, p75, p95 = (tuple(row) for row in zip(*columns, strict=True))
    return FrozenBand(
        output=draw(st.sampled_from(Output)),
        unit=draw(WORDS),
        status=draw(st.sampled_from(STATUSES)),
        p05=p05,
        p25=p25,
        p50=p50,
        p75=p75,
        p95=p95,
    )


@st.composite
def frozen_forecasts(draw: DrawFn) -> ForecastFrozen:
    """Some bands over three moments, each output at most once."""
    minutes = (0.0, 5.0, 10.0)
    bands = draw(st.lists(frozen_bands(minutes), min_size=1, max_size=3, unique_by=lambda band: band.output))
    return ForecastFrozen(
        order_id=draw(st.uuids()),
        product=draw(WORDS),
        dose_mg=35.0,
        duration_min=draw(st.sampled_from((None, 40.0))),
        weight_kg=draw(st.sampled_from((None, 70.0))),
        age_years=None,
        sex="",
        resting_systolic_mmhg=draw(st.sampled_from((None, 124.0))),
        earlier_sessions=0,
        model="u1",
        model_version=draw(WORDS),
        seed=1,
        people=200,
        basis="population",
        minutes=minutes,
        bands=tuple(bands),
        models=(draw(accepted(ModelPeak)),),
    )


@st.composite
def scored_forecasts(draw: DrawFn) -> ForecastScored:
    """A frozen forecast against what was seen of it."""
    forecast = draw(frozen_forecasts())
    seen = draw(st.lists(accepted(Observed), max_size=4))
    return ForecastScored(
        forecast_id=draw(st.uuids()),
        scoring_version=draw(WORDS),
        product=forecast.product,
        model=forecast.model,
        model_version=forecast.model_version,
        given_mg=35.0,
        as_ordered=draw(st.booleans()),
        outputs=scores_of(forecast, dict.fromkeys(Output, seen)),
    )


SPECIAL: Final[Mapping[type[Payload], Callable[[], SearchStrategy[Any]]]] = {
    VitalsMeasured: vitals,
    DissociationRated: dissociation,
    ForecastFrozen: frozen_forecasts,
    ForecastScored: scored_forecasts,
}


def payloads(cls: type[P]) -> SearchStrategy[P]:
    """Any payload of this kind."""
    return SPECIAL[cls]() if cls in SPECIAL else accepted(cls)
