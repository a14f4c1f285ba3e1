"""Reads of the ledger. A private entry is read by its author alone."""

from collections.abc import Iterable
from uuid import UUID

from ajar.clinic.ledger.models import LedgerEntry, LedgerHead
from ajar.clinic.ledger.rows import entry_of
from ajar.clinic.staff.models import Account
from ajar.pathway.ledger.entry import Entry


def decision_position(patient_id: UUID) -> int:
    """What an append of a decision on this chart expects now."""
    head = LedgerHead.objects.filter(pk=patient_id).first()
    return head.decision_position if head else 0


def entries_of(patient_id: UUID, *, viewer: Account, kinds: Iterable[str] = ()) -> list[Entry]:
    """A patient's entries in chain order, as far as the viewer may read them."""
    return _readable(all_entries(patient_id, kinds=kinds), viewer)


def encounter_entries(encounter_id: UUID, *, viewer: Account, kinds: Iterable[str] = ()) -> list[Entry]:
    """One encounter's entries in chain order, as far as the viewer may read them."""
    return _readable(all_encounter_entries(encounter_id, kinds=kinds), viewer)


def all_entries(patient_id: UUID, *, kinds: Iterable[str] = ()) -> list[Entry]:
    """Every entry, for folds and rules inside the program. Never for a page."""
    rows = LedgerEntry.objects.filter(patient_id=patient_id).order_by("position")
    return [entry_of(row) for row in (rows.filter(kind__in=kinds) if kinds else rows)]


def all_encounter_entries(encounter_id: UUID, *, kinds: Iterable[str] = ()) -> list[Entry]:
    """Every entry of an encounter, for folds and rules inside the program."""
    rows = LedgerEntry.objects.filter(encounter_id=encounter_id).order_by("position")
    return [entry_of(row) for row in (rows.filter(kind__in=kinds) if kinds else rows)]


def entry_by_id(entry_id: UUID) -> Entry:
    """One entry.

    Raises:
        LedgerEntry.DoesNotExist: there is none.
    """
    return entry_of(LedgerEntry.objects.get(entry_id=entry_id))


def _readable(entries: list[Entry], viewer: Account) -> list[Entry]:
    return [e for e in entries if not e.payload.PRIVATE or e.recorded_by.id == str(viewer.pk)]
