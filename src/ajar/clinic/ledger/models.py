"""The ledger's two tables: entries, which are never changed, and the head of each patient's chain."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from ajar.clinic.patients.models import Patient
from ajar.pathway.ledger.chain import GENESIS


class LedgerEntry(models.Model):
    """One entry as it lies in the database. Triggers refuse UPDATE and DELETE (migration 0002).

    `seq` orders entries within one transaction, `tx` the transactions as they may be read: together
    they are the position from which a live page resumes (see ledger/feed.py).
    """

    seq = models.BigAutoField(primary_key=True)
    tx = models.BigIntegerField(default=0)
    entry_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    encounter_id = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    payload = models.TextField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    author = models.CharField(max_length=240)
    source = models.CharField(max_length=12)
    source_ref = models.CharField(max_length=240, blank=True)
    supersedes = models.UUIDField(null=True)
    reason = models.TextField(blank=True)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["seq"]
        indexes: ClassVar = [models.Index(fields=["tx", "seq"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["patient", "position"], name="entry_place_once"),
            models.UniqueConstraint(fields=["supersedes"], name="entry_superseded_once"),
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=~models.Q(source_ref=""),
                name="entry_source_ref_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.position}"


class LedgerHead(models.Model):
    """The end of one patient's chain. Locked while an append adds to it.

    `decision_position` is the place of the last decisive entry: what an append of a decision expects.
    """

    patient = models.OneToOneField(Patient, primary_key=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)
    decision_position = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, default=GENESIS)

    def __str__(self) -> str:
        return f"head at {self.position}"
