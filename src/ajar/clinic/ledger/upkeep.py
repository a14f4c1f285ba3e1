"""`ajar verify` and `ajar rebuild`: proof that the ledger holds, and that read models are only caches."""

from collections.abc import Callable, Iterator
from uuid import UUID

from django.db import transaction

from ajar.clinic.ledger.models import LedgerEntry, LedgerHead
from ajar.clinic.ledger.readmodels import REGISTERED
from ajar.clinic.ledger.rows import entry_of, link_of
from ajar.pathway.ledger.chain import Break, first_break

Progress = Callable[[int, int], None]


def verify() -> Iterator[tuple[LedgerHead, Break | None]]:
    """Walk every patient's chain; yields each head with its first break, or None where it holds.

    Entries whose head is gone are walked too: they end where no head says they do.
    """
    heads = LedgerHead.objects.values_list("pk", flat=True)
    charts = heads.union(LedgerEntry.objects.order_by().values_list("patient_id", flat=True))
    for patient_id in sorted(charts):
        yield verify_one(patient_id)


@transaction.atomic
def verify_one(patient_id: UUID) -> tuple[LedgerHead, Break | None]:
    """Walk one chain, with its head held so that an append meanwhile is not taken for a break."""
    found = LedgerHead.objects.select_for_update().filter(pk=patient_id).first()
    head = found or LedgerHead(patient_id=patient_id)
    rows = LedgerEntry.objects.filter(patient_id=patient_id).order_by("position").iterator()
    return head, first_break(map(link_of, rows), patient_id=patient_id, head=(head.position, head.digest))


@transaction.atomic
def rebuild(progress: Progress) -> int:
    """Drop every read model and compute it again from the entries; returns the number of charts.

    Every chart is held first: an append meanwhile waits, so that it is neither missed nor taken in twice.
    """
    heads = [head.pk for head in LedgerHead.objects.select_for_update().order_by("patient_id")]
    for model in REGISTERED:
        model.clear()
    for done, patient_id in enumerate(heads, start=1):
        rows = LedgerEntry.objects.filter(patient_id=patient_id).order_by("position")
        entries = [entry_of(row) for row in rows]
        for model in REGISTERED:
            model.follow(entries)
        progress(done, len(heads))
    return len(heads)
