"""Reads of devices and held messages, and whose readings a device in a room can be."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway.models import DeviceBinding, Held, Quarantined
from ajar.clinic.staff.models import Account

LATE: Final = timedelta(hours=12)
"""How late a reading may arrive and still be recorded without a person; design default."""
ASSIGNABLE: Final = timedelta(hours=24)
SEEN_FOR: Final = timedelta(hours=48)
"""How long a reading is recognised when it comes again: longer than it may wait to be assigned."""


def binding_of(device_ids: Iterable[str], *, at: datetime) -> DeviceBinding | None:
    """Where the device stood at that moment; the most specific of its names that is known decides."""
    names = list(device_ids)
    in_force = Q(bound_from__lte=at) & (Q(bound_until__isnull=True) | Q(bound_until__gt=at))
    found = DeviceBinding.objects.select_related("room__site").filter(in_force, device__in=names)
    return min(found, key=lambda binding: names.index(binding.device), default=None)


def standing_of(device_ids: Iterable[str], *, at: datetime) -> DeviceBinding | None:
    """Where the device stands at that moment, or stood last before it; None when it never stood anywhere."""
    names = list(device_ids)
    newest_first = DeviceBinding.objects.select_related("room__site").order_by("-bound_from")
    found = newest_first.filter(device__in=names, bound_from__lte=at)
    return min(found, key=lambda binding: names.index(binding.device), default=None)


def held_in_reach(viewer: Account) -> QuerySet[Quarantined]:
    """Held messages of the viewer's sites, and of senders whose site is not known."""
    reach = Q(site__isnull=True) | Q(site__in=viewer.sites.all())
    return Quarantined.objects.select_related("site", "room", "resolved_by").filter(reach)


def open_held(viewer: Account) -> QuerySet[Quarantined]:
    """What still waits for a person, newest first."""
    return held_in_reach(viewer).filter(status=Quarantined.Status.OPEN)


def like_it(held: Quarantined, viewer: Account) -> QuerySet[Quarantined]:
    """Other open messages from the same sender, held for the same reason."""
    return open_held(viewer).filter(sender=held.sender, kind=held.kind).exclude(pk=held.pk)


def assignable_sessions(held: Quarantined, viewer: Account) -> QuerySet[DosingNow]:
    """Sessions around the time the message came, whose patient the viewer may reach."""
    window = (held.received_at - ASSIGNABLE, held.received_at + ASSIGNABLE)
    sessions = DosingNow.objects.select_related("patient", "site")
    sessions = sessions.filter(site__in=viewer.sites.all(), patient__site__in=viewer.sites.all())
    return sessions.filter(arrived_at__range=window).order_by("-arrived_at")


def devices_in_reach(viewer: Account) -> QuerySet[DeviceBinding]:
    """Devices that stand in a room of the viewer's sites now."""
    bindings = DeviceBinding.objects.select_related("room__site")
    return bindings.filter(bound_until__isnull=True, room__site__in=viewer.sites.all())


def devices_before(viewer: Account) -> QuerySet[DeviceBinding]:
    """Where devices stood before, the twenty that ended last."""
    bindings = DeviceBinding.objects.select_related("room__site").filter(bound_until__isnull=False)
    return bindings.filter(room__site__in=viewer.sites.all()).order_by("-bound_until")[:20]


def resolved_lately(viewer: Account) -> QuerySet[Quarantined]:
    """The twenty last resolved, newest first."""
    resolved = held_in_reach(viewer).exclude(status=Quarantined.Status.OPEN).exclude(kind=Held.ALARM)
    return resolved.order_by("-resolved_at")[:20]


def alarms_lately(viewer: Account) -> QuerySet[Quarantined]:
    """The twenty last alarms that monitors sent by themselves, newest first."""
    return held_in_reach(viewer).filter(kind=Held.ALARM).order_by("-last_received_at")[:20]
