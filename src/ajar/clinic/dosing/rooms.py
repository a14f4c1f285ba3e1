"""One patient a room: what arriving and moving both ask of a room, in the same words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ajar.clinic.dosing.judging import encounter_of
from ajar.clinic.scheduling.models import Room
from ajar.pathway.dosing.passages import NotReady
from ajar.pathway.dosing.session import Session


@contextmanager
def one_patient_in(room: Room | None) -> Iterator[None]:
    """Write all or nothing; of two patients who take one room at once, one is refused.

    Raises:
        NotReady: another patient is in that room (the constraint `room_holds_one_patient`).
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as taken:
        raise taken_already(room) from taken


def taken_already(room: Room | None) -> NotReady:
    """The refusal of a room that another patient is in."""
    words = _("%(room)s is taken. Choose another room, or release its patient first.")
    return NotReady(words % {"room": room.name if room else ""})


def refuse_elsewhere(session: Session, room: Room) -> None:
    """Refuse a room that the board of the session's site does not show.

    Raises:
        NotReady: a room of another site, one that is not for treatment, or one that is not used any more.
    """
    if room.site_id != encounter_of(session).site_id:
        raise NotReady(_("%(room)s belongs to another site. Choose a room here.") % {"room": room.name})
    if room.kind != Room.Kind.TREATMENT or not room.active:
        raise NotReady(_("%(room)s is no treatment room in use. Choose another.") % {"room": room.name})
