"""The devices that stand in a room now, for the floor's alarm on their silence."""

from collections.abc import Iterable
from uuid import UUID

from ajar.clinic.gateway.models import DeviceBinding
from ajar.pathway.monitoring.silence import Bound


def bound_devices(rooms: Iterable[UUID]) -> dict[UUID, tuple[Bound, ...]]:
    """By room; one query."""
    found: dict[UUID, tuple[Bound, ...]] = {}
    for row in DeviceBinding.objects.filter(room__in=list(rooms), bound_until=None):
        found[row.room_id] = (
            *found.get(row.room_id, ()),
            Bound(device=row.device, since=row.bound_from),
        )
    return found
