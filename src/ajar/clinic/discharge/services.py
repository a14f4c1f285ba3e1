"""Writes of the discharge room: the assessment, recovery and its loss, the release, leaving against advice.

Each one folds and judges the session afresh under the lock on the patient's chain (the pathway's
`refuse_unless_allowed`), so that nothing can arrive between the judgement and what it allowed.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.dosing.services import held
from ajar.clinic.ledger.selectors import all_encounter_entries
from ajar.clinic.ledger.services import Anywhere, append
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.pathway.discharge.criteria import RULEBOOK_VERSION
from ajar.pathway.discharge.entries import (
    DischargeAssessed,
    LeftAgainstAdvice,
    RecoveryConfirmed,
    RecoveryLost,
    Released,
)
from ajar.pathway.discharge.guard import refuse_unless_allowed, standing
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.ledger.payload import Payload


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
    stands = standing(all_encounter_entries(encounter_id), now=happened_at or now)
    payload = RecoveryConfirmed(criteria=stands.judgement.met_ids, rulebook_version=RULEBOOK_VERSION)
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
    return _record(released, session, by=by, now=now, expected=expected, happened_at=happened_at)


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
    stands = standing(all_encounter_entries(encounter_id), now=happened_at or now)
    payload = LeftAgainstAdvice(
        unmet=tuple(criterion.id for criterion in stands.judgement.unmet),
        because=because.strip(),
        advised=advised.strip(),
    )
    return _record(payload, session, by=by, now=now, expected=expected, happened_at=happened_at)


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
    refuse_unless_allowed(new, all_encounter_entries(session.encounter_id), now=now)
    (entry,) = append([new], patient_id=session.patient_id, expected=expected, by=author_of(by), now=now)
    return entry
