"""Moving a patient to another room or chair during the session, with or without the monitor."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ajar.clinic.dosing.alongside import take_along
from ajar.clinic.dosing.recording import held, record
from ajar.clinic.dosing.rooms import one_patient_in, refuse_elsewhere, taken_already
from ajar.clinic.dosing.selectors import others_in_room_since
from ajar.clinic.ledger.services import Anywhere
from ajar.clinic.scheduling.models import Room
from ajar.clinic.staff.models import Account
from ajar.pathway.dosing.entries import PatientMoved
from ajar.pathway.dosing.moving import refuse_move
from ajar.pathway.ledger.entry import Entry


class Monitor(StrEnum):
    """What becomes of the devices that stand in the old room."""

    STAYS = "stays"
    GOES_ALONG = "goes along"


def move_patient(
    *,
    encounter_id: UUID,
    room: Room,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
    because: str = "",
    monitor: Monitor = Monitor.STAYS,
    happened_at: datetime | None = None,
) -> Entry:
    """The patient goes on in another room; the old one is free. The monitor goes along only when asked to.

    Raises:
        NotInRoom: the patient has not arrived, or the session is closed.
        NotReady: the same room, another site's, or one that another patient is or was in since then.
        ValueError: the monitor cannot go along, in words; then nobody is moved either.
    """
    at = happened_at or now
    with one_patient_in(room):
        session = held(encounter_id)
        refuse_move(session, room_id=room.pk, at=at)
        refuse_elsewhere(session, room)
        if others_in_room_since(room.pk, at, besides=encounter_id):
            raise taken_already(room)
        if monitor is Monitor.GOES_ALONG:
            take_along(from_room_id=session.stays[-1].room_id, to=room, by=by, now=now, since=at)
        payload = PatientMoved(room_id=room.pk, room_name=room.name, because=because.strip())
        return record(payload, session, by=by, now=now, expected=expected, happened_at=happened_at)
