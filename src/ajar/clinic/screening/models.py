"""A visitor's quiz: answers without an identity, until the visitor books and gives one."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from ajar.clinic.patients.models import Patient
from ajar.pathway.instruments.instrument import Instrument
from ajar.pathway.instruments.registry import INSTRUMENTS


class ScreeningVisit(models.Model):
    """One visitor's answers, step by step. The browser holds `token`; nothing else ties it to a person.

    `answers` has one place for each item: null is unanswered. `risk_answer` is the highest answer to the
    safety item so far, for which help was shown and a task opened.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    token = models.CharField(max_length=64, unique=True)
    instrument_id = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    country = models.CharField(max_length=2, default="US")
    answers = models.JSONField(default=list)
    risk_answer = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField()
    answered_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    safe_said_at = models.DateTimeField(null=True, blank=True)
    call_asked_at = models.DateTimeField(null=True, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="screening_visits"
    )

    class Meta:
        ordering: ClassVar = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.instrument_id} of a visitor, {self.started_at:%Y-%m-%d}"

    @property
    def instrument(self) -> Instrument:
        """What is being answered."""
        return INSTRUMENTS[self.instrument_id]

    @property
    def items(self) -> tuple[int | None, ...]:
        """The answers in the instrument's order."""
        return tuple(self.answers)

    @property
    def answered(self) -> bool:
        """Has anything been answered at all?"""
        return any(answer is not None for answer in self.answers)

    @property
    def subject_ref(self) -> str:
        """What a task about this visit names as its subject."""
        return f"visit:{self.pk}"
