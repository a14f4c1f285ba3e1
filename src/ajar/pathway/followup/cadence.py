"""How often a questionnaire is asked, counted from the last dose: a clinic's setting, with sources."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from ajar.pathway.instruments.instrument import Sourced

SEVENTH_DAYS: Final = "practice.md 2.10 (every 7 days for 28)"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingCadence:
    """The days after a dose on which to ask; each new dose starts the count again (features.md H02)."""

    days_after_dose: tuple[Sourced, ...]
    then_every_days: Sourced
    ends_after_days: Sourced
    baseline_within_days: Sourced

    def __post_init__(self) -> None:
        days = [one.value for one in self.days_after_dose]
        if not days or days[0] < 1 or sorted(set(days)) != days:
            raise ValueError(f"days_after_dose must rise from day 1 or later, got {days}.")
        if self.then_every_days.value < 1 or self.baseline_within_days.value < 1:
            raise ValueError("then_every_days and baseline_within_days must be 1 or more.")
        if self.ends_after_days.value <= days[-1]:
            raise ValueError(f"ends_after_days must lie after day {days[-1]:g}.")

    @property
    def asked_days(self) -> tuple[Sourced, ...]:
        """Every day on which to ask; the last one only closes the window before it."""
        step = int(self.then_every_days.value)
        first = int(self.days_after_dose[-1].value) + step
        later = range(first, int(self.ends_after_days.value) + step + 1, step)
        return self.days_after_dose + tuple(
            Sourced(value=day, source=self.then_every_days.source) for day in later
        )

    @property
    def baseline_within(self) -> timedelta:
        """How old a total may be at the first dose and still be its baseline."""
        return timedelta(days=self.baseline_within_days.value)


DEFAULT_CADENCE: Final = AskingCadence(
    days_after_dose=(
        Sourced(value=1, source="practice.md 4.3, point 10 (1, 3, 7, 14 days after each dose)"),
        Sourced(value=7, source=f"practice.md 4.3, point 10; {SEVENTH_DAYS.removeprefix('practice.md ')}"),
        Sourced(value=14, source=f"practice.md 4.3, point 10; {SEVENTH_DAYS.removeprefix('practice.md ')}"),
        Sourced(value=21, source=SEVENTH_DAYS),
        Sourced(value=28, source=SEVENTH_DAYS),
    ),
    then_every_days=Sourced(value=14, source="practice.md 2.10 (then every 14)"),
    ends_after_days=Sourced(
        value=182, source="design default: half a year after the last dose", verified=False
    ),
    baseline_within_days=Sourced(
        value=28, source="design default: two recall windows of the PHQ-9", verified=False
    ),
)
