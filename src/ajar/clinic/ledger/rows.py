"""Between stored rows and the pathway's entries."""

import json

from ajar.clinic.ledger.models import LedgerEntry
from ajar.pathway import kinds
from ajar.pathway.ledger.chain import Link, author_from
from ajar.pathway.ledger.codec import decode
from ajar.pathway.ledger.entry import Entry, Source
from ajar.pathway.ledger.payload import payload_class

KINDS = kinds.MODULES
"""Named here so that every kind is registered before the first row is read."""


def row_of(link: Link, *, tx: int) -> LedgerEntry:
    """A row ready to be inserted."""
    return LedgerEntry(
        tx=tx,
        entry_id=link.entry_id,
        patient_id=link.patient_id,
        position=link.position,
        encounter_id=link.encounter_id,
        kind=link.kind,
        version=link.version,
        payload=link.payload,
        happened_at=link.happened_at,
        recorded_at=link.recorded_at,
        author=link.author,
        source=link.source,
        source_ref=link.source_ref,
        supersedes=link.supersedes,
        reason=link.reason,
        previous_digest=link.previous_digest,
        digest=link.digest,
    )


def link_of(row: LedgerEntry) -> Link:
    """The row as the chain sees it."""
    return Link(**{name: getattr(row, name) for name in Link.__slots__})


def entry_of(row: LedgerEntry) -> Entry:
    """The row read by the class that wrote it."""
    return Entry(
        id=row.entry_id,
        patient_id=row.patient_id,
        position=row.position,
        encounter_id=row.encounter_id,
        payload=decode(payload_class(row.kind, row.version), json.loads(row.payload)),
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        recorded_by=author_from(row.author),
        source=Source(row.source),
        source_ref=row.source_ref,
        supersedes=row.supersedes,
        reason=row.reason,
        previous_digest=row.previous_digest,
        digest=row.digest,
    )
