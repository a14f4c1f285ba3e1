"""What the booster rule needs of each chart, kept where it can be searched: a cache over the ledger."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from ajar.clinic.patients.models import Patient
from ajar.pathway.maintenance.record import MaintenanceRecord


class CourseRow(models.Model):
    """One patient's course that counts, as facts; what follows from them is computed when it is read."""

    patient = models.OneToOneField(Patient, primary_key=True, on_delete=models.PROTECT, related_name="+")
    product = models.CharField(max_length=30)
    sessions_planned = models.PositiveSmallIntegerField()
    doses = models.JSONField(default=list)  # ISO 8601 moments, in order
    course_stopped = models.BooleanField()
    consent_until = models.DateField(null=True)
    evaluated_at = models.DateTimeField(null=True)
    interval_days = models.PositiveSmallIntegerField(null=True)
    interval_set_at = models.DateTimeField(null=True)
    stopped_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["patient"]

    def __str__(self) -> str:
        return f"{self.product}, {len(self.doses)} of {self.sessions_planned}"

    @property
    def record(self) -> MaintenanceRecord:
        """The facts as the rule reads them."""
        return MaintenanceRecord(
            product=self.product,
            sessions_planned=self.sessions_planned,
            doses=tuple(datetime.fromisoformat(text) for text in self.doses),
            course_stopped=self.course_stopped,
            consent_until=self.consent_until,
            evaluated_at=self.evaluated_at,
            interval_days=self.interval_days,
            interval_set_at=self.interval_set_at,
            stopped_because=self.stopped_because,
        )


class SurveillanceRow(models.Model):
    """When one long-term check of one patient is due next: a cache over the ledger (see readmodel.py).

    `key` is made of patient and check, so that a rebuilt row is the same row.
    """

    key = models.CharField(primary_key=True, max_length=80)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    check_id = models.CharField(max_length=40)
    due_on = models.DateField()
    last_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["due_on", "check_id"]
        indexes: ClassVar = [models.Index(fields=["due_on"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["patient", "check_id"], name="surveillance_once_per_check")
        ]

    def __str__(self) -> str:
        return f"{self.check_id}, {self.due_on:%Y-%m-%d}"
