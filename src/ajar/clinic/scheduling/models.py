"""Rooms, people as bookable resources, published slots, appointments and what they hold."""

from typing import ClassVar, Final
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Site
from ajar.pathway.scheduling.types import CONSULTATION, DOSING, INTEGRATION

MONITOR_CAPACITY: Final = 2
"""Sessions one nurse may watch at a time (design default; practice.md 2.6 names no agreed ratio)."""


class Room(models.Model):
    """A room of a site."""

    class Kind(models.TextChoices):
        """What the room is for."""

        TREATMENT = "treatment", "Treatment"
        CONSULT = "consult", "Consultation"
        THERAPY = "therapy", "Therapy"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.TREATMENT)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["site", "position", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "name"], name="room_name_once_per_site")
        ]

    def __str__(self) -> str:
        return self.name


class Resource(models.Model):
    """Something that can be held: a room at its site, or a person at any of theirs.

    `capacity` is how many holds may overlap: 1 for a room, more for a nurse who watches several.
    """

    class Kind(models.TextChoices):
        """What an appointment needs of it."""

        ROOM = "room", "Room"
        MONITOR = "monitor", "Monitor"
        PRESCRIBER = "prescriber", "Prescriber"
        THERAPIST = "therapist", "Therapist"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    room = models.OneToOneField(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="resource"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="resources"
    )
    capacity = models.PositiveSmallIntegerField(default=1)
    capacity_source = models.CharField(max_length=120, default="one at a time")
    active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["kind", "room__position", "account__printed_name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "account"], condition=Q(account__isnull=False), name="person_once_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind="room", room__isnull=False, account__isnull=True)
                | (~Q(kind="room") & Q(room__isnull=True, account__isnull=False)),
                name="resource_is_a_room_or_a_person",
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="resource_holds_at_least_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The room's or the person's name."""
        if self.room is not None:
            return self.room.name
        return self.account.printed_name if self.account is not None else ""


class Mode(models.TextChoices):
    """How patient and clinician meet."""

    IN_PERSON = "in_person", "In person"
    TELEHEALTH = "telehealth", "By video"


class AppointmentType(models.Model):
    """What an appointment is for, how long it lasts and who may book it (practice.md 2.6)."""

    CONSULTATION: ClassVar[str] = CONSULTATION.slug
    DOSING: ClassVar[str] = DOSING.slug
    INTEGRATION: ClassVar[str] = INTEGRATION.slug

    slug = models.SlugField(primary_key=True)
    name = models.CharField(max_length=60)
    length_min = models.PositiveSmallIntegerField()
    in_person = models.BooleanField(default=True)
    telehealth = models.BooleanField(default=False)
    self_bookable = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Slot(models.Model):
    """A published time with a prescriber that anyone may book.

    A visitor who fills in the form keeps the slot for some minutes: `kept_for` is their random token.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="slots")
    prescriber = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="slots")
    mode = models.CharField(max_length=12, choices=Mode.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kept_for = models.CharField(max_length=64, blank=True)
    kept_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["starts_at"]
        indexes: ClassVar = [models.Index(fields=["site", "starts_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["prescriber", "starts_at"], name="slot_published_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.site} {self.starts_at:%Y-%m-%d %H:%M} UTC"


class Appointment(models.Model):
    """A meeting that is agreed. Moving one cancels it and books another, so nothing is overwritten."""

    class Status(models.TextChoices):
        """Does it stand?"""

        BOOKED = "booked", "Booked"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    type = models.ForeignKey(AppointmentType, on_delete=models.PROTECT, related_name="appointments")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="appointments")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="appointments")
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.IN_PERSON)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    slot = models.ForeignKey(
        Slot, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    encounter_id = models.UUIDField(null=True, blank=True, db_index=True)  # the session it is for
    follows_encounter_id = models.UUIDField(null=True, blank=True, db_index=True)  # the dose talked over
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.BOOKED)
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # empty where the patient booked without an account
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    token = models.CharField(max_length=64, blank=True, db_index=True)  # of the link to reschedule or cancel

    class Meta:
        ordering: ClassVar = ["starts_at"]
        indexes: ClassVar = [models.Index(fields=["site", "starts_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slot"], condition=Q(status="booked", slot__isnull=False), name="slot_booked_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="appointment_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} of {self.patient.initials}"

    @property
    def length_min(self) -> int:
        """Minutes from start to end."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)


class Hold(models.Model):
    """One resource for one appointment's time. Deleted when the appointment is cancelled."""

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="holds")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="holds")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["starts_at"]
        indexes: ClassVar = [models.Index(fields=["resource", "starts_at", "ends_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["resource", "appointment"], name="held_once_per_appointment"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="hold_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.resource} for {self.appointment}"
