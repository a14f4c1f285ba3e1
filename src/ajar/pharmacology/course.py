"""What a simulation gives back: curves with their units and labels, and what each session was like."""

from collections.abc import Mapping
from dataclasses import dataclass

from ajar.pharmacology.estimates import Status
from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.person import Person
from ajar.pharmacology.regimen import Regimen


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One output over time, with what it is, its unit (UCUM) and how well it is established."""

    label: str
    unit: str
    status: Status
    values: FloatArray

    def __post_init__(self) -> None:
        self.values.setflags(write=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOutcome:
    """One session: its peaks, and what is left of the dissociation after the sessions before it."""

    number: int
    start_h: float
    attenuation: float
    cadss_peak: float
    nausea_probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A simulated course of one person by one model."""

    model_id: str
    model_version: str
    person: Person
    regimen: Regimen
    times_h: FloatArray
    curves: Mapping[str, Curve]
    sessions: tuple[SessionOutcome, ...]
    notes: tuple[str, ...]

    def __getitem__(self, name: str) -> FloatArray:
        """The values of a curve; its unit is in its name.

        Raises:
            KeyError: no such curve; the message lists them.
        """
        if name not in self.curves:
            raise KeyError(f"There is no curve {name!r}; there are: {', '.join(self.curves)}.")
        return self.curves[name].values
