"""What reading a message can end in: accepted readings, or a refusal with its kind and words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ajar.pathway.observations.vitals import Lost, VitalsMeasured


class RefusalKind(StrEnum):
    """Why a message was not taken."""

    MALFORMED = "malformed"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_CODES = "unknown_codes"
    UNKNOWN_UNIT = "unknown_unit"
    IMPOSSIBLE_VALUE = "impossible_value"
    FUTURE_DATED = "future_dated"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """MSH: who sent what under which control id. Texts are unescaped and may be empty, except the id."""

    control_id: str
    application: str
    application_id: str
    facility: str
    message_type: str
    trigger: str
    version: str
    sent_at_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """PV1-3: where the patient lies, as the device was told."""

    point_of_care: str
    room: str
    bed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalSet:
    """The vital signs of one moment. `payload` is None when nothing could be measured.

    `lost` are drop-outs (no value, zero, or "cannot be obtained"); `impossible` are values that no
    living person shows, kept apart because a person has to look at them.
    """

    happened_at: datetime
    payload: VitalsMeasured | None
    lost: tuple[Lost, ...]
    impossible: tuple[Lost, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An observation that was understood as far as it goes and not taken, with the reason."""

    code: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A message's vital signs, in order of time, and whom and what they came from.

    `device_ids` name the sending device, most specific first.
    """

    header: Header
    patient_ids: tuple[str, ...]
    location: Location | None
    device_ids: tuple[str, ...]
    sets: tuple[VitalSet, ...]
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why nothing was taken, in words for the sender and for the person who will look at it.

    `header` is known when the message could be opened at all; `salvage` is what a person may still
    record after looking, where the values themselves were readable.
    """

    kind: RefusalKind
    because: str
    header: Header | None = None
    salvage: Accepted | None = None


class Refused(Exception):
    """Carries a refusal from where it is found to the reader; never leaves this package."""

    def __init__(self, kind: RefusalKind, because: str) -> None:
        super().__init__(because)
        self.kind = kind
        self.because = because
