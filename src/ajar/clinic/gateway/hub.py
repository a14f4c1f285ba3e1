"""One reader of the ledger's feed a process, and everyone who listens to it.

The hub reads in a thread of its own, every few hundredths of a second while anyone listens, and gives
each listener only what concerns it. A listener that cannot keep up is cut off; it comes back with the
id of the last event it has, and is told what it missed.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import close_old_connections, connections
from django.db.utils import Error as AnyDatabaseError

from ajar.clinic import clock
from ajar.clinic.gateway.telling import Told, tell
from ajar.clinic.ledger.feed import START, Cursor, latest, since

T = TypeVar("T")

POLL_S: Final = 0.06
HEARTBEAT_S: Final = 10.0
AFTER_TROUBLE_S: Final = 1.0
QUEUE: Final = 256
"""Events a listener may be behind before it is cut off."""
BATCH: Final = 500
LONGEST_GAP: Final = 5000
"""Rows a returning listener is told one by one; beyond that it loads its page afresh."""

BEAT: Final = b"event: here\n"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unkept:
    """Nothing can be recorded, since then, and why."""

    since: datetime
    words: str


def heartbeat(now: datetime) -> bytes:
    """A sign of life, with the time by which the clinic goes."""
    return BEAT + f"data: {now.isoformat()}\n\n".encode()


def server_event(unkept: Unkept | None) -> bytes:
    """The event that says it, or that it is over. It has no id: it is no place in the feed."""
    said = {"words": unkept.words, "since": unkept.since.isoformat()} if unkept else {"words": ""}
    return f"event: server\ndata: {json.dumps(said)}\n\n".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a listener may hear: one site's board or one encounter; values only for clinicians."""

    site: str | None
    encounter_id: UUID | None
    clinical: bool

    def covers(self, told: Told) -> bool:
        """Does this concern the listener?"""
        if told.clinical and not self.clinical:
            return False
        return told.site == self.site if self.site is not None else told.encounter_id == self.encounter_id

    def hears(self, told: Told) -> bytes:
        """What this listener is told of it."""
        return told.wire if self.clinical else told.bare


@dataclass(eq=False, slots=True, kw_only=True)
class Listener:
    """One open page."""

    topic: Topic
    queue: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(QUEUE))
    cut_off: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, wire: bytes) -> None:
        """Put an event in the queue, or cut the listener off when it is full."""
        try:
            self.queue.put_nowait(wire)
        except asyncio.QueueFull:
            self.cut_off.set()


class Hub:
    """The feed of one process, read once for all of its listeners."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.reader: asyncio.Task[None] | None = None
        self.cursor: Cursor | None = None
        self.threads = ThreadPoolExecutor(1, thread_name_prefix="live-feed")
        self.starting = asyncio.Lock()
        self.unkept: Unkept | None = None

    def say_of_server(self, unkept: Unkept | None) -> None:
        """Tell every open page when the server cannot record, and when it can again."""
        if unkept != self.unkept:
            self.unkept = unkept
            self.pass_on([], server_event(unkept))

    async def join(self, listener: Listener) -> Cursor:
        """Start to listen; returns the position after which the queue is told everything."""
        async with self.starting:
            if self.reader is None or self.reader.done() or self.cursor is None:
                self.cursor = await self.in_thread(latest)
                self.reader = asyncio.create_task(self.read())
        self.listeners.add(listener)
        if self.unkept is not None:
            listener.offer(server_event(self.unkept))
        return self.cursor

    def leave(self, listener: Listener) -> None:
        """Stop listening; with nobody left, nothing is read."""
        self.listeners.discard(listener)
        if not self.listeners and self.reader is not None:
            self.reader.cancel()
            self.reader = None

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Run a database read in the hub's own thread."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, work)

    async def read(self) -> None:
        """Read the feed until nobody listens. What cannot be told ends it, and nobody is left believing."""
        try:
            await self.read_on()
        except Exception:
            log.exception("The feed stopped; every live page connects anew.")
            for listener in self.listeners:
                listener.cut_off.set()

    async def read_on(self) -> None:
        """Read what is new and pass it on, with a sign of life now and then."""
        loop = asyncio.get_running_loop()
        beat_at = loop.time() + HEARTBEAT_S
        while True:
            await asyncio.sleep(POLL_S if await self.step() else AFTER_TROUBLE_S)
            if loop.time() >= beat_at:
                beat_at = loop.time() + HEARTBEAT_S
                await self.in_thread(close_old_connections)
                self.pass_on([], heartbeat(clock.now()))

    async def step(self) -> bool:
        """Pass on what is new; False after trouble with the database, which is waited out."""
        try:
            new_cursor, told = await self.in_thread(partial(news, self.cursor or START))
        except AnyDatabaseError:
            log.exception("The feed could not be read; trying again.")
            await self.in_thread(connections.close_all)
            return False
        self.cursor = new_cursor
        self.pass_on(told)
        return True

    def pass_on(self, told: Sequence[Told], also: bytes = b"") -> None:
        """Give each listener what concerns it, in one piece."""
        for listener in list(self.listeners):
            piece = b"".join(listener.topic.hears(one) for one in told if listener.topic.covers(one)) + also
            if piece:
                listener.offer(piece)

    async def missed(self, topic: Topic, after: Cursor, until: Cursor) -> tuple[bytes, bool]:
        """What a returning listener has not heard, and whether that is all of it."""
        pieces: list[bytes] = []
        read = 0
        while after < until and read < LONGEST_GAP:
            reached, told = await self.in_thread(partial(news, after))
            if reached == after:
                return b"".join(pieces), True
            pieces += [topic.hears(one) for one in told if one.cursor <= until and topic.covers(one)]
            read, after = read + BATCH, reached
        return b"".join(pieces), after >= until


def news(cursor: Cursor) -> tuple[Cursor, list[Told]]:
    """The next rows of the feed after `cursor` as events, and the position they reach."""
    rows = since(cursor, limit=BATCH)
    if not rows:
        return cursor, []
    return Cursor(rows[-1].tx, rows[-1].seq), tell(rows)


_HUBS: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]] = WeakKeyDictionary()


def hub() -> Hub:
    """The hub of this process (of this event loop)."""
    return _HUBS.setdefault(asyncio.get_running_loop(), Hub())
