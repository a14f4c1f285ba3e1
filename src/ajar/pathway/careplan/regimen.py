"""What a regimen is: how many sessions, how far apart, how long each takes, and which doses it starts from.

A phase's sessions keep to calendar weeks, as the labels and trials count them; the least gap between
two sessions is a design default of its own (clinical.md SPR-T8).
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from ajar.pathway.evaluation.products import AT_HOME, Indication, Product

TWO_DAYS: Final = timedelta(hours=48)
A_WEEK: Final = timedelta(days=7)
GAP_SOURCE: Final = "SPR-T8, design default: at least 48 h, at most 2 in a calendar week (verify)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of a regimen with one rhythm."""

    id: str
    label: str
    rhythm: str
    sessions: int
    per_week: int
    every_weeks: int
    least_gap: timedelta
    source: str
    gap_verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLength:
    """What the room is needed for, in minutes, in order."""

    prepare_min: int
    dosing_min: int
    observe_min: int
    leave_min: int
    source: str

    @property
    def total(self) -> timedelta:
        """From arrival to an empty room."""
        return timedelta(minutes=self.prepare_min + self.dosing_min + self.observe_min + self.leave_min)

    @property
    def until_dose(self) -> timedelta:
        """From arrival to the first drug, as planned."""
        return timedelta(minutes=self.prepare_min)

    @property
    def until_leaving(self) -> timedelta:
        """From arrival to the earliest moment of leaving, as planned."""
        return self.total - timedelta(minutes=self.leave_min)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What else is known about a regimen. `verified` False: a design default, or still to be verified."""

    rule_id: str
    words: str
    source: str
    verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Regimen:
    """A course as it is ordered.

    `indication` is set where the regimen belongs to one. `opening_mg_per_kg` are the doses of the first
    sessions where a regimen climbs.
    """

    id: str
    label: str
    product: Product
    phases: tuple[Phase, ...]
    default_sessions: int
    review_after: int | None  # the session after which benefit is judged before going on
    length: SessionLength
    infusion_min: float | None
    default_dose_mg_per_kg: float | None
    fixed_doses_mg: tuple[float, ...]
    first_dose_mg: float | None
    source: str
    indication: Indication | None = None
    opening_mg_per_kg: tuple[float, ...] = ()
    remarks: tuple[Remark, ...] = ()
    follows_a_response: bool = False  # it goes on from a course that helped

    @property
    def most_sessions(self) -> int:
        """How many sessions the regimen knows how to lay out."""
        return sum(phase.sessions for phase in self.phases)

    @property
    def needs_a_room(self) -> bool:
        """Does the session happen at the clinic?"""
        return self.product not in AT_HOME

    @property
    def busiest_week(self) -> int:
        """The most sessions in one calendar week."""
        return max(phase.per_week for phase in self.phases)

    def phase_of(self, number: int) -> Phase:
        """The phase of the nth session, counted from 1.

        Raises:
            ValueError: the regimen does not reach that far.
        """
        last = 0
        for phase in self.phases:
            last += phase.sessions
            if 1 <= number <= last:
                return phase
        raise ValueError(f"{self.label} has sessions 1 to {self.most_sessions}, got {number}.")

    def nominal_days(self, sessions: int) -> tuple[float, ...]:
        """Days of the first so many sessions as the regimen counts them, from day 0."""
        days, week = [], 0
        for phase in self.phases:
            for number in range(phase.sessions):
                at_week = week + number // phase.per_week * phase.every_weeks
                apart = A_WEEK.days // phase.per_week
                days.append(float(at_week * A_WEEK.days + number % phase.per_week * apart))
            week += phase.sessions // phase.per_week * phase.every_weeks
        return tuple(days[:sessions])

    def observed_longer(self, by_min: int, *, source: str) -> "Regimen":
        """The same regimen with a longer watch after the dose (POP-7)."""
        observe_min = self.length.observe_min + by_min
        length = replace(self.length, observe_min=observe_min, source=f"{self.length.source}; {source}")
        return replace(self, length=length)
