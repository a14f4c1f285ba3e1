"""Which device stands in which room: the gateway knows, later in the visit, and registers how to ask."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final
from uuid import UUID

from ajar.pathway.monitoring.silence import Bound

AskDevices = Callable[[Iterable[UUID]], Mapping[UUID, tuple[Bound, ...]]]
_ASKED: Final[list[AskDevices]] = []


def register_devices(ask: AskDevices) -> None:
    """Say how to find the devices of some rooms, once."""
    if ask not in _ASKED:
        _ASKED.append(ask)


def devices_in(rooms: Iterable[UUID]) -> dict[UUID, tuple[Bound, ...]]:
    """The devices that stand in these rooms now."""
    wanted, found = list(rooms), dict[UUID, tuple[Bound, ...]]()
    for ask in _ASKED:
        found |= ask(wanted)
    return found
