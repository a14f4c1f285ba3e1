"""What is given, how and when: administrations, the sessions they belong to, and a course of them.

Amounts are milligrams of ketamine base. Time zero of a session is the start of the infusion, the first spray,
or the placing of the lozenge (pharmacology.md 7.4); hours of a regimen count from its first session.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Final

from ajar.pharmacology.molecules import Drug

DEVICE_BASE_MG: Final = 28.0
"""Esketamine base in one nasal device, 32.3 mg of hydrochloride (pharmacology.md 7.2)."""

DEVICE_INTERVAL_H: Final = 5.0 / 60.0
"""Between nasal devices (pharmacology.md 1.1 and 4.1, routes)."""

MOST_DEVICES: Final = 3
"""The largest nasal dose studied, 84 mg (pharmacology.md 2.6)."""

LONGEST_HOLD_H: Final = 1.0
"""A lozenge is gone before this (guard against minutes written as hours; the models know 10 and 20 min)."""

LARGEST_AMOUNT_MG: Final = 1000.0
"""More than any dose here (2 mg/kg at 170 kg by injection, 400 mg by mouth): grams meant as milligrams."""


class Route(StrEnum):
    """Ways into the body that a clinic may record. A model says which of them it knows."""

    INTRAVENOUS = "intravenous"
    INTRAMUSCULAR = "intramuscular"
    SUBCUTANEOUS = "subcutaneous"
    SUBLINGUAL = "sublingual"
    ORAL = "oral"
    NASAL = "nasal"


class AfterHold(StrEnum):
    """What becomes of the rest of a lozenge when its hold time is over."""

    SWALLOWED = "swallowed"
    SPAT_OUT = "spat out"
    NOT_HELD = "not held"


def _refuse_stranger(value: object, known: type[StrEnum], what: str) -> None:
    if not isinstance(value, known):
        raise ValueError(f"The {what} {value!r} is not known; there are: {', '.join(known)}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DosingEvent:
    """One administration: how much of which drug, by which route, from when, over how long.

    For a sublingual form `duration_h` is the hold time. It is 0.0 where the dose is taken in a moment.
    """

    drug: Drug
    amount_mg: float
    route: Route
    start_h: float
    duration_h: float
    after_hold: AfterHold

    def __post_init__(self) -> None:
        _refuse_stranger(self.route, Route, "route")
        _refuse_stranger(self.drug, Drug, "drug")
        _refuse_stranger(self.after_hold, AfterHold, "end of a hold")
        self._refuse_amount()
        self._refuse_times()

    def _refuse_amount(self) -> None:
        if not (isfinite(self.amount_mg) and self.amount_mg > 0):
            raise ValueError(f"amount_mg must be positive and finite, got {self.amount_mg}.")
        if self.amount_mg > LARGEST_AMOUNT_MG:
            raise ValueError(
                f"{self.amount_mg:g} mg is more than any dose of ketamine that is modelled "
                f"({LARGEST_AMOUNT_MG:g} mg); was it meant in another unit?"
            )

    def _refuse_times(self) -> None:
        if not (isfinite(self.start_h) and self.start_h >= 0):
            raise ValueError(f"A dose starts at 0 h or later, got {self.start_h} h.")
        takes_time = self.route in (Route.INTRAVENOUS, Route.SUBLINGUAL)
        if takes_time and not (isfinite(self.duration_h) and self.duration_h > 0):
            raise ValueError(f"An {self.route} dose takes time; give its duration_h, got {self.duration_h}.")
        if not takes_time and self.duration_h != 0:
            raise ValueError(f"A dose by the {self.route} route has duration_h 0.0, got {self.duration_h}.")
        held = self.route is Route.SUBLINGUAL
        if held and self.duration_h > LONGEST_HOLD_H:
            raise ValueError(
                f"A lozenge is held for at most {LONGEST_HOLD_H:g} h, got {self.duration_h:g} h."
            )
        if held == (self.after_hold is AfterHold.NOT_HELD):
            raise ValueError("A sublingual dose, and no other, is swallowed or spat out after its hold time.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DosingSession:
    """The administrations of one visit, in order."""

    events: tuple[DosingEvent, ...]

    def __post_init__(self) -> None:
        if not self.events:
            raise ValueError("A session has at least one dose.")
        starts = [event.start_h for event in self.events]
        if starts != sorted(starts):
            raise ValueError(f"The doses of a session come in order of time, got starts {starts} h.")

    @property
    def start_h(self) -> float:
        """When its first dose starts."""
        return self.events[0].start_h


@dataclass(frozen=True, slots=True, kw_only=True)
class Regimen:
    """A course: its sessions, in order."""

    sessions: tuple[DosingSession, ...]

    def __post_init__(self) -> None:
        if not self.sessions:
            raise ValueError("A regimen has at least one session.")
        for earlier, later in zip(self.sessions, self.sessions[1:], strict=False):
            if later.start_h <= earlier.events[-1].start_h:
                raise ValueError(
                    f"A session starts after the last dose of the one before, got {later.start_h:g} h "
                    f"after {earlier.events[-1].start_h:g} h."
                )

    @property
    def events(self) -> tuple[DosingEvent, ...]:
        """Every administration, in order."""
        return tuple(event for session in self.sessions for event in session.events)


def _one(
    route: Route, drug: Drug, amount_mg: float, start_h: float, duration_h: float, after_hold: AfterHold
) -> DosingSession:
    event = DosingEvent(
        drug=drug,
        amount_mg=amount_mg,
        route=route,
        start_h=start_h,
        duration_h=duration_h,
        after_hold=after_hold,
    )
    return DosingSession(events=(event,))


def intravenous(*, drug: Drug, amount_mg: float, duration_h: float, start_h: float = 0.0) -> DosingSession:
    """One infusion at a constant rate."""
    return _one(Route.INTRAVENOUS, drug, amount_mg, start_h, duration_h, AfterHold.NOT_HELD)


def intramuscular(*, drug: Drug, amount_mg: float, start_h: float = 0.0) -> DosingSession:
    """One injection into muscle."""
    return _one(Route.INTRAMUSCULAR, drug, amount_mg, start_h, 0.0, AfterHold.NOT_HELD)


def subcutaneous(*, drug: Drug, amount_mg: float, start_h: float = 0.0) -> DosingSession:
    """One injection under the skin."""
    return _one(Route.SUBCUTANEOUS, drug, amount_mg, start_h, 0.0, AfterHold.NOT_HELD)


def sublingual(
    *, drug: Drug, amount_mg: float, hold_h: float, after_hold: AfterHold, start_h: float = 0.0
) -> DosingSession:
    """One lozenge, troche, tablet or film, held in the mouth and then swallowed or spat out."""
    return _one(Route.SUBLINGUAL, drug, amount_mg, start_h, hold_h, after_hold)


def oral(*, drug: Drug, amount_mg: float, start_h: float = 0.0) -> DosingSession:
    """One dose swallowed at once."""
    return _one(Route.ORAL, drug, amount_mg, start_h, 0.0, AfterHold.NOT_HELD)


def nasal_devices(*, devices: int, start_h: float = 0.0) -> DosingSession:
    """One to three nasal esketamine devices of 28 mg, five minutes apart.

    Raises:
        ValueError: another number of devices.
    """
    if devices not in range(1, MOST_DEVICES + 1):
        raise ValueError(f"A nasal session uses 1 to {MOST_DEVICES} devices, got {devices}.")
    return DosingSession(
        events=tuple(
            DosingEvent(
                drug=Drug.ESKETAMINE,
                amount_mg=DEVICE_BASE_MG,
                route=Route.NASAL,
                start_h=start_h + number * DEVICE_INTERVAL_H,
                duration_h=0.0,
                after_hold=AfterHold.NOT_HELD,
            )
            for number in range(devices)
        )
    )


def course(*sessions: DosingSession) -> Regimen:
    """A regimen of these sessions."""
    return Regimen(sessions=tuple(sessions))


def repeated(session: DosingSession, *, on_days: Sequence[float]) -> Regimen:
    """The same session on several days, counted from its own start.

    Raises:
        ValueError: days that are not finite, rising and zero or later.
    """
    return Regimen(
        sessions=tuple(
            DosingSession(events=tuple(_later(event, day * 24.0) for event in session.events))
            for day in on_days
        )
    )


def _later(event: DosingEvent, by_h: float) -> DosingEvent:
    return DosingEvent(
        drug=event.drug,
        amount_mg=event.amount_mg,
        route=event.route,
        start_h=event.start_h + by_h,
        duration_h=event.duration_h,
        after_hold=event.after_hold,
    )
