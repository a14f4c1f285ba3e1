"""The patient's screen as a device: who opened it, when it was heard. What the patient does is an entry."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from ajar.clinic.patients.models import Encounter
from ajar.pathway.monitoring.calling import DEFAULT_SCREEN_POLICY, ScreenPolicy


class PatientScreen(models.Model):
    """One link to a patient's screen, bound to one encounter. At most one is open at a time.

    `silent_since`: an alarm says that it is not heard; None while it is heard. `last_press`: the press that
    was taken last, so that one sent twice counts once.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="patient_screens")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    silent_since = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    last_press = models.UUIDField(null=True, blank=True)
    asks_for_taps = models.BooleanField(default=False)
    shows_intention = models.BooleanField(default=False)
    shows_music = models.BooleanField(default=False)
    taps = models.PositiveIntegerField(default=0)
    misses = models.PositiveIntegerField(default=0)
    tapped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["encounter"],
                condition=models.Q(closed_at__isnull=True),
                name="bedside_one_open_screen",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["heard_at"],
                condition=models.Q(closed_at__isnull=True, silent_since__isnull=True),
                name="bedside_heard",
            )
        ]

    def __str__(self) -> str:
        return f"patient's screen made {self.made_at}"

    def works(self, *, now: datetime, policy: ScreenPolicy = DEFAULT_SCREEN_POLICY) -> bool:
        """Does this link still work? An unopened one ends soon, an opened one with its longest time."""
        if self.closed_at is not None or now - self.made_at > timedelta(hours=policy.lasts_h):
            return False
        return self.opened_at is not None or now - self.made_at <= timedelta(minutes=policy.opens_within_min)
