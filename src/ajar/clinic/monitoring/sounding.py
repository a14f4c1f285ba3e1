"""What sounds on a board, and letting it rest for two minutes at most."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.ledger.models import LedgerEntry
from ajar.clinic.ledger.rows import entry_of
from ajar.clinic.monitoring.selectors import standing_alarms
from ajar.clinic.monitoring.services import observe
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.dosing.stage import IN_ROOM
from ajar.pathway.ledger.entry import Entry
from ajar.pathway.monitoring.entries import MOST_PAUSED_S, Rested, SoundPaused
from ajar.pathway.monitoring.sounds import SIGNALLING, AudioPause, pause_of, sounding


class NothingSounds(ValueError):
    """There is no alarm whose sound could rest."""


@transaction.atomic
def pause_sound(
    *, site: Site, by: Account, now: datetime, room_id: UUID | None = None, lasts_s: float = MOST_PAUSED_S
) -> list[Entry]:
    """Let the sound rest of everything that sounds now, in one room or in all: an entry for each session.

    Raises:
        NothingSounds: nothing does.
    """
    rows = DosingNow.objects.filter(site=site, stage__in=IN_ROOM)
    if room_id is not None:
        rows = rows.filter(room_id=room_id)
    made: list[Entry] = []
    for row in rows:
        alarms = sounding(standing_alarms(row.pk, now=now), now=now)
        if covers := tuple(Rested(alarm=one.key, priority=one.priority) for one in alarms):
            payload = SoundPaused(lasts_s=lasts_s, covers=covers)
            made.append(observe(payload, encounter_id=row.pk, by=by, now=now, happened_at=None))
    if not made:
        raise NothingSounds(_("Nothing sounds now, so nothing was paused."))
    return made


def pauses_of(encounters: Iterable[UUID], *, now: datetime) -> dict[UUID, AudioPause]:
    """The pause that runs in each of these sessions; one query."""
    since = now - timedelta(seconds=MOST_PAUSED_S)
    rows = LedgerEntry.objects.filter(
        kind=SoundPaused.KIND, encounter_id__in=list(encounters), happened_at__gt=since
    ).order_by("happened_at", "seq")
    found: dict[UUID, AudioPause] = {}
    for entry in (entry_of(row) for row in rows):
        if isinstance(entry.payload, SoundPaused) and entry.encounter_id is not None:
            found[entry.encounter_id] = pause_of(
                entry.payload, begun_at=entry.happened_at, by=entry.recorded_by.name
            )
    return {key: one for key, one in found.items() if one.left_s(now=now)}


def pause_data(pause: AudioPause | None) -> str:
    """A pause as the board's script reads it; "" where none runs."""
    if pause is None:
        return ""
    covers = {key: priority.rank for key, priority in pause.covers}
    return json.dumps({"until": pause.ends_at.isoformat(), "by": pause.by, "covers": covers})


def _tones() -> Mapping[str, Mapping[str, Any]]:
    return {
        priority.value: {
            "rank": priority.rank,
            "groups": one.groups,
            "pulses": one.pulses,
            "hz": one.tone_hz,
            "again_s": one.again_s,
        }
        for priority, one in SIGNALLING.items()
    }


TONES: Final = json.dumps(_tones())
"""How each priority sounds, for the board's script: from the same table as the rest."""
