"""Where a reading belongs: the room its device stood in, and the session that was there, at that time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.selectors import sessions_in_room_at
from ajar.clinic.gateway.models import DeviceBinding, Held
from ajar.clinic.gateway.selectors import LATE, binding_of
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Site
from ajar.exchange.hl7v2.outcome import Accepted

NO_ROOM: Final = "No room is known for this device."


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Why a readable message has no place: `because` for staff, `told` for the sender, without names."""

    kind: Held
    because: str
    told: str


def unknown_device(device_ids: Sequence[str]) -> Objection:
    """A device that nobody has placed in a room."""
    names = ", ".join(device_ids) or "without a name"
    return Objection(
        kind=Held.UNKNOWN_DEVICE,
        because=f"No room is known for device {names}. Say where it stands, then assign this message.",
        told=NO_ROOM,
    )


def binding_then(
    read: Accepted, standing: DeviceBinding, *, first: datetime, last: datetime
) -> DeviceBinding | Objection:
    """Where the device stood when the readings were taken, whatever it does now.

    `standing` is where it stands now or stood last; most often it stood there then as well.
    """
    until = standing.bound_until
    if standing.bound_from <= first and (until is None or last < until):
        return standing
    at_first, at_last = binding_of(read.device_ids, at=first), binding_of(read.device_ids, at=last)
    if at_first is None or at_last is None:
        at = at_site(first if at_first is None else last, standing.room.site)
        because = (
            f"{standing.device} stood in no room at {at}, when this was taken. Assign it, or set it aside."
        )
        return Objection(kind=Held.UNKNOWN_DEVICE, because=because, told=NO_ROOM)
    if at_first != at_last:
        return outside(f"{standing.device} was moved to another room while these readings were taken.")
    return at_first


def says_other_room(read: Accepted, room: Room) -> Objection | None:
    """The device says that it is in another room of the site than the one it is known to stand in."""
    said = read.location.room if read.location else ""
    if not said or said.casefold() == room.name.casefold():
        return None
    if not Room.objects.filter(site=room.site, name__iexact=said).exists():
        return None
    return Objection(
        kind=Held.WRONG_ROOM,
        because=f"The device is known to stand in {room.name} and says that it is in {said[:80]}. "
        "Correct where it stands, then assign this message.",
        told="The room does not fit where this device is known to stand.",
    )


def session_of(first: datetime, last: datetime, room: Room, *, now: datetime) -> DosingNow | Objection:
    """The one session all of these readings belong to, by who was in the room when they were taken."""
    if first < now - LATE:
        hours = LATE.total_seconds() / 3600
        return outside(f"It was taken at {at_site(first, room.site)}, more than {hours:g} hours ago.")
    until = min(last, now)
    at_first = sessions_in_room_at(room.pk, first)
    at_last = at_first if until == first else sessions_in_room_at(room.pk, until)
    both = [session for session in at_first if session in at_last]
    if len(both) == 1:
        return both[0]
    if not at_first and not sessions_in_room_at(room.pk, now):
        because = f"Nobody was being treated in {room.name} at {at_site(first, room.site)}."
        told = "Nobody is being treated in the room of this device."
        return Objection(kind=Held.EMPTY_ROOM, because=because, told=told)
    return outside(
        f"It was taken at {at_site(first, room.site)}, when the patient now in {room.name} was not there."
    )


def outside(because: str) -> Objection:
    """Readings of a time at which this patient was not in the room."""
    told = "The time of observation is not within the visit."
    return Objection(kind=Held.OUTSIDE_VISIT, because=because, told=told)


def at_site(moment: datetime, site: Site) -> str:
    """A moment as the site's clock shows it."""
    return f"{moment.astimezone(site.zone):%d %b %H:%M:%S %Z}"
