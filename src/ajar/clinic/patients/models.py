"""Patients as people, and the identities of their encounters. Clinical facts are in the ledger."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from ajar.clinic.staff.models import Site
from ajar.pathway.patients.facts import Person, Sex


class Patient(models.Model):
    """Who the patient is and how to reach them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mrn = models.CharField("record number", max_length=24, unique=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    birth_date = models.DateField()
    sex = models.CharField(max_length=8, choices=[(sex.value, sex.value.capitalize()) for sex in Sex])
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=32, blank=True)
    address = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="en", choices=settings.LANGUAGES)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="patients")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="patient",
    )
    import_ref = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["family_name", "given_name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["import_ref"], condition=~models.Q(import_ref=""), name="patient_import_ref_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}"

    @property
    def initials(self) -> str:
        """For screens that others can see."""
        return f"{self.given_name[:1]}.{self.family_name[:1]}."

    @property
    def person(self) -> Person:
        """What the rules need to know."""
        return Person(patient_id=self.id, birth_date=self.birth_date, sex=Sex(self.sex))


class Encounter(models.Model):
    """The identity of one meeting: whose, where, of what kind. Everything else about it is entries."""

    class Kind(models.TextChoices):
        """What the meeting is for."""

        DOSING = "dosing", "Dosing session"
        INTEGRATION = "integration", "Integration session"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="encounters")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="encounters")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.patient.initials}"
