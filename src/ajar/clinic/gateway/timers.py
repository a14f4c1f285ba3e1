"""What comes due by the clock alone: reminders each quarter of an hour, unseen high alarms every few seconds.

Several processes may ask at once: a reminder is raised once, whoever is first.
"""

import asyncio
import logging
from typing import Final

from django.db import close_old_connections
from django.db.utils import Error as AnyDatabaseError

from ajar.clinic import clock
from ajar.clinic.gateway.recording import forget_seen
from ajar.clinic.monitoring.escalating import pass_on
from ajar.clinic.paperwork.filing import raise_reminders

FIRST_S: Final = 60.0
EVERY_S: Final = 900.0
WATCH_S: Final = 5.0

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
        forget_seen(now=clock.now())
        raised = raise_reminders(now=clock.now())
    except AnyDatabaseError as problem:
        log.error("Reminders could not be raised: %s.", type(problem).__name__)
    else:
        if raised:
            log.info("%d reminders were raised.", len(raised))
    finally:
        close_old_connections()


async def keep_watch(*, every_s: float = WATCH_S) -> None:
    """Pass on what nobody has seen, again and again until cancelled."""
    while True:
        await asyncio.sleep(every_s)
        await asyncio.to_thread(look_round)


def look_round() -> None:
    """Take the steps of escalation that are due; whatever goes wrong is tried again the next time."""
    close_old_connections()
    try:
        pass_on(now=clock.now())
    except Exception:
        log.exception("Unseen alarms could not be passed on; trying again.")
    finally:
        close_old_connections()
