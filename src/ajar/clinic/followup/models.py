"""Questionnaires sent by link, and scores as they can be searched across patients."""

from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from ajar.clinic.patients.models import Patient
from ajar.pathway.instruments.outcome import total_text


class QuestionnaireInvitation(models.Model):
    """One questionnaire, sent to one patient on one occasion, to be answered once without sign-in.

    The link is signed, not stored (see links.py). `draft` holds the answers given so far, so that a form
    begun on one device ends on another; once handed in they are an entry and the draft is emptied.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="invitations")
    instrument = models.CharField(max_length=20)
    occasion = models.CharField(max_length=60)
    language = models.CharField(max_length=5)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    send_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    entry_id = models.UUIDField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=200, blank=True)
    draft = models.JSONField(default=list, blank=True)
    reached = models.PositiveSmallIntegerField(default=0)  # the last item answered or skipped
    raised = models.JSONField(
        default=list, blank=True
    )  # the warning that opened a task: urgent, answer, item

    class Meta:
        ordering: ClassVar = ["due_at"]
        indexes: ClassVar = [models.Index(fields=["answered_at", "cancelled_at", "expires_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["patient", "instrument", "occasion"],
                condition=models.Q(answered_at__isnull=True, cancelled_at__isnull=True),
                name="invitation_open_once_per_occasion",
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} for {self.patient.initials}, {self.occasion}"

    def is_open(self, now: datetime) -> bool:
        """Can it still be answered?"""
        return self.answered_at is None and self.cancelled_at is None and now < self.expires_at

    def is_missed(self, now: datetime) -> bool:
        """Was it sent, and never answered in its time?"""
        return self.answered_at is None and self.cancelled_at is None and now >= self.expires_at


class StaffRecording(models.Model):
    """One questionnaire that staff write down while it is answered, until it is handed in.

    Answers are kept as they are given, so that a risk answer opens its task at once and an interrupted
    interview is not lost. Once handed in they are an entry and the draft is emptied.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=20)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    draft = models.JSONField(default=list)
    raised = models.JSONField(default=list, blank=True)
    entry_id = models.UUIDField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-begun_at"]
        indexes: ClassVar = [models.Index(fields=["patient", "entry_id", "dropped_at"])]

    def __str__(self) -> str:
        return f"{self.instrument}, begun {self.begun_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Can answers still be written into it?"""
        return self.entry_id is None and self.dropped_at is None


class AskingStopped(models.Model):
    """A patient who does not want to be sent questionnaires: a cache over the ledger (see readmodel.py)."""

    patient = models.OneToOneField(Patient, primary_key=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["patient"]

    def __str__(self) -> str:
        return f"no questionnaires since {self.since:%Y-%m-%d}"


class ScoreRow(models.Model):
    """One answered questionnaire, scored: a cache over the ledger (see readmodel.py)."""

    entry_id = models.UUIDField(primary_key=True)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=20)
    total = models.FloatField(null=True)
    band = models.CharField(max_length=30, blank=True)
    answered_at = models.DateTimeField()
    mode = models.CharField(max_length=12)
    occasion = models.CharField(max_length=60)
    safety_answer = models.PositiveSmallIntegerField(null=True)  # the highest answer to a safety item
    overlapping_recall = models.BooleanField()

    class Meta:
        ordering: ClassVar = ["answered_at"]
        indexes: ClassVar = [
            models.Index(fields=["patient", "instrument", "answered_at"]),
            models.Index(fields=["instrument", "answered_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.total_words}"

    @property
    def total_words(self) -> str:
        """The total as people write it; "" where there is none."""
        return "" if self.total is None else total_text(self.total)
