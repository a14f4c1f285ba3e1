"""The live stream: who may listen, what they hear, resuming, falling behind."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from ajar.clinic.gateway import hub as hub_module
from ajar.clinic.gateway import stream
from ajar.clinic.gateway.hub import BEAT, Listener, Topic
from ajar.clinic.ledger.feed import Cursor, latest
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.patients.models import Patient
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.evaluation.products import Product
from ajar.pathway.staff.roles import Role
from tests.clinic.dosing.scenario import Day, make_room, plan_day
from tests.support.people import BACKEND, make_account, make_patient

Message = dict[str, Any]


@pytest.fixture
def site(committed_db: None, new_york: Site) -> Site:
    """New York, with real commits: the hub reads from threads of its own."""
    return new_york


@pytest.fixture
def people(site: Site) -> dict[Role, Account]:
    """Who may listen, and who may not."""
    roles = (Role.NURSE, Role.PRESCRIBER, Role.FRONT_DESK, Role.ADMINISTRATOR)
    return {role: make_account(role, site) for role in roles}


@pytest.fixture
def person(site: Site, now: datetime) -> Patient:
    """The patient."""
    return make_patient(site, now)


@pytest.fixture
def day(site: Site, people: dict[Role, Account], person: Patient) -> Day:
    """A session of today, by the real clock."""
    return plan_day(
        patient=person,
        nurse=people[Role.NURSE],
        prescriber=people[Role.PRESCRIBER],
        second=make_account(Role.NURSE, site, name="Ines Calder"),
        product=Product.KETAMINE_IV,
        now=person.created_at,
    )


@pytest.fixture
def here(site: Site) -> Room:
    """A room."""
    return make_room(site)


@pytest.fixture(autouse=True)
def _threads_let_go() -> Iterator[None]:
    """Close the connections of the threads that a test has used."""
    yield
    stream.threads.submit(connections.close_all).result()
    stream.threads.submit(connections.close_all).result()


def cookies_of(account: Account) -> str:
    """A signed-in browser's cookie."""
    client = Client()
    client.force_login(account, backend=BACKEND)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


class Browser:
    """One open connection, as an ASGI server would hold it."""

    def __init__(self, path: str, cookies: str, *, after: Cursor | None = None, query: str = "") -> None:
        headers = [(b"cookie", cookies.encode())]
        if after is not None:
            headers.append((b"last-event-id", str(after).encode()))
        self.scope: Message = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": headers,
        }
        self.gone = asyncio.Event()
        self.status = 0
        self.body = b""
        self.more = asyncio.Event()
        self.blocked = False
        self.ended = asyncio.Event()

    async def receive(self) -> Message:
        """Nothing more from the browser until it leaves."""
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Take in what the stream sends; a blocked browser takes nothing."""
        if self.blocked:
            await asyncio.Event().wait()
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")
        self.more.set()
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            self.ended.set()

    async def until(self, found: Callable[[str], bool]) -> str:
        """The text so far, once it holds what is waited for."""
        async with asyncio.timeout(10):
            while not found(self.body.decode()):
                self.more.clear()
                await self.more.wait()
        return self.body.decode()

    async def __call__(self) -> None:
        """Run the request to its end."""
        await stream.application(self.scope, self.receive, self.send)


@asynccontextmanager
async def opened(path: str, cookies: str, **how: Any) -> AsyncIterator[Browser]:
    """A connection that listens, and leaves at the end."""
    browser = Browser(path, cookies, **how)
    request = asyncio.create_task(browser())
    try:
        await browser.until(lambda text: "retry:" in text)
        yield browser
    finally:
        browser.gone.set()
        await request
        await hub_module.hub().in_thread(connections.close_all)


async def beside(work: Callable[[], object]) -> None:
    """Write to the ledger from another thread, as a page would."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    await asyncio.to_thread(run)


def events(text: str) -> list[tuple[str, str, Any]]:
    """(id, event, data) of each event in a stream's text."""
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "id" in fields:
            found.append((fields["id"], fields["event"], json.loads(fields["data"])))
    return found


async def answered(path: str, cookies: str, *, method: str = "GET", query: str = "") -> int:
    """The status of a request that is refused at once."""
    browser = Browser(path, cookies, query=query)
    browser.scope["method"] = method
    async with asyncio.timeout(10):
        await browser()
    return browser.status


def test_a_reading_reaches_whoever_watches_the_board_and_the_encounter(day: Day, here: Room) -> None:
    day.arrived(here)
    cookies = cookies_of(day.nurse)

    async def watch() -> None:
        async with (
            opened("/live/board/new-york", cookies) as board,
            opened(f"/live/encounter/{day.encounter_id}", cookies) as one,
        ):
            assert board.status == 200
            await beside(lambda: day.vitals(systolic_mmhg=132.0))
            for browser in (board, one):
                text = await browser.until(lambda text: "event: reading" in text)
                ((place, event, told),) = events(text)
                assert event == "reading"
                assert told["values"]["systolic_mmhg"] == 132.0
                assert told["encounter"] == str(day.encounter_id)
                assert told["by"] == day.nurse.titled_name
                assert Cursor.parse(place) == await asyncio.to_thread(closing(latest))

    on_a_loop_of_its_own(watch())


def on_a_loop_of_its_own(work: Coroutine[Any, Any, None]) -> None:
    """Run it to its end in a thread: a browser test before it leaves a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def closing(work: Callable[[], Any]) -> Callable[[], Any]:
    """Do it in this thread and leave no connection behind."""

    def run() -> Any:
        try:
            return work()
        finally:
            connections.close_all()

    return run


def test_stage_alarm_and_correction_have_events_of_their_own(day: Day, here: Room) -> None:
    cookies = cookies_of(day.nurse)

    async def watch() -> None:
        async with opened("/live/board/new-york", cookies) as board:
            await beside(lambda: day.arrived(here))
            await beside(lambda: day.vitals(systolic_mmhg=204.0, diastolic_mmhg=90.0))
            await beside(day.asked)
            text = await board.until(lambda text: "readiness.answered" in text)
            told = [(event, data["kind"]) for _, event, data in events(text)]
            assert told == [
                ("stage", "patient.arrived"),
                ("reading", "vitals.measured"),
                ("refresh", "readiness.answered"),
            ]
            assert "high ALM-1 systolic_mmhg" in events(text)[1][2]["alarms"]

    on_a_loop_of_its_own(watch())


@pytest.mark.hazard("HAZ-11")
def test_a_lost_connection_resumes_where_it_broke(day: Day, here: Room) -> None:
    day.arrived(here)
    seen = latest()
    for minute in range(1, 6):
        day.after(minute).vitals(heart_rate_bpm=80.0 + minute)
    cookies = cookies_of(day.nurse)

    async def resume() -> None:
        how: list[dict[str, Any]] = [{"after": seen}, {"query": f"after={seen}"}]
        for one in how:
            async with opened("/live/board/new-york", cookies, **one) as board:
                await beside(lambda: day.after(9).vitals(heart_rate_bpm=99.0))
                text = await board.until(lambda text: '"heart_rate_bpm":99.0' in text)
                rates = [data["values"]["heart_rate_bpm"] for _, _, data in events(text)]
                assert rates[:5] == [81.0, 82.0, 83.0, 84.0, 85.0]
                places = [Cursor.parse(place) for place, _, _ in events(text)]
                assert places == sorted(set(places))
            hub_module._HUBS.clear()

    on_a_loop_of_its_own(resume())


@pytest.mark.hazard("HAZ-11")
def test_a_gap_too_long_to_tell_asks_for_a_fresh_page(
    day: Day, here: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "BATCH", 2)
    monkeypatch.setattr(hub_module, "LONGEST_GAP", 2)
    seen = latest()
    day.arrived(here).vitals().asked().ordered().checked()
    cookies = cookies_of(day.nurse)

    async def resume() -> None:
        async with opened("/live/board/new-york", cookies, after=seen) as board:
            text = await board.until(lambda text: "event:" in text)
            ((_, event, data),) = events(text)
            assert (event, data) == ("refresh", {"encounter": None})

    on_a_loop_of_its_own(resume())


def test_only_those_who_may_are_let_in(
    day: Day, people: dict[Role, Account], miami: Site, person: Patient
) -> None:
    nurse, elsewhere = people[Role.NURSE], make_account(Role.NURSE, miami)
    without_factor = make_account(Role.NURSE, miami, name="No Factor")
    without_factor.authenticator_set.all().delete()  # type: ignore[attr-defined]
    one = f"/live/encounter/{day.encounter_id}"
    board = "/live/board/new-york"
    cases = [
        (board, "", 401),
        (board, "garbage; =;", 401),
        (board, f"{settings.SESSION_COOKIE_NAME}=nothing", 401),
        ("/live/board/miami", cookies_of(without_factor), 401),
        (board, cookies_of(people[Role.ADMINISTRATOR]), 403),
        (one, cookies_of(people[Role.FRONT_DESK]), 403),
        (one, cookies_of(person.account), 403),  # type: ignore[arg-type]
        (board, cookies_of(elsewhere), 404),
        (one, cookies_of(elsewhere), 404),
        ("/live/board/nowhere", cookies_of(nurse), 404),
        ("/live/encounter/7", cookies_of(nurse), 404),
        ("/live/encounter/00000000-0000-0000-0000-000000000001", cookies_of(nurse), 404),
        ("/live/anything/else", cookies_of(nurse), 404),
    ]

    async def knock() -> None:
        for path, cookies, status in cases:
            assert await answered(path, cookies) == status, path
        assert await answered(board, cookies_of_nurse, method="POST") == 405
        assert await answered(board, cookies_of_nurse, query="after=yesterday") == 400

    cookies_of_nurse = cookies_of(nurse)
    on_a_loop_of_its_own(knock())


def test_an_idle_session_may_not_listen(people: dict[Role, Account]) -> None:
    client = Client()
    client.force_login(people[Role.NURSE], backend=BACKEND)
    session = client.session
    session["seen"] = 0.0
    session.save()
    cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"

    async def knock() -> None:
        assert await answered("/live/board/new-york", cookies) == 401

    on_a_loop_of_its_own(knock())


@pytest.mark.hazard("HAZ-15")
def test_the_front_desk_hears_who_moves_but_no_values(
    day: Day, here: Room, people: dict[Role, Account]
) -> None:
    cookies = cookies_of(people[Role.FRONT_DESK])

    async def watch() -> None:
        async with opened("/live/board/new-york", cookies) as board:
            await beside(lambda: day.arrived(here).vitals().asked())
            text = await board.until(lambda text: "event: refresh" in text)
            assert "event: stage" in text
            assert "event: reading" not in text
            for clinical in ("systolic", "readiness.answered", "ALM-", day.nurse.titled_name):
                assert clinical not in text

    on_a_loop_of_its_own(watch())


def test_a_listener_who_cannot_keep_up_is_cut_off(
    day: Day, here: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "QUEUE", 1)
    day.arrived(here)
    cookies = cookies_of(day.nurse)

    async def watch() -> None:
        async with opened("/live/board/new-york", cookies) as board:
            board.blocked = True
            for minute in range(1, 5):
                await beside(lambda at=minute: day.after(at).vitals())  # type: ignore[misc]
                await asyncio.sleep(0.15)
            async with asyncio.timeout(5):
                while hub_module.hub().listeners:
                    await asyncio.sleep(0.05)

    on_a_loop_of_its_own(watch())


@pytest.mark.hazard("HAZ-15")
def test_a_right_that_is_lost_ends_the_stream(
    day: Day, people: dict[Role, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "HEARTBEAT_S", 0.05)
    nurse = people[Role.NURSE]
    cookies = cookies_of(nurse)

    async def watch() -> None:
        browser = Browser("/live/board/new-york", cookies)
        request = asyncio.create_task(browser())
        await browser.until(lambda text: BEAT.decode() in text)
        await beside(lambda: Account.objects.filter(pk=nurse.pk).update(is_active=False))
        async with asyncio.timeout(10):
            await request
        hub = hub_module.hub()
        await hub.in_thread(connections.close_all)

    on_a_loop_of_its_own(watch())


def test_what_concerns_others_is_not_told() -> None:
    topic = Topic(site="new-york", encounter_id=None, clinical=True)
    listener = Listener(topic=topic)
    assert not listener.cut_off.is_set()
    listener.offer(b"x")
    assert listener.queue.get_nowait() == b"x"


@pytest.mark.hazard("HAZ-16")
def test_private_entries_are_never_told(day: Day, here: Room) -> None:
    from_first = LedgerEntry.objects.order_by("seq").first()
    assert from_first is not None
    rows = list(LedgerEntry.objects.all())
    told = hub_module.tell(rows)
    assert {one.encounter_id for one in told} == {day.encounter_id}


def test_a_feed_that_stops_ends_every_stream_and_begins_anew(
    day: Day, here: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.arrived(here)
    cookies = cookies_of(day.nurse)

    def broken(_: Cursor) -> None:
        raise LookupError("an entry that nobody can read")

    async def watch() -> None:
        with monkeypatch.context() as patched:
            async with opened("/live/board/new-york", cookies) as browser:
                patched.setattr(hub_module, "news", broken)
                async with asyncio.timeout(10):
                    await browser.ended.wait()
        async with opened("/live/board/new-york", cookies) as browser:
            await beside(lambda: day.vitals(systolic_mmhg=133.0))
            await browser.until(lambda text: "133.0" in text)

    on_a_loop_of_its_own(watch())
