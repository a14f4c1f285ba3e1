"""What a session needs at its hour: a room, someone who watches, and afterwards a therapist."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from ajar.pathway.scheduling.spans import Span, has_room, peak_load


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """A room or a person with what already holds them."""

    id: UUID
    name: str
    capacity: int
    taken: tuple[Span, ...]

    def free(self, during: Span) -> bool:
        """Is there room for one more?"""
        return has_room(self.taken, during=during, capacity=self.capacity)

    def load(self, during: Span) -> int:
        """How many they already have at the busiest moment."""
        return peak_load(self.taken, during=during)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Everything a course can be laid out over, in the order in which it is offered.

    `own` is what the patient has agreed to already: nobody can be in two places.
    """

    rooms: tuple[Keeper, ...]
    monitors: tuple[Keeper, ...]
    therapists: tuple[Keeper, ...]
    own: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A room and a monitor for one span; whichever is None is in `missing`, in words."""

    room: Keeper | None
    monitor: Keeper | None
    missing: tuple[str, ...]


NO_ROOM: Final = "no treatment room is free"
NO_MONITOR: Final = "no monitor is free"
ELSEWHERE: Final = "the patient has another appointment"


def seat(during: Span, supply: Supply) -> Seat:
    """The first free room and the least busy monitor, or what is missing and why."""
    room = next((keeper for keeper in supply.rooms if keeper.free(during)), None)
    monitor = least_busy(supply.monitors, during)
    missing = [ELSEWHERE] if any(span.overlaps(during) for span in supply.own) else []
    if room is None:
        missing.append(NO_ROOM)
    if monitor is None:
        missing.append(NO_MONITOR + _who_is_full(supply.monitors))
    return Seat(room=room, monitor=monitor, missing=tuple(missing))


def seat_at_home(during: Span, supply: Supply) -> Seat:
    """Who watches by video; no room is needed."""
    found = seat(during, supply)
    missing = tuple(reason for reason in found.missing if reason != NO_ROOM)
    return Seat(room=None, monitor=found.monitor, missing=missing)


def least_busy(keepers: Sequence[Keeper], during: Span) -> Keeper | None:
    """The one with the fewest at that time, in the given order among equals; None when all are full."""
    free = [keeper for keeper in keepers if keeper.free(during)]
    return min(free, key=lambda keeper: keeper.load(during), default=None)


def _who_is_full(monitors: Iterable[Keeper]) -> str:
    full = ", ".join(f"{keeper.name} watches {keeper.capacity}" for keeper in monitors)
    return f" ({full})" if full else " (nobody is set up to monitor at this site)"
