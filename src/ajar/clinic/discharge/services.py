"""Writes of the discharge room: the assessment, recovery and its loss, the release, leaving against advice.

Each one folds and judges the session afresh under the lock on the patient's chain (the pathway's
`refuse_unless_allowed`), so that nothing can arrive between the judgement and what it allowed.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.discharge.around import around_of, encounter_of
from ajar.clinic.dosing.freezing import score_forecast
from ajar.clinic.dosing.services import held
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.ledger.services import Anywhere, append
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.clinic.tasks.models import Task
from ajar.clinic.tasks.services import open_task
from ajar.pathway.discharge.entries import (
    DischargeAssessed,
    LeftAgainstAdvice,
    RecoveryConfirmed,
    RecoveryLost,
    Released,
)
from ajar.pathway.discharge.guard import Standing, refuse_unless_allowed, standing
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.staff.roles import Role

LEFT_KIND: Final = "left-against-advice"
CHECK_IN_WITHIN: Final = timedelta(hours=24)
"""POST-6, design default; next-day contact is practice at [KETNZ]."""


class DischargeRefused(ValueError):
    """It cannot be recorded in this stage, in words for the nurse."""


@transaction.atomic
def assess(
    *,
    encounter_id: UUID,
    assessed: DischargeAssessed,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """Record the assessment for leaving, as often as it is made.

    Raises:
        DischargeRefused: drug may still be given, or the session is closed.
    """
    session = held(encounter_id)
    if session.stage not in (Stage.OBSERVED, Stage.RECOVERED):
        words = _("Leaving is assessed after the dose has ended; this session is in stage %(stage)s.")
        raise DischargeRefused(words % {"stage": session.stage})
    return _record(assessed, session, by=by, now=now, expected=expected, happened_at=happened_at)


@transaction.atomic
def confirm_recovery(
    *,
    encounter_id: UUID,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """Everything but what is done at the door stands.

    Raises:
        NotYet: naming the open criteria.
        MoveRefused: the session is not being observed.
    """
    session = held(encounter_id)
    stands = _stands(encounter_id, at=happened_at or now)
    judged = stands.judgement
    payload = RecoveryConfirmed(criteria=judged.met_ids, rulebook_version=judged.rulebook_version)
    return _record(payload, session, by=by, now=now, expected=expected, happened_at=happened_at)


@transaction.atomic
def lose_recovery(
    *,
    encounter_id: UUID,
    because: str,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """Something came back: the patient is observed again."""
    session = held(encounter_id)
    payload = RecoveryLost(because=because.strip())
    return _record(payload, session, by=by, now=now, expected=expected, happened_at=happened_at)


@transaction.atomic
def release(
    *,
    encounter_id: UUID,
    released: Released,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """The patient leaves with a named person.

    Raises:
        NotYet: naming the open criteria.
        ValueError: an answer is missing or cannot be, or the page is too old.
    """
    session = held(encounter_id)
    entry = _record(released, session, by=by, now=now, expected=expected, happened_at=happened_at)
    score_forecast(encounter_id=encounter_id, now=now)
    return entry


@transaction.atomic
def leave_against_advice(
    *,
    encounter_id: UUID,
    because: str,
    advised: str,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None = None,
) -> Entry:
    """The patient leaves although criteria are open: recorded with them and what was advised (FSM-10)."""
    session = held(encounter_id)
    stands = _stands(encounter_id, at=happened_at or now)
    payload = LeftAgainstAdvice(
        unmet=tuple(criterion.id for criterion in stands.judgement.unmet),
        because=because.strip(),
        advised=advised.strip(),
    )
    entry = _record(payload, session, by=by, now=now, expected=expected, happened_at=happened_at)
    _ask_after(session, payload, left_at=entry.happened_at, now=now)
    score_forecast(encounter_id=encounter_id, now=now)
    return entry


def _ask_after(session: Session, left: LeftAgainstAdvice, *, left_at: datetime, now: datetime) -> None:
    encounter = encounter_of(session.encounter_id)
    open_task(
        kind=LEFT_KIND,
        title=_("Call: the patient left against advice"),
        because=_("Protocol deviation (FSM-10). Open when they left: %(open)s. Check-in within 24 h: POST-6.")
        % {"open": ", ".join(left.unmet) or "–"},
        owner_role=Role.NURSE,
        due_at=left_at + CHECK_IN_WITHIN,
        now=now,
        urgency=Task.Urgency.URGENT,
        patient=encounter.patient,
        site=encounter.site,
        subject_ref=f"encounter:{encounter.pk}",
        contact=encounter.patient.phone,
    )


def _stands(encounter_id: UUID, *, at: datetime) -> Standing:
    around, ours = around_of(encounter_of(encounter_id), now=at), programme()
    entries = all_encounter_entries(encounter_id)
    return standing(entries, around, now=at, policy=ours.discharge, limits=ours.alarms)


def _record(
    payload: Payload,
    session: Session,
    *,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None,
) -> Entry:
    new = NewEntry(payload=payload, happened_at=happened_at or now, encounter_id=session.encounter_id)
    around, ours = around_of(encounter_of(session.encounter_id), now=now), programme()
    entries = all_encounter_entries(session.encounter_id)
    refuse_unless_allowed(new, entries, around, now=now, policy=ours.discharge, limits=ours.alarms)
    (entry,) = append([new], patient_id=session.patient_id, expected=expected, by=author_of(by), now=now)
    return entry
