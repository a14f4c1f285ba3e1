"""Publishing, keeping, booking and cancelling. Whoever comes second is told so, never overwritten.

What is contended for is locked before it is looked at: the slot, then the resources in one order, so
that two bookings wait for each other instead of both winning or both failing.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import (
    MONITOR_CAPACITY,
    Appointment,
    AppointmentType,
    Hold,
    Mode,
    Resource,
    Room,
    Slot,
)
from ajar.clinic.scheduling.selectors import resources_at
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.scheduling.availability import Window, slots_of
from ajar.pathway.scheduling.spans import Span, has_room
from ajar.pathway.scheduling.types import STANDARD_TYPES

KEEP_FOR: Final = timedelta(minutes=10)
"""How long a visitor keeps a slot while filling in the form (design default; practice.md 4.4, 6)."""


class SlotTaken(Exception):
    """Somebody else has this time, or it is over. Nothing was booked."""

    def __init__(self) -> None:
        super().__init__(_("This time has just been taken. Nothing was booked; please choose another one."))


class ResourceTaken(Exception):
    """A room or a person is no longer free at that time. Nothing was booked."""

    def __init__(self, resource: Resource) -> None:
        super().__init__(
            _("%(name)s is no longer free at that time. Nothing was booked.") % {"name": resource.name}
        )
        self.resource = resource


class NotBooked(ValueError):
    """The appointment is cancelled already."""


def appointment_type(slug: str) -> AppointmentType:
    """A kind of appointment, made from the standard table when it is first needed."""
    standard = STANDARD_TYPES[slug]
    found, _created = AppointmentType.objects.get_or_create(
        slug=slug,
        defaults={
            "name": standard.name,
            "length_min": standard.length_min,
            "in_person": standard.in_person,
            "telehealth": standard.telehealth,
            "self_bookable": standard.self_bookable,
        },
    )
    return found


@transaction.atomic
def add_room(*, site: Site, name: str, kind: Room.Kind, position: int = 0) -> Room:
    """A room, and the resource that is held when it is used."""
    room = Room.objects.create(site=site, name=name, kind=kind, position=position)
    Resource.objects.create(kind=Resource.Kind.ROOM, room=room)
    return room


@transaction.atomic
def rename_room(*, room: Room, name: str) -> Room:
    """Give a room another name. What was recorded under the old one keeps it.

    Raises:
        ValueError: no name, too long a one, or that of another room of the site.
    """
    wanted = " ".join(name.split())
    longest = Room._meta.get_field("name").max_length or 0
    if not 0 < len(wanted) <= longest or "\0" in wanted:
        raise ValueError(_("A room's name has 1 to %(longest)d letters.") % {"longest": longest})
    if Room.objects.filter(site=room.site, name__iexact=wanted).exclude(pk=room.pk).exists():
        raise ValueError(_("Another room of this site is called %(name)s.") % {"name": wanted})
    room.name = wanted
    room.save(update_fields=["name"])
    return room


@transaction.atomic
def add_person(*, account: Account, kind: Resource.Kind, capacity: int | None = None) -> Resource:
    """Make a person bookable in one capacity of theirs; a nurse may watch several sessions."""
    watches = kind == Resource.Kind.MONITOR
    standard = MONITOR_CAPACITY if watches else 1
    resource, _created = Resource.objects.update_or_create(
        kind=kind,
        account=account,
        defaults={
            "capacity": capacity or standard,
            "capacity_source": "set by the clinic" if capacity else "design default",
            "active": True,
        },
    )
    return resource


@transaction.atomic
def publish_slots(
    *,
    prescriber: Resource,
    site: Site,
    mode: Mode,
    windows: Iterable[Window],
    first_day: date,
    last_day: date,
    now: datetime,
) -> list[Slot]:
    """Publish consultation slots from a weekly pattern in the site's own clock.

    What overlaps a slot of the same prescriber is left out, so publishing twice publishes once.
    """
    Resource.objects.select_for_update().get(pk=prescriber.pk)
    length = timedelta(minutes=appointment_type(AppointmentType.CONSULTATION).length_min)
    spans = slots_of(windows, zone=site.zone, first_day=first_day, last_day=last_day, length=length)
    published = [_span(slot) for slot in Slot.objects.filter(prescriber=prescriber)]
    fresh = [s for s in spans if s.starts_at > now and not any(s.overlaps(known) for known in published)]
    return Slot.objects.bulk_create(
        Slot(site=site, prescriber=prescriber, mode=mode, starts_at=span.starts_at, ends_at=span.ends_at)
        for span in fresh
    )


@transaction.atomic
def keep_slot(*, slot_id: UUID, token: str, now: datetime) -> Slot:
    """Keep a slot for ten minutes for the holder of `token`, and let go of any other they kept.

    Raises:
        SlotTaken: booked, over, or kept by somebody else.
    """
    slot = _locked_slot(slot_id, token=token, now=now)
    Slot.objects.filter(kept_for=token).exclude(pk=slot.pk).update(kept_for="", kept_until=None)
    if slot.kept_for != token or slot.kept_until is None or slot.kept_until <= now:
        slot.kept_for, slot.kept_until = token, now + KEEP_FOR
        slot.save(update_fields=["kept_for", "kept_until"])
    return slot


@transaction.atomic
def book_slot(
    *, slot_id: UUID, patient: Patient, now: datetime, token: str = "", by: Account | None = None
) -> Appointment:
    """Book a published slot for a consultation. Of many who try at once, one succeeds.

    Raises:
        SlotTaken: somebody else was quicker, keeps it, or it is over.
    """
    slot = _locked_slot(slot_id, token=token, now=now)
    try:
        appointment = book(
            type_slug=AppointmentType.CONSULTATION,
            patient=patient,
            site=slot.site,
            mode=Mode(slot.mode),
            span=_span(slot),
            resources=[slot.prescriber],
            slot=slot,
            now=now,
            by=by,
        )
    except ResourceTaken:
        raise SlotTaken from None
    slot.kept_for, slot.kept_until = "", None
    slot.save(update_fields=["kept_for", "kept_until"])
    return appointment


@transaction.atomic
def book(
    *,
    type_slug: str,
    patient: Patient,
    site: Site,
    span: Span,
    resources: Sequence[Resource],
    now: datetime,
    by: Account | None,
    mode: Mode = Mode.IN_PERSON,
    slot: Slot | None = None,
    encounter_id: UUID | None = None,
    follows_encounter_id: UUID | None = None,
) -> Appointment:
    """Agree a meeting and hold everything it needs, all or nothing.

    Raises:
        ResourceTaken: one of them is not free for the whole time.
    """
    locked = Resource.objects.select_for_update().filter(pk__in=[r.pk for r in resources]).order_by("pk")
    for resource in list(locked):
        if not has_room(taken_spans(resource, span), during=span, capacity=resource.capacity):
            raise ResourceTaken(resource)
    appointment = Appointment.objects.create(
        type=appointment_type(type_slug),
        patient=patient,
        site=site,
        mode=mode,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        slot=slot,
        encounter_id=encounter_id,
        follows_encounter_id=follows_encounter_id,
        booked_at=now,
        booked_by=by,
        token=token_urlsafe(24),
    )
    Hold.objects.bulk_create(
        Hold(resource=resource, appointment=appointment, starts_at=span.starts_at, ends_at=span.ends_at)
        for resource in resources
    )
    return appointment


@transaction.atomic
def cancel(*, appointment: Appointment, reason: str, now: datetime, by: Account | None) -> Appointment:
    """Give up an appointment and everything it holds. The row stays, with who, when and why.

    Raises:
        NotBooked: it was cancelled before.
    """
    held = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if held.status == Appointment.Status.CANCELLED:
        raise NotBooked(_("This appointment was cancelled already."))
    held.status = Appointment.Status.CANCELLED
    held.cancelled_at, held.cancelled_by, held.reason = now, by, reason.strip()
    held.save(update_fields=["status", "cancelled_at", "cancelled_by", "reason"])
    held.holds.all().delete()
    return held


def lock_site(site: Site) -> None:
    """Let nobody else book anything of a site until this transaction ends."""
    at_site = [resource.pk for kind in Resource.Kind for resource in resources_at(site, kind)]
    list(Resource.objects.select_for_update().filter(pk__in=at_site).order_by("pk"))


def taken_spans(resource: Resource, during: Span) -> list[Span]:
    """What holds a resource at some time of `during`. Read it under the resource's lock."""
    holds = Hold.objects.filter(resource=resource, starts_at__lt=during.ends_at, ends_at__gt=during.starts_at)
    return [Span(starts_at=hold.starts_at, ends_at=hold.ends_at) for hold in holds]


def _locked_slot(slot_id: UUID, *, token: str, now: datetime) -> Slot:
    slot = Slot.objects.select_for_update(of=("self",)).select_related("site", "prescriber").get(pk=slot_id)
    booked = slot.appointments.filter(status=Appointment.Status.BOOKED).exists()
    kept = slot.kept_until is not None and slot.kept_until > now and slot.kept_for != token
    if booked or kept or slot.starts_at <= now:
        raise SlotTaken
    return slot


def _span(slot: Slot) -> Span:
    return Span(starts_at=slot.starts_at, ends_at=slot.ends_at)
