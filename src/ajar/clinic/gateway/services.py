"""Receiving a device's message: recorded, or held with its reason; never lost, never recorded twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import uuid4

from django.db import IntegrityError, transaction

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway.clocks import at_arrival, waited, wrong_by
from ajar.clinic.gateway.models import MAX_RAW_CHARS, DeviceBinding, Held, Quarantined
from ajar.clinic.gateway.pace import METER, note_flood, too_fast
from ajar.clinic.gateway.placing import Objection, binding_then, says_other_room, session_of, unknown_device
from ajar.clinic.gateway.reading import read_opened, sent_at_of
from ajar.clinic.gateway.recording import (
    all_seen,
    digest_of,
    entries_of_message,
    in_encounter,
    mark_seen,
    reference_of,
    unseen,
)
from ajar.clinic.gateway.selectors import LATE, standing_of
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.authors import device_author
from ajar.clinic.staff.models import Site
from ajar.exchange.deviceclock import span_words
from ajar.exchange.fhir.from_device import OpenedObservation
from ajar.exchange.hl7v2.acknowledgement import HELD_BACK, AckCode, Answer, answer_to, write_ack
from ajar.exchange.hl7v2.alarms import MonitorAlarm, read_alarm
from ajar.exchange.hl7v2.batch import batch_of_answers, messages_of
from ajar.exchange.hl7v2.observations import Opened, open_oru
from ajar.exchange.hl7v2.outcome import Accepted, Header, Refusal, RefusalKind
from ajar.pathway.ledger.chain import canonical
from ajar.pathway.ledger.codec import encode
from ajar.pathway.ledger.entry import NewEntry, Source

ACCEPTED: Final = Answer(code=AckCode.ACCEPTED)
NAMELESS: Final = "a device without a name"
TOO_FAST: Final = "207^Too many messages"
NOT_IN_CHART: Final = (
    "Kept here and in no chart: the bedside monitor is primary, and Ajar raises its own alarms."
)


def receive_delivery(*, raw: str, now: datetime) -> str:
    """Everything in one frame: a message, or the messages of a batch one by one, answered as a batch.

    Each message is recorded or held by itself; a batch cut off on the way is refused whole.
    """
    delivery = messages_of(raw)
    if isinstance(delivery, Refusal):
        return refuse_delivery(beginning=raw, refusal=delivery, size_chars=len(raw), now=now)
    answers = [receive(raw=one, now=now) for one in delivery.messages]
    return batch_of_answers(answers) if delivery.batch else answers[0]


@transaction.atomic
def receive(*, raw: str, now: datetime) -> str:
    """Record one message, or hold it; returns the acknowledgement to send once this is committed."""
    opened = open_oru(raw)
    if not isinstance(opened, Refusal):
        return acknowledge(take(opened, raw=raw, now=now), opened.header, now=now)
    alarm = read_alarm(raw) if opened.kind is RefusalKind.WRONG_TYPE else None
    if alarm is None:
        return acknowledge(_refuse_paced(opened, raw=raw, now=now), opened.header, now=now)
    return acknowledge(set_aside(alarm, raw=raw, now=now), alarm.header, now=now)


def _refuse_paced(refusal: Refusal, *, raw: str, now: datetime) -> Answer:
    """Hold what could not be read, unless its sender floods: then nothing of it is kept."""
    sender = sender_of(refusal.header) if refusal.header else ""
    if not METER.admits(sender or NAMELESS, now=now):
        return turned_away(sender or NAMELESS, now=now)
    return refuse(refusal, raw=raw, now=now)


def set_aside(alarm: MonitorAlarm, *, raw: str, now: datetime) -> Answer:
    """Keep a monitor's own alarm where it can be looked up; it waits for nobody and enters no chart."""
    device = next(iter(alarm.device_ids), "A device")
    if not METER.admits(device, now=now):
        return turned_away(device, now=now)
    standing = standing_of(alarm.device_ids, at=now)
    kept = hold(
        raw=raw,
        kind=Held.ALARM,
        because=f"{device} alarmed: {alarm.words}.",
        header=alarm.header,
        now=now,
        room=standing.room if standing else None,
    )
    Quarantined.objects.filter(pk=kept.pk).update(
        status=Quarantined.Status.DISMISSED, resolution=NOT_IN_CHART
    )
    return ACCEPTED


def take(
    opened: Opened | OpenedObservation, *, raw: str, now: datetime, within: Site | None = None
) -> Answer:
    """Record an opened message, or hold it. `within`: the site whose devices alone the sender speaks for."""
    name = next(iter(opened.device_ids), NAMELESS)
    if not METER.admits(name, now=now):
        return turned_away(name, now=now)
    standing = standing_of(opened.device_ids, at=now)
    if standing is None or (within is not None and standing.room.site_id != within.pk):
        return _object(unknown_device(opened.device_ids), opened.header, raw=raw, now=now, site=within)
    sent_at = sent_at_of(opened, standing.room.site, now=now)
    ahead = wrong_by(standing.device, sent_at, now=now)
    read = read_opened(opened, now=now, zone=standing.room.site.zone)
    if isinstance(read, Refusal) and ahead is not None and read.kind is RefusalKind.FUTURE_DATED:
        read = read.salvage or read
    if isinstance(read, Refusal):
        return refuse(read, raw=raw, now=now, room=standing.room)
    stamp = Stamp(now=now, sent_at=sent_at, ahead=ahead)
    answer = _take(read, standing, stamp)
    if isinstance(answer, Objection):
        return _object(answer, read.header, raw=raw, now=now, room=standing.room)
    return answer


def turned_away(device: str, *, now: datetime) -> Answer:
    """A device that sends without end is told to slow down; what it sent now is not kept."""
    if count := METER.to_write(device, now=now):
        note_flood(device[:100], count, now=now)
    return Answer(code=AckCode.ERROR, because=too_fast(METER.pace), error=TOO_FAST)


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


def refuse(
    refusal: Refusal, *, raw: str, now: datetime, room: Room | None = None, site: Site | None = None
) -> Answer:
    """Hold what could not be read; returns what the sender is told."""
    kind, because = Held(refusal.kind), refusal.because
    hold(raw=raw, kind=kind, because=because, header=refusal.header, now=now, room=room, site=site)
    return answer_to(refusal)


def _object(
    objection: Objection,
    header: Header,
    *,
    raw: str,
    now: datetime,
    room: Room | None = None,
    site: Site | None = None,
) -> Answer:
    kind, because = objection.kind, objection.because
    hold(raw=raw, kind=kind, because=because, header=header, now=now, room=room, site=site)
    return Answer(code=AckCode.ERROR, because=objection.told, error=HELD_BACK)


def hold(
    *,
    raw: str,
    kind: Held,
    because: str,
    header: Header | None,
    now: datetime,
    room: Room | None = None,
    site: Site | None = None,
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
        site=room.site if room else site,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """When a message came, when its device says that it sent it, and by how much that clock is wrong."""

    now: datetime
    sent_at: datetime | None
    ahead: timedelta | None


def _take(read: Accepted, standing: DeviceBinding, stamp: Stamp) -> Answer | Objection:
    """Record what was read, unless it is in the chart already or has no place."""
    entries = entries_of_message(read, reference=reference_of(read.header))
    news = unseen(entries)
    if not news:
        return ACCEPTED
    if stamp.ahead is not None:
        if waited(news, stamp.sent_at):
            return _clock_is_wrong(standing.device, stamp.ahead)
        timed = at_arrival(news, device=standing.device, ahead=stamp.ahead, now=stamp.now)
    else:
        timed = news
    if (recorded := _recorded_before(timed)) is not None:
        return recorded
    found = _place(read, standing, timed, now=stamp.now)
    if isinstance(found, Objection):
        nothing_measured = all(one.payload is None for one in read.sets)
        return ACCEPTED if found.kind is Held.EMPTY_ROOM and nothing_measured else found
    return _record(
        timed, found, digests=[digest_of(entry) for entry in news], stamp=stamp, device=standing.device
    )


def _place(
    read: Accepted, standing: DeviceBinding, timed: Sequence[NewEntry], *, now: datetime
) -> DosingNow | Objection:
    """The session these readings belong to."""
    first, last = timed[0].happened_at, timed[-1].happened_at
    binding = binding_then(read, standing, first=min(first, now), last=min(last, now))
    if isinstance(binding, Objection):
        return binding
    room = binding.room
    if (elsewhere := says_other_room(read, room)) is not None:
        return elsewhere
    found = session_of(first, last, room, now=now)
    if isinstance(found, Objection) or not read.patient_ids or found.patient.mrn in read.patient_ids:
        return found
    said = ", ".join(read.patient_ids)
    return Objection(
        kind=Held.WRONG_PATIENT,
        because=f"The device says patient {said[:200]}; {room.name} holds {found.patient.mrn}.",
        told="The patient id does not belong to the patient in this room.",
    )


def _clock_is_wrong(device: str, ahead: timedelta) -> Objection:
    return Objection(
        kind=Held.WRONG_CLOCK,
        because=f"{device}'s clock is {span_words(ahead)}, and this reading waited before it was sent: "
        "nobody can tell when it was taken. Assign it with its own time, or set it aside.",
        told="The clock of this device is wrong, and this reading waited before it was sent.",
    )


def _recorded_before(entries: Sequence[NewEntry]) -> Answer | Objection | None:
    """Was this message recorded already? A control id that comes back with other content is held."""
    known = LedgerEntry.objects.filter(source=Source.DEVICE, source_ref=entries[0].source_ref).first()
    if known is None:
        return None
    first = entries[0]
    same_time = known.happened_at == first.happened_at or bool(first.reason and known.reason == first.reason)
    if same_time and known.payload == canonical(encode(first.payload)):
        return ACCEPTED
    return Objection(
        kind=Held.REUSED_ID,
        because="This control id was recorded already, with other readings. "
        "The device may have started to count anew.",
        told="This control id was used before for other readings.",
    )


def _record(
    entries: Sequence[NewEntry], session: DosingNow, *, digests: Sequence[str], stamp: Stamp, device: str
) -> Answer | Objection:
    try:
        with transaction.atomic():
            mark_seen(digests, now=stamp.now)
            append(
                [in_encounter(entry, session) for entry in entries],
                patient_id=session.patient_id,
                expected=ANYWHERE,
                by=device_author(device),
                now=stamp.now,
            )
    except IntegrityError:  # another connection delivered the same message or reading first
        if (recorded := _recorded_before(entries)) is not None:
            return recorded
        if not all_seen(digests):
            raise
    return ACCEPTED


def too_large(size_bytes: int, limit_bytes: int) -> Refusal:
    """The refusal of a frame beyond the bound."""
    because = f"The message has {size_bytes} bytes; at most {limit_bytes} are read."
    return Refusal(kind=RefusalKind.TOO_LARGE, because=because)


def cut_off() -> Refusal:
    """The refusal of a frame whose sender went away or began anew."""
    because = "The connection ended, or began anew, inside this message."
    return Refusal(kind=RefusalKind.TRUNCATED, because=because)
