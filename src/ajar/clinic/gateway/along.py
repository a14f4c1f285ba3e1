"""The devices of a room, for a patient who is moved: asked for, and taken along."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from ajar.clinic.gateway.models import DeviceBinding
from ajar.clinic.gateway.resolving import ResolutionRefused, bind_device
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account


class BoundDevices:
    """Where devices stand, as people said it (`bind_device`)."""

    def standing_in(self, rooms: Iterable[UUID]) -> dict[UUID, Sequence[str]]:
        """The devices that stand in these rooms now, by room; one query."""
        found: dict[UUID, Sequence[str]] = {}
        rows = DeviceBinding.objects.filter(room__in=list(rooms), bound_until=None).order_by("device")
        for row in rows:
            found[row.room_id] = (*found.get(row.room_id, ()), row.device)
        return found

    def take_along(
        self, *, from_room_id: UUID, to: Room, by: Account, now: datetime, since: datetime
    ) -> Sequence[str]:
        """The devices of the old room stand in the new one, from `since` on; says which.

        Raises:
            ResolutionRefused: there is none to take, the new room has its own, or one came later.
        """
        standing = self.standing_in([from_room_id, to.pk])
        devices = standing.get(from_room_id, ())
        if not devices:
            raise ResolutionRefused("No monitor stands in the room that the patient leaves.")
        if own := standing.get(to.pk):
            raise ResolutionRefused(
                f"{to.name} has a monitor of its own, {', '.join(own)}: readings of two would mix. "
                "Leave the monitor where it is, or take the other one away first."
            )
        for device in devices:
            bind_device(device=device, room=to, by=by.printed_name, now=now, since=since)
        return devices


BOUND_DEVICES = BoundDevices()
