"""A scenario as it was understood: a floor, what happens on it, and what is expected."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ajar.exchange.scenarios.acts import Act, Move, Vitals
from ajar.pathway.evaluation.products import Jurisdiction, Product
from ajar.pathway.monitoring.cadence import Check
from ajar.pathway.monitoring.entries import Priority


class BadScenario(ValueError):
    """Not a scenario this program plays; says where and what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedSite:
    """Where it happens. `certified`: for the REMS."""

    name: str = "Simulated floor"
    jurisdiction: Jurisdiction = Jurisdiction.US
    certified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedStaff:
    """Who works there."""

    nurse: str = "Dana Rowe"
    second: str = "Ines Calder"
    prescriber: str = "Imran Vale"


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedPatient:
    """One synthetic patient with today's session.

    `given_before_mg`: earlier sessions of this course, a week apart. `at_clinic_before_mg`: lozenges taken
    at the clinic before a course at home.
    """

    name: str
    product: Product
    dose_mg: float
    baseline: Vitals
    weight_kg: float | None = None
    room: str = ""
    given_before_mg: tuple[float, ...] = ()
    at_clinic_before_mg: tuple[float, ...] = ()
    enrolled: bool = True
    consented: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedDevice:
    """One bedside monitor and the room it stands in; none: nobody has said where it stands."""

    room: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One act at a minute. `refused`: words of the refusal that is expected; empty, it must succeed."""

    at_min: float
    who: str
    act: Act
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmExpected:
    """From `since_min` on this alarm stands and is gone at `until_min` (None: it stands to the end)."""

    who: str
    alarm: str
    about: str
    priority: Priority
    since_min: float
    until_min: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueExpected:
    """At `at_min` this check is next due at minute `next_min`."""

    who: str
    due: Check
    at_min: float
    next_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StayExpected:
    """The minimum stay is over at this minute and not one minute earlier."""

    who: str
    earliest_release_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenExpected:
    """At `at_min` exactly these criteria stand between the patient and recovery."""

    who: str
    at_min: float
    open: tuple[str, ...]


class Outcome(StrEnum):
    """How a session stands when the scenario ends."""

    RELEASED = "released"
    LEFT_AGAINST_ADVICE = "left against advice"
    CANCELLED = "cancelled"
    NOT_STARTED = "not started"
    DOSING = "dosing"
    OBSERVED = "observed"
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeExpected:
    """How the session ends."""

    who: str
    outcome: Outcome


Expected = AlarmExpected | DueExpected | StayExpected | OpenExpected | OutcomeExpected


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One scenario, its steps in order of time. Alarms that are not expected are not allowed."""

    title: str
    teaches: str
    site: SimulatedSite
    staff: SimulatedStaff
    patients: Mapping[str, SimulatedPatient]
    devices: Mapping[str, SimulatedDevice]
    steps: tuple[Step, ...]
    expected: tuple[Expected, ...]

    @property
    def rooms(self) -> tuple[str, ...]:
        """Every room that is named, once, in order."""
        named = [
            *(patient.room for patient in self.patients.values()),
            *(device.room for device in self.devices.values()),
            *(step.act.room for step in self.steps if isinstance(step.act, Move)),
        ]
        return tuple(dict.fromkeys(room for room in named if room))

    @property
    def ends_min(self) -> float:
        """The last minute at which something happens or is looked at."""
        return max(self.moments)

    @property
    def moments(self) -> tuple[float, ...]:
        """Every minute at which something happens or is looked at, in order."""
        found = {step.at_min for step in self.steps}
        for one in self.expected:
            found.update(_looked_at(one))
        return tuple(sorted(found))


def _looked_at(expected: Expected) -> tuple[float, ...]:
    """The minutes at which an expectation is judged: also the last before it becomes true."""
    match expected:
        case AlarmExpected():
            ends = () if expected.until_min is None else (expected.until_min - 1, expected.until_min)
            return (expected.since_min - 1, expected.since_min, *ends)
        case DueExpected() | OpenExpected():
            return (expected.at_min,)
        case StayExpected():
            return (expected.earliest_release_min - 1, expected.earliest_release_min)
    return ()
