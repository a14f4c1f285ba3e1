"""The devices that stand in a room: the gateway knows, later in the visit, and registers itself here."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account


class Devices(Protocol):
    """Who knows where devices stand, and can say that they stand elsewhere from now on."""

    def standing_in(self, rooms: Iterable[UUID]) -> Mapping[UUID, Sequence[str]]:
        """The devices that stand in these rooms now, by room."""

    def take_along(
        self, *, from_room_id: UUID, to: Room, by: Account, now: datetime, since: datetime
    ) -> Sequence[str]:
        """The devices of the old room stand in the new one, from `since` on; says which.

        Raises:
            ValueError: there is none to take, the new room has its own, or one came to the old room later.
        """


_KNOWN: Final[list[Devices]] = []


def register_devices(devices: Devices) -> None:
    """Say who knows, once."""
    if devices not in _KNOWN:
        _KNOWN.append(devices)


def standing_in(rooms: Iterable[UUID]) -> dict[UUID, Sequence[str]]:
    """The devices that stand in these rooms now, by room."""
    wanted, found = list(rooms), dict[UUID, Sequence[str]]()
    for devices in _KNOWN:
        found |= devices.standing_in(wanted)
    return found


def take_along(*, from_room_id: UUID, to: Room, by: Account, now: datetime, since: datetime) -> None:
    """Take the devices of a room along to another (ValueError where that cannot be)."""
    for devices in _KNOWN:
        devices.take_along(from_room_id=from_room_id, to=to, by=by, now=now, since=since)
