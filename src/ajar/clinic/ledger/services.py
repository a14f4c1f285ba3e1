"""The only writes to the ledger: append, and append a correction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import connection, transaction

from ajar.clinic.ledger.commit_order import transaction_order
from ajar.clinic.ledger.models import LedgerEntry, LedgerHead
from ajar.clinic.ledger.readmodels import REGISTERED
from ajar.clinic.ledger.rows import row_of
from ajar.pathway.ledger.chain import Link, link_up
from ajar.pathway.ledger.entry import Author, Entry, NewEntry, Source
from ajar.pathway.ledger.payload import EnteredInError, Payload


@dataclass(frozen=True)
class Anywhere:
    """This append may follow whatever is there: an observation is true whoever came first."""


ANYWHERE: Final = Anywhere()


class StaleLedger(Exception):
    """Someone else recorded a decision since the page was opened. Nothing was written."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(
            "Someone else changed this chart while you were working. Nothing was saved; "
            "look at what changed, then try again."
        )
        self.expected = expected
        self.found = found


class NotInThisChart(ValueError):
    """A correction names an entry that is not in this patient's chart, or was corrected already."""


def lock_chart(patient_id: UUID) -> LedgerHead:
    """The end of a patient's chain, held until the transaction ends: nothing is appended meanwhile.

    Whoever locks more does so in this order: rooms and people, the chart, then appointments and tasks.
    """
    head, _created = LedgerHead.objects.select_for_update().get_or_create(patient_id=patient_id)
    return head


@transaction.atomic
def append(
    entries: Sequence[NewEntry],
    *,
    patient_id: UUID,
    expected: int | Anywhere,
    by: Author,
    now: datetime,
) -> list[Entry]:
    """Record facts about one patient, all or none, after the decision the caller has seen.

    Args:
        entries: in the order in which they are to stand.
        expected: the decision position the caller saw, or ANYWHERE for observations.
        by: who records; `now`: when.

    Raises:
        StaleLedger: a decision was recorded since; nothing was written.
        NotInThisChart: a correction points at nothing that stands.
    """
    head = lock_chart(patient_id)
    if isinstance(expected, int) and head.decision_position != expected:
        raise StaleLedger(expected, head.decision_position)
    tx = transaction_order(connection)
    rows: list[LedgerEntry] = []
    recorded: list[Entry] = []
    for new in entries:
        _refuse_stray_correction(new, patient_id, recorded)
        link, entry = link_up(
            new, entry_id=uuid4(), patient_id=patient_id, after=(head.position, head.digest), by=by, now=now
        )
        rows.append(row_of(link, tx=tx))
        recorded.append(entry)
        _advance(head, link, new.payload)
    LedgerEntry.objects.bulk_create(rows)
    head.save()
    for model in REGISTERED:
        model.follow(recorded)
    return recorded


def _advance(head: LedgerHead, link: Link, payload: Payload) -> None:
    head.position, head.digest = link.position, link.digest
    if payload.DECISIVE:
        head.decision_position = link.position


def _refuse_stray_correction(new: NewEntry, patient_id: UUID, recorded: Sequence[Entry]) -> None:
    if new.supersedes is None:
        return
    corrected = [entry.supersedes for entry in recorded]
    if new.supersedes in corrected or LedgerEntry.objects.filter(supersedes=new.supersedes).exists():
        raise NotInThisChart("This entry was corrected already; correct the newer one instead.")
    if new.supersedes in [entry.id for entry in recorded]:
        return
    found = LedgerEntry.objects.filter(entry_id=new.supersedes, patient_id=patient_id).first()
    if found is None:
        raise NotInThisChart("The entry to correct is not in this patient's chart.")
    if found.encounter_id != new.encounter_id:
        raise NotInThisChart("A correction belongs to the same encounter as what it corrects.")


def correct(
    *,
    entry: Entry,
    payload: Payload | None,
    reason: str,
    by: Author,
    now: datetime,
    happened_at: datetime | None = None,
) -> Entry:
    """Replace a recorded fact by a new one, or take it back (payload None). The old one stays visible."""
    new = NewEntry(
        payload=payload if payload is not None else EnteredInError(),
        happened_at=happened_at or entry.happened_at,
        encounter_id=entry.encounter_id,
        source=Source.KEYBOARD,
        supersedes=entry.id,
        reason=reason,
    )
    return append([new], patient_id=entry.patient_id, expected=ANYWHERE, by=by, now=now)[0]
