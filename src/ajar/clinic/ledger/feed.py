"""The ledger as a feed: what was appended since a position, in an order that never skips a commit."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from ajar.clinic.ledger.commit_order import settled_before
from ajar.clinic.ledger.models import LedgerEntry


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place in the feed: transaction order, then row. Its text is the event id of a live page."""

    tx: int
    seq: int

    def __str__(self) -> str:
        return f"{self.tx}-{self.seq}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Read an event id.

        Raises:
            ValueError: expected two whole numbers joined by a hyphen.
        """
        tx, _, seq = text.partition("-")
        if not (tx.isdecimal() and seq.isdecimal()):
            raise ValueError(f"Expected a feed position such as 0-42, got {text!r}.")
        return cls(int(tx), int(seq))


START = Cursor(0, 0)


def _settled() -> QuerySet[LedgerEntry]:
    before = settled_before(connection)
    rows = LedgerEntry.objects.order_by("tx", "seq")
    return rows if before is None else rows.filter(tx__lt=before)


def latest() -> Cursor:
    """The end of the feed now."""
    last = _settled().order_by("-tx", "-seq").values_list("tx", "seq").first()
    return Cursor(*last) if last else START


def since(cursor: Cursor, *, limit: int = 1000) -> list[LedgerEntry]:
    """Rows after `cursor`, oldest first, at most `limit`."""
    later = Q(tx=cursor.tx, seq__gt=cursor.seq) | Q(tx__gt=cursor.tx)
    return list(_settled().filter(later)[:limit])
