"""The real server as a process of its own, and monitors that send to it."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

from ajar.clinic.gateway.replay import Sender
from ajar.exchange.hl7v2.writer import BPM, MMHG, PERCENT, Monitor, Observed, write_oru
from benchmarks.floor import RunningSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Where the server answers."""

    url: str
    mllp_port: int


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving() -> Iterator[Serving]:
    """Start `ajar serve` on this process's database; stop it afterwards."""
    port, mllp_port = free_port(), free_port()
    # The floor has no second factor: the demo setting alone lets staff in without one.
    environment = {**os.environ, "AJAR_DEMO": "on", "AJAR_IDLE_MINUTES": "600"}
    command = [sys.executable, "-m", "ajar", "serve", "--port", str(port), "--mllp-port", str(mllp_port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/accounts/login/", process)
        yield Serving(url=f"http://127.0.0.1:{port}", mllp_port=mllp_port)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("The server stopped before it answered.")
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server did not answer within 30 s.")


@dataclass(kw_only=True)
class Monitors:
    """One sender a session, each a reading a second; every heart rate says when it was sent."""

    sessions: Sequence[RunningSession]
    port: int
    acknowledged_s: list[float] = field(default_factory=list)
    sent_at_s: dict[tuple[str, int], float] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> "Monitors":
        """Start sending."""
        for number, session in enumerate(self.sessions):
            thread = threading.Thread(target=self._send, args=(number, session), daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and wait for the last answers."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=15)

    def _send(self, number: int, session: RunningSession) -> None:
        sender = Sender(host="127.0.0.1", port=self.port)
        time.sleep(number / max(len(self.sessions), 1))
        beat, due = 0, time.monotonic()
        while not self._stop.is_set():
            rate = 55 + beat % 90
            message, control_id = oru(session, rate)
            begun = time.time()
            self.sent_at_s[(str(session.encounter_id), rate)] = begun
            sender.send(message, control_id)
            self.acknowledged_s.append(time.time() - begun)
            beat, due = beat + 1, due + 1.0
            self._stop.wait(max(due - time.monotonic(), 0.0))
        sender.close()


def oru(session: RunningSession, heart_rate_bpm: int) -> tuple[str, str]:
    """One message as a bedside monitor sends it."""
    control_id, now = uuid4().hex[:20], datetime.now(UTC)
    observed = (
        Observed(code="147842^MDC_ECG_HEART_RATE^MDC", unit=BPM, value=heart_rate_bpm),
        Observed(code="150456^MDC_PULS_OXIM_SAT_O2^MDC", unit=PERCENT, value=97),
        Observed(code="150021^MDC_PRESS_BLD_NONINV_SYS^MDC", unit=MMHG, value=128),
        Observed(code="150022^MDC_PRESS_BLD_NONINV_DIA^MDC", unit=MMHG, value=82),
    )
    monitor = Monitor(application="BENCH", facility=session.bed.facility, device_id=session.bed.device_id)
    message = write_oru(
        observed,
        monitor=monitor,
        control_id=control_id,
        patient_id=session.bed.patient_id,
        room=session.bed.room,
        observed_at=now,
        sent_at=now,
    )
    return message, control_id
