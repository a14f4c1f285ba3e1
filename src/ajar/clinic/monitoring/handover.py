"""A shift handed over: what stands in every room, signed by who leaves, accepted by who comes, kept."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.monitoring.board import Occupied, Tile, board_of
from ajar.clinic.monitoring.models import HandOver
from ajar.clinic.staff.models import Account, Site
from ajar.clinic.staff.services import confirm_signature
from ajar.pathway.dosing.stage import Stage


class HandOverRefused(ValueError):
    """The shift was accepted already, or by the person who left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """One room as it stood when the shift was handed over, in words."""

    room: str
    patient: str
    session: str
    phase: str
    clock: str
    values: str
    alarms: tuple[str, ...]
    due: tuple[str, ...]
    owner: str


def summary_of(site: Site, *, viewer: Account, now: datetime) -> list[RoomLine]:
    """Every occupied room of the site, in its order."""
    tiles: list[Tile] = board_of(site, viewer=viewer, now=now)["tiles"]
    return [line_of(tile.room_name, tile.occupied, site) for tile in tiles if tile.occupied is not None]


def line_of(room: str, who: Occupied, site: Site) -> RoomLine:
    """What whoever comes must know of one room."""
    values = [f"{one.label} {one.text} {one.unit}" for one in who.values if one.text]
    alarms = [
        f"{alarm.priority}: {alarm.text}" + (f", {_('seen by')} {alarm.seen_by}" if alarm.seen_by else "")
        for alarm in who.alarms
    ]
    return RoomLine(
        room=room,
        patient=who.row.patient.initials,
        session=f"{who.product} {who.row.dose_mg:g} mg",
        phase=Stage(who.row.stage).value,
        clock=who.since_dose,
        values=", ".join(values),
        alarms=(*alarms, *(line.text for line in who.quiet)),
        due=tuple(f"{due.check.words} {due.at.astimezone(site.zone):%H:%M}" for due in who.watch.dues),
        owner=who.owner,
    )


def sign_hand_over(*, site: Site, notes: str, pin: str, by: Account, now: datetime) -> HandOver:
    """Sign what stands now, with notes, for whoever comes next.

    Raises:
        SignatureRefused: the PIN is wrong, missing or locked.
    """
    confirm_signature(signer=by, pin=pin)
    with transaction.atomic():
        lines = [asdict(line) for line in summary_of(site, viewer=by, now=now)]
        told = {"site": site.name, "at": now.isoformat(), "by": str(by.pk), "rooms": lines, "notes": notes}
        summary = json.dumps(told, sort_keys=True, ensure_ascii=False)
        return HandOver.objects.create(
            site=site,
            summary=summary,
            digest=sha256(summary.encode()).hexdigest(),
            notes=notes.strip(),
            signed_by=by,
            signed_name=by.titled_name,
            signed_at=now,
        )


def accept_hand_over(*, hand_over_id: UUID, site: Site, pin: str, by: Account, now: datetime) -> HandOver:
    """Take the shift over.

    Raises:
        SignatureRefused: the PIN is wrong, missing or locked.
        HandOverRefused: somebody accepted it before, or it is one's own.
    """
    confirm_signature(signer=by, pin=pin)
    with transaction.atomic():
        held = HandOver.objects.select_for_update().get(pk=hand_over_id, site=site)
        if held.accepted_at is not None:
            raise HandOverRefused(_("%(name)s accepted this already.") % {"name": held.accepted_name})
        if held.signed_by_id == by.pk:
            raise HandOverRefused(_("Somebody else accepts what you handed over."))
        held.accepted_by, held.accepted_name, held.accepted_at = by, by.titled_name, now
        held.save(update_fields=["accepted_by", "accepted_name", "accepted_at"])
        return held


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A hand-over as it is shown; `whole`: its text is still the one that was signed."""

    row: HandOver
    rooms: tuple[RoomLine, ...]
    whole: bool


def kept_hand_overs(site: Site, *, most: int = 10) -> list[Kept]:
    """The newest of a site."""
    rows = HandOver.objects.filter(site=site)[:most]
    return [
        Kept(
            row=row,
            rooms=tuple(RoomLine(**line) for line in json.loads(row.summary)["rooms"]),
            whole=sha256(row.summary.encode()).hexdigest() == row.digest,
        )
        for row in rows
    ]
