"""The vital signs of each session as they stand: a cache over the ledger, refilled by `ajar rebuild`."""

from django.db import models

from ajar.clinic.patients.models import Patient


class SignsNow(models.Model):
    """One encounter's newest values, baseline and last minutes; `state` is the pathway's `VitalsNow`."""

    encounter_id = models.UUIDField(primary_key=True)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    state = models.TextField()

    def __str__(self) -> str:
        return f"vital signs at {self.position}"
