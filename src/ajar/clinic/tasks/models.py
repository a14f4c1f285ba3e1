"""Work with an owner and a clock."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Site
from ajar.pathway.staff.roles import Role


class Task(models.Model):
    """Something a person must do by a time. Open until someone says what was done."""

    class Urgency(models.TextChoices):
        """How soon it matters."""

        URGENT = "urgent", "Urgent"
        ROUTINE = "routine", "Routine"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=40)  # such as "phq9-item-9"
    title = models.CharField(max_length=200)
    because = models.TextField(blank=True)
    urgency = models.CharField(max_length=8, choices=Urgency.choices, default=Urgency.ROUTINE)
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    subject_ref = models.CharField(max_length=80, blank=True)  # a visitor without a chart, an encounter
    contact = models.CharField(max_length=120, blank=True)
    owner_role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role])
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["due_at"]
        indexes: ClassVar = [models.Index(fields=["done_at", "due_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject_ref"],
                condition=models.Q(done_at__isnull=True) & ~models.Q(subject_ref=""),
                name="task_open_once_per_subject",
            )
        ]

    def __str__(self) -> str:
        return self.title
