"""Reading ORU^R01: which OBX become which vital signs, and when the whole message is refused.

Formats read: IHE PCD-01 (GE B40, Continua), Philips Efficia, and plain LOINC senders. Batches are taken
apart before (batch.py); alarms have a reader of their own (alarms.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from ajar.exchange.hl7v2.message import Message, Segment, open_message
from ajar.exchange.hl7v2.moments import NotAMoment, read_moment, zone_of
from ajar.exchange.hl7v2.outcome import (
    Accepted,
    Header,
    Left,
    Location,
    Refusal,
    RefusalKind,
    Refused,
)
from ajar.exchange.hl7v2.vitalsets import Reading, vital_sets
from ajar.exchange.vitalcodes import VitalCode, in_canonical_unit, vital_code
from ajar.pathway.observations.vitals import BOUNDS

CLOCK_DRIFT: Final = timedelta(minutes=2)
"""How far ahead a device's clock may run before its readings are held back; design default."""

LONGEST_RANGE: Final = timedelta(minutes=1)
"""How long a group (OBR-7 to OBR-8) may last and still tell when its values are of; design default."""

_NUMBER: Final = re.compile(r"[+-]?\d{1,9}(\.\d{1,9})?", re.ASCII)

MEASURED: Final = frozenset({"F", "P", "R", "S", "U"})
"""OBX-11 statuses that carry a value: final, preliminary, not verified, partial (HL7 table 0085)."""
NOT_OBTAINED: Final = {
    "X": "the device could not obtain it",
    "I": "the device was still measuring",
    "N": "the device was not asked for it",
    "O": "the device was not asked for it",
}
NOT_TRUSTED: Final = {
    "INV": "the device marks it as invalid",
    "QUES": "the device marks it as questionable",
    "NAV": "the device says that it is not available",
    "CAL": "the device was being calibrated",
    "TEST": "the device marks it as test data",
    "DEMO": "the device marks it as demonstration data",
}
"""OBX-8 marks of a number that is none of this patient's (IHE PCD measurement status; from general
knowledge, verify). H, L and the like say that a value is unusual, which Ajar judges by its own limits."""
WITHDRAWN: Final = frozenset({"C", "D", "W"})
"""Corrected, deleted, posted as wrong: a person has to take the earlier value back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A message that names its sender and its patient, before its values are read."""

    header: Header
    patient_ids: tuple[str, ...]
    location: Location | None
    device_ids: tuple[str, ...]
    message: Message


def parse(raw: str, *, now: datetime, site_zone: tzinfo) -> Accepted | Refusal:
    """Read one ORU^R01 message into vital signs.

    `site_zone` holds for times without a zone where the header's own time has none either.
    """
    opened = open_oru(raw)
    if isinstance(opened, Refusal):
        return opened
    return read_values(opened, now=now, site_zone=site_zone)


def open_oru(raw: str) -> Opened | Refusal:
    """Read who sent what about whom, so that the device's room and its zone can be looked up."""
    try:
        message = open_message(raw)
    except Refused as refused:
        return Refusal(kind=refused.kind, because=refused.because)
    try:
        return _opened(message)
    except Refused as refused:
        return Refusal(kind=refused.kind, because=refused.because, header=message.header)


def _opened(message: Message) -> Opened:
    header = message.header
    if (header.message_type, header.trigger) != ("ORU", "R01"):
        found = f"{header.message_type}^{header.trigger}"
        raise Refused(
            RefusalKind.WRONG_TYPE,
            f"Expected an observation message ORU^R01, got {found!r}.",
        )
    observations = message.every("OBX")
    if not observations:
        raise Refused(RefusalKind.TRUNCATED, "The message ends before its first observation.")
    return Opened(
        header=header,
        patient_ids=_patient_ids(message),
        location=_location(message.first("PV1")),
        device_ids=device_ids_of(header, observations),
        message=message,
    )


def _patient_ids(message: Message) -> tuple[str, ...]:
    people = {ids for pid in message.every("PID") if (ids := pid.repetitions(3))}
    if len(people) > 1:
        raise Refused(
            RefusalKind.MALFORMED,
            "The message speaks of more than one patient; expected one.",
        )
    return next(iter(people), ())


def _location(pv1: Segment | None) -> Location | None:
    if pv1 is None or not pv1.raw(3):
        return None
    return Location(point_of_care=pv1.text(3), room=pv1.text(3, 2), bed=pv1.text(3, 3))


def device_ids_of(header: Header, observations: tuple[Segment, ...]) -> tuple[str, ...]:
    """The names of the sending device, most specific first: OBX-18, then MSH-3."""
    named = [obx.text(18) for obx in observations]
    every = [*named, header.application_id, header.application]
    return tuple(dict.fromkeys(one for one in every if one))


def read_values(opened: Opened, *, now: datetime, site_zone: tzinfo) -> Accepted | Refusal:
    """Read the observations of an opened message; all of them or none."""
    try:
        accepted = _accepted(opened, now=now, site_zone=site_zone)
    except Refused as refused:
        return Refusal(kind=refused.kind, because=refused.because, header=opened.header)
    return judged(accepted, now=now)


def judged(accepted: Accepted, *, now: datetime) -> Accepted | Refusal:
    """What was read, unless nothing of it has a place, no person shows it, or it is of the future."""
    if not accepted.sets:
        codes = ", ".join(dict.fromkeys(one.code for one in accepted.left))
        because = f"None of its observations has a place in the chart: {codes[:200]}."
        return Refusal(kind=RefusalKind.UNKNOWN_CODES, because=because, header=accepted.header)
    if impossible := [lost.because for one in accepted.sets for lost in one.impossible]:
        return _held_back(RefusalKind.IMPOSSIBLE_VALUE, " ".join(impossible), accepted)
    ahead = accepted.sets[-1].happened_at - now
    if ahead > CLOCK_DRIFT:
        return _held_back(
            RefusalKind.FUTURE_DATED,
            f"The device clock is ahead by {_span(ahead)}.",
            accepted,
        )
    return accepted


def _held_back(kind: RefusalKind, because: str, accepted: Accepted) -> Refusal:
    return Refusal(kind=kind, because=because, header=accepted.header, salvage=accepted)


def _span(duration: timedelta) -> str:
    minutes = round(duration.total_seconds() / 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    parts = ((days, "d"), (hours, "h"), (minutes % 60, "min"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def _accepted(opened: Opened, *, now: datetime, site_zone: tzinfo) -> Accepted:
    zone = zone_of(opened.header.sent_at_text) or site_zone
    readings: list[Reading] = []
    left: list[Left] = []
    for obr, obx in _observations(opened.message):
        code = _code_of(obx)
        if code is None or code.field is None:
            left.append(_left(obx, code))
        else:
            moment = _moment_of(obx, obr, opened.header, zone=zone, now=now)
            readings.append(_reading(obx, code, code.field, moment))
    sets, doubled = vital_sets(readings, device_id=next(iter(opened.device_ids), ""))
    return Accepted(
        header=opened.header,
        patient_ids=opened.patient_ids,
        location=opened.location,
        device_ids=opened.device_ids,
        sets=sets,
        left=(*left, *doubled),
    )


def _observations(message: Message) -> Iterator[tuple[Segment | None, Segment]]:
    """Each OBX with the OBR it stands under, refused where it ends too early to be trusted."""
    obr: Segment | None = None
    for segment in message.segments:
        if segment.id == "OBR":
            obr = segment
        elif segment.id == "OBX":
            if not segment.text(11):
                _refuse_unfinished(segment, message.segments[-1])
            yield obr, segment


def _refuse_unfinished(obx: Segment, last: Segment) -> None:
    if obx is last:
        raise Refused(
            RefusalKind.TRUNCATED,
            f"The message ends inside its last observation ({obx.text(3)!r}).",
        )
    raise Refused(RefusalKind.MALFORMED, f"Observation {obx.text(3)!r} has no status (OBX-11).")


def _code_of(obx: Segment) -> VitalCode | None:
    return vital_code(obx.text(3), obx.text(3, 3)) or vital_code(obx.text(3, 4), obx.text(3, 6))


def _left(obx: Segment, code: VitalCode | None) -> Left:
    name = obx.text(3) or "(no code)"
    return Left(
        code=name,
        because=f"{code.name} is not kept in the chart" if code else "unknown code",
    )


def _moment_of(obx: Segment, obr: Segment | None, header: Header, *, zone: tzinfo, now: datetime) -> datetime:
    own = obx.text(14)
    if not own and obr is not None and obr.text(7) and obr.text(8):
        _refuse_range(obx, obr, zone=zone, now=now)
    return _moment(own or (obr.text(7) if obr else "") or header.sent_at_text, zone=zone, now=now)


def _moment(text: str, *, zone: tzinfo, now: datetime) -> datetime:
    try:
        return read_moment(text, zone=zone, near=now)
    except NotAMoment as problem:
        raise Refused(RefusalKind.MALFORMED, f"Observation time: {problem}") from None


def _refuse_range(obx: Segment, obr: Segment, *, zone: tzinfo, now: datetime) -> None:
    """A group that lasts long does not say when an observation without a time of its own was made."""
    lasts = _moment(obr.text(8), zone=zone, now=now) - _moment(obr.text(7), zone=zone, now=now)
    if timedelta(0) <= lasts <= LONGEST_RANGE:
        return
    name = obx.text(3)
    if lasts < timedelta(0):
        because = f"The group of observation {name!r} ends (OBR-8) before it begins (OBR-7)."
    else:
        because = (
            f"Observation {name!r} has no time of its own (OBX-14), and its group lasts {_span(lasts)} "
            "(OBR-7 to OBR-8): expected a time for each observation."
        )
    raise Refused(RefusalKind.MALFORMED, because)


def _reading(obx: Segment, code: VitalCode, field: str, happened_at: datetime) -> Reading:
    status = obx.text(11)
    if status in WITHDRAWN:
        because = f"The device takes back an earlier {code.name} (status {status}); a person has to look."
        raise Refused(RefusalKind.WITHDRAWAL, because)
    if status not in MEASURED and status not in NOT_OBTAINED:
        raise Refused(
            RefusalKind.MALFORMED,
            f"{code.name}: {status[:20]!r} is not an observation status.",
        )
    value, because = None, NOT_OBTAINED.get(status, "") or _distrust(obx)
    if not because:
        value, because = _value(obx, code, field)
    return Reading(
        code=code,
        field=field,
        happened_at=happened_at,
        value=value,
        because=because,
        channel=_channel(obx.text(4)),
    )


def _distrust(obx: Segment) -> str:
    """Why the device itself does not stand by this number; empty when it does."""
    return next((NOT_TRUSTED[mark] for mark in obx.repetitions(8) if mark in NOT_TRUSTED), "")


def _channel(containment: str) -> str:
    """The channel an observation stands in: MDS, VMD and channel of OBX-4 (IHE PCD); empty without them."""
    parts = containment.split(".")
    return ".".join(parts[:3]) if len(parts) > 3 else ""


def _value(obx: Segment, code: VitalCode, field: str) -> tuple[float | None, str]:
    """The number in the chart's unit, or nothing and why."""
    text = obx.raw(5).strip()
    if not text:
        return None, "the device sent no value"
    if not _NUMBER.fullmatch(text):
        raise Refused(RefusalKind.MALFORMED, f"{code.name}: expected a number, got {text[:40]!r}.")
    if float(text) == 0:
        return None, "the device sent 0, which is a drop-out"
    unit, canonical = obx.text(6), BOUNDS[field].unit
    value = in_canonical_unit(float(text), unit, canonical)
    if value is None:
        because = f"{code.name}: expected a unit such as {canonical}, got {unit[:40]!r}."
        raise Refused(RefusalKind.UNKNOWN_UNIT, because)
    return value, ""
