"""How every service of this room writes: under the lock on the patient's chain, one entry at a time."""

from datetime import datetime
from uuid import UUID

from ajar.clinic.dosing.selectors import session_now
from ajar.clinic.ledger.services import Anywhere, append, lock_chart
from ajar.clinic.patients.models import Encounter
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.pathway.dosing.passages import NotReady
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.patients.facts import refuse_future


def held(encounter_id: UUID) -> Session:
    """The session, with its patient's chain locked until the transaction ends."""
    patient_id = Encounter.objects.values_list("patient_id", flat=True).get(pk=encounter_id)
    lock_chart(patient_id)
    return session_now(encounter_id)


def record(
    payload: Payload,
    session: Session,
    *,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    happened_at: datetime | None,
) -> Entry:
    """Append one entry to the session.

    Raises:
        ValueError: it would lie in the future.
        StaleLedger: someone decided something since the page was opened.
    """
    moment = happened_at or now
    refuse_future("The time", moment, now=now)
    new = NewEntry(payload=payload, happened_at=moment, encounter_id=session.encounter_id)
    (entry,) = append([new], patient_id=session.patient_id, expected=expected, by=author_of(by), now=now)
    return entry


def refuse_unless(session: Session, *stages: Stage, doing: str) -> None:
    """Refuse what is not done in this stage (NotReady)."""
    if session.stage not in stages:
        allowed = " or ".join(stages)
        raise NotReady(f"{doing} in stage {allowed}; this session is in stage {session.stage}.")
