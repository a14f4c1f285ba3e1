"""Devices and the rooms they stand in, and messages that could not be recorded as they came."""

from typing import ClassVar, Final
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Site

MAX_RAW_CHARS: Final = 65_536
"""How much of a held message is kept: a monitor's message has a few kilobytes."""


class DeviceBinding(models.Model):
    """This device stood in this room from then on, until then. A device stands in one room at a time."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    device = models.CharField("device identifier", max_length=100)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="device_bindings")
    bound_from = models.DateTimeField()
    bound_until = models.DateTimeField(null=True, blank=True)
    bound_by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["device", "-bound_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["device"], condition=Q(bound_until__isnull=True), name="device_in_one_room"
            )
        ]

    def __str__(self) -> str:
        return f"{self.device} in {self.room}"


class Held(models.TextChoices):
    """Why a message is held. The first ones are exchange.hl7v2.outcome.RefusalKind.

    A monitor's own alarm is kept to be looked up and waits for nobody.
    """

    MALFORMED = "malformed", "Not readable"
    TRUNCATED = "truncated", "Cut off"
    TOO_LARGE = "too_large", "Too large"
    WRONG_TYPE = "wrong_type", "Not an observation message"
    UNKNOWN_CODES = "unknown_codes", "Unknown codes only"
    UNKNOWN_UNIT = "unknown_unit", "Unknown unit"
    IMPOSSIBLE_VALUE = "impossible_value", "Impossible value"
    FUTURE_DATED = "future_dated", "Dated in the future"
    WITHDRAWAL = "withdrawal", "Takes back an earlier value"
    UNKNOWN_DEVICE = "unknown_device", "Unknown device"
    WRONG_ROOM = "wrong_room", "Device says another room"
    EMPTY_ROOM = "empty_room", "Nobody in the room"
    OUTSIDE_VISIT = "outside_visit", "Not of this visit"
    WRONG_PATIENT = "wrong_patient", "Another patient"
    REUSED_ID = "reused_id", "Control id used twice"
    WRONG_CLOCK = "wrong_clock", "The device's clock is wrong"
    ALARM = "alarm", "A monitor's own alarm"


class Quarantined(models.Model):
    """A message that was not recorded, its reason, and what a person made of it."""

    class Status(models.TextChoices):
        """Does it still wait for a person?"""

        OPEN = "open", "Waits for a person"
        ASSIGNED = "assigned", "Assigned to a session"
        DISMISSED = "dismissed", "Dismissed"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    raw = models.TextField()
    size_chars = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=Held.choices)
    because = models.TextField()
    sender = models.CharField(max_length=240, blank=True)
    control_id = models.CharField(max_length=250, blank=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()
    last_received_at = models.DateTimeField()
    times_received = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolution = models.TextField(blank=True)
    encounter_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-received_at"]
        indexes: ClassVar = [
            models.Index(fields=["status", "-received_at"]),
            models.Index(fields=["fingerprint"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.sender or 'an unknown sender'}"

    @property
    def truncated(self) -> bool:
        """Is only the beginning kept?"""
        return self.size_chars > len(self.raw)

    @property
    def segments(self) -> list[str]:
        """The message line by line, as it came."""
        return [line for line in self.raw.replace("\n", "\r").split("\r") if line]


class DeviceState(models.Model):
    """What is wrong with a device as a whole: its clock, or that it sends too much. No row: nothing was."""

    device = models.CharField(max_length=100, primary_key=True)
    clock_ahead_s = models.IntegerField(null=True, blank=True)
    clock_wrong_since = models.DateTimeField(null=True, blank=True)
    flood_from = models.DateTimeField(null=True, blank=True)
    flood_last_at = models.DateTimeField(null=True, blank=True)
    turned_away = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.device


class SeenReading(models.Model):
    """A reading that is in a chart: the same one under another message id is not written again.

    Kept for as long as a reading may still arrive (`selectors.SEEN_FOR`), so the table does not grow.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest


class DeviceKey(models.Model):
    """What a device or gateway shows to send by FHIR. Only the digest of the secret is kept.

    It speaks for devices in rooms of its site; where `device` is given, for that one alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=100)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    device = models.CharField("device identifier", max_length=100, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["revoked_at", "name"]

    def __str__(self) -> str:
        return self.name


class ServerClock(models.Model):
    """Ajar's time on one machine when its server last looked, and the machine's counter at that moment."""

    host = models.CharField(max_length=253, primary_key=True)
    at = models.DateTimeField()
    counted_s = models.FloatField()
    boot_id = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.host


class ClockJump(models.Model):
    """A machine's clock was moved while its server ran. Open until it is set right or accepted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    host = models.CharField(max_length=253)
    found_at = models.DateTimeField()
    by_s = models.FloatField()
    ended_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["-found_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["host"], condition=Q(ended_at__isnull=True), name="one_open_jump_a_host"
            )
        ]

    def __str__(self) -> str:
        return f"{self.host}: {self.by_s:+.0f} s"
