"""Which task a risk answer opens, whose it is, and by when.

Intervals are design defaults over clinical.md 6.2: at item 9 >= 1 a C-SSRS screener the same day, at
>= 2 within one hour; a blank item 9 opens a contact task (MBC-4). The task opens on the answer, not
when the form is handed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.score import Risk, pressing, risk, unanswered_safety_items
from ajar.pathway.instruments.suicide import C_SSRS
from ajar.pathway.ledger.payload import aware
from ajar.pathway.staff.roles import Role


class TaskKind(StrEnum):
    """What someone has to do."""

    RISK_URGENT = "risk_urgent"
    RISK_SAME_DAY = "risk_same_day"
    SAFETY_ITEM_BLANK = "safety_item_blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskTask:
    """A task as the rule asks for it. `within` is None for "the same day, where the patient is"."""

    kind: TaskKind
    title: str
    because: str
    owner: Role
    within: timedelta | None
    rule_id: str
    source: str
    design_default: bool = True


URGENT_WITHIN: Final = timedelta(hours=1)
SAME_DAY_AT_LEAST: Final = timedelta(hours=1)
"""Late in the evening "the same day" still leaves an hour to call back."""

DUE_SOURCE: Final = "due the same day, urgent within 1 h: clinical.md 6.2, PHQ-9 item 9 (design default)"
"""The interval of every warning is that of the PHQ-9; the warning itself has a source of its own."""

URGENT_TITLE: Final = "Call within 1 hour and do a C-SSRS screener"
SAME_DAY_TITLE: Final = "Call today and do a C-SSRS screener"
TRIAGED_TITLES: Final = {
    URGENT_TITLE: "Act at once: safety precautions and an evaluation now",
    SAME_DAY_TITLE: "Evaluate today: the C-SSRS screener has a positive answer",
}
"""After a C-SSRS screener nobody asks for another one: its own actions stand (clinical.md 6.2)."""

Raised = tuple[bool, int, int]
"""The most pressing warning of one form for which a task was opened: urgency, answer, item."""


def fresh_risk(instrument: Instrument, answers: Sequence[int | None], raised: Raised | None) -> Risk | None:
    """The warning in the answers so far that no task was opened for yet; None where there is none.

    So each form opens its task once, on the answer, and again only when a more pressing one is given.
    """
    found = risk(instrument, answers)
    if found is None or (raised is not None and pressing(found) <= raised):
        return None
    return found


def task_for(found: Risk) -> RiskTask:
    """The task that a risk answer opens."""
    because = f"{found.instrument_id.upper()} item {found.item} answered {found.answer} ({found.about})."
    if found.urgent:
        return RiskTask(
            kind=TaskKind.RISK_URGENT,
            title=_title(found, URGENT_TITLE),
            because=because,
            owner=Role.PRESCRIBER,
            within=URGENT_WITHIN,
            rule_id=found.rule_id,
            source=f"{found.source}; {DUE_SOURCE}",
        )
    return RiskTask(
        kind=TaskKind.RISK_SAME_DAY,
        title=_title(found, SAME_DAY_TITLE),
        because=because,
        owner=Role.NURSE,
        within=None,
        rule_id=found.rule_id,
        source=f"{found.source}; {DUE_SOURCE}",
    )


def _title(found: Risk, usual: str) -> str:
    return TRIAGED_TITLES[usual] if found.instrument_id == C_SSRS.id else usual


def task_for_blank(instrument: Instrument, answers: Sequence[int | None]) -> RiskTask | None:
    """The contact task for a form handed in with a safety item blank; None when there is no blank."""
    blank = unanswered_safety_items(instrument, answers)
    if not blank:
        return None
    return RiskTask(
        kind=TaskKind.SAFETY_ITEM_BLANK,
        title="Call today and ask the question that was left blank",
        because=f"{instrument.name} item {blank[0]} was left blank; it is never filled in.",
        owner=Role.NURSE,
        within=None,
        rule_id="MBC-4",
        source="clinical.md MBC-4 (design default)",
    )


def due_at(task: RiskTask, *, now: datetime) -> datetime:
    """When the task is due. `now` carries the zone of the place whose day counts.

    Raises:
        ValueError: `now` has no time zone.
    """
    aware("now", now)
    if task.within is not None:
        return now + task.within
    last_minute = datetime.combine(now.date(), time(23, 59), tzinfo=now.tzinfo)
    return max(last_minute, now + SAME_DAY_AT_LEAST)
