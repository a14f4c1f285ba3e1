"""Handing out lozenges for use at home: at most what the policy allows, never before a dose at the clinic."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ajar.clinic.dosing import judging
from ajar.clinic.dosing.recording import held, record, refuse_unless
from ajar.clinic.governance.selectors import programme
from ajar.clinic.ledger.services import Anywhere
from ajar.clinic.staff.models import Account
from ajar.pathway.dosing.drug import DrugRefused, refuse_expired
from ajar.pathway.dosing.entries import LozengesDispensed
from ajar.pathway.dosing.home import HomeRefused, refuse_dispense
from ajar.pathway.dosing.preparation import units_of
from ajar.pathway.dosing.stage import Stage
from ajar.pathway.evaluation.products import AT_HOME
from ajar.pathway.ledger.entry import Entry


@transaction.atomic
def dispense_lozenges(
    *,
    encounter_id: UUID,
    doses: int,
    unit_mg: float,
    lot: str,
    expires_on: date,
    pharmacy: str,
    by: Account,
    now: datetime,
    expected: int | Anywhere,
) -> Entry:
    """Hand out doses of this session's order (SL-07).

    Raises:
        HomeRefused: not a product for home, no dose at the clinic yet, or more than may be handed out.
        DrugRefused: no order yet, or an expired lot.
        PreparationRefused: the order is no whole or half number of these units.
    """
    session = held(encounter_id)
    refuse_unless(session, Stage.PLANNED, Stage.ARRIVED, doing=_("Lozenges are handed out"))
    if session.product not in AT_HOME:
        raise HomeRefused(_("Only lozenges for home are handed out; everything else is given here."))
    if session.order is None:
        raise DrugRefused(_("The prescriber has not ordered a dose for this session yet."))
    refuse_dispense(doses, judging.lozenges_so_far(session), programme().doses.home)
    refuse_expired(expires_on=expires_on, on=now.astimezone(judging.encounter_of(session).site.zone).date())
    payload = LozengesDispensed(
        doses=doses,
        units_per_dose=units_of(session.order.amount_mg, unit_mg),
        unit_mg=unit_mg,
        lot=lot.strip(),
        expires_on=expires_on,
        pharmacy=pharmacy.strip(),
    )
    return record(payload, session, by=by, now=now, expected=expected, happened_at=None)
