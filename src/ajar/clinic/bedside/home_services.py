"""What the person at home records beside the cuff's values."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ajar.clinic.bedside.home import HomeSession, Phase
from ajar.clinic.bedside.home_words import STATEMENTS
from ajar.clinic.ledger.services import ANYWHERE, append
from ajar.clinic.monitoring.services import note_event
from ajar.clinic.staff.authors import author_of
from ajar.clinic.staff.models import Account
from ajar.pathway.dosing.entries import ChaperoneAttested
from ajar.pathway.ledger.entry import Entry, NewEntry
from ajar.pathway.monitoring.events import CHECKED_IN


class NotNow(ValueError):
    """Not in this phase of the session; in words for the person at home."""


@transaction.atomic
def attest(*, home: HomeSession, name: str, phone: str, by: Account, now: datetime) -> Entry:
    """The chaperone's word, with the statements as they were shown.

    Raises:
        NotNow: the lozenge is taken already.
    """
    if home.phase is Phase.RUNNING:
        raise NotNow(_("The session has begun already."))
    said = ChaperoneAttested(
        chaperone_name=name.strip(),
        chaperone_phone=phone.strip(),
        statements=tuple(str(statement) for statement in STATEMENTS),
        language=get_language() or "en",
    )
    new = NewEntry(payload=said, happened_at=now, encounter_id=home.encounter.pk)
    [entry] = append(
        [new], patient_id=home.encounter.patient_id, expected=ANYWHERE, by=author_of(by), now=now
    )
    return entry


def answer_check(*, home: HomeSession, by: Account, now: datetime) -> Entry:
    """All is well: the check of every 15 minutes is answered (clinical.md MON-8).

    Raises:
        NotNow: the clinic has not opened the session by video yet.
    """
    if home.phase is Phase.COMING:
        raise NotNow(_("The clinic has not begun the session yet."))
    return note_event(encounter_id=home.encounter.pk, event=CHECKED_IN, by=by, now=now)
