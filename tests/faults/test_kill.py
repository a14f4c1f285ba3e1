"""HAZ: a reading that was acknowledged and is gone. The server is killed at random moments of a replay."""

import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path

import pytest

from ajar.clinic.gateway.replay import Bed, Played, Sender, play
from ajar.exchange.hl7v2.acknowledgement import AckCode
from ajar.exchange.recordings.csvfile import read_csv
from ajar.exchange.recordings.rows import Recording
from tests.support.live import Live

KILLS = 20
ROWS_PER_S = 25.0
LONGEST_LIFE_S = 1.2


class Enough(Exception):
    """The last kill is over: the replay may end."""


class Replay(threading.Thread):
    """A monitor that plays on through every crash, and remembers what was acknowledged."""

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


def endless() -> Recording:
    lines = [f"{minute * 60},{60 + minute % 40},{95 + minute % 5}" for minute in range(20_000)]
    return read_csv(["elapsed_s,HR [bpm],SpO2 [%]", *lines])


def running_session(live: Live) -> Bed:
    """One patient in a room, stored by a program of its own on the server's data."""
    program = "from tests.faults.one_session import tell; tell()"
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
    _, mrn, room, device = made.stdout.split("\n")[:4]
    return Bed(device_id=device, facility="North", room=room, patient_id=mrn)


def recorded(database: Path) -> Counter[str]:
    """How often each message is in the ledger."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT source_ref FROM ledger_ledgerentry WHERE source = 'device'")
        return Counter(reference for (reference,) in rows)


def reference(one: Played) -> str:
    return f"hl7:AJAR-REPLAY|North|{one.control_id}"


@pytest.mark.hazard("HAZ-07")
@pytest.mark.hazard("HAZ-08")
def test_every_acknowledged_reading_is_there_once_after_each_of_twenty_crashes(live: Live) -> None:
    chance = random.Random(20)
    replay = Replay(live, running_session(live))
    replay.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.05, LONGEST_LIFE_S))
        live.kill()
        told = list(replay.acknowledged)
        verified = live.ajar("verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr
        live.start()
        found = recorded(live.database)
        assert [one.control_id for one in told if found[reference(one)] != 1] == []
        assert max(found.values(), default=1) == 1
    replay.enough.set()
    replay.join(timeout=60)
    assert replay.trouble is None
    assert not replay.is_alive()
    assert {one.answer.code for one in replay.acknowledged} == {AckCode.ACCEPTED}
    found = recorded(live.database)
    assert found == Counter(reference(one) for one in replay.acknowledged)
    assert any(one.times_sent > 1 for one in replay.acknowledged), "no crash fell into a delivery"
