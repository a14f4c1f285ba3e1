"""What an earlier scenario left in the rooms is ended before the next one begins."""

from datetime import datetime
from typing import Final

from ajar.clinic.discharge.services import leave_against_advice
from ajar.clinic.dosing.models import DosingNow
from ajar.clinic.dosing.services import cancel_session
from ajar.clinic.ledger.services import ANYWHERE
from ajar.clinic.staff.models import Account, Site
from ajar.pathway.dosing.stage import IN_ROOM, Stage

SIMULATED: Final = "SIM-"
"""How the record numbers of simulated patients begin: nobody else's session is touched here."""
BECAUSE: Final = "an earlier simulation ended here"
BEFORE_DRUG: Final = (Stage.ARRIVED, Stage.READY)


def end_leftovers(site: Site, *, by: Account, now: datetime) -> None:
    """Give the rooms of a simulated floor free."""
    rows = DosingNow.objects.filter(site=site, stage__in=IN_ROOM, patient__mrn__startswith=SIMULATED)
    for row in rows:
        if row.stage in BEFORE_DRUG:
            cancel_session(encounter_id=row.pk, because=BECAUSE, by=by, now=now, expected=ANYWHERE)
        else:
            leave_against_advice(
                encounter_id=row.pk, because=BECAUSE, advised=BECAUSE, by=by, now=now, expected=ANYWHERE
            )
