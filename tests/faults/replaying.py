"""One session, and a monitor that plays on through every fault and remembers what was acknowledged."""

import json
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from environ import Env
from playwright.sync_api import Locator, Page, expect

from ajar.clinic.gateway.replay import Bed, Played, Sender, play
from ajar.exchange.hl7v2.acknowledgement import AckCode
from ajar.exchange.recordings.csvfile import read_csv
from ajar.exchange.recordings.rows import Recording
from tests.support.live import Live

ROWS_PER_S = 25.0
SOON_MS = 20_000


class Enough(Exception):
    """The last fault is over: the replay may end."""


class Replay(threading.Thread):
    """A monitor that plays on through every fault, and remembers what was acknowledged."""

    def __init__(self, live: Live, bed: Bed) -> None:
        super().__init__(daemon=True)
        self.bed, self.acknowledged, self.enough = bed, list[Played](), threading.Event()
        self.sender = Sender(host="127.0.0.1", port=live.mllp_port)
        self.trouble: BaseException | None = None

    def run(self) -> None:
        try:
            with suppress(Enough):
                play(
                    endless(),
                    bed=self.bed,
                    sender=self.sender,
                    speed=60 * ROWS_PER_S,
                    progress=self.note,
                    run_id="run",
                )
        except BaseException as trouble:  # noqa: BLE001 - told by the test itself
            self.trouble = trouble

    def note(self, one: Played) -> None:
        self.acknowledged.append(one)
        if self.enough.is_set():
            raise Enough

    def end(self) -> None:
        """Let it send one more, and see that all went well."""
        self.enough.set()
        self.join(timeout=60)
        assert self.trouble is None
        assert not self.is_alive()
        assert {one.answer.code for one in self.acknowledged} == {AckCode.ACCEPTED}

    @property
    def references(self) -> Counter[str]:
        """What names each acknowledged message in the ledger."""
        return Counter(reference(one) for one in self.acknowledged)


def endless() -> Recording:
    lines = [f"{minute * 60},{60 + minute % 40},{95 + minute % 5}" for minute in range(20_000)]
    return read_csv(["elapsed_s,HR [bpm],SpO2 [%]", *lines])


def reference(one: Played) -> str:
    return f"hl7:AJAR-REPLAY|North|{one.control_id}"


@dataclass(frozen=True, kw_only=True)
class Running:
    """A session that runs on a server, and its nurse's cookie."""

    encounter: str
    mrn: str
    room: str
    device: str
    cookie: str

    @property
    def bed(self) -> Bed:
        """The monitor of the room."""
        return Bed(device_id=self.device, facility="North", room=self.room, patient_id=self.mrn)


def running_session(live: Live, **told: object) -> Running:
    """One patient in a room, stored by a program of its own on the server's data."""
    program = f"from tests.faults.one_session import tell; tell(**{told!r})"
    command = [sys.executable, "-m", "django", "shell", "--no-imports", "-c", program]
    made = subprocess.run(  # noqa: S603 - our own program
        command,
        env=live.environment | {"DJANGO_SETTINGS_MODULE": "ajar.clinic.settings"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return Running(**json.loads(made.stdout.splitlines()[-1]))


REFERENCES = "SELECT source_ref FROM ledger_ledgerentry WHERE source = 'device'"


def recorded(live: Live) -> Counter[str]:
    """How often each message is in the ledger."""
    if live.database_url:
        told = Env.db_url_config(live.database_url)
        with psycopg.connect(host=told["HOST"], user=told["USER"], dbname=told["NAME"]) as connection:
            return Counter(reference for (reference,) in connection.execute(REFERENCES))
    with closing(sqlite3.connect(f"file:{live.database}?mode=ro", uri=True)) as connection:
        return Counter(reference for (reference,) in connection.execute(REFERENCES))


def open_page(page: Page, live: Live, running: Running, path: str) -> None:
    """A page of the running session, as its nurse, once it is live."""
    page.context.add_cookies([{"name": "ajar-session", "value": running.cookie, "url": live.url}])
    page.goto(f"{live.url}{path}")
    expect(page.locator("[data-live-state]")).to_have_text("Live", timeout=SOON_MS)


def press_nausea(page: Page) -> Locator:
    """Note it on the session page, where it cannot be saved now; returns what is kept in the browser."""
    page.get_by_role("button", name="Nausea").first.click()
    unsaved = page.locator("[data-unsaved]")
    expect(unsaved).to_contain_text("not yet saved", ignore_case=True, timeout=SOON_MS)
    return unsaved


def assert_all_is_kept_once(live: Live, replay: Replay, page: Page, running: Running) -> None:
    """Every acknowledged reading, the chain, and what was typed meanwhile."""
    replay.end()
    assert recorded(live) == replay.references
    verified = live.ajar("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    page.goto(f"{live.url}/encounters/{running.encounter}/")
    expect(page.get_by_text("Nausea").first).to_be_visible()
