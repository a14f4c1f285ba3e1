"""Whether the server can still record: looked at every few seconds, and said to every open board.

A board that is live and a store that refuses every write would look like a calm afternoon. So the words go
over the live stream, which needs no database, and are the same technical alarm as a lost connection.
"""

import asyncio
import logging
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Final

from django.conf import settings
from django.db import close_old_connections
from django.db.utils import Error as AnyDatabaseError
from django.utils.translation import gettext as _

from ajar.clinic import clock
from ajar.clinic.gateway.hub import Unkept, hub
from ajar.clinic.gateway.serverclock import keep_time, note_time
from ajar.clinic.gateway.trouble import Trouble

EVERY_S: Final = 5.0
NEARLY_FULL_MB: Final = 500
"""Below this much free space the board warns; design default: days of a small clinic's readings."""
FULL_MB: Final = 1

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Store:
    """Since when nothing could be recorded, in this process; None: what was written last was kept."""

    failing_since: datetime | None = None
    _lock: Lock = field(default_factory=Lock)

    def failed(self, at: datetime) -> None:
        """A write was refused."""
        with self._lock:
            self.failing_since = self.failing_since or at

    def kept(self) -> None:
        """A write was kept."""
        with self._lock:
            self.failing_since = None


STORE: Final = Store()


async def look_after(*, every_s: float = EVERY_S) -> None:
    """Look, and say what is wrong, until cancelled."""
    while True:
        hub().say_of_server(await asyncio.to_thread(look))
        await asyncio.sleep(every_s)


def begin() -> None:
    """Take the time over from an earlier run, before anybody is served."""
    try:
        keep_time()
    finally:
        close_old_connections()


def look() -> Unkept | None:
    """Try to write; what is wrong, where something is."""
    close_old_connections()
    try:
        note_time()
    except AnyDatabaseError as problem:
        log.error("The server's own row could not be written: %s.", type(problem).__name__)
        STORE.failed(clock.now())
    else:
        STORE.kept()
    finally:
        close_old_connections()
    return unkept(STORE.failing_since, free_mb=free_mb())


def free_mb() -> int | None:
    """Free space where the records lie, in MB; None where another machine keeps them."""
    if "sqlite" not in settings.DATABASES["default"]["ENGINE"]:
        return None
    return shutil.disk_usage(Path(settings.DATABASES["default"]["NAME"]).parent).free // 1_000_000


def unkept(since: datetime | None, *, free_mb: int | None) -> Unkept | None:
    """What a board says while nothing can be recorded."""
    if since is None:
        return None
    full = free_mb is not None and free_mb < FULL_MB
    because = _("the disk is full") if full else _("the database does not take it")
    return Unkept(
        since=since, words=_("Nothing can be recorded: %(because)s. Chart on paper") % {"because": because}
    )


def disk_troubles() -> list[Trouble]:
    """A warning while there is still time."""
    free = free_mb()
    if free is None or free >= NEARLY_FULL_MB:
        return []
    words = _("%(mb)d MB are left. When it is full, nothing can be recorded: free some space.")
    return [
        Trouble(device=_("The server's disk"), place=_("where the records lie"), words=words % {"mb": free})
    ]
