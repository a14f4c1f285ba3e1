"""What stands in the way of moving a patient to another room or chair during the session.

Who else is in a room, and whether it is a room of this site, the clinic knows.
"""

from datetime import datetime
from uuid import UUID

from ajar.pathway.dosing.entries import PatientMoved
from ajar.pathway.dosing.passages import NotReady
from ajar.pathway.dosing.session import Session
from ajar.pathway.dosing.stage import refuse_outside_room


def refuse_move(session: Session, *, room_id: UUID, at: datetime) -> None:
    """Refuse a move that cannot have happened.

    Raises:
        NotInRoom: the patient has not arrived, or the session is closed.
        NotReady: a session without a room (a dose at home), the room that the patient is in already, or a
            time before the last stay began.
    """
    refuse_outside_room(session.stage)
    if not session.stays:
        raise NotReady("This session has no room, as a dose at home has none: nobody is moved.")
    here = session.stays[-1]
    if here.room_id == room_id:
        raise NotReady(f"The patient is in {here.room_name} already. Choose another room.")
    if at < here.since:
        raise NotReady(f"The patient came to {here.room_name} later than that. Expected a time after it.")


def move_words(moved: PatientMoved) -> str:
    """'Moved to Room 2: broken monitor'."""
    return f"Moved to {moved.room_name}" + (f": {moved.because}" if moved.because else "")
