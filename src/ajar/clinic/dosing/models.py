"""Where each dosing session stands and how its forecast fared (caches, refilled by `ajar rebuild`).

And the sites' REMS certifications.
"""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from ajar.clinic.patients.models import Patient
from ajar.clinic.staff.models import Site
from ajar.pathway.dosing.rems import SiteCertification
from ajar.pathway.dosing.stage import IN_ROOM, Stage


class DosingNow(models.Model):
    """One session as its entries tell it. `state` is all of it; the columns are there to be searched."""

    encounter_id = models.UUIDField(primary_key=True)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="sessions_now")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    product = models.CharField(max_length=40)
    phase = models.CharField(max_length=40)
    dose_mg = models.FloatField()
    starts_at = models.DateTimeField()
    stage = models.CharField(max_length=12, choices=[(stage.value, stage.value) for stage in Stage])
    stage_since = models.DateTimeField()
    room_id = models.UUIDField(null=True)
    room_name = models.CharField(max_length=80, blank=True)
    arrived_at = models.DateTimeField(null=True)
    first_dose_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    signed = models.BooleanField(default=False)
    position = models.PositiveIntegerField()
    state = models.TextField()

    class Meta:
        ordering: ClassVar = ["starts_at", "encounter_id"]
        indexes: ClassVar = [
            models.Index(fields=["site", "starts_at"]),
            models.Index(fields=["site", "stage"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["room_id"],
                condition=models.Q(stage__in=[stage.value for stage in Stage if stage in IN_ROOM]),
                name="room_holds_one_patient",
            )
        ]

    def __str__(self) -> str:
        return f"session {self.number}, {self.stage}"


class RoomStay(models.Model):
    """A room in which the patient of a session was, from then on, until the move to the next one.

    The last stay of a session has no end of its own: it lasts until the session is closed. The id follows
    from the session and the stay's number in it, so that a rebuilt table is the same table.
    """

    id = models.UUIDField(primary_key=True)
    session = models.ForeignKey(DosingNow, on_delete=models.CASCADE, related_name="stays")
    number = models.PositiveSmallIntegerField()
    room_id = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["session", "number"]
        indexes: ClassVar = [models.Index(fields=["room_id", "-since"])]

    def __str__(self) -> str:
        return f"stay since {self.since}"


class ForecastFared(models.Model):
    """How one output of one session's forecast fared: a row of the record of hits and misses.

    `error_sum` and `score_sum` are over the observations, in `unit`, so that means can be taken of many rows.
    The id follows from the entry and the output, so that a rebuilt table is the same table.
    """

    id = models.UUIDField(primary_key=True)
    encounter_id = models.UUIDField()
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    product = models.CharField(max_length=40)
    output = models.CharField(max_length=40)
    unit = models.CharField(max_length=20)
    scale = models.CharField(max_length=120, blank=True)
    model = models.CharField(max_length=40)
    scored_at = models.DateTimeField()
    as_ordered = models.BooleanField()
    number = models.PositiveIntegerField()
    inside_50 = models.PositiveIntegerField()
    inside_90 = models.PositiveIntegerField()
    error_sum = models.FloatField()
    score_sum = models.FloatField()

    class Meta:
        ordering: ClassVar = ["-scored_at", "encounter_id", "output"]
        indexes: ClassVar = [models.Index(fields=["site", "-scored_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["encounter_id", "output"], name="forecast_scored_once")
        ]

    def __str__(self) -> str:
        return f"{self.output}: {self.inside_90} of {self.number}"


class RemsCertification(models.Model):
    """A site's REMS certification as recorded. Rows are added, never edited: the newest stands."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rems_certifications")
    number = models.CharField(max_length=40)
    representative = models.CharField(max_length=120)
    certified_on = models.DateField()
    valid_until = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # empty where the synthetic clinic was set up

    class Meta:
        ordering: ClassVar = ["site", "-recorded_at"]

    def __str__(self) -> str:
        return f"{self.site}: {self.number}"

    @property
    def certification(self) -> SiteCertification:
        """What the rules ask."""
        return SiteCertification(
            number=self.number,
            representative=self.representative,
            certified_on=self.certified_on,
            valid_until=self.valid_until,
        )
