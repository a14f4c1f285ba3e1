"""Writing ORU^R01 as a bedside monitor would (IHE PCD-01, v2.6, MDC codes and units)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ajar.exchange.hl7v2.message import STANDARD
from ajar.exchange.hl7v2.moments import write_moment

END: Final = "\r"
NAME_NOT_SENT: Final = "^^^^^^U"
"""PID-5 is required; a record number is enough to recognise the patient, so the name stays out."""

MMHG: Final = "266016^MDC_DIM_MMHG^MDC"
BPM: Final = "264864^MDC_DIM_BEAT_PER_MIN^MDC"
RPM: Final = "264928^MDC_DIM_RESP_PER_MIN^MDC"
PERCENT: Final = "262688^MDC_DIM_PERCENT^MDC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One value to send; None is sent as "cannot be obtained" (OBX-11 X).

    `code` and `unit` are HL7 coded elements (code^name^system).
    """

    code: str
    unit: str
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """The sender: its name, its place and its own identifier."""

    application: str
    facility: str
    device_id: str


def write_oru(
    observed: tuple[Observed, ...],
    *,
    monitor: Monitor,
    control_id: str,
    patient_id: str,
    room: str,
    observed_at: datetime,
    sent_at: datetime,
) -> str:
    """One observation message, whose values were all `observed_at`.

    An empty `patient_id` is that of a monitor which was not told who lies there.
    """
    says, at = STANDARD.escaped, write_moment(observed_at)
    sender = f"{says(monitor.application)}|{says(monitor.facility)}|AJAR|"
    kind, sent = "ORU^R01^ORU_R01", write_moment(sent_at)
    segments = [
        f"MSH|^~\\&|{sender}|{sent}||{kind}|{says(control_id)}|P|2.6|||NE|AL||UNICODE UTF-8",
        f"PID|||{says(patient_id)}^^^AJAR^MR||{NAME_NOT_SENT}" if patient_id else "PID|||",
        f"PV1||I|^{says(room)}^",
        f"OBR|1|||182777000^monitoring of patient^SCT|||{at}",
        *(_obx(number, one, at, monitor.device_id) for number, one in enumerate(observed, start=1)),
    ]
    return END.join(segments) + END


def _obx(number: int, one: Observed, at: str, device_id: str) -> str:
    value, status = ("", "X") if one.value is None else (f"{one.value:g}", "R")
    device = STANDARD.escaped(device_id)
    return f"OBX|{number}|NM|{one.code}|1.1.1.{number}|{value}|{one.unit}|||||{status}|||{at}||||{device}"
