"""Reads of the calendar."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ajar.clinic.patients.access import reaches
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Appointment, Hold, Resource, Slot
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.scheduling.availability import moment
from ajar.pathway.scheduling.spans import Span

NOTICE: Final = timedelta(hours=2)
"""The shortest notice at which a visitor may book (design default)."""


def free_slots(*, now: datetime, token: str = "", site: Site | None = None) -> QuerySet[Slot]:
    """Published slots that a visitor can still book, earliest first."""
    busy = Hold.objects.filter(
        resource=OuterRef("prescriber"), starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    )
    booked = Appointment.objects.filter(slot=OuterRef("pk"), status=Appointment.Status.BOOKED)
    slots = (
        Slot.objects.select_related("site", "prescriber__account")
        .filter(starts_at__gte=now + NOTICE, prescriber__active=True)
        .exclude(Q(kept_until__gt=now) & ~Q(kept_for=token))
        .exclude(Exists(booked))
        .exclude(Exists(busy))
        .order_by("starts_at", "site__name")
    )
    return slots if site is None else slots.filter(site=site)


def resources_at(site: Site, kind: Resource.Kind) -> QuerySet[Resource]:
    """Active rooms of a site, or the people of this kind who work there."""
    place = Q(room__site=site, room__active=True) | Q(account__sites=site, account__is_active=True)
    found = Resource.objects.filter(place, kind=kind, active=True).select_related("room", "account")
    return found.distinct()


def taken_by_resource(resources: Iterable[Resource], *, during: Span) -> dict[UUID, tuple[Span, ...]]:
    """What holds each of these resources at some time of a stretch."""
    taken: dict[UUID, list[Span]] = {resource.pk: [] for resource in resources}
    holds = Hold.objects.filter(
        resource__in=list(taken), starts_at__lt=during.ends_at, ends_at__gt=during.starts_at
    )
    for hold in holds:
        taken[hold.resource_id].append(Span(starts_at=hold.starts_at, ends_at=hold.ends_at))
    return {pk: tuple(spans) for pk, spans in taken.items()}


def day_span(site: Site, first_day: date, *, number: int = 1) -> Span:
    """One or more whole days of a site, by its own clock."""
    last = first_day + timedelta(days=number)
    return Span(starts_at=moment(first_day, time(), site.zone), ends_at=moment(last, time(), site.zone))


def appointments_at(site: Site, during: Span, *, viewer: Account) -> QuerySet[Appointment]:
    """Standing appointments of a site that the viewer works at."""
    appointments = Appointment.objects.select_related("type", "patient", "site").prefetch_related(
        "holds__resource__room", "holds__resource__account"
    )
    return appointments.filter(
        site=site,
        site__in=viewer.sites.all(),
        status=Appointment.Status.BOOKED,
        starts_at__lt=during.ends_at,
        ends_at__gt=during.starts_at,
    )


def holds_at(resources: Iterable[Resource], during: Span) -> QuerySet[Hold]:
    """What these resources are held for at some time of a stretch, wherever that is."""
    return Hold.objects.filter(
        resource__in=list(resources), starts_at__lt=during.ends_at, ends_at__gt=during.starts_at
    ).select_related("resource", "appointment__patient", "appointment__type", "appointment__site")


def appointments_of(patient: Patient, *, viewer: Account) -> QuerySet[Appointment]:
    """A patient's standing appointments, earliest first; none where the viewer may not reach them."""
    if not reaches(viewer, patient):
        return Appointment.objects.none()
    return standing_appointments(patient)


def standing_appointments(patient: Patient) -> QuerySet[Appointment]:
    """A patient's standing appointments, for rules and services inside the program."""
    return (
        Appointment.objects.filter(patient=patient, status=Appointment.Status.BOOKED)
        .select_related("type", "site")
        .prefetch_related("holds__resource__room", "holds__resource__account")
        .order_by("starts_at")
    )
