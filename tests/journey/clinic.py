"""A small clinic for the journey: an office without patients, on a server whose clock can be moved."""

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ajar.clinic.gateway.replay import CODES, Sender
from ajar.exchange.hl7v2.acknowledgement import AckCode
from ajar.exchange.hl7v2.writer import Monitor, Observed, write_oru
from ajar.exchange.recordings.rows import Channel
from tests.support.live import Live

OPENS_AT = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
"""A Monday, 09:00 at every site of the synthetic clinic."""


@dataclass(kw_only=True)
class Clinic(Live):
    """A server, its data, and what time it is there."""

    demo: bool = True
    ahead_s: float = field(default_factory=lambda: OPENS_AT.timestamp() - time.time())

    @property
    def now(self) -> datetime:
        """What the clocks of this clinic say."""
        return datetime.fromtimestamp(time.time() + self.ahead_s, UTC)

    @property
    def program(self) -> list[str]:
        """The command, under this clinic's clock."""
        return [sys.executable, "-m", "tests.journey.shifted", str(self.ahead_s)]

    def open(self) -> None:
        """Make the database and the office, and start."""
        self.ajar("migrate")
        self.behind("open_office", now=self.now.isoformat())
        self.start()

    def wait_until(self, moment: datetime) -> None:
        """Move every clock of the clinic forward; the server is started again for it."""
        assert moment > self.now, f"{moment} has passed; it is {self.now}."
        self.stop()
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute("DELETE FROM gateway_serverclock")  # or Ajar would go on by its own time
        self.ahead_s = moment.timestamp() - time.time()
        self.start()

    def behind(self, act: str, **arguments: Any) -> Any:
        """Do something through the services, in a process of its own on the same database."""
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "tests.journey.behind", act, json.dumps(arguments)],
            env=self.environment | {"DJANGO_SETTINGS_MODULE": "ajar.clinic.settings"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def reads(self, *, mrn: str, site: str, room: str, **values: float) -> None:
        """A bedside monitor sends values by channel name: `systolic=…, diastolic=…, spo2=…` over HL7."""
        now = self.now
        control_id = f"J{now.timestamp():.3f}".replace(".", "")
        observed = tuple(
            Observed(code=CODES[CHANNELS[name]][0], unit=CODES[CHANNELS[name]][1], value=value)
            for name, value in values.items()
        )
        message = write_oru(
            observed,
            monitor=Monitor(application="MONITOR", facility=site, device_id=DEVICE),
            control_id=control_id,
            patient_id=mrn,
            room=room,
            observed_at=now,
            sent_at=now,
        )
        sender = Sender(host="127.0.0.1", port=self.mllp_port, gives_up_after_s=15)
        answer, _times = sender.send(message, control_id)
        sender.close()
        assert answer.code is AckCode.ACCEPTED, answer.because


DEVICE = "BED-1"
CHANNELS = {
    "systolic": Channel.CUFF_SYSTOLIC,
    "diastolic": Channel.CUFF_DIASTOLIC,
    "heart_rate": Channel.HEART_RATE,
    "spo2": Channel.SPO2,
    "respiration": Channel.RESPIRATION,
}
