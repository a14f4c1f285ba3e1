"""The HL7 listener: MLLP over TCP. An acknowledgement is sent only after what it says is committed.

Each delivery is handled in a thread with its own database connection. When it cannot be handled at all
(no database), nothing is answered and the connection is closed, so that the device sends again.
"""

import asyncio
import logging
from typing import Final

from django.db import close_old_connections
from django.db.utils import Error as AnyDatabaseError

from ajar.clinic import clock
from ajar.clinic.gateway.services import cut_off, receive_delivery, refuse_delivery, too_large
from ajar.clinic.gateway.upkeep import STORE
from ajar.clinic.ledger.engines import AWAY
from ajar.exchange.hl7v2.message import decoded
from ajar.exchange.hl7v2.mllp import MAX_FRAME_BYTES, Deframer, Frame, framed

MAX_CONNECTIONS: Final = 640
"""500 rooms and some more: each takes one of the 1,024 files that a process may usually have open."""

AT_ONCE: Final = 4
"""Deliveries handled at one moment: the database takes one writer at a time anyway."""
FRAME_WITHIN_S: Final = 30.0
"""A frame once begun must end within this time, so that a stalled sender does not hold its place."""
READ_BYTES: Final = 65_536

log = logging.getLogger(__name__)


async def serve_mllp(host: str, port: int) -> asyncio.Server:
    """Start listening inside the running event loop; close the server to stop."""
    return await asyncio.start_server(Listener().talk, host, port)


class Listener:
    """Talks with every connected device."""

    def __init__(self) -> None:
        self._connected = 0
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until the device closes it or stalls inside a frame."""
        self._connected += 1
        try:
            if self._connected <= MAX_CONNECTIONS:
                await self._deliveries(reader, writer)
            else:
                log.warning("More than %d devices are connected; one was turned away.", MAX_CONNECTIONS)
        except (ConnectionError, TimeoutError):
            log.info("A device went away or stalled inside a message.")
        except AnyDatabaseError as problem:
            if isinstance(problem, AWAY):
                STORE.failed(clock.now())
            # Only the kind of trouble: its text may quote the message.
            log.error("A message was not recorded and not acknowledged: %s.", type(problem).__name__)
        finally:
            self._connected -= 1
            writer.close()

    async def _deliveries(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        frames, clock = Deframer(), asyncio.get_running_loop().time
        ends_by: float | None = None
        try:
            while data := await self._next(reader, ends_by):
                for frame in frames.feed(data):
                    await self._answer(frame, writer)
                    ends_by = None
                if frames.inside and ends_by is None:
                    ends_by = clock() + FRAME_WITHIN_S
        finally:
            for frame in frames.close():
                await self._handled(frame)

    @staticmethod
    async def _next(reader: asyncio.StreamReader, ends_by: float | None) -> bytes:
        """The next bytes; a device may be silent between frames for as long as it likes."""
        async with asyncio.timeout_at(ends_by):
            return await reader.read(READ_BYTES)

    async def _answer(self, frame: Frame, writer: asyncio.StreamWriter) -> None:
        writer.write(framed(await self._handled(frame)))
        await writer.drain()

    async def _handled(self, frame: Frame) -> str:
        async with self._at_once:
            return await asyncio.to_thread(handle, frame)


def handle(frame: Frame) -> str:
    """Record or hold one delivery; returns its acknowledgement after the commit."""
    close_old_connections()
    try:
        text, now = decoded(frame.content), clock.now()
        if frame.too_large:
            refusal = too_large(frame.size_bytes, MAX_FRAME_BYTES)
            return refuse_delivery(beginning=text, refusal=refusal, size_chars=frame.size_bytes, now=now)
        if not frame.complete:
            return refuse_delivery(beginning=text, refusal=cut_off(), size_chars=frame.size_bytes, now=now)
        return receive_delivery(raw=text, now=now)
    finally:
        close_old_connections()


async def listen_forever(host: str, port: int) -> None:
    """Serve until cancelled."""
    async with await serve_mllp(host, port) as server:
        await server.serve_forever()
