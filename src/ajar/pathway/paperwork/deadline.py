"""When the REMS form is due: 7 days after treatment, with reminders at days 3, 5 and 6 (FSM-9)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

DUE_DAYS: Final = 7  # [PMF24]; [OHSF20]
ESCALATE_DAYS: Final = (3, 5, 6)  # design default
RULE_ID: Final = "FSM-9"
SOURCE: Final = "7 days [PMF24]; [OHSF20]; reminders at days 3, 5 and 6 are a design default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The days of one form, by the site's own calendar."""

    treatment_on: date

    @property
    def due_on(self) -> date:
        """The last day on which the form is in time."""
        return self.treatment_on + timedelta(days=DUE_DAYS)

    @property
    def escalates_on(self) -> tuple[date, ...]:
        """The days on which it becomes more pressing."""
        return tuple(self.treatment_on + timedelta(days=days) for days in ESCALATE_DAYS)

    def days_left(self, on: date) -> int:
        """Days until it is due; negative once it is late."""
        return (self.due_on - on).days

    def escalation(self, on: date) -> int:
        """How many of the three reminders have come: 0 to 3."""
        return sum(on >= day for day in self.escalates_on)
