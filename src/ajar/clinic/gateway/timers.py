"""What comes due by the clock alone: asked every quarter of an hour while the server runs.

Several processes may ask at once: a reminder is raised once, whoever is first.
"""

import asyncio
import logging
from typing import Final

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from ajar.clinic.gateway.recording import forget_seen
from ajar.clinic.paperwork.filing import raise_reminders

FIRST_S: Final = 60.0
EVERY_S: Final = 900.0

log = logging.getLogger(__name__)


async def keep_time(*, first_s: float = FIRST_S, every_s: float = EVERY_S) -> None:
    """Ask again and again until cancelled."""
    await asyncio.sleep(first_s)
    while True:
        await asyncio.to_thread(tick)
        await asyncio.sleep(every_s)


def tick() -> None:
    """Raise what has come due; a database that does not answer is asked again the next time."""
    close_old_connections()
    try:
        forget_seen(now=timezone.now())
        raised = raise_reminders(now=timezone.now())
    except DatabaseError as problem:
        log.error("Reminders could not be raised: %s.", type(problem).__name__)
    else:
        if raised:
            log.info("%d reminders were raised.", len(raised))
    finally:
        close_old_connections()
