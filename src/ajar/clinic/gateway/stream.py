"""Live pages: server-sent events from the ledger, at /live/board/<site> and /live/encounter/<id>.

A plain ASGI application. Who may listen is decided as for a page: the session cookie, the role table,
the reach, the second factor and the idle limit; it is asked again while the stream is open. Each event's
id is its position in the feed, so a lost connection resumes where it broke.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any, Final, TypeVar
from urllib.parse import parse_qs
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.db.utils import Error as AnyDatabaseError
from django.http import HttpRequest

from ajar.clinic import clock
from ajar.clinic.gateway.hub import BEAT, Listener, Topic, hub, server_event
from ajar.clinic.gateway.telling import REFRESH, wire
from ajar.clinic.gateway.upkeep import unkept
from ajar.clinic.ledger.feed import Cursor
from ajar.clinic.patients.access import reaches
from ajar.clinic.patients.models import Encounter
from ajar.clinic.staff.middleware import has_second_factor
from ajar.clinic.staff.models import Account
from ajar.clinic.staff.policy import Action, may

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

RETRY_MS: Final = 1000
CHECK_EVERY_BEATS: Final = 3
"""Heartbeats between two looks at whether this account may still listen."""

STREAM_HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # a proxy must not hold events back
]
WORDS: Final = {
    400: b"Expected a feed position such as 0-42.",
    401: b"Sign in first.",
    403: b"This role may not listen to this.",
    404: b"Nothing to listen to at this address.",
    405: b"Only GET.",
}

T = TypeVar("T")

Sessions: Final = import_module(settings.SESSION_ENGINE).SessionStore
threads: Final = ThreadPoolExecutor(2, thread_name_prefix="live-access")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why nobody is let in, as an HTTP status."""

    status: int


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request for a stream."""
    if scope["method"] != "GET":
        await refuse(send, 405)
        return
    cookies, path = header(scope, b"cookie"), scope["path"]
    try:
        admitted = await in_thread(lambda: admit(path, cookies))
    except AnyDatabaseError:
        await come_again(send)
        return
    if isinstance(admitted, Refused):
        await refuse(send, admitted.status)
        return
    try:
        after = position_asked_for(scope)
    except ValueError:
        await refuse(send, 400)
        return
    await send({"type": "http.response.start", "status": 200, "headers": STREAM_HEADERS})
    await stream(admitted, after, receive, send, lambda: admit(path, cookies))


async def refuse(send: Send, status: int) -> None:
    """Answer in words and end."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": WORDS[status]})


async def come_again(send: Send) -> None:
    """The database does not answer: a browser gives up on an error for good, so this is a short stream."""
    said = hub().unkept or unkept(clock.now(), free_mb=None)
    await send({"type": "http.response.start", "status": 200, "headers": STREAM_HEADERS})
    await send_piece(send, f"retry: {RETRY_MS}\n\n".encode() + server_event(said))
    await send({"type": "http.response.body", "body": b""})


async def stream(
    topic: Topic, after: Cursor | None, receive: Receive, send: Send, check: Callable[[], Topic | Refused]
) -> None:
    """Tell this listener everything that concerns it until it leaves, falls behind, or loses its right."""
    listener = Listener(topic=topic)
    ends = {
        asyncio.create_task(tell_on(listener, after, send, check)),
        asyncio.create_task(until_gone(receive)),
        asyncio.create_task(listener.cut_off.wait()),
    }
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        hub().leave(listener)
        for end in ends:
            end.cancel()
        await asyncio.gather(*ends, return_exceptions=True)
    with suppress(OSError, TimeoutError):  # the other end may be gone, or may not be reading
        async with asyncio.timeout(1):
            await send({"type": "http.response.body", "body": b""})


async def tell_on(
    listener: Listener, after: Cursor | None, send: Send, check: Callable[[], Topic | Refused]
) -> None:
    """What was missed, then what happens; ends when the account may no longer listen."""
    now_at = await hub().join(listener)
    await send_piece(send, f"retry: {RETRY_MS}\n\n".encode())
    if after is not None and after < now_at:
        await send_piece(send, await catch_up(listener.topic, after, now_at))
    beats = 0
    while True:
        piece = await listener.queue.get()
        beats += BEAT in piece
        if beats >= CHECK_EVERY_BEATS:
            beats = 0
            if await in_thread(check) != listener.topic:
                return
        await send_piece(send, piece)


async def catch_up(topic: Topic, after: Cursor, now_at: Cursor) -> bytes:
    """What was missed since `after`; a gap too long to tell asks the page to load afresh."""
    missed, complete = await hub().missed(topic, after, now_at)
    return missed if complete else wire(REFRESH, {"encounter": None}, now_at)


async def send_piece(send: Send, piece: bytes) -> None:
    """Send a part of the stream."""
    if piece:
        await send({"type": "http.response.body", "body": piece, "more_body": True})


async def until_gone(receive: Receive) -> None:
    """Return when the other end has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def in_thread(work: Callable[[], T]) -> T:
    """Run a database read beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(threads, work)


def header(scope: Scope, name: bytes) -> str:
    """A request header as text, or nothing."""
    return next((bytes(value).decode("latin-1") for key, value in scope["headers"] if key == name), "")


def position_asked_for(scope: Scope) -> Cursor | None:
    """Where to resume: the last event the browser has, else what the page was drawn from.

    Raises:
        ValueError: it is not a feed position.
    """
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("after", [""])[0]
    text = header(scope, b"last-event-id") or asked
    return Cursor.parse(text) if text else None


def admit(path: str, cookies: str) -> Topic | Refused:
    """What this account may hear at this address."""
    close_old_connections()
    account = account_of(cookies)
    if account is None:
        return Refused(status=401)
    match path.strip("/").split("/"):
        case ["live", "board", slug]:
            return board(account, slug)
        case ["live", "encounter", text]:
            return encounter(account, text)
    return Refused(status=404)


def account_of(cookies: str) -> Account | None:
    """The signed-in account, by the rules of a page: active, second factor where needed, not idle."""
    request = HttpRequest()
    request.session = Sessions(session_key(cookies))
    account = get_user(request)
    if not isinstance(account, Account):
        return None
    if account.is_staff_member and not settings.DEMO and not has_second_factor(account):
        return None
    seen = request.session.get("seen")
    idle_s = clock.now().timestamp() - seen if seen is not None else 0.0
    return account if idle_s <= settings.IDLE_MINUTES * 60 else None


def session_key(cookies: str) -> str | None:
    """The session's key in a Cookie header."""
    try:
        jar = SimpleCookie(cookies)
    except CookieError:
        return None
    found = jar.get(settings.SESSION_COOKIE_NAME)
    return found.value if found else None


def board(account: Account, slug: str) -> Topic | Refused:
    """The board of a site where the account works."""
    if not may(account.role_of, Action.SEE_BOARD):
        return Refused(status=403)
    if not account.sites.filter(slug=slug).exists():
        return Refused(status=404)
    return Topic(site=slug, encounter_id=None, clinical=may(account.role_of, Action.SEE_SESSION))


def encounter(account: Account, text: str) -> Topic | Refused:
    """One encounter of a patient within reach."""
    if not may(account.role_of, Action.SEE_SESSION):
        return Refused(status=403)
    try:
        encounter_id = UUID(text)
    except ValueError:
        return Refused(status=404)
    found = Encounter.objects.select_related("patient").filter(pk=encounter_id).first()
    if found is None or not reaches(account, found.patient):
        return Refused(status=404)
    return Topic(site=None, encounter_id=encounter_id, clinical=True)
