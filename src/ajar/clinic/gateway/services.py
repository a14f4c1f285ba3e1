"""Receiving a device's message: recorded, or held with its reason; never lost, never recorded twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import uuid4

from django.db import IntegrityError, transaction

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway.models import MAX_RAW_CHARS, DeviceBinding, Held, Quarantined
from ajar.clinic.gateway.selectors import LATE, binding_of, sessions_in_room_at
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.authors import device_author
from ajar.clinic.staff.models import Site
from ajar.exchange.hl7v2.acknowledgement import HELD_BACK, AckCode, Answer, answer_to, write_ack
from ajar.exchange.hl7v2.observations import Opened, open_oru, read_values
from ajar.exchange.hl7v2.outcome import Accepted, Header, Refusal, RefusalKind, VitalSet
from ajar.pathway.ledger.chain import canonical
from ajar.pathway.ledger.codec import encode
from ajar.pathway.ledger.entry import NewEntry, Source
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import SignalLost

MAX_REF_CHARS: Final = 230
ACCEPTED: Final = Answer(code=AckCode.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Why a readable message has no place: `because` for staff, `told` for the sender, without names."""

    kind: Held
    because: str
    told: str


@transaction.atomic
def receive(*, raw: str, now: datetime) -> str:
    """Record one message, or hold it; returns the acknowledgement to send once this is committed."""
    opened = open_oru(raw)
    if isinstance(opened, Refusal):
        return _refuse(opened, raw=raw, now=now)
    binding = binding_of(opened.device_ids, at=now)
    if binding is None:
        return _object(_unknown_device(opened), opened.header, raw=raw, now=now)
    read = read_values(opened, now=now, site_zone=binding.room.site.zone)
    if isinstance(read, Refusal):
        return _refuse(read, raw=raw, now=now, room=binding.room)
    answer = _take(read, binding, now=now)
    if isinstance(answer, Objection):
        return _object(answer, read.header, raw=raw, now=now, room=binding.room)
    return acknowledge(answer, read.header, now=now)


@transaction.atomic
def refuse_delivery(*, beginning: str, refusal: Refusal, size_chars: int, now: datetime) -> str:
    """Hold a delivery that never became a message (too large, cut off); returns its acknowledgement."""
    first_line = beginning.lstrip().replace("\n", "\r").partition("\r")[0]
    header = open_header(first_line)
    hold(
        raw=beginning,
        kind=Held(refusal.kind),
        because=refusal.because,
        header=header,
        now=now,
        size_chars=size_chars,
    )
    return acknowledge(answer_to(refusal), header, now=now)


def open_header(first_line: str) -> Header | None:
    """The header that a broken delivery begins with, if it can be read."""
    opened = open_oru(first_line[:4000])
    return opened.header if isinstance(opened, Refusal) else None


def acknowledge(answer: Answer, header: Header | None, *, now: datetime) -> str:
    """The acknowledgement message."""
    return write_ack(answer, header=header, ack_id=uuid4().hex, now=now)


def _refuse(refusal: Refusal, *, raw: str, now: datetime, room: Room | None = None) -> str:
    hold(raw=raw, kind=Held(refusal.kind), because=refusal.because, header=refusal.header, now=now, room=room)
    return acknowledge(answer_to(refusal), refusal.header, now=now)


def _object(
    objection: Objection, header: Header, *, raw: str, now: datetime, room: Room | None = None
) -> str:
    hold(raw=raw, kind=objection.kind, because=objection.because, header=header, now=now, room=room)
    answer = Answer(code=AckCode.ERROR, because=objection.told, error=HELD_BACK)
    return acknowledge(answer, header, now=now)


def hold(
    *,
    raw: str,
    kind: Held,
    because: str,
    header: Header | None,
    now: datetime,
    room: Room | None = None,
    size_chars: int | None = None,
) -> Quarantined:
    """Keep a message for a person. The same message again is counted, not kept twice."""
    text = raw.replace("\x00", "\ufffd").encode(errors="replace").decode()
    fingerprint = sha256(text.encode()).hexdigest()
    if (known := _counted_again(fingerprint, kind, now)) is not None:
        return known
    return Quarantined.objects.create(
        raw=text[:MAX_RAW_CHARS],
        size_chars=len(text) if size_chars is None else size_chars,
        fingerprint=fingerprint,
        kind=kind,
        because=because,
        sender=sender_of(header)[:240] if header else "",
        control_id=header.control_id if header else "",
        site=room.site if room else None,
        room=room,
        received_at=now,
        last_received_at=now,
    )


def _counted_again(fingerprint: str, kind: Held, now: datetime) -> Quarantined | None:
    lately = Quarantined.objects.select_for_update().filter(received_at__gte=now - LATE)
    known = lately.filter(fingerprint=fingerprint, kind=kind).first()
    if known is not None:
        known.times_received += 1
        known.last_received_at = now
        known.save(update_fields=["times_received", "last_received_at"])
    return known


def sender_of(header: Header) -> str:
    """Who sent it, as its header says."""
    return " · ".join(part for part in (header.application, header.facility) if part)


def _unknown_device(opened: Opened) -> Objection:
    names = ", ".join(opened.device_ids) or "without a name"
    return Objection(
        kind=Held.UNKNOWN_DEVICE,
        because=f"No room is known for device {names}. Say where it stands, then assign this message.",
        told="No room is known for this device.",
    )


def _take(read: Accepted, binding: DeviceBinding, *, now: datetime) -> Answer | Objection:
    """Record what was read, unless it has no place."""
    room = binding.room
    if (elsewhere := _says_other_room(read, room)) is not None:
        return elsewhere
    entries = entries_of_message(read, reference=reference_of(read.header))
    if (recorded := _recorded_before(entries)) is not None:
        return recorded
    found = session_of(read, room, now=now)
    if isinstance(found, Objection):
        nothing_measured = all(one.payload is None for one in read.sets)
        return ACCEPTED if found.kind is Held.EMPTY_ROOM and nothing_measured else found
    if read.patient_ids and found.patient.mrn not in read.patient_ids:
        said = ", ".join(read.patient_ids)
        return Objection(
            kind=Held.WRONG_PATIENT,
            because=f"The device says patient {said[:200]}; {room.name} holds {found.patient.mrn}.",
            told="The patient id does not belong to the patient in this room.",
        )
    return _record(entries, found, binding, now=now)


def _says_other_room(read: Accepted, room: Room) -> Objection | None:
    said = read.location.room if read.location else ""
    if not said or said.casefold() == room.name.casefold():
        return None
    if not Room.objects.filter(site=room.site, name__iexact=said).exists():
        return None
    return Objection(
        kind=Held.WRONG_ROOM,
        because=f"The device is known to stand in {room.name} and says that it is in {said[:80]}. "
        "Correct where it stands, then assign this message.",
        told="The room does not fit where this device is known to stand.",
    )


def session_of(read: Accepted, room: Room, *, now: datetime) -> DosingNow | Objection:
    """The one session all of these readings belong to, by who was in the room when they were taken."""
    first, last = read.sets[0].happened_at, read.sets[-1].happened_at
    if first < now - LATE:
        hours = LATE.total_seconds() / 3600
        return _outside(f"It was taken at {_at(first, room.site)}, more than {hours:g} hours ago.")
    at_first, at_last = sessions_in_room_at(room.pk, first), sessions_in_room_at(room.pk, min(last, now))
    both = [session for session in at_first if session in at_last]
    if len(both) == 1:
        return both[0]
    if not at_first and not sessions_in_room_at(room.pk, now):
        because = f"Nobody was being treated in {room.name} at {_at(first, room.site)}."
        told = "Nobody is being treated in the room of this device."
        return Objection(kind=Held.EMPTY_ROOM, because=because, told=told)
    return _outside(
        f"It was taken at {_at(first, room.site)}, when the patient now in {room.name} was not there."
    )


def _outside(because: str) -> Objection:
    told = "The time of observation is not within the visit."
    return Objection(kind=Held.OUTSIDE_VISIT, because=because, told=told)


def _at(moment: datetime, site: Site) -> str:
    return f"{moment.astimezone(site.zone):%d %b %H:%M:%S %Z}"


def reference_of(header: Header) -> str:
    """What names this message in the ledger."""
    reference = f"hl7:{header.application}|{header.facility}|{header.control_id}"
    if len(reference) <= MAX_REF_CHARS:
        return reference
    return f"hl7:{sha256(reference.encode()).hexdigest()}"


def entries_of_message(read: Accepted, *, reference: str) -> list[NewEntry]:
    """Each set as a measurement, each gap as a gap, in order; the first carries the plain reference."""
    facts = [(one.happened_at, fact) for one in read.sets for fact in _facts(one, read)]
    return [
        NewEntry(
            payload=payload,
            happened_at=happened_at,
            source=Source.DEVICE,
            source_ref=reference if number == 1 else f"{reference}#{number}",
        )
        for number, (happened_at, payload) in enumerate(facts, start=1)
    ]


def _facts(one: VitalSet, read: Accepted) -> list[Payload]:
    facts: list[Payload] = [one.payload] if one.payload is not None else []
    if gaps := (*one.lost, *one.impossible):
        facts.append(SignalLost(lost=gaps, device_id=next(iter(read.device_ids), "")))
    return facts


def _recorded_before(entries: Sequence[NewEntry]) -> Answer | Objection | None:
    """Was this message recorded already? A control id that comes back with other content is held."""
    known = LedgerEntry.objects.filter(source=Source.DEVICE, source_ref=entries[0].source_ref).first()
    if known is None:
        return None
    same = known.payload == canonical(encode(entries[0].payload))
    if same and known.happened_at == entries[0].happened_at:
        return ACCEPTED
    return Objection(
        kind=Held.REUSED_ID,
        because="This control id was recorded already, with other readings. "
        "The device may have started to count anew.",
        told="This control id was used before for other readings.",
    )


def _record(
    entries: Sequence[NewEntry], session: DosingNow, binding: DeviceBinding, *, now: datetime
) -> Answer | Objection:
    try:
        with transaction.atomic():
            append(
                [in_encounter(entry, session) for entry in entries],
                patient_id=session.patient_id,
                expected=ANYWHERE,
                by=device_author(binding.device),
                now=now,
            )
    except IntegrityError:
        recorded = _recorded_before(entries)  # another connection delivered the same message first
        if recorded is None:
            raise
        return recorded
    return ACCEPTED


def in_encounter(entry: NewEntry, session: DosingNow) -> NewEntry:
    """The same fact within this session."""
    return NewEntry(
        payload=entry.payload,
        happened_at=entry.happened_at,
        encounter_id=session.encounter_id,
        source=entry.source,
        source_ref=entry.source_ref,
    )


def too_large(size_bytes: int, limit_bytes: int) -> Refusal:
    """The refusal of a frame beyond the bound."""
    because = f"The message has {size_bytes} bytes; at most {limit_bytes} are read."
    return Refusal(kind=RefusalKind.TOO_LARGE, because=because)


def cut_off() -> Refusal:
    """The refusal of a frame whose sender went away or began anew."""
    because = "The connection ended, or began anew, inside this message."
    return Refusal(kind=RefusalKind.TRUNCATED, because=because)
