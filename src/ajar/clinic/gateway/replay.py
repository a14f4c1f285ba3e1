"""Playing a recording into a running session over MLLP, as a bedside monitor would send it.

Each row becomes one message at its recorded distance divided by the speed. Times in the messages are
the times of sending: at speed 60 a recorded minute lasts one second in the chart as well, so the chart
never claims a time at which nothing was sent. A drop-out is sent as what it is (OBX-11 X); a cuff that
did not measure is not sent at all. A message without an answer is sent again under the same control id
after reconnecting, with growing pauses, until it is acknowledged.
"""

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from uuid import uuid4

from ajar.exchange.hl7v2.acknowledgement import AckCode, Acknowledged, read_ack
from ajar.exchange.hl7v2.message import decoded
from ajar.exchange.hl7v2.mllp import Deframer, framed
from ajar.exchange.hl7v2.writer import BPM, MMHG, PERCENT, RPM, Monitor, Observed, write_oru
from ajar.exchange.recordings.rows import Channel, Recording, Row

CODES: Final[Mapping[Channel, tuple[str, str]]] = {
    Channel.HEART_RATE: ("147842^MDC_ECG_HEART_RATE^MDC", BPM),
    Channel.PULSE: ("149530^MDC_PULS_OXIM_PULS_RATE^MDC", BPM),
    Channel.RESPIRATION: ("151562^MDC_RESP_RATE^MDC", RPM),
    Channel.SPO2: ("150456^MDC_PULS_OXIM_SAT_O2^MDC", PERCENT),
    Channel.ARTERIAL_SYSTOLIC: ("150037^MDC_PRESS_BLD_ART_ABP_SYS^MDC", MMHG),
    Channel.ARTERIAL_DIASTOLIC: ("150038^MDC_PRESS_BLD_ART_ABP_DIA^MDC", MMHG),
    Channel.ARTERIAL_MEAN: ("150039^MDC_PRESS_BLD_ART_ABP_MEAN^MDC", MMHG),
    Channel.CUFF_SYSTOLIC: ("150021^MDC_PRESS_BLD_NONINV_SYS^MDC", MMHG),
    Channel.CUFF_DIASTOLIC: ("150022^MDC_PRESS_BLD_NONINV_DIA^MDC", MMHG),
    Channel.CUFF_MEAN: ("150023^MDC_PRESS_BLD_NONINV_MEAN^MDC", MMHG),
}
ANSWER_WITHIN_S: Final = 10.0
FIRST_PAUSE_S: Final = 0.2
LONGEST_PAUSE_S: Final = 5.0
GIVES_UP_AFTER_S: Final = 120.0


class NoAnswer(ConnectionError):
    """The listener could not be reached, or did not acknowledge, for too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One row that was sent: its place, what it carried, the answer, and how often it was sent."""

    number: int
    total: int
    control_id: str
    observed: tuple[Observed, ...]
    answer: Acknowledged
    times_sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bed:
    """Where the monitor is set up: its own name, the room, and the patient it was told."""

    device_id: str
    facility: str
    room: str
    patient_id: str


@dataclass(kw_only=True)
class Sender:
    """An MLLP connection that is made again when it breaks.

    `control ids` are acknowledged in the order they are sent: one message is under way at a time.
    """

    host: str
    port: int
    gives_up_after_s: float = GIVES_UP_AFTER_S
    pause: Callable[[float], None] = time.sleep
    _socket: socket.socket | None = field(default=None, init=False)

    def send(self, message: str, control_id: str) -> tuple[Acknowledged, int]:
        """Send until acknowledged; returns the answer and how often it was sent.

        Raises:
            NoAnswer: nobody acknowledged it in time.
        """
        gives_up_at = time.monotonic() + self.gives_up_after_s
        pause_s, times = FIRST_PAUSE_S, 0
        while time.monotonic() < gives_up_at:
            try:
                times += 1
                return self._once(message, control_id), times
            except OSError:
                self.close()
                self.pause(pause_s)
                pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
        raise NoAnswer(
            f"No listener at {self.host}:{self.port} acknowledged for {self.gives_up_after_s:g} s."
        )

    def _once(self, message: str, control_id: str) -> Acknowledged:
        if self._socket is None:
            self._socket = socket.create_connection((self.host, self.port), timeout=ANSWER_WITHIN_S)
        self._socket.sendall(framed(message))
        for answer in self._answers(self._socket):
            if isinstance(answer, Acknowledged) and answer.control_id == control_id:
                return answer
        raise ConnectionResetError("The listener closed the connection without an answer.")

    @staticmethod
    def _answers(connection: socket.socket) -> Iterator[object]:
        frames = Deframer()
        while data := connection.recv(65_536):
            for frame in frames.feed(data):
                yield read_ack(decoded(frame.content))

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.close()
            self._socket = None


def play(
    recording: Recording,
    *,
    bed: Bed,
    sender: Sender,
    speed: float,
    progress: Callable[[Played], None],
    run_id: str = "",
) -> list[Played]:
    """Send every row at its time, and say what became of each.

    Raises:
        NoAnswer: the listener stayed away for too long.
        ValueError: `speed` is not above 0.
    """
    if not speed > 0:
        raise ValueError(f"The speed must be above 0, got {speed:g}.")
    run = run_id or uuid4().hex[:12]
    rows = [(row, observed) for row in recording.rows if (observed := observed_of(row))]
    begins_s, begins_at = recording.rows[0].elapsed_s, time.monotonic()
    played: list[Played] = []
    try:
        for number, (row, observed) in enumerate(rows, start=1):
            due_at = begins_at + (row.elapsed_s - begins_s) / speed
            sender.pause(max(due_at - time.monotonic(), 0.0))
            played.append(_sent(observed, bed, sender, f"{run}-{number}", (number, len(rows))))
            progress(played[-1])
    finally:
        sender.close()
    return played


def _sent(
    observed: tuple[Observed, ...], bed: Bed, sender: Sender, control_id: str, place: tuple[int, int]
) -> Played:
    answer, times_sent = sender.send(message_of(observed, bed, control_id), control_id)
    return Played(
        number=place[0],
        total=place[1],
        control_id=control_id,
        observed=observed,
        answer=answer,
        times_sent=times_sent,
    )


def observed_of(row: Row) -> tuple[Observed, ...]:
    """What a monitor would send for this row: its values, and its drop-outs without one."""
    return tuple(
        Observed(code=code, unit=unit, value=row.measured.get(channel))
        for channel, (code, unit) in CODES.items()
        if channel in row.measured or channel in row.dropped
    )


def message_of(observed: tuple[Observed, ...], bed: Bed, control_id: str) -> str:
    """The message, with the time of sending."""
    now = datetime.now(UTC)
    return write_oru(
        observed,
        monitor=Monitor(application="AJAR-REPLAY", facility=bed.facility, device_id=bed.device_id),
        control_id=control_id,
        patient_id=bed.patient_id,
        room=bed.room,
        observed_at=now,
        sent_at=now,
    )


def words_of(played: Played) -> str:
    """One line for a terminal: what was sent and what came of it."""
    values = ", ".join(
        f"{one.code.split('^')[1].removeprefix('MDC_').lower()} "
        + ("no value" if one.value is None else f"{one.value:g}")
        for one in played.observed
    )
    verdict = "recorded" if played.answer.code is AckCode.ACCEPTED else f"held: {played.answer.because}"
    return f"{played.number}/{played.total}  {values}  ({verdict})"
