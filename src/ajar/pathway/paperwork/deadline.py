"""When the REMS form is due: 7 days after treatment, with reminders at days 3, 5 and 6 (FSM-9)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ajar.pathway.paperwork.rems_policy import DEFAULT_REMS, DUE_DAYS, RemsPolicy
from ajar.pathway.staff.roles import Role

RULE_ID: Final = "FSM-9"
SOURCE: Final = "7 days [PMF24]; [OHSF20]; reminders at days 3, 5 and 6 are a design default"
OWNERS: Final = (Role.NURSE, Role.PRESCRIBER, Role.MEDICAL_DIRECTOR)
"""Who is reminded at the first, the second and every later reminder: design default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One reminder that has come: which it is, whose it is, and whether it is pressing."""

    number: int
    day: int
    owner: Role

    @property
    def urgent(self) -> bool:
        """From the second on."""
        return self.number > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The days of one form, by the site's own calendar."""

    treatment_on: date
    policy: RemsPolicy = DEFAULT_REMS

    @property
    def due_on(self) -> date:
        """The last day on which the form is in time."""
        return self.treatment_on + timedelta(days=DUE_DAYS)

    @property
    def escalates_on(self) -> tuple[date, ...]:
        """The days on which it becomes more pressing."""
        return tuple(self.treatment_on + timedelta(days=days) for days in self.policy.escalate_days)

    def days_left(self, on: date) -> int:
        """Days until it is due; negative once it is late."""
        return (self.due_on - on).days

    def escalation(self, on: date) -> int:
        """How many of the reminders have come."""
        return sum(on >= day for day in self.escalates_on)

    def reminder(self, on: date) -> Reminder | None:
        """The reminder that stands on this day; None before the first."""
        number = self.escalation(on)
        if number == 0:
            return None
        owner = OWNERS[min(number, len(OWNERS)) - 1]
        return Reminder(number=number, day=self.policy.escalate_days[number - 1], owner=owner)
