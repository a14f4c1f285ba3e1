"""The vital signs of each session as they stand (a cache, refilled by `ajar rebuild`), and what the floor
keeps beside the chart: which high alarms nobody has seen yet, and how shifts were handed over.
"""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Site


class SignsNow(models.Model):
    """One encounter's newest values, baseline and last minutes; `state` is the pathway's `VitalsNow`.

    `attended_at`: when a member of staff last wrote something down there, by when it happened.
    """

    encounter_id = models.UUIDField(primary_key=True)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    state = models.TextField()
    attended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"vital signs at {self.position}"


class Unseen(models.Model):
    """A high alarm that nobody has seen, from when it was first noticed until somebody sees it.

    Working state of the escalation: the row is gone when the alarm was seen. What is kept for good is the
    entry `alarm.escalated`. `reached` counts the steps of the policy that were taken.
    """

    encounter_id = models.UUIDField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    alarm = models.CharField(max_length=120)
    since = models.DateTimeField()
    reached = models.PositiveSmallIntegerField(default=0)
    told = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["since"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["encounter_id", "alarm"], name="unseen_once_per_alarm")
        ]

    def __str__(self) -> str:
        return f"{self.alarm} since {self.since:%H:%M:%S} UTC"


class HandOver(models.Model):
    """One shift's hand-over: what stood, what was said, who left, who came. Never edited.

    `summary` is what the leaving person signed, as text; `digest` its SHA-256.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="hand_overs")
    summary = models.TextField()
    digest = models.CharField(max_length=64)
    notes = models.TextField(blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_name = models.CharField(max_length=170)
    signed_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_name = models.CharField(max_length=170, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-signed_at"]
        indexes: ClassVar = [models.Index(fields=["site", "-signed_at"])]

    def __str__(self) -> str:
        return f"hand-over of {self.site} by {self.signed_name}"
