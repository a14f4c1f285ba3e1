"""A model on paper, before any format: its numbers, states, rates, what is read from them, and the doses.

Formulas are in the infix notation of SBML Level 3; every name in them is the `name` of something here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ajar.pharmacology.compartments import Bolus, Inflow
from ajar.pharmacology.estimates import Status

SAME_MOMENT_H: Final = 1e-9
"""Moments closer than this (4 microseconds) differ by rounding only, and are one event."""

AMOUNT: Final = "mg"
"""The unit of a state that holds mass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number of the model that stays: its unit as the model's tables write it, and where it comes from."""

    name: str
    unit: str
    value: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Something that moves by a rate an hour, from a start. `status` where it is also an output."""

    name: str
    label: str
    unit: str
    rate: str
    start: str
    status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Readout:
    """Something computed from the rest at every moment; an output where it has a status."""

    name: str
    label: str
    unit: str
    formula: str
    status: Status | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A number that jumps at moments and stays in between, such as the rate of an infusion."""

    name: str
    label: str
    unit: str
    start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A known time at which numbers are set anew, all at once."""

    at_h: float
    sets: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole model of one person and one regimen."""

    name: str
    version: str
    label: str
    notes: tuple[str, ...]
    doi: str
    quantities: tuple[Quantity, ...]
    steps: tuple[Step, ...]
    states: tuple[State, ...]
    readouts: tuple[Readout, ...]
    moments: tuple[Moment, ...]

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of what the model gives, in order: what has a status."""
        read = tuple(each.name for each in self.readouts if each.status is not None)
        return read + tuple(each.name for each in self.states if each.status is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What one dose puts into one state, at once or evenly, and the same as a formula of the dose."""

    state: str
    how: Bolus | Inflow
    formula: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """All doses as SBML knows them: what is there at the start, the inflows, and what changes when."""

    starts: Mapping[str, str]
    steps: tuple[Step, ...]
    moments: tuple[Moment, ...]

    def start_of(self, state: str) -> str:
        """What is in a state of mass at time zero."""
        return self.starts.get(state, f"0 {AMOUNT}")

    def inflow_of(self, state: str) -> str:
        """What runs into a state, to be added to its rate; nothing where nothing ever does."""
        name = inflow_name(state)
        return f" + {name}" if any(step.name == name for step in self.steps) else ""


def inflow_name(state: str) -> str:
    """The name of the rate at which doses run into a state."""
    return f"into_{state}"


def scheduled(given: Sequence[Given]) -> Schedule:
    """The doses as starts, inflows that events set, and boluses that events add."""
    first_boluses = _boluses(given, 0.0)
    fed = tuple(dict.fromkeys(each.state for each in given if isinstance(each.how, Inflow)))
    moments = [
        Moment(
            at_h=at_h,
            sets={state: f"{state} + {added}" for state, added in _boluses(given, at_h).items()}
            | {inflow_name(state): _rate(given, state, at_h) for state in _turning(given, at_h)},
        )
        for at_h in _moments_h(given)
    ]
    steps = [
        Step(
            name=inflow_name(state),
            label=f"What runs into {state}",
            unit="mg/h",
            start=_rate(given, state, 0.0),
        )
        for state in fed
    ]
    return Schedule(starts=first_boluses, steps=tuple(steps), moments=tuple(moments))


def _boluses(given: Sequence[Given], at_h: float) -> dict[str, str]:
    """What is put at once into each state at this moment."""
    added: dict[str, list[str]] = {}
    for each in given:
        if isinstance(each.how, Bolus) and _same(each.how.at_h, at_h):
            added.setdefault(each.state, []).append(each.formula)
    return {state: " + ".join(formulas) for state, formulas in added.items()}


def _rate(given: Sequence[Given], state: str, at_h: float) -> str:
    """What runs into a state from this moment on."""
    running = [
        each.formula
        for each in given
        if isinstance(each.how, Inflow)
        and each.state == state
        and each.how.from_h < at_h + SAME_MOMENT_H < each.how.until_h
    ]
    return " + ".join(running) or "0 mg_per_h"


def _turning(given: Sequence[Given], at_h: float) -> list[str]:
    """The states into which something starts or stops running at this moment."""
    turning = [
        each.state
        for each in given
        if isinstance(each.how, Inflow) and (_same(each.how.from_h, at_h) or _same(each.how.until_h, at_h))
    ]
    return list(dict.fromkeys(turning))


def _moments_h(given: Sequence[Given]) -> list[float]:
    """When anything changes after time zero, in order, each once."""
    edges_h = [
        edge_h
        for each in given
        for edge_h in (
            (each.how.at_h,) if isinstance(each.how, Bolus) else (each.how.from_h, each.how.until_h)
        )
    ]
    kept = [0.0]
    for edge_h in sorted(edges_h):
        if not _same(edge_h, kept[-1]):
            kept.append(edge_h)
    return kept[1:]


def _same(first_h: float, second_h: float) -> bool:
    return abs(first_h - second_h) <= SAME_MOMENT_H


def rate_of(coefficients: Mapping[str, str]) -> str:
    """The rate of a linear state: each state it depends on times its coefficient (1/h)."""
    return " + ".join(f"{coefficient} * {state}" for state, coefficient in coefficients.items())
