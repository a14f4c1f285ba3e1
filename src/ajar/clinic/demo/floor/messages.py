"""What a simulated device sends: HL7 v2 as a bedside monitor writes it, and what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ajar.clinic.demo.floor.cast import Floor
from ajar.clinic.demo.floor.clocks import Clock
from ajar.clinic.gateway.models import Quarantined
from ajar.clinic.gateway.replay import CODES
from ajar.clinic.gateway.services import receive
from ajar.clinic.ledger.models import LedgerEntry
from ajar.exchange.hl7v2.acknowledgement import AckCode, Acknowledged, read_ack
from ajar.exchange.hl7v2.writer import Monitor, Observed, write_oru
from ajar.exchange.recordings.rows import Channel
from ajar.exchange.scenarios.acts import NOBODY, Send
from ajar.pathway.ledger.entry import Source

Deliver = Callable[[str, str, datetime], AckCode]
"""Takes a message, its control id and the listener's time; returns the answer's code."""

APPLICATION: Final = "AJAR-FLOOR"
CHANNEL_OF: Final[Mapping[str, Channel]] = {
    "systolic_mmhg": Channel.CUFF_SYSTOLIC,
    "diastolic_mmhg": Channel.CUFF_DIASTOLIC,
    "heart_rate_bpm": Channel.HEART_RATE,
    "spo2_percent": Channel.SPO2,
    "respiratory_rate_per_min": Channel.RESPIRATION,
}
RECORDED: Final = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One message to send: whose minute it is, under which control id."""

    who: str
    minute: float
    control_id: str


def in_process(message: str, control_id: str, heard_at: datetime) -> AckCode:
    """Hand the message to the gateway here, as the listener would."""
    answer = read_ack(receive(raw=message, now=heard_at))
    if not isinstance(answer, Acknowledged) or answer.control_id != control_id:
        raise RuntimeError(f"The gateway gave no acknowledgement for {control_id}.")
    return answer.code


def send(one: Send, envelope: Envelope, floor: Floor, clock: Clock, deliver: Deliver) -> str:
    """Send it as often as it comes; says 'recorded', 'held: why', or what went wrong."""
    heard_at = clock.heard_at(envelope.minute)
    message = written(one, envelope, floor, clock, heard_at)
    codes = {deliver(message, envelope.control_id, heard_at) for _ in range(one.times)}
    if codes == {AckCode.ACCEPTED}:
        times = _times_recorded(envelope.control_id)
        return RECORDED if times == 1 else f"{RECORDED} {times} times"
    held = Quarantined.objects.filter(control_id=envelope.control_id).first()
    return f"held: {held.kind}" if held else f"answered {', '.join(sorted(codes))}"


def _times_recorded(control_id: str) -> int:
    """How often the chart holds this message; further parts of one message end in '#2' and so on."""
    rows = LedgerEntry.objects.filter(source=Source.DEVICE, source_ref__endswith=f"|{control_id}")
    return rows.count()


def written(one: Send, envelope: Envelope, floor: Floor, clock: Clock, heard_at: datetime) -> str:
    """The message, with the time that the device's own clock shows."""
    bed = floor.beds[envelope.who]
    values = {**bed.simulated.baseline, **one.vitals}
    kept = {name: value for name, value in values.items() if not one.only or name in one.only}
    observed = [
        _observed(name, None if name in one.lost else value)
        for name, value in (kept | dict.fromkeys(one.lost, 0.0)).items()
        if name in CHANNEL_OF
    ]
    return write_oru(
        tuple(observed),
        monitor=Monitor(
            application=APPLICATION, facility=floor.site.name, device_id=floor.devices[one.device]
        ),
        control_id=envelope.control_id,
        patient_id=_said(one.says, envelope.who, floor),
        room="",
        observed_at=device_time(one, clock.at(envelope.minute), heard_at),
        sent_at=heard_at + timedelta(minutes=one.clock_off_min),
    )


def device_time(one: Send, at: datetime, heard_at: datetime) -> datetime:
    """A clock that is ahead is ahead of the listener's, however the scenario is paced."""
    shown_at = heard_at if one.clock_off_min > 0 else at
    return shown_at + timedelta(minutes=one.clock_off_min - one.late_min)


def _observed(name: str, value: float | None) -> Observed:
    code, unit = CODES[CHANNEL_OF[name]]
    return Observed(code=code, unit=unit, value=value)


def _said(says: str, who: str, floor: Floor) -> str:
    """The record number that the device was told; empty for nobody."""
    return "" if says == NOBODY else floor.beds[says or who].patient.mrn
