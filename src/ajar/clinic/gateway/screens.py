"""Patients' screens that are not heard any more: asked twice a second while the server runs.

Silence is nobody's request, so somebody has to ask. Several processes may: each silence is noted once. A
server that has just started gives every screen the time to be heard again before it calls it silent.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from django.db import close_old_connections
from django.db.utils import Error as AnyDatabaseError

from ajar.clinic import clock
from ajar.clinic.bedside.services import note_silent_screens
from ajar.pathway.monitoring.calling import DEFAULT_SCREEN_POLICY

EVERY_S: Final = 0.5
AFTER_TROUBLE_S: Final = 5.0

log = logging.getLogger(__name__)
threads: Final = ThreadPoolExecutor(1, thread_name_prefix="patients-screens")


async def hear_screens(
    *, first_s: float = DEFAULT_SCREEN_POLICY.silent_after_s, every_s: float = EVERY_S
) -> None:
    """Ask again and again until cancelled."""
    await asyncio.sleep(first_s)
    while True:
        heard = await asyncio.get_running_loop().run_in_executor(threads, ask)
        await asyncio.sleep(every_s if heard else AFTER_TROUBLE_S)


def ask() -> bool:
    """Note what has fallen silent; False where the database does not answer, which is asked again."""
    close_old_connections()
    try:
        note_silent_screens(now=clock.now())
    except AnyDatabaseError as problem:
        log.error("Silent screens could not be noted: %s.", type(problem).__name__)
        return False
    finally:
        close_old_connections()
    return True
