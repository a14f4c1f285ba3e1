"""One process for the embedded clinic: pages (WSGI in threads), the live stream, the HL7 listener.

Django answers under WSGI, which is several times quicker here than under ASGI (docs/decisions.md 4);
only the live stream, which holds many connections open, speaks ASGI.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from a2wsgi import WSGIMiddleware

from ajar.clinic.gateway import stream
from ajar.clinic.gateway.listener import serve_mllp
from ajar.clinic.gateway.screens import hear_screens
from ajar.clinic.gateway.timers import keep_time, keep_watch
from ajar.clinic.gateway.upkeep import begin, look_after
from ajar.clinic.wsgi import application as pages

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PAGE_THREADS: Final = int(os.environ.get("AJAR_PAGE_THREADS", "16"))

BY_THE_CLOCK: Final = (look_after, keep_time, keep_watch, hear_screens)

wsgi = WSGIMiddleware(pages, workers=PAGE_THREADS)  # type: ignore[arg-type]  # an answer can be iterated


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Live addresses to the stream, everything else to the pages."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/live/"):
        await stream.application(scope, receive, send)
    elif scope["type"] == "http":
        await wsgi(scope, receive, send)  # type: ignore[arg-type]  # a2wsgi narrows the ASGI types


async def lifespan(receive: Receive, send: Send) -> None:
    """Open the HL7 listener, start what runs by the clock alone; end all of it with the server."""
    listener: asyncio.Server | None = None
    timers: list[asyncio.Task[None]] = []
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await asyncio.to_thread(begin)
            if port := int(os.environ.get("AJAR_MLLP_PORT", "0")):
                listener = await serve_mllp(os.environ.get("AJAR_MLLP_HOST", "127.0.0.1"), port)
            timers = [
                asyncio.create_task(work()) for work in (look_after, keep_time, keep_watch, hear_screens)
            ]
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            if listener is not None:
                listener.close()
            for timer in timers:
                timer.cancel()
            await send({"type": "lifespan.shutdown.complete"})
            return
