"""Long-term watch over bladder, liver, kidneys, cognition, misuse, pressure and weight (features.md H19).

Each check is a row: how often, under which rule, with which source. What is due follows from the facts of
the chart; a check that was never done counts from the first dose. A concern is not a date but a finding:
what was measured asks for something now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from ajar.pathway.maintenance.policies import MaintenancePolicy
from ajar.pathway.staff.roles import Role

RULEBOOK_VERSION: Final = "surveillance 2026.2"


class Rhythm(StrEnum):
    """From what a check's next date is counted."""

    INTERVAL = "so many days after the last one"
    PHASE = "at the beginning of each phase"
    SESSION = "at each session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that is watched. `every_days` counts for INTERVAL; the others follow the doses."""

    id: str
    name: str
    what: str
    rhythm: Rhythm
    every_days: int
    owner: Role
    rule_id: str
    source: str
    verified: bool

    def __post_init__(self) -> None:
        if self.every_days < 1:
            raise ValueError(f"{self.id}: every_days must be 1 or more, got {self.every_days}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveillancePolicy:
    """A clinic's checks and the lines from which a result is a concern. Each concern keeps `version`."""

    checks: tuple[Check, ...]
    late_after_days: int  # a check this long past its date is overdue, not only due
    ahead_days: int  # how long before its date a check is shown as coming
    bpic_from: float  # CA-15
    icsi_rise: float  # CA-15
    pressure_above: tuple[float, float]  # ELG-BP5: strictly above either, mmHg
    pressure_visits: int  # ELG-BP5: so many visits running
    misuse_signs: int
    misuse_within_days: int
    weight_change_percent: float  # LAB-9
    version: str = RULEBOOK_VERSION

    def __post_init__(self) -> None:
        if len({check.id for check in self.checks}) != len(self.checks):
            raise ValueError("Each check needs an id of its own.")

    def check(self, check_id: str) -> Check:
        """The check of this id.

        Raises:
            LookupError: there is none; the message lists those there are.
        """
        for check in self.checks:
            if check.id == check_id:
                return check
        known = ", ".join(check.id for check in self.checks)
        raise LookupError(f"There is no check {check_id!r}; there are: {known}.")


DEFAULT_SURVEILLANCE: Final = SurveillancePolicy(
    checks=(
        Check(
            id="bladder",
            name="Bladder",
            what="urinalysis and a bladder questionnaire (BPIC-SS or ICSI)",
            rhythm=Rhythm.INTERVAL,
            every_days=90,
            owner=Role.NURSE,
            rule_id="LAB-7",
            source="label monitoring duty [MPR]; every 3 months is a design default",
            verified=True,
        ),
        Check(
            id="liver",
            name="Liver",
            what="liver panel with ALP and GGT",
            rhythm=Rhythm.INTERVAL,
            every_days=182,
            owner=Role.NURSE,
            rule_id="LAB-3",
            source="[CPSBC21]; [KETALAR-INP] (warning); every 3 to 6 months: from general knowledge, verify",
            verified=False,
        ),
        Check(
            id="cognition",
            name="Cognition",
            what="MoCA or MMSE; from 60 years on, or where someone complains",
            rhythm=Rhythm.INTERVAL,
            every_days=182,
            owner=Role.PRESCRIBER,
            rule_id="LAB-10",
            source="[PMC10812090]; 6-monthly on maintenance is a design default",
            verified=True,
        ),
        Check(
            id="drug-screen",
            name="Urine drug screen",
            what="urine drug screen; on home supply on a day drawn at random",
            rhythm=Rhythm.PHASE,
            every_days=90,
            owner=Role.NURSE,
            rule_id="LAB-2",
            source="[LOPEZ]; [VA-HM]: each phase",
            verified=True,
        ),
        Check(
            id="renal",
            name="Kidneys",
            what="renal function and electrolytes; with an eating disorder at each visit",
            rhythm=Rhythm.INTERVAL,
            every_days=365,
            owner=Role.NURSE,
            rule_id="LAB-4",
            source="[CPSBC21]: yearly",
            verified=True,
        ),
        Check(
            id="weight",
            name="Weight",
            what="weight on the day of the session; the dose is worked out anew from a change of 5 %",
            rhythm=Rhythm.SESSION,
            every_days=1,
            owner=Role.NURSE,
            rule_id="LAB-9",
            source="design default",
            verified=True,
        ),
    ),
    late_after_days=14,
    ahead_days=14,
    bpic_from=19,
    icsi_rise=4,
    pressure_above=(140, 90),
    pressure_visits=2,
    misuse_signs=2,
    misuse_within_days=90,
    weight_change_percent=5,
)
"""Lines of CA-15 and ELG-BP5 are the knowledge's; `late_after_days`, `ahead_days` and the two numbers about
signs of misuse are design defaults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The facts of one chart that the watch stands on. Days are the patient's own, in order of time."""

    doses: tuple[date, ...]
    course_began: date | None
    phases: tuple[date, ...]  # the first dose of each phase
    done: Mapping[str, date] = field(default_factory=dict)  # the last time of each check
    concerns_noted: Mapping[str, str] = field(default_factory=dict)  # a check whose last result was one
    bpic: tuple[tuple[date, float], ...] = ()
    icsi: tuple[tuple[date, float], ...] = ()
    pressures: tuple[tuple[date, float, float], ...] = ()  # the first of each visit, mmHg
    weights_kg: tuple[tuple[date, float], ...] = ()
    signs: tuple[tuple[date, str], ...] = ()  # of misuse, in words
    ended: bool = False


class PromptState(StrEnum):
    """How a check stands today."""

    OVERDUE = "overdue"
    DUE = "due"
    COMING = "coming"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One check and its next date."""

    check: Check
    due_on: date
    last_on: date | None
    state: PromptState

    @property
    def because(self) -> str:
        """Why on that day, in one sentence."""
        last = f"last done on {self.last_on.isoformat()}" if self.last_on else "not done since the first dose"
        every = f"every {self.check.every_days} days" if self.check.rhythm is Rhythm.INTERVAL else ""
        return f"{every or self.check.rhythm.value}; {last}.".capitalize()


def due_dates(watched: Watched, policy: SurveillancePolicy = DEFAULT_SURVEILLANCE) -> dict[str, date]:
    """The next date of each check, whatever day it is; a check that waits for nothing has none."""
    if not watched.doses or watched.ended:
        return {}
    found = {check.id: _due_on(check, watched) for check in policy.checks}
    return {check_id: on for check_id, on in found.items() if on is not None}


def prompt_of(
    check: Check, due_on: date, last_on: date | None, *, policy: SurveillancePolicy, today: date
) -> Prompt:
    """How a check with this date stands today."""
    return Prompt(check=check, due_on=due_on, last_on=last_on, state=_state(due_on, policy, today))


def prompts(
    watched: Watched, *, today: date, policy: SurveillancePolicy = DEFAULT_SURVEILLANCE
) -> tuple[Prompt, ...]:
    """Every check with a date, the earliest first."""
    found = [
        prompt_of(policy.check(check_id), on, watched.done.get(check_id), policy=policy, today=today)
        for check_id, on in due_dates(watched, policy).items()
    ]
    return tuple(sorted(found, key=lambda prompt: (prompt.due_on, prompt.check.id)))


def phases_of(doses: tuple[date, ...], sessions_planned: int, policy: MaintenancePolicy) -> tuple[date, ...]:
    """The day of the first dose of each phase: of the course itself, then of each maintenance step."""
    starts = [0, *(sessions_planned + step.from_dose - 1 for step in policy.steps)]
    return tuple(doses[start] for start in starts if start < len(doses))


def _due_on(check: Check, watched: Watched) -> date | None:
    last = watched.done.get(check.id)
    if check.rhythm is Rhythm.INTERVAL:
        return (last or watched.doses[0]) + timedelta(days=check.every_days)
    start = watched.phases[-1] if check.rhythm is Rhythm.PHASE and watched.phases else watched.doses[-1]
    return None if last is not None and last >= start else start


def _state(due_on: date, policy: SurveillancePolicy, today: date) -> PromptState:
    days = (today - due_on).days
    if days > policy.late_after_days:
        return PromptState.OVERDUE
    if days >= 0:
        return PromptState.DUE
    return PromptState.COMING if -days <= policy.ahead_days else PromptState.LATER
