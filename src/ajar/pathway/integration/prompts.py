"""Which session is to be scheduled next, and by when: "integration 1, due by Friday 10:00".

Each prompt names the row of clinical.md 5.2 that it comes from. What was held is no longer prompted, and a
new dose takes the place of what was due after the one before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ajar.pathway.integration.entries import IntegrationHeld, Purpose
from ajar.pathway.integration.sessions import (
    DEFAULT_INTEGRATION,
    SESSION_TYPES,
    IntegrationPolicy,
    SessionType,
)
from ajar.pathway.integration.window import Dose
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.ledger.payload import aware

AFTER_A_DOSE: Final = frozenset({Purpose.INTEGRATION, Purpose.POST_SERIES, Purpose.BOOSTER})


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPrompt:
    """One session that should be scheduled. `from_at` None: any time until `due_by`."""

    type: SessionType
    name: str
    from_at: datetime | None
    due_by: datetime
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One moment after the last dose at which someone asks how it goes (features.md G03)."""

    after_h: int
    at: datetime
    over: bool


def session_prompts(
    doses: Sequence[Dose],
    *,
    held: Iterable[Entry],
    now: datetime,
    policy: IntegrationPolicy = DEFAULT_INTEGRATION,
) -> tuple[SessionPrompt, ...]:
    """What is to be scheduled, the earliest first. `held` are the effective IntegrationHeld entries."""
    aware("now", now)
    sessions = [entry for entry in held if isinstance(entry.payload, IntegrationHeld)]
    given = [dose for dose in doses if dose.given]
    coming = [dose for dose in doses if not dose.given]
    found = [
        *_preparations(given, coming, sessions, policy, now),
        *_after_dose(given, sessions, policy, now),
        *_weekly(given, sessions, policy, now),
        *_closing(given, coming, sessions, policy, now),
    ]
    return tuple(sorted(found, key=lambda prompt: prompt.due_by))


def check_ins(
    doses: Sequence[Dose], *, now: datetime, policy: IntegrationPolicy = DEFAULT_INTEGRATION
) -> tuple[CheckIn, ...]:
    """The check-ins after the last dose given."""
    given = [dose for dose in doses if dose.given]
    if not given:
        return ()
    moments = ((after_h, given[-1].at + timedelta(hours=after_h)) for after_h in policy.check_in_h)
    return tuple(CheckIn(after_h=after_h, at=at, over=at < now) for after_h, at in moments)


def _preparations(
    given: Sequence[Dose],
    coming: Sequence[Dose],
    sessions: Sequence[Entry],
    policy: IntegrationPolicy,
    now: datetime,
) -> list[SessionPrompt]:
    """Those still to be held before dose 1; after it nothing can be prepared any more."""
    if given or not coming:
        return []
    done = len(_of(sessions, Purpose.PREPARATION))
    return [
        _prompt(
            Purpose.PREPARATION, f"Preparation {number} of {policy.preparations}", None, coming[0].at, now
        )
        for number in range(done + 1, policy.preparations + 1)
    ]


def _after_dose(
    given: Sequence[Dose], sessions: Sequence[Entry], policy: IntegrationPolicy, now: datetime
) -> list[SessionPrompt]:
    if not given:
        return []
    dose = given[-1]
    if any(_payload(entry).dosing_encounter_id == dose.encounter_id for entry in sessions):
        return []
    if dose.is_booster:
        due_by = dose.at + timedelta(hours=policy.booster_within_h)
        return [_prompt(Purpose.BOOSTER, f"After booster dose {dose.number}", dose.window[0], due_by, now)]
    number = len(_of(sessions, Purpose.INTEGRATION)) + 1
    due_by = dose.at + timedelta(hours=policy.first_within_h)
    name = f"Integration {number}, after dose {dose.number}"
    return [_prompt(Purpose.INTEGRATION, name, dose.window[0], due_by, now)]


def _weekly(
    given: Sequence[Dose], sessions: Sequence[Entry], policy: IntegrationPolicy, now: datetime
) -> list[SessionPrompt]:
    """After the first one, each week until the series is closed; a dose that still waits comes first."""
    held = _of(sessions, *AFTER_A_DOSE)
    followed = {_payload(entry).dosing_encounter_id for entry in held}
    if not given or not held or given[-1].encounter_id not in followed:
        return []
    last = held[-1]
    if given[-1].is_booster or _payload(last).purpose is Purpose.POST_SERIES:
        return []
    number = len(_of(sessions, Purpose.INTEGRATION)) + 1
    due_by = last.happened_at + timedelta(days=policy.then_every_days)
    return [_prompt(Purpose.INTEGRATION, f"Integration {number}, weekly", None, due_by, now)]


def _closing(
    given: Sequence[Dose],
    coming: Sequence[Dose],
    sessions: Sequence[Entry],
    policy: IntegrationPolicy,
    now: datetime,
) -> list[SessionPrompt]:
    if not given or coming or given[-1].is_booster:
        return []
    last = given[-1]
    if any(entry.happened_at > last.at for entry in _of(sessions, Purpose.POST_SERIES)):
        return []
    due_by = last.at + timedelta(days=policy.closing_within_days)
    return [_prompt(Purpose.POST_SERIES, "Closing of the series, with a referral", None, due_by, now)]


def _prompt(
    purpose: Purpose, name: str, from_at: datetime | None, due_by: datetime, now: datetime
) -> SessionPrompt:
    return SessionPrompt(
        type=SESSION_TYPES[purpose], name=name, from_at=from_at, due_by=due_by, overdue=due_by < now
    )


def _of(sessions: Sequence[Entry], *purposes: Purpose) -> list[Entry]:
    found = [entry for entry in sessions if _payload(entry).purpose in purposes]
    return sorted(found, key=lambda entry: entry.happened_at)


def _payload(entry: Entry) -> IntegrationHeld:
    assert isinstance(entry.payload, IntegrationHeld)  # noqa: S101  # the caller kept no others
    return entry.payload
