"""What people do with held messages and devices: assign, dismiss, bind, unbind. Who and when are kept."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.gateway.models import DeviceBinding, Quarantined
from ajar.clinic.gateway.reading import read_raw
from ajar.clinic.gateway.recording import digest_of, entries_of_message, mark_seen, reference_of, unseen
from ajar.clinic.gateway.selectors import assignable_sessions
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.exchange.hl7v2.outcome import Accepted, VitalSet
from ajar.pathway.ledger.entry import Entry, NewEntry, Source
from ajar.pathway.observations.vitals import BOUNDS


class ResolutionRefused(ValueError):
    """The message cannot be resolved like this; says why."""


def salvage(held: Quarantined, zone: tzinfo) -> Accepted | None:
    """What can still be recorded from a held message; `zone` holds for times without one.

    Values that no living person shows become gaps that say so.
    """
    if held.truncated:
        return None
    read = read_raw(held.raw, now=held.received_at, zone=zone)
    return read if isinstance(read, Accepted) else read.salvage


def says(held: Quarantined) -> list[str]:
    """What a held message says, as a nurse reads it: a line for each moment."""
    zone: tzinfo = held.site.zone if held.site else UTC
    read = salvage(held, zone)
    return [words_of(one, zone) for one in read.sets] if read else []


def words_of(one: VitalSet, zone: tzinfo) -> str:
    """One moment's values, and what is missing or cannot be right."""
    values = one.payload.values() if one.payload else {}
    parts = [f"{BOUNDS[field].name} {value:g} {BOUNDS[field].unit}" for field, value in values.items()]
    parts += [f"{BOUNDS[lost.vital_sign].name}: {lost.because}" for lost in one.lost]
    parts += [lost.because for lost in one.impossible]
    return f"{one.happened_at.astimezone(zone):%d %b %H:%M:%S %Z}: {'; '.join(parts)}"


@transaction.atomic
def assign(*, held: Quarantined, encounter_id: UUID, reason: str, by: Account, now: datetime) -> list[Entry]:
    """Record a held message in a session, because a person says that it belongs there.

    A reading that the device dated in the future is recorded at the time it was received.

    Raises:
        ResolutionRefused: no reason, resolved before, nothing to record, or recorded already.
    """
    row = _still_open(held, reason)
    session = assignable_sessions(row, by).filter(pk=encounter_id).first()
    if session is None:
        raise ResolutionRefused("Choose one of the sessions listed: none other was near in time.")
    read = salvage(row, session.site.zone)
    if read is None:
        raise ResolutionRefused("Nothing in this message can be recorded. Dismiss it with a reason.")
    entries = entries_of_message(read, reference=reference_of(read.header))
    if _recorded(entries):
        raise ResolutionRefused("A message with this control id is in a chart already. Dismiss this one.")
    news = unseen(entries)
    if not news:
        raise ResolutionRefused("These readings are in a chart already. Dismiss this message.")
    mark_seen([digest_of(entry) for entry in news], now=now)
    recorded = append(
        [_as_assigned(entry, row, session, reason) for entry in news],
        patient_id=session.patient_id,
        expected=ANYWHERE,
        by=author_of(by),
        now=now,
    )
    row.encounter_id = session.encounter_id
    _resolve(row, Quarantined.Status.ASSIGNED, reason, by, now)
    return recorded


def _as_assigned(entry: NewEntry, row: Quarantined, session: DosingNow, reason: str) -> NewEntry:
    return NewEntry(
        payload=entry.payload,
        happened_at=min(entry.happened_at, row.received_at),
        encounter_id=session.encounter_id,
        source=entry.source,
        source_ref=entry.source_ref,
        reason=f"Assigned by hand: {reason.strip()}",
    )


def _recorded(entries: Sequence[NewEntry]) -> bool:
    references = [entry.source_ref for entry in entries]
    return LedgerEntry.objects.filter(source=Source.DEVICE, source_ref__in=references).exists()


@transaction.atomic
def dismiss(*, held: Sequence[Quarantined], reason: str, by: Account, now: datetime) -> int:
    """Set messages aside with one reason; they stay readable. Returns how many.

    Raises:
        ResolutionRefused: no reason, or one of them was resolved before.
    """
    for one in held:
        _resolve(_still_open(one, reason), Quarantined.Status.DISMISSED, reason, by, now)
    return len(held)


def _still_open(held: Quarantined, reason: str) -> Quarantined:
    if not reason.strip():
        raise ResolutionRefused("Write why, so that the next person understands.")
    row = Quarantined.objects.select_for_update().get(pk=held.pk)
    if row.status != Quarantined.Status.OPEN:
        raise ResolutionRefused(f"Someone resolved this message before: {row.get_status_display().lower()}.")
    return row


def _resolve(row: Quarantined, status: Quarantined.Status, reason: str, by: Account, now: datetime) -> None:
    row.status, row.resolution = status, reason.strip()
    row.resolved_by, row.resolved_at = by, now
    row.save()


@transaction.atomic
def bind_device(
    *, device: str, room: Room, by: str, now: datetime, since: datetime | None = None
) -> DeviceBinding:
    """Say that a device stands in this room, from now on or `since` then; where it stood before ends there.

    Raises:
        ResolutionRefused: the device has no name, stands at another site, or `since` is not a time since
            which it can have stood there.
    """
    name, start = device.strip(), since or now
    if not name:
        raise ResolutionRefused("Write the device's identifier as it names itself in its messages.")
    if start > now:
        raise ResolutionRefused("A device cannot stand somewhere since a time that is still to come.")
    its_own = DeviceBinding.objects.select_for_update().select_related("room__site").filter(device=name)
    standing = its_own.filter(bound_until=None)
    known = standing.filter(room=room).first()
    if known is not None and (since is None or known.bound_from <= start):
        return known
    if (away := standing.exclude(room__site=room.site_id).first()) is not None:
        raise ResolutionRefused(
            f"{away.device} stands in {away.room} at {away.room.site}. "
            "Someone there has to take it away first."
        )
    _refuse_two_places(its_own.exclude(pk=known.pk) if known else its_own, start)
    if known is not None:
        known.bound_from = start
        known.save(update_fields=["bound_from"])
        return known
    standing.update(bound_until=start)
    return DeviceBinding.objects.create(device=name, room=room, bound_from=start, bound_by=by)


def _refuse_two_places(bindings: QuerySet[DeviceBinding], start: datetime) -> None:
    """A device stands in one room at a time, also in the past."""
    later = bindings.filter(Q(bound_from__gt=start) | Q(bound_until__gt=start)).first()
    if later is not None:
        at = max(later.bound_from, later.bound_until or later.bound_from).astimezone(later.room.site.zone)
        raise ResolutionRefused(
            f"{later.device} is known to have stood in {later.room} after that time. "
            f"Expected a time from {at:%d %b %H:%M} on."
        )


@transaction.atomic
def unbind_device(*, binding: DeviceBinding, now: datetime) -> None:
    """Say that a device no longer stands where it stood; its messages are held from now on."""
    DeviceBinding.objects.filter(pk=binding.pk, bound_until=None).update(bound_until=now)
