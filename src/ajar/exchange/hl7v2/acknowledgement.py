"""Acknowledgements: what the sender is told, and reading one as a sender.

AA: recorded. AE: understood and not recorded, a person will look. AR: could not be read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ajar.exchange.hl7v2.message import STANDARD, open_message
from ajar.exchange.hl7v2.moments import write_moment
from ajar.exchange.hl7v2.outcome import Header, Refusal, RefusalKind, Refused

END: Final = "\r"


class AckCode(StrEnum):
    """MSA-1 (HL7 table 0008)."""

    ACCEPTED = "AA"
    ERROR = "AE"
    REJECTED = "AR"


VERDICTS: Final[Mapping[RefusalKind, tuple[AckCode, str]]] = {
    RefusalKind.MALFORMED: (AckCode.REJECTED, "102^Data type error"),
    RefusalKind.TRUNCATED: (AckCode.REJECTED, "100^Segment sequence error"),
    RefusalKind.TOO_LARGE: (AckCode.REJECTED, "102^Data type error"),
    RefusalKind.WRONG_TYPE: (AckCode.REJECTED, "200^Unsupported message type"),
    RefusalKind.UNKNOWN_CODES: (AckCode.ERROR, "103^Table value not found"),
    RefusalKind.UNKNOWN_UNIT: (AckCode.ERROR, "103^Table value not found"),
    RefusalKind.IMPOSSIBLE_VALUE: (AckCode.ERROR, "102^Data type error"),
    RefusalKind.FUTURE_DATED: (AckCode.ERROR, "102^Data type error"),
    RefusalKind.WITHDRAWAL: (AckCode.ERROR, "207^Application internal error"),
}
"""What each refusal answers, with its error code (HL7 table 0357)."""

HELD_BACK: Final = "204^Unknown key identifier"
"""For a message that was read and has no place: its device, room or patient does not fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What to tell the sender. `error` is an HL7 table 0357 code with its text, empty for AA."""

    code: AckCode
    because: str = ""
    error: str = ""


def answer_to(refusal: Refusal) -> Answer:
    """The answer a refusal deserves."""
    code, error = VERDICTS[refusal.kind]
    return Answer(code=code, because=refusal.because, error=error)


def write_ack(answer: Answer, *, header: Header | None, ack_id: str, now: datetime) -> str:
    """The acknowledgement message for `header`; one that names no message where none could be read."""
    to = header or Header(
        control_id="",
        application="",
        application_id="",
        facility="",
        message_type="",
        trigger="",
        version="",
        sent_at_text="",
    )
    event = f"ACK^{STANDARD.escaped(to.trigger)}^ACK" if to.trigger else "ACK"
    sender, place = STANDARD.escaped(to.application), STANDARD.escaped(to.facility)
    msh = f"MSH|^~\\&|AJAR||{sender}|{place}|{write_moment(now)}||{event}|{STANDARD.escaped(ack_id)}|P|2.6"
    segments = [msh, f"MSA|{answer.code}|{STANDARD.escaped(to.control_id)}"]
    if answer.code is not AckCode.ACCEPTED:
        text = STANDARD.escaped(answer.because)
        segments.append(f"ERR|||{answer.error}^HL70357|E||||{text}")
    return END.join(segments) + END


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """What a receiver answered, as its sender reads it."""

    code: AckCode
    control_id: str
    because: str


def read_ack(raw: str) -> Acknowledged | Refusal:
    """Read an acknowledgement."""
    try:
        message = open_message(raw)
    except Refused as refused:
        return Refusal(kind=refused.kind, because=refused.because)
    msa, err = message.first("MSA"), message.first("ERR")
    if msa is None or msa.text(1) not in set(AckCode):
        because = "Expected an acknowledgement AA, AE or AR (MSA-1)."
        return Refusal(kind=RefusalKind.MALFORMED, because=because, header=message.header)
    return Acknowledged(
        code=AckCode(msa.text(1)),
        control_id=msa.text(2),
        because=err.text(8) if err else "",
    )
