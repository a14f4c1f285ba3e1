"""What a reading becomes in the ledger, and whether it is there already."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway.models import SeenReading
from ajar.clinic.gateway.selectors import SEEN_FOR
from ajar.exchange.fhir.from_device import OBSERVATION
from ajar.exchange.hl7v2.outcome import Accepted, Header, VitalSet
from ajar.pathway.ledger.chain import canonical
from ajar.pathway.ledger.codec import encode
from ajar.pathway.ledger.entry import NewEntry, Source
from ajar.pathway.ledger.payload import Payload
from ajar.pathway.observations.vitals import SignalLost

MAX_REF_CHARS: Final = 230


def reference_of(header: Header) -> str:
    """What names this message in the ledger."""
    if header.message_type == OBSERVATION:
        scheme, named = "fhir", f"{header.facility}|{header.control_id}"
    else:
        scheme, named = "hl7", f"{header.application}|{header.facility}|{header.control_id}"
    reference = f"{scheme}:{named}"
    return (
        reference if len(reference) <= MAX_REF_CHARS else f"{scheme}:{sha256(reference.encode()).hexdigest()}"
    )


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


def in_encounter(entry: NewEntry, session: DosingNow) -> NewEntry:
    """The same fact within this session."""
    return NewEntry(
        payload=entry.payload,
        happened_at=entry.happened_at,
        encounter_id=session.encounter_id,
        source=entry.source,
        source_ref=entry.source_ref,
        reason=entry.reason,
    )


def digest_of(entry: NewEntry) -> str:
    """The same for the same device, time and values, whatever message brought them."""
    content = f"{entry.happened_at.isoformat()}|{entry.payload.KIND}|{canonical(encode(entry.payload))}"
    return sha256(content.encode()).hexdigest()


def unseen(entries: Sequence[NewEntry]) -> list[NewEntry]:
    """Those of the entries that are in no chart yet, each once."""
    by_digest = {digest_of(entry): entry for entry in reversed(entries)}
    known = set(SeenReading.objects.filter(pk__in=by_digest).values_list("pk", flat=True))
    return [entry for digest, entry in reversed(by_digest.items()) if digest not in known]


def all_seen(digests: Sequence[str]) -> bool:
    """Are all of these in a chart?"""
    return SeenReading.objects.filter(pk__in=digests).count() == len(set(digests))


def mark_seen(digests: Iterable[str], *, now: datetime) -> None:
    """Remember that these are in a chart.

    Raises:
        IntegrityError: another connection recorded one of them meanwhile.
    """
    SeenReading.objects.bulk_create([SeenReading(digest=digest, seen_at=now) for digest in digests])


def forget_seen(*, now: datetime) -> int:
    """Drop what can no longer arrive a second time without a person looking; returns how many."""
    return SeenReading.objects.filter(seen_at__lt=now - SEEN_FOR).delete()[0]
